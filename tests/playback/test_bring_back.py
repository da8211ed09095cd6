"""The queue that another one took the place of comes back, with its place."""

import pytest

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import PlayEnded, PositionChanged, QueueReplaced
from tests.playback.sounds import RATE, fake_tracks
from tests.playback.test_player import a_deck
from tests.playback.test_route import RATE as DEVICE_RATE
from tests.playback.test_route import SPEAKERS, System, Table

A_BEAT_MS = 40
HAND = StartedBy.HAND
TWO_S, FIVE_S, TEN_S = f"{2 * RATE}:{RATE}", f"{5 * RATE}:{RATE}", f"{10 * RATE}:{RATE}"


def test_the_queue_that_another_one_replaced_comes_back_with_its_place() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S, start=1)
    before = list(deck.player.queue.entries)
    deck.run(4.0)
    deck.player.play_now(fake_tracks(FIVE_S), 0, HAND, "tracks")
    assert [event.coming for event in deck.events if isinstance(event, QueueReplaced)] == [1]
    deck.run(1.0)
    deck.player.bring_back()
    assert (deck.player.queue.entries, deck.player.queue.current) == (before, before[1])
    assert deck.player.state is PlaybackState.PLAYING
    assert deck.player.position_ms == pytest.approx(4_000, abs=5)
    deck.run(7.0)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(2, "replaced"), (1, "replaced"), (2, "finished")]
    assert [play.played_ms for play in deck.plays] == pytest.approx([4_000, 1_000, 6_000], abs=5)


def test_a_paused_queue_comes_back_paused_and_a_later_edit_is_taken_back_first() -> None:
    deck = a_deck(TEN_S, TEN_S)
    deck.run(2.0)
    deck.player.pause()
    deck.player.play_now(fake_tracks(FIVE_S), 0, HAND, "tracks")
    deck.player.enqueue(fake_tracks(TWO_S), HAND, "tracks")
    deck.player.bring_back()
    assert len(deck.player.queue.entries) == 1, "only what was added is gone"
    deck.player.bring_back()
    deck.run(1.0)
    assert deck.player.state is PlaybackState.PAUSED
    assert deck.player.position_ms == pytest.approx(2_000, abs=5)


def test_a_queue_with_nothing_to_come_is_replaced_without_a_word() -> None:
    deck = a_deck(TEN_S)
    deck.player.play_now(fake_tracks(FIVE_S), 0, HAND, "tracks")
    assert not [event for event in deck.events if isinstance(event, QueueReplaced)]


@pytest.mark.parametrize("played", [True, False])
def test_a_queue_that_comes_back_while_there_is_no_device_keeps_its_place(played: bool) -> None:
    table = Table(System(SPEAKERS))
    long = f"{10 * DEVICE_RATE}:{DEVICE_RATE}"
    table.play(long, long)
    table.run(4)
    if not played:
        table.do(lambda player: player.pause())
    at = table.player.position_ms
    table.do(lambda player: player.play_now(fake_tracks(long), 0, HAND, "tracks"))
    table.system.set()
    table.run(2)
    table.do(lambda player: player.bring_back())
    table.run(1)
    assert (table.player.state, table.player.position_ms) == (PlaybackState.PAUSED, pytest.approx(at, abs=A_BEAT_MS))
    told = [event.position_ms for event in table.events if isinstance(event, PositionChanged)]
    assert told[-1] == table.player.position_ms
    table.system.set(SPEAKERS)
    table.run(1)
    assert table.player.state is (PlaybackState.PLAYING if played else PlaybackState.PAUSED)
    table.do(lambda player: player.play())
    table.run(1)
    assert table.player.position_ms > at
    table.run(7)
    ended = [event.play for event in table.events if isinstance(event, PlayEnded)]
    assert [play.ended_by.value for play in ended] == ["replaced", "replaced", "finished"]
    assert ended[0].played_ms + ended[2].played_ms == pytest.approx(10_000, abs=2)
