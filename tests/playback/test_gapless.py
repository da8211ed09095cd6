"""Borders: an album cut into files comes out as the whole, sample for sample."""

import wave
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import PlaybackFailed
from app.playback.render import render
from app.playback.sound import Block, Resampler, joined
from tests.playback.sounds import FORMATS, RATE, Sound, music, write

CUTS = [33_333, 77_777, 77_778, 120_001]


def rendered(files: list[Path], folder: Path, rate: int = RATE) -> Sound:
    out = folder / "out.wav"
    assert render([bytes(path) for path in files], out, rate) == []
    return np.frombuffer(out.read_bytes()[58:], dtype="<f4").reshape(-1, 2)


def pieces(sound: Sound, folder: Path, kind: str, cuts: list[int] = CUTS) -> list[Path]:
    parts = np.split(sound, cuts)
    return [write(folder / f"{number}.{kind}", part) for number, part in enumerate(parts)]


@pytest.mark.parametrize("kind", ["wav", "flac", "alac.m4a", "wv"])
def test_an_album_cut_at_odd_samples_is_the_whole_again(tmp_path: Path, kind: str) -> None:
    sound = music(4.1)
    assert np.array_equal(rendered(pieces(sound, tmp_path, kind), tmp_path), sound)


def test_an_album_at_another_rate_is_resampled_as_one_stream(tmp_path: Path) -> None:
    sound = music(4.1)
    whole = rendered([write(tmp_path / "whole.wav", sound)], tmp_path, 48_000)
    assert len(whole) == -(-len(sound) * 48_000 // RATE)
    assert np.array_equal(rendered(pieces(sound, tmp_path, "flac"), tmp_path, 48_000), whole)


@pytest.mark.parametrize(("kind", "most"), [("opus", 0), ("mp3", 0), ("m4a", 44)])
def test_lossy_pieces_lose_and_add_nothing(tmp_path: Path, kind: str, most: int) -> None:
    rate = FORMATS[kind][2]
    sound = music(4.1, rate)
    cuts = [33_333, 77_777, 120_001]
    found = rendered(pieces(sound, tmp_path, kind, cuts), tmp_path, rate)
    assert abs(len(found) - len(sound)) <= most * (len(cuts) + 1)


def test_different_formats_and_rates_follow_each_other_exactly(tmp_path: Path) -> None:
    first, second, third = music(1.0)[:-3], music(1.0, 96_000)[:-5], music(1.0)[:-11]
    files = [
        write(tmp_path / "1.flac", first),
        write(tmp_path / "2.wav", second, rate=96_000),
        write(tmp_path / "3.wv", third),
    ]
    found = rendered(files, tmp_path)
    middle = -(-len(second) * RATE // 96_000)
    assert len(found) == len(first) + middle + len(third)
    assert np.array_equal(found[: len(first)], first)
    assert np.array_equal(found[-len(third) :], third)


@pytest.mark.parametrize("rates", [(44_100, 48_000), (48_000, 44_100), (96_000, 44_100), (8_000, 48_000)])
def test_a_tone_survives_the_resampler(rates: tuple[int, int]) -> None:
    source_rate, rate = rates
    count = source_rate + 13
    tone = (0.5 * np.sin(2 * np.pi * 997 * np.arange(count) / source_rate)).astype(np.float32)
    resampler = Resampler(source_rate, rate)
    stereo = np.stack([tone, tone], 1)
    blocks: list[Block] = [resampler.push(stereo[at : at + 1000]) for at in range(0, count, 1000)]
    found = joined([*blocks, resampler.flush()])
    assert len(found) == resampler.frames_for(count)
    wanted = 0.5 * np.sin(2 * np.pi * 997 * np.arange(len(found)) / rate)
    assert np.abs(found[:, 0] - wanted)[1000:-1000].max() < 1e-5


def test_sixteen_bits_go_through_unchanged(tmp_path: Path) -> None:
    sound = music(0.5)
    out = tmp_path / "out.wav"
    render([bytes(write(tmp_path / "a.flac", sound))], out, sample="int16")
    with wave.open(str(out)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 2, 2)
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, 2)
    assert np.array_equal(frames / np.float32(32_768), sound)


def test_a_file_that_cannot_be_played_is_left_out_with_one_sentence(tmp_path: Path) -> None:
    sound = music(0.5)
    good = bytes(write(tmp_path / "a.flac", sound))
    assert render([good, b"/gone.mp3", good], tmp_path / "out.wav") == [
        "“gone.mp3” was not played. The file is not there any more."
    ]
    found = np.frombuffer((tmp_path / "out.wav").read_bytes()[58:], dtype="<f4").reshape(-1, 2)
    assert np.array_equal(found, np.concatenate([sound, sound]))
    with pytest.raises(PlaybackFailed):
        render([b"/gone.mp3"], tmp_path / "out.wav")
