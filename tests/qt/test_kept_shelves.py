"""The shelves of the last session: there at once, with what is still in the library, whatever the file holds."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.ids import AlbumKey, TrackId
from app.domain.shelf import Shelf
from app.domain.track import Album, Track
from app.qt.kept_shelves import KeptShelves
from tests.helpers.fake_services import DAY_MS, FakeLibraryService, a_suggestion, a_track

NOON_MS = 1_750_000_000_000


class Kept:
    """A file, a library of twelve tracks, and a language."""

    def __init__(self, folder: Path) -> None:
        self.path, self.language, self.gone = folder / "cache" / "shelves.json", "en", set[int]()
        self.store = KeptShelves(self.path, self.tracks, self.albums, lambda: self.language)

    def tracks(self, ids: Sequence[TrackId]) -> list[Track]:
        return [a_track(one) for one in ids if one not in self.gone and one < 100]

    def albums(self, keys: Sequence[AlbumKey]) -> list[Album]:
        return [album for album in FakeLibraryService().albums() if album.key in keys]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def some_shelves() -> list[Shelf]:
    return [
        Shelf("you_may_like", "You may like", "From 9 plays", tuple(a_suggestion(n) for n in range(2, 8))),
        Shelf("new", "New", "The albums that came last", albums=tuple(FakeLibraryService().albums()[:5])),
    ]


def test_what_was_kept_comes_back_as_it_was(kept: Kept) -> None:
    kept.store.keep(some_shelves(), NOON_MS)
    assert kept.store.load(NOON_MS + 1) == (some_shelves(), True)
    assert kept.store.load(NOON_MS + DAY_MS) == (some_shelves(), False)


def test_what_left_the_library_is_left_out(kept: Kept) -> None:
    kept.store.keep(some_shelves(), NOON_MS)
    kept.gone = {3, 4}
    (first, _), _today = kept.store.load(NOON_MS)
    assert [one.track.id for one in first.suggestions] == [2, 5, 6, 7]


def test_words_in_another_language_are_not_shown(kept: Kept) -> None:
    kept.store.keep(some_shelves(), NOON_MS)
    kept.language = "zh_CN"
    assert kept.store.load(NOON_MS) == ([], False)


def test_without_a_file_there_is_nothing(kept: Kept) -> None:
    assert kept.store.load(NOON_MS) == ([], False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"{}",
        b'{"form": 1}',
        b'{"form": 1, "language": "en", "day": 3, "shelves": 7}',
        b'{"form": 1, "language": "en", "day": 3, "shelves": [{"name": 1}]}',
        b'{"form": 1, "language": "en", "day": [], "shelves": [{"name": 1, "title": 2, "rule": 3, "albums": 4, '
        b'"suggestions": []}]}',
        b'{"form": 1, "language": "en", "day": "", "shelves": [{"name": "", "title": "", "rule": "", "albums": [], '
        b'"suggestions": [["x", 1, "", "your_plays", []]]}]}',
        b'{"form": 1, "language": "en", "day": "", "shelves": [{"name": "", "title": "", "rule": "", "albums": [], '
        b'"suggestions": [[1, 1, "", "witchcraft", []]]}]}',
        b'{"form": 1, "language": "en", "day": "", "shelves": [{"name": "", "title": "", "rule": "", "albums": [], '
        b'"suggestions": [[99999999999999999999999999, 1, "", "your_plays", []]]}]}',
        b'{"form": 1, "language": "en", "day": "", "shelves": [{"name": "", "title": "", "rule": "", "albums": [], '
        b'"suggestions": [[1]]}]}',
        b"[" * 200_000,
        b" " * 5_000_000,
    ],
)
def test_a_file_that_is_not_ours_shows_nothing(kept: Kept, raw: bytes) -> None:
    kept.path.parent.mkdir()
    kept.path.write_bytes(raw)
    assert kept.store.load(NOON_MS)[0] == []


def test_no_room_on_the_disk_is_no_trouble(kept: Kept) -> None:
    kept.path.parent.mkdir()
    kept.path.mkdir()  # a file cannot take its place
    kept.store.keep(some_shelves(), NOON_MS)
    assert kept.store.load(NOON_MS) == ([], False)


def test_the_file_is_small_and_readable_by_the_listener_alone(kept: Kept) -> None:
    kept.store.keep(some_shelves(), NOON_MS)
    assert kept.path.stat().st_mode & 0o077 == 0
    assert json.loads(kept.path.read_text())["language"] == "en"
