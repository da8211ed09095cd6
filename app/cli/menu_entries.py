"""Entries of the desktop's menu, its buses and its icons, for a Segue that starts from where it is.

``resources/desktop`` holds them as if ``segue`` were found by its name. A checkout is not found by any name: its
entries start it by its whole path. What is put down is marked, and nothing else is overwritten or removed: what a
plug-in needs of the bus was put there with it, and goes with it.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.companion.plugins import FOR_PLUGINS, bus_words
from app.config.paths import resources
from app.domain.errors import SegueError

MARK = "X-Segue-Installed=true"
_PLACES = {".desktop": Path("applications"), ".service": Path("dbus-1", "services")}
_CACHES = (Path("applications", "mimeinfo.cache"), Path("icons", "hicolor", "icon-theme.cache"))
_BY_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""What starts a program whose name something in between would take for other than a name."""
_EXEC = re.compile(r"^Exec=(?:/usr/bin/)?segue(?=\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to put down, below the user's data folder."""

    goes_to: Path
    content: bytes


def program_words(environ: Mapping[str, str], beside: Path, started_as: str) -> list[str]:
    """What starts this Segue from anywhere: the script of a checkout, else the program that pip or pipx made.

    ``beside``: the folder of the resources.

    Raises:
        SegueError: no such program is found.
    """
    script = beside.parent / "segue"
    if os.access(script, os.X_OK) and script.is_file():
        venv = environ.get("SEGUE_VENV", "")
        env = shutil.which("env") or "env"  # whole: the bus looks for no program by its name
        by = _BY_SHELL if "=" in str(script) else ()  # env would take it for one more variable
        return [env, f"SEGUE_VENV={os.path.abspath(venv)}", *by, str(script)] if venv else [str(script)]
    for program in (Path(started_as), Path(sys.executable).with_name("segue")):
        if program.name == "segue" and program.is_file() and os.access(program, os.X_OK):
            return [os.path.abspath(program)]
    raise SegueError("It cannot be told which program starts this Segue; please run segue install by that program.")


def pieces(words: Sequence[str], source: Path | None = None) -> Iterator[Piece]:
    """All that belongs into a data folder of the desktop: entries, services of the bus, icons."""
    source = source or resources()
    for file in sorted((source / "desktop").iterdir()):
        if file.suffix in _PLACES:
            text = started_by(words, file.read_text(encoding="utf-8"), is_service=file.suffix == ".service")
            yield Piece(_PLACES[file.suffix] / file.name, os.fsencode(text))
    icons = Path("icons", "hicolor")
    for file in sorted((source / icons).rglob("*.png")):
        yield Piece(file.relative_to(source), file.read_bytes())
    yield Piece(icons / "scalable" / "apps" / "segue.svg", (source / "icons" / "segue.svg").read_bytes())


def started_by(words: Sequence[str], text: str, *, is_service: bool) -> str:
    """An entry whose lines start the program by these words instead of by its name.

    Raises:
        SegueError: a name holds what no entry can say.
    """
    if any(character in word for word in words for character in "\n\r\0"):
        raise SegueError("A folder with a line break in its name cannot stand in the desktop's menu.")
    if is_service:
        quoted = bus_words(words)
    else:
        if "%" in words[0]:  # a desktop looks for the program before it makes one of two
            words = [*_BY_SHELL, *words]
        quoted = " ".join(_quoted(word) for word in words)
    return _EXEC.sub(lambda _found: f"Exec={quoted}", text)


def _quoted(word: str) -> str:
    """A word of ``Exec``: quoted as the Desktop Entry specification wants it, and once more as every text there."""
    if re.fullmatch(r"[A-Za-z0-9_./=:@+,-]+", word):
        return word
    inside = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return '"' + inside.replace("\\", "\\\\") + '"'


def data_home(environ: Mapping[str, str]) -> Path:
    """The user's data folder; a relative ``$XDG_DATA_HOME`` counts as none."""
    given = environ.get("XDG_DATA_HOME", "")
    return Path(given) if os.path.isabs(given) else Path.home() / ".local" / "share"


def install(words: Sequence[str], home: Path) -> list[Path]:
    """Puts the pieces down; gives the files that were written, none where all is as it should be.

    Raises:
        SegueError: an entry of somebody else's is in the way, or the folder cannot be written.
    """
    wanted = [(home / piece.goes_to, piece) for piece in map(_marked, pieces(words))]
    there = {path: _read(path) for path, _piece in wanted}
    wanted = [(path, piece) for path, piece in wanted if not _is_for_plugins(there[path])]
    for path, piece in wanted:
        if (found := there[path]) is not None and not _is_ours(piece, found):
            raise SegueError(f"{path} was not made by Segue and is left alone; please move it away first.")
    written = []
    for path, piece in wanted:
        if there[path] == piece.content:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.new")
            beside.write_bytes(piece.content)
            os.replace(beside, path)
        except OSError as error:
            raise SegueError(f"{path} cannot be written: {error.strerror}.") from error
        written.append(path)
    return written


def remove(home: Path) -> list[Path]:
    """Takes back what :func:`install` put down, and folders that are empty then; gives the files that went.

    Raises:
        SegueError: a file cannot be removed.
    """
    gone = []
    for piece in pieces(["segue"]):
        path = home / piece.goes_to
        there = _read(path)
        if there is None or not _is_ours(piece, there) or _is_for_plugins(there):
            continue
        try:
            path.unlink()
        except OSError as error:
            raise SegueError(f"{path} cannot be removed: {error.strerror}.") from error
        gone.append(path)
        _drop_empty(path.parent, home)
    if gone:
        _drop_caches(home)
    return gone


def _marked(piece: Piece) -> Piece:
    if piece.goes_to.suffix not in _PLACES:
        return piece
    head, line, rest = piece.content.partition(b"\n")
    return Piece(piece.goes_to, head + line + MARK.encode() + b"\n" + rest)


def _is_ours(piece: Piece, there: bytes) -> bool:
    """An entry that carries our mark; an icon by its place, as nothing else is called so there."""
    return piece.goes_to.suffix not in _PLACES or MARK.encode() in there.splitlines()


def _is_for_plugins(there: bytes | None) -> bool:
    """What ``segue companion --install`` put down along with a plug-in."""
    return FOR_PLUGINS.encode() in (there or b"").splitlines()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SegueError(f"{path} cannot be read: {error.strerror}.") from error


def _drop_caches(home: Path) -> None:
    """What other programs noted of our files, where there were no others."""
    for cache in _CACHES:
        folder = (home / cache).parent
        if [path.name for path in folder.glob("*")] == [cache.name]:
            (home / cache).unlink()
            _drop_empty(folder, home)


def _drop_empty(folder: Path, home: Path) -> None:
    while folder != home and home in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
