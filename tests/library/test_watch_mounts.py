"""Drives that come and go in music folders while these are watched."""

import os
from functools import partial
from pathlib import Path

import pytest

from app.config.mounts import Drive, drives
from app.library import watch_mounts
from app.library.watch_mounts import MountWatch
from tests.library.sounds import put
from tests.library.test_watch import Watched

DISK, STICK, WAITING = (
    Drive(b"/dev/sda1", "ext4", b"rw"),
    Drive(b"/dev/sdb1", "vfat", b"rw"),
    Drive(b"s", "autofs", b""),
)
ROOTS = [b"/home/ida/Music", b"/media/ida"]


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, Drive]:
    """What is mounted where."""
    table = {b"/": DISK, b"/media/ida/SOON": WAITING}
    monkeypatch.setattr(watch_mounts, "drives", lambda: dict(table))
    return table


@pytest.mark.parametrize(
    ("point", "told"),
    [
        (b"/media/ida/USB", {b"/media/ida"}),
        (b"/media/ida/SOON", {b"/media/ida"}),
        (b"/media", {b"/media/ida"}),
        (b"/home/ida/Music", {b"/home/ida/Music"}),
        (b"/home/ida/Music/.cache/doc", set()),
        (b"/home/ida", {b"/home/ida/Music"}),
        (b"/home/idalia", set()),
        (b"/run/user/1000", set()),
    ],
)
def test_a_drive_is_told_where_it_comes_and_where_it_goes(
    mounted: dict[bytes, Drive], point: bytes, told: set[bytes]
) -> None:
    watch = MountWatch(ROOTS)
    assert watch.changed() == set()
    before = mounted.get(point)
    mounted[point] = STICK
    assert (watch.changed(), watch.changed()) == (told, set())
    mounted[point] = STICK._replace(source=b"/dev/sdc1")
    assert watch.changed() == told
    if before is None:
        del mounted[point]
        assert watch.changed() == told
    else:  # a look would wake it up again
        mounted[point] = before
        assert watch.changed() == set()
    watch.close()


def test_the_kernel_tells_when_to_look() -> None:
    watch = MountWatch([])
    assert [os.fsdecode(file.name) for file in watch.alarms] == ["/proc/self/mounts"]
    watch.close()
    assert watch.alarms[0].closed


def test_without_a_table_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(watch_mounts, "_TABLE", str(tmp_path / "none"))
    watch = MountWatch(ROOTS)
    assert watch.alarms == []
    watch.close()


@pytest.mark.parametrize("inside", [True, False])
def test_a_stick_that_comes_is_looked_at_and_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, inside: bool
) -> None:
    table, root = tmp_path / "mounts", tmp_path / "music"
    put((root if inside else tmp_path / "stick") / "a/1.mp3", b"x")
    table.write_text("/dev/sda1 / ext4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watch_mounts, "drives", partial(drives, str(table)))
    watched = Watched(root)
    if not inside:  # the system makes the folder when the stick comes
        (tmp_path / "stick").rename(root)
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 {root}{'/a' if inside else ''} vfat rw 0 0\n", "utf-8")
    watched.until(".")
    put(root / "a/2.mp3", b"x")
    watched.until("a")
    watched.end()
