"""Which track of the library a player means."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.companion.library import PlayedFrom
from app.companion.match import find
from app.companion.said import Said
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file

MBID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    files = [
        a_file("/m/1.flac", title="Nuit", artist="Ida Ravn; Bo", album="A", duration_ms=200_000),
        a_file("/m/2.flac", title="Nuit", artist="Ida Ravn; Bo", album="B", duration_ms=200_500),
        a_file("/m/3.flac", title="Nuit", artist="Ida Ravn; Bo", album="Live", duration_ms=320_000),
        a_file("/m/4.flac", title="Jour", artist="Bo", recording_mbid=MBID, duration_ms=100_000),
        a_file("/m/5.flac", title="", artist="", duration_ms=90_000),
    ]
    TrackStore(database).save(files, NOW_MS)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("said", "path"),
    [
        (Said(title="anything", path=b"/m/5.flac"), b"/m/5.flac"),
        (Said(title="Another name", recording_mbid=MBID), b"/m/4.flac"),
        (Said(title="NUIT", artist="ida ravn; bo", length_ms=199_000), b"/m/1.flac"),
        (Said(title="Nuit", artist="x", artists=("Ida Ravn; Bo",), length_ms=200_000, album="B"), b"/m/2.flac"),
        (Said(title="Nuit", artist="Ida Ravn; Bo", length_ms=320_900), b"/m/3.flac"),
        (Said(title="Jour", artist="Bo", length_ms=99_000), b"/m/4.flac"),
        (Said(title="Jour", artist="Bo"), b"/m/4.flac"),
        (Said(title="Jour", artist="Bo", path=b"/copies/4.flac", length_ms=100_000), b"/m/4.flac"),
    ],
)
def test_a_track_is_found_by_its_file_its_recording_or_its_names(database: Database, said: Said, path: bytes) -> None:
    found = find(PlayedFrom(TrackStore(database)), said)
    assert (found.path, found.in_library) == (path, True)


@pytest.mark.parametrize(
    "said",
    [
        Said(title="Nuit", artist="Ida Ravn; Bo", length_ms=260_000),
        Said(title="Nuit", artist="Somebody", length_ms=200_000),
        Said(title="Nuit", length_ms=200_000),
        Said(title="Jour", artist="Bo", length_ms=180_000),
        Said(path=b"/elsewhere/x.flac"),
    ],
)
def test_another_length_or_artist_is_another_recording_with_a_key_of_its_own(database: Database, said: Said) -> None:
    found = find(PlayedFrom(TrackStore(database)), said)
    assert not found.in_library
    assert found == find(PlayedFrom(TrackStore(database)), said), "the same each time"


def test_a_file_that_joins_the_library_later_has_the_key_of_what_was_heard_before(database: Database) -> None:
    said = Said(title="Soir", artist="Cy", length_ms=150_000, path=b"/m/9.flac")
    before = find(PlayedFrom(TrackStore(database)), said)
    TrackStore(database).save([a_file("/m/9.flac", title="Soir", artist="Cy", duration_ms=150_000)], NOW_MS)
    after = find(PlayedFrom(TrackStore(database)), said)
    assert after.in_library and not before.in_library
    assert after.recording_key == before.recording_key


def test_a_track_that_was_removed_is_not_found_by_its_names(database: Database) -> None:
    store = TrackStore(database)
    store.remove([track.id for track in store.all()], NOW_MS)
    assert not find(PlayedFrom(store), Said(title="Jour", artist="Bo", length_ms=100_000)).in_library
