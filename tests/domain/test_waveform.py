"""Waveforms: bars over a track's time, and what is kept of them on the disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.waveform import MOST_BYTES, MOST_LEVELS, Waveform, pack, unpack, waveform_of

LEVELS = st.binary(min_size=1, max_size=MOST_LEVELS)


def test_levels_are_the_roots_of_loudness_and_bars_are_the_loudness_itself() -> None:
    made = waveform_of([1.0, 0.25**2, 0.0, 7.0], 400)
    assert list(made.levels) == [255, 128, 0, 255]
    assert made.heights(4, 400) == pytest.approx([1, 0.252, 0, 1], abs=0.001)


def test_bars_are_the_means_of_what_they_cover() -> None:
    made = Waveform(400, bytes([255, 0, 0, 0]))
    assert made.heights(2, 400) == [1.0, 0.0]
    assert Waveform(400, bytes([255, 255, 255, 0])).heights(2, 400) == [1.0, 0.5]


def test_a_track_that_breaks_off_has_no_bars_behind_its_end() -> None:
    assert Waveform(100, bytes([255, 255])).heights(4, 200) == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("count", [7, 99, 100, 101, 396, 1000])
def test_every_bar_of_a_loud_track_is_high(count: int) -> None:
    assert Waveform(200_003, bytes([255] * 100)).heights(count, 200_000) == [1.0] * count


def test_silence_has_flat_bars() -> None:
    assert Waveform(100, bytes(10)).heights(3, 100) == [0.0, 0.0, 0.0]


@given(LEVELS, st.integers(1, 2**32 - 1), st.integers(0, 500), st.integers(0, 2**40))
def test_bars_are_as_many_as_asked_for_and_between_nothing_and_one(
    levels: bytes, length_ms: int, count: int, whole_ms: int
) -> None:
    bars = Waveform(length_ms, levels).heights(count, whole_ms)
    assert len(bars) == count
    assert all(0 <= bar <= 1 for bar in bars)


@given(LEVELS, st.integers(1, 2**32 - 1))
def test_what_is_kept_comes_back(levels: bytes, length_ms: int) -> None:
    made = Waveform(length_ms, levels)
    assert unpack(pack(made)) == made
    assert len(pack(made)) <= MOST_BYTES


@given(st.binary(max_size=200))
def test_other_bytes_are_no_waveform(data: bytes) -> None:
    assert unpack(data) is None


@given(LEVELS, st.integers(0, 2_100), st.integers(1, 255))
def test_one_wrong_byte_is_noticed(levels: bytes, at: int, other: int) -> None:
    data = bytearray(pack(Waveform(1_000, levels)))
    data[at % len(data)] ^= other
    assert unpack(bytes(data)) is None
    assert unpack(pack(Waveform(1_000, levels))[:-1]) is None
    assert unpack(pack(Waveform(1_000, levels)) + bytes(MOST_BYTES)) is None
