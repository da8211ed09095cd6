"""Albums of one name are told apart by folder or artist where their tracks have the same numbers."""

import os
import shutil
from collections.abc import Iterable

import pytest

from app.library.alike import tell_apart
from app.library.edited import IntoLibrary
from app.library.tags import read_tags
from app.storage.albums import AlbumStore
from app.storage.forms import FormStore
from tests.helpers.builders import NOW_MS
from tests.library.grouping import albums, song
from tests.library.scanning import Library
from tests.library.sounds import put


def _weezer(library: Library, years: Iterable[int] = (1994, 2001, 2008), tracks: int = 3) -> None:
    for year in years:
        for number in range(1, tracks + 1):
            name = f"Weezer/Weezer ({year})/{number}.flac"
            song(library, name, number, artist="Weezer", albumartist="Weezer", album="Weezer", date=str(year))


def _in_folders(library: Library) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for track in library.tracks.all():
        folder = os.path.basename(os.path.dirname(os.fsdecode(track.path)))
        found.setdefault(folder, set()).add(track.album_key)
    return found


def test_three_albums_of_one_name_and_one_artist_are_three(library: Library) -> None:
    _weezer(library)
    library.scan()
    assert albums(library) == [("Weezer", 3)] * 3
    assert all(len(keys) == 1 for keys in _in_folders(library).values())


def test_they_are_so_whichever_comes_first_and_stay_so_when_a_file_is_read_again(library: Library) -> None:
    _weezer(library, [2008])
    library.scan()
    _weezer(library, [1994])
    library.scan()
    _weezer(library, [2001])
    library.scan()
    before = _in_folders(library)
    assert [len(keys) for keys in before.values()] == [1, 1, 1]
    assert len(set.union(*before.values())) == 3

    for year in (1994, 2001, 2008):
        song(library, f"Weezer/Weezer ({year})/1.flac", 1, artist="Weezer", albumartist="Weezer", album="Weezer")
    assert library.scan().read == 3
    assert _in_folders(library) == before


def test_where_a_scan_was_killed_before_it_came_to_that_the_next_one_does_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    _weezer(library)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("app.library.alike.tell_apart", killed)
        library.scan()
    assert albums(library) == [("Weezer", 9)]

    assert (library.scan().unchanged, albums(library)) == (9, [("Weezer", 3)] * 3)

    with monkeypatch.context() as patch:
        patch.setattr("app.library.alike.tell_apart", killed)
        library.scan()  # it is done, and not done again


def test_an_edit_of_one_file_leaves_it_in_its_album(library: Library) -> None:
    _weezer(library)
    library.scan()
    before = _in_folders(library)
    for track in library.tracks.all():
        take = IntoLibrary(library.tracks, library.roots, NOW_MS)
        take(track.id, track.path, os.stat(track.path), read_tags(track.path))
        take.settle()
    assert _in_folders(library) == before


def test_an_album_as_mp3_and_as_flac_is_two_and_one_again_when_a_copy_is_gone(library: Library) -> None:
    for number in (1, 2):
        for kind in ("mp3", "flac"):
            song(
                library, f"{kind}/Y/{number}.{kind}", number, artist="X", albumartist="X", album="Y", title=str(number)
            )
    library.scan()
    assert albums(library) == [("Y", 2), ("Y", 2)]
    shutil.rmtree(library.music / "mp3")
    library.scan()
    assert [count for _, count in albums(library)] == [2]


def test_discs_and_other_folders_without_a_number_in_common_are_one_album(library: Library) -> None:
    for disc in ("CD1", "Disc Two", "Disc 3 - Live"):
        for number in (1, 2):
            song(library, f"A/B/{disc}/{number}.flac", number, artist="A", albumartist="A", album="B")
    for number in (3, 4):
        song(library, f"elsewhere/{number}.flac", number, artist="A", albumartist="A", album="B", discnumber="1")
    library.scan()
    assert albums(library) == [("B", 8)]


def test_a_second_copy_of_one_track_takes_no_collection_apart(library: Library) -> None:
    for number in range(1, 9):
        song(library, f"artist {number}/{number}.flac", number, artist=str(number), albumartist="Various", album="Hits")
    song(library, "again/5.flac", 5, artist="5", albumartist="Various", album="Hits")
    library.scan()
    assert albums(library) == [("Hits", 1), ("Hits", 8)]


def test_two_greatest_hits_in_one_folder_are_two_albums_and_a_collection_of_many_stays_one(library: Library) -> None:
    for artist in ("Queen", "ABBA"):
        for number in (1, 2, 3):
            song(library, f"dl/{artist} {number}.flac", number, artist=artist, album="Greatest Hits")
    for artist in range(6):
        song(library, f"va/{artist}.flac", artist % 3 + 1, artist=str(artist), album="Two Discs")
    library.scan()
    assert albums(library) == [("Greatest Hits", 3), ("Greatest Hits", 3), ("Two Discs", 6)]


def test_a_compilation_that_collides_falls_into_its_folders(library: Library) -> None:
    for artist in ("Anna", "Bela"):
        for number in (1, 2):
            song(library, f"{artist}/Best/{number}.flac", number, artist=artist, album="Best", compilation="1")
    song(library, "Anna/Hits/1.flac", 1, artist="Anna", album="Hits", compilation="1")
    song(library, "Bela/Hits/2.flac", 2, artist="Bela", album="Hits", compilation="1")
    library.scan()
    assert albums(library) == [("Best", 2), ("Best", 2), ("Hits", 2)]


def test_tracks_without_numbers_and_without_albums_are_left_alone(library: Library) -> None:
    for folder in ("a", "b"):
        put(library.music / f"{folder}/1 x.flac")
        song(library, f"{folder}/2.flac", "", artist="X", albumartist="X", album="Y")
    library.scan()
    assert ("Y", 2) in albums(library)
    assert AlbumStore(library.database).doubtful() == []


def test_known_albums_are_told_apart_after_an_upgrade(library: Library) -> None:
    _weezer(library)
    library.scan()
    apart = _in_folders(library)
    with library.database.write() as connection:
        connection.execute("update track set album_key = 'older'")
        connection.execute("update form set version = 1")
    assert library.scan().unchanged == 9
    assert _in_folders(library) == apart
    assert not FormStore(library.database).outdated()


@pytest.mark.parametrize("few", [0, 64])
def test_only_what_is_asked_for_is_looked_at_and_nothing_written_twice(
    library: Library, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.albums._FEW", few)
    _weezer(library)
    library.scan()
    albums, (key,) = AlbumStore(library.database), AlbumStore(library.database).doubtful()
    assert albums.doubtful({key}) == [key]
    assert albums.doubtful({"tags:other"}) == []  # type: ignore[arg-type]
    with library.database.write() as connection:
        connection.execute("create table wrote (id integer)")
        connection.execute("create trigger wrote after update on track begin insert into wrote values (new.id); end")
    tell_apart(albums)
    tell_apart(albums, {key})
    with library.database.read() as connection:
        assert connection.execute("select count(*) from wrote").fetchone() == (0,)
