"""The sound's child itself, where something is wrong with it."""

import json
from pathlib import Path

import pytest

from app.config.child import end_child, start_child

WORKER = "app.playback.sound_worker"


@pytest.mark.parametrize(
    ("miniaudio", "argument", "reason"),
    [("raise ImportError('no such library')", "3", "ImportError: no such library"), (None, "x", "ValueError")],
)
def test_it_says_why_it_cannot_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, miniaudio: str | None, argument: str, reason: str
) -> None:
    if miniaudio is not None:
        (tmp_path / "miniaudio.py").write_text(miniaudio)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = start_child(WORKER, argument)
    assert process.stdout is not None
    said = json.loads(process.stdout.read())
    assert process.wait(10) == 1
    end_child(process)
    assert reason in said["fell"]
    assert len(said["fell"]) <= 2_000
