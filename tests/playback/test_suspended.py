"""A machine that is suspended: clocks jump by hours while nothing moves. And the sleep timer, at any moment."""

import pytest

from app.domain.queue import PlaybackState
from app.playback.events import Event, PlayEnded, PlayProgressed
from app.playback.player import Player
from app.playback.route import RoutedOutput
from tests.playback.sounds import RATE as FILE_RATE
from tests.playback.sounds import FakeSource, fake_tracks
from tests.playback.test_late_files import Session, SlowDrive
from tests.playback.test_player import HAND, a_deck
from tests.playback.test_route import PHONES, RATE, SPEAKERS, System, Table

TEN_S = f"{10 * RATE}:{RATE}"
HOUR_S = 3_600.0


class Machine(Table):
    """A table whose clocks go on while it sleeps: the devices, and all that is done, do not."""

    def __init__(self, system: System) -> None:
        self.system, self.events = system, list[Event]()
        self.slept_s = self.calendar_s = 0.0
        self.route = RoutedOutput("", system.now, system.open, lambda: system.time.seconds + self.slept_s)
        self.player = Player(self.route, self.events.append, self.now_ms, open_source=FakeSource)

    def now_ms(self) -> int:
        return self.system.time.now_ms() + int(self.calendar_s * 1000)

    def sleep(self, hours: float, calendar_hours: float) -> None:
        """It is suspended between two beats, and woken."""
        self.slept_s += hours * HOUR_S
        self.calendar_s += calendar_hours * HOUR_S

    def plays(self) -> list[tuple[str, int]]:
        ended = [event.play for event in self.events if isinstance(event, PlayEnded)]
        return [(play.ended_by.value, play.played_ms) for play in ended]

    def going_ms(self) -> int:
        """What the log would hold of the play that goes on."""
        self.player._teller.checkpoint()
        return [event.play.played_ms for event in self.events if isinstance(event, PlayProgressed)][-1]


SLEEPS = [(8.0, 8.0), (0.0, 8.0), (8.0, -24.0 * 365), (24.0 * 30, 24.0 * 30)]
"""How far the clock since the start jumps, and the calendar: some systems stop the one, some set the other anew."""


@pytest.mark.parametrize(("hours", "calendar_hours"), SLEEPS)
@pytest.mark.parametrize("after_s", [0.0, 0.04, 0.52, 4.0, 9.2, 9.96])
def test_the_music_goes_on_where_it_was_and_no_heard_time_is_invented(
    after_s: float, hours: float, calendar_hours: float
) -> None:
    machine = Machine(System(SPEAKERS))
    machine.play(TEN_S)
    machine.run(after_s)
    machine.do(lambda player: player.step())  # type: ignore[arg-type, return-value]
    before = (machine.player.position_ms, machine.player.state)
    machine.sleep(hours, calendar_hours)
    machine.do(lambda player: player.step())  # type: ignore[arg-type, return-value]
    assert (machine.player.position_ms, machine.player.state) == before
    assert machine.player.state is PlaybackState.PLAYING
    machine.run(10.5 - after_s)
    assert machine.plays() == [("finished", 10_000)]
    assert machine.player.state is PlaybackState.STOPPED
    assert not machine.said()


@pytest.mark.parametrize(("hours", "calendar_hours"), SLEEPS)
def test_sleeping_again_and_again_is_one_play(hours: float, calendar_hours: float) -> None:
    machine = Machine(System(SPEAKERS))
    machine.play(TEN_S)
    machine.run(0.08)
    for beat in range(1, 240):
        machine.run(0.04)
        if beat % 7 == 0:
            machine.sleep(hours, calendar_hours)
            assert machine.going_ms() == machine.player.position_ms <= 40 * (beat + 4)
    machine.run(2.0)
    assert (machine.plays(), machine.said()) == ([("finished", 10_000)], [])


@pytest.mark.parametrize(("hours", "calendar_hours"), SLEEPS)
def test_what_was_paused_is_paused_when_it_wakes(hours: float, calendar_hours: float) -> None:
    machine = Machine(System(SPEAKERS))
    machine.play(TEN_S)
    machine.run(3.0)
    machine.do(lambda player: player.pause())
    before = machine.player.position_ms
    machine.sleep(hours, calendar_hours)
    machine.run(30.0)
    assert (machine.player.state, machine.player.position_ms) == (PlaybackState.PAUSED, before)
    machine.do(lambda player: player.play())
    machine.run(8.0)
    assert machine.plays() == [("finished", 10_000)]


@pytest.mark.parametrize(("hours", "calendar_hours"), SLEEPS)
@pytest.mark.parametrize("lost", ["before it slept", "as it slept"])
def test_a_device_that_is_away_as_it_wakes_is_waited_for(lost: str, hours: float, calendar_hours: float) -> None:
    machine = Machine(System(PHONES, SPEAKERS))
    machine.play(TEN_S)
    machine.run(3.0)
    if lost == "before it slept":
        machine.system.set(SPEAKERS)
        machine.run(2.0)
        assert machine.player.state is PlaybackState.PAUSED
    machine.system.set(SPEAKERS)
    machine.sleep(hours, calendar_hours)
    machine.run(20.0)
    assert machine.player.state is PlaybackState.PAUSED
    assert machine.going_ms() == machine.player.position_ms == pytest.approx(3_000, abs=600)
    machine.system.set(PHONES, SPEAKERS)
    machine.run(9.0)
    assert machine.plays() == [("finished", 10_000)]


@pytest.mark.parametrize("at_ms", range(1_900, 2_100, 10))
def test_the_sleep_timer_at_a_border_pauses_on_one_side_of_it_and_all_is_heard_once(at_ms: int) -> None:
    two = f"{2 * FILE_RATE}:{FILE_RATE}"
    deck = a_deck(two, two)
    deck.run(1.9, step_s=0.038)
    deck.time.seconds += (at_ms - 1_900) / 1000
    deck.player.pause()
    deck.run(60.0)
    assert deck.player.state is PlaybackState.PAUSED
    border = at_ms >= 2_000
    assert deck.player.queue.index == int(border)
    assert deck.player.position_ms == pytest.approx(at_ms - 2_000 * border, abs=1)
    deck.player.play()
    deck.run(4.0)
    assert deck.heard() == [(1, "finished", 2_000), (2, "finished", 2_000)]


def test_the_sleep_timer_as_the_queue_ends_finds_nothing_to_pause() -> None:
    deck = a_deck(f"{2 * FILE_RATE}:{FILE_RATE}")
    deck.run(1.96)
    deck.time.seconds += 0.06
    deck.player.pause()
    assert (deck.player.state, deck.heard()) == (PlaybackState.STOPPED, [(1, "finished", 2_000)])


@pytest.mark.parametrize("after_s", [0.4, 1.8, 5.0])
def test_the_sleep_timer_while_the_next_file_is_being_opened_keeps_it_silent_until_it_is_wanted(after_s: float) -> None:
    drive = SlowDrive()
    session, two = Session(drive), f"{2 * FILE_RATE}:{FILE_RATE}"
    drive.hung = {2}
    session.player.play_now(fake_tracks(two, two), 0, HAND, "")
    session.run(after_s)
    session.player.pause()
    before = session.player.position_ms
    drive.hung = set()
    session.run(30.0)
    assert (session.player.state, session.player.position_ms) == (PlaybackState.PAUSED, before)
    session.player.play()
    session.run(5.0)
    assert session.plays == [(1, "finished", 2_000), (2, "finished", 2_000)]
