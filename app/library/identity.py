"""Decides which track each file that was read is: the one it was, one that has gone from elsewhere, or a new one.

A changed file is the track it was unless both its sound and its names are others: then another recording has taken
the place, and the old track is set aside, missing, with its plays. A file in a new place is a track that has gone,
if its sound is the same. A copy takes nothing from a track that is still there. What rests on little waits until all
files are read, because a better match may follow.
"""

import os
from collections.abc import Callable, Collection, Container, Iterable, Mapping

from app.domain.ids import RecordingKey, TrackId
from app.domain.recording import SAME_LENGTH_MS, keys_beside, names_of
from app.domain.scan import Trace
from app.domain.scanned import ScannedFile
from app.library.audio_hash import MAY_BE_TWO
from app.library.batch import Batch
from app.library.moves import SOUND, Claim, Moves, assign, by_sound_alone
from app.library.same_track import Names, another_cut, grown, redone, same_record, still_the_same
from app.library.walk import any_holds
from app.storage.scanned import ScannedStore

_MOST_WAITING = 1_000
"""So many files are held back for want of certainty; with more, the best is made of what is known."""


class Identity:
    """Files go in as they are read, changed ones first; decisions come out into a batch."""

    def __init__(
        self,
        tracks: ScannedStore,
        changed: Mapping[bytes, TrackId],
        gone: Callable[[Trace], bool],
        may_be: Callable[[Trace, ScannedFile], bool],
        pool: Callable[[], Iterable[Trace]],
        *,
        first: bool,
        look_elsewhere: bool,
        linked: Container[bytes],
    ) -> None:
        """``changed``: files that were read again, with the tracks they have been. ``first``: the library was empty.

        ``pool``: gives the tracks that the walk did not meet; asked for when the first new file comes.
        ``linked``: new files that have other names too (hard links).
        """
        self.tracks, self.changed, self._gone, self._may_be = tracks, changed, gone, may_be
        self._pool, self._linked = pool, linked
        self.look_elsewhere = look_elsewhere
        """There are tracks outside the folders of this scan."""
        self._names: set[int] | None = set() if first else None
        """In a library that was empty: the names in it. Nearly all are new, so nothing need be asked of them."""
        self.doubles = 0
        """Files that are other names of tracks that are there."""
        self._read: list[ScannedFile] = []
        self._contested: list[tuple[ScannedFile, Trace, Names]] = []
        self._doubtful: list[ScannedFile] = []
        self._moves: Moves | None = None

    def take(self, file: ScannedFile) -> None:
        """One more file."""
        self._read.append(file)

    def __len__(self) -> int:
        return len(self._read)

    def leave_out(self, folders: Collection[bytes]) -> None:
        """Forgets the files taken in below some folders."""
        self._read = [file for file in self._read if not any_holds(folders, file.path)]
        self._contested = [held for held in self._contested if not any_holds(folders, held[0].path)]
        self._doubtful = [file for file in self._doubtful if not any_holds(folders, file.path)]

    def settle(self, batch: Batch, *, last: bool = False) -> None:
        """Decides on the files taken in; ``last``: on those held back too."""
        read, self._read = self._read, []
        again = [file for file in read if file.path in self.changed]
        new = [file for file in read if file.path not in self.changed]
        if again:
            self._settle_changed(again, batch)
        if self._contested and (new or last or len(self._contested) >= _MOST_WAITING):
            self._settle_contested(batch)
        if new:
            self._settle_new(new, batch)
        if self._doubtful and (last or len(self._doubtful) >= _MOST_WAITING):
            self._settle_doubtful(batch)

    def _known_moves(self) -> Moves:
        if self._moves is None:
            self._moves = Moves(self._gone, self._may_be, self.tracks.traces)
            for trace in self._pool():
                self._moves.add(trace)
        return self._moves

    def _claims(self, file: ScannedFile, own: Trace | None = None) -> list[Claim]:
        """The tracks this file may be; none by a hash of some pieces alone where the names say another cut of it."""
        claims = self._known_moves().claims(file, own)
        unsure = [claim[4].id for claim in claims if by_sound_alone(claim)]
        if not unsure or file.tags.format not in MAY_BE_TWO:
            return claims
        names = self.tracks.names(unsure)
        return [
            claim for claim in claims if claim[4].id not in names or not another_cut(file, claim[4], names[claim[4].id])
        ]

    def _settle_changed(self, files: list[ScannedFile], batch: Batch) -> None:
        ids = [self.changed[file.path] for file in files]
        traces = {trace.id: trace for trace in self.tracks.traces(ids)}
        names = self.tracks.names(ids)
        for file, track_id in zip(files, ids, strict=True):
            trace = traces[track_id]
            length = (trace.duration_ms, trace.duration_ms)
            file = _with_key(file, {trace.recording_key: length})
            if still_the_same(file, trace, names[track_id]):
                batch.saved.append(file)
            else:
                self._contested.append((file, trace, names[track_id]))

    def _settle_contested(self, batch: Batch) -> None:
        """Files that changed places with one another, or were replaced by other recordings."""
        contested, self._contested = self._contested, []
        moves = self._known_moves()
        for _, trace, _ in contested:
            moves.add(trace, surely=True)
        given = assign((claim for file, own, _ in contested for claim in self._claims(file, own)), moves)
        kept = {trace.id for trace in given.values()}
        unwritten = self._unwritten([(file, own) for file, own, _ in contested if file.path not in given])
        for file, own, names in contested:
            same = redone(file, own, names) or own.id in unwritten
            if file.path not in given and own.id not in kept and same and moves.take(own):
                given[file.path] = own
                kept.add(own.id)
        batch.aside += [trace.id for _, trace, _ in contested if trace.id not in kept]
        for file, _, _ in contested:
            self._give(file, given.get(file.path), batch)

    def _unwritten(self, contested: list[tuple[ScannedFile, Trace]]) -> set[TrackId]:
        """Tracks whose files were still being written when they were read: with no history, none can go astray."""
        longer = [own.id for file, own in contested if grown(file, own)]
        if not longer:
            return set()
        from app.storage.twins import with_history  # a first scan needs none of it

        return set(longer) - with_history(self.tracks, longer)

    def _settle_new(self, files: list[ScannedFile], batch: Batch) -> None:
        moves, claims, kept = self._known_moves(), list[Claim](), list[ScannedFile]()
        lengths = self._lengths(files)
        moves.hold(files)
        for file in files:
            if file.path in self._linked and self._is_double(file):
                self.doubles += 1
                continue
            if self.look_elsewhere:
                names = names_of(file.recording_key)
                for trace in self.tracks.traces_like(file.tags.audio_hash, file.recording_key, names):
                    moves.add(trace)
            file = _with_key(file, lengths)
            lengths.setdefault(file.recording_key, (file.tags.duration_ms, file.tags.duration_ms))
            kept.append(file)
            claims += self._claims(file)
        given = assign((claim for claim in claims if claim[0] != SOUND), moves)
        unsure = {claim[3].path for claim in claims}
        for file in kept:
            if file.path not in given and (file.path in unsure or self._transcode(file)):
                self._doubtful.append(file)
            else:
                self._give(file, given.get(file.path), batch)

    def _lengths(self, files: Iterable[ScannedFile]) -> dict[RecordingKey, tuple[int, int]]:
        """The lengths of the recordings of these names that the library has."""
        keys = [file.recording_key for file in files]
        if self._names is not None:
            named = [(key, hash(names)) for key in keys if (names := names_of(key))]
            keys = [key for key, names in named if names in self._names]
            self._names.update(names for _, names in named)
        return self.tracks.lengths(list({near for key in keys for near in (key, *keys_beside(key))}))

    def _settle_doubtful(self, batch: Batch) -> None:
        """First what has the same sound, then what has the same names and length."""
        doubtful, self._doubtful = self._doubtful, []
        moves = self._known_moves()
        given = assign((claim for file in doubtful for claim in self._claims(file)), moves)
        for file in doubtful:
            trace = given.get(file.path) or self._transcode(file)
            if file.path not in given and trace is not None:
                moves.take(trace)
            self._give(file, trace, batch)

    def _give(self, file: ScannedFile, trace: Trace | None, batch: Batch) -> None:
        if trace is None or trace.path == file.path:
            batch.saved.append(file)
        else:
            batch.moved.append((trace, file))

    def _transcode(self, file: ScannedFile) -> Trace | None:
        """A track that is gone, of the same names and length and not of another record; or of its place and length."""
        moves = self._known_moves()
        trace = moves.transcode(file)
        if trace is not None and same_record(file, trace, self.tracks.names([trace.id]).get(trace.id, ("", "", ""))):
            return trace
        return moves.converted(file)

    def _is_double(self, file: ScannedFile) -> bool:
        """True for another name of a track that is there."""
        for trace in self.tracks.traces_like(file.tags.audio_hash, file.recording_key, ""):
            if trace.inode == file.inode and not trace.source_path:
                try:
                    if os.path.samefile(trace.path, file.path):
                        return True
                except OSError:
                    continue
        return False


def _with_key(file: ScannedFile, lengths: Mapping[RecordingKey, tuple[int, int]]) -> ScannedFile:
    """The file with the key of a recording of its names and length, though the lengths are rounded apart."""
    length_ms, near = file.tags.duration_ms, list[tuple[int, RecordingKey]]()
    if file.recording_key in lengths:
        return file
    for key in keys_beside(file.recording_key):
        if key in lengths:
            apart = max(abs(length_ms - other_ms) for other_ms in lengths[key])
            near.append((apart, key))
    if near and min(near)[0] <= SAME_LENGTH_MS:
        return file._replace(recording_key=min(near)[1])
    return file
