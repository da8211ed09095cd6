"""A folder that leaves the library leaves it whole, whenever the work is cut off."""

import itertools
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.scan import Volume
from app.library.leave import leave
from app.storage import scanned
from tests.helpers.builders import NOW_MS, a_database, a_file
from tests.library.scanning import Library


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(scanned, "_PAGE", 10)
    library = Library(a_database(tmp_path), tmp_path / "music", [])
    library.roots.add(_path(library), NOW_MS)
    library.tracks.save([a_file(f"{library.music}/{n}.flac", title=f"{n}") for n in range(35)], NOW_MS)
    return library


def _path(library: Library) -> bytes:
    return os.fsencode(library.music)


def _leave(library: Library, stop_after: int = 1_000) -> list[int]:
    asked = itertools.count(1)
    steps = leave(lambda: next(asked) > stop_after, _path(library), Volume(), library.tracks, library.roots, NOW_MS)
    return list(steps)


def test_what_was_cut_off_is_known_and_finished(library: Library) -> None:
    library.roots.leave(_path(library))
    assert _leave(library, stop_after=2) == [10, 20]
    assert (library.roots.all(), library.roots.leaving(), library.tracks.count()) == ([], [_path(library)], 15)
    assert _leave(library)[-1] == 35
    assert (library.roots.all(), library.roots.leaving(), library.tracks.count()) == ([], [], 0)


def test_a_folder_that_is_added_again_meanwhile_keeps_what_is_left(library: Library) -> None:
    library.roots.leave(_path(library))
    steps = leave(lambda: False, _path(library), Volume(), library.tracks, library.roots, NOW_MS)
    assert next(steps) == 10
    library.roots.add(_path(library), NOW_MS)
    assert list(steps) == []
    assert (library.roots.all(), library.roots.leaving()) == ([_path(library)], [])
    library.tracks.restore_below(_path(library))
    assert library.tracks.count() == 35


def test_a_folder_in_it_that_is_added_meanwhile_is_not_hidden_with_it(library: Library) -> None:
    inside = _path(library) + b"/jazz"
    library.tracks.save([a_file(f"{os.fsdecode(inside)}/{n}.flac", title=f"{n}") for n in range(25)], NOW_MS)
    library.roots.leave(_path(library))
    steps = leave(lambda: False, _path(library), Volume(), library.tracks, library.roots, NOW_MS)
    assert next(steps) == 10
    library.roots.add(inside, NOW_MS)
    library.tracks.restore_below(inside)
    list(steps)
    assert (library.roots.all(), library.roots.leaving(), library.tracks.count()) == ([inside], [], 25)


def test_what_is_added_while_a_piece_is_being_hidden_comes_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = library.tracks.remove

    def late(ids: Sequence[TrackId], now_ms: int) -> None:
        library.roots.add(_path(library), NOW_MS)
        library.tracks.restore_below(_path(library))
        remove(ids, now_ms)

    monkeypatch.setattr(library.tracks, "remove", late)
    library.roots.leave(_path(library))
    _leave(library)
    assert (library.roots.all(), library.tracks.count()) == ([_path(library)], 35)


def test_a_folder_that_left_is_forgotten_only_when_it_is_still_leaving(library: Library) -> None:
    library.roots.left(_path(library))
    assert library.roots.all() == [_path(library)]


def test_a_folder_that_is_back_on_the_list_keeps_its_plays_though_its_drive_is_unplugged(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = list[TrackId]()
    monkeypatch.setattr("app.library.leave.is_unplugged", lambda _drive: True)
    monkeypatch.setattr("app.library.leave.take_over", lambda _tracks, ids: taken.extend(ids))
    _leave(library)
    assert taken == []
    library.roots.leave(_path(library))
    _leave(library)
    assert len(taken) == 35


def test_the_work_is_done_in_pieces(library: Library) -> None:
    """So that the end of Segue does not wait for fifty thousand tracks."""
    library.roots.leave(_path(library))
    assert _leave(library) == [10, 20, 30, 35]
