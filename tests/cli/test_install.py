"""``segue install``: into the menu and out again, for one user, whatever the folder is called."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.cli import install as command
from app.cli import main as terminal
from app.cli.menu_entries import MARK, data_home, install, program_words, remove, started_by
from app.companion import plugins
from app.domain.errors import SegueError

ROOT = Path(__file__).resolve().parents[2]
ENTRY = Path("applications", "segue.desktop")
BY_SHELL = ["/bin/sh", "-c", 'exec "$0" "$@"']
AWKWARD = '/a folder/with "quotes", $money, `ticks`, 100% and \\back, a=b/segue'


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(entry: str, name: str) -> list[str]:
    return [line.partition("=")[2] for line in entry.splitlines() if line.startswith(f"{name}=")]


def unescaped(value: str) -> str:
    """A text of an entry as it was meant; an escape that there is not makes the entry one that nobody reads."""
    meant = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.?)", lambda found: meant[found[1]], value)


def words_of(entry_value: str) -> list[str]:
    """The words of an ``Exec`` as a desktop takes them apart: the entry's own escapes, then the quotes, then ``%%``.

    Only the words after the program's: that one is looked for as it stands.
    """
    words = re.findall(r'"(?:[^"\\]|\\.)*"|[^\s"]+', unescaped(entry_value))
    plain = [word[1:-1] if word.startswith('"') else word for word in words]
    program, *others = [re.sub(r'\\(["`$\\])', r"\1", word) for word in plain]
    return [program, *(word.replace("%%", "%") for word in others)]


def test_it_is_put_down_once_and_taken_back_whole(tmp_path: Path) -> None:
    home = tmp_path / "share"
    (home / "applications").mkdir(parents=True)
    (home / "applications" / "other.desktop").write_text("[Desktop Entry]\n")
    before = tree(home)
    written = install(["/a place/segue"], home)
    assert home / ENTRY in written
    assert (home / "icons/hicolor/scalable/apps/segue.svg").is_file()
    assert (home / "icons/hicolor/48x48/apps/segue.png").read_bytes().startswith(b"\x89PNG")
    assert install(["/a place/segue"], home) == []
    assert set(remove(home)) == set(written)
    assert tree(home) == before
    assert not (home / "icons").exists()
    assert remove(home) == []


def test_after_a_move_the_entry_follows(tmp_path: Path) -> None:
    install(["/before/segue"], tmp_path)
    starting = [path for path in tmp_path.rglob("*") if path.is_file() and b"/before/segue" in path.read_bytes()]
    assert sorted(install(["/after/segue"], tmp_path)) == sorted(starting)
    assert all(b"/before" not in path.read_bytes() for path in starting)


def test_an_entry_of_somebody_elses_stays(tmp_path: Path) -> None:
    (tmp_path / "applications").mkdir()
    (tmp_path / ENTRY).write_text("[Desktop Entry]\nExec=mine\n")
    with pytest.raises(SegueError, match=r"was not made by Segue"):
        install(["/x/segue"], tmp_path)
    assert tree(tmp_path).keys() == {str(ENTRY)}, "all or nothing"
    assert remove(tmp_path) == []
    assert "mine" in (tmp_path / ENTRY).read_text()


def test_what_is_in_the_way_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "applications").write_text("no folder")
    with pytest.raises(SegueError, match=r"cannot be (read|written)"):
        install(["/x/segue"], tmp_path)


@pytest.mark.parametrize("program", ["/plain/segue", "/with a space/segue", AWKWARD, "/中文/segue"])
def test_any_name_of_a_folder_starts_the_program(program: str) -> None:
    source = (ROOT / "resources/desktop/segue.desktop").read_text()
    entry = started_by([program], source, is_service=False)
    started = [*BY_SHELL, program] if "%" in program else [program]
    first, *actions = [words_of(value) for value in lines(entry, "Exec")]
    assert first == [*started, "%F"]
    assert actions == [[*started, word] for word in ("--play-pause", "--next", "--previous")]
    service = (ROOT / "resources/desktop/org.segue.Recommender1.service").read_text()
    (value,) = lines(started_by([program], service, is_service=True), "Exec")
    assert shlex.split(unescaped(value)) == [program, "companion", "--hidden"]


@pytest.mark.parametrize("venv", ["", "/a venv=100%"])
@pytest.mark.parametrize("name", ["plain", "100% \\back", "a=b", 'all "of" $it `here`, %F=100% too'])
def test_the_desktop_and_the_bus_start_it_from_any_folder(name: str, venv: str, tmp_path: Path) -> None:
    """GLib's own reader and the real bus: each must find the program and start it with its words."""
    assert shutil.which("gio") and shutil.which("dbus-daemon"), "this proof needs libglib2.0-bin and dbus"
    program, told = tmp_path / name / "segue", tmp_path / "told"
    a_program(program).write_text(
        f'#!/bin/sh\nprintf "%s|" "$SEGUE_VENV" "$@" > "{told}.new"; mv "{told}.new" "{told}"\n'
    )
    home = tmp_path / "share"
    (program.parent / "resources").mkdir()
    install(program_words({"SEGUE_VENV": venv}, program.parent / "resources", ""), home)
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_DATA_DIRS": str(home), "HOME": str(tmp_path)}
    environment["SEGUE_VENV"] = ""
    bus = ["gdbus", "call", "--session", "--dest=org.freedesktop.DBus", "--object-path=/org/freedesktop/DBus"]
    starting = ["--method=org.freedesktop.DBus.StartServiceByName", "org.segue.Recommender1", "0"]
    for asking, words in (
        (["gio", "launch", str(home / ENTRY), "/a file.flac"], "/a file.flac|"),
        ([*bus, *starting], "companion|--hidden|"),
    ):
        # The program takes no name on the bus, so whoever asked is not waited for.
        script = f'"$@" & for n in $(seq 400); do [ ! -e "{told}" ] || exit 0; sleep 0.05; done; exit 1'
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", script, "sh", *asking],
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert told.read_text() == f"{venv}|{words}"
        told.unlink()


def test_what_a_plugin_needs_of_the_bus_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    environ = {"XDG_DATA_HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path / "nothing")}
    plugins.install("rhythmbox", environ, ["/plugins/segue", "companion", "--hidden"])
    before = tree(tmp_path)
    written = install(["/menu/segue"], tmp_path)
    assert written and not [path for path in written if path.suffix == ".service"]
    assert tree(tmp_path).items() >= before.items()
    assert set(remove(tmp_path)) == set(written)
    assert tree(tmp_path) == before


def test_a_line_break_in_a_name_is_refused() -> None:
    with pytest.raises(SegueError, match=r"line break"):
        started_by(["/a\nExec=rm/segue"], "Exec=segue\n", is_service=False)


def test_only_the_program_is_replaced() -> None:
    text = "Exec=segue-companion\nTryExec=segue\nComment=Exec=segue\nExec=/some/segue\nExec=segue"
    assert started_by(["/x"], text, is_service=False) == text[: text.rindex("Exec=")] + "Exec=/x"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_an_installed_entry_is_a_valid_one(tmp_path: Path) -> None:
    install(["env", "SEGUE_VENV=/a b", AWKWARD], tmp_path)
    for entry in (tmp_path / "applications").iterdir():
        parsed = configparser.RawConfigParser(strict=True)
        parsed.read_string(entry.read_text())
        assert MARK in entry.read_text().splitlines()
        done = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, ""), done.stdout


def a_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_which_program_it_is(tmp_path: Path) -> None:
    script = a_program(tmp_path / "checkout" / "segue")
    resources = tmp_path / "checkout" / "resources"
    assert program_words({}, resources, "-m") == [str(script)]
    own = program_words({"SEGUE_VENV": "/v"}, resources, "-m")
    assert own == [shutil.which("env"), "SEGUE_VENV=/v", str(script)]
    odd = a_program(tmp_path / "a=b" / "segue")
    assert program_words({"SEGUE_VENV": "/v"}, odd.parent / "resources", "-m") == [*own[:2], *BY_SHELL, str(odd)]
    elsewhere = tmp_path / "site-packages" / "app" / "_resources"
    link = tmp_path / "bin" / "segue"
    link.parent.mkdir()
    link.symlink_to(a_program(tmp_path / "pipx" / "bin" / "segue"))
    assert program_words({"SEGUE_VENV": "/v"}, elsewhere, str(link)) == [str(link)]


def test_without_any_program_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(SegueError, match=r"cannot be told which program"):
        program_words({}, tmp_path / "app" / "_resources", str(tmp_path / "__main__.py"))


@pytest.mark.parametrize("given", ["", "relative/share"])
def test_without_a_data_folder_it_is_the_usual_one(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_home({"XDG_DATA_HOME": given}) == tmp_path / ".local" / "share"


def run(*words: str) -> click.testing.Result:
    return CliRunner().invoke(terminal.segue, ["install", *words])


def test_the_command_says_what_it_did_and_tells_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    told: list[str] = []
    monkeypatch.setattr(command, "run_if_there", lambda program, *_words: told.append(program))
    assert "Wrote" in run().output
    assert str(ROOT / "segue") in (tmp_path / "share" / ENTRY).read_text()
    assert told == ["update-desktop-database"]
    assert "nothing to do" in run().output
    assert len(told) == 1
    (tmp_path / "share/applications/mimeinfo.cache").write_text("what a desktop's own program noted")
    assert "Removed" in run("--remove").output
    assert list((tmp_path / "share").iterdir()) == []
    assert len(told) == 1, "there is no folder left that could be told of"


def test_a_cache_of_icons_is_made_anew_but_never_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that we began would hide every icon that another program puts there later."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    told: list[str] = []
    monkeypatch.setattr(command, "run_if_there", lambda program, *_words: told.append(program))
    icons = tmp_path / "icons" / "hicolor"
    (icons / "48x48/apps").mkdir(parents=True)
    (icons / "48x48/apps/other.png").write_bytes(b"")
    os.utime(icons, (1, 1))
    assert "Wrote" in run().output
    assert icons.stat().st_mtime > 1, "a desktop looks there again"
    (icons / "icon-theme.cache").write_bytes(b"")
    assert "Removed" in run("--remove").output
    assert told == ["update-desktop-database", "gtk-update-icon-cache"]


def test_an_installed_program_is_in_the_menu_already_but_takes_another_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    install(["/a checkout/segue"], tmp_path)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert "came with an installer" in str(run().exception)
    assert "Removed" in run("--remove").output
    assert tree(tmp_path) == {}


def test_a_plugin_goes_on_being_started_when_the_menu_entries_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had used theirs."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("QUODLIBET_USERDIR", raising=False)
    monkeypatch.setattr(command, "run_if_there", lambda *_words: None)
    service = tmp_path / "share/dbus-1/services/org.segue.Companion1.service"
    run()
    CliRunner().invoke(terminal.segue, ["companion", "--install", "quodlibet"])
    assert plugins.FOR_PLUGINS not in service.read_text()
    assert "Removed" in run("--remove").output
    assert plugins.FOR_PLUGINS in service.read_text()
    CliRunner().invoke(terminal.segue, ["companion", "--uninstall", "quodlibet"])
    assert not service.exists()
