"""What a playlist file says, whatever its format; nothing it names is opened."""

import math
import os
import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote_from_bytes, unquote_to_bytes

from app.domain.clean import clean
from app.domain.errors import SegueError
from app.domain.recording import is_mbid
from app.domain.words import say

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 1_000_000
MAX_LOCATION_BYTES = 32_768
MAX_TROUBLES = 100

_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(rb"[A-Za-z]:[\\/]")
_URI_DRIVE = re.compile(rb"/?[A-Za-z]:[\\/]")
_MAX_DURATION_MS = 100 * 3600 * 1000
_HERE = (b"", b"localhost")
_IN_URI = "/!$&'()*+,;=@"


class NotAPlaylist(SegueError):
    """The file is no playlist of its kind; the sentence says why."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One line of a playlist file."""

    path: bytes = b""
    """A path; one of Windows or of a network (``C:\\...``, ``\\\\host\\...``) stands as it was written."""
    spelled: bytes = b""
    """The path in UTF-8 and without backslashes, where the list seems to be in an older encoding."""
    url: str = ""
    """An address that is no path on this machine: kept as text, never opened."""
    title: str = ""
    artist: str = ""
    album: str = ""
    duration_ms: int = 0
    """0: not said."""
    mbid: str = ""
    """The MusicBrainz recording."""


@dataclass(slots=True)
class PlaylistFile:
    """A playlist file that was read."""

    name: str = ""
    """What it calls itself; ``""`` where it does not."""
    entries: list[FileEntry] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Sentences about what was left out."""
    encoding: str = "cp1252"
    """What is no UTF-8 seems to be in this."""

    def add(self, entry: FileEntry) -> bool:
        """Adds an entry that points somewhere or names something; False where the list is full."""
        if len(self.entries) >= MAX_ENTRIES:
            self.trouble(say("Only the first {:,} entries were read.", MAX_ENTRIES))
            return False
        if entry.path or entry.url or entry.title:
            self.entries.append(entry)
        return True

    def trouble(self, sentence: str) -> None:
        """Notes something that was left out, each once."""
        if len(self.troubles) < MAX_TROUBLES and sentence not in self.troubles:
            self.troubles.append(sentence)

    def locate(self, entry: FileEntry, location: bytes, folder: bytes, *, is_uri: bool) -> FileEntry:
        """Puts a location into an entry: a path below ``folder`` where it is relative, a URI where it has a scheme.

        ``is_uri``: the format says that locations are URIs, so that a percent sign escapes.
        """
        if len(location) > MAX_LOCATION_BYTES or b"\0" in location:
            self.trouble(say("A location that no file can have was left out."))
            return entry
        scheme = _SCHEME.match(location)
        if scheme and scheme[1].lower() == b"file":
            return self._from_file_uri(entry, location)
        if scheme and (is_uri or location[scheme.end() :].startswith(b"//")):
            return replace(entry, url=clean(location.decode("utf-8", "replace"), 2_000))
        path = unquote_to_bytes(location) if is_uri else location
        if b"\0" in path:
            return entry
        spelled = b"" if is_uri or is_utf8(path) else self.decoded(path).replace("\\", "/").encode()
        return replace(entry, path=_below(folder, path), spelled=_below(folder, spelled))

    def decoded(self, raw: bytes) -> str:
        """Text in UTF-8, or in the encoding that the list seems to be in."""
        return raw.decode("utf-8" if is_utf8(raw) else self.encoding, "replace")

    def _from_file_uri(self, entry: FileEntry, location: bytes) -> FileEntry:
        rest = location[5:]
        if rest.startswith(b"//"):
            host, slash, rest = rest[2:].partition(b"/")
            if host.lower() not in _HERE or rest.startswith(b"/"):
                self.trouble(say("A file on another computer is kept as text only."))
                return replace(entry, url=clean(location.decode("utf-8", "replace"), 2_000))
            rest = slash + rest
        path = unquote_to_bytes(rest)
        if b"\0" in path or not path:
            self.trouble(say("A location that no file can have was left out."))
            return entry
        # Looked for before the escapes are undone: Segue writes the colon of a name of this machine as one.
        of_windows = _URI_DRIVE.match(rest)
        return replace(entry, path=path.lstrip(b"/") if of_windows else _below(b"/", path))


def _below(folder: bytes, path: bytes) -> bytes:
    """An absolute path, made by its text alone: no link is followed, nothing is looked up."""
    return path if not path or is_foreign(path) else os.path.normpath(os.path.join(folder, path))


def is_foreign(path: bytes) -> bool:
    """True for a path of Windows or of a network, which this machine cannot open as it stands."""
    return bool(_DRIVE.match(path)) or path.startswith((b"\\\\", b"//"))


def file_uri(path: bytes) -> str:
    """A path as a URI; every byte comes back."""
    return "file://" + quote_from_bytes(path, safe=_IN_URI)


def location_uri(path: bytes, folder: bytes | None) -> str:
    """A path as the formats of URIs have it: whole, or as seen from a folder."""
    if not path.startswith(b"/"):
        return "file:///" + quote_from_bytes(path.replace(b"\\", b"/").lstrip(b"/"), safe=_IN_URI + ":")
    return file_uri(path) if folder is None else relative_uri(path, folder)


def relative(path: bytes, folder: bytes) -> bytes:
    """A path as seen from a folder."""
    return os.path.relpath(path, folder)


def relative_uri(path: bytes, folder: bytes) -> str:
    """The same as a URI; colons are escaped, so that nothing looks like a scheme."""
    return quote_from_bytes(relative(path, folder), safe=_IN_URI)


def text(value: object) -> str:
    """A name out of a file: one clean line; what is no text says nothing."""
    return clean(value) if isinstance(value, str) else ""


def milliseconds(value: object, unit_ms: int = 1) -> int:
    """A length; what is not a number, negative or beyond belief counts as not said."""
    try:
        number = float(value) * unit_ms if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return 0
    return round(number) if math.isfinite(number) and 0 < number <= _MAX_DURATION_MS else 0


def mbid_in(value: object) -> str:
    """A MusicBrainz recording out of an identifier, bare or as an address."""
    if not isinstance(value, str) or "release" in value or "artist" in value:
        return ""
    candidate = value.strip()[-36:].lower()
    return candidate if is_mbid(candidate) else ""


def is_utf8(raw: bytes) -> bool:
    """True for ASCII, too."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(data: bytes) -> str:
    """The encoding of those lines of a list that are no UTF-8."""
    if is_utf8(data):
        return "utf-8"
    from app.library.cue_text import likely  # for those who have such lists

    return likely(b"\n".join(line for line in data.splitlines() if not is_utf8(line)))
