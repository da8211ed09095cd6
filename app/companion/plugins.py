"""Segue's plug-ins for other players: put where the player looks for plug-ins of this user, and taken away again.

Each is a folder of its own with a thin file for the player and one that asks Segue over the session bus. Along with it
goes the entry by which the bus starts the companion, where no installer has put one.
"""

import contextlib
import os
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.config.paths import resources
from app.domain.errors import SegueError

MARK = "X-Segue-Installed=true"
"""In every entry that Segue puts down; an installer may put its own in the place of one."""
FOR_PLUGINS = "X-Segue-For-Plugins=true"
"""In those that go with the last plug-in."""
SERVICES = ("org.segue.Companion1", "org.segue.Recommender1")
_SHARED = "segue_client.py"
_FOLDER = "segue"


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a player gets, and how it is switched on there."""

    name: str
    files: tuple[str, ...]
    how: str


PLUGINS: dict[str, Plugin] = {
    "quodlibet": Plugin(
        "Quod Libet",
        ("__init__.py",),
        "Switch it on in Quod Libet: File, Plugins, You may like (Segue).",
    ),
    "rhythmbox": Plugin(
        "Rhythmbox",
        ("segue.plugin", "segue.py"),
        "Switch it on in Rhythmbox: the menu in the corner, Plugins, You may like (Segue).",
    ),
}


def plugin_folder(player: str, environ: Mapping[str, str]) -> Path:
    """Where the plug-in goes: a folder of ours where the player looks for plug-ins."""
    if player == "rhythmbox":
        return data_home(environ) / "rhythmbox" / "plugins" / _FOLDER
    return _quodlibet_home(environ) / "plugins" / _FOLDER


def data_home(environ: Mapping[str, str]) -> Path:
    """The user's data folder; a relative ``$XDG_DATA_HOME`` counts as none."""
    return _folder(environ, "XDG_DATA_HOME", ".local/share")


def install(player: str, environ: Mapping[str, str], start: Sequence[str]) -> bool:
    """Puts the plug-in down, and what starts the companion by these words; False where all was there already.

    Raises:
        SegueError: something else is in the way, or a folder cannot be written.
    """
    folder = plugin_folder(player, environ)
    changed = [_put(folder / name, content) for name, content in _pieces(player).items()]
    return have_it_started(environ, start) or any(changed)


def have_it_started(environ: Mapping[str, str], start: Sequence[str]) -> bool:
    """Puts down what starts the companion for the plug-ins that are there, if there is nothing that does; True if so.

    Raises:
        SegueError: something else is in the way, or the folder cannot be written.
    """
    if not any(plugin_folder(player, environ).exists() for player in PLUGINS) or _is_started_by_others(environ):
        return False
    entries = {name: _entry(name, start) for name in SERVICES}
    put = [_put(path, entries[name]) for name, path in _entries(environ).items()]
    return any(put)


def uninstall(player: str, environ: Mapping[str, str]) -> bool:
    """Takes the plug-in away, and with the last one what starts the companion; False where there was nothing.

    Raises:
        SegueError: a file cannot be removed.
    """
    folder = plugin_folder(player, environ)
    gone = [_remove(folder / name) for name in _pieces(player)]
    for written in (folder / "__pycache__").glob("*.pyc"):
        _remove(written, ours=True)
    for empty in (folder / "__pycache__", folder):
        with contextlib.suppress(OSError):
            empty.rmdir()
    if not any(plugin_folder(other, environ).exists() for other in PLUGINS):
        mine = [path for path in _entries(environ).values() if FOR_PLUGINS.encode() in _read(path)]
        gone += [_remove(path) for path in mine]
    return any(gone)


def _pieces(player: str) -> dict[str, bytes]:
    source = resources() / "plugins"
    files = {name: (source / player / name).read_bytes() for name in PLUGINS[player].files}
    return {**files, _SHARED: (source / _SHARED).read_bytes()}


def _is_started_by_others(environ: Mapping[str, str]) -> bool:
    """Whether an installer has put an entry where the bus looks for it."""
    shared = (environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    places = [Path(folder) / "dbus-1" / "services" for folder in shared if os.path.isabs(folder)]
    if any((place / f"{SERVICES[0]}.service").is_file() for place in places):
        return True
    there = _read(_entries(environ)[SERVICES[0]])
    return bool(there) and FOR_PLUGINS.encode() not in there


def _entries(environ: Mapping[str, str]) -> dict[str, Path]:
    folder = data_home(environ) / "dbus-1" / "services"
    return {name: folder / f"{name}.service" for name in SERVICES}


def _entry(name: str, start: Sequence[str]) -> bytes:
    """The bus looks for no program by its name alone: the first word is a whole path."""
    if any(character in word for word in start for character in "\n\r\0"):
        raise SegueError("A folder with a line break in its name cannot stand in an entry of the session bus.")
    lines = ("[D-BUS Service]", MARK, FOR_PLUGINS, f"Name={name}", f"Exec={bus_words(start)}", "")
    return os.fsencode("\n".join(lines))


def bus_words(words: Sequence[str]) -> str:
    """Words as the bus takes them apart: as a shell does, after the escapes that every text of an entry may have."""
    return shlex.join(words).replace("\\", "\\\\")


def _put(path: Path, content: bytes) -> bool:
    there = _read(path)
    if there == content:
        return False
    if there and b"Segue" not in there:
        raise SegueError(f"{path} was not made by Segue and is left alone; please move it away first.")
    written = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(written, 0o644)
        os.replace(written, path)
    except OSError as error:
        if written:
            with contextlib.suppress(OSError):
                os.unlink(written)
        raise SegueError(f"{path} cannot be written: {error.strerror}.") from error
    return True


def _remove(path: Path, *, ours: bool = False) -> bool:
    if not ours and b"Segue" not in _read(path):
        return False
    try:
        path.unlink()
    except OSError as error:
        raise SegueError(f"{path} cannot be removed: {error.strerror}.") from error
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise SegueError(f"{path} cannot be read: {error.strerror}.") from error


def _quodlibet_home(environ: Mapping[str, str]) -> Path:
    """As Quod Libet itself looks for it."""
    if told := environ.get("QUODLIBET_USERDIR"):
        return Path(told)
    usual, old = _folder(environ, "XDG_CONFIG_HOME", ".config") / "quodlibet", Path.home() / ".quodlibet"
    return old if old.exists() and not usual.exists() else usual


def _folder(environ: Mapping[str, str], name: str, usual: str) -> Path:
    given = environ.get(name, "")
    return Path(given) if os.path.isabs(given) else Path.home() / usual
