"""Thousands of files of one album can be edited at once: the album is not looked at whole after each."""

import os
from pathlib import Path

from app.domain.ids import AlbumKey
from app.domain.tags import Tags
from app.library.alike import _joined
from app.library.edited import IntoLibrary
from app.storage.albums import AlbumTrack
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_file
from tests.helpers.counted import Counted

_FEW, _TIMES = 100, 8


def _steps_of_an_edit(folder: Path, tracks: int) -> int:
    """Every track is put into one album, with the numbers 1 to 20 again and again."""
    database = Counted(folder / "segue.db")
    store = TrackStore(database)
    store.save(
        [a_file(f"/m/{n // 10}/{n}.mp3", title=f"Nuit {n}", album=f"A {n // 10}") for n in range(tracks)], NOW_MS
    )
    into, status = IntoLibrary(store, RootStore(database), NOW_MS), os.stat(folder)

    def edit() -> None:
        for place, track in enumerate(store.all()):
            said = Tags(title=track.title, artist="Ida Ravn", album="One", track_no=place % 20 + 1, duration_ms=200_000)
            into(track.id, track.path, status, said)
        into.settle()

    steps = database.of(edit)
    assert {track.album for track in store.all()} == {"One"}
    assert len({track.album_key for track in store.all()}) > 1, "they were not told apart"
    database.close()
    return steps


def test_an_edit_of_many_tracks_of_one_album_costs_no_more_for_each(tmp_path: Path) -> None:
    few, many = (_steps_of_an_edit(tmp_path / str(tracks), tracks) for tracks in (_FEW, _FEW * _TIMES))
    assert many < few * _TIMES * 2, (few, many)


def test_thousands_of_folders_of_one_name_are_albums_of_their_own_or_parts_of_the_first_that_has_room() -> None:
    def track(folder: int, number: int) -> tuple[bytes, AlbumTrack]:
        name = b"%04d" % folder
        return name, AlbumTrack(number, AlbumKey("k"), name + b"/x", 1, number, "a", True, None)  # type: ignore[arg-type]

    whole = [track(folder, number) for folder in range(3_000) for number in (1, 2, 3)]
    rest = [track(folder, 4) for folder in range(3_000, 6_000)]
    found = _joined([*whole, *rest])
    assert [found[b"%04d" % folder] for folder in range(3)] == [b"", b"0001", b"0002"]
    assert len(set(found.values())) == 3_000
    assert all(found[b"%04d" % (folder + 3_000)] == found[b"%04d" % folder] for folder in range(3_000))
