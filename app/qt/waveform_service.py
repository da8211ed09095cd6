"""Waveforms for the seek bar: of what plays and of what comes next, made in the background and kept on the disk."""

import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.track import Track
from app.domain.waveform import MOST_BYTES, Waveform, pack, unpack
from app.qt.cache_files import CacheFiles
from app.qt.jobs import Cancelled, Job, Jobs, run_apart

CACHE_BYTES: Final = 64 * 1024 * 1024

_WORKER: Final = "app.analysis.waveform_worker"
_LONGEST_S: Final = 120.0
"""On a slow disk; what the process computes has a limit of its own."""
_SETTLE_S: Final = 0.3
"""So long must a track be wanted before its file is read: who skips on and on starts nothing."""
_STEP_S: Final = 0.05
_IN_MEMORY: Final = 64
_MOST_FAILED: Final = 10_000


class WaveformService(QObject):
    """One track at a time, in the order of the last wish; what is wanted no more is broken off."""

    found = Signal(int, object)
    """A track's id and its ``Waveform``."""

    def __init__(self, jobs: Jobs, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._files = jobs, CacheFiles(folder, CACHE_BYTES, "wave")
        self._wanted: list[Track] = []
        self._known: OrderedDict[bytes, Waveform] = OrderedDict()
        self._failed: set[bytes] = set()
        self._job: Job | None = None
        self._at = b""

    def want(self, tracks: Sequence[Track]) -> None:
        """These, the first one first. ``found`` answers for each, at once where it is known."""
        self._wanted = [track for track in tracks if not track.missing]
        for track in self._wanted:
            if (known := self._known.get(key_of(track))) is not None:
                self.found.emit(track.id, known)
        if self._job is not None and self._at not in {key_of(track) for track in self._wanted}:
            self._job.cancel()
        self._next()

    def _next(self) -> None:
        if self._job is not None:
            return
        for track in self._wanted:
            key = key_of(track)
            if key not in self._known and key not in self._failed:
                self._at = key
                self._job = self._jobs.start(
                    "waveform", _work, self._files, track, done=self._done, failed=lambda _: self._done((True, None))
                )
                return

    def _done(self, answer: tuple[bool, Waveform | None]) -> None:
        lasting, waveform = answer
        key, self._job = self._at, None
        if waveform is not None:
            self._known[key] = waveform
            while len(self._known) > _IN_MEMORY:
                self._known.popitem(last=False)
            for track in self._wanted:
                if key_of(track) == key:
                    self.found.emit(track.id, waveform)
        elif lasting:
            if len(self._failed) >= _MOST_FAILED:
                self._failed.clear()
            self._failed.add(key)
        self._next()


def key_of(track: Track) -> bytes:
    """Who a sound is: by itself, else by where it is. A track of a cue sheet is a part of it."""
    who = track.audio_hash.encode() or b"file\0" + track.file
    return b"%s\0%d\0%s" % (who, track.start_ms, b"" if track.end_ms is None else b"%d" % track.end_ms)


def _work(cancelled: Cancelled, files: CacheFiles, track: Track) -> tuple[bool, Waveform | None]:
    """Whether the answer is a lasting one, and the waveform."""
    key = key_of(track)
    before = _look_of(track.file)
    if not track.audio_hash:  # the file may be another one by now
        key += repr(before).encode()
    if (kept := unpack(files.load(key, MOST_BYTES + 1))) is not None:
        files.used(key)
        return True, kept
    wanted_s = time.monotonic() + _SETTLE_S
    while time.monotonic() < wanted_s:
        if cancelled():
            return False, None
        time.sleep(_STEP_S)
    words: list[str | bytes] = [track.file, str(track.start_ms)]
    words += [] if track.end_ms is None else [str(track.end_ms)]
    said = run_apart(cancelled, _WORKER, *words, longest_s=_LONGEST_S, most_bytes=MOST_BYTES)
    if cancelled():
        return False, None
    made = unpack(said) if said is not None and before == _look_of(track.file) else None
    if made is not None:
        files.save(key, pack(made))
    return True, made


def _look_of(path: bytes) -> tuple[int, ...]:
    """How a file looks from outside; empty where it is not there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
