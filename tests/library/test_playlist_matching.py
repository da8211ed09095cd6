"""What an entry of a playlist file means: found where it is sure, left open where it is not."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.library import playlist_files
from app.library.playlist_files.entries import FileEntry
from app.library.playlists import Matcher, attach_later, entries_of, export_file, import_file
from app.storage.database import Database
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_library
from tests.library.scanning import Library
from tests.library.sounds import put

MBID = "0383dadf-2a4e-4d10-a46a-e9e041da8eb3"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def matcher(database: Database) -> Matcher:
    TrackStore(database).save(
        [
            a_file("/music/Ida Ravn/Été/01 Nuit.flac", title="Nuit", album="Été"),
            a_file("/music/Ida Ravn/Live/01 Nuit.flac", title="Nuit (live)", album="Live"),
            a_file("/music/Bo/A/01.mp3", title="One", artist="Bo", duration_ms=100_000),
            a_file("/music/Bo/B/01.mp3", title="Two", artist="Bo", duration_ms=200_000),
            a_file("/music/x/夜.mp3", title="夜", artist="王", recording_mbid=MBID),
            a_file("/music/copy/夜 copy.mp3", title="夜", artist="王", recording_mbid=MBID),
            a_file(b"/music/old/caf\xe9.mp3", title="Cafe", artist="Old"),
            a_file("/music/100% pure.mp3", title="Pure", artist="P"),
        ],
        NOW_MS,
    )
    return Matcher(PlaylistLinks(database).library())


@pytest.mark.parametrize(
    ("entry", "track"),
    [
        (FileEntry("/music/Ida Ravn/Été/01 Nuit.flac".encode()), 1),
        (FileEntry("/other/disk/Ida Ravn/Été/01 Nuit.flac".encode()), 1),
        (FileEntry("C:\\Music\\ida ravn\\E\u0301te\u0301\\01 NUIT.FLAC".encode()), 1),
        (FileEntry(b"\\\\server\\share\\Live\\01 Nuit.flac"), 2),
        (FileEntry(b"/elsewhere/01 Nuit.flac", title="Nuit (live)", artist="Ida Ravn"), 2),
        (FileEntry(b"/elsewhere/01 Nuit.flac"), None),
        (FileEntry(b"/elsewhere/01.mp3"), None),
        (FileEntry(b"/elsewhere/100% pure.mp3"), None),
        (FileEntry(b"100% pure.mp3"), None),
        (FileEntry(b"/elsewhere/100% pure.mp3", title="Pure"), 8),
        (FileEntry(b"/elsewhere/100% pure.mp3", duration_ms=200_000), 8),
        (FileEntry(b"D:\\Music\\100% pure.mp3"), 8),
        (FileEntry(b"/elsewhere/01.mp3", duration_ms=201_000), 4),
        (FileEntry(b"/elsewhere/01.mp3", title="Three", artist="Somebody"), None),
        (FileEntry(title="one", artist="BO"), 3),
        (FileEntry(title="One", artist="Bo", duration_ms=150_000), None),
        (FileEntry(title="Nuit", artist="Ida Ravn"), 1),
        (FileEntry(title="One"), None),
        (FileEntry(mbid=MBID), 5),
        (FileEntry("/gone/夜 copy.mp3".encode(), mbid=MBID), 6),
        (FileEntry("/m/café.mp3".encode()), None),
        (FileEntry(b"/music/x/\xd2\xb9.mp3"), 5),
        (FileEntry(b"/music/100%25%20pure.mp3"), 8),
        (FileEntry(b"/music/100% pure.mp3"), 8),
        (FileEntry(b"/music/100% pure.flac"), 8),
        (FileEntry(b"/music/100% pure.flac", title="Something else", artist="P"), None),
        (FileEntry(b"/elsewhere/x.mp3", spelled="/other/x/夜.mp3".encode()), 5),
        (FileEntry("/музыка/x\\夜.mp3".encode("gbk")), 5),
        (FileEntry(url="http://radio.example/x"), None),
        (FileEntry(b"/"), None),
        (FileEntry(), None),
    ],
)
def test_an_entry_is_found_where_it_is_sure(matcher: Matcher, entry: FileEntry, track: int | None) -> None:
    found = matcher.match(entry)
    assert (found.id if found else None) == track


def test_a_file_that_is_there_goes_before_one_that_is_missing(database: Database) -> None:
    tracks = TrackStore(database)
    tracks.save([a_file("/old/x.mp3"), a_file("/new/x.mp3")], NOW_MS)
    tracks.mark_missing([TrackId(1)], NOW_MS)
    matcher = Matcher(PlaylistLinks(database).library())
    found = matcher.match(FileEntry(title="Nuit", artist="Ida Ravn"))
    assert found is not None
    assert found.id == 2


def a_list(folder: Path, text: str, name: str = "Mix.m3u8") -> bytes:
    (folder / name).write_text(text, encoding="utf-8")
    return os.fsencode(folder / name)


def test_importing_twice_changes_nothing_and_another_list_gets_a_number(database: Database, tmp_path: Path) -> None:
    a_library(database, 20)
    store, links = PlaylistStore(database), PlaylistLinks(database)
    paths = [track.path.decode() for track in TrackStore(database).all()]
    file = a_list(tmp_path, "\n".join([*paths[:3], "/nowhere.mp3", "http://radio.example/x"]))
    first = import_file(file, store, links, now_ms=NOW_MS)
    assert (first.playlist.name, first.new, first.matched, first.total) == ("Mix", True, 3, 5)
    assert [entry.track_id for entry in store.entries(first.playlist.id)] == [1, 2, 3, None, None]
    again = import_file(file, store, links, now_ms=NOW_MS + 1)
    assert (again.playlist, again.new) == (first.playlist, False)
    a_list(tmp_path, "\n".join(paths[:2]))
    other = import_file(file, store, links, now_ms=NOW_MS)
    assert (other.playlist.name, other.new) == ("Mix (2)", True)
    assert not import_file(file, store, links, now_ms=NOW_MS).new
    assert [one.name for one in store.all()] == ["Mix", "Mix (2)"]
    a_list(tmp_path, paths[7])
    third = import_file(file, store, links, now_ms=NOW_MS, replace=True)
    assert (third.playlist.id, third.playlist.entry_count) == (first.playlist.id, 1)
    edit = store.last_edit(first.playlist.id)
    assert edit is not None
    store.undo(edit.id)
    assert len(store.entries(first.playlist.id)) == 5


def test_an_entry_whose_file_comes_later_is_attached_then(database: Database, tmp_path: Path) -> None:
    store, links = PlaylistStore(database), PlaylistLinks(database)
    file = a_list(tmp_path, "#EXTINF:200,Ida Ravn - Nuit\nC:\\Music\\E\\01 Nuit.flac\nhttp://radio.example/x\n")
    report = import_file(file, store, links, now_ms=NOW_MS)
    assert report.matched == 0
    assert attach_later(links) == 0
    TrackStore(database).save([a_file("/music/E/01 Nuit.flac")], NOW_MS)
    assert attach_later(links) == 1
    assert [entry.track_id for entry in store.entries(report.playlist.id)] == [1, None]
    assert attach_later(links) == 0


def test_a_scan_attaches_what_has_come_and_one_after_a_killed_scan_what_was_left(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, links = PlaylistStore(library.database), PlaylistLinks(library.database)
    file = a_list(tmp_path, "".join(f"{library.music}/{name}.flac\n" for name in "ab"))
    lists = import_file(file, store, links, now_ms=NOW_MS)

    def attached() -> list[bool]:
        return [entry.track_id is not None for entry in store.entries(lists.playlist.id)]

    put(library.music / "a.flac")
    library.scan()
    assert attached() == [True, False]
    put(library.music / "b.flac")
    monkeypatch.setattr("app.library.scan._attach_entries", lambda _tracks: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # as far as it came before it was killed
        library.scan()
    monkeypatch.undo()
    assert attached() == [True, False]
    library.scan()
    assert attached() == [True, True]


@pytest.mark.parametrize("ending", ["m3u", "m3u8", "pls", "xspf", "jspf"])
def test_a_list_that_goes_out_comes_back_the_same(ending: str, database: Database, tmp_path: Path) -> None:
    a_library(database, 10)
    TrackStore(database).save([a_file(b"/music/\xff \xe9#?.mp3", title="Odd")], NOW_MS)
    store, links = PlaylistStore(database), PlaylistLinks(database)
    playlist = store.create("Out", now_ms=NOW_MS)
    store.add(playlist.id, [TrackId(i) for i in (3, 11, 1, 3)], now_ms=NOW_MS)
    target = os.fsencode(tmp_path / f"out.{ending}")
    assert export_file(playlist, entries_of(playlist.id, store), target) == 4
    assert len(playlist_files.read(target).entries) == 4
    report = import_file(target, store, links, now_ms=NOW_MS, name="Out")
    assert (report.matched, report.new) == (4, False)
