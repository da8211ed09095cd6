"""What is heard is what is in the file: recorded from a sound server and compared with the source."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from tests.playback.sounds import RATE, Sound, music, write
from tests.sound.pipewire import a_pipewire
from tests.sound.pulse import Comparison, a_recorder, a_server, compare, recorded

pytestmark = pytest.mark.slow

CUTS = [66_613, 141_001, 200_003]


Server = Callable[[Path, int], AbstractContextManager[dict[str, str]]]


def played_aloud(
    files: list[Path], folder: Path, rate: int, server: Server = a_server
) -> tuple[Sound, dict[str, object]]:
    """Plays the files through the service and a device; gives the recording and what the player said."""
    out = folder / "heard.raw"
    with server(folder, rate) as environment, a_recorder(environment, out, rate):
        done = subprocess.run(
            [sys.executable, "-m", "tests.sound.play_aloud", *map(str, files)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    said: dict[str, object] = json.loads(done.stdout)
    return recorded(out), said


def report(name: str, found: Comparison) -> None:
    print(
        f"{name}: correlation {found.correlation:.6f}, level {found.level:.5f}, drop-outs {found.silences}, "
        f"samples lost or added at borders {np.ptp(found.drift)}, bit-exact {found.exact}"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for a sound server, where there is one on this machine."""
    assert shutil.which("pulseaudio"), "this proof needs pulseaudio and pulseaudio-utils"
    assert shutil.which("parec"), "this proof needs pulseaudio and pulseaudio-utils"
    return tmp_path


@pytest.mark.parametrize("server", [a_server, a_pipewire])
def test_an_album_is_heard_as_one_piece(folder: Path, server: Server) -> None:
    sound = music(6.0)
    files = [write(folder / f"{n}.flac", part) for n, part in enumerate(np.split(sound, CUTS))]
    heard, said = played_aloud(files, folder, RATE, server)
    found = compare(sound, heard, RATE)
    report(f"flac album, 44.1 kHz, {server.__name__}", found)
    assert found.correlation > 0.999
    assert found.level == pytest.approx(1, abs=0.001)
    assert found.silences == 0
    assert set(found.drift) == {0}
    plays = said["plays"]
    assert isinstance(plays, list)
    assert [play["ended_by"] for play in plays] == ["finished"] * 4
    assert sum(play["played_ms"] for play in plays) == pytest.approx(6000, abs=2)


def test_an_album_at_another_rate_than_the_device_has_no_gaps_either(folder: Path) -> None:
    from app.playback.sound import Resampler, joined

    sound = music(6.0)
    files = [write(folder / f"{n}.flac", part) for n, part in enumerate(np.split(sound, CUTS))]
    heard, _ = played_aloud(files, folder, 48_000)
    resampler = Resampler(RATE, 48_000)
    found = compare(joined([resampler.push(sound), resampler.flush()]), heard, 48_000)
    report("flac album, 44.1 to 48 kHz", found)
    assert found.correlation > 0.999
    assert found.silences == 0
    assert set(found.drift) == {0}
