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
