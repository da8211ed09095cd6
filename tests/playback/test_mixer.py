"""The mixer by itself: how far it reads ahead, and how the parts it makes of the stream join."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.queue import QueueEntry
from app.playback.mixer import Mixer, Prepared
from app.playback.sound import Block, joined
from tests.playback.sounds import RATE, FakeSource, fake_tracks
from tests.playback.test_crossfade_plays import Liar
from tests.playback.test_player import HAND, TEN_S


class Counted(FakeSource):
    """Knows how far it was read."""

    read_to = 0

    def read(self) -> Block | None:
        block = super().read()
        self.read_to += 0 if block is None else len(block)
        return block


def entry(number: int, spec: str) -> QueueEntry:
    return QueueEntry(number, fake_tracks(*[spec] * number)[-1], HAND)


@pytest.mark.parametrize("seconds", [0.0, 1.0, 12.0])
def test_the_mixer_reads_ahead_by_no_more_than_a_fade(seconds: float) -> None:
    mixer, source = Mixer(RATE, lambda steps: None), Counted(f"{300 * RATE}:{RATE}".encode())
    mixer.fade_frames = round(seconds * RATE)
    mixer.start(entry(1, TEN_S), HAND, source)
    given = 0
    while given < 60 * RATE:
        block = mixer.read()
        assert block is not None
        given += len(block)
        assert source.read_to - given <= mixer.fade_frames
        if given == len(block):
            assert source.read_to <= 1000, "the first sound does not wait"
    assert source.read_to - given == pytest.approx(mixer.fade_frames, abs=1000)


def test_off_gives_the_source_s_own_blocks() -> None:
    mixer, source = Mixer(RATE, lambda steps: None), FakeSource(f"5000:{RATE}".encode())
    blocks = [source.read() for _ in range(5)]
    source.seek(0)
    source.read = iter([*blocks, None]).__next__  # type: ignore[method-assign]
    mixer.start(entry(1, TEN_S), HAND, source)
    for block in blocks:
        assert np.shares_memory(mixer.read(), block)


@given(
    st.lists(st.tuples(st.integers(1, 9_000), st.sampled_from([4_000, 8_000, 6_000]), st.booleans()), max_size=8),
    st.integers(0, 6_000),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_lengths_segments_join_and_the_sound_is_as_long_as_they_are(
    specs: list[tuple[int, int, bool]], fade: int
) -> None:
    entries = [entry(n, f"{frames}:{rate}") for n, (frames, rate, _) in enumerate(specs, 1)]
    lies = [lie for *_, lie in specs]

    def prepared(steps: int) -> Prepared | None:
        if steps >= len(entries):
            return None
        source = (Liar if lies[steps] else FakeSource)(entries[steps].track.path)
        return Prepared(entries[steps], HAND, source)

    mixer = Mixer(8_000, prepared)
    mixer.fade_frames = fade
    if not entries:
        return
    mixer.start(entries[0], HAND, FakeSource(entries[0].track.path))
    blocks = []
    while (block := mixer.read()) is not None:
        blocks.append(block)
    found, segments = joined(blocks), list(mixer.segments)
    assert [one.entry for one in segments] == entries
    assert segments[0].start == 0
    assert segments[-1].end == len(found)
    for before, after in pairwise(segments):
        assert before.end == after.start
        assert before.start <= after.start
    assert all(one.offset >= 0 for one in segments)
    assert len(found) <= sum(-(-frames * 8_000 // rate) for frames, rate, _ in specs)
    assert np.abs(found).max() < 0.25 * 2.5
