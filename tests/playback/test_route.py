"""The sound's way to whichever device is heard: nothing is lost, doubled or counted that was not heard."""

from functools import partial

import numpy as np
import pytest

from app.domain.device import Device, Outputs
from app.domain.errors import OutputLost, PlaybackFailed
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import Event, PlayEnded, Trouble
from app.playback.loop import Command, _guarded, _obey
from app.playback.output import ClockOutput
from app.playback.player import Player
from app.playback.route import RoutedOutput
from app.playback.sound import Block
from tests.playback.sounds import FakeSource, Time, fake_tracks

RATE = 1_000
SPEAKERS, PHONES = Device("speakers", "Speakers"), Device("phones", "Phones & Co")


class FakeDevice(ClockOutput):
    """A clock that keeps what was written, and can break."""

    def __init__(self, time: Time, rate: int) -> None:
        super().__init__(rate, time, buffer_s=1.0)
        self.pause()
        self.blocks: list[Block] = []
        self.broken = self.closed = False

    def free_frames(self) -> int:
        if self.broken:
            raise PlaybackFailed("It broke.")
        return super().free_frames()

    def write(self, block: Block) -> None:
        if self.broken:
            raise PlaybackFailed("It broke.")
        assert len(block) <= super().free_frames()
        self.blocks.append(block)
        super().write(block)

    def flush(self) -> None:
        super().flush()
        self.blocks.clear()

    def close(self) -> None:
        self.closed = True

    def heard(self) -> list[int]:
        """The values of the frames that were heard."""
        whole = np.concatenate([block[:, 0] for block in self.blocks]) if self.blocks else np.zeros(0)
        return [int(value) for value in whole[: self.played_frames()]]


class System:
    """The devices of a machine."""

    def __init__(self, *devices: Device, default: str = "") -> None:
        self.time = Time()
        self.outputs = Outputs(devices, default or (devices[0].id if devices else ""))
        self.opened: list[tuple[str, FakeDevice]] = []
        self.refuses = False

    def now(self) -> Outputs:
        return self.outputs

    def open(self, device_id: str, rate: int | None) -> FakeDevice:
        if self.refuses:
            raise PlaybackFailed("It cannot be opened.")
        self.opened.append((device_id, FakeDevice(self.time, rate or RATE)))
        return self.opened[-1][1]

    def route(self, wanted: str = "") -> RoutedOutput:
        return RoutedOutput(wanted, self.now, self.open, self.time)

    def set(self, *devices: Device, default: str = "") -> None:
        self.outputs = Outputs(devices, default or (devices[0].id if devices else ""))

    @property
    def last(self) -> FakeDevice:
        return self.opened[-1][1]


def frames(start: int, count: int) -> Block:
    return np.repeat(np.arange(start, start + count, dtype=np.float32)[:, None], 2, axis=1)


def fill(route: RoutedOutput, at: int) -> int:
    """Writes counted frames as far as there is room; gives the next number."""
    while (free := route.free_frames()) > 0:
        route.write(frames(at, min(free, 100)))
        at += min(free, 100)
    return at


def test_a_move_to_another_device_loses_and_repeats_no_frame() -> None:
    system = System(SPEAKERS, PHONES)
    route = system.route()
    route.resume()
    at = fill(route, 0)
    system.time.seconds += 0.437
    system.set(SPEAKERS, PHONES, default="phones")
    first = system.last
    before = first.heard()
    system.time.seconds += 0.2
    before = first.heard()
    assert not route.look()
    assert first.closed
    assert route.current == "phones"
    for _ in range(20):
        at = fill(route, at)
        system.time.seconds += 0.05
    heard = before + system.last.heard()
    assert heard == list(range(len(heard)))
    assert route.played_frames() == len(heard)


def test_the_chosen_device_is_used_while_it_is_there_and_the_default_else() -> None:
    system = System(SPEAKERS, PHONES)
    assert system.route("phones").current == "phones"
    route = system.route("gone")
    assert route.current == "speakers"
    route.choose("phones")
    route.look()
    assert route.current == "phones"
    route.choose("")
    route.look()
    assert route.current == "speakers"


def test_the_rate_and_the_volume_stay_over_a_move() -> None:
    system = System(SPEAKERS, PHONES)
    route = system.route()
    route.set_volume(0.25)
    route.choose("phones")
    route.look()
    assert (system.last.rate, system.last.amplitude, route.rate) == (RATE, 0.25, RATE)


def test_a_device_that_breaks_is_opened_anew_once_and_then_lost() -> None:
    system = System(SPEAKERS)
    route = system.route()
    route.resume()
    fill(route, 0)
    system.time.seconds += 10
    system.last.broken = True
    assert route.free_frames() == 0
    assert not route.look()
    assert len(system.opened) == 2
    system.last.broken = True
    assert route.free_frames() == 0
    with pytest.raises(OutputLost, match="Speakers"):
        route.look()
    assert route.current == ""
    assert route.free_frames() == 0
    system.time.seconds += 1
    assert not route.look(), "the list has not changed: trying again would never end"


def test_a_device_that_stands_still_without_a_word_is_lost_and_its_return_goes_on() -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(5)
    stuck = table.system.last
    stuck.played_frames = lambda: 5_000  # type: ignore[method-assign]
    table.system.refuses = True
    table.run(8)
    assert table.player.state is PlaybackState.PAUSED
    table.system.refuses = False
    table.system.set(SPEAKERS, PHONES, default="speakers")
    table.run(8)
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def test_without_any_device_nothing_is_taken_and_one_that_comes_is_used() -> None:
    system = System()
    route = system.route()
    told: list[str] = []
    route.told = lambda _, current: told.append(current)
    with pytest.raises(OutputLost, match="no sound output"):
        route.resume()
    assert route.free_frames() == 0
    system.set(SPEAKERS)
    system.time.seconds += 1
    assert route.look()
    assert told == ["speakers"]


class Table:
    """A player over the devices of a system."""

    def __init__(self, system: System) -> None:
        self.system, self.events = system, list[Event]()
        self.route = system.route()
        self.player = Player(
            self.route, self.events.append, system.time.now_ms, open_source=lambda path: FakeSource(path)
        )

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.04)):
            _guarded(self.player, self.player.step, self.events.append)
            self.system.time.seconds += 0.04

    def play(self, *specs: str) -> None:
        self.do(lambda player: player.play_now(fake_tracks(*specs), 0, StartedBy.HAND, "album"))

    def do(self, command: Command) -> None:
        _guarded(self.player, partial(_obey, self.player, command), self.events.append)

    def said(self) -> list[str]:
        return [event.sentence for event in self.events if isinstance(event, Trouble)]


def test_a_loss_pauses_and_a_return_goes_on_as_one_play() -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(3)
    table.system.set()
    table.run(2)
    assert table.player.state is PlaybackState.PAUSED
    assert any("went away" in sentence for sentence in table.said())
    lost_at = table.player.position_ms
    assert lost_at == pytest.approx(3_000, abs=600)
    table.run(60)
    assert table.player.position_ms == lost_at
    table.system.set(SPEAKERS)
    table.run(8)
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def test_where_only_another_device_is_left_the_music_waits_for_the_listener() -> None:
    table = Table(System(PHONES, SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(3)
    assert table.player.state is PlaybackState.PAUSED
    table.player.play()
    table.run(1)
    assert table.player.state is PlaybackState.PLAYING
    assert table.route.current == "speakers"


def test_the_lost_device_is_waited_for_while_another_stands_in() -> None:
    table = Table(System(PHONES, SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(3)
    table.system.set(SPEAKERS, Device("screen", "Screen"))
    table.run(2)
    assert (table.player.state, table.route.current) == (PlaybackState.PAUSED, "speakers")
    table.system.set(PHONES, SPEAKERS)
    table.run(9)
    assert table.route.current == "phones"
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def a_table_that_waits(*left: Device) -> Table:
    """The phones were heard, and are gone; these are left."""
    table = Table(System(PHONES, SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set(*left)
    table.run(3)
    assert table.player.state is PlaybackState.PAUSED
    return table


@pytest.mark.parametrize("chosen", ["speakers", ""])
@pytest.mark.parametrize("stands_in", [False, True])
def test_a_device_chosen_while_the_music_waits_for_a_lost_one_is_heard(chosen: str, stands_in: bool) -> None:
    table = a_table_that_waits(SPEAKERS)
    if stands_in:
        table.system.set(SPEAKERS, Device("screen", "Screen"))
        table.run(2)
    table.do(lambda player: player.choose_output(chosen))
    table.run(1)
    assert (table.player.state, table.route.current) == (PlaybackState.PLAYING, "speakers")
    table.system.set(PHONES, SPEAKERS, default="speakers")
    table.run(9)
    assert table.route.current == "speakers"
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def test_a_device_chosen_that_is_not_there_or_does_not_open_lets_the_music_wait_until_it_can_be_heard() -> None:
    table = a_table_that_waits(SPEAKERS)
    table.do(lambda player: player.choose_output("phones"))
    table.run(2)
    assert (table.player.state, table.route.current) == (PlaybackState.PAUSED, "")
    table.system.refuses = True
    table.do(lambda player: player.choose_output("speakers"))
    table.run(2)
    assert table.player.state is PlaybackState.PAUSED
    table.system.refuses = False
    table.run(40)
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def test_a_device_chosen_after_a_pause_by_hand_plays_nothing_by_itself() -> None:
    table = a_table_that_waits(SPEAKERS)
    table.do(lambda player: player.pause())
    table.do(lambda player: player.choose_output("speakers"))
    table.run(2)
    assert (table.player.state, table.route.current) == (PlaybackState.PAUSED, "speakers")


def test_what_the_listener_paused_stays_paused_over_a_loss_and_a_return_and_nothing_is_said() -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(1)
    table.player.pause()
    table.run(1)
    table.system.set()
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(2)
    assert (table.player.state, table.said()) == (PlaybackState.PAUSED, [])
    assert table.route.current == "speakers"
    table.player.play()
    table.run(10)
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [(play.ended_by.value, play.played_ms) for play in plays] == [("finished", 10_000)]


def test_a_device_that_goes_while_nothing_plays_is_no_news() -> None:
    table = Table(System(SPEAKERS))
    table.run(1)
    table.system.set()
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(2)
    assert (table.player.state, table.said()) == (PlaybackState.STOPPED, [])


@pytest.mark.parametrize("command", ["play", "next"])
def test_what_was_paused_and_is_wanted_without_a_device_plays_when_there_is_one(command: str) -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}", f"{10 * RATE}:{RATE}")
    table.run(1)
    table.player.pause()
    table.system.set()
    table.run(2)
    table.do(lambda player: getattr(player, command)())
    table.run(1)
    assert table.player.state is PlaybackState.PAUSED
    assert len(table.said()) == 1
    table.system.set(SPEAKERS)
    table.run(2)
    assert table.player.state is PlaybackState.PLAYING


def test_a_pause_by_hand_after_a_loss_stays_a_pause() -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(1)
    table.system.set()
    table.run(1)
    table.player.stop()
    table.system.set(SPEAKERS)
    table.run(2)
    assert table.player.state is PlaybackState.STOPPED


def test_without_a_device_no_play_is_heard_and_the_first_device_starts_it() -> None:
    table = Table(System())
    table.play(f"{2 * RATE}:{RATE}")
    table.run(5)
    assert table.player.state is PlaybackState.PAUSED
    assert not [event for event in table.events if isinstance(event, PlayEnded)]
    assert any("no sound output" in sentence for sentence in table.said())
    table.system.set(SPEAKERS)
    table.run(5)
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [play.ended_by.value for play in plays] == ["finished"]
