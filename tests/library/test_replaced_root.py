"""A music folder in whose place another one stands: what is not there is missing, and comes back with all it had.

An empty folder in its place proves nothing: so looks a drive that is away. A folder with other music, on the same
drive, is what it seems: the tracks of before are shown as missing, and nothing of them is lost.
"""

import os
import shutil

import pytest

from app.domain.ids import TrackId
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.library.scanning import Library
from tests.library.sounds import put


@pytest.fixture
def ids(library: Library) -> dict[str, TrackId]:
    """Three files that were scanned, rated and played."""
    for number in range(3):
        put(library.music / f"album/{number}.flac", seconds=1.0 + number / 10)
    library.scan()
    found = {name: library.at(name).id for name in (f"album/{number}.flac" for number in range(3))}
    for number, track_id in enumerate(found.values()):
        library.tracks.rate(track_id, 80)
        PlayStore(library.database).append(a_play(track_id, NOW_MS + number))
    return found


def _all_back(library: Library, ids: dict[str, TrackId]) -> None:
    for name, track_id in ids.items():
        track = library.at(name)
        assert (track.id, track.missing, track.rating) == (track_id, False, 80)
    assert [play.track_id for play in PlayStore(library.database).after(0)] == list(ids.values())


def test_with_other_music_in_its_place_the_tracks_are_missing_and_come_back(
    library: Library, ids: dict[str, TrackId]
) -> None:
    old = library.music.with_name("music.old")
    library.music.rename(old)
    put(library.music / "other.mp3", seconds=2.0)
    report = library.scan()
    assert (report.read, report.missing, report.troubles) == (1, 3, [])
    assert all(library.at(name).missing for name in ids)
    shutil.rmtree(library.music)
    old.rename(library.music)
    report = library.scan()
    assert (report.returned, report.read, report.missing) == (3, 0, 1)
    _all_back(library, ids)


def test_with_an_empty_folder_in_its_place_nothing_is_marked_and_a_sentence_says_so(
    library: Library, ids: dict[str, TrackId]
) -> None:
    old = library.music.with_name("music.old")
    library.music.rename(old)
    library.music.mkdir()
    report = library.scan()
    assert (report.missing, report.troubles) == (
        0,
        [
            f"The folder {library.music} is empty; its drive may be away. Its 3 tracks stay in the library.",
        ],
    )
    library.music.rmdir()
    old.rename(library.music)
    assert library.scan().unchanged == 3
    _all_back(library, ids)


def test_where_the_old_folder_is_a_music_folder_too_its_tracks_have_moved_there(
    library: Library, ids: dict[str, TrackId]
) -> None:
    old = library.music.with_name("elsewhere")
    library.music.rename(old)
    put(library.music / "other.mp3", seconds=2.0)
    report = library.scan(library.music, old)
    assert (report.moved, report.missing, report.read) == (3, 0, 1)
    found = [library.tracks.by_path(os.fsencode(old / name)) for name in ids]
    assert [track.id for track in found if track is not None] == list(ids.values())


def test_a_copy_of_the_folder_in_its_place_is_the_same_music(library: Library, ids: dict[str, TrackId]) -> None:
    """A disk was replaced and its backup played back: other inodes, and with some programs other times."""
    old = library.music.with_name("music.old")
    library.music.rename(old)
    shutil.copytree(old, library.music, copy_function=shutil.copyfile)
    shutil.rmtree(old)
    report = library.scan()
    assert (report.missing, library.tracks.count()) == (0, 3)
    _all_back(library, ids)


@pytest.mark.parametrize("same", [True, False])
def test_whether_it_is_the_same_drive_its_name_tells_and_not_its_number(
    library: Library, ids: dict[str, TrackId], monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    """The next stick gets the number of the one before, and the same one another."""
    with library.database.write() as connection:
        connection.execute("insert into root (path, added_at) values (?, 0)", (os.fsencode(library.music),))
    monkeypatch.setattr("app.library.volumes.name_of", lambda _: "1234-ABCD")
    library.scan()
    if same:
        with library.database.write() as connection:
            connection.execute("update root set device = device + 16")
    else:
        monkeypatch.setattr("app.library.volumes.name_of", lambda _: "5678-EF00")
    shutil.rmtree(library.music / "album")
    put(library.music / "other.mp3", seconds=2.0)
    report = library.scan()
    assert (report.missing, len(report.troubles)) == ((3, 0) if same else (0, 1))
