"""A real drive that is taken away after it was copied: its tracks stay its own, and it comes back with all they had."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.paths import default_paths
from app.domain.ids import TrackId
from app.domain.play import Play
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.faults.places import a_song, can_mount, listen_and_rate, mounted, scan_whole

Kept = tuple[list[Play], dict[bytes, tuple[TrackId, int | None, bool]]]


@contextlib.contextmanager
def _plugged_in(stick: Path, at: Path) -> Iterator[None]:
    at.mkdir()
    subprocess.run(["mount", "--bind", str(stick), str(at)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)
        at.rmdir()


def _kept(home: Path) -> Kept:
    """All plays, and what is known of each path."""
    database = Database(default_paths(home).database)
    tracks = {track.path: (track.id, track.rating, track.missing) for track in TrackStore(database).all()}
    plays = PlayStore(database).after(0)
    database.close()
    return plays, tracks


@pytest.mark.skipif(not can_mount(), reason="only root may mount; test_away tells the same without a drive")
def test_a_stick_that_was_copied_and_unplugged_keeps_its_tracks(tmp_path: Path, home: Path) -> None:
    usb, disk = tmp_path / "usb", tmp_path / "disk"
    disk.mkdir()
    a_song(disk / "own.mp3", 99, "Own")
    with mounted(tmp_path / "stick", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as stick:
        for number in range(12):
            a_song(stick / f"{number}.mp3", number, "Night")
        with _plugged_in(stick, usb):
            scan_whole(home, usb, disk)
            listen_and_rate(home)
            plays, tracks = _kept(home)
            shutil.copytree(usb, disk / "copy")
        scan_whole(home, disk)
        assert plays and _kept(home)[0] == plays
        assert len(_kept(home)[1]) == len(tracks) + 12
        assert tracks.items() <= _kept(home)[1].items()
        with _plugged_in(stick, usb):
            scan_whole(home, usb, disk)
        assert _kept(home)[0] == plays
        assert tracks.items() <= _kept(home)[1].items()


@pytest.mark.skipif(not can_mount(), reason="only root may mount; test_drives_below tells the same without a drive")
@pytest.mark.parametrize("linked", [False, True])
def test_a_stick_that_was_plugged_in_below_a_music_folder_keeps_its_tracks_while_it_is_away(
    tmp_path: Path, home: Path, linked: bool
) -> None:
    music = tmp_path / "music"
    usb = tmp_path / "media" if linked else music / "usb"
    a_song(music / "own.mp3", 99, "Own")
    if linked:
        (music / "usb").symlink_to(usb)
    with mounted(tmp_path / "stick", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as stick:
        for number in range(4):
            a_song(stick / "Night" / f"{number}.mp3", number, "Night")
        with _plugged_in(stick, usb):
            scan_whole(home, music)
            listen_and_rate(home)
            kept = _kept(home)
        scan_whole(home, music)
        assert kept[0] and _kept(home) == kept
        with _plugged_in(stick, usb):
            (stick / "Night/3.mp3").unlink()
            scan_whole(home, music)
        assert [Path(path.decode()).name for path in kept[1].keys() - _kept(home)[1].keys()] == ["3.mp3"]
