"""The tracks that are gone from their places, matched with files that turned up: a renamed folder keeps its plays.

A file is a track by its sound, whatever its tags say; where the sound could not be told, by how it looks to ``stat``.
Many files may share one sound (copies, silence): then inode, recording key, size and time, and the path decide, in
this order. Each track is given away once.
"""

import os
from collections.abc import Callable, Iterable, Iterator

from app.domain.ids import TrackId
from app.domain.recording import SAME_LENGTH_MS, names_of
from app.domain.scan import Trace
from app.domain.track import ScannedFile

SOUND, STAT_AND_INODE, STAT_AND_KEY = 10.0, 8.0, 6.0
_INODE, _KEY, _STAT, _OWN_PLACE = 1.25, 1.0, 0.9, 1.5
_LOOKED_AT = 64

Claim = tuple[float, int, int, ScannedFile, Trace]
"""How alike file and track are, how many names at the ends of their paths are, minus the id; file and track."""


class Moves:
    """Tracks that may be matched with a file, found by sound, inode, key, names, size and time."""

    def __init__(self, gone: Callable[[Trace], bool]) -> None:
        """``gone`` tells whether there is no file any more where a track was."""
        self._gone = gone
        self._traces: dict[TrackId, Trace] = {}
        self._index: dict[int, list[TrackId]] = {}
        self._verdicts: dict[TrackId, bool] = {}

    def add(self, trace: Trace, *, surely: bool = False) -> None:
        """One more track; ``surely``: it is gone from its place for certain."""
        if trace.id in self._verdicts:
            return
        if surely:
            self._verdicts[trace.id] = True
        elif not self._is_gone(trace):
            return
        self._traces[trace.id] = trace
        entries = _entries(trace.audio_hash, trace.inode, trace)
        if trace.audio_hash:
            entries.append(hash(("sound", trace.audio_hash)))
        if names := _names(trace):
            entries.append(hash(("names", names)))
        for entry in entries:
            self._index.setdefault(entry, []).append(trace.id)

    def claims(self, file: ScannedFile, own: Trace | None = None) -> list[Claim]:
        """The tracks this file may be by its sound or its looks, unsorted; ``own`` is the one of its place."""
        if not self._traces:  # a first scan
            return []
        found = {own.id: own} if own is not None and own.id in self._traces else dict[TrackId, Trace]()
        for entry in _entries(file.tags.audio_hash, file.inode, file):
            found.update((trace.id, trace) for trace in self._at(entry))
        claims = _claims(file, found.values())
        if not claims and file.tags.audio_hash:
            claims = _claims(file, self._at(hash(("sound", file.tags.audio_hash))))
        return claims

    def transcode(self, file: ScannedFile) -> Trace | None:
        """The one track with the same names (or the same recording id) and length, whatever it sounds like."""
        if not self._traces:
            return None
        alike = [
            trace
            for trace in self._at(hash(("names", _names(file))))
            if _names(trace) == _names(file)
            and bool(trace.source_path) == bool(file.source_path)
            and abs(trace.duration_ms - file.tags.duration_ms) <= SAME_LENGTH_MS
        ]
        return alike[0] if len(alike) == 1 else None

    def take(self, trace: Trace) -> bool:
        """Gives a track away; False if it has been given away before."""
        return self._traces.pop(trace.id, None) is not None

    def _at(self, entry: int) -> Iterator[Trace]:
        ids = self._index.get(entry, [])
        looked_at, at = 0, len(ids)
        while at and looked_at < _LOOKED_AT:
            at -= 1
            trace = self._traces.get(ids[at])
            if trace is None:
                del ids[at]
            else:
                looked_at += 1
                yield trace

    def _is_gone(self, trace: Trace) -> bool:
        verdict = self._verdicts[trace.id] = self._gone(trace)
        return verdict


def assign(claims: Iterable[Claim], moves: Moves) -> dict[bytes, Trace]:
    """The best claims first: path of the file to its track. Each file and each track comes once."""
    given: dict[bytes, Trace] = {}
    for claim in sorted(claims, key=lambda claim: claim[:3], reverse=True):
        file, trace = claim[3], claim[4]
        if file.path not in given and moves.take(trace):
            given[file.path] = trace
    return given


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
    same_stat = trace.size_bytes == file.size_bytes and trace.mtime_ns == file.mtime_ns
    same_key = _same_key(trace, file)
    if file.tags.audio_hash and trace.audio_hash:
        if trace.audio_hash != file.tags.audio_hash:
            return 0.0
        evidence = _INODE * same_inode + _KEY * same_key + _STAT * same_stat
        return SOUND + evidence + _OWN_PLACE * (trace.path == file.path)
    if same_stat and same_inode:
        return STAT_AND_INODE
    return STAT_AND_KEY if same_stat and same_key else 0.0


def _same_key(trace: Trace, file: ScannedFile) -> bool:
    """The key of a file without names is made of its path: then the file name counts."""
    if file.recording_key.startswith("path:"):
        return trace.recording_key.startswith("path:") and os.path.basename(trace.path) == os.path.basename(file.path)
    return trace.recording_key == file.recording_key


def _names(of: Trace | ScannedFile) -> str:
    key = of.recording_key
    return key if key.startswith("mbid:") else names_of(key)


def _entries(sound: str, inode: int | None, of: Trace | ScannedFile) -> list[int]:
    """Where in the index a track stands. Numbers, because there may be a hundred thousand tracks."""
    entries = [hash(("stat", of.size_bytes, of.mtime_ns))]
    if sound:
        entries.append(hash((sound, of.recording_key)))
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
