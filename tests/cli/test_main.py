"""The door and the terminal: what goes where, what trouble looks like, and what is never imported."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app import __main__ as door
from app.cli import main as terminal
from app.cli.as_json import as_json, path_text
from app.config.display import display_answers, has_display
from app.config.paths import default_paths
from app.config.system_libraries import missing_packages
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import a_library, a_play

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def library() -> Iterator[Database]:
    database = Database(default_paths().database)
    a_library(database, 25)
    yield database
    database.close()


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Segue in a process of its own, without a display."""
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in without} | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_display_it_says_so_in_one_sentence_and_names_the_commands() -> None:
    result = run()
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "no display" in result.stderr
    assert all(f"segue {name}" in result.stderr for name in terminal.COMMANDS)


def test_a_display_that_does_not_answer_is_one_sentence_too() -> None:
    result = run(DISPLAY=":98765")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert ":98765" in result.stderr


def test_only_an_x_server_is_asked_whether_it_answers() -> None:
    assert not display_answers({"DISPLAY": ":98765"}, "linux")
    assert display_answers({"DISPLAY": ":98765", "WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert display_answers({"DISPLAY": ":98765", "QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert display_answers({"DISPLAY": ":98765"}, "darwin")


def test_help_lists_every_command() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert all(name in result.stdout for name in terminal.COMMANDS)


def test_help_imports_neither_qt_nor_numbers() -> None:
    program = (
        "import sys; from app.__main__ import main; code = main(['--help']); "
        "sys.exit(code or sorted({'PySide6', 'numpy', 'scipy', 'av', 'mutagen', 'sqlite3'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stderr.strip() == "[]"


def test_an_unknown_command_is_named_and_the_code_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["dance"]) == 2
    assert "dance" in capsys.readouterr().err


@pytest.mark.parametrize("name", terminal.COMMANDS)
def test_a_command_is_there_and_its_help_says_what_the_list_says(name: str) -> None:
    command = terminal.segue.get_command(click.Context(terminal.segue), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=200).rstrip(".") == terminal.COMMANDS[name][1].rstrip(".")


def test_known_trouble_is_one_sentence_and_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_paths: object) -> None:
        raise SegueError("The library is on strike.")

    monkeypatch.setattr(terminal, "Context", refuse)
    assert terminal.main(["tracks"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "The library is on strike.\n"
    assert captured.out == ""


def test_a_damaged_library_is_named_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    path = default_paths().database
    path.parent.mkdir(parents=True)
    path.write_bytes(b"This is no database." * 500)
    assert terminal.main(["tracks"]) == 1
    assert "damaged" in capsys.readouterr().err
    assert path.read_bytes().startswith(b"This is no database.")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert terminal.main(["--home", str(tmp_path / "file" / "home"), "tracks"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_tracks_are_listed_as_lines_and_as_json(library: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["tracks"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 25
    assert terminal.main(["tracks", "--order", "title", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["id"] for row in told} == set(range(1, 26))
    assert all(row["path"].startswith("/music/") for row in told)


def test_tracks_as_json_tell_plays_ratings_and_what_is_missing(
    library: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    store = TrackStore(library)
    store.rate(TrackId(2), 80)
    store.mark_missing([TrackId(2)], 1)
    store.remove([TrackId(3)], 1)
    PlayStore(library).append(a_play(2))
    assert terminal.main(["tracks", "--json"]) == 0
    told = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert 3 not in told
    assert (told[2]["plays"], told[2]["rating"], told[2]["missing"]) == (1, 80, True)
    assert (told[1]["plays"], told[1]["rating"], told[1]["missing"]) == (0, None, False)
    names = "id path recording_key audio_hash title artist album duration_ms plays rating missing away"
    assert list(told[1]) == names.split()


def test_search_finds_words_and_says_when_there_is_nothing(
    library: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.main(["search", "copper", "WOLVES"]) == 0
    assert "Copper Wolves" in capsys.readouterr().out
    assert terminal.main(["search", "no such words"]) == 0
    assert "Nothing found" in capsys.readouterr().err
    assert terminal.main(["search", "no such words", "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert terminal.main(["search", "coper", "wolvse", "--json"]) == 0
    said = capsys.readouterr()
    assert {json.loads(line)["artist"] for line in said.out.splitlines()} == {"Copper Wolves"}
    assert "copper wolves" in said.err
    assert terminal.main(["search", "copper", "-wolves"]) == 0
    assert "Nothing found" in capsys.readouterr().err
    assert terminal.main(["search", "-wolves", "--order", "title", "--json"]) == 0
    assert {json.loads(line)["artist"] for line in capsys.readouterr().out.splitlines()}.isdisjoint({"Copper Wolves"})


def test_home_chooses_where_things_are_kept(
    library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.main(["--home", str(tmp_path / "other"), "tracks"]) == 0
    assert "empty" in capsys.readouterr().err
    assert (tmp_path / "other" / "data" / "segue.db").exists()


def test_a_reader_that_has_enough_is_no_trouble(library: Database) -> None:
    a_library(library, 3000)
    with subprocess.Popen(
        [sys.executable, "-m", "app", "tracks"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(60)
    assert (told, process.returncode) == (b"", 0)


@pytest.mark.parametrize(
    ("words", "home", "rest"),
    [
        ([], None, []),
        (["--home", "/x"], Path("/x"), []),
        (["--home=/x", "tracks"], Path("/x"), ["tracks"]),
        (["--home"], None, ["--home"]),
        (["tracks", "--home", "/x"], None, ["tracks", "--home", "/x"]),
    ],
)
def test_home_is_taken_off_the_front(words: list[str], home: Path | None, rest: list[str]) -> None:
    assert door.split_home(words) == (home, rest)


@pytest.mark.parametrize(
    ("environ", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_display_is_looked_for_where_qt_would(environ: dict[str, str], seen: bool) -> None:
    assert has_display(environ, "linux") is seen
    assert has_display(environ, "darwin") is True


def test_a_library_that_is_missing_names_its_package(tmp_path: Path) -> None:
    listing = tmp_path / "system.txt"
    listing.write_text("# a comment\nalways libc.so.6 libc6\nalways libnone-such.so.9 none9\nwindow libnor.so.1 nor1\n")
    assert missing_packages("run", listing) == ["none9", "nor1"]
    assert missing_packages("test", listing) == ["none9"]


def test_qt_that_cannot_load_is_one_sentence_and_a_bug_is_not_hidden() -> None:
    said = door._said_of_import(ImportError("libpulse.so.0: cannot open shared object file: No such file"))
    assert "libpulse.so.0" in said or "apt-get install" in said
    assert "./segue" in door._said_of_import(ModuleNotFoundError("No module named 'PySide6'", name="PySide6"))
    with pytest.raises(ImportError):
        door._said_of_import(ImportError("cannot import name 'x'", name="app.wiring"))


@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_trouble(streams: str, library: Database) -> None:
    command = f'exec "{sys.executable}" -m app tracks {streams}'
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False).returncode == 0


def test_output_that_cannot_be_written_is_one_sentence(library: Database) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "tracks"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr.decode() == "The output could not be written: No space left on device.\n"
    assert done.returncode == 1


def test_json_gives_back_the_bytes_of_a_name_that_is_no_text() -> None:
    path = b"/music/caf\xe9 \xf0\x9f\x8e\xb5\n.mp3"
    line = as_json({"path": path_text(path)})
    line.encode("utf-8")
    assert os.fsencode(json.loads(line)["path"]) == path


def test_at_the_end_what_was_said_is_out_and_nothing_is_taken_down() -> None:
    program = """
import atexit, sys
from app.__main__ import _end_now
atexit.register(lambda: print("taken down"))
print("said")
_end_now(3)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"said\n", b"")
