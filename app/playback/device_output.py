"""One sound device as an output: what is written lies in a ring, from which a child gives it to the device.

Qt's QAudioSink was the output first, fed by the audio thread. The last of it (PulseAudio asked for 150 ms) was
measured beside this one on two cores, 2 x 45 s of an album each while scans, two fits and sixty repaints a second ran,
at a load of 8 to 11: neither had a drop-out, and neither lost or repeated a sample. Before ``PULSE_LATENCY_MSEC`` was
set, QAudioSink had had 2 to 10 in 18 s, because Qt asks for a tiny buffer.

===========  ================  ====================
heard after  QAudioSink        miniaudio in a child
===========  ================  ====================
play         98 ms             70 ms
a jump       105 ms            95 ms
a pause      at once, cut off  90 ms, faded out
going on     at once           70 ms, faded in
===========  ================  ====================

So it is no question of drop-outs. As it was used, a pause, a stop and a jump cut the sound off without a fade; the sink
was fed from the process of the window, under Python's lock, where here a child holds the device; and QtMultimedia comes
with 400 MB of Addons.
"""

import logging
import time
from typing import Protocol

from app.domain.errors import PlaybackFailed
from app.domain.words import mark, say
from app.playback.block import Block
from app.playback.delay import Delay
from app.playback.ring import FRAMES, Ring

log = logging.getLogger(__name__)

DEVICE_DELAY_S = 0.12
"""From the device's taking a frame to the ear; measured on a null sink."""

_LEAD_S = 1.0
"""So far ahead of the device the player is at most."""
_MARGIN = 4_096
"""Frames of the ring that stay free."""
_REST_S = 0.3
"""A device that has not fallen silent by then has stopped by itself."""
_TICK_S = 0.001
_LOST = mark("The sound output stopped. Press play to try it again.")


class Line(Protocol):
    """The way to the child."""

    def wake(self) -> None:
        """Sound is wanted."""

    def close(self) -> None:
        """It is over."""

    def alive(self) -> bool:
        """True while the child holds the device."""


class DeviceOutput:
    """An ``AudioOutput``. Used from one thread."""

    def __init__(self, ring: Ring, rate: int, line: Line) -> None:
        """The ring is empty, and its device open and at rest."""
        self.rate = rate
        self._ring, self._line = ring, line
        self._lead = min(int(rate * _LEAD_S), FRAMES - _MARGIN)
        self._base = 0
        """The frame of the ring that counts as the first."""
        self._playing = False
        self._delay = Delay(DEVICE_DELAY_S)

    def free_frames(self) -> int:
        """How many frames the ring takes.

        Raises:
            PlaybackFailed: the device is gone.
        """
        if not self._line.alive():
            raise PlaybackFailed(say(_LOST))
        return max(self._lead - (self._ring.written - self._taken()), 0)

    def write(self, block: Block) -> None:
        """Adds the block."""
        self._ring.write(block)

    def played_frames(self) -> int:
        """What the device took so long ago that it has been heard; at rest, all that it took."""
        taken = self._taken() - self._base
        return self._delay.at(taken) if self._playing else taken

    def finish(self) -> None:
        """Where the ring is empty now, silence is right."""
        self._ring.finished = self._ring.written

    def pause(self) -> None:
        """Fades out. What the device holds will be heard, and counts; nothing behind it is taken."""
        if not self._playing:
            return
        self._playing = False
        self._ring.order += 1
        until = time.monotonic() + _REST_S
        while self._ring.rested != self._ring.order and time.monotonic() < until and self._line.alive():
            time.sleep(_TICK_S)

    def resume(self) -> None:
        """Fades in with the frame behind the last that was taken.

        Raises:
            PlaybackFailed: the device is gone.
        """
        if self._playing:
            return
        self._delay.reset(self._taken() - self._base)
        self._playing = True
        self._ring.order += 1
        self._line.wake()

    def flush(self) -> None:
        """Fades out, drops what was not taken and counts from zero; goes on where it did not rest."""
        playing = self._playing
        self.pause()
        self._ring.drop = self._base = self._ring.written
        self._ring.drops += 1
        self._delay.reset()
        if playing:
            self.resume()

    def set_volume(self, amplitude: float) -> None:
        """Moves there in 20 ms."""
        self._ring.gain = amplitude

    def look(self) -> bool:
        """Nothing to follow: who opened it watches the devices."""
        return False

    def choose(self, device_id: str) -> None:
        """It stays the one it is."""

    def close(self) -> None:
        """Fades out and gives the device back."""
        self.pause()
        if self._ring.starved:
            log.warning("The sound had %d holes: the player came too late", self._ring.starved)
        least_ms, longest_ms = self._ring.least * 1000 // self.rate, self._ring.longest_us // 1000
        log.info("The device had %d ms of sound at least, and asked after %d ms at most", least_ms, longest_ms)
        self._line.close()

    def _taken(self) -> int:
        return max(self._ring.taken, self._ring.drop)
