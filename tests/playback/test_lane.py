"""The autoplay lane: behind the queue, never in it."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import QueueChanged
from app.playback.lane import LanedQueue
from app.playback.player import MOST_FAILED
from tests.playback.sounds import RATE, Deck, fake_tracks

HAND = StartedBy.HAND
TWO_S = f"{2 * RATE}:{RATE}"


def a_queue(queued: int, lane: int) -> LanedQueue:
    """Tracks 1 to ``queued``, the first of them current, and a lane of others behind them."""
    queue = LanedQueue(random.Random(1))
    tracks = fake_tracks(*[TWO_S] * (queued + lane))
    queue.set_autoplay(True)
    queue.replace(tracks[:queued], 0, HAND, "album")
    queue.fill_lane(tracks[queued:])
    return queue


def lane_ids(queue: LanedQueue) -> list[int]:
    return [entry.track.id for entry in queue.lane]


def test_behind_the_last_entry_the_lane_plays_on_without_a_gap() -> None:
    deck = Deck()
    tracks = fake_tracks(*[TWO_S] * 4)
    deck.player.set_autoplay(True)
    deck.player.play_now(tracks[:2], 0, HAND, "album")
    deck.player.fill_lane(tracks[2:])
    deck.run(7)
    deck.player.stop()
    assert deck.heard()[:3] == [(1, "finished", 2000), (2, "finished", 2000), (3, "finished", 2000)]
    assert [play.started_by.value for play in deck.plays] == ["hand", "queue", "autoplay", "autoplay"]
    assert [play.context for play in deck.plays][2:] == ["lane", "lane"]
    starts = [play.started_at for play in deck.plays]
    assert abs(starts[2] - starts[1] - 2000) < 60


def test_what_is_queued_by_hand_plays_before_the_lane() -> None:
    queue = a_queue(1, 2)
    assert queue.upcoming() is queue.lane[0]
    queue.enqueue(fake_tracks(TWO_S), HAND, "tracks")
    assert queue.upcoming() is queue.entries[1]
    assert queue.upcoming(2) is queue.lane[0]


def test_what_is_queued_while_the_lane_plays_comes_next_too() -> None:
    queue = a_queue(1, 3)
    queue.advance()
    assert [entry.track.id for entry in queue.entries] == [1, 2]
    queue.enqueue(fake_tracks(TWO_S), HAND, "tracks")
    coming = queue.upcoming()
    assert coming is queue.entries[2]
    assert coming.started_by is HAND


def test_a_lane_that_is_filled_late_still_plays_on() -> None:
    deck = Deck()
    tracks = fake_tracks(TWO_S, TWO_S)
    deck.player.set_autoplay(True)
    deck.player.play_now(tracks[:1], 0, HAND, "album")
    deck.run(1.5)  # the end of the only entry has long been mixed
    deck.player.fill_lane(tracks[1:])
    deck.run(3)
    assert deck.heard() == [(1, "finished", 2000), (2, "finished", 2000)]


def test_with_repeat_or_without_autoplay_the_lane_waits() -> None:
    queue = a_queue(1, 2)
    queue.set_repeat("all")
    assert queue.upcoming() is queue.entries[0]
    queue.set_repeat("off")
    queue.stops_after = True
    assert queue.upcoming() is None
    assert queue.upcoming(by_itself=False) is queue.lane[0]
    queue.stops_after = False
    queue.set_autoplay(False)
    assert queue.upcoming() is None
    assert not queue.lane


def test_the_lane_can_be_edited_and_holds_nothing_twice() -> None:
    queue = a_queue(1, 3)
    queue.fill_lane(fake_tracks(*[TWO_S] * 4)[1:])
    assert lane_ids(queue) == [2, 3, 4]
    queue.move_in_lane(queue.lane[2].entry_id, 0)
    assert lane_ids(queue) == [4, 2, 3]
    queue.move_in_lane(queue.lane[0].entry_id, 99)
    assert lane_ids(queue) == [2, 3, 4]
    assert [track.id for track in queue.drop_from_lane([queue.lane[1].entry_id, 4711])] == [3]
    assert lane_ids(queue) == [2, 4]
    queue.move_in_lane(4711, 0)
    assert lane_ids(queue) == [2, 4]


def test_removing_the_last_entry_goes_on_with_the_lane() -> None:
    deck = Deck()
    tracks = fake_tracks(TWO_S, TWO_S)
    deck.player.set_autoplay(True)
    deck.player.play_now(tracks[:1], 0, HAND, "album")
    deck.player.fill_lane(tracks[1:])
    deck.run(0.5)
    deck.player.remove([deck.player.queue.entries[0].entry_id])
    deck.run(0.5)
    current = deck.player.queue.current
    assert current is not None
    assert current.track.id == 2
    assert deck.player.state is PlaybackState.PLAYING


def test_a_track_picked_out_of_the_lane_joins_the_queue_as_a_suggestion() -> None:
    deck = Deck()
    tracks = fake_tracks(*[TWO_S] * 6)
    deck.player.set_autoplay(True)
    deck.player.play_now(tracks[:2], 0, HAND, "album")
    deck.player.fill_lane(tracks[2:])
    lane = deck.player.queue.lane
    deck.player.take_from_lane([lane[1].entry_id], "next")
    deck.player.take_from_lane([lane[2].entry_id], "end")
    deck.player.take_from_lane([lane[3].entry_id], "at", 2)
    assert [entry.track.id for entry in deck.player.queue.entries] == [1, 4, 6, 2, 5]
    assert deck.player.queue.entries[2].started_by is StartedBy.SUGGESTION
    assert lane_ids(deck.player.queue) == [3]
    deck.player.take_from_lane([lane[0].entry_id], "play")
    deck.player.take_from_lane([4711], "play")
    assert deck.player.queue.current is not None
    assert deck.player.queue.current.track.id == 3
    told = [event for event in deck.events if isinstance(event, QueueChanged)][-1]
    assert told.autoplay
    assert told.lane == ()


_COMMANDS = st.sampled_from(
    ["advance", "next", "enqueue", "play_next", "remove", "fill", "drop", "move", "shuffle", "undo", "redo", "take"]
)


@settings(max_examples=150, deadline=None)
@given(commands=st.lists(st.tuples(_COMMANDS, st.integers(0, 5)), max_size=40), seed=st.integers(0, 99))
def test_no_entry_of_the_lane_ever_stands_before_one_that_waits_in_the_queue(
    commands: list[tuple[str, int]], seed: int
) -> None:
    queue, rng = a_queue(3, 4), random.Random(seed)
    pool = fake_tracks(*[TWO_S] * 40)
    for name, number in commands:
        match name:
            case "advance" | "next":
                queue.advance(by_itself=name == "advance")
            case "enqueue" | "play_next":
                getattr(queue, name)(pool[number : number + 2], HAND, "tracks")
            case "remove":
                queue.remove([entry.entry_id for entry in queue.entries[number : number + 1]])
            case "fill":
                queue.fill_lane(rng.sample(pool, 3))
            case "drop" | "take":
                wanted = [entry.entry_id for entry in queue.lane[number : number + 1]]
                queue.drop_from_lane(wanted) if name == "drop" else queue.go_to(wanted[0] if wanted else None)
            case "move" if queue.lane:
                queue.move_in_lane(queue.lane[0].entry_id, number)
            case "shuffle":
                queue.set_shuffle(not queue.shuffle)
            case "undo" | "redo":
                getattr(queue, name)()
        _check(queue)


def _check(queue: LanedQueue) -> None:
    ids = [entry.entry_id for entry in (*queue.entries, *queue.lane)]
    assert len(set(ids)) == len(ids)
    keys = [entry.track.recording_key for entry in queue.lane]
    assert len(set(keys)) == len(keys)
    if queue.current is not None:
        ahead = []
        while (entry := queue.upcoming(len(ahead) + 1, by_itself=False)) is not None:
            ahead.append(entry)
        waiting = [entry for entry in ahead if entry not in queue.lane]
        assert ahead == [*waiting, *queue.lane]


def a_deck_with_a_lane(queued: list[str], lane: list[str]) -> Deck:
    """Plays the queue, with a lane behind it."""
    deck, tracks = Deck(), fake_tracks(*queued, *lane)
    deck.player.set_autoplay(True)
    deck.player.fill_lane(tracks[len(queued) :])
    deck.player.play_now(tracks[: len(queued)], 0, HAND, "album")
    return deck


def test_behind_files_that_cannot_be_opened_the_lane_plays_on() -> None:
    for gone in (1, 2, 9):
        deck = a_deck_with_a_lane(["gone"] * gone, [TWO_S, TWO_S])
        deck.run(1)
        current = deck.player.queue.current
        assert current is not None
        assert (deck.player.state, current.track.id) == (PlaybackState.PLAYING, gone + 1)
        assert [ended for _, ended, _ in deck.heard()] == ["failed"] * gone


def test_next_onto_a_file_that_is_gone_goes_on_into_the_lane() -> None:
    deck = a_deck_with_a_lane([TWO_S, "gone"], ["gone", "gone", TWO_S])
    deck.run(0.5)
    deck.player.next()
    deck.run(0.5)
    assert deck.player.state is PlaybackState.PLAYING
    assert [(track, ended) for track, ended, _ in deck.heard()] == [
        (1, "skipped"),
        (2, "failed"),
        (3, "failed"),
        (4, "failed"),
    ]


def test_a_lane_whose_drive_is_away_is_not_gone_through_to_its_end() -> None:
    deck = a_deck_with_a_lane(["gone"], ["gone"] * 30)
    assert deck.player.state is PlaybackState.STOPPED
    assert len(deck.plays) == MOST_FAILED
    assert "Their drive may be away" in deck.troubles[-1]
    assert len(deck.player.queue.lane) == 30 - MOST_FAILED


def test_with_repeat_a_queue_that_cannot_be_opened_is_tried_once_whatever_the_lane_holds() -> None:
    deck = Deck()
    deck.player.set_autoplay(True)
    deck.player.set_repeat("all")
    deck.player.fill_lane(fake_tracks(*[TWO_S] * 5))
    deck.player.play_now(fake_tracks("gone", "gone"), 0, HAND, "album")
    assert (deck.player.state, len(deck.plays)) == (PlaybackState.STOPPED, 2)
