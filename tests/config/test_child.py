"""The children that work for us run our own code, wherever Segue was started."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from app.config.child import CHILDREN, child_of, end_child, free_the_environment, run_if_there, start_child

_WISH = {"do": "preview", "language": "en", "origin": {"source": "folder", "place": "/nowhere"}}
_PLACES = dict.fromkeys(("data", "config", "cache", "runtime"), "kept")
WORKERS = {
    "app.library.tag_worker": ("5", str(1 << 30)),
    "app.library.edit_worker": (str(1 << 30),),
    "app.library.scan_worker": (),
    "app.library.watch_worker": ("watched",),
    "app.analysis.waveform_worker": ("tone.wav", "0"),
    "app.playback.sound_worker": ("DESCRIPTOR",),
    "app.sync.worker": (json.dumps(_WISH | _PLACES),),
}
_SCAN = {"database": "kept/segue.db", "folders": ["watched"], "only": None, "language": "en"}
ASKED = {"app.library.scan_worker": json.dumps(_SCAN | {"min_length_s": 0, "now_ms": 0}).encode() + b"\n"}
"""Of a worker that is told on its input what to do."""
HOSTILE = ("json", "select", "contextlib", "struct", "numpy", "av", "mutagen", "miniaudio", "app/__init__")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds modules of the names that a worker imports; each leaves a trace."""
    (tmp_path / "app").mkdir()
    (tmp_path / "kept").mkdir()
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
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(ASKED.get(module, b""))
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


def test_the_installed_program_knows_every_worker_that_there_is() -> None:
    files = [path for path in (ROOT / "app").rglob("*worker.py") if 'if __name__ == "__main__"' in path.read_text()]
    workers = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files}
    assert set(CHILDREN) == workers == set(WORKERS)


@pytest.mark.parametrize(
    "words", [[], ["-m"], ["-m", "json.tool"], ["-m", "app"], ["app.library.tag_worker"], ["x", "-m", CHILDREN[0]]]
)
def test_only_a_worker_is_a_child(words: list[str]) -> None:
    assert child_of(words) is None
    assert child_of(["-m", CHILDREN[0], "a", "b"]) == (CHILDREN[0], ["a", "b"])


INSTALLED = """#!{python}
import sys
sys.path.insert(0, {root!r})
sys.frozen = True
import runpy
runpy.run_path({entry!r}, run_name="__main__")
"""


@pytest.mark.parametrize("module", WORKERS)
def test_the_installed_program_is_its_own_children(hostile: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    program = hostile / "segue"
    entry = str(ROOT / "resources/package/entry.py")
    program.write_text(INSTALLED.format(python=sys.executable, root=str(ROOT), entry=entry))
    program.chmod(0o755)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    assert said_by(module, *WORKERS[module])


@pytest.mark.parametrize(("before", "after"), [(None, None), ("/theirs", "/theirs")])
def test_other_programs_get_the_libraries_of_the_system(
    monkeypatch: pytest.MonkeyPatch, before: str | None, after: str | None
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/ours")
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    free_the_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/ours", "a Python of the system has set nothing"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    free_the_environment()
    assert os.environ.get("LD_LIBRARY_PATH") == after
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_program_that_is_not_there_or_fails_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_if_there("no-such-program-anywhere")
    run_if_there(str(tmp_path))
    run_if_there("sh", "-c", "echo a; echo b >&2; exit 3")
    assert capfd.readouterr() == ("", "")
