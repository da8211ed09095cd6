"""Sound through Qt: a sink that the audio thread pushes blocks into.

QtMultimedia is imported when an output is opened, in the audio thread: the window does not wait for it. Qt asks
PulseAudio for a tiny buffer, which drops out under load; ``PULSE_LATENCY_MSEC`` makes it ask for a sensible one.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QIODevice

from app.domain.device import Device, Outputs
from app.domain.errors import PlaybackFailed
from app.domain.words import mark, say

if TYPE_CHECKING:  # neither numpy nor QtMultimedia is needed before the first sound
    from PySide6.QtMultimedia import QAudioDevice, QAudioSink

    from app.playback.sound import Block

PULSE_LATENCY_MS = 150
DEVICE_DELAY_S = 0.1
"""From the sink's taking a frame to the ear, at that latency; measured on a null sink."""

_BUFFER_S = 1.0
_RATES = (44_100, 48_000)
_FRAME_BYTES = 8
_NO_DEVICE = mark("There is no sound output. Segue goes on without sound.")
_DEVICE_LOST = mark("The sound output stopped. Press play to try it again.")


class Delay:
    """What a growing number was some seconds ago: frames taken by the device to frames heard."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._past: deque[tuple[float, int]] = deque()
        self._value = 0
        self._held_at: float | None = None

    def reset(self) -> None:
        """Starts from zero."""
        self._past.clear()
        self._value = 0

    def hold(self) -> None:
        """Time stands still: what is on its way stays on its way."""
        if self._held_at is None:
            self._held_at = self._clock()

    def go(self) -> None:
        """Time goes on from where it was held."""
        if self._held_at is not None:
            held = self._clock() - self._held_at
            self._past = deque((at + held, value) for at, value in self._past)
            self._held_at = None

    def at(self, taken: int) -> int:
        """Notes the number as it is now, and gives it as it was. It never falls."""
        if self._held_at is not None:
            return self._value
        now = self._clock()
        if not self._past or self._past[-1][1] != taken:
            self._past.append((now, taken))
        while self._past and now - self._past[0][0] >= self._seconds:
            self._value = max(self._value, self._past.popleft()[1])
        return self._value


class QtOutput:
    """One device. Made, used and closed in one thread, whose Qt events it handles itself."""

    def __init__(self, device_id: str = "", rate: int | None = None) -> None:
        """Opens a device, the system's default if none is named, at a rate or at its own.

        Raises:
            PlaybackFailed: there is none, or it cannot be opened.
        """
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(PULSE_LATENCY_MS))
        from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        if device_id:
            found = (one for one in QMediaDevices.audioOutputs() if _id(one) == device_id)
            device = next(found, QAudioDevice())
        if device.isNull():
            raise PlaybackFailed(say(_NO_DEVICE))
        self._events = QEventLoop()
        self._sink = _sink(device, rate)
        self.rate = self._sink.format().sampleRate()
        self._sink.setBufferSize(int(self.rate * _BUFFER_S) * _FRAME_BYTES)
        self._stream: QIODevice | None = None
        self._written = 0
        self._delay = Delay(DEVICE_DELAY_S)
        self._paused = False
        self._start()
        self.pause()

    def free_frames(self) -> int:
        """How many frames the sink can take.

        Raises:
            PlaybackFailed: the device is gone.
        """
        self._events.processEvents()
        self._check()
        return self._sink.bytesFree() // _FRAME_BYTES

    def write(self, block: "Block") -> None:
        """Pushes the block."""
        stream = self._stream
        taken = stream.write(block.tobytes()) if stream is not None else -1
        if taken < 0:
            raise PlaybackFailed(say(_DEVICE_LOST))
        self._written += int(taken) // _FRAME_BYTES

    def played_frames(self) -> int:
        """What the device took so long ago that it has been heard."""
        buffered = (self._sink.bufferSize() - self._sink.bytesFree()) // _FRAME_BYTES
        return self._delay.at(max(self._written - buffered, 0))

    def finish(self) -> None:
        """The sink plays its buffer to the end by itself."""

    def pause(self) -> None:
        """Suspends the sink."""
        self._paused = True
        self._delay.hold()
        self._sink.suspend()

    def resume(self) -> None:
        """Lets the sink go on, or starts it anew after it was lost.

        Raises:
            PlaybackFailed: the device is gone.
        """
        self._paused = False
        self._delay.go()
        if self._stream is None:
            self._start()
        else:
            self._sink.resume()

    def flush(self) -> None:
        """Drops what the sink and the server hold, and starts again silent."""
        self._sink.reset()
        self._stream = None
        self._written = 0
        self._delay.reset()
        if not self._paused:
            self._start()

    def set_volume(self, amplitude: float) -> None:
        """Sets the sink's own factor."""
        self._sink.setVolume(amplitude)

    def look(self) -> bool:
        """Nothing to follow: who opened it watches the devices."""
        return False

    def choose(self, device_id: str) -> None:
        """It stays the one it is."""

    def close(self) -> None:
        """Stops the sink."""
        self._sink.stop()
        self._stream = None

    def _start(self) -> None:
        stream = self._sink.start()
        if stream is None:  # the stubs do not know that there may be no device
            raise PlaybackFailed(say(_DEVICE_LOST))
        self._stream = stream

    def _check(self) -> None:
        if self._stream is None or self._sink.error().name in {"OpenError", "IOError", "FatalError"}:
            self._stream = None
            raise PlaybackFailed(say(_DEVICE_LOST))


def outputs() -> Outputs:
    """The devices of the system, and its default."""
    os.environ.setdefault("PULSE_LATENCY_MSEC", str(PULSE_LATENCY_MS))
    from PySide6.QtMultimedia import QMediaDevices

    devices = tuple(Device(_id(one), one.description()) for one in QMediaDevices.audioOutputs())
    default = QMediaDevices.defaultAudioOutput()
    return Outputs(devices, "" if default.isNull() else _id(default))


def _id(device: "QAudioDevice") -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _sink(device: "QAudioDevice", rate: int | None) -> "QAudioSink":
    """A sink for stereo float32 at a rate, else at the device's own, if that is one music uses."""
    from PySide6.QtMultimedia import QAudioFormat, QAudioSink

    preferred = device.preferredFormat().sampleRate()
    form = QAudioFormat()
    form.setSampleRate(rate or (preferred if preferred in _RATES else _RATES[1]))
    form.setChannelCount(2)
    form.setSampleFormat(QAudioFormat.SampleFormat.Float)
    if not device.isFormatSupported(form):
        raise PlaybackFailed(say(_NO_DEVICE))
    return QAudioSink(device, form)
