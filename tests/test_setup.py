"""``./segue``: found from anywhere, and a start that has nothing to set up does nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("run", "test")


def a_checkout(folder: Path) -> Path:
    """A copy of what the script needs, under an awkward name, with this Python as its environment."""
    checkout = folder / "my music app"
    shutil.copytree(ROOT / "app", checkout / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", checkout / "resources")
    shutil.copy(ROOT / "segue", checkout)
    return checkout


def a_ready_venv(folder: Path, checkout: Path) -> Path:
    venv = folder / "an environment"
    (venv / "bin").mkdir(parents=True)
    python = venv / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho python >>"{folder}/calls"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    for name in LISTS:
        shutil.copy(checkout / "resources" / "lock" / f"{name}.txt", venv / f"segue-{name}.lock")
    return venv


def start(
    script: Path, *words: str, cwd: Path, venv: Path, path: str = "/usr/bin:/bin"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(script), *words],
        cwd=cwd,
        env={"PATH": path, "HOME": str(cwd), "SEGUE_VENV": str(venv), "SEGUE_HOME": os.environ["SEGUE_HOME"]},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return a_checkout(tmp_path)


@pytest.fixture
def venv(tmp_path: Path, checkout: Path) -> Path:
    return a_ready_venv(tmp_path, checkout)


def test_the_script_is_plain_sh() -> None:
    assert subprocess.run(["sh", "-n", str(ROOT / "segue")], check=False).returncode == 0
    assert os.access(ROOT / "segue", os.X_OK)


def test_it_runs_from_another_folder_through_links_and_with_spaces(tmp_path: Path, checkout: Path, venv: Path) -> None:
    elsewhere = tmp_path / "else where"
    (elsewhere / "app").mkdir(parents=True)
    (elsewhere / "app" / "__init__.py").write_text("raise SystemExit('the wrong app')")
    (elsewhere / "json.py").write_text("raise SystemExit('the wrong json')")
    (elsewhere / "first").symlink_to("second")
    (elsewhere / "second").symlink_to(Path("..") / "my music app" / "segue")
    result = start(elsewhere / "first", "--help", cwd=elsewhere, venv=venv)
    assert result.returncode == 0, result.stderr
    assert "Commands:" in result.stdout
    assert result.stderr == ""


def test_arguments_arrive_whole(tmp_path: Path, checkout: Path, venv: Path) -> None:
    result = start(checkout / "segue", "--home", str(tmp_path / "a  b'c"), "search", "*", "", cwd=tmp_path, venv=venv)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "a  b'c" / "data").is_dir()


def test_a_start_that_is_set_up_runs_python_once_and_writes_nothing(tmp_path: Path, checkout: Path, venv: Path) -> None:
    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in venv.rglob("*")}

    before = state()
    assert start(checkout / "segue", "--version", cwd=tmp_path, venv=venv).returncode == 0
    assert state() == before
    assert (tmp_path / "calls").read_text().count("python") == 1


def test_a_changed_list_or_a_set_up_cut_short_is_seen(tmp_path: Path, checkout: Path, venv: Path) -> None:
    (venv / "segue-run.lock").write_text("older\n")
    failing_pip = f'#!/bin/sh\ncase "$*" in *pip\\ install*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n'
    (venv / "bin" / "python").write_text(failing_pip)
    (venv / "pyvenv.cfg").touch()
    result = start(checkout / "segue", "--version", cwd=tmp_path, venv=venv)
    assert result.returncode == 1
    assert "setting up" in result.stderr
    assert "could not be fetched" in result.stderr
    assert not (venv / "segue-run.lock").exists()
    assert (venv / "segue-test.lock").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, checkout: Path) -> None:
    precious = tmp_path / "photos"
    precious.mkdir()
    (precious / "one.jpg").write_text("smile")
    result = start(checkout / "segue", "--version", cwd=tmp_path, venv=precious, path=os.environ["PATH"])
    assert result.returncode == 1
    assert "something else" in result.stderr
    assert [path.name for path in precious.iterdir()] == ["one.jpg"]


def test_test_runs_pytest_offscreen_without_the_slow_proofs(tmp_path: Path, checkout: Path, venv: Path) -> None:
    (venv / "bin" / "python").write_text('#!/bin/sh\necho "$QT_QPA_PLATFORM|$PWD"\nfor word; do echo "[$word]"; done\n')
    result = start(checkout / "segue", "test", "-k", "a b", cwd=tmp_path, venv=venv)
    assert result.stdout.splitlines() == [
        f"offscreen|{checkout}", "[-m]", "[pytest]", "[-m]", "[not slow]", "[-k]", "[a b]",
    ]  # fmt: skip
    result = start(checkout / "segue", "test", cwd=tmp_path, venv=venv)
    assert result.stdout.splitlines()[5:] == ["[-n]", "[auto]", "[--dist]", "[loadfile]"]


def test_packing_has_an_environment_of_its_own(tmp_path: Path, checkout: Path, venv: Path) -> None:
    own = venv.with_name(f"{venv.name}-package")
    (own / "bin").mkdir(parents=True)
    (own / "bin" / "python").write_text('#!/bin/sh\nfor word; do echo "[$word]"; done\n')
    (own / "bin" / "python").chmod(0o755)
    shutil.copy(checkout / "resources" / "lock" / "package.txt", own / "segue-package.lock")
    result = start(checkout / "segue", "package", "--out", "a b", cwd=tmp_path, venv=venv)
    assert result.stdout.splitlines() == ["[-m]", "[resources.package]", "[--out]", "[a b]"], result.stderr


@pytest.mark.slow
def test_a_wheel_carries_what_the_program_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, timeout=300)
    (wheel,) = tmp_path.glob("segue-*.whl")
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True
    ).stdout
    for name in ("migrations/0001", "lock/system.txt", "desktop/segue.desktop", "icons/hicolor/48x48/apps/segue.png"):
        assert f"app/_resources/{name}" in listed
    assert "licenses/LICENSE" in listed
    assert "tests/" not in listed
    assert "_resources/package" not in listed
