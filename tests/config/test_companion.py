"""The companion's settings, its start with the desktop, and the command that starts Segue again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.config.autostart import autostart_entry, is_on, turn_off, turn_on
from app.config.companion import MOST_IGNORED, CompanionSettings, from_values, load
from app.config.own_command import own_command
from app.config.paths import Paths, default_paths
from app.config.settings import save


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = CompanionSettings(width=420, height=700, close_to_tray=False, ignored=("vlc", "spotify"))
    save(tmp_path / "companion.json", kept)
    assert load(tmp_path / "companion.json") == (kept, "")
    assert load(tmp_path / "missing.json") == (CompanionSettings(), "")


@pytest.mark.parametrize(
    "values",
    [None, [], "x", {"width": "wide", "close_to_tray": 1, "ignored": "vlc"}, {"width": True, "ignored": [1, None, ""]}],
)
def test_settings_of_the_wrong_kind_fall_back(values: object) -> None:
    assert from_values(values) == CompanionSettings()


def test_settings_beyond_all_measure_are_bounded() -> None:
    many = [f"player {number % (2 * MOST_IGNORED)}" for number in range(5 * MOST_IGNORED)]
    found = from_values({"width": 10**9, "height": -4, "zoom_percent": 1_000, "ignored": ["x" * 10_000, *many]})
    assert (found.width, found.height, found.zoom_percent) == (16_384, 300, 200)
    assert len(found.ignored) == MOST_IGNORED
    assert found.ignored[0] == "player 0"


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "companion.json"
    path.write_text("{")
    settings, said = load(path)
    assert settings == CompanionSettings()
    assert "damaged" in said
    assert path.with_name("companion.json.damaged").exists()


def test_the_entry_is_where_desktops_look_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert autostart_entry({"XDG_CONFIG_HOME": "/somewhere"}) == Path("/somewhere/autostart/segue-companion.desktop")
    monkeypatch.setenv("HOME", str(tmp_path))
    for odd in ({}, {"XDG_CONFIG_HOME": ""}, {"XDG_CONFIG_HOME": "not/absolute"}):
        assert autostart_entry(odd) == tmp_path / ".config/autostart/segue-companion.desktop"


def test_starting_with_the_desktop_is_turned_on_and_off(tmp_path: Path) -> None:
    entry = tmp_path / "autostart" / "segue-companion.desktop"
    assert not is_on(entry)
    turn_off(entry)
    turn_on(entry, ["segue", "companion", "--hidden"], "Segue Companion", "Suggestions")
    assert is_on(entry)
    assert "Exec=segue companion --hidden\n" in entry.read_text()
    turn_off(entry)
    assert not entry.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no entry at all",
        "[Desktop Entry]\nHidden=true\n",
        "[Desktop Entry]\nX-GNOME-Autostart-enabled=false\n",
        "[Other]\nHidden=false\n",
        "\0" * 500,
        "[Desktop Entry]\nExec=%(broken\nHidden=true",
    ],
)
def test_an_entry_that_was_turned_off_or_is_none_is_off(tmp_path: Path, text: str) -> None:
    entry = tmp_path / "a.desktop"
    entry.write_text(text)
    assert not is_on(entry)


@pytest.mark.parametrize(
    "words",
    [
        ["plain"],
        ["a b", "it's", 'say "x"'],
        ["100%", "$HOME", "`id`", "back\\slash", "*?", "", "半", "semi;colon", "tab\there"],
    ],
)
def test_the_words_of_the_entry_arrive_as_they_were(tmp_path: Path, words: list[str]) -> None:
    assert shutil.which("gio"), "this proof needs the Debian package libglib2.0-bin"
    entry = tmp_path / "x.desktop"
    out = tmp_path / "said"
    says = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(ascii(sys.argv[2:]))"
    turn_on(entry, [sys.executable, "-c", says, str(out), *words], "X", "Y")
    subprocess.run(["gio", "launch", str(entry)], check=True, timeout=30, capture_output=True)
    assert out.read_text() == ascii(words)


def test_this_very_segue_is_started_again(tmp_path: Path) -> None:
    paths = default_paths(tmp_path / "a home")
    command = own_command(paths, ("--version",))
    done = subprocess.run(
        command.words, env=os.environ | command.environment, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("Segue")
    assert str(tmp_path / "a home") in command.words
    assert command.with_environment[0] == "env"


def test_folders_of_the_platform_need_no_word_and_a_built_program_starts_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = Paths(Path("/d/segue"), Path("/c/segue"), Path("/k/segue"), Path("/s/segue"))
    assert "--home" not in own_command(apart, ()).words
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/lib/segue/segue")
    command = own_command(apart, ("companion",))
    assert command.words == command.with_environment == ("/usr/lib/segue/segue", "companion")
