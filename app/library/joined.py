"""Joins albums of which only some files name the album artist, or the release: others of the folder are theirs, too.

Each file by itself has another key. In one folder and under one title they are one album if the artist is the same, or
if it is a collection of many artists; and if no two of them have one number on one disc.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby

from app.domain.ids import AlbumKey, TrackId
from app.domain.recording import album_folder, album_key, key_form
from app.domain.scanned import ScannedFile
from app.storage.albums import PART, AlbumStore, NamedTrack

_KINDS = ("mbid:", "tags:", "folder:", "various:")
"""From the one that says most; the last two are without an album artist."""
_HOSTS = _KINDS[:2]

_Groups = dict[AlbumKey, list[NamedTrack]]
"""Tracks by the key that each file by itself has."""


class NewAlbums:
    """Joins what is new in an empty library before it is written, which costs less than to write it twice."""

    def __init__(self) -> None:
        self.titles: set[str] = set()
        """As they are sorted: of albums of which more came later, or may, which :func:`join` has to look at."""
        self._folders: set[bytes] = set()

    def join(self, files: list[ScannedFile]) -> None:
        """Puts files with their keys in the place of those that are to get another one."""
        folders: dict[bytes, list[int]] = defaultdict(list)
        for _, numbers in groupby(range(len(files)), lambda number: _source(files[number]).rpartition(b"/")[0]):
            of_one = list(numbers)
            folders[album_folder(_source(files[of_one[0]]))] += of_one
        for folder, of_one in folders.items():
            if folder in self._folders or of_one[-1] == len(files) - 1:
                self.titles.update(texts.sort_album for number in of_one if (texts := files[number].texts))
            elif len({files[number].album_key for number in of_one}) > 1:
                _join_folder(files, of_one)
        self._folders.update(folders)


def _join_folder(files: list[ScannedFile], numbers: Iterable[int]) -> None:
    titles: dict[tuple[str, str], _Groups] = defaultdict(lambda: defaultdict(list))
    for number in numbers:
        file, tags = files[number], files[number].tags
        if file.album_key and file.texts:
            track = NamedTrack(TrackId(number), file.album_key, _source(file), tags.disc_no, tags.track_no, True, tags)
            titles[file.texts.sort_album, key_form(tags.album)][file.album_key].append(track)
    for groups in titles.values():
        if len(groups) > 1:
            for track, key in _given(groups):
                files[track.id] = files[track.id]._replace(album_key=key)


def _source(file: ScannedFile) -> bytes:
    return file.source_path or file.path


def join(
    store: AlbumStore, keys: Collection[AlbumKey] | None = None, titles: Collection[str] | None = None
) -> set[AlbumKey]:
    """Looks at the titles of some albums, or at all, and gives the keys of those that got or lost tracks.

    ``titles``: the only ones to be looked at, as they are sorted.
    """
    changed = list[tuple[NamedTrack, AlbumKey]]()
    for title in store.half_named(keys) if titles is None else store.of_few(titles):
        together: dict[tuple[bytes, str], _Groups] = defaultdict(lambda: defaultdict(list))
        for track in store.titled(title):
            groups = together[album_folder(track.path), key_form(track.tags.album)]
            groups[album_key(track.tags, track.path)].append(track)
        changed += [pair for groups in together.values() for pair in _given(groups)]
    store.give((track.id, key) for track, key in changed)
    return {key for track, new in changed for key in (AlbumKey(track.key.partition(PART)[0]), new)}


def _given(groups: _Groups) -> Iterable[tuple[NamedTrack, AlbumKey]]:
    """The tracks of one folder and title that are to get another key."""
    host = _host(groups)
    for own, group in groups.items():
        key = host if host and host != own and _fit(groups[host], group) else own
        yield from ((track, key) for track in group if track.key.partition(PART)[0] != key)


def _host(groups: Collection[AlbumKey]) -> AlbumKey | None:
    """The one album whose files say most; ``None`` where two say as much."""
    for kind in _HOSTS:
        hosts = [key for key in groups if key.startswith(kind)]
        if hosts:
            return hosts[0] if len(hosts) == 1 else None
    return None


def _fit(host: list[NamedTrack], guests: list[NamedTrack]) -> bool:
    taken = _places(host)
    if not taken.isdisjoint(_places(guests)):
        return False
    names = {_by(track) for track in host}
    if all(any(_is_by(_by(track), name) for name in names) for track in guests):
        return True
    of_many = any(not _is_by(key_form(track.tags.artist), _by(track)) for track in host)
    return of_many and all(track.track_no for track in (*host, *guests))


def _by(track: NamedTrack) -> str:
    return key_form(track.tags.album_artist or track.tags.artist)


def _is_by(artist: str, name: str) -> bool:
    """True for the artist, and with a guest: "queen", "queen & david bowie"."""
    return artist == name or artist.startswith(name + " ")


def _places(tracks: list[NamedTrack]) -> set[tuple[int, int]]:
    return {(track.disc_no or 1, track.track_no) for track in tracks if track.there and track.track_no}
