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


class Away:
    """A queue of two that comes back after a restart, 6 s into its first track; its drive may be away."""

    def __init__(self) -> None:
        self.away = True
        self.deck = Deck(open_source=lambda path: FakeSource(b"gone" if self.away else path))
        tracks = fake_tracks(TEN_S, TEN_S)
        entries = tuple(QueueEntry(7 + at, track, HAND) for at, track in enumerate(tracks))
        self.saved = SavedQueue(entries, (7, 8), 7, 6_000, by_albums=False, autoplay=False)
        self.player = self.deck.player
        self.player.restore(self.saved, a_play(tracks[0], played_ms=3_000, ended_by=EndedBy.REPLACED))


@pytest.fixture
def away() -> Away:
    return Away()


def test_a_kept_place_in_a_file_whose_drive_is_away_is_kept_on_and_played_from_when_it_is_back(away: Away) -> None:
    deck, keeper = away.deck, QueueKeeper(QueueInMemory())  # type: ignore[arg-type]
    keeper.follow(*deck.events)
    assert keeper.load(SavedQueue()) == away.saved
    deck.player.set_repeat("all")
    away.away = False
    deck.player.play()
    deck.run(1.0)
    assert deck.player.position_ms == pytest.approx(7_000, abs=60)
    deck.run(3.1)
    assert deck.heard() == [(1, "finished", 7_000)], "one listening is one play, however its drive came and went"
    deck.player.jump(7)
    deck.run(0.5)
    deck.player.stop()
    deck.player.play()
    assert deck.player.position_ms == 0, "a place is gone back to once"


def test_a_play_whose_drive_is_away_is_no_play_of_the_log_until_it_is_over(away: Away) -> None:
    assert away.deck.heard() == []
    away.player._resumes = True
    away.player.quit()
    assert away.deck.heard() == [], "it is kept as the play that goes on, and the next start tries again"


@pytest.mark.parametrize(
    ("command", "ended"),
    [
        (lambda player: player.next(), "skipped"),
        (lambda player: player.skip_on(), "skipped"),
        (lambda player: player.jump(8), "replaced"),
        (lambda player: player.stop(), "replaced"),
        (lambda player: player.remove([7]), "replaced"),
        (lambda player: player.clear(), "replaced"),
        (lambda player: player.play_now(fake_tracks(TWO_S), 0, HAND, ""), "replaced"),
    ],
)
def test_what_is_done_instead_of_waiting_for_its_drive_ends_the_play(
    away: Away, command: Callable[[Player], None], ended: str
) -> None:
    away.away = False
    command(away.player)
    assert away.deck.heard() == [(1, ended, 3_000)]
    if away.player.queue.current is not away.saved.entries[0]:
        away.player.skip_back()
    away.player.play()
    away.deck.run(0.5)
    anything = bool(away.player.queue.entries)
    assert away.player.position_ms == pytest.approx(500 * anything, abs=60), "the kept place went with it"


def test_a_drive_that_is_still_away_when_its_track_is_wanted_leaves_what_was_heard_and_the_failure(
    away: Away,
) -> None:
    away.player.play()
    assert away.deck.heard() == [(1, "replaced", 3_000), (1, "failed", 0), (2, "failed", 0)]


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
