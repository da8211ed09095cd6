"""An upgrade under the companion's open window while a real player plays: a button restarts it, the play stays one."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.config.paths import default_paths
from app.domain.play import EndedBy
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.desktop.players import an_ear, mpv, wait_for
from tests.desktop.real_window import Place, a_place
from tests.helpers.music import tag
from tests.library.sounds import put
from tests.package.test_upgraded import BUILT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_BUTTON = (-90, -76)
"""From the window's lower right corner; its neighbours are a sentence and a cross."""


@pytest.fixture
def place(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The program that a package holds, in a folder of its own."""
    assert package.exists()
    folder = tmp_path_factory.mktemp("r")
    shutil.copytree(BUILT / "program" / "segue", folder / "segue", symlinks=True)
    (folder / "person").mkdir()
    with a_place(folder) as place:
        around = place.environment | {"HOME": str(folder / "person")}
        yield replace(place, environment=around, program_words=(str(folder / "segue" / "segue"),))


def upgraded(program: Path) -> None:
    """Another one takes its place, as dpkg does it."""
    newer = program.with_name("segue.dpkg-new")
    shutil.copy(program, newer)
    os.utime(newer, (1, 1))
    newer.replace(program)


def window_of(place: Place) -> dict[str, int]:
    """Where the companion's window is; empty while there is none."""
    search = "xdotool search --onlyvisible --name 'Segue Companion' | head -1"
    told = place.run("sh", "-c", f'w=$({search}); [ -z "$w" ] || xdotool getwindowgeometry --shell "$w"')
    return {name: int(value) for name, _, value in (line.partition("=") for line in told.split())}


def press_restart(place: Place) -> None:
    window = window_of(place)
    if not window:  # it was pressed
        return
    x, y = (window[size] + by for size, by in zip(("WIDTH", "HEIGHT"), _BUTTON, strict=True))
    place.run("xdotool", "mousemove", "--window", str(window["WINDOW"]), str(x), str(y), "click", "1")


def started_again(program: Path) -> list[psutil.Process]:
    return [each for each in psutil.process_iter(["exe"]) if each.info["exe"] == str(program)]


def test_the_button_restarts_it_and_what_plays_is_one_play(place: Place, tmp_path: Path) -> None:
    program = Path(place.program_words[0])
    for title, seconds in (("One", 40.0), ("Two", 40.0)):
        tag(put(tmp_path / "music" / f"{title}.flac", seconds=seconds), title=title, artist="Ida")
    assert place.segue("scan", tmp_path / "music").returncode == 0
    companion = subprocess.Popen([program, "companion"], env=place.environment)
    try:
        wait_for(lambda: window_of(place))
        with an_ear(place), mpv(place, sorted((tmp_path / "music").iterdir())) as player:
            wait_for(lambda: player.title == "One" and player.playing)
            upgraded(program)
            wait_for(lambda: place.home.joinpath("state/companion.log").read_text().count("There is another Segue"))
            wait_for(lambda: press_restart(place) or companion.poll() is not None)
            assert companion.wait() == 0
            wait_for(lambda: window_of(place))
            wait_for(lambda: player.title == "Two" and player.at > 4, 60)
            time.sleep(1)
    finally:
        companion.terminate()
        for process in started_again(program):
            process.terminate()
            process.wait(30)
    database = Database(default_paths(place.home).database)
    plays = PlayStore(database).after(0)
    database.close()
    assert [(play.client, play.title) for play in plays] == [("mpv", "One"), ("mpv", "Two")]
    assert plays[0].ended_by is EndedBy.FINISHED
    assert abs(plays[0].played_ms - 40_000) < 1_000
