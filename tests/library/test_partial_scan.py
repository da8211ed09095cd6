"""A scan of some folders only, as the watch asks for it."""

import os
import shutil
from pathlib import Path

from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put


def _tagged(path: Path, **tags: str) -> None:
    put(path)
    tag(path, **tags)


def test_with_only_some_folders_named_the_others_are_left_alone(library: Library) -> None:
    for name in ("a/1", "a/sub/2", "b/3", "c/4"):
        put(library.music / f"{name}.flac")
    library.scan()
    put(library.music / "a/sub/new.flac", seconds=2.0)
    put(library.music / "b/new.flac", seconds=2.5)
    os.unlink(library.music / "c/4.flac")
    report = library.scan(only=[os.fsencode(library.music / "a")])
    assert (report.read, report.unchanged, report.missing) == (1, 2, 0)
    shutil.rmtree(library.music / "c")
    report = library.scan(only=[os.fsencode(library.music / "c"), os.fsencode(library.music.parent)])
    assert (report.read, report.unchanged, report.missing) == (0, 0, 1)
    assert library.scan().read == 1


def test_a_folder_that_was_renamed_keeps_its_tracks_also_where_only_its_new_name_is_scanned(library: Library) -> None:
    _tagged(library.music / "a/1.flac", title="Nuit")
    library.scan()
    before = library.at("a/1.flac").id
    os.rename(library.music / "a", library.music / "b")
    assert library.scan(only=[os.fsencode(library.music / "b")]).moved == 1
    assert library.at("b/1.flac").id == before
    assert library.scan(only=[os.fsencode(library.music / "a")]).missing == 0


def test_with_only_a_folder_of_a_root_that_is_away_nothing_is_marked(library: Library) -> None:
    put(library.music / "a/1.flac")
    library.scan()
    os.rename(library.music, library.music.parent / "away")
    assert library.scan(only=[os.fsencode(library.music / "a")]).missing == 0
    assert not library.at("a/1.flac").missing


def test_a_link_to_a_folder_that_is_scanned_by_its_own_name_adds_nothing(library: Library) -> None:
    put(library.music / "real/1.flac")
    (library.music / "links").mkdir()
    (library.music / "links/again").symlink_to(library.music / "real")
    assert library.scan().read == 1
    report = library.scan(only=[os.fsencode(library.music / "links")])
    assert (report.read, library.tracks.count()) == (0, 1)


def _mended_in_place(path: Path, title: str) -> None:
    """Another title of the same length, with the size and time that the file had."""
    before = os.stat(path)
    tag(path, title=title)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = os.stat(path)
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_a_file_that_was_written_into_is_read_though_its_time_was_put_back(library: Library) -> None:
    for name in ("a/1.flac", "a/2.flac", "b/3.flac"):
        tag(put(library.music / name), title="Wrong", artist="Ida Ravn")
    library.scan()
    ids = [library.at(name).id for name in ("a/1.flac", "a/2.flac", "b/3.flac")]
    with library.database.write() as connection:  # as on a drive that keeps no other time
        connection.execute("update folder set newest_ns = null")
    for name in ("a/1.flac", "a/2.flac"):
        _mended_in_place(library.music / name, "Right")
    folder, one = (os.fsencode(library.music / name) for name in ("a", "a/1.flac"))
    report = library.scan(only={folder, one})
    assert (report.read, report.unchanged, report.missing) == (1, 1, 0)
    assert (library.at("a/1.flac").title, library.at("a/2.flac").title) == ("Right", "Wrong")
    assert library.scan(only={os.fsencode(library.music / "a/2.flac")}).read == 1
    assert library.at("a/2.flac").title == "Right"
    assert [library.at(name).id for name in ("a/1.flac", "a/2.flac", "b/3.flac")] == ids
    assert library.scan().unchanged == 3


def test_a_written_file_that_is_gone_or_is_a_folder_by_now_is_looked_at_as_any_other(library: Library) -> None:
    for name in ("a/1.flac", "b/2.flac"):
        put(library.music / name)
    library.scan()
    os.unlink(library.music / "a/1.flac")
    os.unlink(library.music / "b/2.flac")
    put(library.music / "b/2.flac/3.flac", seconds=2.0)
    outside = os.fsencode(library.music.parent / "other.flac")
    written = {os.fsencode(library.music / name) for name in ("a/1.flac", "b/2.flac", "b")}
    report = library.scan(only={*written, outside})
    assert (report.read, report.missing) == (1, 2)
