"""Which drive a path is on."""

from pathlib import Path

import pytest

from app.config.mounts import Drive, drives, mount_of

LISTED = b"""sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
nas:/music /mnt/my\\040nas nfs4 rw 0 0
nas:/deep /mnt/my\\040nas/deep nfs4 rw 0 0

nonsense
/dev/sdb1 /mnt/\\777 vfat rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        (b"/mnt/my nas/a.flac", b"/mnt/my nas"),
        (b"/mnt/my nas", b"/mnt/my nas"),
        (b"/mnt/my nas/deep/b.flac", b"/mnt/my nas/deep"),
        (b"/mnt/my nasty/a.flac", b"/"),
        (b"/home/me/a.flac", b"/"),
        (b"relative", b"/"),
        (b"", b"/"),
    ],
)
def test_the_deepest_mount_above_a_path_is_its_drive(path: bytes, mount: bytes, tmp_path: Path) -> None:
    listing = tmp_path / "mounts"
    listing.write_bytes(LISTED)
    assert mount_of(path, str(listing)) == mount


def test_without_a_list_all_is_one_drive(tmp_path: Path) -> None:
    assert mount_of(b"/mnt/nas/a.flac", str(tmp_path / "none")) == b"/"
    assert mount_of(b"/proc/self/mounts") in {b"/proc", b"/"}


def test_what_is_mounted_at_a_place_is_the_last_that_was(tmp_path: Path) -> None:
    listing = tmp_path / "mounts"
    listing.write_bytes(LISTED + b"systemd-1 /mnt/usb autofs rw 0 0\n/dev/sd\\040c1 /mnt/usb btrfs rw,subvolid=5 0 0\n")
    found = drives(str(listing))
    assert found[b"/mnt/usb"] == Drive(b"/dev/sd c1", "btrfs", b"rw,subvolid=5")
    assert found[b"/mnt/my nas"].source == b"nas:/music"
    assert drives(str(tmp_path / "none")) == {}
