"""``segue import`` in the terminal."""

import json
from pathlib import Path

import pytest

from app.cli.main import main
from app.storage.backup import backups
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_file, a_play
from tests.history.import_.exports import AT_S, lines, listen


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(home: Path, *words: str | Path) -> int:
    return main(["--home", str(home), "import", *map(str, words)])


def plays(home: Path) -> int:
    database = Database(home / "data" / "segue.db")
    count = PlayStore(database).count()
    database.close()
    return count


@pytest.fixture
def export(tmp_path: Path) -> Path:
    lines(tmp_path, [listen(), listen("Jour", AT_S + 900), listen("Alt", 5)])
    return tmp_path / "1.jsonl"


def test_first_dry_then_for_good_then_nothing_more(
    home: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, export, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "From ListenBrainz: 2 plays from 2020-09-13 to 2020-09-13." in said
    assert "2  would be added" in said and "left out: before 2002" in said and "Ida Ravn - Alt" in said
    assert plays(home) == 0
    assert run(home, export) == 0
    assert "2  added" in capsys.readouterr().out
    assert run(home, export) == 0
    assert "2  known already" in capsys.readouterr().out
    assert plays(home) == 2


def test_the_report_as_json(home: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, export, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["new"], said["known"], said["rate"], said["dry"]) == (3, 2, 0, 0.0, False)
    assert said["unusable"][0]["count"] == 1
    assert said["strangers"] == [["Ida Ravn", 2]]


def test_a_backup_is_made_first(home: Path, export: Path) -> None:
    from app.storage.tracks import TrackStore

    database = Database(home / "data" / "segue.db")
    TrackStore(database).save([a_file()], NOW_MS)
    PlayStore(database).append(a_play())
    database.close()
    assert run(home, export, "--dry-run") == 0
    assert backups(home / "data" / "backups") == []
    assert run(home, export) == 0
    (made,) = backups(home / "data" / "backups")
    assert made.why == "before-import"


def test_what_is_no_history_is_one_sentence(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("hello")
    assert run(home, tmp_path / "a.txt") == 1
    assert "No listening history was found in" in capsys.readouterr().err
    assert run(home, tmp_path / "gone") == 1
    assert "cannot be opened" in capsys.readouterr().err
