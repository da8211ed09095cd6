"""What the device is given: every change of level is soft, and no frame of the music is lost or comes twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.playback.block import Block
from app.playback.fader import FADE_S, Fader
from app.playback.ring import FRAMES, Ring, mapped, new_memory

RATE = 10_000
FADE = int(RATE * FADE_S)
LEAD = RATE // 10
STEP = 1.01 / FADE
"""No sample of a sound of ones may differ more from the one before."""


class Bench:
    """A fader over a ring, with what it gave."""

    def __init__(self) -> None:
        self.ring = Ring(mapped(new_memory()), 0)
        self.ring.clear()
        self.fader = Fader(self.ring, RATE)
        self.given: list[Block] = []
        self._next = 1

    def write(self, frames: int) -> None:
        """Ones on the left; on the right each frame's own number."""
        numbers = np.arange(self._next, self._next + frames, dtype=np.float32)
        self._next += frames
        self.ring.write(np.stack([np.ones(frames, np.float32), numbers], axis=1))

    def order(self, *, play: bool) -> None:
        if bool(self.ring.order & 1) is not play:
            self.ring.order += 1

    def drop(self) -> None:
        self.ring.drop = self.ring.written
        self.ring.drops += 1

    def take(self, frames: int) -> Block:
        self.given.append(self.fader.take(frames))
        return self.given[-1]

    def level(self) -> Block:
        return np.concatenate([[0.0], np.concatenate(self.given)[:, 0]])

    def numbers(self) -> list[int]:
        """Which frames of the music came, in their order."""
        whole = np.concatenate(self.given)
        heard = whole[whole[:, 0] > 0]
        return [round(float(number)) for number in heard[:, 1] / heard[:, 0]]


def a_bench(frames: int) -> Bench:
    bench = Bench()
    bench.write(frames)
    bench.order(play=True)
    return bench


def test_the_start_of_a_track_is_given_as_it_is() -> None:
    bench = a_bench(3_000)
    assert np.array_equal(bench.take(1_000)[:, 1], np.arange(1, 1_001))
    assert bench.ring.taken == 1_000


def test_nothing_begins_before_there_is_enough_unless_that_is_all() -> None:
    bench = a_bench(LEAD - 1)
    assert not bench.take(500).any()
    assert bench.ring.taken == 0
    bench.ring.finished = bench.ring.written
    assert bench.take(500).all()


def test_a_pause_fades_out_and_goes_on_with_the_frame_behind_it() -> None:
    bench = a_bench(8_000)
    bench.take(1_000)
    bench.order(play=False)
    assert bench.ring.rested != bench.ring.order
    bench.take(1_000)
    assert (bench.ring.rested, bench.ring.taken) == (bench.ring.order, 1_000 + FADE)
    assert not bench.take(5_000).any()
    bench.order(play=True)
    bench.take(1_000)
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP
    numbers = bench.numbers()
    # The very last frame of the fade has reached nothing, and so cannot be seen.
    assert numbers == [*range(1, 1_000 + FADE), *range(1_000 + FADE + 1, 2_000 + FADE + 1)]


def test_a_pause_over_several_small_pieces_is_the_same() -> None:
    bench = a_bench(8_000)
    bench.take(1_000)
    bench.order(play=False)
    for _ in range(20):
        bench.take(FADE // 7)
    assert bench.ring.taken == 1_000 + FADE
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP


def test_a_pause_taken_back_on_its_way_turns_round_without_a_step() -> None:
    bench = a_bench(8_000)
    bench.take(1_000)
    bench.order(play=False)
    bench.take(FADE // 2)
    bench.order(play=True)
    bench.take(2_000)
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP
    assert bench.numbers() == list(range(1, 3_000 + FADE // 2 + 1))


def test_a_volume_is_reached_softly_and_full_volume_changes_no_sample() -> None:
    bench = a_bench(9_000)
    bench.take(1_000)
    bench.ring.gain = 0.25
    bench.take(FADE // 3)
    bench.ring.gain = 0.5
    changed = bench.take(1_000)
    assert np.allclose(changed[FADE:, 0], 0.5)
    bench.ring.gain = 1.0
    full = bench.take(1_000)
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP
    assert np.array_equal(full[FADE:, 0], np.ones(1_000 - FADE))


def test_muted_music_passes_unheard_and_counts() -> None:
    bench = a_bench(9_000)
    bench.take(1_000)
    bench.ring.gain = 0.0
    bench.take(1_000)
    assert not bench.take(1_000).any()
    assert bench.ring.taken == 3_000
    bench.order(play=False)
    bench.take(10)
    assert (bench.ring.rested, bench.ring.taken) == (bench.ring.order, 3_000), "what is silent needs no fade"


def test_a_volume_changed_in_a_pause_is_what_it_goes_on_with() -> None:
    bench = a_bench(9_000)
    bench.take(1_000)
    bench.order(play=False)
    bench.take(1_000)
    bench.ring.gain = 0.25
    bench.order(play=True)
    assert np.allclose(bench.take(1_000)[FADE:, 0], 0.25)
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP


def test_what_is_dropped_is_never_heard_and_what_follows_begins_at_full_level() -> None:
    bench = a_bench(3_000)
    bench.take(1_000)
    bench.order(play=False)
    bench.take(FADE)
    bench.drop()
    bench.write(2_000)
    bench.order(play=True)
    assert np.array_equal(bench.take(500)[:, 1], np.arange(3_001, 3_501))
    assert bench.ring.taken == 3_500


def test_a_hole_is_soft_counts_once_and_ends_when_there_is_enough_again() -> None:
    bench = a_bench(LEAD + 300)
    bench.take(LEAD)
    bench.take(500)
    bench.take(500)
    assert bench.ring.starved == 1
    bench.write(LEAD)
    bench.take(LEAD)
    assert np.abs(np.diff(bench.level()[2:])).max() <= STEP
    assert bench.ring.taken == 2 * LEAD + 300


def test_a_hole_that_begins_with_a_piece_counts_too() -> None:
    bench = a_bench(LEAD)
    bench.take(LEAD)
    assert bench.ring.starved == 0
    bench.take(100)
    assert bench.ring.starved == 1


def test_the_end_of_the_music_is_no_hole_and_keeps_its_level() -> None:
    bench = a_bench(LEAD + 50)
    bench.ring.finished = bench.ring.written
    assert bench.take(2 * LEAD)[: LEAD + 50, 0].all()
    bench.take(100)
    assert bench.ring.starved == 0
    assert bench.numbers() == list(range(1, LEAD + 51))


def test_the_ring_turns_over_without_a_seam() -> None:
    bench = a_bench(FRAMES - 1_000)
    bench.take(FRAMES - 2_000)
    bench.write(5_000)
    assert np.array_equal(bench.take(6_000)[:, 1], np.arange(FRAMES - 1_999, FRAMES + 4_001, dtype=np.float32))


STEPS = st.one_of(
    st.tuples(st.just("take"), st.integers(1, 700)),
    st.tuples(st.just("order"), st.integers(0, 1)),
    st.tuples(st.just("gain"), st.integers(0, 4)),
)


@given(st.lists(STEPS, min_size=1, max_size=60))
def test_whatever_is_wished_nothing_clicks_and_each_frame_comes_once(steps: list[tuple[str, int]]) -> None:
    bench = a_bench(LEAD)
    bench.take(1)
    for what, value in steps:
        match what:
            case "take":
                bench.write(value)
                bench.take(value)
            case "order":
                bench.order(play=bool(value))
            case "gain":
                bench.ring.gain = value / 4
    numbers = bench.numbers()
    assert numbers == sorted(set(numbers))
    assert bench.ring.taken <= bench.ring.written
    assert bench.ring.starved == 0
    assert np.abs(np.diff(bench.level()[2:])).max(initial=0.0) <= STEP


def test_the_number_of_a_ring_has_one_place() -> None:
    memory = mapped(new_memory())
    one, two = Ring(memory, 0), Ring(memory, 1)
    one.written, two.written, one.gain = 7, 9, 0.5
    assert (one.written, two.written, one.gain, one.taken) == (7, 9, 0.5, 0)
    one.clear()
    assert (one.written, two.written, one.gain) == (0, 9, 1.0)


def test_a_float_gain_is_kept_exactly() -> None:
    ring = Ring(mapped(new_memory()), 1)
    ring.gain = 0.3
    assert ring.gain == pytest.approx(0.3, abs=0)
