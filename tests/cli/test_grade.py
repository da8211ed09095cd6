"""``segue grade``: words and a table for people, one object for programs."""

import json
from collections.abc import Iterator

import pytest

from app.cli import main as terminal
from app.config.paths import default_paths
from app.storage.database import Database
from tests.helpers.builders import a_library, some_plays


@pytest.fixture
def library() -> Iterator[Database]:
    database = Database(default_paths().database)
    some_plays(database, a_library(database, 120), 900)
    yield database
    database.close()


def test_it_says_who_wins_and_shows_a_small_table(library: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["grade"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Most played") for line in lines)
    assert any(line.startswith("Next track:") for line in lines)
    assert all(len(line) <= 130 for line in lines)
    assert lines[-1].startswith("From ")


def test_json_is_one_object(library: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["grade", "--json", "--seed", "3"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {"listens", "winner", "words", "questions"} == set(said)
    assert [question["question"] for question in said["questions"]] == ["next", "session", "rediscover"]
    assert {score["way"] for score in said["questions"][0]["scores"]} >= {"segue", "random", "most_played"}


def test_an_empty_library_has_no_signal_and_that_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["grade"]) == 0
    assert capsys.readouterr().out.startswith("Too early to tell")
