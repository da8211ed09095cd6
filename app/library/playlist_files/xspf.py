"""XSPF: XML. A document type, and with it every entity, is refused; elements are taken one by one, not as a tree.

Locations are meant from the innermost ``xml:base``, else from where the file lies.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import replace
from xml.parsers import expat
from xml.sax.saxutils import escape

from app.domain.words import say
from app.library.playlist_files.base import from_base
from app.library.playlist_files.entries import (
    FileEntry,
    NotAPlaylist,
    PlaylistFile,
    location_uri,
    mbid_in,
    milliseconds,
    text,
)

_NAMESPACE = "http://xspf.org/ns/0/"
_RECORDING = "https://musicbrainz.org/recording/"
_BASE = "http://www.w3.org/XML/1998/namespace base"
_FIELDS = {"location", "title", "creator", "album", "duration", "identifier"}
_MAX_DEPTH = 64
_MAX_TEXT_CHARS = 40_000


def read(data: bytes, folder: bytes) -> PlaylistFile:
    """Reads the bytes of a file that lies in ``folder``."""
    reader = _Reader(folder)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(data.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n"), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if not reader.found.entries:
            raise NotAPlaylist(say("Its XML is damaged.")) from error
        reader.found.trouble(say("Its XML is damaged: what came before the damage was read."))
    if not reader.known:
        raise NotAPlaylist(say("It is XML, but no XSPF playlist."))
    return reader.found


def write(name: str, entries: Sequence[FileEntry], folder: bytes | None) -> bytes:
    """The bytes of a file; every location is a URI."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<playlist version="1" xmlns="{_NAMESPACE}">']
    lines += [*_element("title", text(name), 1), " <trackList>"]
    for entry in entries:
        location = location_uri(entry.path, folder) if entry.path else entry.url
        lines.append("  <track>")
        lines += _element("location", location, 3)
        lines += _element("identifier", entry.mbid and _RECORDING + entry.mbid, 3)
        lines += _element("title", text(entry.title), 3)
        lines += _element("creator", text(entry.artist), 3)
        lines += _element("album", text(entry.album), 3)
        lines += _element("duration", str(entry.duration_ms or ""), 3)
        lines.append("  </track>")
    return "\n".join([*lines, " </trackList>", "</playlist>", ""]).encode("utf-8", "replace")


class _Reader:
    """What the parser calls."""

    def __init__(self, folder: bytes) -> None:
        self.found = PlaylistFile()
        self.known = False
        self._folder = folder
        self._path: list[str] = []
        self._bases = [b""]
        """Of the elements around, from the outermost in."""
        self._entry = FileEntry()
        self._said: list[str] = []
        self._length = 0
        self._full = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        base = attributes.get(_BASE, "").strip().encode("utf-8", "replace")
        self._bases.append(from_base(self._bases[-1], base) if base else self._bases[-1])
        self._path.append(name.rpartition(" ")[2].lower())
        if len(self._path) > _MAX_DEPTH:
            raise NotAPlaylist(say("Its XML is nested too deeply."))
        self._said, self._length = [], 0
        if self._path == ["playlist"]:
            self.known = True
        elif self._path == ["playlist", "tracklist", "track"]:
            self._entry = FileEntry()

    def data(self, piece: str) -> None:
        """Text inside an element."""
        if self._length < _MAX_TEXT_CHARS:
            self._said.append(piece)
            self._length += len(piece)

    def end(self, _name: str) -> None:
        """An element ends."""
        said, path = "".join(self._said).strip(), self._path
        self._said = []
        if path == ["playlist", "title"]:
            self.found.name = text(said)
        elif path[:-1] == ["playlist", "tracklist", "track"] and path[-1] in _FIELDS:
            self._take(path[-1], said)
        elif path == ["playlist", "tracklist", "track"] and not self._full:
            self._full = not self.found.add(self._entry)
        path.pop()
        self._bases.pop()

    def _take(self, name: str, said: str) -> None:
        entry = self._entry
        if name == "location" and not (entry.path or entry.url):
            location = from_base(self._bases[-1], said.encode("utf-8", "replace"))
            self._entry = self.found.locate(entry, location, self._folder, is_uri=bool(location))
        elif name == "title":
            self._entry = replace(entry, title=text(said))
        elif name == "creator":
            self._entry = replace(entry, artist=text(said))
        elif name == "album":
            self._entry = replace(entry, album=text(said))
        elif name == "duration":
            self._entry = replace(entry, duration_ms=milliseconds(said))
        elif name == "identifier":
            self._entry = replace(entry, mbid=entry.mbid or mbid_in(said))


def _refuse(*_about: object) -> None:
    raise NotAPlaylist(say("It declares a document type, which can hide harmful things. No playlist needs one."))


def _element(name: str, value: str, depth: int) -> list[str]:
    # XML has no way to write control characters at all.
    safe = re.sub("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", value)
    return [f"{' ' * depth}<{name}>{escape(safe)}</{name}>"] if safe else []
