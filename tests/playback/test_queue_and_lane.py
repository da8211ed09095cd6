"""Random commands to queue and lane, in any order: nothing is lost, and the lane stays behind what was queued."""

import random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.play import StartedBy
from app.playback.lane import LanedQueue
from app.playback.shuffle import Tastes
from tests.playback.sounds import RATE, fake_tracks

TRACKS = fake_tracks(*[f"{RATE}:{RATE}"] * 60)
WHICH = st.lists(st.integers(0, 39), max_size=4, unique=True)
PLACE = st.integers(-1, 12)


class QueueAndLane(RuleBasedStateMachine):
    """A plain set of ids beside the real queue says which entries must be there."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = LanedQueue(random.Random(1))
        self.queue.tastes = Tastes()

    def _grew(self, before: set[int], count: int) -> None:
        after = {entry.entry_id for entry in self.queue.entries}
        assert before <= after
        assert len(after) == len(before) + count

    def _ids(self) -> set[int]:
        return {entry.entry_id for entry in self.queue.entries}

    def _id(self, place: int) -> int:
        entries = self.queue.entries
        return entries[place % len(entries)].entry_id if entries else -1

    @rule(which=WHICH, start=PLACE)
    def replace(self, which: list[int], start: int) -> None:
        self.queue.replace([TRACKS[at] for at in which], start, StartedBy.HAND, "")
        assert len(self.queue.entries) == len(which)

    @rule(which=WHICH)
    def play_next(self, which: list[int]) -> None:
        before = self._ids()
        self.queue.play_next([TRACKS[at] for at in which], StartedBy.HAND, "")
        self._grew(before, len(which))

    @rule(which=WHICH)
    def enqueue(self, which: list[int]) -> None:
        before = self._ids()
        self.queue.enqueue([TRACKS[at] for at in which], StartedBy.HAND, "")
        self._grew(before, len(which))

    @rule(place=PLACE)
    def remove(self, place: int) -> None:
        before, gone = self._ids(), self._id(place)
        self.queue.remove([gone])
        assert self._ids() == before - {gone}

    @rule(place=PLACE, to=PLACE)
    def move(self, place: int, to: int) -> None:
        before = self._ids()
        self.queue.move(self._id(place), to)
        assert self._ids() == before

    @rule(places=st.lists(PLACE, max_size=4))
    def bring_next(self, places: list[int]) -> None:
        before = self._ids()
        self.queue.bring_next([self._id(place) for place in places])
        assert self._ids() == before

    @rule(shuffle=st.booleans(), by_albums=st.booleans(), repeat=st.sampled_from(["off", "off", "all", "one"]))
    def modes(self, shuffle: bool, by_albums: bool, repeat: str) -> None:
        before = self._ids()
        self.queue.set_by_albums(by_albums)
        self.queue.set_shuffle(shuffle)
        self.queue.set_repeat(repeat)
        assert self._ids() == before

    @rule(wanted=st.booleans())
    def autoplay(self, wanted: bool) -> None:
        self.queue.set_autoplay(wanted)

    @rule(which=st.lists(st.integers(40, 59), max_size=6))
    def fill(self, which: list[int]) -> None:
        self.queue.fill_lane([TRACKS[at] for at in which])

    @rule(place=PLACE)
    def drop_from_lane(self, place: int) -> None:
        before, lane = self._ids(), self.queue.lane
        self.queue.drop_from_lane([lane[place % len(lane)].entry_id] if lane else [])
        assert self._ids() == before

    @rule(place=PLACE, to=PLACE)
    def move_in_lane(self, place: int, to: int) -> None:
        lane = self.queue.lane
        if lane:
            self.queue.move_in_lane(lane[place % len(lane)].entry_id, to)
            assert set(self.queue.lane) == set(lane)

    @rule(by_itself=st.booleans())
    def advance(self, by_itself: bool) -> None:
        queue, before, lane = self.queue, self._ids(), self.queue.lane
        was, order, expected = queue.current, list(queue._order), queue.upcoming(by_itself=by_itself)
        assert queue.advance(by_itself=by_itself) is expected
        assert before <= self._ids()
        if expected in lane:
            assert was is None or order[-1] == was.entry_id, "the lane came before what was queued"
            assert was is not None or not before

    @rule(place=PLACE)
    def go_to(self, place: int) -> None:
        self.queue.go_to(self._id(place) if self.queue.entries else None)

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        playing = self.queue.current
        self.queue.redo() if redo else self.queue.undo()
        assert playing is None or self.queue.current is playing

    @invariant()
    def each_entry_has_one_turn(self) -> None:
        ids = [entry.entry_id for entry in self.queue.entries]
        assert len(set(ids)) == len(ids)
        assert sorted(self.queue._order[: len(ids)]) == sorted(ids)

    @invariant()
    def the_lane_is_apart_and_holds_nothing_twice(self) -> None:
        keys = [entry.track.recording_key for entry in self.queue.lane]
        assert len(set(keys)) == len(keys)
        assert not self._ids() & {entry.entry_id for entry in self.queue.lane}
        assert self.queue.autoplay or not self.queue.lane


TestQueueAndLane = QueueAndLane.TestCase
TestQueueAndLane.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
