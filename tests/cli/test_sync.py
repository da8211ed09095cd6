"""``segue sync``: a model from a folder, the way back, and what was sent."""

import json
from pathlib import Path

import click
import pytest

from app.cli import main as terminal
from app.config.paths import default_paths
from app.domain.sync import Request
from app.storage.database import Database
from app.storage.network_log import NetworkLog
from app.sync.models import ModelFolder
from tests.helpers.crowd import a_model_folder


def models() -> ModelFolder:
    return ModelFolder(default_paths().models)


def test_a_model_comes_from_a_folder_and_one_step_goes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [a_model_folder(tmp_path / str(n), created=1_700_000_000 + n) for n in range(2)]
    for n in range(2):
        assert terminal.main(["sync", "--from", str(tmp_path / str(n)), "--yes"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-3] == "A new model is in use: 30 recordings of 50 listeners."
    assert said[-2].startswith("In use: 30 recordings of 50 listeners, made on 2023-11-14")
    assert said[-1].startswith("Before it: ")
    assert terminal.main(["sync", "--rollback"]) == 0
    current = models().models().current
    assert current is not None
    assert current.id == made[0].id
    assert terminal.main(["sync", "--remove"]) == 0
    assert capsys.readouterr().out.endswith("No model is in use.\n")
    assert terminal.main(["sync", "--rollback"]) == 1
    assert capsys.readouterr().err == "There is no earlier model to go back to.\n"


def test_without_a_place_nothing_is_asked_of_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["sync"]) == 1
    assert "off" in capsys.readouterr().err
    assert not default_paths().models.exists()


def test_another_place_is_asked_about_and_no_is_no(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_model_folder(tmp_path / "model")

    def no(*_words: object, **_more: object) -> None:
        raise click.Abort

    monkeypatch.setattr("click.confirm", no)
    assert terminal.main(["sync", "--from", str(tmp_path / "model")]) == 130
    assert "Nothing would be sent." in capsys.readouterr().out
    assert models().models().current is None
    assert terminal.main(["sync", "--from", str(tmp_path / "model"), "--preview"]) == 0
    assert models().models().current is None


def test_trouble_is_one_sentence_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["sync", "--from", str(tmp_path / "nothing"), "--yes"]) == 1
    assert capsys.readouterr().err == f"There is no model in the folder {tmp_path / 'nothing'}.\n"


def test_the_log_tells_what_was_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.main(["sync", "--log"]) == 0
    assert capsys.readouterr().out == "Nothing was sent.\n"
    database = Database(default_paths().database)
    log = NetworkLog(database)
    log.answered(log.add(Request("GET", "models.example", "/model.json", "the newest model", 99), 0), 1234, "200")
    database.close()
    assert terminal.main(["sync", "--log"]) == 0
    said = capsys.readouterr().out
    assert said == (
        "1970-01-01T00:00:00+00:00  GET models.example/model.json  99 out, 1,234 in, 200: the newest model\n"
    )
    assert terminal.main(["sync", "--log", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["bytes_in"] == 1234
