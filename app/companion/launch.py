"""The command that opens a file with a player, out of its desktop entry: for players that take none over the bus.

https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
"""

import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

_ID = re.compile(r"[\w][\w.+-]{0,120}")
_MOST_BYTES = 1 << 17
_MOST_ENTRIES = 5_000
_ESCAPES = {"\\s": " ", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}
_SOUND = ("Audio", "AudioVideo", "Player", "Music")


def opens_files(desktop_entry: str, player: str) -> bool:
    """Whether this player can be started with a file."""
    return bool(command(desktop_entry, player, b"/"))


def command(desktop_entry: str, player: str, file: bytes) -> list[bytes]:
    """The words of the command; none where the entry is not there, is of no player, or takes no files.

    A player names its entry itself, and is not believed: it has to be one that is installed and plays sound.
    """
    for name in dict.fromkeys((desktop_entry.removesuffix(".desktop"), player, player.lower())):
        for path in _places(name):
            entry = _read(path)
            words = _words(entry, file) if entry is not None else []
            if words and shutil.which(os.fsdecode(words[0])) is not None:
                return words
    return []


def _places(name: str) -> Iterator[Path]:
    if not _ID.fullmatch(name):
        return
    home = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    others = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *others.split(":")[:32]):
        if os.path.isabs(folder):
            applications = Path(folder, "applications")
            yield applications / f"{name}.desktop"
            yield from (path for path in _entries(applications) if path.stem.rpartition(".")[2].lower() == name.lower())


def _entries(applications: Path) -> list[Path]:
    """All of a folder: ``quodlibet`` may be ``io.github.quodlibet.QuodLibet`` there."""
    try:
        return sorted(applications.glob("*.desktop"))[:_MOST_ENTRIES]
    except OSError:
        return []


def _read(path: Path) -> Mapping[str, str] | None:
    """The keys of the entry's own group."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return None
    found: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            group = line
        elif group == "[Desktop Entry]" and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key.strip(), value.strip())
    return found


def _words(entry: Mapping[str, str], file: bytes) -> list[bytes]:
    kinds = entry.get("Categories", "").split(";")
    plays = any(kind in kinds for kind in _SOUND) or "audio/" in entry.get("MimeType", "")
    hidden = entry.get("Hidden", "").lower() == "true"
    if entry.get("Type") != "Application" or hidden or not plays or entry.get("Terminal", "").lower() == "true":
        return []
    line = re.sub(r"\\.", lambda found: _ESCAPES.get(found[0], found[0]), entry.get("Exec", ""))
    try:
        words = shlex.split(line)
    except ValueError:
        return []
    made: list[bytes] = []
    taken = False
    for word in words:
        if word in {"%f", "%F", "%u", "%U"}:
            made.append(file)  # also for an address, as the specification allows: Quod Libet 4.5 plays none there
            taken = True
        elif word not in {"%i", "%c", "%k", "%d", "%D", "%n", "%N", "%v", "%m"}:
            made.append(word.replace("%%", "%").encode())
    return made if taken and len(made) > 1 else []
