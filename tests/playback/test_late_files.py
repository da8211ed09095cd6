"""Files whose drive is slow: whatever comes late, the same is mixed, and what the listener asks for does not wait."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import LeftAlone, UnreadableFile
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.track import Track
from app.playback.block import Block, joined, silence
from app.playback.decoder import Source
from app.playback.events import Event, PlayEnded, Trouble
from app.playback.mixer import Mixer, Prepared
from app.playback.output import ClockOutput
from app.playback.player import Player
from tests.playback.sounds import RATE, FakeSource, Time, fake_tracks
from tests.playback.test_player import HAND

SPECS = st.lists(
    st.tuples(st.integers(1, 9_000), st.sampled_from(["8000", "6000"]), st.sampled_from(["", "", ":breaks", "gone"])),
    min_size=1,
    max_size=6,
)


class Noise(FakeSource):
    """Every frame of it is another."""

    def read(self) -> Block | None:
        begun = self._at
        block = super().read()
        if block is None:
            return None
        place = np.arange(begun, self._at, dtype=np.float32)[:, None]
        return np.asarray(np.sin(place * place + self.rate) * 0.3, dtype=np.float32) + block * 0


class Late(Noise):
    """Now and then it has nothing yet."""

    def __init__(self, path: bytes, rng: random.Random) -> None:
        super().__init__(path)
        self._rng = rng

    def read(self) -> Block | None:
        return silence(0) if self._rng.random() < 0.5 else super().read()


def mixed(specs: list[tuple[int, str, str]], fade: int, rng: random.Random | None) -> tuple[Block, list[object]]:
    """What comes out, and what the segments are; with ``rng``, files open and give late."""
    made = fake_tracks(*("gone" if fault == "gone" else f"{n}:{rate}{fault}" for n, rate, fault in specs))
    entries = [QueueEntry(number, track, HAND) for number, track in enumerate(made)]

    def following(steps: int) -> Prepared | None:
        if steps >= len(entries):
            return None
        if rng is not None and rng.random() < 0.5:
            return Prepared(entries[steps], HAND, None)
        try:
            path = entries[steps].track.path
            return Prepared(entries[steps], HAND, Noise(path) if rng is None else Late(path, rng))
        except UnreadableFile as error:
            return Prepared(entries[steps], HAND, None, str(error))

    mixer, first = Mixer(8_000, following), b"5000:8000"
    mixer.fade_frames = fade
    mixer.start(entries[0], HAND, Noise(first) if rng is None else Late(first, rng))
    blocks = []
    while (block := mixer.read()) is not None:
        assert len(block) or rng is None or mixer.waits or mixer.fade_frames or len(blocks) < 10_000
        blocks.append(block)
    return joined(blocks), [(one.entry.entry_id, one.start, one.end, one.offset, one.error) for one in mixer.segments]


@given(SPECS, st.sampled_from([0, 500, 4_000]), st.integers(0, 1 << 30))
@settings(max_examples=150, deadline=None)
def test_what_comes_late_is_mixed_as_if_it_had_been_there(
    specs: list[tuple[int, str, str]], fade: int, seed: int
) -> None:
    sound, segments = mixed(specs, fade, None)
    late, late_segments = mixed(specs, fade, random.Random(seed))
    assert late_segments == segments
    assert np.array_equal(late, sound)


class SlowDrive:
    """Opens files; of those that are ``hung`` none opens until the listener wants something else."""

    def __init__(self) -> None:
        self.hung: set[int] = set()
        self.opened: list[int] = []

    def open(self, track: Track) -> Source:
        if track.id in self.hung:
            raise LeftAlone("Its drive does not answer.")
        return self._open(track)

    def ready(self, track: Track) -> Source | None:
        return None if track.id in self.hung else self._open(track)

    def close(self) -> None:
        pass

    def _open(self, track: Track) -> Source:
        self.opened.append(int(track.id))
        return FakeSource(track.path)


@pytest.fixture
def drive() -> SlowDrive:
    return SlowDrive()


class Session:
    """A player over a slow drive."""

    def __init__(self, drive: SlowDrive) -> None:
        self.time, self.events = Time(), list[Event]()
        self.player = Player(ClockOutput(RATE, self.time), self.events.append, lambda: 0, sources=drive)

    def run(self, seconds: float) -> None:
        for _ in range(int(seconds / 0.04)):
            self.player.step()
            self.time.seconds += 0.04

    @property
    def plays(self) -> list[tuple[int, str, int]]:
        ended = [event.play for event in self.events if isinstance(event, PlayEnded)]
        return [(int(play.track_id or 0), play.ended_by.value, play.played_ms) for play in ended]


def test_next_past_a_file_that_hangs_plays_the_one_behind_it_and_skips_no_other(drive: SlowDrive) -> None:
    session = Session(drive)
    tracks = fake_tracks(*[f"{2 * RATE}:{RATE}"] * 4)
    session.player.play_now(tracks, 0, HAND, "")
    session.run(0.4)
    drive.hung = {2}
    session.player.next()
    assert session.player.state is PlaybackState.STOPPED
    assert session.player.queue.current is session.player.queue.entries[1], "it is what the listener went past"
    session.player.next()
    session.run(0.4)
    assert session.player.state is PlaybackState.PLAYING
    assert session.player.queue.index == 2
    assert [play[:2] for play in session.plays] == [(1, "skipped")]
    assert not [event for event in session.events if isinstance(event, Trouble)]
    assert drive.opened == [1, 3]


def test_the_desktop_s_next_past_a_file_that_hangs_plays_on_and_a_pause_meanwhile_is_one(drive: SlowDrive) -> None:
    session = Session(drive)
    session.player.play_now(fake_tracks(*[f"{2 * RATE}:{RATE}"] * 5), 0, HAND, "")
    session.run(0.4)
    drive.hung = {2, 3}
    for _ in range(3):
        session.player.skip_on()
    session.run(0.4)
    assert (session.player.state, session.player.queue.index) == (PlaybackState.PLAYING, 3)
    session.player.skip_back()
    session.player.pause()
    session.player.skip_on()
    session.run(0.4)
    assert (session.player.state, session.player.queue.index) == (PlaybackState.STOPPED, 3)
    session.player.play()
    session.run(0.4)
    assert session.player.state is PlaybackState.PLAYING


def test_what_plays_goes_on_to_its_end_while_the_next_hangs_and_every_command_is_heard(drive: SlowDrive) -> None:
    session = Session(drive)
    drive.hung = {2}
    session.player.play_now(fake_tracks(*[f"{2 * RATE}:{RATE}"] * 3), 0, HAND, "")
    session.run(1.8)
    session.player.pause()
    session.player.play()
    session.player.set_volume(40)
    session.player.enqueue(fake_tracks(f"{RATE}:{RATE}"), HAND, "")
    session.run(5.0)
    assert session.player.position_ms >= 1_990, "but for what the limiter looks ahead"
    assert session.player.state is PlaybackState.PLAYING
    drive.hung = set()
    session.run(2.5)
    assert session.plays == [(1, "finished", 2_000), (2, "finished", 2_000)]
    assert drive.opened == [1, 2, 3], "no edit made it begin anew"


def test_another_entry_that_is_to_follow_now_takes_the_place_of_the_one_that_hangs(drive: SlowDrive) -> None:
    session = Session(drive)
    drive.hung = {2}
    tracks = fake_tracks(*[f"{RATE}:{RATE}"] * 3)
    session.player.play_now(tracks[:2], 0, HAND, "")
    session.run(0.9)
    session.player.play_next(tracks[2:], HAND, "")
    session.run(1.0)
    assert session.plays == [(1, "finished", 1_000)]
    assert session.player.queue.index == 1
    assert drive.opened == [1, 3]
