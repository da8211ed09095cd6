"""``python -m recommender evaluate``: the table, the files it writes, and one sentence for each trouble."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "plays.csv"
    rows = (
        f"u{n % 7},i{(n * n + n // 7) % 23},{1_700_000_000 + (n // 50) * 86_400 + n % 50 * 200}\n" for n in range(700)
    )
    path.write_text("user,item,timestamp\n" + "".join(rows))
    return path


def test_a_run_prints_a_table_and_writes_both_files(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "out.json", tmp_path / "out.html"
    words = ["evaluate", "--data", str(data), "--algorithms", "popularity,random", "--k", "3", "5,7"]
    assert main([*words, "--json", str(out), "--html", str(page), "--max-users", "5", "--seed", "4"]) == 0
    assert "popularity" in capsys.readouterr().out
    said = json.loads(out.read_text())
    assert (said["data"], said["split"]) == (str(data), "random")
    assert {"ndcg@3", "ndcg@5", "hr@7", "ndcg@10", "recall@20"} <= set(said["results"][0])
    assert {one["users"] for one in said["results"]} == {5}
    assert page.read_text().startswith("<!doctype html>")


def test_json_on_the_terminal_is_all_there_is(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--data", str(data), "--split", "sessions", "--algorithms", "recency,listener", "--moments", "2"]
    assert main(["evaluate", *words, "--json", "-"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {one["algorithm"] for one in said["results"]} == {"recency", "listener"}
    assert "next_track_hr@20" in said["results"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--data", "x", "--split", "dance"], "dance"),
        (["--data", "x", "--k", "0"], "from 1 to 1000"),
        (["--data", "x", "--k", "a"], "not numbers"),
        (["--data", "x", "--seed", "-1"], "whole number from 0"),
        (["--data", "x", "--max-users", "9" * 50], "whole number from 1"),
        ([], "--data"),
    ],
)
def test_wrong_arguments_are_one_sentence_and_code_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", *words])
    captured = capsys.readouterr()
    assert ended.value.code == 2
    assert captured.out == ""
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [["--algorithms", "dance"], ["--algorithms", ","], ["--json", "/nowhere/at/all.json"], ["--html", "/"]],
)
def test_what_cannot_be_meant_is_said_before_the_work(
    data: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--data", str(data), *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_trouble_with_the_data_is_one_sentence_and_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    for words in (["--data", str(bad)], ["--data", str(tmp_path / "none.csv")], ["--data", str(tmp_path)]):
        assert main(["evaluate", *words]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert len(captured.err.splitlines()) == 1
        assert captured.err.endswith(".\n")


def test_it_runs_as_a_module_and_help_needs_no_numbers() -> None:
    program = "import sys, recommender.__main__ as door; sys.argv = ['x', '--help']; door.main()"
    for words in (["-m", "recommender", "evaluate", "--help"], ["-c", program]):
        result = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert result.returncode == 0, result.stderr
        assert "evaluate" in result.stdout
