"""An album of which only some files name the album artist is one; what only looks like it stays apart."""

import os
import shutil

import pytest

from app.library.alike import tell_apart
from app.library.edited import IntoLibrary
from app.library.tags import read_tags
from app.storage.albums import AlbumStore
from tests.helpers.builders import NOW_MS
from tests.library.grouping import albums, song
from tests.library.scanning import Library

ONE, TWO = "b1a9c0e9-d987-4042-ae91-78d6a3267d69", "c2a9c0e9-d987-4042-ae91-78d6a3267d69"


def _half(library: Library, folder: str = "Night", **tags: str) -> None:
    """Four tracks, of which two name the album artist."""
    for number in (1, 2, 3, 4):
        named = {"albumartist": "Ida Ravn"} if number % 2 else {}
        song(library, f"{folder}/{number}.flac", number, **{"album": "Night", "artist": "Ida Ravn"} | named | tags)


@pytest.mark.parametrize("few", [0, 64])
def test_an_album_artist_on_some_of_the_files_makes_no_second_album(
    library: Library, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.albums._FEW", few)
    _half(library)
    song(library, "Night/5.flac", 5, artist="Ida Ravn feat. Otto", album="night")
    song(library, "Night/CD2/1.flac", 1, artist="Ida Ravn", album="Night", discnumber="2")
    library.scan()
    assert albums(library) == [("Night", 6)]


def test_it_is_one_whichever_files_come_first(library: Library) -> None:
    song(library, "Night/1.flac", 1, album="Night", artist="Ida Ravn", albumartist="Ida Ravn")
    library.scan()
    song(library, "Night/2.flac", 2, album="Night", artist="Ida Ravn")
    library.scan()
    assert albums(library) == [("Night", 2)]
    song(library, "Day/2.flac", 2, album="Day", artist="Ida Ravn")
    library.scan()
    song(library, "Day/1.flac", 1, album="Day", artist="Ida Ravn", albumartist="Ida Ravn")
    library.scan()
    assert albums(library) == [("Day", 2), ("Night", 2)]


def test_it_stays_one_when_files_are_read_again_edited_or_formed_anew(library: Library) -> None:
    _half(library)
    library.scan()
    for number in (1, 2):
        song(library, f"Night/{number}.flac", number, artist="Ida Ravn", album="Night", comment="again")
    library.scan()
    assert albums(library) == [("Night", 4)]
    for track in library.tracks.all():
        take = IntoLibrary(library.tracks, library.roots, NOW_MS)
        take(track.id, track.path, os.stat(track.path), read_tags(track.path))
        take.settle()
        assert albums(library) == [("Night", 4)]
    with library.database.write() as connection:
        connection.execute("update form set version = 1")
    library.scan()
    assert albums(library) == [("Night", 4)]


def test_it_comes_apart_again_where_the_files_no_longer_say_so(library: Library) -> None:
    _half(library)
    library.scan()
    for number in (1, 3):
        song(library, f"Night/{number}.flac", number, artist="Ida Ravn", album="Other", albumartist="Ida Ravn")
    library.scan()
    assert albums(library) == [("Night", 2), ("Other", 2)]
    song(library, "Night/2.flac", 2, artist="Ida Ravn", album="Night", comment="again")
    library.scan()
    assert albums(library) == [("Night", 2), ("Other", 2)]


def test_a_collection_of_which_some_files_call_themselves_various_is_one(library: Library) -> None:
    for number in range(1, 7):
        named = {"albumartist": "Various Artists"} if number < 4 else {}
        song(library, f"Hits/{number}.flac", number, artist=f"Artist {number}", album="Summer", **named)
        flagged = {"albumartist": "Various Artists"} if number < 4 else {"compilation": "1"}
        song(library, f"More/{number}.mp3", number, artist=f"Artist {number}", album="Winter", **flagged)
    library.scan()
    assert albums(library) == [("Summer", 6), ("Winter", 6)]


def test_a_release_id_on_some_of_the_files_makes_no_second_album(library: Library) -> None:
    for number in (1, 2, 3):
        named = {"musicbrainz_albumid": ONE} if number == 2 else {}
        song(library, f"N/{number}.flac", number, album="Night", artist="Ida", albumartist="Ida", **named)
    library.scan()
    assert albums(library) == [("Night", 3)]


def test_two_releases_of_one_folder_stay_two_and_the_rest_is_not_given_to_either(library: Library) -> None:
    for number, mbid in ((1, ONE), (2, TWO), (3, "")):
        named = {"musicbrainz_albumid": mbid} if mbid else {}
        song(library, f"N/{number}.flac", number, album="Night", artist="Ida", albumartist="Ida", **named)
    library.scan()
    assert albums(library) == [("Night", 1)] * 3


def test_albums_of_others_in_the_same_folder_stay_apart(library: Library) -> None:
    for number in (1, 2, 3):
        song(library, f"dl/q{number}.flac", number, artist="Queen", album="Greatest Hits", albumartist="Queen")
        song(library, f"dl/a{number}.flac", number + 3, artist="ABBA", album="Greatest Hits")
        song(library, f"dl/r{number}.flac", number + 6, artist="Queensrÿche", album="Greatest Hits")
    library.scan()
    assert albums(library) == [("Greatest Hits", 3), ("Greatest Hits", 6)]


def test_two_copies_of_an_album_in_one_folder_stay_two(library: Library) -> None:
    for number in (1, 2):
        song(library, f"N/{number}.flac", number, album="Night", artist="Ida", albumartist="Ida")
        song(library, f"N/{number}.mp3", number, album="Night", artist="Ida")
    library.scan()
    assert albums(library) == [("Night", 2), ("Night", 2)]


def test_what_lies_in_another_folder_stays_another_album(library: Library) -> None:
    _half(library)
    song(library, "Elsewhere/9.flac", 9, artist="Ida Ravn", album="Night")
    library.scan()
    assert albums(library) == [("Night", 1), ("Night", 4)]


def test_a_file_without_album_artist_joins_the_part_of_its_folder(library: Library) -> None:
    for year in (1994, 2001):
        for number in (1, 2):
            song(library, f"W ({year})/{number}.flac", number, artist="Weezer", albumartist="Weezer", album="Weezer")
    song(library, "W (2001)/3.flac", 3, artist="Weezer", album="Weezer")
    library.scan()
    assert albums(library) == [("Weezer", 2), ("Weezer", 3)]


def test_nothing_is_written_twice_and_missing_files_come_along(library: Library) -> None:
    _half(library)
    library.scan()
    os.remove(library.music / "Night/2.flac")
    shutil.copy(library.music / "Night/4.flac", library.music / "Night/other.flac")
    song(library, "Night/other.flac", 2, artist="Ida Ravn", album="Night", title="In its place")
    library.scan()
    assert len({track.album_key for track in library.tracks.all()}) == 1
    with library.database.write() as connection:
        connection.execute("create table wrote (id integer)")
        connection.execute("create trigger wrote after update on track begin insert into wrote values (new.id); end")
    tell_apart(AlbumStore(library.database))
    with library.database.read() as connection:
        assert connection.execute("select count(*) from wrote").fetchone() == (0,)


def _unnumbered(library: Library, folder: str, album: str, artists: dict[str, int], **tags: str) -> None:
    for artist, count in artists.items():
        for number in range(count):
            song(library, f"{folder}/{artist} {album} {number}.flac", "", artist=artist, album=album, **tags)


def test_two_greatest_hits_without_numbers_in_one_flat_folder_are_two(library: Library) -> None:
    _unnumbered(library, "dl", "Greatest Hits", {"Queen": 3, "Queen & David Bowie": 1, "ABBA": 3})
    library.scan()
    assert albums(library) == [("Greatest Hits", 3), ("Greatest Hits", 4)]
    _unnumbered(library, "dl", "Greatest Hits", {"Cher": 1})
    library.scan()
    assert albums(library) == [("Greatest Hits", 8)]  # somebody of whom there is one track: a collection after all
    for number in range(1, 3):
        song(library, f"dl/Cher Greatest Hits {number}.flac", "", artist="Cher", album="Greatest Hits")
    library.scan()
    assert albums(library) == [("Greatest Hits", 3), ("Greatest Hits", 3), ("Greatest Hits", 4)]


def test_two_albums_of_one_name_and_of_different_years_are_two(library: Library) -> None:
    _unnumbered(library, "dl", "Homeward", {"Anna": 3}, date="1991")
    _unnumbered(library, "dl", "Homeward", {"Bela": 3}, date="2004")
    library.scan()
    assert albums(library) == [("Homeward", 3), ("Homeward", 3)]


def test_collections_without_numbers_stay_whole(library: Library) -> None:
    _unnumbered(library, "dl", "Hits", {f"Artist {number}": 1 for number in range(8)})
    _unnumbered(library, "dl", "Gold", {"Anna": 5, "Bela": 2})
    _unnumbered(library, "dl", "Homeward", {"Anna": 3, "Bela": 3})  # two who made one record
    _unnumbered(library, "Greatest Hits (1999)", "Greatest Hits", {"Anna": 3, "Bela": 3})  # its own folder
    _unnumbered(library, "dl", "Live", {f"Artist {number}": 3 for number in range(17)})
    library.scan()
    assert albums(library) == [("Gold", 7), ("Greatest Hits", 6), ("Hits", 8), ("Homeward", 6), ("Live", 51)]


@pytest.mark.parametrize("at_once", [1, 8, 2_000])
def test_it_is_the_same_however_many_files_are_written_at_once(
    library: Library, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.reading._BATCH", at_once)
    _half(library, "Day")
    song(library, "Day/CD2/1.flac", 1, artist="Ida Ravn", album="Night", discnumber="2")
    for number in (1, 2):
        song(library, f"Night/CD1/{number}.flac", number, artist="Ida", albumartist="Ida", album="Night")
    song(library, "Night/CD1/3.flac", 3, artist="Ida", album="Night", discnumber="1")
    song(library, "Night/CD2/1.flac", 3, artist="Ida", albumartist="Ida", album="Night", discnumber="1")
    library.scan()
    assert albums(library) == [("Night", 1), ("Night", 3), ("Night", 5)]
