"""What is gone to, and from where: a kept place, *next* beside a border, *previous* in a shuffle."""

from collections.abc import Callable

import pytest

from app.domain.play import EndedBy, StartedBy
from app.domain.queue import PlaybackState, QueueEntry, SavedQueue
from app.playback.player import Player
from app.playback.queue_keeper import QueueKeeper
from tests.helpers.fake_playback import a_play
from tests.playback.sounds import RATE, Deck, FakeSource, fake_tracks
from tests.playback.test_player import a_deck
from tests.playback.world import QueueInMemory

HAND = StartedBy.HAND
TWO_S, TEN_S = f"{2 * RATE}:{RATE}", f"{10 * RATE}:{RATE}"


def test_a_kept_place_in_a_file_whose_drive_is_away_is_kept_on_and_played_from_when_it_is_back() -> None:
    away = True

    def open_source(path: bytes) -> FakeSource:
        return FakeSource(b"gone" if away else path)

    deck = Deck(open_source=open_source)
    tracks = fake_tracks(TEN_S, TEN_S)
    entries = tuple(QueueEntry(7 + at, track, HAND) for at, track in enumerate(tracks))
    keeper = QueueKeeper(QueueInMemory())  # type: ignore[arg-type]
    saved = SavedQueue(entries, (7, 8), 7, 6_000)
    deck.player.restore(saved, a_play(tracks[0], played_ms=3_000, ended_by=EndedBy.REPLACED))
    keeper.follow(*deck.events)
    assert keeper.load(SavedQueue()) == saved
    deck.player.set_repeat("all")
    away = False
    deck.player.play()
    deck.run(1.0)
    assert deck.player.position_ms == pytest.approx(7_000, abs=60)
    deck.run(3.1)
    assert deck.heard() == [(1, "replaced", 3_000), (1, "finished", 4_000)]
    deck.player.jump(7)
    deck.run(0.5)
    deck.player.stop()
    deck.player.play()
    assert deck.player.position_ms == 0, "a place is gone back to once"


@pytest.mark.parametrize("command", [Player.next, Player.skip_on])
def test_next_pressed_right_behind_a_border_that_was_not_shown_yet_skips_nothing(
    command: Callable[[Player, int], None],
) -> None:
    deck = a_deck(TWO_S, TEN_S, TEN_S)
    shown = deck.player.queue.entries[0].entry_id
    deck.run(1.96)
    deck.time.seconds += 0.06
    command(deck.player, shown)
    assert deck.player.queue.current is deck.player.queue.entries[1]
    deck.run(1.0)
    assert (deck.player.state, deck.heard()) == (PlaybackState.PLAYING, [(1, "finished", 2_000)])
    command(deck.player, shown)
    assert deck.player.queue.current is deck.player.queue.entries[2], "pressed once more, it was meant"


def test_next_pressed_as_the_queue_ends_does_not_begin_it_anew() -> None:
    deck = a_deck(TWO_S)
    shown = deck.player.queue.entries[0].entry_id
    deck.run(1.96)
    deck.time.seconds += 0.06
    deck.player.next(shown)
    assert (deck.player.state, deck.heard()) == (PlaybackState.STOPPED, [(1, "finished", 2_000)])


def test_next_pressed_twice_before_the_first_was_shown_goes_on_twice() -> None:
    deck = a_deck(TWO_S, TEN_S, TEN_S, TEN_S, TEN_S)
    entries = deck.player.queue.entries
    deck.run(3.0)  # the first has ended by itself
    deck.player.jump(entries[0].entry_id)
    deck.player.jump(entries[1].entry_id)
    for _ in range(2):
        deck.player.next(entries[0].entry_id)
    assert deck.player.queue.current is entries[3]


def test_previous_after_a_jump_in_a_shuffle_goes_back_the_way_that_was_heard() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(*[TEN_S] * 8), 0, HAND, "album")
    deck.player.set_shuffle(True)
    for _ in range(3):
        deck.run(0.3)
        deck.player.next()
    heard = [play.track_id for play in deck.plays]
    here, chosen = deck.player.queue.current, deck.player.queue.entry(deck.player.queue.saved().order[0])
    assert here is not None
    assert chosen is not None
    deck.player.jump(chosen.entry_id)
    way = []
    for _ in range(3):
        deck.player.previous()
        assert deck.player.queue.current is not None
        way.append(deck.player.queue.current.track.id)
    assert way == [here.track.id, heard[2], heard[1]]
    deck.player.next()
    assert deck.player.queue.current is not None
    assert deck.player.queue.current.track.id == heard[2]
