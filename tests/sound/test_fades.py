"""Nothing that the listener does is heard as a click, and a pause is heard at once: recorded from a sound server."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.playback.fader import FADE_S
from tests.playback.sounds import RATE, Sound, music, write
from tests.sound.heard import TONE_STEP, biggest_jump, stretches, tone
from tests.sound.pulse import a_recorder, a_server, recorded

pytestmark = pytest.mark.slow

FADE = int(RATE * FADE_S)


def acted(folder: Path, file: Path, *acts: list[Any]) -> tuple[Sound, dict[str, Any]]:
    """The recording, and what the session says."""
    out = folder / "heard.raw"
    with a_server(folder, RATE) as environment, a_recorder(environment, out, RATE):
        done = subprocess.run(
            [sys.executable, "-m", "tests.sound.act_aloud", str(out), str(file), str(file), "--", json.dumps(acts)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=90,
            check=True,
        )
    said: dict[str, Any] = json.loads(done.stdout)
    return recorded(out), said


def test_no_act_of_the_listener_makes_the_sound_jump(tmp_path: Path) -> None:
    heard, said = acted(
        tmp_path,
        write(tmp_path / "tone.flac", tone(20.0)),
        [1.0, "pause"],
        [1.5, "play"],
        [2.5, "seek", 9_003],
        [3.2, "set_volume", 40],
        [3.6, "set_muted", True],
        [4.0, "set_muted", False],
        [4.4, "set_volume", 100],
        [4.9, "next"],
        [5.9, "pause"],
        [6.2, "set_volume", 70],
        [6.4, "seek", 3_001],
        [6.8, "play"],
        [7.5, "previous"],
        [8.2, "stop"],
        [8.8, "end"],
    )
    assert said["troubles"] == []
    assert biggest_jump(heard) <= TONE_STEP + 1.5 / FADE
    assert len(stretches(heard)) >= 4, "before and after two pauses and a mute"


def test_what_is_paused_goes_on_with_the_very_next_sample_and_counts_to_the_millisecond(tmp_path: Path) -> None:
    sound = music(6.0)
    heard, said = acted(
        tmp_path, write(tmp_path / "music.flac", sound), [1.5, "pause"], [2.2, "play"], [3.5, "stop"], [4.0, "end"]
    )
    quiet = np.flatnonzero(~heard.any(axis=1))
    runs = np.split(quiet, np.flatnonzero(np.diff(quiet) > 1) + 1)
    pause = next(run for run in runs if len(run) > RATE // 10 and run[0] > quiet[0] and heard[: run[0]].any())
    start, gone, back = int(np.argmax(heard.any(axis=1))), int(pause[0]), int(pause[-1]) + 1
    first = gone - start
    assert np.array_equal(heard[start : gone - FADE], sound[: first - FADE]), "bit for bit until the fade"
    after = sound[first + FADE + 1 : first + FADE + 20_000]
    places = [shift for shift in range(-2, 3) if np.array_equal(heard[back + FADE + shift :][: len(after)], after)]
    assert len(places) == 1, "behind the fades the music goes on as if nothing had been"
    end = int(np.flatnonzero(heard.any(axis=1))[-1]) + 1
    [[_, ended, played_ms]] = said["plays"]
    assert ended == "replaced"
    assert played_ms == pytest.approx((first + end - back) * 1000 / RATE, abs=1)
