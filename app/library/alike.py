"""Tells albums apart that have one name and one artist: three times "Weezer", an album as MP3 and as FLAC.

They show when all of their tracks are known: two tracks have one number on one disc, and lie in different folders; or
in one folder, and are by different artists. The folder with most tracks keeps the key; every other joins the first with
which it has no number in common, or is an album of its own. What lies apart without such a collision stays together.

Without any numbers, what lies in one folder is told apart by its artists where none has only a few tracks, the folder
is not that of the album, and the title is one that many albums have, or the years differ: else it is a collection.
"""

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from app.domain.digest import blake2b
from app.domain.ids import AlbumKey, TrackId
from app.domain.recording import album_folder, key_form
from app.library.joined import join
from app.storage.albums import PART, AlbumStore, AlbumTrack

_TRACKS_AN_ARTIST = 2
"""With fewer, what lies in one folder is a collection of many artists whose discs are not numbered."""

_UNNUMBERED_AN_ARTIST = 3
_MOST_ARTISTS = 16
"""More are a collection."""
_MANY_HAVE = re.compile(
    r"(?:the )?(?:(?:very )?best(?: of)?|(?:greatest|all the|number one) hits|hits|gold|platinum|collection|anthology|"
    r"essential|ultimate collection|singles|live|unplugged|acoustic|demos?|covers|rarities|b-?sides|remix(?:es)?|ep)"
)
"""Titles, as keys have them, that say nothing of whose album it is."""

Place = tuple[int, int]


def tell_apart(
    store: AlbumStore, keys: Collection[AlbumKey] | None = None, titles: Collection[str] | None = None
) -> None:
    """Looks at some albums, or at all. Writes only what changes. ``titles``: what :func:`join` is to look at alone."""
    joined, changed = join(store, keys, titles), list[tuple[TrackId, AlbumKey]]()
    for key in store.doubtful(keys if keys is None else {*keys, *joined}):
        tracks = store.tracks(key)
        given = zip(tracks, _parts(key, tracks), strict=True)
        changed += [(track.id, part) for track, part in given if part != track.key]
    store.give(changed)


def _parts(key: AlbumKey, tracks: list[AlbumTrack]) -> list[AlbumKey]:
    """The album of each track."""
    if whose := _unnumbered(key, tracks):
        largest = max(sorted(set(whose)), key=whose.count)
        return [_part(key, b"" if of == largest else of) for of in whose]
    apart = [album_folder(track.path) for track in tracks]
    if len(set(apart)) == 1 and not key.startswith(("tags:", "mbid:")):
        artists = [track.artist.encode() for track in tracks]
        if len(tracks) >= _TRACKS_AN_ARTIST * len(set(artists)):
            apart = artists
    first_of = _joined(zip(apart, tracks, strict=True))
    return [_part(key, first_of[of]) for of in apart]


def _unnumbered(key: AlbumKey, tracks: list[AlbumTrack]) -> list[bytes]:
    """The artist whose album each track is of; nothing where they are one collection, or have numbers."""
    names = {track.artist for track in tracks}
    if not key.startswith("folder:") or len(names) > _MOST_ARTISTS or any(track.track_no for track in tracks):
        return []
    whose = [min((name for name in names if f"{track.artist} ".startswith(f"{name} ")), key=len) for track in tracks]
    years: dict[str, set[int | None]] = {}
    for name, track in zip(whose, tracks, strict=True):
        years.setdefault(name, set()).add(track.year)
    if len(years) == 1 or min(map(whose.count, years)) < _UNNUMBERED_AN_ARTIST:
        return []
    title = key.partition("\x1f")[2]
    if title in key_form(os.fsdecode(os.path.basename(album_folder(tracks[0].path)))):
        return []
    all_years = [year for of in years.values() for year in of]
    differ = None not in all_years and len(set(all_years)) == len(all_years)
    return [name.encode() for name in whose] if differ or _MANY_HAVE.fullmatch(title) else []


def _joined(tracks: Iterable[tuple[bytes, AlbumTrack]]) -> dict[bytes, bytes]:
    """Each folder or artist to the one whose album it is part of; ``b""`` stands for the largest of all."""
    held: dict[bytes, set[Place]] = {}
    for of, track in tracks:
        places = held.setdefault(of, set())
        if track.there and track.track_no:
            places.add((track.disc_no or 1, track.track_no))
    albums: list[bytes] = []
    first_of: dict[bytes, bytes] = {}
    full: dict[Place, int] = defaultdict(int)  # of each place, a bit for each album that has it: thousands at once
    for of in sorted(held, key=lambda of: (-len(held[of]), of)):
        taken = reduce(or_, (full[place] for place in held[of]), 0)
        first = (~taken & (taken + 1)).bit_length() - 1
        if first == len(albums):
            albums.append(of if albums else b"")
        for place in held[of]:
            full[place] |= 1 << first
        first_of[of] = albums[first]
    return first_of


def _part(key: AlbumKey, name: bytes) -> AlbumKey:
    return AlbumKey(f"{key}{PART}{blake2b(name, digest_size=8).hexdigest()}") if name else key
