"""``segue playlists``: made, shown, imported, exported, deleted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main as terminal
from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.helpers.builders import a_library


@pytest.fixture
def library() -> Iterator[Database]:
    database = Database(default_paths().database)
    a_library(database, 25)
    yield database
    database.close()


class Said:
    """Runs a command and gives what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""

    def __call__(self, *words: str, code: int = 0) -> str:
        assert terminal.main(["playlists", *words]) == code
        out, self.err = self._capsys.readouterr()
        return out


@pytest.fixture
def said(library: Database, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


def test_without_any_it_says_how_to_make_one(said: Said) -> None:
    assert said() == ""
    assert "segue playlists import" in said.err
    assert json.loads(said("--json")) == []


def test_a_list_is_made_shown_and_deleted(said: Said) -> None:
    assert said("new", "Calm", "3", "1") == "Made Calm with 2 tracks.\n"
    assert "2  Calm" in said()
    assert len(said("show", "calm").splitlines()) == 2
    shown = json.loads(said("show", "Calm", "--json"))
    assert [entry["track_id"] for entry in shown["entries"]] == [3, 1]
    assert (shown["name"], shown["tracks"], shown["query"]) == ("Calm", 2, None)
    said("new", "Wrong", "99", code=1)
    assert "no track with the id 99" in said.err
    said("delete", "Calm")
    said("show", "Calm", code=1)
    assert "no playlist called Calm" in said.err
    said("new", " ", code=1)
    assert "needs a name" in said.err


def test_a_smart_list_holds_what_its_search_finds(said: Said, tmp_path: Path) -> None:
    assert "it holds" in said("smart", "Wolves", "copper", "wolves", "--order", "title", "--limit", "5")
    (listed,) = json.loads(said("--json"))
    assert (listed["query"], listed["order"], listed["limit"], listed["tracks"]) == ("copper wolves", "title", 5, 5)
    assert len(said("show", "Wolves").splitlines()) == 5
    assert said("export", "Wolves", str(tmp_path / "w.m3u8")) == "Wrote 5 entries.\n"


@pytest.mark.parametrize("ending", ["m3u", "m3u8", "pls", "xspf", "jspf"])
def test_out_and_in_again_finds_everything_and_changes_nothing(ending: str, said: Said, tmp_path: Path) -> None:
    said("new", "Calm", "3", "1", "3")
    file = str(tmp_path / f"calm.{ending}")
    assert said("export", "Calm", file, "--relative") == "Wrote 3 entries.\n"
    said("export", "Calm", file, code=1)
    assert "--force" in said.err
    said("export", "Calm", file, "--force")
    assert "unchanged, 3 of 3 entries found" in said("import", file, "--name", "Calm")
    assert json.loads(said("import", file, "--name", "Other", "--json"))[0]["new"]


def test_an_import_tells_what_was_not_found(said: Said, library: Database, tmp_path: Path) -> None:
    known = TrackStore(library).all()[0].path.decode()
    (tmp_path / "mix.m3u").write_text(f"{known}\n/no/where.mp3\nhttp://radio.example/x\nfile://host/x.mp3\n")
    out = said("import", str(tmp_path / "mix.m3u"))
    assert "mix: imported, 1 of 4 entries found in the library (25%)." in out
    assert "not found: /no/where.mp3" in out
    assert "another computer" in said.err
    assert "(missing)" in said("show", "mix")


def test_what_is_no_playlist_is_one_sentence(said: Said, tmp_path: Path) -> None:
    (tmp_path / "bomb.xspf").write_text('<!DOCTYPE x [<!ENTITY a "b">]><playlist/>')
    said("import", str(tmp_path / "bomb.xspf"), code=1)
    assert len(said.err.splitlines()) == 1
    said("export", "None", str(tmp_path / "x.m3u"), code=1)
    said("new", "Calm")
    said("export", "Calm", str(tmp_path / "x.txt"), code=1)
    assert ".jspf" in said.err


def test_a_file_that_is_no_playlist_keeps_none_of_the_others_out(said: Said, tmp_path: Path) -> None:
    said("new", "Calm", "1", "2")
    good, gone = str(tmp_path / "calm.m3u8"), str(tmp_path / "gone.m3u")
    said("export", "Calm", good)
    out = said("import", gone, good, "--name", "Again", code=1)
    assert "Again: imported, 2 of 2 entries found in the library (100%)." in out
    assert "gone.m3u cannot be opened: No such file or directory." in said.err
