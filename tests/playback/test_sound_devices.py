"""Which sound system is asked for its devices, while servers end, start and start again."""

from typing import Any

import pytest
from miniaudio import Backend

from app.playback.sound_devices import AGAIN_S, STARTS_S, Listed, System
from tests.playback.sounds import Time

PULSE, ALSA = Backend.PULSEAUDIO, Backend.ALSA
SINK, CARD = {"devices": [["sink", "Speakers"]], "default": "sink"}, {"devices": [["alsa:hw", "Card"]], "default": ""}
NONE: dict[str, Any] = {"devices": [], "default": ""}


class FakeConnection:
    """Answers until its server ends."""

    def __init__(self, backend: Backend, machine: "Machine") -> None:
        self.backend, self._machine = backend, machine
        self._server = machine.servers

    def listed(self) -> Listed | None:
        assert self in self._machine.connections, "it is closed"
        if self.backend is ALSA:
            return Listed({"alsa:hw": 1}, [["alsa:hw", "Card"]])
        if not self._machine.runs or self._server != self._machine.servers:
            return None
        return Listed({"sink": 2}, [["sink", "Speakers"]], "sink") if self._machine.has_sinks else Listed()

    def rate_of(self, _device_id: Any) -> int:
        return 48_000

    def close(self) -> None:
        self._machine.connections.remove(self)


class Machine:
    """ALSA is always there; a PulseAudio starts and ends."""

    def __init__(self, *, runs: bool) -> None:
        self.time, self.runs, self.has_sinks, self.servers = Time(), runs, True, 1
        self.connections: list[FakeConnection] = []
        self.tries: list[float] = []
        self.system = System(self._connect, self.time)  # type: ignore[arg-type]

    def _connect(self, backend: Backend) -> FakeConnection | None:
        if backend is PULSE:
            self.tries.append(self.time.seconds)
        if backend is PULSE and not self.runs:
            return None
        self.connections.append(FakeConnection(backend, self))
        return self.connections[-1]

    def start_again(self) -> None:
        self.runs, self.servers = True, self.servers + 1

    def looks(self, seconds: float) -> list[dict[str, Any]]:
        """What is seen in so many seconds, without repeats."""
        seen = [self.system.look()]
        for _ in range(round(seconds)):
            self.time.seconds += 1
            found = self.system.look()
            assert len(self.connections) <= 1, "one is left open"
            seen += [found] if found != seen[-1] else []
        return seen


def test_while_a_server_is_away_nothing_is_there_and_alsa_is_taken_only_if_it_stays_away() -> None:
    machine = Machine(runs=True)
    assert machine.looks(3) == [SINK]
    machine.runs = False
    assert machine.looks(STARTS_S - 2) == [NONE]
    assert machine.looks(20) == [NONE, CARD]
    machine.start_again()
    assert machine.looks(AGAIN_S) == [CARD, SINK]
    assert machine.system.backend is PULSE


def test_a_server_that_starts_after_segue_is_used_once_it_has_devices() -> None:
    machine = Machine(runs=False)
    assert machine.looks(60) == [CARD]
    machine.has_sinks = False
    machine.start_again()
    assert machine.looks(10) == [CARD]
    machine.has_sinks = True
    assert machine.looks(AGAIN_S) == [CARD, SINK]


def test_a_server_that_is_back_at_once_is_still_seen_to_have_been_away() -> None:
    machine = Machine(runs=True)
    machine.looks(1)
    times = machine.system.times
    assert machine.system.has("sink", times)
    machine.start_again()
    assert machine.looks(AGAIN_S + 1) == [NONE, SINK]
    assert not machine.system.has("sink", times), "who was opened before would wait for the old server for ever"
    assert machine.system.has("sink", machine.system.times)


def test_a_server_that_is_not_there_is_not_asked_at_every_look() -> None:
    machine = Machine(runs=False)
    for _ in range(100):
        machine.system.look()
        machine.time.seconds += 0.1
    assert len(machine.tries) == pytest.approx(10 / AGAIN_S, abs=1)


def test_a_device_of_alsa_can_be_closed_whatever_is_asked_now() -> None:
    machine = Machine(runs=False)
    machine.looks(3)
    times = machine.system.times
    assert machine.system.has("alsa:hw", times)
    machine.start_again()
    machine.looks(AGAIN_S)
    assert machine.system.backend is PULSE
    assert machine.system.has("alsa:hw", times)


def test_without_any_sound_system_there_is_no_device() -> None:
    system = System(lambda _backend: None, Time())
    assert (system.look(), system.devices, system.backend) == (NONE, {}, Backend.NULL)
