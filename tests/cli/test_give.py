"""``segue give``: to a real service and back, plainly and deniably, and nothing before it was shown."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli import main as terminal
from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.network_log import NetworkLog
from app.storage.tracks import TrackStore
from recommender.files.community_files import write_model
from recommender.training.listens import read_listens
from tests.helpers.builders import a_library, some_plays
from tests.helpers.community import a_model_folder
from tests.helpers.crowd import a_crowd_of

from .test_publish_and_serve import ROOT, serving


@pytest.fixture
def library() -> Iterator[Database]:
    database = Database(default_paths().database)
    some_plays(database, a_library(database, 60), 200)
    yield database
    database.close()


def a_token(model: Path, folder: Path, name: str = "ann") -> str:
    command = [sys.executable, "-m", "app", "serve", str(model), "--listens", str(folder), "--new-token", name]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_listens_go_to_a_service_by_day_and_are_withdrawn_again(
    library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, given = a_model_folder(tmp_path / "model"), tmp_path / "given"
    token = a_token(model, given)
    with serving(model, "--listens", str(given)) as base:
        words = ["give", "--to", base, "--token", token, "--days", "36500"]
        assert terminal.main([*words, "--preview"]) == 0
        shown = capsys.readouterr().out
        assert token not in shown
        assert not (given / "ann.jsonl").exists()
        assert terminal.main([*words, "--yes"]) == 0
        sent = lines(given / "ann.jsonl")
        assert f"{len(sent)} listens given." in capsys.readouterr().out
        assert 50 < len(sent) <= 200
        assert all(isinstance(line["listened_at"], int) and line["listened_at"] % 86_400 == 0 for line in sent)
        assert json.dumps(sent[0]["track_metadata"]["track_name"]) in shown  # type: ignore[index]
        found = read_listens([given])
        assert (len(found), found.unread, found.users) == (len(sent), 0, ["ann"])
        assert terminal.main(["give", "--to", base, "--token", token, "--withdraw", "--yes"]) == 0
        assert not (given / "ann.jsonl").exists()
    log = NetworkLog(library).newest()
    assert [one.request.method for one in log] == ["DELETE", "POST"], log
    assert token not in repr(log)


def test_deniable_answers_take_the_place_of_those_before_and_stay_the_same(
    library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, given = tmp_path / "model", tmp_path / "given"
    write_model(model, a_crowd_of(TrackStore(library)))
    token = a_token(model, given)
    with serving(model, "--listens", str(given)) as base:
        words = ["give", "--to", base, "--token", token, "--yes", "--deniable", "2"]
        assert terminal.main(words) == 1
        assert "sync one first" in capsys.readouterr().err
        assert terminal.main(["sync", "--from", str(model), "--yes"]) == 0
        assert terminal.main(words) == 0
        first = lines(given / "ann.jsonl")
        assert terminal.main(words) == 0
        assert lines(given / "ann.jsonl") == first
    named = {line["track_metadata"]["track_name"] for line in first}  # type: ignore[index]
    heard = {track.title for track in TrackStore(library).all()}
    assert len({line["listened_at"] for line in first}) == 1
    assert named & heard
    found = list(default_paths().models.rglob("deniable"))
    assert [path.stat().st_mode & 0o777 for path in found] == [0o600]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "ftp://host", "--token", "x" * 30, "--yes"], "Only addresses"),
        (["--to", "http://127.0.0.1:9", "--yes"], "A token is needed"),
        (["--to", "http://127.0.0.1:9", "--token", "x" * 30, "--yes"], "connection to 127.0.0.1 failed"),
        (["--to", "http://127.0.0.1:9", "--token", "a b\n", "--yes"], "no token"),
    ],
)
def test_trouble_is_one_sentence(
    library: Database, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.main(["give", *words, "--days", "36500"]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_a_token_nobody_gave_out_is_refused(
    library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, given = a_model_folder(tmp_path / "model"), tmp_path / "given"
    with serving(model, "--listens", str(given)) as base:
        assert terminal.main(["give", "--to", base, "--token", "y" * 43, "--yes", "--days", "36500"]) == 1
    assert "(401)" in capsys.readouterr().err


def test_no_is_no(library: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def no(*_words: object, **_more: object) -> None:
        raise click.Abort

    monkeypatch.setattr("click.confirm", no)
    assert terminal.main(["give", "--to", "http://127.0.0.1:9", "--token", "x" * 30, "--days", "36500"]) == 130
    assert "POST /v1/listens" in capsys.readouterr().out
    assert NetworkLog(library).newest() == []
