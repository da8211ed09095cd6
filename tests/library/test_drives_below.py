"""A drive that is mounted below a music folder: while it is not there, what is on it is away and not gone."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.scan import Volume
from app.library.volumes import volume_of
from app.library.walk import Walk
from tests.helpers.builders import NOW_MS
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

FILES = [f"Album/{number}.flac" for number in range(3)]


@pytest.fixture
def usb(library: Library) -> Path:
    """A stick with three tracks below the music folder, as a scan has left it."""
    usb = library.music / "usb"
    for number, name in enumerate(FILES):
        tag(put(usb / name, seconds=1.0 + number / 10), title=f"Song {number}", artist="Ida Ravn")
    put(library.music / "home/own.flac", seconds=3.0)
    library.roots.add(os.fsencode(library.music), NOW_MS)
    library.scan()
    stick = Volume(os.makedev(8, 177), os.fsencode(usb), "1234-ABCD")
    library.roots.keep_drives_below({os.fsencode(usb): stick}, ())
    return usb


def _ids(library: Library, below: str) -> list[TrackId]:
    return [library.at(f"{below}/{name}").id for name in FILES]


@pytest.mark.parametrize("only", [None, [b"usb"], [b"usb/Album"]])
@pytest.mark.parametrize("mount_point", [False, True])
def test_nothing_of_it_is_marked_and_it_comes_back(
    library: Library, usb: Path, mount_point: bool, only: list[bytes] | None
) -> None:
    usb.rename(library.music.parent / "unplugged")
    if mount_point:
        usb.mkdir()
    folders = None if only is None else [os.path.join(os.fsencode(library.music), one) for one in only]
    for _ in range(2):
        report = library.scan(only=folders)
        assert (report.missing, report.troubles) == (
            0,
            [f"The drive of the folder {usb} is away. Its 3 tracks stay in the library."],
        )
    if mount_point:
        usb.rmdir()
    (library.music.parent / "unplugged").rename(usb)
    report = library.scan()
    assert (report.unchanged, report.read, report.troubles) == (4, 0, [])


@pytest.mark.parametrize("scanned", ["music", "music/home"])
def test_a_copy_of_it_takes_nothing_meanwhile(library: Library, usb: Path, scanned: str) -> None:
    before = _ids(library, "usb")
    shutil.copytree(usb, library.music / "home/copy")
    usb.rename(library.music.parent / "unplugged")
    report = library.scan(library.music.parent / scanned)
    assert (report.read, report.moved, report.missing) == (3, 0, 0)
    assert _ids(library, "usb") == before


def test_mounted_elsewhere_it_brings_its_tracks_along(
    library: Library, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _ids(library, "usb")
    usb.rename(library.music / "usb1")
    stick = os.stat(library.music / "usb1").st_dev
    monkeypatch.setattr("app.library.volumes.name_of", lambda device: "1234-ABCD" if device == stick else "")
    report = library.scan()
    assert (report.moved, report.missing) == (3, 0)
    assert _ids(library, "usb1") == before


def test_once_its_music_lies_in_the_folder_itself_what_is_not_there_is_gone(library: Library, usb: Path) -> None:
    (usb / FILES[0]).unlink()
    assert library.scan().missing == 1
    assert library.roots.drives_below() == {}
    shutil.rmtree(usb)
    assert library.scan().missing == 2


def test_once_the_link_that_led_to_a_drive_is_taken_away_what_it_led_to_is_gone(library: Library, usb: Path) -> None:
    library.roots.keep_drives_below({os.fsencode(usb): volume_of(b"/proc")}, ())  # a drive that is there all the time
    shutil.rmtree(usb)
    report = library.scan()
    assert (report.missing, report.troubles) == (3, [])
    assert library.roots.drives_below() == {}


def test_a_drive_that_only_the_watch_has_told_of_is_kept_in_mind(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb, real = os.fsencode(library.music / "usb"), Walk._first_time

    def mounted(self: Walk, folder: bytes) -> os.stat_result | None:
        status = real(self, folder)
        if status is not None and folder == usb:
            self.mounts[folder] = (status.st_dev, status.st_ino)
        return status

    monkeypatch.setattr(Walk, "_first_time", mounted)
    library.roots.add(os.fsencode(library.music), NOW_MS)
    put(library.music / "own.flac", seconds=3.0)
    library.scan()
    put(library.music / "usb/1.flac")
    with monkeypatch.context() as plugged_in:
        plugged_in.setattr("app.library.volumes.mounts", lambda: [(usb, "vfat"), (b"/", "ext4")])
        plugged_in.setattr("app.library.volumes.name_of", lambda _device: "1234-ABCD")
        assert library.scan(only=[os.fsencode(library.music)]).read == 1
    (library.music / "usb").rename(library.music.parent / "unplugged")
    (library.music / "usb").mkdir()
    monkeypatch.setattr("app.library.volumes.mounts", lambda: [(b"/", "ext4")])
    monkeypatch.setattr("app.library.volumes.name_of", lambda _device: "5678-EF00")
    assert library.scan(only=[os.fsencode(library.music)]).missing == 0
