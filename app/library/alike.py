"""Tells albums apart that have one name and one artist: three times "Weezer", an album as MP3 and as FLAC.

They show when all of their tracks are known: two tracks have one number on one disc, and lie in different folders; or
in one folder, and are by different artists. The folder with most tracks keeps the key; every other joins the first with
which it has no number in common, or is an album of its own. What lies apart without such a collision stays together.
"""

import hashlib
from collections.abc import Collection, Iterable

from app.domain.ids import AlbumKey
from app.domain.recording import album_folder
from app.storage.albums import PART, AlbumStore, AlbumTrack

_TRACKS_AN_ARTIST = 2
"""With fewer, what lies in one folder is a collection of many artists whose discs are not numbered."""

Place = tuple[int, int]


def tell_apart(store: AlbumStore, keys: Collection[AlbumKey] | None = None) -> None:
    """Looks at some albums, or at all. Writes only what changes."""
    for key in store.doubtful(keys):
        tracks = store.tracks(key)
        given = zip(tracks, _parts(key, tracks), strict=True)
        changed = [(track.id, part) for track, part in given if part != track.key]
        if changed:
            store.give(changed)


def _parts(key: AlbumKey, tracks: list[AlbumTrack]) -> list[AlbumKey]:
    """The album of each track."""
    apart = [album_folder(track.path) for track in tracks]
    if len(set(apart)) == 1 and not key.startswith(("tags:", "mbid:")):
        artists = [track.artist.encode() for track in tracks]
        if len(tracks) >= _TRACKS_AN_ARTIST * len(set(artists)):
            apart = artists
    first_of = _joined(zip(apart, tracks, strict=True))
    return [_part(key, first_of[of]) for of in apart]


def _joined(tracks: Iterable[tuple[bytes, AlbumTrack]]) -> dict[bytes, bytes]:
    """Each folder or artist to the one whose album it is part of; ``b""`` stands for the largest of all."""
    held: dict[bytes, set[Place]] = {}
    for of, track in tracks:
        places = held.setdefault(of, set())
        if track.there and track.track_no:
            places.add((track.disc_no or 1, track.track_no))
    albums: list[tuple[bytes, set[Place]]] = []
    first_of: dict[bytes, bytes] = {}
    for of in sorted(held, key=lambda of: (-len(held[of]), of)):
        album = next((album for album in albums if album[1].isdisjoint(held[of])), None)
        if album is None:
            album = of if albums else b"", set[Place]()
            albums.append(album)
        album[1].update(held[of])
        first_of[of] = album[0]
    return first_of


def _part(key: AlbumKey, name: bytes) -> AlbumKey:
    return AlbumKey(f"{key}{PART}{hashlib.blake2b(name, digest_size=8).hexdigest()}") if name else key
