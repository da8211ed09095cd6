"""One folder that two music folders lead to, by its name and by a link: its tracks are there once, under either."""

import os
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.library.leave import leave
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

SONGS = ["Rock/one.flac", "Rock/Deep/two.flac", "own.flac"]


@pytest.fixture
def above(library: Library) -> Path:
    """A folder with three songs; two of them lie in one that a link elsewhere leads to."""
    above = library.music / "above"
    for number, name in enumerate(SONGS):
        put(above / name, seconds=2.0 + number)
    return above


def _played(library: Library, below: Path) -> list[TrackId]:
    paths = [below / "one.flac", below / "Deep/two.flac"]
    tracks = [library.tracks.by_path(os.fsencode(path)) for path in paths]
    ids = [track.id for track in tracks if track is not None]
    for track_id in ids:
        PlayStore(library.database).append(a_play(track_id))
    return ids


def _is_each_there_once(library: Library, ids: list[TrackId], total: int) -> None:
    with library.database.read() as connection:
        there = connection.execute("select id, path from track where missing_since is null").fetchall()
        (rows,) = connection.execute("select count(*) from track").fetchone()
    real = [os.path.realpath(path) for _, path in there]
    assert (len(real), len(set(real)), rows) == (total, total, total)
    assert set(ids) <= {track_id for track_id, _ in there}


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_a_folder_above_one_that_is_known_by_a_link_brings_nothing_twice(
    library: Library, above: Path, inside: bool, known: bool
) -> None:
    first = library.music / "first"
    link = first / "link" if inside else first
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(above / "Rock")
    library.roots.add(os.fsencode(first), NOW_MS)
    library.scan(first)
    ids = _played(library, link)
    assert len(ids) == 2
    if known:
        library.roots.add(os.fsencode(above), NOW_MS)
    assert library.scan(above).read == 1
    _is_each_there_once(library, ids, 3)
    for roots in ([above], [first, above], [above], [first], [above, first], [first, above]):
        report = library.scan(*roots)
        assert (report.read, report.missing) == (0, 0), roots
        _is_each_there_once(library, ids, 3)
    put(above / "Rock/new.flac", seconds=9.0)
    library.scan(first, above, only=[os.fsencode(above / "Rock")])
    library.scan(first, above)
    _is_each_there_once(library, ids, 4)


def test_a_link_to_another_file_with_the_inode_of_a_track_on_another_drive_is_a_track(library: Library) -> None:
    put(library.music / "a/one.flac", seconds=2.0, mtime=1_500_000_000)
    put(library.music / "b/two.flac", seconds=2.0, mtime=1_500_000_000)
    library.scan(library.music / "a")
    with library.database.write() as connection:
        connection.execute("update track set inode = ?", ((library.music / "b/two.flac").stat().st_ino,))
    assert library.scan(library.music / "b").read == 1


def test_a_copy_with_the_tags_of_a_track_elsewhere_is_a_track_of_its_own(library: Library) -> None:
    tag(put(library.music / "a/one.flac"), title="Nuit", artist="Ida Ravn")
    library.scan(library.music / "a")
    put(library.music / "b/one.flac", (library.music / "a/one.flac").read_bytes())
    assert library.scan(library.music / "b").read == 1


def test_what_was_removed_under_the_one_name_may_come_under_the_other(library: Library, above: Path) -> None:
    link = library.music / "link"
    link.symlink_to(above / "Rock")
    library.scan(link)
    ids = _played(library, link)
    library.tracks.remove(ids, NOW_MS)
    report = library.scan(above)
    assert (report.read, report.moved, library.tracks.count()) == (1, 2, 3)
    assert [library.at(f"above/{name}").id for name in SONGS[:2]] == ids


@pytest.mark.parametrize("link_first", [True, False])
def test_a_folder_that_is_taken_out_and_added_by_its_other_name_keeps_its_history(
    library: Library, *, link_first: bool
) -> None:
    real, link = library.music / "real", library.music / "link"
    tag(put(real / "1.flac", seconds=31.0), title="Nuit", artist="Ida Ravn")
    put(real / "2.mp3", seconds=12.0)
    link.symlink_to(real)
    first, then = (link, real) if link_first else (real, link)
    library.roots.add(os.fsencode(first), NOW_MS)
    library.scan(first)
    before = {name: library.at(f"{first.name}/{name}").id for name in ("1.flac", "2.mp3")}
    for track_id in before.values():
        PlayStore(library.database).append(a_play(track_id))
    drive = library.roots.volume(os.fsencode(first))
    library.roots.leave(os.fsencode(first))
    list(leave(lambda: False, os.fsencode(first), drive, library.tracks, library.roots, NOW_MS))
    library.roots.add(os.fsencode(then), NOW_MS)
    library.scan(then)
    assert {name: library.at(f"{then.name}/{name}").id for name in before} == before
    assert library.tracks.count() == 2
