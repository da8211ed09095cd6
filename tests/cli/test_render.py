"""``segue render``: the engine into a file."""

import os
import wave
from pathlib import Path

import mutagen
import numpy as np
import pytest

from app.cli.main import main
from app.domain.errors import PlaybackFailed
from app.playback.render import render_tracks
from tests.playback.sounds import RATE, a_track, music, write
from tests.playback.test_resume import breaks_off


def samples(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)


def test_two_halves_of_a_sound_become_the_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = music(1.5)
    write(tmp_path / "1.flac", whole[:30_001])
    write(tmp_path / "2.flac", whole[30_001:])
    out = tmp_path / "out.wav"
    files = [str(tmp_path / "1.flac"), str(tmp_path / "2.flac")]
    assert main(["render", *files, "--out", str(out), "--int16"]) == 0
    assert np.array_equal(samples(out), np.rint(whole * 32_768).astype(np.int16))
    assert "1.5 s of sound" in capsys.readouterr().out


def test_the_files_gain_the_preamp_and_the_equaliser_are_heard(tmp_path: Path) -> None:
    write(tmp_path / "1.flac", 0.25 * music(1.0))
    audio = mutagen.File(str(tmp_path / "1.flac"))
    audio["replaygain_track_gain"] = "-3.00 dB"
    audio.save()

    def level(*options: str) -> float:
        out = tmp_path / "out.wav"
        assert main(["render", str(tmp_path / "1.flac"), "--out", str(out), "--int16", *options]) == 0
        return float(np.sqrt(np.mean(samples(out).astype(float) ** 2)))

    plain = level()
    assert level("--gain", "track") / plain == pytest.approx(10 ** (-3 / 20), rel=0.02)
    assert level("--gain", "track", "--preamp", "6") / plain == pytest.approx(10 ** (3 / 20), rel=0.02)
    assert level("--equaliser", "More bass") > 1.1 * plain


def test_what_is_no_music_is_told_and_nothing_at_all_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, out = write(tmp_path / "1.flac", music(0.5)), tmp_path / "bad.mp3", tmp_path / "out.wav"
    bad.write_bytes(b"no music at all" * 100)
    os.mkfifo(tmp_path / "pipe.mp3")
    assert main(["render", str(bad), str(tmp_path / "pipe.mp3"), str(good), "--out", str(out), "--int16"]) == 0
    assert len(samples(out)) == RATE // 2
    assert "bad.mp3" in capsys.readouterr().err
    assert main(["render", str(bad), "--out", str(out)]) == 1
    assert main(["render", str(good), "--out", str(good)]) == 2
    assert main(["render", str(good), "--out", str(tmp_path / "no/such/folder.wav")]) == 1


def test_a_file_that_breaks_on_the_way_is_told_and_what_was_rendered_of_it_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.wav"
    breaks = breaks_off(write(tmp_path / "a.wv", music(4.0)))
    assert main(["render", str(breaks), "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "was not played" in said.err
    assert "None of these" not in said.err
    assert "1.0 s of sound" in said.out


def test_why_the_only_file_could_not_be_played_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = tmp_path / "a.wav"
    with wave.open(str(nothing), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
    assert main(["render", str(nothing), "--out", str(tmp_path / "out.wav")]) == 1
    assert "There is no sound in this file. None of these files could be played." in capsys.readouterr().err


def test_more_files_than_are_tried_that_cannot_be_opened_are_an_error(tmp_path: Path) -> None:
    tracks = [a_track(number, tmp_path / "gone.flac") for number in range(30)]
    with pytest.raises(PlaybackFailed, match="None of these files could be played"):
        render_tracks(tracks, tmp_path / "out.wav")


def test_crossfade_and_speed_change_the_length(tmp_path: Path) -> None:
    files = [str(write(tmp_path / f"{n}.flac", music(4.0, seed=n))) for n in (1, 2)]
    out = tmp_path / "out.wav"

    def length(*options: str) -> int:
        assert main(["render", *files, "--out", str(out), "--int16", *options]) == 0
        return len(samples(out))

    assert length() == 8 * RATE
    assert length("--crossfade", "1.25") == 8 * RATE - round(1.25 * RATE)
    assert length("--speed", "2") == pytest.approx(4 * RATE, abs=0.05 * RATE)
    assert length("--speed", "0.5", "--crossfade", "1") == pytest.approx(14 * RATE, abs=0.05 * RATE)
    for option, value in [("crossfade", "12.5"), ("crossfade", "-1"), ("speed", "2.01"), ("speed", "nan")]:
        assert main(["render", *files, "--out", str(out), f"--{option}", value]) == 2
