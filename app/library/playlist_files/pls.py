"""PLS: ``[playlist]`` and, for each number, ``File``, ``Title`` and ``Length``."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.words import say
from app.library.playlist_files.entries import (
    MAX_ENTRIES,
    FileEntry,
    NotAPlaylist,
    PlaylistFile,
    encoding_of,
    file_uri,
    milliseconds,
    relative_uri,
    text,
)

_LINE = re.compile(rb"[^\r\n]+")
_PAIR = re.compile(rb"\s*(File|Title|Length)(\d{1,9})\s*=[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(rb"\s*X-GNOME-Title\s*=(.*)", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(rb"[\s]*\[playlist\]", re.IGNORECASE)


def read(data: bytes, folder: bytes) -> PlaylistFile:
    """Reads the bytes of a file that lies in ``folder``."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    if not _HEADER.match(data):
        raise NotAPlaylist(say("It does not begin as a PLS playlist does."))
    found, said = PlaylistFile(encoding=encoding_of(data)), dict[int, dict[bytes, bytes]]()
    for line in _LINE.finditer(data):
        if pair := _PAIR.match(line[0]):
            if len(said) > MAX_ENTRIES:
                break
            said.setdefault(int(pair[2]), {})[pair[1].lower()] = pair[3].rstrip(b" \t")
        elif name := _NAME.match(line[0]):
            found.name = text(found.decoded(name[1]))
    for number in sorted(said):
        values = said[number]
        entry = _named(text(found.decoded(values.get(b"title", b""))))
        entry = replace(entry, duration_ms=milliseconds(found.decoded(values.get(b"length", b"")), 1000))
        if not found.add(found.locate(entry, values.get(b"file", b""), folder, is_uri=False)):
            break
    return found


def write(name: str, entries: Sequence[FileEntry], folder: bytes | None) -> bytes:
    """The bytes of a file. Plain paths stand as they are, all others as addresses."""
    lines = ["[playlist]"]
    if name:
        lines.append(f"X-GNOME-Title={text(name)}")
    for number, entry in enumerate(entries, 1):
        lines.append(f"File{number}={_location(entry, folder)}")
        lines.append(f"Title{number}={' - '.join(filter(None, (text(entry.artist), text(entry.title))))}")
        lines.append(f"Length{number}={round(entry.duration_ms / 1000) if entry.duration_ms else -1}")
    lines += [f"NumberOfEntries={len(entries)}", "Version=2"]
    return "\n".join(lines).encode("utf-8", "replace") + b"\n"


def _named(shown: str) -> FileEntry:
    artist, dash, title = shown.partition(" - ")
    return FileEntry(title=title, artist=artist) if dash else FileEntry(title=shown)


def _location(entry: FileEntry, folder: bytes | None) -> str:
    if not entry.path:
        return entry.url
    if not entry.path.startswith(b"/"):
        return entry.path.decode("utf-8", "replace")
    try:
        plain = entry.path.decode("utf-8")
    except UnicodeDecodeError:
        return file_uri(entry.path)
    if not plain.isprintable() or plain != plain.strip():
        return file_uri(entry.path)
    if folder is None:
        return plain
    near = relative_uri(entry.path, folder)
    # A relative path has no escapes in PLS: one that would need any is written whole.
    return near if "%" not in near else plain
