"""On which drive a folder is: by its mount point and the name of its file system, and whether it is there still."""

import os
from pathlib import Path

import pytest

from app.config.mounts import Drive
from app.domain.scan import Volume
from app.library import volumes
from app.library.volumes import is_away, mount_of, name_of, volume_of

DISK, STICK, OTHER = os.makedev(8, 2), os.makedev(8, 17), os.makedev(8, 33)
NUMBERED, NUMBERED_ANEW = os.makedev(0, 45), os.makedev(0, 47)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, int]:
    """Mount points with the devices that are mounted there; there is nothing else on this system."""
    mounted = {b"/": DISK}

    def device_of(path: bytes) -> int | None:
        return mounted[max((point for point in mounted if (path + b"/").startswith(point)), key=len)]

    monkeypatch.setattr(volumes, "mounts", lambda: [(one, "ext4") for one in sorted(mounted, key=len, reverse=True)])
    monkeypatch.setattr(volumes, "_device", device_of)
    return mounted


def test_the_volume_of_a_folder_is_that_of_its_drive(tmp_path: Path) -> None:
    found = volume_of(os.fsencode(tmp_path))
    assert found.device == os.stat(tmp_path).st_dev
    assert volume_of(os.fsencode(tmp_path / "gone" / "deeper")) == found
    assert found.mount is not None and os.path.ismount(found.mount)


def test_links_are_followed_and_what_only_waits_to_be_mounted_is_no_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = os.fsencode(os.path.realpath(tmp_path / "stick"))
    (tmp_path / "music").symlink_to(tmp_path / "stick" / "music")
    listing = [(stick, "autofs"), (stick, "ext4"), (b"/", "ext4")]
    monkeypatch.setattr(volumes, "mounts", lambda: listing)
    assert mount_of(os.fsencode(tmp_path / "music")) == stick
    del listing[1]
    assert mount_of(os.fsencode(tmp_path / "music")) == b"/"
    listing.clear()
    assert mount_of(os.fsencode(tmp_path / "music")) == b"/"


def test_a_file_system_is_called_by_the_name_under_which_the_system_lists_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(volumes, "_NAMES", os.fsencode(tmp_path))
    (tmp_path / "1234-ABCD").symlink_to("/dev/null")
    assert name_of(os.stat("/dev/null").st_rdev) == "1234-ABCD"
    assert name_of(STICK) == name_of(None) == ""
    monkeypatch.setattr(volumes, "_NAMES", os.fsencode(tmp_path / "none"))
    assert name_of(os.stat("/dev/null").st_rdev) == ""


def test_a_drive_is_away_when_nothing_or_another_is_mounted_in_its_place(system: dict[bytes, int]) -> None:
    kept = Volume(STICK, b"/media/s")
    assert is_away(b"/media/s/Music", kept, [Volume(DISK, b"/")])
    system[b"/media/s"] = OTHER
    assert is_away(b"/media/s/Music", kept, [])
    system[b"/media/s"] = STICK
    assert not is_away(b"/media/s/Music", kept, [])


def test_a_drive_that_got_another_place_is_not_away(system: dict[bytes, int]) -> None:
    kept = Volume(STICK, b"/media/s", "1234-ABCD")
    assert not is_away(b"/media/s/Music", kept, [Volume(OTHER, b"/media/s1", "1234-ABCD")])
    assert is_away(b"/media/s/Music", kept, [Volume(STICK, b"/media/other", "5678-EF00")])
    assert not is_away(b"/media/s/Music", kept, [Volume(STICK, b"/media/s1")])


def test_a_folder_that_is_gone_from_the_system_s_own_disk_is_on_no_drive_that_is_away(system: dict[bytes, int]) -> None:
    assert not is_away(b"/home/ida/Music", Volume(DISK, b"/"), [])


def test_numbers_that_are_new_at_each_start_say_nothing(system: dict[bytes, int]) -> None:
    system[b"/home"] = NUMBERED_ANEW
    assert not is_away(b"/home/ida/Music", Volume(NUMBERED, b"/home"), [])
    assert is_away(b"/media/s/Music", Volume(NUMBERED, b"/media/s"), [Volume(NUMBERED_ANEW, b"/home")])


def test_of_a_folder_last_seen_by_an_older_segue_the_number_tells(system: dict[bytes, int]) -> None:
    assert is_away(b"/media/s/Music", Volume(STICK), [])
    assert not is_away(b"/home/ida/Music", Volume(DISK), [])
    assert not is_away(b"/home/ida/Music", Volume(), [])


def test_a_btrfs_is_called_by_the_name_under_which_the_kernel_lists_its_drives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = {b"/": Drive(b"/dev/sda2", "btrfs", b"rw,subvolid=256,subvol=/@"), b"/nas": Drive(b"nas:/m", "nfs4", b"")}
    mounted[b"/media/s"] = Drive(os.fsencode(tmp_path / "mapped"), "btrfs", b"rw,space_cache=v2,subvolid=5,subvol=/")
    (tmp_path / "mapped").symlink_to("/dev/dm-3")
    for name, part in (("f00d-1", "sda2"), ("beef-2", "sdb1"), ("beef-2", "dm-3")):
        (tmp_path / "btrfs" / name / "devices" / part).mkdir(parents=True)
    (tmp_path / "btrfs/features").mkdir()
    monkeypatch.setattr(volumes, "_BTRFS", os.fsencode(tmp_path / "btrfs"))
    monkeypatch.setattr(volumes, "name_of", lambda _device: "")
    monkeypatch.setattr(volumes, "drives", lambda: mounted)
    monkeypatch.setattr(volumes, "mounts", lambda: [(b"/media/s", "btrfs"), (b"/nas", "nfs4"), (b"/", "btrfs")])
    folders = (b"/media/s/Music", b"/nas/Music", b"/Music")
    assert [volume_of(folder).name for folder in folders] == ["beef-2", "", "f00d-1.256"]
    mounted[b"/"] = Drive(b"/dev/sdx", "btrfs", b"rw")
    assert volume_of(b"/Music").name == ""
    monkeypatch.setattr(volumes, "_BTRFS", os.fsencode(tmp_path / "none"))
    assert volume_of(b"/media/s/Music").name == ""
