"""The real window steered from outside: words of the command line, ``playerctl``, files that are no files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.real_window import Place, a_place, until
from tests.helpers.music import a_music_folder

pytestmark = pytest.mark.slow

VERBS = ("--play-pause", "--play", "--pause", "--stop", "--next", "--previous")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    for program in ("Xvfb", "dbus-daemon", "pulseaudio", "playerctl"):
        assert shutil.which(program), f"this proof needs {program}"
    with a_place(tmp_path_factory.mktemp("p")) as place:
        yield place


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = a_music_folder(tmp_path_factory.mktemp("m"), artists=1, albums=1, tracks=3, seconds=60)
    return sorted(folder.rglob("*.flac"))


@pytest.fixture(scope="module")
def window(place: Place, music: list[Path]) -> Iterator[Place]:
    assert place.segue("scan", music[0].parent).returncode == 0  # so that no welcome stands in the way of keys
    with place.window(*music):
        until(lambda: said(place, "status") == "Playing", 30)
        yield place


def said(place: Place, *words: str) -> str:
    """What ``playerctl`` says of Segue; empty where it finds none."""
    return place.run("sh", "-c", 'playerctl -p segue "$@" 2>/dev/null || true', "sh", *words)


def title(place: Place) -> str:
    return said(place, "metadata", "title")


def until_said(place: Place, wanted: str, *words: str) -> None:
    until(lambda: said(place, *words) == wanted, 10)


def test_where_no_window_is_a_verb_says_so(place: Place) -> None:
    for verb in VERBS:
        done = place.segue(verb)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", "segue: Segue is not running.\n")
    assert not (place.home / "data").exists()


def test_the_help_names_what_a_window_can_be_asked(place: Place) -> None:
    helped = place.segue("--help").stdout
    assert all(f"  {verb} " in helped for verb in VERBS)
    assert "FILE" in helped


def test_the_words_of_the_command_line_reach_the_window(window: Place, music: list[Path]) -> None:
    def steer(verb: str) -> None:
        done = window.segue(verb)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    until(lambda: title(window) == "Song 111", 10)
    for verb, status in (
        ("--pause", "Paused"),
        ("--play", "Playing"),
        ("--play-pause", "Paused"),
        ("--play-pause", "Playing"),
        ("--stop", "Stopped"),
        ("--play", "Playing"),
    ):
        steer(verb)
        until_said(window, status, "status")
    steer("--next")
    until_said(window, "Song 112", "metadata", "title")
    steer("--previous")
    until_said(window, "Song 111", "metadata", "title")
    assert window.segue(music[2]).returncode == 0
    until_said(window, "Song 113", "metadata", "title")
    assert window.segue("--next", "--stop").returncode == 2
    gone = window.segue(music[0].parent / "gone.flac")
    assert (gone.returncode, "gone.flac" in gone.stderr) == (2, True)


def test_playerctl_steers_everything_it_knows(window: Place, music: list[Path]) -> None:
    window.segue(*music)
    until_said(window, "Song 111", "metadata", "title")
    said(window, "pause")
    until_said(window, "Paused", "status")
    said(window, "play-pause")
    until_said(window, "Playing", "status")
    said(window, "next")
    until_said(window, "Song 112", "metadata", "title")
    said(window, "previous")
    until_said(window, "Song 111", "metadata", "title")
    said(window, "pause")
    said(window, "position", "30")
    until(lambda: float(said(window, "position")) == pytest.approx(30, abs=0.1), 10)
    said(window, "position", "10-")
    until(lambda: float(said(window, "position")) == pytest.approx(20, abs=0.1), 10)
    said(window, "volume", "0.35")
    until(lambda: float(said(window, "volume")) == pytest.approx(0.35), 10)
    for loop in ("Track", "Playlist", "None"):
        said(window, "loop", loop)
        until_said(window, loop, "loop")
    for shuffle in ("On", "Off"):
        said(window, "shuffle", shuffle)
        until_said(window, shuffle, "shuffle")
    line = said(window, "metadata", "--format", "{{artist}}|{{album}}|{{duration(mpris:length)}}|{{xesam:trackNumber}}")
    assert line == "Artist 1|Album 11|1:00|1"
    said(window, "open", music[1].as_uri())
    until_said(window, "Song 112", "metadata", "title")
    said(window, "stop")
    until_said(window, "Stopped", "status")


def test_the_keys_of_a_keyboard_steer_the_window_that_has_the_focus(window: Place, music: list[Path]) -> None:
    window.segue(*music)
    until_said(window, "Song 111", "metadata", "title")
    (shown, *_) = window.run("xdotool", "search", "--onlyvisible", "--name", "Segue$").split()
    window.run("xdotool", "windowfocus", "--sync", shown)
    for key, status in (("Play", "Paused"), ("Play", "Playing"), ("Pause", "Paused"), ("Stop", "Stopped")):
        window.run("xdotool", "key", f"XF86Audio{key}")
        until_said(window, status, "status")
    said(window, "play")
    window.run("xdotool", "key", "XF86AudioNext")
    until_said(window, "Song 112", "metadata", "title")
    window.run("xdotool", "key", "XF86AudioPrev")
    until_said(window, "Song 111", "metadata", "title")


def test_files_dragged_out_of_another_program_are_queued_or_played_by_where_they_fall(
    window: Place, music: list[Path]
) -> None:
    window.segue(music[0])
    until_said(window, "Song 111", "metadata", "title")
    (shown, *_) = window.run("xdotool", "search", "--onlyvisible", "--name", "Segue$").split()
    window.run("xdotool", "windowfocus", "--sync", shown, "key", "ctrl+u")
    said(window, "pause")
    x, y, width, height = geometry(window, shown)
    with window.program("tests.desktop.drag_source", "1200", str(music[2])) as source:
        window.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "drag source")
        drag(window, x + width - 150, y + height // 2)
        assert source.stdout is not None
        assert source.stdout.readline() == b"CopyAction\n"
        assert said(window, "status") == "Paused"
        drag(window, x + width // 2, y + height // 2)
        assert source.stdout.readline() == b"CopyAction\n"
        until_said(window, "Song 113", "metadata", "title")
        until_said(window, "Playing", "status")
    said(window, "next")


def geometry(place: Place, window: str) -> tuple[int, int, int, int]:
    told = dict(line.split("=") for line in place.run("xdotool", "getwindowgeometry", "--shell", window).splitlines())
    return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])


def drag(place: Place, x: int, y: int) -> None:
    """From the source's window to a place of the screen, as a hand does it: in steps."""
    place.run("xdotool", "mousemove", "1230", "30", "mousedown", "1", "mousemove", "1220", "40")
    for step in range(1, 11):
        place.run("xdotool", "mousemove", str(1220 + (x - 1220) * step // 10), str(40 + (y - 40) * step // 10))
    place.run("xdotool", "mouseup", "1")


def test_what_is_no_file_of_this_machine_changes_nothing(window: Place, music: list[Path]) -> None:
    window.segue(music[0])
    until_said(window, "Song 111", "metadata", "title")
    for uri in (
        "http://127.0.0.1:9/a.mp3",
        "file://host/share/a.mp3",
        "file:////host/share/a.mp3",
        "file:///%2e%2e/%2e%2e/etc/passwd",
        "file:///etc/passwd%00.flac",
        "file:///%FF%FE.flac",
        "file:" + "a" * 100_000,
        "../../../etc/passwd",
        "smb://host/a.mp3",
        "javascript:alert(1)",
        "",
    ):
        said(window, "open", uri)
    assert (title(window), said(window, "status")) == ("Song 111", "Playing")
