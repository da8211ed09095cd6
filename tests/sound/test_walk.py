"""The comparison that counts drop-outs, held against holes that were made on purpose."""

from pathlib import Path

import numpy as np

from tests.playback.sounds import RATE, music
from tests.sound.walk import Break, frames_of, walk

SOUND = music(4.0)
BEFORE, AFTER = np.zeros((12_345, 2), np.float32), np.zeros((500, 2), np.float32)


def heard_as(*parts: np.ndarray) -> np.ndarray:
    return np.concatenate([BEFORE, *parts, AFTER])


def test_a_whole_recording_has_no_break() -> None:
    found = walk(SOUND, heard_as(SOUND), RATE)
    assert (found.compared, found.breaks) == (len(SOUND), [])


def test_silence_in_the_middle_is_a_drop_out_of_its_length() -> None:
    found = walk(SOUND, heard_as(SOUND[:70_000], np.zeros((441, 2), np.float32), SOUND[70_000:]), RATE)
    assert found.breaks == [Break("silence", 70_000, 441)]
    assert found.compared == len(SOUND)


def test_frames_that_are_missing_are_counted() -> None:
    found = walk(SOUND, heard_as(SOUND[:70_000], SOUND[70_123:]), RATE)
    assert found.breaks == [Break("lost", 70_000, 123)]


def test_frames_that_come_twice_are_counted() -> None:
    found = walk(SOUND, heard_as(SOUND[:70_000], SOUND[69_000:]), RATE)
    assert found.breaks == [Break("added", 70_000, 1_000)]


def test_silence_in_the_place_of_music_is_a_drop_out_too() -> None:
    changed = SOUND.copy()
    changed[70_000:70_441] = 0
    assert walk(SOUND, heard_as(changed), RATE).breaks == [Break("silence", 70_000, 441)]


def test_one_wrong_sample_is_seen() -> None:
    changed = SOUND.copy()
    changed[100_000, 1] += 1e-6
    found = walk(SOUND, heard_as(changed), RATE)
    assert found.count("changed", "silence", "lost", "added") == 1
    assert found.compared >= len(SOUND) - 1


def test_a_recording_that_ends_early_lost_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "heard.raw"
    path.write_bytes(np.concatenate([BEFORE, SOUND[:100_000]]).astype("<f4").tobytes())
    found = walk(SOUND, frames_of(path), RATE)
    assert found.breaks == [Break("lost", 100_000, len(SOUND) - 100_000)]
