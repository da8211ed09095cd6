"""Devices that are listed and do not open, and looks that take long: what plays is not held up."""

import pytest

from app.domain.device import Device, Outputs
from app.domain.errors import PlaybackFailed
from app.domain.queue import PlaybackState
from app.playback.route import RoutedOutput
from tests.playback.test_route import PHONES, RATE, SPEAKERS, FakeDevice, System, Table


def a_slow_refusal(system: System) -> list[str]:
    """The headphones are listed and do not open, which takes five seconds each time; gives the tries."""
    opens, tries = system.open, list[str]()

    def open_slowly(device_id: str, rate: int | None) -> FakeDevice:
        if device_id != "phones":
            return opens(device_id, rate)
        tries.append(device_id)
        system.time.seconds += 5
        raise PlaybackFailed("It cannot be opened.")

    system.open = open_slowly  # type: ignore[method-assign]
    return tries


def test_a_listed_device_that_does_not_open_is_left_alone_for_a_while() -> None:
    system = System(SPEAKERS)
    tries = a_slow_refusal(system)
    table = Table(system)
    table.play(f"{60 * RATE}:{RATE}")
    table.run(1)
    system.set(SPEAKERS, PHONES, default="phones")
    table.run(20)
    assert (tries, table.route.current) == (["phones"], "speakers")
    table.run(30)
    assert len(tries) == 2, "after a while it is tried again"


@pytest.mark.parametrize("event", ["chosen", "other device"])
def test_a_device_that_did_not_open_is_tried_at_once_when_the_listener_or_the_devices_say_so(event: str) -> None:
    system = System(SPEAKERS, PHONES, default="phones")
    tries = a_slow_refusal(system)
    table = Table(system)
    table.run(2)
    assert tries == ["phones"]
    if event == "chosen":
        table.player.choose_output("phones")
    else:
        system.set(SPEAKERS, PHONES, Device("screen", "Screen"), default="phones")
    table.run(2)
    assert len(tries) == 2


def test_play_tries_a_device_that_did_not_open_again() -> None:
    system = System(PHONES)
    tries = a_slow_refusal(system)
    table = Table(system)
    table.play(f"{60 * RATE}:{RATE}")
    table.run(1)
    assert (len(tries), table.player.state) == (2, PlaybackState.PAUSED)
    table.do(lambda player: player.play())
    table.run(1)
    assert len(tries) == 3


def test_after_a_look_that_took_long_the_music_comes_first() -> None:
    system = System(SPEAKERS)
    looks = 0

    def slowly() -> Outputs:
        nonlocal looks
        looks += 1
        system.time.seconds += 5
        return system.outputs

    route = RoutedOutput("", slowly, system.open, system.time)
    system.time.seconds += 1
    route.look()
    route.look()
    assert looks == 2, "one at the start, and one for both"
