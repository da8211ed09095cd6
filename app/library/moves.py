"""The tracks that are gone from their places, matched with files that turned up: a renamed folder keeps its plays.

A file is a track by its sound, whatever its tags say; where the sound could not be told, by how it looks to ``stat``.
Many files may share one sound (copies, silence): then inode, recording key, size and time, and the path decide, in
this order. Each track is given away once.

There may be a hundred thousand of them: an index of numbers is held, and a track itself only while it is compared. The
index lies in many small tables: one table of all would be laid out anew as it grows, in tens of milliseconds that no
other thread gets, the window's neither.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.domain.ids import TrackId
from app.domain.recording import SAME_LENGTH_MS, names_of
from app.domain.scan import Trace
from app.domain.scanned import ScannedFile
from app.library.same_track import converted, is_untagged, place

SOUND, STAT_AND_INODE, STAT_AND_KEY = 10.0, 8.0, 6.0
_INODE, _KEY, _STAT, _OWN_PLACE = 1.25, 1.0, 0.9, 1.5
_LOOKED_AT = 64
_MOST_HELD = 4_096
_TABLES = 64

Claim = tuple[float, int, int, ScannedFile, Trace]
"""How alike file and track are, how many names at the ends of their paths are, minus the id; file and track."""


class Moves:
    """Tracks that may be matched with a file, found by sound, inode, key, names, size and time."""

    def __init__(
        self,
        gone: Callable[[Trace], bool],
        may_be: Callable[[Trace, ScannedFile], bool],
        fetch: Callable[[Sequence[TrackId]], Iterable[Trace]],
    ) -> None:
        """``gone`` tells whether there is no file any more where a track was; ``fetch`` gives tracks again.

        ``may_be``: whether the place of a file allows that it is a track.
        """
        self._gone, self._may_be, self._fetch = gone, may_be, fetch
        self._free: list[dict[TrackId, bool]] = [{} for _ in range(_TABLES)]
        """Whether a track may be given away: it is gone, and has not been."""
        self._index: list[dict[int, TrackId | list[TrackId]]] = [{} for _ in range(_TABLES)]
        self._empty = True
        self._displaced: dict[TrackId, Trace] = {}
        """Tracks whose places are being taken: they are compared as they were."""
        self._held: dict[TrackId, Trace] = {}

    def add(self, trace: Trace, *, surely: bool = False) -> None:
        """One more track; ``surely``: it is gone from its place for certain."""
        here = self._free[trace.id % _TABLES]
        if trace.id in here:
            return
        free = here[trace.id] = surely or self._gone(trace)
        if not free:
            return
        if surely:
            self._displaced[trace.id] = trace
        self._enter(_looks(trace), trace.id)
        if names := _names(trace):
            self._enter(hash(("names", names)), trace.id)
        elif is_untagged(trace):
            self._enter(_place(trace), trace.id)
        if trace.audio_hash:
            self._enter_sound(trace)

    def hold(self, files: Iterable[ScannedFile]) -> None:
        """Fetches together the tracks that these files will be compared with."""
        if self._empty:  # a first scan
            return
        ids = dict.fromkeys(
            track_id
            for file in files
            for entry in (_looks(file), _sound(file.tags.audio_hash))
            for track_id in self._ids_at(entry)[-1:]
            if self._is_free(track_id)
        )
        self._held = {trace.id: trace for trace in self._fetch(list(ids))}

    def claims(self, file: ScannedFile, own: Trace | None = None) -> list[Claim]:
        """The tracks this file may be by its sound or its looks, unsorted; ``own`` is the one of its place."""
        if self._empty:
            return []
        found = {own.id: own} if own is not None and self._is_free(own.id) else dict[TrackId, Trace]()
        found.update((trace.id, trace) for trace in self._at(_looks(file)))
        found.update((trace.id, trace) for trace in self._close(file))
        claims = _claims(file, found.values())
        if not claims and file.tags.audio_hash:
            claims = _claims(file, self._at(_sound(file.tags.audio_hash)))
        return [claim for claim in claims if self._may_be(claim[4], file)]

    def transcode(self, file: ScannedFile) -> Trace | None:
        """The one track with the same names (or the same recording id) and length, whatever it sounds like."""
        if self._empty:
            return None
        alike = [
            trace
            for trace in self._at(hash(("names", _names(file))))
            if _names(trace) == _names(file)
            and self._may_be(trace, file)
            and bool(trace.source_path) == bool(file.source_path)
            and abs(trace.duration_ms - file.tags.duration_ms) <= SAME_LENGTH_MS
        ]
        return alike[0] if len(alike) == 1 else None

    def converted(self, file: ScannedFile) -> Trace | None:
        """The one untagged track that stood where the file stands, in another format."""
        if self._empty:
            return None
        alike = [trace for trace in self._at(_place(file)) if converted(file, trace)]
        return alike[0] if len(alike) == 1 else None

    def take(self, trace: Trace) -> bool:
        """Gives a track away; False if it has been given away before."""
        free = self._is_free(trace.id)
        self._free[trace.id % _TABLES][trace.id] = False
        return free

    def _is_free(self, track_id: TrackId) -> bool:
        return self._free[track_id % _TABLES].get(track_id, False)

    def _enter(self, entry: int, track_id: TrackId) -> None:
        """A bare id while it is alone: with a hundred thousand tracks, lists would take more than the rest."""
        table, self._empty = self._index[entry % _TABLES], False
        before = table.setdefault(entry, track_id)
        if isinstance(before, list):
            before.append(track_id)
        elif before != track_id:
            table[entry] = [before, track_id]

    def _enter_sound(self, trace: Trace) -> None:
        """Nearly every sound is that of one track; where several share it, they are told apart by key and inode too."""
        entry = _sound(trace.audio_hash)
        before = self._entry(entry)
        self._enter(entry, trace.id)
        if before is None:
            return
        first = None if isinstance(before, list) else self._trace(before)
        for one in (trace,) if first is None else (first, trace):
            for close in _close_entries(one.audio_hash, one.inode, one):
                self._enter(close, one.id)

    def _close(self, file: ScannedFile) -> Iterator[Trace]:
        """Tracks with the file's sound and its key or inode."""
        sound = file.tags.audio_hash
        if not sound:
            return
        if isinstance(self._entry(_sound(sound)), list):
            for entry in _close_entries(sound, file.inode, file):
                yield from self._at(entry)
            return
        for trace in self._at(_sound(sound)):
            if trace.recording_key == file.recording_key or (file.inode and trace.inode == file.inode):
                yield trace

    def _at(self, entry: int) -> Iterator[Trace]:
        ids = self._ids_at(entry)
        looked_at, at = 0, len(ids)
        while at and looked_at < _LOOKED_AT:
            at -= 1
            trace = self._trace(ids[at])
            if trace is None:
                del ids[at]
            else:
                looked_at += 1
                yield trace

    def _ids_at(self, entry: int) -> list[TrackId]:
        ids = self._entry(entry)
        return ids if isinstance(ids, list) else [] if ids is None else [ids]

    def _entry(self, entry: int) -> TrackId | list[TrackId] | None:
        return self._index[entry % _TABLES].get(entry)

    def _trace(self, track_id: TrackId) -> Trace | None:
        """A track that may be given away; ``None`` once it has been."""
        if not self._is_free(track_id):
            return None
        found = self._displaced.get(track_id) or self._held.get(track_id)
        if found is None:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            for found in self._fetch([track_id]):
                self._held[track_id] = found
        return found


def assign(claims: Iterable[Claim], moves: Moves) -> dict[bytes, Trace]:
    """The best claims first: path of the file to its track. Each file and each track comes once."""
    given: dict[bytes, Trace] = {}
    for claim in sorted(claims, key=lambda claim: claim[:3], reverse=True):
        file, trace = claim[3], claim[4]
        if file.path not in given and moves.take(trace):
            given[file.path] = trace
    return given


def by_sound_alone(claim: Claim) -> bool:
    """True where nothing but the sound says so.

    Of what has no tags neither name nor inode does: that of a file that went is given to a new one, and nobody has
    tagged it anew.
    """
    likeness, _, _, file, trace = claim
    if is_untagged(file) and is_untagged(trace):
        return likeness >= SOUND and trace.path != file.path and not _same_stat(trace, file)
    return likeness == SOUND


def _claims(file: ScannedFile, traces: Iterable[Trace]) -> list[Claim]:
    return [
        (likeness, _common_tail(trace.path, file.path), -trace.id, file, trace)
        for trace in traces
        if (likeness := _likeness(trace, file))
    ]


def _likeness(trace: Trace, file: ScannedFile) -> float:
    """0 where nothing says that this file is that track."""
    if bool(trace.source_path) != bool(file.source_path):
        return 0.0
    same_inode = bool(file.inode) and trace.inode == file.inode
    same_stat = _same_stat(trace, file)
    same_key = _same_key(trace, file)
    if file.tags.audio_hash and trace.audio_hash:
        if trace.audio_hash != file.tags.audio_hash:
            return 0.0
        evidence = _INODE * same_inode + _KEY * same_key + _STAT * same_stat
        return SOUND + evidence + _OWN_PLACE * (trace.path == file.path)
    if same_stat and same_inode:
        return STAT_AND_INODE
    return STAT_AND_KEY if same_stat and same_key else 0.0


def _same_stat(trace: Trace, file: ScannedFile) -> bool:
    return trace.size_bytes == file.size_bytes and trace.mtime_ns == file.mtime_ns


def _same_key(trace: Trace, file: ScannedFile) -> bool:
    """The key of a file without names is made of its path: then the file name counts."""
    if is_untagged(file):
        return is_untagged(trace) and os.path.basename(trace.path) == os.path.basename(file.path)
    return trace.recording_key == file.recording_key


def _names(of: Trace | ScannedFile) -> str:
    key = of.recording_key
    return key if key.startswith("mbid:") else names_of(key)


def _looks(of: Trace | ScannedFile) -> int:
    """Where in the index a track stands by what ``stat`` says. A number: there may be a hundred thousand tracks."""
    return hash(("stat", of.size_bytes, of.mtime_ns))


def _place(of: Trace | ScannedFile) -> int:
    return hash(("place", place(of)))


def _sound(sound: str) -> int:
    return hash(("sound", sound))


def _close_entries(sound: str, inode: int | None, of: Trace | ScannedFile) -> list[int]:
    entries = [hash((sound, of.recording_key))]
    if inode:
        entries.append(hash((sound, inode)))
    return entries


def _common_tail(one: bytes, other: bytes) -> int:
    count = 0
    for mine, theirs in zip(reversed(one.split(b"/")), reversed(other.split(b"/")), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
