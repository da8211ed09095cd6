"""One device that is open in the sound's child, and the ring that it plays."""

import threading
import time

from app.playback.block import Block, silence
from app.playback.fader import Fader
from app.playback.ring import Ring
from app.playback.sound_devices import DeviceFailed, OpenDevice, System

LINGER_S = 0.3
"""A device that is closed makes the end of a fade heard first."""
_IDLE_S = 3.0
"""After so long a rest the device is stopped, so that the machine may save power."""
_RATES = (44_100, 48_000)
_GONE: list[OpenDevice] = []
"""Devices that went away while they were open; their memory is still in use."""


class Slot:
    """A ring and the device that plays it."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._device: OpenDevice | None = None
        self._closes_at: float | None = None
        self._wanted_at = 0.0
        self._voice = _Voice(Fader(ring, _RATES[1]))

    def open(self, system: System, device_id: str, wanted_rate: int) -> int:
        """Opens a device at a rate, or at its own if that is one music uses; gives the rate.

        Raises:
            DeviceFailed: it cannot be opened.
        """
        self.close()
        own = 0 if wanted_rate or device_id not in system.devices else system.rate_of(device_id)
        rate = wanted_rate or (own if own in _RATES else _RATES[1])
        self.ring.clear()
        self._voice = _Voice(Fader(self.ring, rate))
        self._device = OpenDevice(system, device_id, rate, self._voice.give)
        return rate

    def wake(self) -> None:
        """The listener wants sound: starts the device if it was stopped.

        Raises:
            DeviceFailed: it does not start, or has gone.
        """
        self._wanted_at = time.monotonic()
        if self._device is None:
            raise DeviceFailed("it is gone")
        if not self._device.running:
            self._voice.wakes = True
            self._device.start()

    def new_thread(self) -> int:
        """The number of the thread in which a device asks that has woken since the last call; else 0."""
        number, self._voice.thread = self._voice.thread, 0
        return number

    def close_soon(self) -> None:
        """Once what it holds has been heard."""
        self._closes_at = time.monotonic() + LINGER_S

    def close(self) -> None:
        """Gives the device back. One that has gone is left as it is: the library would wait for its answer for ever."""
        device, self._device, self._closes_at = self._device, None, None
        if device is not None:
            self._voice.over = True
        if device is not None and device.is_there():
            device.close()
        elif device is not None:
            _GONE.append(device)

    def tend(self) -> None:
        """Closes or stops a device whose time has come."""
        now = time.monotonic()
        if self.ring.order & 1:
            self._wanted_at = now
        if self._closes_at is not None and now >= self._closes_at:
            self.close()
        elif self._device is not None and self._device.running and now - self._wanted_at > _IDLE_S:
            self._device.stop() if self._device.is_there() else self.close()


class _Voice:
    """What one device is given, in its thread. One that had gone may come back and ask: then the ring is another's."""

    def __init__(self, fader: Fader) -> None:
        self._fader = fader
        self.wakes = self.over = False
        self.thread = 0
        """The number of the device's thread, when it has woken."""

    def give(self, frames: int) -> Block:
        """The first frames are silence, because a device that wakes may lose them."""
        if self.wakes or self.over:
            self.wakes = False
            self.thread = threading.get_native_id()
            return silence(frames)
        return self._fader.take(frames)
