"""What the sound's child does: gives each device what lies in its ring, and tells which devices there are.

A wish is a line of JSON, and so is an answer.
"""

import json
import os
import select
import time
from collections.abc import Callable
from typing import Any

from app.playback.block import Block, silence
from app.playback.fader import Fader
from app.playback.ring import SLOTS, Ring, mapped
from app.playback.sound_devices import DeviceFailed, OpenDevice, System

_LIST_S = 1.0
_LINGER_S = 0.3
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
        self._there: Callable[[], bool] = lambda: False
        self._closes_at: float | None = None
        self._wanted_at = 0.0
        self._wakes = False

    def open(self, system: System, device_id: str, wanted_rate: int) -> int:
        """Opens a device at a rate, or at its own if that is one music uses; gives the rate.

        Raises:
            DeviceFailed: it cannot be opened.
        """
        self.close()
        own = 0 if wanted_rate or device_id not in system.devices else system.rate_of(device_id)
        rate = wanted_rate or (own if own in _RATES else _RATES[1])
        self._fader = Fader(self.ring, rate)
        self._device = OpenDevice(system, device_id, rate, self._give)
        self._there = lambda: device_id in {each for each, _ in system.look()["devices"]}
        return rate

    def wake(self) -> None:
        """The listener wants sound: starts the device if it was stopped.

        Raises:
            DeviceFailed: it does not start.
        """
        self._wanted_at = time.monotonic()
        if self._device is not None and not self._device.running:
            self._wakes = True
            self._device.start()

    def close_soon(self) -> None:
        """Once what it holds has been heard."""
        self._closes_at = time.monotonic() + _LINGER_S

    def close(self) -> None:
        """Gives the device back. One that has gone is left as it is: the library would wait for its answer for ever."""
        device, self._device, self._closes_at = self._device, None, None
        if device is not None and self._there():
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
            self._device.stop() if self._there() else self.close()

    def _give(self, frames: int) -> Block:
        """In the device's thread. The first frames are silence, because a device that wakes may lose them."""
        if self._wakes:
            self._wakes = False
            return silence(frames)
        return self._fader.take(frames)


class Worker:
    """Does what it is told, until the pipe is closed."""

    def __init__(self, descriptor: int, alive: Callable[[], None]) -> None:
        """``alive`` is called a few times a second."""
        memory, self._alive = mapped(descriptor), alive
        self._slots = [Slot(Ring(memory, number)) for number in range(SLOTS)]
        self._system = System()
        self._said: dict[str, Any] = {}

    def run(self) -> None:
        """Answers, looks for devices once a second, and closes what is done with."""
        pending, looked_at = b"", -_LIST_S
        while True:
            self._alive()
            if time.monotonic() - looked_at >= _LIST_S:
                self._tell_devices()
                looked_at = time.monotonic()
            for slot in self._slots:
                slot.tend()
            if not select.select([0], [], [], _LINGER_S)[0]:
                continue
            piece = os.read(0, 4096)
            if not piece:
                break
            *lines, pending = (pending + piece).split(b"\n")
            for line in lines:
                self._obey(json.loads(line))
        self._end()

    def _tell_devices(self) -> None:
        found = self._system.look()
        _say(found if found != self._said else {})
        self._said = found

    def _obey(self, wish: dict[str, Any]) -> None:
        slot = self._slots[wish["slot"]]
        try:
            match wish["do"]:
                case "open":
                    if wish["device"] not in self._system.devices:
                        self._tell_devices()
                    rate = slot.open(self._system, wish["device"], wish["rate"])
                    _say({"opened": wish["number"], "rate": rate})
                case "wake":
                    slot.wake()
                case "close":
                    slot.close_soon()
        except DeviceFailed as error:
            _say({"failed": wish["slot"], "why": str(error), "number": wish["number"]})

    def _end(self) -> None:
        """Lets the end of a fade be heard."""
        if any(slot.ring.order for slot in self._slots):
            time.sleep(_LINGER_S)
        for slot in self._slots:
            slot.close()


def _say(answer: dict[str, Any]) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")
