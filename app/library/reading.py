"""The second part of a scan: reads what is new or changed, decides which tracks it is, and saves it in batches."""

import os
import time
from collections.abc import Generator, Iterator

from app.domain.ids import AlbumKey, TrackId
from app.domain.recording import album_key, recording_key
from app.domain.scan import RefusedFile, ScanProgress, Trace
from app.domain.scanned import ScannedFile
from app.domain.tags import Tags
from app.library import mojibake, readings
from app.library.away import Away
from app.library.batch import Batch
from app.library.cage import Refusal, TagCage
from app.library.identity import Identity
from app.library.joined import NewAlbums
from app.library.look import Look
from app.library.names import fill
from app.library.neighbours import Neighbours
from app.library.walk import Found, any_holds, below
from app.storage.folders import FolderStore
from app.storage.shelves import is_shelved

_BATCH = 2_000
_BATCH_S = 3.0
"""What was read is saved after so many files or so long, whichever is first."""
_AT_ONCE = 16
"""After so many answers, or none for a moment, it is asked whether to go on."""
_MANY = 200
"""With more new files than this, all tracks outside the folders are held ready to be found again."""
_TRY_AGAIN = -1
"""No file has this modification time: what is remembered with it is tried again."""


class Reading:
    """Reads the files that a look has left to do."""

    def __init__(self, look: Look, now_ms: int) -> None:
        self.moved: set[TrackId] = set()
        """Tracks that have new places."""
        self.taken_apart: list[TrackId] = []
        """Tracks whose files a sheet that came into them has made into several."""
        self.aside: set[TrackId] = set()
        """Tracks whose places other recordings have taken."""
        self.albums: set[AlbumKey] = set()
        """The albums of what was read."""
        self.vanished = 0
        """Files that went away before they were read."""
        first = look.tracks.is_empty()
        self.new_albums = NewAlbums() if first else None
        """In a library that was empty."""
        self._look, self._now_ms = look, now_ms
        self._report, self._todo, self._changed = look.report, look.todo, look.changed
        self._known, self._sheets, self._places, self._tracks = look.known, look.sheets, look.places, look.tracks
        self._batch, look.batch = look.batch, Batch()
        self._neighbours = Neighbours(FolderStore(self._tracks.database).encoding)
        self._identity = Identity(
            self._tracks,
            self._changed,
            self._is_gone,
            self._may_be,
            self._not_met,
            first=first,
            look_elsewhere=bool(self._todo) and self._places.are_not_all(),
            linked=look.linked,
        )
        self._away = Away(self._places, (found for found in self._todo if found.path not in self._changed))
        self._folders = [*self._places.roots, *self._places.store.all()]

    def read(self, cage: TagCage) -> Generator[ScanProgress, None, None]:
        """Reads, and saves from time to time."""
        met = self._report.unchanged + self._report.returned + len(self._report.refused)
        total, begun_s = met + len(self._todo), self._look.pace.seconds
        if len(self._todo) > _BATCH and not self._known:  # else the memory is that of what may have moved
            self._tracks.database.expect_much()
        answers = cage.read(found.path for found in self._todo)
        done, save_at_s = 0, time.monotonic() + _BATCH_S
        for answer in answers:
            if answer is not None:
                self._take(self._todo[done], answer[1])
                done += 1
            full = len(self._identity) + len(self._batch.refused) >= _BATCH
            if answer is not None and done % _AT_ONCE and not full:
                continue
            if full or time.monotonic() >= save_at_s:
                self._save()
                save_at_s = time.monotonic() + _BATCH_S
            if self._look.stopped():
                break
            if self._look.due():
                folder = os.path.dirname(self._todo[min(done, len(self._todo) - 1)].path)
                rate, eta_s = self._look.pace.at(done, len(self._todo), begun_s)
                yield ScanProgress(met + done, total, folder, eta_s, rate)
        answers.close()
        self._go_on_with()
        self._save(last=not self._report.cancelled)
        if not self._report.cancelled and self._todo:
            yield ScanProgress(total, total, self._look.walk.folder, 0.0, self._look.pace.at(done, done, begun_s)[0])

    def _not_met(self) -> Iterator[Trace]:
        """Tracks that may be the new files: those not met on the walk; many new files may come from anywhere."""
        yield from self._tracks.traces_of(list(self._known.values()))
        if self._identity.look_elsewhere and len(self._todo) - len(self._changed) > _MANY:
            self._identity.look_elsewhere = False
            for trace in self._tracks.all_traces():
                if not any_holds(self._places.scope, trace.path):
                    yield trace

    def _is_gone(self, trace: Trace) -> bool:
        """True where there is no file any more. What the walk has looked at, it knows; the rest is looked up."""
        if not any_holds(self._places.scope, trace.path):
            if os.path.lexists(trace.source_path or trace.path):
                return self._comes_by_another_way(trace)
            return not self._may_come_back(trace)
        if trace.path not in self._known:
            return False
        return self._look.surely_gone(trace.path, trace.source_path) or any_holds(self._places.foreign, trace.path)

    def _comes_by_another_way(self, trace: Trace) -> bool:
        """True for the very file of a folder that was taken out of the library: by the name of a link, or without."""
        return trace.removed and not any(below(trace.path, one) for one in self._folders) and self._away.is_met(trace)

    def _may_come_back(self, trace: Trace) -> bool:
        folder = max((one for one in self._folders if below(trace.path, one)), key=len, default=b"")
        if folder and is_shelved(trace.path, folder) and not self._away.is_met(trace):
            return True
        return self._away.may_come_back(trace)

    def _may_be(self, trace: Trace, file: ScannedFile) -> bool:
        """Where another drive stands in a root's place, it may hold the same music; a copy elsewhere takes nothing."""
        foreign = self._places.foreign
        return not foreign or all(below(file.path, root) for root in foreign if below(trace.path, root))

    def _take(self, found: Found, answer: Tags | Refusal) -> None:
        if self._neighbours.ends_before(found.path):
            self._go_on_with(found.path)
        if isinstance(answer, Refusal):
            self._refuse(found, answer)
        if self._sheets.waits_for(found.path):
            cut, whole = self._sheets.give(found.path, None if isinstance(answer, Refusal) else answer)
            for track in cut:
                self._take_cut(track)
            for source, tags in whole:
                self._take_file(source, tags)
            self._batch.refused += self._sheets.refused
            self._sheets.refused.clear()
        elif not isinstance(answer, Refusal):
            self._take_file(found, answer)

    def _take_file(self, found: Found, said: Tags) -> None:
        """A sound file that is one track, or holds a sheet that makes several of it."""
        if said.cue and (cut := self._sheets.cut_inside(found, said)):
            self.taken_apart += [self._changed.pop(found.path)] if found.path in self._changed else []
            for track in cut:
                self._take_cut(track)
            return
        row = self._known.pop(found.path, None)
        if row is not None:
            self._changed[found.path] = row[1]
        if found.path not in self._changed and not said.named and 0 < said.duration_ms < self._look.min_length_s * 1000:
            reason = self._look.short_reason
            self._batch.refused.append(RefusedFile(found.path, found.size_bytes, found.mtime_ns, reason, "short"))
            return
        said = said._replace(cue="") if said.cue else said
        if mojibake.is_plain(said):
            self._enter(found, said, "")
        elif not self._neighbours.keep(found, said):
            self._add(found, said)

    def _go_on_with(self, path: bytes = b"") -> None:
        """Ends the folder in which files wait for one another."""
        for waiting, said, near in self._neighbours.release(path):
            self._add(waiting, said, near)

    def _add(self, found: Found, said: Tags, near: str = "") -> None:
        self._enter(found, *mojibake.repaired(said, near))

    def _enter(self, found: Found, said: Tags, before: str) -> None:
        """What a file says, as it can be read, becomes a track's; ``before``: what it was before it was repaired."""
        tags, named_by_path = fill(said, found.path, self._places.root_of(found.path))
        file = ScannedFile(
            path=found.path,
            size_bytes=found.size_bytes,
            mtime_ns=found.mtime_ns,
            tags=tags,
            named_by_path=named_by_path,
            # The key rests on what the file itself says: names from a path would merge what is not the same.
            recording_key=recording_key(said, found.path),
            album_key=album_key(tags, found.path),
            texts=readings.texts(tags),
            inode=found.inode,
            repaired=before,
        )
        self.albums.add(file.album_key)
        self._identity.take(file)

    def _take_cut(self, track: ScannedFile) -> None:
        """A track of a cue sheet."""
        row = self._known.pop(track.path, None)
        if row is not None:
            self._changed[track.path] = row[1]
        said, before = mojibake.repaired(track.tags)
        source = track.source_path or track.path
        tags, _ = fill(said, source, self._places.root_of(source))
        untitled = said._replace(title="") if track.named_by_path else said
        file = track._replace(
            tags=tags,
            recording_key=recording_key(untitled, track.path),
            album_key=album_key(tags, source),
            texts=readings.texts(tags),
            repaired=before,
        )
        self.albums.add(file.album_key)
        self._identity.take(file)

    def _refuse(self, found: Found, refusal: Refusal) -> None:
        path, size_bytes = found.path, found.size_bytes
        if refusal.lasting:
            self._batch.refused.append(RefusedFile(path, size_bytes, found.mtime_ns, refusal.reason))
        elif os.path.lexists(path):
            self._batch.refused.append(RefusedFile(path, size_bytes, _TRY_AGAIN, refusal.reason))
            self._look.walk.unlisted.add(path)  # the disk was the trouble: what it held may be there still
        else:
            self.vanished += 1

    def _save(self, *, last: bool = False) -> None:
        if exchanged := self._places.exchanged():
            self._identity.leave_out(exchanged)
            self._batch.refused = [file for file in self._batch.refused if not any_holds(exchanged, file.path)]
        self._identity.settle(self._batch, last=last)
        if self.new_albums is not None:
            self.new_albums.join(self._batch.saved)
        batch, self._batch = self._batch, Batch()
        for trace, _ in batch.moved:
            self.moved.add(trace.id)
            # Its old folder was taken out of the library, and it comes back in a new one.
            if trace.removed and not any(below(trace.path, folder) for folder in self._folders):
                batch.restored.append(trace.id)
        self.aside.update(batch.aside)
        batch.save(self._tracks, self._places.store, self._report, self._now_ms)
        self._report.unchanged += self._identity.doubles
        self._identity.doubles = 0
