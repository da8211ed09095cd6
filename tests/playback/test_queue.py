import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.queue import PlayQueue
from tests.playback.sounds import a_track

HAND = StartedBy.HAND


def a_queue(count: int, start: int = 0, shuffle: bool = False, seed: int = 1) -> PlayQueue:
    queue = PlayQueue(random.Random(seed))
    queue.set_shuffle(shuffle)
    queue.replace([a_track(n) for n in range(1, count + 1)], start, HAND, "album")
    return queue


def numbers(entries: list[QueueEntry]) -> list[int]:
    return [int(entry.track.id) for entry in entries]


def played(queue: PlayQueue, limit: int = 100) -> list[int]:
    """What plays from here on, by itself."""
    found: list[int] = []
    while queue.current is not None and len(found) < limit:
        found.append(int(queue.current.track.id))
        queue.advance()
    return found


def test_a_queue_plays_from_the_chosen_track_to_its_end() -> None:
    assert played(a_queue(4, start=1)) == [2, 3, 4]


def test_after_the_end_nothing_is_current_and_play_begins_again() -> None:
    queue = a_queue(2)
    played(queue)
    assert (queue.current, queue.index) == (None, -1)
    queue.advance()
    assert queue.index == 0


def test_repeat_all_goes_round() -> None:
    queue = a_queue(3, start=2)
    queue.set_repeat("all")
    assert played(queue, 7) == [3, 1, 2, 3, 1, 2, 3]


def test_repeat_one_holds_until_the_listener_goes_on() -> None:
    queue = a_queue(3)
    queue.set_repeat("one")
    assert played(queue, 3) == [1, 1, 1]
    queue.advance(by_itself=False)
    assert queue.index == 1


def test_play_next_stands_behind_the_current_one_in_its_order() -> None:
    for shuffle in (False, True):
        queue = a_queue(3, shuffle=shuffle)
        queue.play_next([a_track(8), a_track(9)], HAND, "panel")
        assert played(queue)[:3] == [1, 8, 9]


def test_the_same_track_may_stand_twice() -> None:
    queue = a_queue(1)
    queue.enqueue([a_track(1)], HAND, "")
    assert len({entry.entry_id for entry in queue.entries}) == 2
    assert played(queue) == [1, 1]


def test_a_moved_entry_stands_where_it_was_put_and_the_current_one_stays() -> None:
    queue = a_queue(4, start=1)
    queue.move(queue.entries[3].entry_id, 0)
    assert numbers(queue.entries) == [4, 1, 2, 3]
    assert queue.index == 2
    queue.move(queue.entries[2].entry_id, 99)
    assert numbers(queue.entries) == [4, 1, 3, 2]
    assert queue.index == 3


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("start", [0, 3, 7])
def test_entries_that_wait_are_brought_next_together_in_a_shuffle_too(shuffle: bool, start: int) -> None:
    queue = a_queue(8, start, shuffle)
    for _ in range(2):
        queue.advance(by_itself=False)
    current = queue.current
    chosen = [entry for entry in queue.entries if entry is not current][1:6:2]
    queue.bring_next([entry.entry_id for entry in reversed(chosen)] + ([current.entry_id] if current else []))
    assert queue.current is current
    at = queue.index + 1
    assert queue.entries[at : at + 3] == chosen
    assert [queue.upcoming(step) for step in (1, 2, 3)] == chosen
    assert sorted(queue._order) == sorted(entry.entry_id for entry in queue.entries)
    queue.bring_next([4711])
    assert queue.upcoming() is chosen[0]


class _TooLong(list[int]):
    """With tens of thousands of entries chosen, looking through them for each entry stops the music for seconds."""

    def __contains__(self, entry_id: object) -> bool:
        raise AssertionError("looked through")


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("move", [PlayQueue.bring_next, lambda queue, ids: queue.move_block(ids, 1)])
def test_of_many_chosen_entries_none_is_looked_for_among_all(
    shuffle: bool, move: Callable[[PlayQueue, list[int]], None]
) -> None:
    queue = a_queue(6, shuffle=shuffle)
    chosen = [entry for entry in queue.entries if entry is not queue.current][2:]
    move(queue, _TooLong(entry.entry_id for entry in chosen))
    assert [entry for entry in queue.entries if entry in chosen] == chosen


def test_removing_others_leaves_the_current_one() -> None:
    queue = a_queue(5, start=2)
    queue.remove([queue.entries[0].entry_id, queue.entries[3].entry_id, 999])
    assert numbers(queue.entries) == [2, 3, 5]
    assert queue.index == 1
    queue.remove([queue.entries[1].entry_id])
    assert queue.current is None


def test_previous_goes_back_the_way_it_came() -> None:
    queue = a_queue(6, shuffle=True)
    first = queue.current
    queue.advance()
    back = queue.preceding()
    assert back == first
    assert back is not None
    queue.turn_to(back.entry_id)
    assert queue.preceding() is None


def test_an_entry_chosen_in_a_shuffle_takes_its_turn_and_the_others_keep_theirs() -> None:
    queue = a_queue(6, shuffle=True)
    wanted = queue.upcoming(4)
    others = [queue.upcoming(n) for n in (1, 2, 3, 5)]
    assert wanted is not None
    queue.go_to(wanted.entry_id)
    assert [queue.upcoming(n) for n in (1, 2, 3, 4)] == others


def test_an_entry_heard_already_and_chosen_again_in_a_shuffle_does_not_bring_the_others_back() -> None:
    queue = a_queue(8, shuffle=True)
    heard = [queue.current, *(queue.advance() for _ in range(5))]
    others = [queue.upcoming(n) for n in (1, 2)]
    assert heard[1] is not None
    queue.go_to(heard[1].entry_id)
    assert [queue.upcoming(n) for n in (1, 2, 3)] == [*others, None]
    assert queue.preceding() == heard[5]


def test_an_entry_chosen_in_a_shuffle_that_has_not_begun_comes_first_and_all_others_behind_it() -> None:
    queue = a_queue(6, shuffle=True)
    queue.go_to(None)
    wanted = queue.upcoming(4)
    assert wanted is not None
    queue.go_to(wanted.entry_id)
    assert played(queue)[0] == wanted.track.id
    queue.go_to(wanted.entry_id)
    assert sorted(played(queue)) == [1, 2, 3, 4, 5, 6]


def test_back_from_the_first_of_a_repeated_shuffle_leaves_the_others_their_turn() -> None:
    queue = a_queue(5, shuffle=True)
    queue.set_repeat("all")
    first, others, last = queue.current, [queue.upcoming(n) for n in (1, 2, 3)], queue.preceding()
    assert last is not None
    queue.turn_to(last.entry_id)
    assert queue.preceding() == first
    assert [queue.upcoming(n) for n in (1, 2, 3)] == others


@given(
    count=st.integers(1, 12),
    start=st.integers(0, 11),
    seed=st.integers(0, 1000),
    added=st.integers(0, 5),
    after=st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_a_shuffle_plays_everything_once_before_anything_twice(
    count: int, start: int, seed: int, added: int, after: int
) -> None:
    queue = a_queue(count, start, shuffle=True, seed=seed)
    found = []
    for _ in range(min(after, count - 1)):
        assert queue.current is not None
        found.append(int(queue.current.track.id))
        queue.advance()
    queue.enqueue([a_track(100 + n) for n in range(added)], HAND, "")
    found += played(queue)
    assert sorted(found) == [*range(1, count + 1), *range(100, 100 + added)]


@given(seed=st.integers(0, 1000), count=st.integers(2, 9))
@settings(max_examples=40, deadline=None)
def test_a_repeated_shuffle_plays_everything_in_each_round(seed: int, count: int) -> None:
    queue = a_queue(count, shuffle=True, seed=seed)
    queue.set_repeat("all")
    found = played(queue, 3 * count)
    for at in range(0, 3 * count, count):
        assert sorted(found[at : at + count]) == list(range(1, count + 1))
    assert all(one != two for one, two in pairwise(found))


COMMANDS = st.one_of(
    st.tuples(st.just("enqueue"), st.integers(0, 4)),
    st.tuples(st.just("play_next"), st.integers(0, 4)),
    st.tuples(st.just("remove"), st.integers(0, 30)),
    st.tuples(st.just("move"), st.integers(0, 900)),
    st.tuples(st.just("advance"), st.integers(1, 3)),
    st.tuples(st.just("skip"), st.integers(1, 3)),
    st.tuples(st.just("go_to"), st.integers(0, 30)),
    st.tuples(st.just("turn_to"), st.integers(0, 30)),
    st.tuples(st.just("shuffle"), st.integers(0, 1)),
    st.tuples(st.just("repeat"), st.integers(0, 2)),
    st.tuples(st.just("replace"), st.integers(0, 6)),
    st.tuples(st.just("clear"), st.just(0)),
)


def coming(queue: PlayQueue) -> set[int]:
    """What has its turn still to come in this pass."""
    entries = [queue.upcoming(step, by_itself=False) for step in range(1, queue.left_to_come() + 1)]
    return {entry.entry_id for entry in entries if entry is not None}


def obey(queue: PlayQueue, name: str, value: int) -> None:
    entries = queue.entries
    match name:
        case "enqueue" | "play_next":
            getattr(queue, name)([a_track(n) for n in range(value)], HAND, "")
        case "remove" | "go_to" | "turn_to" | "move" if entries:
            entry_id = entries[value % len(entries)].entry_id
            if name == "remove":
                queue.remove([entry_id])
            elif name == "move":
                queue.move(entry_id, value // 30)
            else:
                holds = queue.shuffle and (name == "go_to" or queue.current is not None)
                to_come = coming(queue) if holds else set()
                getattr(queue, name)(entry_id)
                assert to_come - {entry_id} <= coming(queue)
        case "advance" | "skip":
            wanted = queue.upcoming(value, by_itself=name == "advance")
            assert queue.advance(value, by_itself=name == "advance") == wanted
            assert queue.current == wanted
        case "shuffle":
            queue.set_shuffle(bool(value))
        case "repeat":
            queue.set_repeat(["off", "all", "one"][value])
        case "replace":
            queue.replace([a_track(n) for n in range(value)], value // 2, HAND, "")
        case "clear":
            queue.clear()


@given(st.lists(COMMANDS, max_size=40), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_whatever_is_done_the_queue_keeps_its_promises(commands: list[tuple[str, int]], seed: int) -> None:
    queue = PlayQueue(random.Random(seed))
    for name, value in commands:
        before = queue.current
        obey(queue, name, value)
        ids = [entry.entry_id for entry in queue.entries]
        assert len(set(ids)) == len(ids)
        assert queue.current is None or queue.entries[queue.index] == queue.current
        if name in {"enqueue", "play_next", "move", "shuffle", "repeat"}:
            assert queue.current == before
        for step in range(1, len(ids) + 2):
            entry = queue.upcoming(step)
            assert entry is None or entry.entry_id in ids
        assert queue.repeat == "off" or not ids or queue.upcoming() is not None
