"""Walks the music folders, reads what is new or changed, and writes it to the library. Loses nothing.

A file that is gone is marked missing, never deleted; a folder that cannot be seen proves nothing about what was in it.
What was read is saved every few seconds, so a scan that is cancelled or killed has only less to do next time.
"""

import contextlib
import gc
import os
import time
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import replace

from app.domain.ids import TrackId
from app.domain.recording import album_key, recording_key
from app.domain.refusals import TOO_SHORT
from app.domain.scan import Known, ScanProgress, ScanReport, Trace
from app.domain.track import RefusedFile, ScannedFile, Tags
from app.domain.words import plural, say
from app.library import mojibake, readings
from app.library.batch import Batch
from app.library.cage import DEADLINE_S, MEMORY_BYTES, Refusal, TagCage
from app.library.identity import Identity
from app.library.names import fill
from app.library.pace import Pace
from app.library.places import Places
from app.library.sheets import Sheets
from app.library.walk import Found, Walk, any_holds, below
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from app.storage.twins import take_over

Cancelled = Callable[[], bool]

_BATCH = 2_000
_BATCH_S = 3.0
"""What was read is saved after so many files or so long, whichever is first."""
_LOOSE_OBJECTS = 10_000
_PROGRESS_S = 0.1
_MANY = 200
"""With more new files than this, all tracks outside the folders are held ready to be found again."""
_TRY_AGAIN = -1
"""No file has this modification time: what is remembered with it is tried again."""


def scan(
    roots: list[bytes],
    tracks: TrackStore,
    roots_store: RootStore,
    cancelled: Cancelled,
    *,
    min_length_s: int = 10,
    now_ms: int,
    deadline_s: float = DEADLINE_S,
    memory_bytes: int = MEMORY_BYTES,
    only: Collection[bytes] | None = None,
) -> Generator[ScanProgress, None, ScanReport]:
    """Brings the library up to date with the files below ``roots``; with ``only``, below these folders in them.

    Raises:
        SegueError: the database cannot be used, or the tag reader does not start.
    """
    places = Places(tracks, roots_store, only)
    walk = places.enter([os.path.abspath(root) for root in roots])
    run = _Run(places, walk, cancelled, min_length_s, now_ms)
    with _loose_collector(), TagCage(deadline_s=deadline_s, memory_bytes=memory_bytes) as cage:
        yield from run.look()
        yield from run.read(cage)
    run.finish()
    run.report.seconds = run.pace.seconds
    return run.report


class _Run:
    """One scan on its way: look at the disk, read files, draw the conclusions."""

    def __init__(self, places: Places, walk: Walk, cancelled: Cancelled, min_length_s: int, now_ms: int) -> None:
        self.report, self.pace = ScanReport(), Pace()
        self._tracks, self._roots_store, self._places, self._walk = places.tracks, places.store, places, walk
        self._cancelled, self._min_length_s, self._now_ms = cancelled, min_length_s, now_ms
        self._known, self._refused = places.known, places.refused
        self._sheets = Sheets(self._known)
        self._todo: list[Found] = []
        self._changed: dict[bytes, TrackId] = {}
        self._returned: list[TrackId] = []
        self._other_inodes: list[tuple[Found, Known]] = []
        self._vanished = 0
        self._identity = Identity(
            self._tracks,
            self._changed,
            self._is_gone,
            self._not_met,
            look_elsewhere=self._tracks.total() > len(self._known),
        )
        self._moved: set[TrackId] = set()
        self._taken_apart: list[TrackId] = []
        """Tracks whose files a sheet that came into them has made into several."""
        self._aside: set[TrackId] = set()
        self._folders = [*places.roots, *self._roots_store.all()]
        self._batch = Batch()
        self._next_progress_s = 0.0

    def look(self) -> Generator[ScanProgress, None, None]:
        """Walks, and sorts what it meets into unchanged, remembered and to be read."""
        count = 0
        for listing in self._walk.listings():
            if listing.sheets:
                self._sheets.meet(listing)
            for found in listing.files:
                if not self._is_as_it_was(found):
                    self._sort(found)
            count += len(listing.files)
            if self._stopped():
                return
            if self._due():
                yield ScanProgress(count, 0, self._walk.folder)
        for path in self._sheets.unchanged:
            self._meet_again(self._known.pop(path))
        self._places.find_foreign()
        self._batch.refused += self._sheets.refused
        for sheet in self._sheets.refused:
            self._refused.pop(sheet.path, None)
        self._sheets.refused.clear()
        self._look_at_inodes()
        if self._returned:
            self._tracks.mark_present(self._returned)
            self.report.returned = len(self._returned)
        # Changed files first: what they leave behind may be what a new file is.
        again = [found for found in self._todo if found.path in self._changed]
        new = [found for found in self._todo if found.path not in self._changed]
        self._todo = [*again, *self._sheets.to_read, *new]

    def read(self, cage: TagCage) -> Generator[ScanProgress, None, None]:
        """Reads what is new or changed and saves it in batches."""
        if self._stopped():
            return
        met = self.report.unchanged + self.report.returned + len(self.report.refused)
        total, begun_s = met + len(self._todo), self.pace.seconds
        answers = cage.read(found.path for found in self._todo)
        done, save_at_s = 0, time.monotonic() + _BATCH_S
        for answer in answers:
            if answer is not None:
                self._take(self._todo[done], answer[1])
                done += 1
            if len(self._identity) + len(self._batch.refused) >= _BATCH or time.monotonic() >= save_at_s:
                self._save()
                save_at_s = time.monotonic() + _BATCH_S
            if self._stopped():
                break
            if self._due():
                folder = os.path.dirname(self._todo[min(done, len(self._todo) - 1)].path)
                rate, eta_s = self.pace.at(done, len(self._todo), begun_s)
                yield ScanProgress(met + done, total, folder, eta_s, rate)
        answers.close()
        self._save(last=not self.report.cancelled)
        if not self.report.cancelled and self._todo:
            yield ScanProgress(total, total, self._walk.folder, 0.0, self.pace.at(done, done, begun_s)[0])

    def finish(self) -> None:
        """Marks what is gone, unless there is any doubt that all was seen."""
        self.report.troubles += [*self._places.troubles, *self._walk.troubles]
        self._places.troubles.clear()
        if self._vanished:
            went = plural(self._vanished, "file")
            self.report.troubles.append(say("{} went away during the scan. What was read before is kept.", went))
        if self.report.cancelled:
            return
        away = self._places.went_away(self._walk)
        self._walk.unlisted |= away
        self.report.troubles += self._places.troubles
        missing = [i for i, at in self._places.left().items() if i not in self._moved and self._surely_gone(*at)]
        missing += [track_id for track_id in self._taken_apart if track_id not in self._moved]
        copied = set[TrackId]()
        if missing:
            self._tracks.mark_missing(missing, self._now_ms)
            copied = take_over(self._tracks, missing)
        self.report.moved += len(copied)
        self.report.missing = len(missing) - len(copied) + len(self._aside - self._moved)
        gone = [path for path in self._refused if self._surely_gone(path)]
        if gone:
            self._roots_store.forget_refused(gone)
        self._places.scanned(self._now_ms, away)

    def _is_as_it_was(self, found: Found) -> bool:
        """A short way for nearly every file of a rescan: it is there, with the size, time and inode it had."""
        path, size_bytes, mtime_ns, inode, _ = found
        row = self._known.get(path)
        if row is None or row[2:7] != (size_bytes, mtime_ns, False, inode, True):
            return False
        if path in self._refused or path in self._sheets.split:
            return False
        del self._known[path]
        self.report.unchanged += 1
        return True

    def _sort(self, found: Found) -> None:
        path = found.path
        if path in self._sheets.split:
            return
        if inside := self._sheets.unchanged_inside(found):
            for row in inside:
                self._meet_again(self._known.pop(row[0]))
            return
        known = self._known.get(path)
        if known is None:
            refused = self._refused.pop(path, None) if self._refused else None
            if refused is not None:
                if self._still_refused(refused, found):
                    self.report.refused.append(refused)
                    return
                self._batch.forgiven.append(path)
            if found.names < 3:
                self._todo.append(found)
            if found.names == 2:
                self._identity.linked.add(path)
            return
        del self._known[path]
        if self._refused and self._refused.pop(path, None) is not None:
            self._batch.forgiven.append(path)
        if known[2] == found.size_bytes and known[3] == found.mtime_ns and known[6]:
            self._meet_again(known)
            if known[5] != found.inode:
                self._other_inodes.append((found, known))
        else:
            self._changed[path] = known[1]
            self._todo.append(found)

    def _meet_again(self, known: Known) -> None:
        if known[4]:
            self._returned.append(known[1])
        else:
            self.report.unchanged += 1

    def _look_at_inodes(self) -> None:
        """Files of one size and time may have changed names: then the inode is that of another track."""
        if not self._other_inodes:
            return
        holders = self._tracks.holders({found.inode for found, _ in self._other_inodes})
        held = {(inode, size, mtime) for inode, size, mtime, _ in holders}
        fresh: list[tuple[TrackId, int]] = []
        for found, known in self._other_inodes:
            if (found.inode, found.size_bytes, found.mtime_ns) in held and not known[4]:
                self.report.unchanged -= 1
                self._changed[found.path] = known[1]
                self._todo.append(found)
            else:
                fresh.append((known[1], found.inode))
        self._tracks.set_inodes(fresh)
        self._other_inodes.clear()

    def _still_refused(self, refused: RefusedFile, found: Found) -> bool:
        if refused.size_bytes != found.size_bytes or refused.mtime_ns != found.mtime_ns:
            return False
        # The minimum length is in the reason: another setting is another chance.
        return refused.kind != "short" or refused.reason == self._short_reason()

    def _short_reason(self) -> str:
        """In English in whatever language the window is: it is compared when the file is met again."""
        return TOO_SHORT.format(self._min_length_s)

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
            return not os.path.lexists(trace.source_path or trace.path)
        if trace.path not in self._known:
            return False
        return self._surely_gone(trace.path, trace.source_path) or any_holds(self._places.foreign, trace.path)

    def _surely_gone(self, path: bytes, source: bytes | None = None) -> bool:
        """For a track of a sheet, both the sheet and its sound file must have been looked for."""
        unseen = (self._walk.unlisted, self._places.foreign, self._places.away)
        looked_for = (path,) if source is None else (path.rpartition(b"#")[0], source)
        return not any(any_holds(folders, one) for folders in unseen for one in looked_for)

    def _take(self, found: Found, answer: Tags | Refusal) -> None:
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
            self._taken_apart += [self._changed.pop(found.path)] if found.path in self._changed else []
            for track in cut:
                self._take_cut(track)
            return
        row = self._known.pop(found.path, None)
        if row is not None:
            self._changed[found.path] = row[1]
        if found.path not in self._changed and not said.named and 0 < said.duration_ms < self._min_length_s * 1000:
            reason = self._short_reason()
            self._batch.refused.append(RefusedFile(found.path, found.size_bytes, found.mtime_ns, reason, "short"))
            return
        said, before = mojibake.repaired(said._replace(cue="") if said.cue else said)
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
        file = replace(
            track,
            tags=tags,
            recording_key=recording_key(untitled, track.path),
            album_key=album_key(tags, source),
            texts=readings.texts(tags),
            repaired=before,
        )
        self._identity.take(file)

    def _refuse(self, found: Found, refusal: Refusal) -> None:
        path, size_bytes = found.path, found.size_bytes
        if refusal.lasting:
            self._batch.refused.append(RefusedFile(path, size_bytes, found.mtime_ns, refusal.reason))
        elif os.path.lexists(path):
            self._batch.refused.append(RefusedFile(path, size_bytes, _TRY_AGAIN, refusal.reason))
            self._walk.unlisted.add(path)  # the disk was the trouble: what it held may be there still
        else:
            self._vanished += 1

    def _save(self, *, last: bool = False) -> None:
        self._identity.settle(self._batch, last=last)
        batch, self._batch = self._batch, Batch()
        for trace, _ in batch.moved:
            self._moved.add(trace.id)
            # Its old folder was taken out of the library, and it comes back in a new one.
            if trace.removed and not any(below(trace.path, folder) for folder in self._folders):
                batch.restored.append(trace.id)
        self._aside.update(batch.aside)
        batch.save(self._tracks, self._roots_store, self.report, self._now_ms)
        self.report.unchanged += self._identity.doubles
        self._identity.doubles = 0

    def _due(self) -> bool:
        now_s = time.monotonic()
        if now_s < self._next_progress_s:
            return False
        self._next_progress_s = now_s + _PROGRESS_S
        return True

    def _stopped(self) -> bool:
        asked_s = time.monotonic()
        self.report.cancelled = self.report.cancelled or self._cancelled()
        self.pace.waited(time.monotonic() - asked_s)
        return self.report.cancelled


@contextlib.contextmanager
def _loose_collector() -> Iterator[None]:
    """A scan makes many objects and hardly any rings of them: these need not be looked for so often."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _LOOSE_OBJECTS), 2, before[2])  # more in one go would be felt in the window
    try:
        yield
    finally:
        gc.set_threshold(*before)
