"""A drive that is away keeps its tracks, whatever is copied from it meanwhile; a folder that moved takes them along."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

FILES = [f"Disc {number % 2}/{number}.flac" for number in range(6)]


@pytest.fixture
def drives(library: Library) -> tuple[Path, Path]:
    """Two music folders, of which the first has six tracks with plays and stars, and the second one of its own."""
    usb, home = library.music / "usb", library.music / "home"
    for number, name in enumerate(FILES):
        tag(put(usb / name, seconds=1.0 + number / 10), title=f"Song {number}", artist="Ida Ravn")
    tag(put(home / "own.flac", seconds=3.0), title="Own", artist="Otto Galt")
    for root in (usb, home):
        library.roots.add(os.fsencode(root), NOW_MS)
    library.scan(usb, home)
    for number, name in enumerate(FILES):
        track = library.at(f"usb/{name}")
        library.tracks.rate(track.id, 80)
        PlayStore(library.database).append(a_play(track.id, NOW_MS + number))
    return usb, home


def _on_a_stick(library: Library, root: Path, *, older: bool = False) -> None:
    """As it is kept of a folder that was a drive's mount point; ``older``: by a Segue that knew numbers alone."""
    mount, name = (None, "") if older else (os.fsencode(root), "1234-ABCD")
    with library.database.write() as connection:
        connection.execute(
            "update root set device = ?, mount = ?, volume = ? where path = ?",
            (os.makedev(8, 177), mount, name, os.fsencode(root)),
        )


def _ids(library: Library, below: str) -> list[TrackId]:
    return [library.at(f"{below}/{name}").id for name in FILES]


@pytest.mark.parametrize("mount_point", [False, True])
@pytest.mark.parametrize("scanned", ["both", "the other alone"])
def test_a_copy_of_a_track_on_a_drive_that_is_away_takes_nothing(
    library: Library, drives: tuple[Path, Path], mount_point: bool, scanned: str
) -> None:
    usb, home = drives
    before = _ids(library, "usb")
    shutil.copytree(usb / "Disc 1", home / "Disc 1", ignore=lambda _, names: set(names[1:]))
    (copied,) = (home / "Disc 1").iterdir()
    usb.rename(library.music / "unplugged")
    if mount_point:
        usb.mkdir()
    report = library.scan(usb, home) if scanned == "both" else library.scan(home)
    assert (report.moved, report.missing, report.read) == (0, 0, 1)
    assert library.at(f"home/Disc 1/{copied.name}").id not in before
    if mount_point:
        usb.rmdir()
    (library.music / "unplugged").rename(usb)
    report = library.scan(usb, home)
    assert (report.moved, report.missing, report.read, report.unchanged) == (0, 0, 0, 8)
    assert _ids(library, "usb") == before
    assert all(library.at(f"usb/{name}").rating == 80 for name in FILES)


@pytest.mark.parametrize("how", ["renamed", "copied", "copied and renamed"])
def test_a_folder_that_moved_into_another_takes_its_tracks_along_though_it_is_on_the_list_still(
    library: Library, drives: tuple[Path, Path], how: str
) -> None:
    usb, home = drives
    before = _ids(library, "usb")
    if how == "renamed":
        usb.rename(home / "from usb")
    else:
        shutil.copytree(usb, home / "from usb", copy_function=shutil.copy if how == "copied" else shutil.copy2)
        shutil.rmtree(usb)
    if how == "copied and renamed":
        for name in FILES:
            os.rename(home / "from usb" / name, (home / "from usb" / name).with_name(f"x{Path(name).name}"))
    report = library.scan(usb, home)
    assert (report.moved, report.read) == (6, 0)
    names = [name.replace("/", "/x") for name in FILES] if how == "copied and renamed" else FILES
    assert [library.at(f"home/from usb/{name}").id for name in names] == before


def test_a_few_files_moved_out_of_a_folder_that_is_then_deleted_are_the_tracks_they_were(
    library: Library, drives: tuple[Path, Path]
) -> None:
    usb, home = drives
    before = library.at(f"usb/{FILES[0]}").id
    os.rename(usb / FILES[0], home / "kept.flac")
    shutil.rmtree(usb)
    assert library.scan(usb, home).moved == 1
    assert library.at("home/kept.flac").id == before


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("mount_point", [False, True])
@pytest.mark.parametrize("scanned", ["both", "the other alone"])
def test_a_copy_of_all_that_is_on_a_drive_takes_nothing_while_it_is_away(
    library: Library, drives: tuple[Path, Path], older: bool, mount_point: bool, scanned: str
) -> None:
    usb, home = drives
    before, away = _ids(library, "usb"), library.music / "unplugged"
    _on_a_stick(library, usb, older=older)
    shutil.copytree(usb, home / "copy")
    usb.rename(away)
    if mount_point:
        usb.mkdir()
    report = library.scan(usb, home) if scanned == "both" else library.scan(home)
    assert (report.moved, report.missing, report.read) == (0, 0, 6)
    assert not {library.at(f"home/copy/{name}").id for name in FILES} & set(before)
    if mount_point:
        usb.rmdir()
    away.rename(usb)
    report = library.scan(usb, home)
    assert (report.moved, report.missing, report.read, report.unchanged) == (0, 0, 0, 13)
    assert _ids(library, "usb") == before
    assert [library.at(f"usb/{name}").rating for name in FILES] == [80] * 6
    assert [play.track_id for play in PlayStore(library.database).after(0)] == before


def test_a_drive_that_is_mounted_elsewhere_brings_its_tracks_along(library: Library, drives: tuple[Path, Path]) -> None:
    usb, home = drives
    before, other = _ids(library, "usb"), library.music / "usb1"
    _on_a_stick(library, usb)
    usb.rename(other)  # the same files, with their inodes
    assert library.scan(home, other).moved == 6
    assert _ids(library, "usb1") == before


def test_it_does_so_where_its_files_have_other_inodes_each_time(
    library: Library, drives: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    usb, home = drives
    before, other = _ids(library, "usb"), library.music / "usb1"
    _on_a_stick(library, usb)
    shutil.copytree(usb, other)
    shutil.rmtree(usb)
    stick = os.stat(other).st_dev
    monkeypatch.setattr("app.library.volumes.name_of", lambda device: "1234-ABCD" if device == stick else "")
    assert library.scan(home, other).moved == 6
    assert _ids(library, "usb1") == before


def test_another_drive_at_its_place_is_not_it(library: Library, drives: tuple[Path, Path], tmp_path: Path) -> None:
    usb, home = drives
    before = _ids(library, "usb")
    with library.database.write() as connection:
        connection.execute("update root set volume = '1234-ABCD' where path = ?", (os.fsencode(usb),))
    shutil.copytree(usb, home / "copy")
    usb.rename(tmp_path / "unplugged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.library.volumes.name_of", lambda _: "5678-EF00")
        assert library.scan(usb, home).moved == 0
    (tmp_path / "unplugged").rename(usb)
    library.scan(usb, home)
    assert _ids(library, "usb") == before


def test_with_other_music_on_another_drive_in_its_place_a_copy_takes_nothing_either(
    library: Library, drives: tuple[Path, Path], tmp_path: Path
) -> None:
    usb, home = drives
    before = _ids(library, "usb")
    _on_a_stick(library, usb)
    shutil.copytree(usb, home / "copy")
    usb.rename(tmp_path / "unplugged")
    tag(put(usb / "other.mp3", seconds=5.0), title="Other", artist="Otto Galt")
    report = library.scan(usb, home)
    assert (report.moved, report.missing, report.read) == (0, 0, 7)
    shutil.rmtree(usb)
    (tmp_path / "unplugged").rename(usb)
    library.scan(usb, home)
    assert _ids(library, "usb") == before
    assert [library.at(f"usb/{name}").rating for name in FILES] == [80] * 6
