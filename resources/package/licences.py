"""Under which licences the works are that the installed program holds beside Segue."""

import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

TABLE = Path(__file__).with_name("native.toml")
_TEXT_NAMES = ("licen", "copying", "notice", "authors")
_LONGEST_LINE = 100


@dataclass(frozen=True, slots=True)
class Work:
    """One work that is not ours."""

    name: str
    version: str
    licence: str
    home: str


class Licences:
    """The works inside a program.

    Raises:
        LookupError: a bundled library belongs to no work that is known.
    """

    def __init__(self, program: Path, modules: Iterable[str]) -> None:
        inside = program / "_internal"
        self._packages = sorted(_bundled(inside, set(modules)), key=lambda each: each.name.lower())
        self._others = _others(file.name for file in inside.rglob("*.so*") if _is_library(file))

    def works(self) -> list[Work]:
        """All of them: Python's packages, then the rest."""
        return [_work(package) for package in self._packages] + self._others

    def listing(self) -> str:
        """What a person reads."""
        head = (
            "Segue is free software under the GPL-3.0-or-later. This package holds other works beside it,\n"
            "each under the licence named here. The licences' texts are in the folder licences beside this\n"
            "file, as far as the works bring them along, and in /usr/share/common-licenses.\n\n"
        )
        return head + "\n".join(
            f"{work.name} {work.version}".rstrip() + f"\n    {work.licence}\n    {work.home}\n" for work in self.works()
        )

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Each licence's text that a work brings, under a name."""
        for package in self._packages:
            for file in package.files or []:
                named = file.name.lower()
                if any(word in named for word in _TEXT_NAMES) and ".dist-info" in str(file) and file.suffix != ".pyc":
                    if file.suffix == ".py":
                        continue
                    inner = str(file).partition(".dist-info/")[2].replace("/", "-")
                    yield f"{package.name}-{inner}", Path(str(file.locate())).read_bytes()
        yield "Python", (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt").read_bytes()


def _bundled(inside: Path, modules: set[str]) -> Iterator[Distribution]:
    """The packages of this Python of which some file or module is inside."""
    for package in distributions():
        code = [file for file in package.files or [] if ".dist-info" not in str(file) and ".." not in file.parts]
        if any(_module(file) in modules or (inside / str(file)).is_file() for file in code):
            yield package


def _module(file: Path | object) -> str:
    path = Path(str(file))
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__") if path.suffix == ".py" else ""


def _work(package: Distribution) -> Work:
    about = package.metadata.json
    classes = [str(each) for each in about.get("classifier", [])]
    classed = [each.rpartition(" :: ")[2] for each in classes if each.startswith("License ::")]
    said = str(about.get("license_expression") or ", ".join(classed) or about.get("license", "")).partition("\n")[0]
    homes = [str(each).partition(", ")[2] for each in about.get("project_url", [])]
    home = str(about.get("home_page") or (homes[0] if homes else ""))
    return Work(package.name, package.version, said[:_LONGEST_LINE] or "see its text", home)


def _is_library(file: Path) -> bool:
    """A library of its own; Python's modules and Qt's plugins belong to what they are in."""
    return file.is_file() and (".so." in file.name or file.parent.name.endswith(".libs"))


def _others(libraries: Iterable[str]) -> list[Work]:
    works = tomllib.loads(TABLE.read_text(encoding="utf-8"))["work"]
    known = tuple(name for work in works for name in work["libraries"])
    bundled = set(libraries)
    if unknown := sorted(name for name in bundled if not name.startswith(known)):
        raise LookupError(f"native.toml does not say whose these libraries are: {', '.join(unknown)}")
    return [
        Work(work["name"], "", work["licence"], work["home"])
        for work in works
        if not work["libraries"] or any(name.startswith(tuple(work["libraries"])) for name in bundled)
    ]
