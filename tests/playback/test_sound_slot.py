"""One device in the sound's child, and what becomes of it when it goes away."""

import os
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.playback import sound_slot
from app.playback.block import Block
from app.playback.ring import Ring, mapped, new_memory
from app.playback.sound_devices import DeviceFailed
from app.playback.sound_slot import Slot

RATE = 48_000


class System:
    """The devices that are there."""

    def __init__(self) -> None:
        self.devices = {"a": 1, "b": 2}

    def rate_of(self, _device_id: str) -> int:
        return RATE


class Device:
    """One that is open; ``give`` is what its thread asks."""

    made: list["Device"]

    def __init__(self, system: System, device_id: str, _rate: int, give: Callable[[int], Block]) -> None:
        self.is_there = lambda: device_id in system.devices
        self.give, self.running, self.closes = give, False, lambda: None
        self.made.append(self)

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def close(self) -> None:
        self.closes()


@pytest.fixture
def ring() -> Iterator[Ring]:
    descriptor = new_memory()
    yield Ring(mapped(descriptor), 0)
    os.close(descriptor)


@pytest.fixture
def slot(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> Slot:
    Device.made = []
    monkeypatch.setattr(sound_slot, "OpenDevice", Device)
    monkeypatch.setattr(sound_slot, "_GONE", [])
    return Slot(ring)


def play(slot: Slot, system: System, device_id: str) -> Device:
    """Opens a device and makes it play ones."""
    slot.open(system, device_id, RATE)  # type: ignore[arg-type]
    ring, device = slot.ring, Device.made[-1]
    ring.write(np.ones((20_000, 2), np.float32))
    ring.order += 1
    slot.wake()
    assert not device.give(100).any(), "what a device that wakes may lose"
    return device


def test_a_device_that_went_and_comes_back_is_given_nothing_of_what_is_played_on_another(slot: Slot) -> None:
    system = System()
    gone = play(slot, system, "a")
    assert gone.give(100).all()
    del system.devices["a"]
    other = play(slot, system, "b")
    assert not gone.give(1_000).any()
    assert slot.ring.taken == 0
    assert other.give(100).all()
    assert slot.ring.taken == 100


def test_a_device_that_is_gone_says_so_when_it_is_to_wake(slot: Slot) -> None:
    system = System()
    play(slot, system, "a")
    del system.devices["a"]
    slot.close()
    with pytest.raises(DeviceFailed, match="gone"):
        slot.wake()


def test_the_ring_is_new_once_the_former_device_takes_nothing_from_it_any_more(slot: Slot) -> None:
    system = System()
    former = play(slot, system, "a")
    former.closes = lambda: former.give(100) is None or setattr(slot.ring, "taken", 4_711)
    slot.open(system, "b", RATE)  # type: ignore[arg-type]
    assert not slot.ring.numbers.any()
    assert slot.ring.gain == 1.0
