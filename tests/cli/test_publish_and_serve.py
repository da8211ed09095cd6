"""``segue publish`` and ``segue serve``: from a model's folder to a player that has it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

from app.cli import main as terminal
from recommender.files.community_manifest import read_model_manifest
from recommender.publishing.publish import current
from recommender.remote import protocol
from recommender.remote.protocol import fingerprint
from tests.helpers.community import a_model_folder, title
from tests.helpers.params import first

ROOT = Path(__file__).resolve().parents[2]


def published(folder: Path, *words: str) -> int:
    return terminal.main(["publish", *words, "--to", str(folder / "repo"), "--keys", str(folder / "keys")])


def test_a_model_is_published_refreshed_and_its_keys_rotated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = a_model_folder(tmp_path / "model")
    assert published(tmp_path, str(model)) == 0
    first = capsys.readouterr().out
    assert published(tmp_path, "--refresh", "--valid-days", "30") == 0
    assert published(tmp_path, "--rotate", "timestamp") == 0
    assert current(tmp_path / "repo") == read_model_manifest(model)
    shown = fingerprint((tmp_path / "repo/metadata/1.root.json").read_bytes())
    assert f"Fingerprint: {shown}" in first
    assert capsys.readouterr().out.count(shown) == 2
    assert re.search(r"believe it until \d{4}-\d\d-\d\d", first)


@pytest.mark.parametrize("words", [[], ["--refresh", "--rotate", "root"], ["MODEL", "--refresh"]])
def test_it_does_one_thing_at_a_time(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    model = str(a_model_folder(tmp_path / "model"))
    assert published(tmp_path, *[model if word == "MODEL" else word for word in words]) == 2
    assert "--refresh" in capsys.readouterr().err
    assert not (tmp_path / "repo").exists()


def test_trouble_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert published(tmp_path, str(tmp_path / "empty")) == 1
    assert published(tmp_path, "--refresh") == 1
    assert terminal.main(["serve", str(tmp_path / "empty")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert all(line.endswith(".") for line in lines)


def test_tokens_are_made_and_forgotten_in_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model, listens = str(a_model_folder(tmp_path / "model")), str(tmp_path / "listens")
    assert terminal.main(["serve", model, "--new-token", "ann"]) == 2
    assert terminal.main(["serve", model, "--listens", listens, "--new-token", "ann"]) == 0
    assert len(capsys.readouterr().out.strip()) == 43
    assert terminal.main(["serve", model, "--listens", listens, "--new-token", "../ann"]) == 1
    (tmp_path / "listens/ann.jsonl").write_text("{}\n")
    for said in ("Forgotten.", "There was no such listener."):
        assert terminal.main(["serve", model, "--listens", listens, "--forget", "ann"]) == 0
        assert capsys.readouterr().out.strip() == said
    assert not (tmp_path / "listens/ann.jsonl").exists()


def test_without_the_extra_packages_it_says_what_to_install(tmp_path: Path) -> None:
    model = a_model_folder(tmp_path / "model")
    for missing, words in (
        ("cryptography", ["publish", str(model), "--to", "x", "--keys", "y"]),
        ("fastapi", ["serve", str(model)]),
    ):
        program = (
            f"import sys; sys.modules[{missing!r}] = None\nfrom app.cli.main import main; sys.exit(main({words!r}))"
        )
        result = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert result.returncode == 1, result.stderr
        assert "segue[service]" in result.stderr
        assert len(result.stderr.splitlines()) == 1
        result = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.frozen = True\n{program}"],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert result.stderr.startswith("The installed program leaves out what this command needs")
        assert len(result.stderr.splitlines()) == 1


def test_the_terminal_and_the_window_start_without_any_of_it() -> None:
    program = (
        "import sys\nimport app.cli.main, app.opening, app.wiring.segue\n"
        "for name in ('tuf', 'urllib3', 'securesystemslib', 'cryptography', 'fastapi', 'uvicorn', 'pydantic', 'ssl'):\n"
        "    assert name not in sys.modules, name\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60, check=True)


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[str]:
    """``segue serve`` as a process, until the end; its address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", str(folder), "--port", str(port), *words]
    without = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    process = subprocess.Popen(
        command, cwd=ROOT, env=without, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    base = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                assert asked(base, protocol.HEALTH)["status"] == "ok"
                break
            except (urllib3.exceptions.HTTPError, OSError):
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield base
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=40)
        assert "Traceback" not in err, err
    finally:
        process.kill()
        process.communicate()


def asked(base: str, path: str, body: object = None) -> dict[str, object]:
    method, raw = ("GET", None) if body is None else ("POST", json.dumps(body))
    with urllib3.PoolManager(retries=False, timeout=10) as pool:
        found = pool.request(method, base + path, body=raw, headers={"Content-Type": "application/json"})
        answer: dict[str, object] = found.json()
    return answer


@pytest.mark.parametrize("workers", first(["1", "2"]))
def test_a_service_answers_takes_up_a_newer_model_and_ends_when_told(tmp_path: Path, workers: str) -> None:
    assert published(tmp_path, str(a_model_folder(tmp_path / "model"))) == 0
    artist, called = title(5)
    with serving(tmp_path / "repo", "--workers", workers, "--rate", "1000") as base:
        found = asked(base, protocol.RECOMMEND, {"seeds": [{"artist": artist, "title": called}], "n": 7})
        assert len(found["recordings"]) == 7  # type: ignore[arg-type]
        newer = a_model_folder(tmp_path / "newer", seed=2)
        assert published(tmp_path, str(newer)) == 0
        wanted, deadline, in_a_row = read_model_manifest(newer).id, time.monotonic() + 60, 0
        while in_a_row < 20 and time.monotonic() < deadline:
            in_a_row = in_a_row + 1 if asked(base, protocol.HEALTH)["model"] == wanted else 0
            time.sleep(0.02)
        assert in_a_row == 20
