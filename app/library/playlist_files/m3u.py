"""M3U and M3U8: a path or address a line, comments that begin with ``#`` and say more.

Lines are bytes: a path is whatever bytes the file system has. Names that a line cannot hold (line breaks, spaces at
the end, and in M3U8 what is no UTF-8) are written as ``file://`` addresses.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.words import say
from app.library.playlist_files.entries import (
    FileEntry,
    NotAPlaylist,
    PlaylistFile,
    encoding_of,
    file_uri,
    is_utf8,
    milliseconds,
    relative,
    text,
)

_LINE = re.compile(rb"[^\r\n]+")
_INFO = re.compile(r"#EXTINF\s*:\s*(-?[\d.]{1,12})?[^,]*,(.*)", re.IGNORECASE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ODD_START = re.compile(rb"[#\s]|[A-Za-z][A-Za-z0-9+.-]*:|\\|//|\xef\xbb\xbf")
_ODD = re.compile(rb"[\x00-\x1f\x7f]|\s\Z|\A\s")
_MAX_LINE_BYTES = 65_536


def read(data: bytes, folder: bytes) -> PlaylistFile:
    """Reads the bytes of a file that lies in ``folder``."""
    lines = list(_lines(data))
    found, pending = PlaylistFile(encoding=encoding_of(b"\n".join(lines))), FileEntry()
    for line in lines:
        if len(line) > _MAX_LINE_BYTES:
            found.trouble(say("A line that is far too long was left out."))
        elif line.startswith(b"#EXT-X-"):
            raise NotAPlaylist(say("This is the description of a stream, not a list of tracks."))
        elif line.startswith(b"#"):
            pending = _comment(found, pending, found.decoded(line))
        else:
            if not found.add(found.locate(pending, line, folder, is_uri=False)):
                break
            pending = FileEntry()
    return found


def write(name: str, entries: Sequence[FileEntry], folder: bytes | None, *, utf8: bool) -> bytes:
    """The bytes of a file; paths are relative to ``folder`` unless it is ``None``. ``utf8``: it must be UTF-8."""
    lines = [b"#EXTM3U"]
    if name:
        lines.append(f"#PLAYLIST:{text(name)}".encode())
    for entry in entries:
        shown = " - ".join(filter(None, (text(entry.artist), text(entry.title))))
        seconds = round(entry.duration_ms / 1000) if entry.duration_ms else -1
        lines.append(f"#EXTINF:{seconds},{shown}".encode())
        if entry.artist:
            lines.append(f"#EXTART:{text(entry.artist)}".encode())
        if entry.album:
            lines.append(f"#EXTALB:{text(entry.album)}".encode())
        lines.append(_location(entry, folder, utf8))
    return b"\n".join(lines) + b"\n"


def _lines(data: bytes) -> Iterator[bytes]:
    """Lines ended by CR, LF or both, without marks of encoding and the spaces around them."""
    if data.startswith(_UTF_16):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    return (line for match in _LINE.finditer(data) if (line := match[0].strip(b" \t")))


def _comment(found: PlaylistFile, pending: FileEntry, line: str) -> FileEntry:
    if info := _INFO.match(line):
        shown, artist = text(info[2]), pending.artist
        if artist and shown.startswith(f"{artist} - "):
            shown = shown[len(artist) + 3 :]
        elif not artist and " - " in shown:
            artist, shown = shown.split(" - ", 1)
        return replace(pending, title=shown, artist=artist, duration_ms=milliseconds(info[1], 1000))
    name, _, value = line.partition(":")
    name, said = name.upper(), text(value)
    if name == "#EXTALB":
        return replace(pending, album=said)
    if name == "#EXTART":
        whole = f"{pending.artist} - {pending.title}"
        title = whole[len(said) + 3 :] if whole.startswith(f"{said} - ") else pending.title
        return replace(pending, artist=said, title=title)
    if name == "#PLAYLIST":
        found.name = said
    return pending


def _location(entry: FileEntry, folder: bytes | None, utf8: bool) -> bytes:
    if not entry.path:
        return entry.url.encode("utf-8", "replace") or b"#"
    if _ODD.search(entry.path) or (utf8 and not is_utf8(entry.path)):
        return file_uri(entry.path).encode()
    path = entry.path if folder is None else relative(entry.path, folder)
    return b"./" + path if _ODD_START.match(path) and entry.path.startswith(b"/") else path
