"""What the desktop asks: a step leaves the music as it is, jumps add up, and *next* is offered where there is one."""

import pytest

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import QueueChanged, StateChanged
from tests.playback.sounds import RATE, Deck, fake_tracks

HAND = StartedBy.HAND
TEN_S = f"{10 * RATE}:{RATE}"
PLAYING, PAUSED, STOPPED = PlaybackState.PLAYING, PlaybackState.PAUSED, PlaybackState.STOPPED


def a_deck(tracks: int = 3) -> Deck:
    deck = Deck()
    deck.player.play_now(fake_tracks(*[TEN_S] * tracks), 0, HAND, "album")
    deck.run(1.0)
    return deck


def told(deck: Deck) -> QueueChanged:
    return [event for event in deck.events if isinstance(event, QueueChanged)][-1]


def now(deck: Deck) -> tuple[PlaybackState, int]:
    return deck.player.state, deck.player.queue.index


def test_a_step_while_the_music_plays_plays_on() -> None:
    deck = a_deck()
    deck.player.skip_on()
    deck.run(1.0)
    assert now(deck) == (PLAYING, 1)
    deck.player.skip_back()
    assert now(deck) == (PLAYING, 0)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "skipped"), (2, "skipped")]


def test_a_step_while_it_is_paused_stays_paused_without_a_sound_or_a_word_of_playing() -> None:
    deck = a_deck()
    deck.player.pause()
    deck.events.clear()
    deck.player.skip_on()
    deck.run(2.0)
    assert (*now(deck), deck.player.position_ms) == (PAUSED, 1, 0)
    deck.player.skip_back()
    assert now(deck) == (PAUSED, 0)
    assert [event for event in deck.events if isinstance(event, StateChanged)] == []
    assert deck.heard() == [(1, "skipped", pytest.approx(1000, abs=60))], "the second was not heard: no play of it"
    deck.player.play()
    deck.run(1.0)
    assert deck.player.position_ms == pytest.approx(1000, abs=60)


def test_back_while_it_is_paused_late_in_a_track_goes_to_its_start() -> None:
    deck = a_deck()
    deck.player.skip_on()
    deck.run(5.0)
    deck.player.pause()
    deck.player.skip_back()
    assert (*now(deck), deck.player.position_ms) == (PAUSED, 1, 0)


def test_a_step_while_it_is_stopped_stays_stopped() -> None:
    deck = a_deck()
    deck.player.stop()
    deck.player.skip_on()
    deck.run(1.0)
    assert now(deck) == (STOPPED, 1)
    deck.player.skip_back()
    deck.player.skip_back()
    assert now(deck) == (STOPPED, 0)
    deck.player.skip_on()
    deck.player.play()
    assert now(deck) == (PLAYING, 1)


def test_behind_the_last_entry_a_step_stops_and_a_paused_step_goes_on_into_the_lane() -> None:
    deck = a_deck(1)
    deck.player.pause()
    deck.player.skip_on()
    assert now(deck) == (STOPPED, -1)
    deck = a_deck(1)
    deck.player.set_autoplay(True)
    deck.player.fill_lane(fake_tracks(TEN_S, TEN_S)[1:])
    deck.player.pause()
    deck.player.skip_on()
    assert now(deck) == (PAUSED, 1)


def test_a_paused_step_passes_over_files_that_are_gone() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, "gone", TEN_S), 0, HAND, "album")
    deck.run(1.0)
    deck.player.pause()
    deck.player.skip_on()
    assert now(deck) == (PAUSED, 2)
    assert deck.heard()[1] == (2, "failed", 0)


@pytest.mark.parametrize("paused", [False, True])
def test_quick_jumps_add_up(paused: bool) -> None:
    deck = a_deck()
    if paused:
        deck.player.pause()
    for _ in range(4):
        deck.player.seek_by(2_000)
    assert deck.player.position_ms == pytest.approx(9_000, abs=100)
    deck.player.seek_by(-3_000)
    assert deck.player.position_ms == pytest.approx(6_000, abs=100)
    deck.player.seek_by(-(2**31))
    assert deck.player.position_ms == 0
    deck.player.seek_by(2**31)
    assert now(deck) == (PAUSED if paused else PLAYING, 1)
    deck.player.stop()
    deck.player.seek_by(5_000)
    assert (*now(deck), deck.player.position_ms) == (STOPPED, 1, 0)


def test_next_is_offered_while_an_entry_follows_in_the_order_that_plays() -> None:
    deck = a_deck(2)
    deck.player.set_shuffle(True)
    assert told(deck).goes_on
    deck.player.next()
    assert not told(deck).goes_on, "the last of a shuffled pass"
    deck.player.set_repeat("all")
    assert told(deck).goes_on
    deck.player.set_repeat("one")
    assert not told(deck).goes_on, "by hand, one that repeats does not hold"
    deck.player.set_repeat("off")
    deck.player.stop_after(True)
    deck.player.enqueue(fake_tracks(TEN_S), HAND, "")
    assert told(deck).goes_on, "a stop after the track is no end for the listener's hand"


def test_next_is_offered_into_the_lane() -> None:
    deck = Deck()
    assert not deck.player.queue.goes_on()
    deck.player.set_autoplay(True)
    deck.player.fill_lane(fake_tracks(TEN_S, TEN_S))
    assert told(deck).goes_on, "an empty queue goes on into the lane"
    deck.player.play()
    assert told(deck).goes_on
    deck.player.next()
    assert not told(deck).goes_on
    deck.player.fill_lane(fake_tracks(TEN_S))
    deck.player.set_repeat("all")
    deck.player.set_autoplay(False)
    assert told(deck).goes_on, "repeated"


def test_what_follows_is_told_in_the_order_that_plays() -> None:
    def following() -> int | None:
        entry = told(deck).following
        return entry.track.id if entry else None

    deck = a_deck(3)
    assert following() == 2
    deck.player.set_repeat("one")
    assert following() == 2, "by hand"
    deck.player.set_repeat("all")
    deck.player.jump(deck.player.queue.entries[2].entry_id)
    assert following() == 1
    deck.player.set_repeat("off")
    deck.player.jump(deck.player.queue.entries[0].entry_id)
    for seed in range(3):
        deck.player.set_shuffle(True)
        expected = deck.player.queue.upcoming()
        assert told(deck).following is expected, seed
        deck.player.set_shuffle(False)
    deck.player.next()
    deck.player.next()
    assert following() is None
    deck.player.set_autoplay(True)
    deck.player.fill_lane(fake_tracks(*[TEN_S] * 5)[4:])
    assert following() == 5


@pytest.mark.parametrize(("place", "expected"), [(-3, [9, 1, 2, 3]), (1, [1, 9, 2, 3]), (99, [1, 2, 3, 9])])
@pytest.mark.parametrize("shuffle", [False, True])
def test_a_track_is_put_where_it_is_wanted_and_played(place: int, expected: list[int], shuffle: bool) -> None:
    deck = a_deck(3)
    deck.player.set_shuffle(shuffle)
    deck.player.play_at(fake_tracks(*[TEN_S] * 9)[8:], place, HAND, "opened")
    deck.run(1.0)
    assert [entry.track.id for entry in deck.player.queue.entries] == expected
    assert now(deck) == (PLAYING, expected.index(9))
    deck.player.play_at([], 0, HAND, "opened")
    assert now(deck) == (PLAYING, expected.index(9))
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "replaced")]


def test_a_long_shuffle_that_repeats_is_not_ordered_anew_only_to_offer_next() -> None:
    deck = a_deck(3)
    deck.player.set_repeat("all")
    deck.player.set_shuffle(True)
    deck.player.next()
    deck.player.next()
    assert told(deck).goes_on
    assert told(deck).following is None
    assert len(deck.player.queue._order) == 3
