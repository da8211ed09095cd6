"""Plug-ins of Segue in other players' folders: put there, found there, and taken away, and nothing else touched."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.companion.plugins import PLUGINS, SERVICES, data_home, install, plugin_folder, uninstall
from app.config.paths import resources
from app.domain.errors import SegueError
from app.qt.recommender_checks import LIMITS, VERDICTS
from app.qt.recommender_docs import DOCS
from tests.translations.ts_file import FOLDER, read

START = ["/usr/bin/env", "PYTHONPATH=/a b", "python3", "-m", "app", "companion", "--hidden"]


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("HOME", str(tmp_path))
    return {"XDG_DATA_DIRS": str(tmp_path / "nothing")}


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def entry(environ: dict[str, str], name: str = SERVICES[0]) -> Path:
    return data_home(environ) / "dbus-1" / "services" / f"{name}.service"


@pytest.mark.parametrize("player", PLUGINS)
def test_it_is_put_down_once_and_taken_away_without_a_trace(
    player: str, environ: dict[str, str], tmp_path: Path
) -> None:
    assert install(player, environ, START)
    there = files(plugin_folder(player, environ))
    assert there == {*PLUGINS[player].files, "segue_client.py"}
    assert "Exec=/usr/bin/env 'PYTHONPATH=/a b' python3 -m app companion --hidden\n" in entry(environ).read_text()
    assert not install(player, environ, START)
    (plugin_folder(player, environ) / "__pycache__").mkdir()
    (plugin_folder(player, environ) / "__pycache__" / "segue_client.cpython-311.pyc").write_bytes(b"\0")
    assert uninstall(player, environ)
    assert files(tmp_path) == set()
    assert not uninstall(player, environ)


def test_it_goes_where_the_players_look(environ: dict[str, str], tmp_path: Path) -> None:
    assert plugin_folder("quodlibet", environ) == tmp_path / ".config/quodlibet/plugins/segue"
    assert plugin_folder("rhythmbox", environ) == tmp_path / ".local/share/rhythmbox/plugins/segue"
    (tmp_path / ".quodlibet").mkdir()
    assert plugin_folder("quodlibet", environ) == tmp_path / ".quodlibet/plugins/segue"
    (tmp_path / ".config/quodlibet").mkdir(parents=True)
    assert plugin_folder("quodlibet", environ) == tmp_path / ".config/quodlibet/plugins/segue"
    told = environ | {"QUODLIBET_USERDIR": "/q", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "relative"}
    assert plugin_folder("quodlibet", told) == Path("/q/plugins/segue")
    assert plugin_folder("rhythmbox", told) == Path("/d/rhythmbox/plugins/segue")


def test_an_older_plugin_is_replaced_and_what_is_not_ours_is_left_alone(environ: dict[str, str]) -> None:
    folder = plugin_folder("rhythmbox", environ)
    folder.mkdir(parents=True)
    (folder / "segue.py").write_text('"""Segue in Rhythmbox, as it was."""\n')
    (folder / "mine.txt").write_text("mine")
    assert install("rhythmbox", environ, START)
    assert "as it was" not in (folder / "segue.py").read_text()
    assert uninstall("rhythmbox", environ)
    assert files(folder) == {"mine.txt"}
    (folder / "segue.py").write_text("somebody else's")
    with pytest.raises(SegueError, match="was not made by Segue"):
        install("rhythmbox", environ, START)
    assert (folder / "segue.py").read_text() == "somebody else's"


def test_the_entry_of_an_installer_is_used_and_kept(environ: dict[str, str], tmp_path: Path) -> None:
    shared = tmp_path / "share" / "dbus-1" / "services"
    shared.mkdir(parents=True)
    (shared / f"{SERVICES[0]}.service").write_text("[D-BUS Service]\n")
    install("quodlibet", environ | {"XDG_DATA_DIRS": f"/nowhere:{tmp_path / 'share'}"}, START)
    assert not entry(environ).exists()
    entry(environ).parent.mkdir(parents=True)
    entry(environ).write_text("[D-BUS Service]\nX-Segue-Installed=true\nExec=/usr/lib/segue/segue companion --hidden\n")
    install("quodlibet", environ, START)
    uninstall("quodlibet", environ)
    assert "Exec=/usr/lib/segue/segue" in entry(environ).read_text()


def test_the_entry_stays_while_another_player_needs_it(environ: dict[str, str]) -> None:
    install("quodlibet", environ, START)
    install("rhythmbox", environ, START)
    uninstall("quodlibet", environ)
    assert entry(environ).exists()
    uninstall("rhythmbox", environ)
    assert not entry(environ).exists()


def test_a_moved_segue_is_started_from_where_it_is_now(environ: dict[str, str]) -> None:
    install("quodlibet", environ, START)
    assert install("quodlibet", environ, ["/elsewhere/segue", "companion", "--hidden"])
    assert "Exec=/elsewhere/segue companion --hidden\n" in entry(environ).read_text()


def test_a_backslash_in_the_name_of_a_folder_reaches_the_bus_as_one(environ: dict[str, str]) -> None:
    install("quodlibet", environ, ["/a\\b/segue", "companion"])
    assert "Exec='/a\\\\b/segue' companion\n" in entry(environ).read_text(), "it takes two for one, then the quotes"


def test_trouble_is_a_sentence(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".local").write_text("no folder")
    with pytest.raises(SegueError, match="cannot be written"):
        install("rhythmbox", environ, START)
    with pytest.raises(SegueError, match="line break"):
        install("quodlibet", environ, ["/a\nb"])
    assert not uninstall("rhythmbox", environ)


def test_what_is_put_there_imports_nothing_of_segue_and_can_be_read_by_python() -> None:
    for path in (resources() / "plugins").rglob("*.py"):
        tree = ast.parse(path.read_text())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        first = {name.split(".")[0] for name in names}
        assert first <= {"gi", "quodlibet", "senf", "segue_client"}, path


def test_the_bus_entries_that_an_installer_gets_name_the_same() -> None:
    for name in SERVICES:
        lines = (resources() / "desktop" / f"{name}.service").read_text().splitlines()
        assert lines[0] == "[D-BUS Service]" and f"Name={name}" in lines
        assert any(line.startswith("Exec=") and line.endswith(" companion --hidden") for line in lines)


def test_what_is_written_of_the_interface_names_all_of_it() -> None:
    written = (resources() / "plugins" / "README.md").read_text()
    for name in set(DOCS) - {""}:
        assert f"`{name}" in written, name
    for verdict in VERDICTS:
        assert f"`{verdict}`" in written
    for most in LIMITS.values():
        assert f"{most:,}" in written


def _client() -> ast.Module:
    return ast.parse((resources() / "plugins" / "segue_client.py").read_text(encoding="utf-8"))


def _value(name: str) -> object:
    return next(
        ast.literal_eval(node.value)
        for node in _client().body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name
    )


def _said() -> set[str]:
    """Every text that a plug-in shows of its own."""
    shown = {text for name in ("_DIALS", "_VERDICTS") for _key, text in _value(name)}  # type: ignore[attr-defined]
    for file in (resources() / "plugins").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                shown |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    return shown | {str(_value("_NOBODY"))}


def test_what_they_say_is_said_in_chinese_too_as_segue_says_it() -> None:
    chinese = _value("_CHINESE")
    assert isinstance(chinese, dict)
    assert chinese.keys() == _said()
    known = {source: words for (source, _), words in read(FOLDER / "segue_zh_CN.ts").items()}
    assert len(chinese.keys() & known.keys()) >= 12
    assert {text: known[text] for text in chinese.keys() & known.keys()} == {
        text: chinese[text] for text in chinese.keys() & known.keys()
    }
    listed = (resources() / "plugins" / "rhythmbox" / "segue.plugin").read_text(encoding="utf-8").splitlines()
    for name in ("Name", "Description"):
        english = next(line.partition("=")[2] for line in listed if line.startswith(f"{name}="))
        assert f"{name}[zh_CN]={chinese[english]}" in listed


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["zh_CN.UTF-8", "zh_CN", "zh", "C"], "播放"),
        (["zh_SG", "zh", "C"], "播放"),
        (["de_DE", "de", "zh_CN", "zh", "C"], "播放"),
        (["en_GB", "en", "zh_CN", "C"], "Play"),
        (["zh_TW.UTF-8", "zh_TW", "zh", "C"], "Play"),
        (["de_DE", "de", "C"], "Play"),
        ([], "Play"),
    ],
)
def test_they_speak_the_first_language_of_the_desktop_that_segue_speaks(wanted: list[str], found: str) -> None:
    say = next(node for node in _client().body if isinstance(node, ast.FunctionDef) and node.name == "say")
    around = {"GLib": SimpleNamespace(get_language_names=lambda: wanted), "_CHINESE": _value("_CHINESE")}
    exec(compile(ast.Module([say], []), "say", "exec"), around)
    assert around["say"]("Play") == found  # type: ignore[operator]
    assert around["say"]("Nobody knows this") == "Nobody knows this"  # type: ignore[operator]
