"""``segue train``: from files of listens to a model's folder, and a sentence for what cannot be."""

import sys
from pathlib import Path

import pytest

from app.cli import main as terminal
from recommender.files.community_files import read_model
from tests.recommender.training.lines import a_crowd, flat, written


def test_listens_of_many_become_a_model_that_knows_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listens = written(tmp_path / "listens.jsonl", [*a_crowd(), "no listen"])
    out = tmp_path / "model"
    assert terminal.main(["train", "--listens", str(listens), "--out", str(out), "--held-out", "0"]) == 0
    said = capsys.readouterr().out
    assert "2,641 listens read, 2," in said
    assert "1 could not be read." in said
    model = read_model(out)
    row = model.find("artist 0", "TITLE 3")
    assert row >= 0
    assert model.names is not None
    near = [model.names.title(place) for place in model.community.near.places[row][:5].tolist()]
    assert all(int(title.split()[1]) < 40 for title in near), near


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "no recording is left"),
        (["nonsense"], "no recording is left"),
        ([flat("only me", 1_750_000_000, "X", "1")], "at least 5 listeners"),
    ],
)
def test_what_cannot_be_learned_from_is_one_sentence(
    tmp_path: Path, lines: list[object], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listens = written(tmp_path / "listens.jsonl", lines)
    assert terminal.main(["train", "--listens", str(listens), "--out", str(tmp_path / "model")]) == 1
    told = capsys.readouterr().err
    assert words.lower() in told.lower()
    assert told.count("\n") == 1
    assert not (tmp_path / "model").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listens = written(tmp_path / "listens.jsonl", a_crowd())
    (tmp_path / "file").write_text("")
    assert terminal.main(["train", "--listens", str(listens), "--out", str(tmp_path / "file" / "model")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_installed_program_says_that_it_does_not_train(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    listens = written(tmp_path / "listens.jsonl", a_crowd(3))
    assert terminal.main(["train", "--listens", str(listens), "--out", str(tmp_path / "model")]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The installed program leaves out what this command needs (pyarrow).")
    assert told.count("\n") == 1


@pytest.mark.parametrize(("engine", "module"), [("local", "pyarrow"), ("spark", "pyspark")])
def test_what_is_not_installed_is_told_with_how_to_get_it(
    tmp_path: Path, engine: str, module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    listens = written(tmp_path / "listens.jsonl", a_crowd(3))
    arguments = ["train", "--listens", str(listens), "--out", str(tmp_path / "model"), "--engine", engine]
    assert terminal.main(arguments) == 1
    assert f"Training needs {module}" in capsys.readouterr().err
