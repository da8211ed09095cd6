"""Where sound goes: one small interface, and the output that makes no sound.

Frames are counted from the last ``flush`` (or the opening): ``played_frames`` is how many of those written have been
heard. Every position on screen and every millisecond of the log comes from that count, never from a wall clock.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the window starts before numpy is needed
    from app.playback.sound import Block

CLOCK_RATE = 44_100


class AudioOutput(Protocol):
    """Takes stereo float32 blocks at ``rate``. Used from one thread."""

    rate: int

    def free_frames(self) -> int:
        """How many frames can be written now without waiting.

        Raises:
            PlaybackFailed: the device is gone.
        """

    def write(self, block: "Block") -> None:
        """Adds at most ``free_frames()`` frames to what will be heard."""

    def played_frames(self) -> int:
        """How many of the frames written since the last flush have been heard."""

    def finish(self) -> None:
        """Nothing more will be written for now: what is buffered must be heard to its end."""

    def pause(self) -> None:
        """Fades out and keeps what is buffered. From then on ``played_frames`` holds all that will be heard of it."""

    def resume(self) -> None:
        """Goes on with the frame behind the last that counts as heard, faded in.

        Raises:
            PlaybackFailed: the device is gone.
        """

    def flush(self) -> None:
        """Drops what is buffered and counts from zero. What is written next begins at its full level."""

    def set_volume(self, amplitude: float) -> None:
        """0.0 silent, 1.0 as the file is."""

    def look(self) -> bool:
        """Asked at each beat: true once when a lost device is back.

        Raises:
            OutputLost: the device is gone; what was not heard of it is kept.
        """

    def choose(self, device_id: str) -> None:
        """Another device is wanted; empty: the system's default."""

    def close(self) -> None:
        """Gives the device back."""


def amplitude(percent: int) -> float:
    """A volume in percent as people hear it to the factor on each sample: its cube.

    >>> amplitude(50)
    0.125
    """
    return (min(max(percent, 0), 100) / 100) ** 3


class ClockOutput:
    """Plays into nothing at the pace of a clock: where there is no device, and in tests with a clock of their own."""

    def __init__(
        self, rate: int = CLOCK_RATE, clock: Callable[[], float] = time.monotonic, buffer_s: float = 1.0
    ) -> None:
        """``clock`` gives seconds; it may jump, in either direction."""
        self.rate = rate
        self.amplitude = 1.0
        self._clock, self._capacity = clock, max(int(rate * buffer_s), 1)
        self._running, self._last = True, clock()
        self._written, self._played = 0, 0.0

    def free_frames(self) -> int:
        """How many frames the buffer can take."""
        self._advance()
        return self._capacity - (self._written - int(self._played))

    def write(self, block: "Block") -> None:
        """Counts the frames."""
        self._advance()
        self._written += len(block)

    def played_frames(self) -> int:
        """Frames whose time has come."""
        self._advance()
        return int(self._played)

    def finish(self) -> None:
        """Nothing is held back here."""

    def pause(self) -> None:
        """Stops the count."""
        self._advance()
        self._running = False

    def resume(self) -> None:
        """Goes on counting."""
        self._advance()
        self._running = True

    def flush(self) -> None:
        """Drops what is buffered."""
        self._advance()
        self._written, self._played = 0, 0.0

    def set_volume(self, amplitude: float) -> None:
        """Remembered, for tests."""
        self.amplitude = amplitude

    def look(self) -> bool:
        """Nothing happens to a clock."""
        return False

    def choose(self, device_id: str) -> None:
        """There is only this one."""

    def close(self) -> None:
        """Nothing to give back."""

    def _advance(self) -> None:
        now = self._clock()
        passed, self._last = max(now - self._last, 0.0), now
        if self._running:
            self._played = min(float(self._written), self._played + passed * self.rate)
