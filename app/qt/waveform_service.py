"""Waveforms for the seek bar: of what plays and of what comes next, made in the background and kept on the disk."""

import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeftAlone
from app.domain.track import Track
from app.domain.waveform import MOST_BYTES, Waveform, pack, unpack
from app.qt.cache_files import CacheFiles
from app.qt.jobs import Cancelled, Job, Jobs, run_apart
from app.qt.patience import Patience

CACHE_BYTES: Final = 64 * 1024 * 1024

_WORKER: Final = "app.analysis.waveform_worker"
_LONGEST_S: Final = 120.0
"""On a slow disk; what the process computes has a limit of its own."""
_SETTLE_S: Final = 0.3
"""So long must a track be wanted before its file is read: who skips on and on starts nothing."""
_STEP_S: Final = 0.05
_IN_MEMORY: Final = 1_000
"""Two kilobytes each."""

Look = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """What came of a sound, and how its file looked then; ``None`` where it gives no waveform."""

    look: Look
    waveform: Waveform | None


class WaveformService(QObject):
    """One track at a time, in the order of the last wish; what is wanted no more is broken off."""

    found = Signal(int, object)
    """A track's id and its ``Waveform``."""

    def __init__(self, jobs: Jobs, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._files = jobs, CacheFiles(folder, CACHE_BYTES, "wave")
        self._patience = Patience(jobs.drives)
        self._wanted: list[Track] = []
        self._held: OrderedDict[bytes, _Held] = OrderedDict()
        self._sure: set[bytes] = set()
        """What needs no more work for the last wish."""
        self._job: Job | None = None
        self._at = b""

    def want(self, tracks: Sequence[Track]) -> None:
        """These, the first one first. ``found`` answers for each, at once where it is known.

        Of a track without a hash that is what was known of its file: whether it is still that one is looked at behind.
        """
        self._wanted = [track for track in tracks if not track.missing]
        self._sure.clear()
        for track in self._wanted:
            if (held := self._held.get(key_of(track))) is not None:
                if track.audio_hash:
                    self._sure.add(key_of(track))
                if held.waveform is not None:
                    self.found.emit(track.id, held.waveform)
        if self._job is not None and self._at not in {key_of(track) for track in self._wanted}:
            self._job.cancel()
        self._next()

    def _next(self) -> None:
        if self._job is not None:
            return
        for track in self._wanted:
            key = key_of(track)
            if key not in self._sure:
                self._at = key
                held = self._held.get(key)
                self._job = self._jobs.start(
                    "waveform",
                    _work,
                    self._patience,
                    self._files,
                    track,
                    held,
                    done=self._done,
                    failed=lambda _: self._gave_up(),
                )
                return

    def _done(self, answer: _Held | None) -> None:
        """``None``: it was cancelled."""
        key, self._job = self._at, None
        if answer is not None:
            before, self._held[key] = self._held.get(key), answer
            self._sure.add(key)
            while len(self._held) > _IN_MEMORY:
                self._held.popitem(last=False)
            if answer.waveform is not None and answer is not before:
                for track in self._wanted:
                    if key_of(track) == key:
                        self.found.emit(track.id, answer.waveform)
        self._next()

    def _gave_up(self) -> None:
        """A drive that does not answer may do so later: it is asked again with the next wish."""
        self._sure.add(self._at)
        self._job = None
        self._next()


def key_of(track: Track) -> bytes:
    """Who a sound is: by itself, else by where it is. A track of a cue sheet is a part of it."""
    who = track.audio_hash.encode() or b"file\0" + track.file
    return b"%s\0%d\0%s" % (who, track.start_ms, b"" if track.end_ms is None else b"%d" % track.end_ms)


def _work(
    cancelled: Cancelled, patience: Patience, files: CacheFiles, track: Track, held: _Held | None
) -> _Held | None:
    """What there is for a track; ``held`` again where its file is still the same, ``None`` where it was cancelled.

    Raises:
        SegueError: the drive does not answer, or the system starts no process.
    """
    key, look_of = key_of(track), partial(_look_of, track.file)
    try:
        before = patience.call(cancelled, track.file, look_of)
        if held is not None and held.look == before:
            return held
        if not track.audio_hash:  # the file may be another one by now
            key += repr(before).encode()
        if (kept := unpack(files.load(key, MOST_BYTES + 1))) is not None:
            files.used(key)
            return _Held(before, kept)
        if not _settled(cancelled):
            return None
        words: list[str | bytes] = [track.file, str(track.start_ms)]
        words += [] if track.end_ms is None else [str(track.end_ms)]
        said = run_apart(cancelled, _WORKER, *words, longest_s=_LONGEST_S, most_bytes=MOST_BYTES)
        if cancelled():
            return None
        made = unpack(said) if said is not None and before == patience.call(cancelled, track.file, look_of) else None
    except LeftAlone:
        return None
    if made is not None:
        files.save(key, pack(made))
    return _Held(before, made)


def _settled(cancelled: Cancelled) -> bool:
    """Waits; False where it is not wanted any more."""
    wanted_s = time.monotonic() + _SETTLE_S
    while time.monotonic() < wanted_s:
        if cancelled():
            return False
        time.sleep(_STEP_S)
    return True


def _look_of(path: bytes, _asks: Cancelled) -> Look:
    """How a file looks from outside; empty where it is not there."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
