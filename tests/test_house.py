"""The rules of the house, run: who may name whom, and what every file is like."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("app", "recommender")
MAX_LINES = 400

# One import that each contract must refuse: (module it is planted in, line, words of the contract's name).
PLANTED = [
    ("app/domain/text.py", "import app.storage.database", "Floors"),
    ("app/history/__init__.py", "import app.library", "Floors"),
    ("app/cli/context.py", "import app.qt.jobs", "The terminal knows no Qt"),
    ("recommender/__init__.py", "import app.domain.play", "The recommender stands alone"),
    ("app/storage/tracks.py", "import PySide6.QtCore", "Qt:"),
    ("app/ui/theme.py", "import sqlite3", "SQL:"),
    ("app/storage/plays.py", "import mutagen.flac", "Tags:"),
    ("app/library/__init__.py", "import av", "Decoding:"),
    ("app/suggestions/__init__.py", "import http.client", "Network:"),
    ("app/suggestions/plays.py", "import tuf.ngclient", "Models from elsewhere:"),
    ("recommender/remote/__init__.py", "import fastapi", "The service:"),
]


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run_linter(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-P", "-c", program, "--no-cache"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_floors_hold_and_the_linter_saw_them() -> None:
    result = run_linter(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    seen = re.search(r"Analyzed (\d+) files, (\d+) dependencies", result.stdout)
    assert seen is not None, result.stdout
    files, dependencies = map(int, seen.groups())
    assert files >= len(modules(*OURS)), "the linter saw fewer files than there are"
    assert dependencies > files, "the linter saw hardly an import"


def test_every_contract_refuses_an_import_planted_against_it(tmp_path: Path) -> None:
    for package in OURS:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line, _contract in PLANTED:
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    result = run_linter(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    contracts = re.findall(r'^name = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    broken = [name for name in contracts if f"{name} BROKEN" in result.stdout]
    assert {next(name for name in contracts if name.startswith(words)) for _, _, words in PLANTED} == set(broken)
    for name, line, _contract in PLANTED:
        importer = name.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
        imported = re.escape(line.split()[1].split(".")[0])
        assert re.search(rf"{re.escape(importer)} -> {imported}", result.stdout), f"{line} in {name} was not seen"


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_says_what_lives_in_it() -> None:
    assert not [short(path) for path in modules(*OURS) if not ast.get_docstring(ast.parse(path.read_text()))]


def test_every_module_keeps_to_its_trade() -> None:
    assert not [f"{short(path)}: {what}" for path in modules(*OURS) for what in trespasses(path)]


def trespasses(path: Path) -> Iterator[str]:
    name, tree = short(path), ast.parse(path.read_text(encoding="utf-8"))
    imported = set(imports_of(tree))
    if "urllib.request" in imported and not name.startswith(("recommender/remote/", "app/history/services/")):
        yield "would reach the network"
    if name != "app/qt/jobs.py" and starts_threads(tree):
        yield "threads start in app/qt/jobs.py alone"
    # The cage of the tag worker and the holder of the sound devices are processes by nature; everything else starts
    # where threads do.
    children = ("app/library/", "app/config/child.py", "app/playback/sound_process.py")
    if name != "app/qt/jobs.py" and not name.startswith(children):
        started = imported & {"multiprocessing", "subprocess", "concurrent.futures", "PySide6.QtCore.QProcess"}
        yield from (f"processes start in app/qt/jobs.py alone, not by {module}" for module in started)
    if not name.startswith("app/cli/") and calls(tree, "print"):
        yield "printing is for app/cli"


def starts_threads(tree: ast.AST) -> bool:
    called = {"Thread", "Timer", "QThread", "QThreadPool", "ThreadPoolExecutor", "start_new_thread"}
    bases = {ast.unparse(base) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases}
    return any(calls(tree, name) for name in called) or bool(bases & {"QThread", "threading.Thread", "Thread"})


def calls(tree: ast.AST, name: str) -> bool:
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(
        (isinstance(f, ast.Name) and f.id == name) or (isinstance(f, ast.Attribute) and f.attr == name)
        for f in functions
    )


def test_every_file_can_be_read_in_one_sitting() -> None:
    lengths = {short(path): len(path.read_text().splitlines()) for path in modules(*OURS, "tests")}
    assert not {name: lines for name, lines in lengths.items() if lines > MAX_LINES}


def test_the_checks_of_files_see_what_they_look_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    planted = tmp_path / "app" / "planted.py"
    planted.parent.mkdir()
    planted.write_text(
        "import subprocess, threading, urllib.request\nfrom PySide6.QtCore import QThread\n"
        "class Worker(QThread): pass\nprint(threading.Thread())\n"
    )
    assert len(list(trespasses(planted))) == 4
    planted.write_text("from multiprocessing import Process\n")
    assert len(list(trespasses(planted))) == 1


def test_no_path_of_somebodys_machine_is_written_down() -> None:
    pattern = re.compile(r"(?<![\w.~])/(?:work|root|home/\w|Users/\w|opt)/")
    here = Path(__file__)
    named = [short(path) for path in modules(*OURS, "tests") if path != here and pattern.search(path.read_text())]
    assert not named


def test_migrations_are_numbered_without_holes() -> None:
    names = sorted(path.name for path in (ROOT / "resources/migrations").glob("*.sql"))
    assert names
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", name) for name in names), names
    numbers = [int(name[:4]) for name in names]
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers)), numbers


def pinned(listing: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", listing.read_text(), re.MULTILINE))


def test_the_locked_lists_agree_with_each_other_and_with_the_direct_pins() -> None:
    names = ("run", "service", "test", "package")
    run, service, test, package = (pinned(ROOT / f"resources/lock/{name}.txt") for name in names)
    assert len(run) > 10
    assert run.items() < service.items() < test.items()
    assert run.items() < package.items()
    assert {name for name in package.keys() & test.keys() if package[name] != test[name]} == set()
    direct = re.findall(r'^    "([A-Za-z0-9-]+)==([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert len(direct) > 10
    assert {name.lower(): version for name, version in direct}.items() <= test.items()


def test_every_locked_file_has_its_digest_and_no_source_is_named() -> None:
    for name in ("run", "service", "test", "package"):
        text = (ROOT / f"resources/lock/{name}.txt").read_text()
        entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text
        assert "--index" not in text
