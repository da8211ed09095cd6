"""The child that holds the devices, as the player sees it: the devices there are, and one of them opened."""

import json
import logging
import os
import select
import subprocess
import time
from contextlib import suppress
from typing import Any

from app.config.child import end_child, pipes, start_child
from app.domain.device import Device, Outputs
from app.domain.errors import PlaybackFailed
from app.domain.words import mark, say
from app.playback.device_output import DeviceOutput
from app.playback.ring import SLOTS, Ring, mapped, new_memory

log = logging.getLogger(__name__)

_WORKER = "app.playback.sound_worker"
_ANSWER_S = 5.0
_AGAIN_S = 5.0
_LONGEST_AGAIN_S = 60.0
"""A child that has fallen is started again at most so often; after each fall it takes twice as long."""
_STEADY_S = 60.0
"""One that has lived so long fell for another reason than those before."""
_MOST_FALLS = 10
"""More are not counted."""
_END_S = 1.0
_OWN_END_S = 0.1
_HANGS_S = 8.0
"""A child that says nothing for so long, though it has a word each second, hangs in the sound system."""
_LONGEST_LINE = 1 << 20
_NO_DEVICE = mark("There is no sound output. Segue goes on without sound.")


class SoundProcess:
    """Starts with the first question. Used from one thread."""

    def __init__(self) -> None:
        self._descriptor = new_memory()
        memory = mapped(self._descriptor)
        self._rings = [Ring(memory, slot) for slot in range(SLOTS)]
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = self._heard_at = -_AGAIN_S
        self._falls = 0
        self._reason = ""
        """What a child said before it fell."""
        self._pending = b""
        self._number = self._slot = 0
        self._outputs: Outputs | None = None
        self._answers: dict[int, int] = {}
        """The rates of what was opened, by the number of the question; 0 for what could not be."""
        self._failed: set[int] = set()
        self._busy: set[int] = set()

    @property
    def pid(self) -> int:
        """The number of the child; 0 where there is none."""
        return self._process.pid if self._process is not None else 0

    def outputs(self) -> Outputs:
        """The devices of the system as the child saw them last. A child that starts is waited for, once.

        One that has fallen is started again before it is said that there are none.
        """
        self._start()
        self._look()
        if self._process is None:
            self._start()
            self._look()
        return self._outputs or Outputs()

    def open(self, device_id: str, rate: int | None) -> DeviceOutput:
        """Opens a device at a rate, or at its own.

        Raises:
            PlaybackFailed: it cannot be opened.
        """
        self._start()
        self._number, self._slot = self._number + 1, self._free_slot()
        self._say("open", self._slot, device=device_id, rate=rate or 0)
        until = time.monotonic() + _ANSWER_S
        while self._number not in self._answers and self._process is not None and time.monotonic() < until:
            self._hear(0.1)
        found = self._answers.pop(self._number, 0)
        if not found:
            raise PlaybackFailed(say(_NO_DEVICE))
        self._failed.discard(self._slot)  # what was said before was of the device before
        self._busy.add(self._slot)
        return DeviceOutput(self._rings[self._slot], found, _Line(self, self._slot, self.pid))

    def close(self) -> None:
        """Ends the child, once the end of a fade was heard."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_S)
            end_child(process, _END_S)

    # --- for a device that is open

    def say(self, what: str, slot: int) -> None:
        """A wish about a device."""
        self._number += 1
        self._say(what, slot)

    def give_back(self, slot: int) -> None:
        """Nobody uses this device any more."""
        self._busy.discard(slot)

    def holds(self, slot: int, pid: int) -> bool:
        """True while the child that opened a device lives and has not lost it."""
        self._hear(0.0)
        return self.pid == pid and slot not in self._failed

    # ---

    def _look(self) -> None:
        """Takes in what the child has seen, its first look too unless that takes too long."""
        self._hear(0.0)
        if self._process is not None and time.monotonic() - self._heard_at > _HANGS_S:
            self._fall()
        until = self._started_at + _ANSWER_S / (1 + self._falls)
        while self._outputs is None and self._process is not None and time.monotonic() < until:
            self._hear(0.1)

    def _free_slot(self) -> int:
        """The slot that was not used last, so that the end of a fade in it is heard."""
        free = [slot for slot in range(SLOTS) if slot not in self._busy]
        if not free:
            raise PlaybackFailed(say(_NO_DEVICE))
        return next((slot for slot in free if slot != self._slot), free[0])

    def _start(self) -> None:
        wait_s = min(_AGAIN_S * 2 ** max(self._falls - 1, 0), _LONGEST_AGAIN_S)
        if self._process is not None or time.monotonic() - self._started_at < wait_s:
            return
        self._started_at, self._pending, self._outputs = time.monotonic(), b"", None
        self._heard_at, self._reason = self._started_at, ""
        self._answers.clear()
        try:
            self._process = start_child(_WORKER, str(self._descriptor), keep=(self._descriptor,))
        except OSError as error:
            log.error("The sound's process does not start: %s", error)
            self._falls = min(self._falls + 1, _MOST_FALLS)

    def _say(self, what: str, slot: int, **more: object) -> None:
        if self._process is None:
            return
        line = json.dumps({"do": what, "slot": slot, "number": self._number, **more}).encode() + b"\n"
        with suppress(OSError):  # it has ended; its last words are still to be heard
            os.write(pipes(self._process)[0], line)

    def _hear(self, seconds: float) -> None:
        """Takes in what the child has said, after a short wait."""
        if self._process is None:
            return
        source = pipes(self._process)[1]
        if not select.select([source], [], [], seconds)[0]:
            return
        piece = os.read(source, 1 << 16)
        self._heard_at = time.monotonic()
        *lines, self._pending = (self._pending + piece).split(b"\n")
        try:
            for line in lines:
                self._take(json.loads(line))
        except (ValueError, KeyError, TypeError):
            piece = b""
        if not piece or len(self._pending) > _LONGEST_LINE:
            self._fall()

    def _take(self, said: dict[str, Any]) -> None:
        if "devices" in said:
            self._outputs = Outputs(tuple(Device(*each) for each in said["devices"]), said["default"])
        elif "opened" in said:
            self._answers[said["opened"]] = said["rate"]
        elif "failed" in said:
            log.warning("A sound output failed: %s", said["why"])
            self._answers[said["number"]] = 0
            self._failed.add(said["failed"])
        elif "urgent" in said:
            log.info("The sound comes before everything else: %s", "yes" if said["urgent"] else "not allowed here")
        elif "fell" in said:
            self._reason = str(said["fell"])

    def _fall(self) -> None:
        steady = time.monotonic() - self._started_at > _STEADY_S
        self._falls = 1 if steady else min(self._falls + 1, _MOST_FALLS)
        process, self._process, self._outputs = self._process, None, None
        if process is None:
            return
        with suppress(subprocess.TimeoutExpired):  # one that ends by itself has a code of its own
            process.wait(_OWN_END_S)
        end_child(process, _END_S)
        log.error("The sound's process has ended (%s). %s", process.returncode, self._reason)


class _Line:
    """The wishes of one open device."""

    def __init__(self, process: SoundProcess, slot: int, pid: int) -> None:
        self._process, self._slot, self._pid = process, slot, pid

    def wake(self) -> None:
        """Starts the device if it was stopped."""
        if self.alive():
            self._process.say("wake", self._slot)

    def close(self) -> None:
        """Gives the device back."""
        if self.alive():
            self._process.say("close", self._slot)
        self._process.give_back(self._slot)

    def alive(self) -> bool:
        """True while the device is held."""
        return self._process.holds(self._slot, self._pid)
