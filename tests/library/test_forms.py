"""What follows from a track's columns is formed anew after an upgrade, without reading a file."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.config.paths import resources
from app.library.search import parse
from app.storage.database import Database
from app.storage.forms import FormStore
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from tests.library.scanning import Library
from tests.library.sounds import put

_FIRST = (
    "insert into track (id, path, size_bytes, mtime_ns, added_at, title, artist, album, album_artist, genre, composer, "
    "year, duration_ms, format, recording_mbid, release_mbid, release_group_mbid, artist_mbid, album_artist_mbid, "
    "recording_key, album_key, audio_hash, sort_title, sort_artist, sort_album, search_text) values "
    "(?, ?, ?, ?, 1, ?, ?, ?, '', '', '', 2003, 1000, 'flac', '', '', '', '', '', ?, ?, 'abc', ?, ?, ?, ?)"
)
_PLAY = (
    "insert into play (track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, started_by, "
    "ended_by, context, client, client_version) "
    "values (1, 'k', '爱', '周杰伦', '叶惠美', 1000, 5, 1000, 'hand', 'finished', 'album', 'segue', '0')"
)
_NAMES = [("爱", "周杰伦", "叶惠美"), ("The Road", "Ida Ravn", "Rain")]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library as the first release left it: two tracks, one of them played."""
    (tmp_path / "music").mkdir()
    first = tmp_path / "first"
    first.mkdir()
    for migration in sorted((resources() / "migrations").glob("*.sql"))[:2]:
        shutil.copy(migration, first)
    path = tmp_path / "segue.db"
    Database(path, first).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("insert into root (path, added_at) values (?, 1)", (os.fsencode(tmp_path / "music"),))
        for number, names in enumerate(_NAMES, 1):
            raw = put(tmp_path / f"music/{number}.flac")
            status = os.stat(raw)
            connection.execute(
                _FIRST,
                (number, raw, status.st_size, status.st_mtime_ns, *names, f"k{number}", "", *names, " ".join(names)),
            )
        connection.execute(_PLAY)
        connection.commit()
    return path


def _found(database: Database, text: str) -> list[int]:
    return list(SearchStore(database).ids(parse(text)))


def test_a_library_of_the_first_release_goes_through_all_migrations_and_is_found_by_readings(old: Path) -> None:
    library = Library(Database(old), old.parent / "music", [])
    assert _found(library.database, "周杰伦") == [1]
    assert _found(library.database, "zhou") == []

    report = library.scan()

    assert (report.read, report.unchanged, report.missing) == (0, 2, 0)
    for text in ("爱", "周", "zhou", "zjl", "周杰伦", "yehuimei"):
        assert _found(library.database, text) == [1]
    for text in ("ravn", "road", "ra"):
        assert _found(library.database, text) == [2]
    with library.database.read() as connection:
        rows = connection.execute("select sort_title, sort_artist, album_key from track order by id").fetchall()
        connection.execute("insert into track_search (track_search) values ('integrity-check')")
    assert [row[:2] for row in rows] == [("ai", "zhou jie lun"), ("road", "ida ravn")]
    assert all(row[2].startswith("folder:") for row in rows)
    assert PlayStore(library.database).count() == 1
    assert not FormStore(library.database).outdated()
    library.database.close()


def test_one_that_is_stopped_goes_on_with_the_next_scan(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.library.forms._AT_ONCE", 1)
    library = Library(Database(old), old.parent / "music", [])
    assert library.scan(stop_after=0).cancelled
    assert FormStore(library.database).outdated()
    assert (_found(library.database, "zjl"), _found(library.database, "road")) == ([1], [2])
    library.scan()
    assert not FormStore(library.database).outdated()
    library.database.close()


def test_what_is_formed_already_is_not_written_again(library: Library) -> None:
    put(library.music / "a.flac")
    library.scan()
    assert not FormStore(library.database).outdated()
    with library.database.write() as connection:
        connection.execute("update form set version = 0")
        connection.execute("create table wrote (id integer)")
        connection.execute("create trigger wrote after update on track begin insert into wrote values (new.id); end")
    assert library.scan().unchanged == 1
    with library.database.read() as connection:
        assert connection.execute("select count(*) from wrote").fetchone() == (0,)
    assert not FormStore(library.database).outdated()
