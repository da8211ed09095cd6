"""Which drive a path is on."""

from pathlib import Path

import pytest

from app.config.mounts import mount_of

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
