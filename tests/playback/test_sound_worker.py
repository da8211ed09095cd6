"""The sound's child itself, where something is wrong with it."""

import json
import os
import signal
from pathlib import Path

import pytest

from app.config.child import end_child, start_child
from app.playback.ring import new_memory

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


HASTY = "from app.playback import sound_worker\nsound_worker._LONGEST_HANG_S = 1\nsound_worker.main()"


def test_it_ends_without_its_parent_also_while_the_sound_system_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "miniaudio.py").write_text("import os, time\nos.write(1, b'hangs')\ntime.sleep(600)")
    (tmp_path / "a_hasty_worker.py").write_text(HASTY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = start_child("a_hasty_worker", "3")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.read(5) == b"hangs"
    process.stdin.write(b"a wish that nobody reads\n")
    process.stdin.close()
    try:
        assert process.wait(20) == -signal.SIGALRM
    finally:
        end_child(process)


@pytest.mark.slow
def test_one_that_works_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_hasty_worker.py").write_text(HASTY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    descriptor = new_memory()
    process = start_child("a_hasty_worker", str(descriptor), keep=(descriptor,))
    assert process.stdout is not None
    words = [process.stdout.readline() for _ in range(4)]
    assert all(words), "one a second"
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 0
    end_child(process)
    os.close(descriptor)
