"""What copies of a track share: the recording key, and the key that groups tracks to albums."""

import os
import re
from functools import lru_cache

from app.domain.digest import blake2b
from app.domain.disc_folder import disc_of
from app.domain.ids import AlbumKey, RecordingKey
from app.domain.key_form import key_form as _key_form
from app.domain.tags import Tags
from app.domain.text import fold as _fold
from app.domain.text import remembering

_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MASTER = re.compile(
    r"\s*(?:\(|\[|-\s)\s*(?:\d{4}\s+)?(?:digital(?:ly)?\s+)?remaster(?:ed)?(?:\s+version)?(?:\s+\d{4})?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_SECONDS_A_STEP = 4
fold = remembering(4096)(_fold)
key_form = remembering(4096)(_key_form)
_SPLIT = "\x1f"
SAME_LENGTH_MS = 3_000
"""Copies of a recording in two formats differ in length by less than this."""


def is_mbid(value: str) -> bool:
    """True for a MusicBrainz identifier in its canonical form."""
    return bool(_MBID.fullmatch(value))


def recording_key(tags: Tags, path: bytes) -> RecordingKey:
    """The MusicBrainz recording id, else artist, title and rounded length, else the path.

    Live, remix and studio stay apart because the title is compared whole, brackets and all. As with MusicBrainz the
    album does not count: a concert whose titles do not say so is told from the studio by its lengths alone.
    """
    if is_mbid(tags.recording_mbid):
        return RecordingKey("mbid:" + tags.recording_mbid)
    if tags.title and (tags.artist or tags.album_artist):
        length = round(tags.duration_ms / 1000 / _SECONDS_A_STEP)
        return RecordingKey(f"{named(tags.artist or tags.album_artist, tags.title)}{length}")
    return RecordingKey("path:" + blake2b(path, digest_size=16).hexdigest())


def named(artist: str, title: str) -> str:
    """How the key of a recording begins that has no MusicBrainz id: what :func:`names_of` gives of it."""
    return f"tags:{key_form(artist)}{_SPLIT}{key_form(title)}{_SPLIT}"


def names_of(key: RecordingKey) -> str:
    """The part of a key that holds artist and title; ``""`` where it rests on something else.

    The keys of copies and transcodes begin with it. Their lengths may fall on two sides of a step.
    """
    return key[: key.rindex(_SPLIT) + 1] if key.startswith("tags:") else ""


def begins(artist: str, title: str) -> str:
    """What the key of a recording with these names begins with; longer titles may begin so, too."""
    return named(artist, title)[: -len(_SPLIT)]


def is_called(key: RecordingKey, beginning: str) -> bool:
    """Whether a key rests on these names; its title may also say that it was remastered.

    >>> is_called(RecordingKey("tags:bowie\x1fheroes (2017 remaster)\x1f90"), begins("Bowie", "Heroes"))
    True
    >>> is_called(RecordingKey("tags:bowie\x1fheroes (live)\x1f90"), begins("Bowie", "Heroes"))
    False
    """
    names = names_of(key)
    if not names.startswith(beginning):
        return False
    title = beginning[beginning.index(_SPLIT) + 1 :]
    return key_form(without_master(title + names[len(beginning) : -len(_SPLIT)])) == title


def without_master(title: str) -> str:
    """A title without what is said of its remastering: services put it there, and it is the same recording.

    >>> without_master("Heroes - 2017 Remaster"), without_master("Nuit (Live)")
    ('Heroes', 'Nuit (Live)')
    """
    return _MASTER.sub("", title) or title


def keys_beside(key: RecordingKey) -> list[RecordingKey]:
    """The keys of the same names whose lengths are one step shorter or longer."""
    names = names_of(key)
    if not names:
        return []
    step = int(key[len(names) :])
    return [RecordingKey(f"{names}{step - 1}"), RecordingKey(f"{names}{step + 1}")]


def album_folder(path: bytes) -> bytes:
    """The folder that holds the album: a ``CD 2`` folder counts as its parent, ``Night (Disc 2)`` as ``Night``."""
    return _without_disc(os.path.dirname(path))


@lru_cache(maxsize=512)
def _without_disc(folder: bytes) -> bytes:
    head, tail = os.path.split(folder)
    disc = disc_of(os.fsdecode(tail))
    if disc is None:
        return folder
    return os.path.join(head, os.fsencode(disc[0])) if disc[0] else head


def album_key(tags: Tags, path: bytes) -> AlbumKey:
    """Release id, else album and album artist; without an album artist, album and folder (compilations stay whole).

    What calls itself a compilation may lie in the folders of its artists. Different albums that come out alike are told
    apart afterwards, when all of their tracks are known: see :mod:`app.library.alike`.
    """
    if is_mbid(tags.release_mbid):
        return AlbumKey("mbid:" + tags.release_mbid)
    if not tags.album:
        return AlbumKey("")
    if tags.album_artist:
        return AlbumKey(f"tags:{key_form(tags.album_artist)}\x1f{key_form(tags.album)}")
    if tags.compilation:
        return AlbumKey(f"various:{key_form(tags.album)}")
    folder = blake2b(album_folder(path), digest_size=8).hexdigest()
    return AlbumKey(f"folder:{folder}\x1f{key_form(tags.album)}")
