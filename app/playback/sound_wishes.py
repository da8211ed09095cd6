"""What the sound's child does: gives each device what lies in its ring, and tells which devices there are.

A wish is a line of JSON, and so is an answer.
"""

import json
import os
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from app.playback.ring import SLOTS, Ring, mapped
from app.playback.sound_devices import DeviceFailed, System
from app.playback.sound_slot import LINGER_S, Slot
from app.playback.urgent import make_urgent

_LIST_S = 1.0


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
                if thread := slot.new_thread():
                    _say({"urgent": make_urgent(thread) and make_urgent(threading.get_native_id())})
            if not select.select([0], [], [], LINGER_S)[0]:
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
            time.sleep(LINGER_S)
        for slot in self._slots:
            slot.close()


def _say(answer: dict[str, Any]) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")
