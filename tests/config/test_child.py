"""The children that work for us run our own code, wherever Segue was started."""

import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from app.config.child import end_child, start_child

WORKERS = {
    "app.library.tag_worker": ("5", str(1 << 30)),
    "app.library.edit_worker": (str(1 << 30),),
    "app.library.watch_worker": ("watched",),
    "app.analysis.waveform_worker": ("tone.wav", "0"),
    "app.playback.sound_worker": ("DESCRIPTOR",),
}
HOSTILE = ("json", "select", "contextlib", "struct", "numpy", "av", "mutagen", "miniaudio", "app/__init__")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds modules of the names that a worker imports; each leaves a trace."""
    (tmp_path / "app").mkdir()
    (tmp_path / "watched").mkdir()
    for name in HOSTILE:
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'trace')!r}, 'a').write(__name__)\n")
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(range(256)) * 200)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    return tmp_path


def said_by(module: str, *arguments: str) -> bytes:
    """What a child says first."""
    descriptor = os.memfd_create("sound")
    os.truncate(descriptor, 1 << 24)
    given = [str(descriptor) if each == "DESCRIPTOR" else each for each in arguments]
    process = start_child(module, *given, keep=(descriptor,))
    assert process.stdout is not None
    try:
        return process.stdout.read(1)
    finally:
        end_child(process)
        os.close(descriptor)


@pytest.mark.parametrize("module", WORKERS)
@pytest.mark.parametrize("given", [None, "", os.pathsep, f"{os.pathsep}/nowhere"])
def test_no_worker_imports_from_the_current_folder(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, module: str, given: str | None
) -> None:
    if given is None:
        monkeypatch.delenv("PYTHONPATH", raising=False)
    else:
        monkeypatch.setenv("PYTHONPATH", given)
    assert said_by(module, *WORKERS[module])
    assert not (hostile / "trace").exists()


def test_a_checkout_run_by_its_module_finds_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("PYTHONPATH", "PYTHONSAFEPATH"):  # as `python -m app` finds them; `./segue` sets both
        monkeypatch.delenv(name, raising=False)
    code = "from tests.config.test_child import *; print(said_by('app.library.tag_worker', '5', str(1 << 30)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("b'") and found.stdout.strip() != "b''"


def test_a_child_computes_with_one_thread_whatever_the_machine_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "64")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "a_child_that_computes.py").write_text(
        "import os, numpy\nprint(os.environ['OPENBLAS_NUM_THREADS'], len(os.listdir('/proc/self/task')))\n"
    )
    process = start_child("a_child_that_computes")
    assert process.stdout is not None
    assert process.stdout.read() == b"1 1\n"
    end_child(process)
