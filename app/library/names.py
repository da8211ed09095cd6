"""Sensible names for files that do not name themselves: out of the file name and the folders above it.

Read: ``Artist/Album (1995)/CD1/03 Title``, ``Artist - Title``, ``Artist - Album - 03 - Title``, ``1-03 Title``.
A name only fills what the tags leave empty.
"""

import os
import re
from functools import lru_cache
from typing import NamedTuple

from app.domain.clean import clean
from app.domain.disc_folder import disc_of
from app.domain.tags import Tags
from app.domain.text import fold

_GENERIC_WORDS = """
    music musics musik musique musica audio sound sounds sfx soundtrack soundtracks song songs track tracks
    album albums artist artists media data assets asset resource resources res files file download downloads
    desktop documents home usr share lib local opt var mnt srv tmp games game mods mod public core base common
    main default effects fx voice voices misc other others various unsorted unknown new old incoming library
    collection compilations ogg oga mp3 flac wav opus m4a wma aac aiff ape lossless loops bgm theme themes
    levels scenes campaigns multiplayer units
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_VARIOUS = frozenset(("various", "various artists", "va", "v.a.", "v/a", "群星"))
_DISC_AND_TRACK = re.compile(r"^(\d)[-.](\d{2})(?:[ ._-]+)(?=\S)")
_TRACK = re.compile(r"^(?:[(\[]?(\d{1,3})[)\]]?[ _]*[-.)\]][ _]*|(\d{2})[ _]+)(?=\S)")
_BRACKETS = re.compile(r"[ _]*[(\[{]([^()\[\]{}]*)[)\]}][ _]*$")
_QUALITY_WORDS = "flac mp3 aac m4a ogg opus alac wav ape lossless 128 160 192 256 320 320k 320kbps v0 v2"
_QUALITY = frozenset(_QUALITY_WORDS.split())
_BESIDE_WORDS = "16 24 16bit 24bit bit 44 48 88 96 176 1 2 4 khz 44khz 48khz 96khz 192khz kbps k"
_BESIDE_QUALITY = frozenset(_BESIDE_WORDS.split())
"""What stands in brackets like ``[FLAC 24-96]`` is no part of an album's name; the latter never alone."""
_YEAR_BEHIND = re.compile(r"^(?P<name>.+?)[ _]*[(\[](?P<year>[12]\d{3})[^)\]]*[)\]]\s*(?P<more>[(\[].*)?$")
_YEAR_BEFORE = re.compile(
    r"^(?:[(\[](?P<inside>(?:19|20)\d{2})[)\]][ _]*(?:[-.][ _]*)?(?P<after>[^\s_.-].*)"
    r"|(?P<year>(?:19|20)\d{2})[ _]*(?:[-.][ _]*(?P<name>[^\d\s_.-].*)|(?P<bare>[^\d\s_.()\[\]-].*)))$"
)
_DATED = re.compile(r"(?P<year>(?:19|20)\d{2})[-. _](?:0\d|1[0-2])[-. _][0-3]\d(?!\d)")
"""A concert: the day is part of its name."""
_NO_WORD = re.compile(r"\W+")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_SPLIT = re.compile(r"\s+[-\u2013\u2014]\s+")


class PathNames(NamedTuple):
    """What a path says; ``title`` is never empty."""

    title: str
    artist: str = ""
    album: str = ""
    track_no: int | None = None
    disc_no: int | None = None
    year: int | None = None


class _Read:
    """What has been read of a path."""

    def __init__(self) -> None:
        self.title = self.artist = self.album = ""
        self.track_no: int | None = None
        self.disc_no: int | None = None
        self.year: int | None = None


def fill(tags: Tags, path: bytes, root: bytes = b"") -> tuple[Tags, bool]:
    """The tags with their gaps filled from the path, and whether the title came from there."""
    if tags.title and tags.artist and tags.album:
        return tags if tags.disc_no else _with_disc(tags, path), False
    names = names_from_path(path, root)
    artist = tags.artist or tags.album_artist or names.artist
    filled = tags._replace(
        title=tags.title or names.title,
        artist=artist,
        album=tags.album or names.album,
        track_no=tags.track_no if tags.title or tags.track_no else names.track_no,
        disc_no=tags.disc_no or (names.disc_no if not tags.album else None),
        year=tags.year or (names.year if not tags.album else None),
    )
    return filled, not tags.title


def _with_disc(tags: Tags, path: bytes) -> Tags:
    """The disc that the folder names, where the file says none: the tracks of two discs are not mixed up."""
    disc = _disc_of(path.rpartition(b"/")[0]) if tags.track_no else None
    return tags._replace(disc_no=disc[1]) if disc else tags


@lru_cache(maxsize=16)
def _disc_of(folder: bytes) -> tuple[str, int] | None:
    """The files of one folder come one after the other."""
    return disc_of(os.fsdecode(os.path.basename(folder)))


def names_from_path(path: bytes, root: bytes = b"") -> PathNames:
    """What the file name and at most two telling folders between it and ``root`` say."""
    stem = _words(os.path.splitext(os.path.basename(path))[0])
    names = _Read()
    _read_folders(names, os.path.dirname(path), root)
    rest = _read_numbers(names, stem)
    _read_parts(names, [part for part in _SPLIT.split(rest) if part])
    title = names.title or rest or stem or "Unknown title"
    return PathNames(title, names.artist, names.album, names.track_no, names.disc_no, names.year)


def _read_folders(names: _Read, folder: bytes, root: bytes) -> None:
    inside = folder[len(root) :] if root and folder.startswith(root) else folder
    parts = [_words(part) for part in inside.split(b"/") if part]
    if parts and (disc := disc_of(parts[-1])):
        parts[-1:], names.disc_no = [disc[0]] if disc[0] else [], disc[1]
    telling = [part for part in parts if _telling(part)][-2:]
    if not telling:
        return
    album, names.year = _without_year(telling[-1])
    if len(telling) > 1:
        names.artist = telling[0]
    else:
        split = _SPLIT.split(album, maxsplit=1)
        if len(split) > 1:
            names.artist = split[0]
            album, year = _without_year(split[1])
            names.year = names.year or year
    # "Artist/Artist - Album" says the artist twice.
    head, _, tail = album.partition(" - ")
    names.album = tail if tail and fold(head) == fold(names.artist) else album


def _without_quality(folder: str) -> str:
    found = _BRACKETS.search(folder)
    words = set(_NO_WORD.split(found[1].lower())) - {""} if found else set[str]()
    is_one = not words.isdisjoint(_QUALITY) and words <= _QUALITY | _BESIDE_QUALITY
    return folder[: found.start()] or folder if found and is_one else folder


def _without_year(folder: str) -> tuple[str, int | None]:
    """The name of an album out of that of its folder, and its year."""
    album = _without_quality(folder)
    if found := _YEAR_BEHIND.match(album):
        return " ".join(filter(None, (found["name"].strip(), found["more"]))), int(found["year"])
    if found := _YEAR_BEFORE.match(album):
        return (found["after"] or found["name"] or found["bare"]).strip(), int(found["inside"] or found["year"])
    dated = _DATED.match(album)
    return album, int(dated["year"]) if dated else None


def _read_numbers(names: _Read, stem: str) -> str:
    if found := _DISC_AND_TRACK.match(stem):
        names.disc_no, names.track_no = int(found.group(1)) or None, int(found.group(2)) or None
        return stem[found.end() :]
    if found := _TRACK.match(stem):
        names.track_no = int(found.group(1) or found.group(2)) or None
        return stem[found.end() :]
    return stem


def _read_parts(names: _Read, parts: list[str]) -> None:
    """``Artist - Title``, ``Artist - 03 - Title``, ``Artist - Album - 03 - Title``.

    The folder's artist must agree, or be many.
    """
    if len(parts) < 2:
        return
    if names.artist and fold(parts[0]) != fold(names.artist) and not is_various(names.artist):
        return
    names.artist = parts[0]
    rest = parts[1:]
    for position, part in enumerate(rest[:-1]):
        if part.isascii() and part.isdigit() and len(part) <= 3:
            names.track_no = int(part) or None
            names.album = names.album or " - ".join(rest[:position])
            rest = rest[position + 1 :]
            break
    if len(rest) > 1 and names.album and fold(rest[0]) == fold(names.album):
        rest = rest[1:]
    names.title = " - ".join(rest)


def is_various(artist: str) -> bool:
    """True for the name that collections of many artists go by."""
    return fold(artist) in _VARIOUS


def _words(raw: bytes) -> str:
    text = clean(raw.decode("utf-8", "replace"))
    return " ".join(text.replace("_", " ").split()) if " " not in text else text


def _telling(part: str) -> bool:
    """False for ``music``, ``ogg``, ``1.16``: folders that name neither an artist nor an album."""
    return fold(part) not in _GENERIC and bool(_HAS_LETTER.search(part))
