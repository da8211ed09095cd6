"""Starting with the desktop: one entry in the folder where desktops look for such entries."""

import configparser
import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_MOST_BYTES = 64_000
_GROUP = "Desktop Entry"
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")


def autostart_entry(environ: Mapping[str, str], name: str = "segue-companion") -> Path:
    """Where the entry is, or would be."""
    configured = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(configured) if os.path.isabs(configured) else Path.home() / ".config"
    return folder / "autostart" / f"{name}.desktop"


def is_on(entry: Path) -> bool:
    """Whether the desktop would start it; other programs turn an entry off by a line of theirs."""
    reader = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    try:
        with entry.open("rb") as file:
            reader.read_string(file.read(_MOST_BYTES).decode("utf-8", "replace"))
    except (OSError, configparser.Error):
        return False
    if not reader.has_section(_GROUP):
        return False
    said = reader[_GROUP]
    hidden = said.get("Hidden", "false").strip() == "true"
    return not hidden and said.get("X-GNOME-Autostart-enabled", "true").strip() != "false"


def turn_on(entry: Path, words: Sequence[str], name: str, comment: str) -> None:
    """Writes the entry, whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    lines = (
        f"[{_GROUP}]",
        "Type=Application",
        f"Name={_value(name)}",
        f"Comment={_value(comment)}",
        f"Exec={_value(' '.join(_quoted(word) for word in words))}",
        "Icon=segue",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
        "",
    )
    entry.parent.mkdir(parents=True, exist_ok=True)
    handle, written = tempfile.mkstemp(dir=entry.parent, prefix=entry.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("\n".join(lines))
        os.replace(written, entry)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(written)
        raise


def turn_off(entry: Path) -> None:
    """Takes the entry away.

    Raises:
        OSError: it cannot be removed.
    """
    entry.unlink(missing_ok=True)


def _quoted(word: str) -> str:
    """One argument as the specification of desktop entries wants it; a ``%`` would be a field code."""
    word = word.replace("%", "%%")
    if word and not _RESERVED & set(word):
        return word
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return f'"{word}"'


def _value(text: str) -> str:
    """A value of the file: the escapes of strings come on top of the quotes of arguments."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
