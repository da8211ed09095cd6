"""One track into the next: what the log says, and what the listener does meanwhile."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import PositionChanged, TrackChanged
from app.playback.output import ClockOutput
from tests.playback.sounds import RATE, Deck, FakeSource, Time, fake_tracks
from tests.playback.test_player import COMMANDS, FIVE_S, HAND, SPECS, TEN_S, CountingOutput, obey


def a_deck(*specs: str, seconds: float = 2.0) -> Deck:
    deck = Deck()
    deck.player.set_crossfade(seconds)
    deck.player.play_now(fake_tracks(*specs), 0, HAND, "tracks")
    return deck


def test_a_fade_is_counted_once_its_first_half_for_what_goes_and_its_second_for_what_comes() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S)
    deck.run(40)
    assert deck.heard() == [(1, "finished", 9000), (2, "finished", 8000), (3, "finished", 9000)]
    assert deck.player.state is PlaybackState.STOPPED


def test_even_the_shortest_part_between_two_fades_is_a_listen() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S, seconds=12.0)
    deck.run(40)
    assert [ended for _, ended, _ in deck.heard()] == ["finished"] * 3
    assert deck.plays[1].played_ms == pytest.approx(10_000 * 2 / 3, abs=2)


def test_the_track_changes_in_the_middle_of_the_fade_where_the_next_one_has_got_to() -> None:
    deck = a_deck(TEN_S, TEN_S)
    deck.run(8.9)
    changed = [event.entry.track.id for event in deck.events if isinstance(event, TrackChanged) and event.entry]
    assert changed == [1]
    deck.run(0.2)
    place = next(n for n, one in enumerate(deck.events) if isinstance(one, TrackChanged) and one.entry.track.id == 2)
    told = next(event for event in deck.events[place:] if isinstance(event, PositionChanged))
    assert told.position_ms == pytest.approx(1000, abs=60)
    assert deck.player.position_ms == pytest.approx(1100, abs=60)


def test_the_last_track_and_one_that_is_to_be_the_last_are_not_faded() -> None:
    deck = a_deck(FIVE_S, FIVE_S)
    deck.player.stop_after(True)
    deck.run(8)
    assert deck.heard() == [(1, "finished", 5000)]
    assert deck.player.state is PlaybackState.STOPPED


def test_stop_after_this_track_holds_even_when_the_next_one_is_mixed_in_already() -> None:
    deck = a_deck(FIVE_S, FIVE_S, seconds=1.5)
    deck.run(3.9)
    deck.player.stop_after(True)
    deck.run(3)
    assert deck.heard() == [(1, "finished", 5000)]


def test_repeat_one_fades_into_itself_and_each_round_is_a_play() -> None:
    deck = a_deck(TEN_S, TEN_S)
    deck.player.set_repeat("one")
    deck.run(26)
    assert deck.heard() == [(1, "finished", 9000), (1, "finished", 8000), (1, "finished", 8000)]


@pytest.mark.parametrize("at", [6.5, 8.2, 8.8])
def test_what_is_put_next_while_the_fade_is_mixed_is_what_it_fades_into(at: float) -> None:
    deck = a_deck(TEN_S, TEN_S)
    deck.run(at)
    deck.player.play_next(fake_tracks("1:1", "1:1", FIVE_S)[2:], StartedBy.SUGGESTION, "panel")
    deck.run(30)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(n, "finished") for n in (1, 3, 2)]
    assert deck.plays[0].played_ms == pytest.approx(10_000 - min(5_000 / 3, 10_000 - 1_000 * at) / 2, abs=60)


def test_a_lane_that_is_edited_while_the_fade_is_mixed_is_heard_as_it_is_then() -> None:
    deck = a_deck(TEN_S)
    deck.player.set_autoplay(True)
    deck.player.fill_lane(fake_tracks("1:1", FIVE_S, FIVE_S)[1:])
    deck.run(7.5)
    deck.player.drop_from_lane([deck.player.queue.lane[0].entry_id])
    deck.run(20)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "finished"), (3, "finished")]
    assert deck.plays[1].started_by is StartedBy.AUTOPLAY


def test_a_seek_into_the_fade_fades_what_is_left() -> None:
    deck = a_deck(TEN_S, TEN_S, seconds=3.0)
    deck.run(1.0)
    deck.player.seek(9_000)
    deck.run(0.4)
    assert deck.player.queue.index == 0
    deck.run(12)
    assert deck.heard() == [(1, "finished", 1500), (2, "finished", 9500)]


def test_going_on_by_hand_in_the_middle_of_a_fade_is_a_skip_of_what_is_shown() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S)
    deck.run(9.5)
    deck.player.next()
    deck.run(12)
    assert deck.heard() == [(1, "finished", 9000), (2, "skipped", 500), (3, "finished", 10_000)]


def test_switched_on_and_off_while_the_border_is_mixed() -> None:
    deck = a_deck(TEN_S, TEN_S, seconds=0.0)
    deck.run(9.5)
    deck.player.set_crossfade(2.0)
    deck.run(0.1)
    deck.player.set_crossfade(0.0)
    deck.run(12)
    assert deck.heard() == [(1, "finished", 10_000), (2, "finished", 10_000)]


class FadingOutput(ClockOutput):
    """Is heard for 20 ms more when it falls silent, as a device is; dropping what it holds makes it fall silent too."""

    def __init__(self, time: Time) -> None:
        super().__init__(RATE, time)
        self._time = time

    def pause(self) -> None:
        if self._running:
            self._time.seconds += 0.02
        super().pause()

    def flush(self) -> None:
        running = self._running
        self.pause()
        super().flush()
        self._running = running


@pytest.mark.parametrize("at", [9.5, 9.99])
def test_what_is_heard_while_it_falls_silent_for_another_fade_is_counted_and_not_heard_again(at: float) -> None:
    deck = Deck(output=FadingOutput)
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "tracks")
    started = deck.time.seconds
    deck.run(at, step_s=0.01)
    deck.player.set_crossfade(0.3)
    counted = sum(play.played_ms for play in deck.plays) + deck.player.position_ms
    assert counted == pytest.approx(1_000 * (deck.time.seconds - started), abs=2)
    deck.run(12)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "finished"), (2, "finished")]


# --- files that fail


def test_a_track_that_breaks_off_fades_as_far_as_it_goes_and_is_logged_as_failed() -> None:
    deck = a_deck(TEN_S + ":breaks", TEN_S)
    deck.run(25)
    assert deck.heard() == [(1, "failed", 9000), (2, "finished", 9000)]
    assert len(deck.troubles) == 1


def test_what_cannot_be_opened_is_left_out_of_the_fade() -> None:
    deck = a_deck(TEN_S, "gone", TEN_S)
    deck.run(25)
    assert deck.heard() == [(1, "finished", 9000), (2, "failed", 0), (3, "finished", 9000)]


class Liar(FakeSource):
    """Says it is ten minutes long."""

    def __init__(self, path: bytes) -> None:
        super().__init__(path)
        self.duration_ms = 600_000


@pytest.mark.parametrize("breaks", ["", ":breaks"])
@pytest.mark.parametrize("tenths", [5, 9, 15])
def test_a_track_that_ends_within_the_fade_it_came_by_is_logged_and_the_rest_fades_over_the_next(
    tenths: int, breaks: str
) -> None:
    deck = Deck(open_source=Liar)
    deck.player.set_crossfade(2.0)
    short = f"{tenths * RATE // 10}:{RATE}{breaks}"
    deck.player.play_now(fake_tracks(TEN_S, short, TEN_S), 0, HAND, "tracks")
    deck.run(40)
    ended = "failed" if breaks else "finished"
    assert [(track, how) for track, how, _ in deck.heard()] == [(1, "finished"), (2, ended), (3, "finished")]
    assert sum(play.played_ms for play in deck.plays) == pytest.approx(18_000 + 100 * tenths, abs=3)
    assert deck.plays[1].played_ms > 0


def test_what_still_fades_is_heard_to_its_end_when_nothing_follows() -> None:
    deck = Deck(open_source=Liar)
    deck.player.set_crossfade(2.0)
    deck.player.play_now(fake_tracks(TEN_S, f"{RATE // 2}:{RATE}", "gone"), 0, HAND, "tracks")
    deck.run(20)
    assert deck.heard() == [(1, "finished", 9000), (2, "finished", 1000), (3, "failed", 0)]


@given(COMMANDS, st.sampled_from([0.1, 0.3, 2.0]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_listener_does_while_tracks_fade_no_frame_is_lost_or_counted_twice(
    commands: list[tuple[str, int]], seconds: float
) -> None:
    deck = Deck(rate=8000, open_source=FakeSource)
    count = CountingOutput(deck)
    deck.player.set_crossfade(seconds)
    deck.player.play_now(fake_tracks(*SPECS), 0, HAND, "")
    for number, (name, value) in enumerate(commands):
        obey(deck, name, value)
        if number % 9 == 8:
            deck.player.set_crossfade(0.0 if number % 2 else seconds)
        if deck.player.state is not PlaybackState.STOPPED:
            assert deck.player._stream.segments[0].entry == deck.player.queue.current
    deck.player.quit()
    heard_ms = sum(play.played_ms for play in deck.plays)
    assert heard_ms == pytest.approx(count.frames / 8, abs=len(deck.plays) + 1)
