"""Whose the works are inside the installed program, and that each has its licence's text with it."""

import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.licenses import canonicalize_license_expression

from resources.package import licences
from resources.package.licences import COMMON, ON_EVERY_DEBIAN, TABLE, WORKS, Licences, crates, others, texts_of

QT = "PySide6/Qt"


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return list(tomllib.loads(TABLE.read_text(encoding="utf-8"))["work"])


def ours() -> set[str]:
    return {str(file) for package in distributions() for file in package.files or []}


@pytest.mark.parametrize(
    "file",
    [
        "av.libs/libstranger-1.so.2",
        "libstranger.so.1",
        f"{QT}/plugins/imageformats/libqstranger.so",
        "stranger/_core.abi3.so",
    ],
)
def test_a_file_of_nobody_stops_the_build(file: str, rows: list[dict[str, Any]]) -> None:
    with pytest.raises(LookupError, match=r"stranger"):
        others([Path(f"{QT}/lib/libQt6Core.so.6"), Path(file)], ours(), rows)


def test_a_library_is_somebodys_work_though_a_package_brings_it(rows: list[dict[str, Any]]) -> None:
    without = [row for row in rows if "libx264" not in row["inside"]]
    (x264,) = [file for file in ours() if Path(file).name.startswith("libx264")]
    with pytest.raises(LookupError, match=r"libx264"):
        others([Path(x264)], ours(), without)


def test_what_is_built_into_a_file_is_named_with_it(rows: list[dict[str, Any]]) -> None:
    core, jpeg = Path(f"{QT}/lib/libQt6Core.so.6"), Path(f"{QT}/plugins/imageformats/libqjpeg.so")
    alone = {work.name for work in others([core], ours(), rows)}
    both = {work.name for work in others([core, jpeg], ours(), rows)}
    assert {"Qt", "PCRE2, in Qt"} <= alone
    assert both - alone == {"libjpeg-turbo, in Qt"}


def test_every_native_file_that_can_be_bundled_has_its_owner(rows: list[dict[str, Any]]) -> None:
    """All of what the packages bring that Segue names, and more than the build takes."""
    names = ("av", "numpy", "scipy", "miniaudio", "cffi", "dbus-fast", "psutil", "safetensors", "sparse-dot-topn")
    packages = [distribution(name) for name in (*names, "watchfiles", "shiboken6")]
    files = [Path(str(file)) for package in packages for file in package.files or [] if ".so" in file.suffixes]
    assert len(files) > 100
    assert len(others(files, ours(), rows)) > 20


def test_every_work_has_its_text_and_every_text_its_work(rows: list[dict[str, Any]]) -> None:
    there = {file.name.removesuffix(".txt") for file in WORKS.iterdir()}
    needed = {text for row in rows for text in row["texts"]}
    of_crates = {text for work in crates(distributions_of_rust()) for text in work.texts}
    brought = {"Python", *texts_of(distribution("numpy"))}
    assert all(row["texts"] for row in rows)
    assert needed | of_crates <= there | ON_EVERY_DEBIAN | brought
    assert there <= needed | of_crates, "a text of no work"
    assert min(file.stat().st_size for file in WORKS.iterdir()) > 500


def distributions_of_rust() -> list[Any]:
    return [distribution("safetensors"), distribution("watchfiles")]


@pytest.mark.skipif(not COMMON.is_dir(), reason="these are Debian's")
def test_the_texts_that_are_left_to_debian_are_there() -> None:
    assert {file.name for file in COMMON.iterdir()} >= ON_EVERY_DEBIAN


def test_packages_in_rust_tell_what_is_built_into_them() -> None:
    found = {work.name: work for work in crates(distributions_of_rust())}
    assert found["pyo3, in watchfiles"].texts == ("Apache-2.0",)
    assert found["mio, in watchfiles"].texts == ("mio",)
    assert found["unicode-ident, in safetensors"].texts == ("unicode-ident",), "two licences at once"
    assert "pyo3-build-config, in watchfiles" not in found, "it built, and stayed outside"


def test_licences_are_named_as_everybody_names_them(rows: list[dict[str, Any]]) -> None:
    for said in [row["licence"] for row in rows] + [work.licence for work in crates(distributions_of_rust())]:
        assert canonicalize_license_expression(said) == said


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of two files: its own and one of PyAV's."""
    (inside := tmp_path / "segue" / "_internal" / "av.libs").mkdir(parents=True)
    for file in (inside / "libx264-d6533a8d.so.165", tmp_path / "segue" / "segue"):
        file.write_bytes(b"\x7fELF")
    return tmp_path / "segue"


def test_a_person_reads_where_each_text_is(program: Path) -> None:
    found = Licences(program, ["click.core", "PySide6.__init__"])
    listing = found.listing()
    assert "\nx264 core 165\n    GPL-2.0-or-later\n" in listing
    assert "\n    /usr/share/common-licenses/GPL-2\n    licences/libx264-164.gz\n" in listing
    texts = dict(found.texts())
    assert {"click-licenses-LICENSE.txt", "libx264-164", "pyinstaller"} <= texts.keys()
    assert b"Pallets" in texts["click-licenses-LICENSE.txt"]
    assert "libx265-199" not in texts, "it is not inside"
    assert "\nshiboken6" not in listing


def test_a_work_without_its_text_stops_the_build(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in WORKS.iterdir():
        if file.name != "libx264-164.txt":
            (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr(licences, "WORKS", tmp_path)
    with pytest.raises(LookupError, match=r"no text of x264"):
        Licences(program, [])
