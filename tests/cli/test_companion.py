"""``segue companion --install``: a plug-in in another player, and how to switch it on."""

import os
from pathlib import Path

import pytest

from app import __main__ as door
from app.companion.plugins import PLUGINS, plugin_folder


@pytest.fixture
def home_of_players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "nothing"))
    monkeypatch.delenv("QUODLIBET_USERDIR", raising=False)
    return tmp_path


@pytest.mark.parametrize("player", PLUGINS)
def test_it_is_installed_said_how_and_taken_away(
    player: str, home_of_players: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["companion", "--install", player]) == 0
    said = capsys.readouterr().out
    assert PLUGINS[player].how in said and str(plugin_folder(player, os.environ)) in said
    assert door.main(["companion", "--install", player]) == 0
    assert "already" in capsys.readouterr().out
    assert door.main(["companion", "--uninstall", player]) == 0
    assert "is gone" in capsys.readouterr().out
    assert not plugin_folder(player, os.environ).exists()
    assert door.main(["companion", "--uninstall", player]) == 0
    assert "no plug-in" in capsys.readouterr().out


def test_the_bus_is_told_the_whole_path_of_what_starts_the_companion(home_of_players: Path) -> None:
    assert door.main(["companion", "--install", "quodlibet"]) == 0
    (written, _) = sorted(home_of_players.rglob("*.service"))
    (line,) = [line for line in written.read_text().splitlines() if line.startswith("Exec=")]
    assert line.startswith("Exec=/") and line.endswith("companion --hidden") and "--home" in line


@pytest.mark.parametrize(
    "words",
    [["--install", "winamp"], ["--install"], ["--install", "quodlibet", "--uninstall", "quodlibet"], ["--loud"]],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], home_of_players: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["companion", *words]) == 2
    assert capsys.readouterr().err
    assert not list(home_of_players.rglob("segue_client.py"))
