"""Every edit of the queue can be taken back and made again, and what plays is not disturbed."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import QueueChanged
from app.playback.player import Player
from app.playback.queue_edits import MOST_EDITS, EditedQueue
from tests.playback.sounds import RATE, Deck, FakeSource, a_track, fake_tracks
from tests.playback.test_queue import COMMANDS, obey

HAND = StartedBy.HAND
TWO_S, TEN_S = f"{2 * RATE}:{RATE}", f"{10 * RATE}:{RATE}"


def a_queue(count: int, start: int = 0) -> EditedQueue:
    queue = EditedQueue(random.Random(1))
    queue.replace([a_track(n) for n in range(1, count + 1)], start, HAND, "album")
    return queue


def numbers(queue: EditedQueue) -> list[int]:
    return [int(entry.track.id) for entry in queue.entries]


def test_what_was_removed_comes_back_to_its_place() -> None:
    queue = a_queue(4, start=1)
    queue.remove([queue.entries[0].entry_id, queue.entries[3].entry_id])
    assert queue.undo_says == "Removed 2 tracks"
    assert queue.undo() == "Removed 2 tracks"
    assert (numbers(queue), queue.index) == ([1, 2, 3, 4], 1)
    queue.redo()
    assert (numbers(queue), queue.index) == ([2, 3], 0)


def test_what_plays_stays_current_and_the_old_queue_goes_on_behind_it() -> None:
    queue = a_queue(3, start=1)
    queue.replace([a_track(9)], 0, HAND, "album")
    queue.undo()
    assert numbers(queue) == [1, 9, 2, 3]
    assert queue.index == 1
    queue.redo()
    assert (numbers(queue), queue.index) == ([9], 0)


def test_a_new_edit_forgets_what_was_taken_back_and_nothing_is_no_edit() -> None:
    queue = a_queue(3)
    queue.move(queue.entries[0].entry_id, 2)
    queue.undo()
    assert queue.redo_says == "Moved a track"
    queue.remove([999])
    queue.set_shuffle(False)
    assert queue.redo_says == "Moved a track"
    queue.set_shuffle(True)
    assert (queue.undo_says, queue.redo_says) == ("Shuffle on", "")
    queue.undo()
    assert not queue.shuffle


def test_no_more_edits_are_remembered_than_promised() -> None:
    queue = a_queue(2)
    for _ in range(MOST_EDITS * 2):
        queue.move(queue.entries[0].entry_id, 1)
    taken_back = 0
    while queue.undo():
        taken_back += 1
    assert taken_back == MOST_EDITS


@given(st.lists(COMMANDS, max_size=25), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_undoing_all_and_redoing_all_leads_back_to_the_same_queue(commands: list[tuple[str, int]], seed: int) -> None:
    queue = EditedQueue(random.Random(seed))
    for name, value in commands:
        if name not in {"advance", "skip", "go_to"}:
            obey(queue, name, value)
    shown, shuffle = queue.saved(), queue.shuffle
    while queue.undo():
        assert queue.current is None or queue.current in queue.entries
    while queue.redo():
        assert sorted(queue.saved().order) == sorted(entry.entry_id for entry in queue.entries)
    others = [entry for entry in shown.entries if entry != queue.current]
    assert [entry for entry in queue.entries if entry != queue.current] == others
    assert queue.shuffle == shuffle


@given(st.lists(st.one_of(COMMANDS, st.tuples(st.sampled_from(["undo", "redo"]), st.just(0))), max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_queue_kept_at_any_moment_comes_back_the_same(commands: list[tuple[str, int]]) -> None:
    queue = EditedQueue(random.Random(3))
    for name, value in commands:
        playing = queue.current
        if name in {"undo", "redo"}:
            getattr(queue, name)()
            assert playing is None or queue.current == playing
        else:
            obey(queue, name, value)
    saved = queue.saved(123)
    again = EditedQueue(random.Random(4))
    again.restore(saved)
    assert again.saved(123) == saved
    assert (again.current, again.upcoming()) == (queue.current, again.upcoming())


def test_undo_does_not_interrupt_what_plays() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S, TEN_S), 0, HAND, "album")
    deck.run(1.0)
    deck.player.remove([deck.player.queue.entries[1].entry_id])
    deck.player.undo()
    deck.run(20.0)
    assert deck.heard() == [(1, "finished", 10_000), (2, "finished", 10_000)]


def test_an_emptied_queue_comes_back_silent_and_is_emptied_again() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 1, HAND, "album")
    deck.run(1.0)
    deck.player.clear()
    deck.player.undo()
    assert (len(deck.player.queue.entries), deck.player.queue.index) == (2, 1)
    assert deck.player.state.value == "stopped"
    deck.player.undo(redo=True)
    assert (deck.player.queue.entries, deck.player.queue.current) == ([], None)


def test_it_stops_after_the_current_track_and_goes_on_with_the_next_when_asked() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "album")
    deck.run(9.5)
    deck.player.stop_after(True)
    deck.run(5.0)
    assert deck.heard() == [(1, "finished", 10_000)]
    assert (deck.player.state.value, deck.player.queue.index) == ("stopped", 1)
    assert not deck.player.queue.stops_after
    deck.player.play()
    deck.run(11.0)
    assert deck.heard() == [(1, "finished", 10_000), (2, "finished", 10_000)]


def test_taking_back_the_wish_to_stop_lets_it_play_on() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "album")
    deck.player.stop_after(True)
    deck.run(9.8)
    deck.player.stop_after(False)
    deck.run(11.0)
    assert deck.heard() == [(1, "finished", 10_000), (2, "finished", 10_000)]


LEAVING: list[Callable[[Player], object]] = [
    lambda player: (player.stop(), player.play())[0],
    lambda player: player.next(),
    lambda player: player.previous(),
    lambda player: player.jump(player.queue.entries[2].entry_id),
    lambda player: player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "album"),
    lambda player: player.play_at_once(fake_tracks(TEN_S), HAND, "album"),
    lambda player: (player.clear(), player.undo(), player.play())[0],
    lambda player: player.remove([player.queue.entries[1].entry_id]),
    lambda player: player.bring_back(),
    lambda player: (player.pause(), player.skip_on(), player.play())[0],
    lambda player: (player.pause(), player.skip_back(), player.play())[0],
]


@pytest.mark.parametrize("leave", LEAVING)
def test_the_wish_to_stop_after_a_track_is_over_with_it(leave: Callable[[Player], object]) -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "album")
    deck.player.play_now(fake_tracks(TEN_S, TEN_S, TEN_S, TEN_S), 1, HAND, "album")
    deck.run(1.0)
    deck.player.stop_after(True)
    leave(deck.player)
    assert not deck.player.queue.stops_after
    assert not next(event for event in reversed(deck.events) if isinstance(event, QueueChanged)).stops_after
    deck.run(11.0)
    assert deck.player.state is PlaybackState.PLAYING, "it went on behind the next border"


def test_a_track_that_was_to_be_the_last_and_cannot_be_read_on_is_the_last() -> None:
    opened = [FakeSource, FakeSource]

    def once(path: bytes) -> FakeSource:
        return opened.pop()(path) if opened else FakeSource(b"gone")

    deck = Deck(open_source=once)
    deck.player.play_now(fake_tracks(TWO_S, TEN_S, TEN_S), 0, HAND, "album")
    deck.run(1.5)
    deck.player.stop_after(True)  # the border behind it was mixed: its file is opened again, and is gone by now
    deck.run(2.0)
    assert (deck.player.state, deck.heard()[0][1]) == (PlaybackState.STOPPED, "failed")
    assert not deck.player.queue.stops_after


def test_the_wish_to_stop_after_a_track_holds_over_a_seek_a_pause_and_edits_around_it() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S, TEN_S, TEN_S), 1, HAND, "album")
    deck.player.stop_after(True)
    deck.run(4.0)
    deck.player.previous()  # to its start
    deck.player.seek(5_000)
    deck.player.pause()
    deck.player.remove([deck.player.queue.entries[0].entry_id])
    deck.player.undo()
    deck.player.play()
    assert deck.player.queue.stops_after
    deck.run(6.0)
    assert (deck.player.state, [ended for _, ended, _ in deck.heard()]) == (PlaybackState.STOPPED, ["finished"])


def test_tracks_that_fall_between_two_entries_stand_there_and_can_be_taken_back() -> None:
    queue = a_queue(3)
    queue.insert(fake_tracks("1:1", "1:1"), 2, StartedBy.HAND, "dropped")
    assert numbers(queue) == [1, 2, 1, 2, 3]
    assert queue.index == 0
    assert [queue.upcoming(step) for step in (1, 2, 3, 4)] == queue.entries[1:]
    queue.undo()
    assert numbers(queue) == [1, 2, 3]
    queue.insert(fake_tracks("1:1"), 99, StartedBy.HAND, "dropped")
    queue.insert(fake_tracks("1:1"), -5, StartedBy.HAND, "dropped")
    assert numbers(queue) == [1, 1, 2, 3, 1]
    assert queue.index == 1


def test_in_a_shuffle_what_falls_into_the_queue_gets_a_turn_behind_what_plays() -> None:
    queue = a_queue(5)
    queue.set_shuffle(True)
    queue.insert(fake_tracks("1:1", "1:1"), 0, StartedBy.HAND, "dropped")
    coming = [queue.upcoming(step) for step in range(1, 7)]
    assert None not in coming
    assert set(queue.entries[:2]) <= set(coming)


def test_several_entries_move_as_one_block_and_one_edit() -> None:
    queue = a_queue(6, start=2)
    chosen = [queue.entries[at].entry_id for at in (4, 0, 2)]
    queue.move_block(chosen, 4)
    assert numbers(queue) == [2, 4, 1, 3, 5, 6]
    assert (queue.index, queue.undo_says) == (3, "Moved 3 tracks")
    queue.undo()
    assert (numbers(queue), queue.index) == ([1, 2, 3, 4, 5, 6], 2)
    queue.move_block(chosen, 99)
    assert numbers(queue) == [2, 4, 6, 1, 3, 5]
    queue.move_block([12345], 0)
    assert queue.undo_says == "Moved 3 tracks", "nothing moved"


def test_a_block_that_moves_in_a_shuffle_keeps_every_turn() -> None:
    queue = a_queue(6)
    queue.set_shuffle(True)
    order = queue.saved().order
    queue.move_block([queue.entries[5].entry_id, queue.entries[4].entry_id], 0)
    assert numbers(queue) == [5, 6, 1, 2, 3, 4]
    assert queue.saved().order == order
