"""Under which licences the works are that the installed program holds beside Segue, and the texts of these licences."""

import json
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath
from typing import Any

from resources.package.program import libraries

TABLE = Path(__file__).with_name("native.toml")
WORKS = Path(__file__).with_name("works")
COMMON = Path("/usr/share/common-licenses")
ON_EVERY_DEBIAN = frozenset({"Apache-2.0", "CC0-1.0", "GPL-2", "GPL-3", "LGPL-2", "LGPL-2.1", "LGPL-3", "MPL-2.0"})
_TEXT_NAMES = ("licen", "copying", "notice", "authors")
_LONGEST_LINE = 100
_IDS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
}
"""What packages say in older words; SciPy is the one that says BSD and not which, and its text has three clauses."""


@dataclass(frozen=True, slots=True)
class Work:
    """One work that is not ours."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()
    """Names of :meth:`Licences.texts`, and of what is :data:`ON_EVERY_DEBIAN`."""


class Licences:
    """The works inside a program.

    Raises:
        LookupError: a bundled file belongs to no work that is known, or a work has no text.
    """

    def __init__(self, program: Path, modules: Iterable[str]) -> None:
        inside = program / "_internal"
        packages = sorted(_bundled(inside, set(modules)), key=lambda each: each.name.lower())
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        files = [file.relative_to(inside) if inside in file.parents else Path(file.name) for file in libraries(program)]
        self._texts = {file.name.removesuffix(".txt"): file.read_bytes() for file in WORKS.glob("*.txt")}
        self._texts["Python"] = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").read_bytes()
        for package in packages:
            self._texts |= texts_of(package)
        ours = {str(file) for package in packages for file in package.files or []}
        natives = others(files, ours, table["work"])
        named = [_work(package, table["packages"].get(package.name, ())) for package in packages]
        self._works = [*named, *natives, *crates(packages)]
        for work in self._works:
            if not work.texts or not {*self._texts, *ON_EVERY_DEBIAN}.issuperset(work.texts):
                raise LookupError(f"There is no text of {work.name}'s licence among {work.texts}")

    def works(self) -> list[Work]:
        """All of them: Python's packages, then what they and the program are built with."""
        return self._works

    def listing(self) -> str:
        """What a person reads."""
        head = (
            "Segue is free software under the GPL-3.0-or-later. This package holds other works beside it,\n"
            "each under the licence named here. The licences' texts are in the folder licences beside this\n"
            "file and in /usr/share/common-licenses. As the whole holds works under the GPL, it is all\n"
            "handed on under the GPL-3.0-or-later.\n\n"
        )
        return head + "\n".join(map(_shown, self._works))

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Each licence's text that some work needs and no Debian has, under its name."""
        needed = {name for work in self._works for name in work.texts}
        return ((name, self._texts[name]) for name in sorted(needed - ON_EVERY_DEBIAN))


def _shown(work: Work) -> str:
    places = [f"{COMMON}/{name}" if name in ON_EVERY_DEBIAN else f"licences/{name}.gz" for name in work.texts]
    lines = [f"{work.name} {work.version}".rstrip(), work.licence, work.home, *places]
    return "\n    ".join(lines) + "\n"


def _bundled(inside: Path, modules: set[str]) -> Iterator[Distribution]:
    """The packages of this Python of which some file or module is inside."""
    for package in distributions():
        code = [file for file in package.files or [] if ".dist-info" not in str(file) and ".." not in file.parts]
        if any(_module(file) in modules or (inside / str(file)).is_file() for file in code):
            yield package


def _module(file: PurePath) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__") if file.suffix == ".py" else ""


def texts_of(package: Distribution) -> dict[str, bytes]:
    """The texts that a package of Python brings, under names of their own."""
    found = {}
    for file in package.files or []:
        named = any(word in file.name.lower() for word in _TEXT_NAMES)
        if named and ".dist-info" in str(file) and file.suffix not in {".py", ".pyc"}:
            inner = str(file).partition(".dist-info/")[2].replace("/", "-")
            found[f"{package.name}-{inner}"] = Path(str(file.locate())).read_bytes()
    return found


def _work(package: Distribution, without: Sequence[str]) -> Work:
    """``without``: where the texts of a package are that brings none."""
    about = package.metadata.json
    classes = [str(each) for each in about.get("classifier", [])]
    classed = [each.rpartition(" :: ")[2] for each in classes if each.startswith("License ::")]
    said = str(about.get("license_expression") or ", ".join(classed) or about.get("license", "")).partition("\n")[0]
    homes = [str(each).partition(", ")[2] for each in about.get("project_url", [])]
    home = str(about.get("home_page") or (homes[0] if homes else ""))
    licence = _IDS.get(said, said[:_LONGEST_LINE])
    return Work(package.name, package.version, licence, home, tuple(texts_of(package) or without))


def others(files: Iterable[Path], ours: set[str], rows: Iterable[Mapping[str, Any]]) -> list[Work]:
    """The works that native files hold, by the rows of the table.

    ``files``: of the program, from its folder of libraries on; ``ours``: those that belong to packages of Python.

    Raises:
        LookupError: one belongs to nobody.
    """
    rows = list(rows)
    known = tuple(name for row in rows for name in row["inside"])
    bundled = sorted(set(files))
    named = {file.name for file in bundled}
    if unknown := [str(file) for file in bundled if not file.name.startswith(known) and not _belongs(file, ours)]:
        raise LookupError(f"native.toml does not say whose these files are: {', '.join(unknown)}")
    return [
        Work(row["name"], row.get("version", ""), row["licence"], row["home"], tuple(row["texts"]))
        for row in rows
        if not row["inside"] or any(name.startswith(tuple(row["inside"])) for name in named)
    ]


def _belongs(file: Path, ours: set[str]) -> bool:
    """Python's modules and Qt's plugins belong to what they came with; a library of its own is somebody's work."""
    is_library = ".so." in file.name or file.parent.name.endswith(".libs")
    return not is_library and (str(file) in ours or file.parent.name == "lib-dynload")


def crates(packages: Iterable[Distribution]) -> list[Work]:
    """What is built into the packages that are written in Rust, as they list it themselves."""
    found = {}
    for package in packages:
        for file in package.files or []:
            if file.match("*.dist-info/sboms/*.cyclonedx.json"):
                for part in json.loads(file.read_text(encoding="utf-8"))["components"]:
                    if part.get("scope") != "excluded" and part["name"] != package.name:
                        work = _crate(part, package.name)
                        found[work.name, work.version] = work
    return [found[key] for key in sorted(found)]


def _crate(part: Mapping[str, Any], package: str) -> Work:
    name = str(part["name"])
    licence = " AND ".join(str(each.get("expression", "")) for each in part.get("licenses", []))
    home = f"https://crates.io/crates/{name}"
    return Work(f"{name}, in {package}", str(part["version"]), licence, home, (_text_of_crate(name, licence),))


def _text_of_crate(name: str, licence: str) -> str:
    """Of several licences, the one whose text every Debian has."""
    if " AND " not in licence:
        for choice in licence.split(" OR "):
            if (text := choice.partition(" WITH ")[0]) in ON_EVERY_DEBIAN:  # an exception only allows more
                return text
    return name
