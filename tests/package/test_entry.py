"""The installed program's first steps, as far as they can be taken without it."""

import importlib
import os
import sys
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import child
from resources.package.entry import hold_on_to_the_modules


@pytest.fixture
def importers(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """An installed program, with PyInstaller's reader of modules."""
    archive = types.SimpleNamespace(_filename="/usr/lib/segue/segue")
    there = types.SimpleNamespace(pyz_archive=archive)
    monkeypatch.setitem(sys.modules, "pyimod02_importers", there)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    return there


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive that Python imports from, and what stays open of it."""
    before = set(os.listdir("/proc/self/fd"))
    archive = packed(tmp_path / "library.zip", ["a_first_module", "a_later_module"], "old")
    monkeypatch.syspath_prepend(str(archive))
    yield archive
    for name in ("a_first_module", "a_later_module"):
        sys.modules.pop(name, None)
    for descriptor in set(os.listdir("/proc/self/fd")) - before:
        if os.path.exists(f"/proc/self/fd/{descriptor}"):
            os.close(int(descriptor))


def packed(archive: Path, names: list[str], age: str) -> Path:
    part = archive.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as file:
        for name in names:
            file.writestr(f"{name}.py", f"age, name = {age!r}, {name!r}\n")
    return part.replace(archive)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is Linux where files are replaced while they run")
def test_modules_come_from_the_archives_that_were_begun_with(importers: types.SimpleNamespace, library: Path) -> None:
    first = importlib.import_module("a_first_module")
    hold_on_to_the_modules()
    packed(library, ["something_quite_else", "a_later_module", "a_first_module"], "new")
    later = importlib.import_module("a_later_module")
    assert (first.age, later.age, later.name) == ("old", "old", "a_later_module")
    assert importers.pyz_archive._filename == "/proc/self/exe"


def test_a_source_holds_on_to_nothing(importers: types.SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("sys.frozen")
    hold_on_to_the_modules()
    assert importers.pyz_archive._filename == "/usr/lib/segue/segue"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed program, where no system tells what file runs."""
    file = tmp_path / "segue"
    file.write_bytes(b"one")
    monkeypatch.setattr("sys.executable", str(file))
    monkeypatch.setattr("sys.frozen", True, raising=False)
    return file


def test_a_program_is_known_from_the_one_that_takes_its_place(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert child.has_been_replaced(), "what runs is this Python"
    monkeypatch.setattr(child, "_OWN", str(program))
    assert not child.has_been_replaced()
    monkeypatch.setattr(child, "_OWN", str(program.rename(program.with_name("deleted"))))
    assert not child.has_been_replaced(), "an upgrade is at it"
    program.write_bytes(b"another one")
    assert child.has_been_replaced()


def test_a_child_of_another_program_is_none_of_ours(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEGUE_PROGRAM", child.which_program())
    assert not child.is_of_another_program()
    monkeypatch.setenv("SEGUE_PROGRAM", "3-4")
    assert child.is_of_another_program()
    monkeypatch.delenv("SEGUE_PROGRAM")
    assert not child.is_of_another_program(), "begun by hand"


def test_a_source_has_no_other_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child.which_program() == ""
    assert not child.has_been_replaced()
