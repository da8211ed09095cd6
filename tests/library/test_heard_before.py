"""A history that was imported before its music came counts for the files once they are scanned."""

import os
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.library.search import parse
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from tests.helpers.music import tag
from tests.history.import_.exports import AT_S, MBID, imported, lines, listen
from tests.library.scanning import Library
from tests.library.sounds import put

SECONDS = 40.0


def heard(library: Library, folder: Path) -> bytes:
    """Three plays of one recording, one of another."""
    told = [listen("Nuit", AT_S + n * 600, duration=int(SECONDS)) for n in range(3)] + [listen("Jour", AT_S + 9_000)]
    file = lines(folder, told)
    report = imported(library.database, file)
    assert (report.new, report.matched) == (4, 0)
    return file


def a_song(path: Path, **tags: str) -> None:
    tag(put(path, seconds=SECONDS), **{"title": "Nuit", "artist": "Ida Ravn", "album": "Été", **tags})


def plays(library: Library, name: str) -> int:
    return PlayStore(library.database).played_counts().get(library.at(name).id, (0, 0))[0]


def found(library: Library, query: str) -> list[TrackId]:
    return SearchStore(library.database).ids(parse(query))


@pytest.mark.parametrize("tags", [{}, {"musicbrainz_trackid": MBID}])
def test_the_file_has_its_plays_after_one_scan_and_after_many(
    library: Library, tmp_path: Path, tags: dict[str, str]
) -> None:
    file = heard(library, tmp_path)
    a_song(library.music / "nuit.flac", **tags)
    for _ in range(3):
        library.scan()
        assert plays(library, "nuit.flac") == 3
        assert found(library, "plays:3") == [library.at("nuit.flac").id]
        assert found(library, "never-played") == []
        again = imported(library.database, file)
        assert (again.new, again.matched) == (0, 3)


def test_tags_that_change_let_go_and_find_again(library: Library, tmp_path: Path) -> None:
    heard(library, tmp_path)
    path = library.music / "nuit.flac"
    a_song(path)
    library.scan()
    for title, count, played in (("Jour", 1, []), ("Soir", 0, []), ("Nuit", 3, [1])):
        tag(path, title=title)
        os.utime(path, (count + 5, count + 5))
        library.scan()
        assert plays(library, "nuit.flac") == count
        assert found(library, "plays:3") == played


def test_a_library_of_before_finds_them_with_its_next_scan(library: Library, tmp_path: Path) -> None:
    heard(library, tmp_path)
    a_song(library.music / "nuit.flac", musicbrainz_trackid=MBID)
    library.scan()
    with library.database.write() as connection:  # as the upgrade leaves it
        connection.execute("delete from heard_before")
        connection.execute("update form set heard = 0")
    assert plays(library, "nuit.flac") == 0
    library.scan()
    assert plays(library, "nuit.flac") == 3
