"""Real file systems that come and go: what is on them is met again, whatever numbers the system gives them."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library.watch import Watch
from tests.faults.places import (
    a_song,
    can_mount,
    listen_and_rate,
    listing,
    memory_of,
    mounted,
    run_program,
    scan_whole,
)
from tests.library.sounds import put

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_mount(), reason="only root may mount; tests/library tells the same without"),
]

PATIENCE_S = 20.0


@contextlib.contextmanager
def a_stick(image: Path) -> Iterator[str]:
    """A device with a btrfs on it, which numbers its devices anew each time."""
    with image.open("wb") as file:
        file.truncate(128 << 20)
    run_program("mkfs.btrfs", "--quiet", str(image))
    device = run_program("losetup", "--find", "--show", str(image)).strip()
    try:
        yield device
    finally:
        run_program("losetup", "--detach", device)


def test_two_sticks_in_turn_keep_their_tracks(tmp_path: Path, home: Path) -> None:
    media = tmp_path / "media"
    with a_stick(tmp_path / "A") as first, a_stick(tmp_path / "B") as second:
        for turn, device in enumerate((first, second) * 3):
            with mounted(media, "-t", "btrfs", device):
                for number in range(3) if turn < 2 else ():
                    a_song(media / f"{number}.mp3", number + 3 * turn, "Day" if turn else "Night")
                scan_whole(home, media)
            if turn == 1:
                listen_and_rate(home)
                before = memory_of(home)
            if turn >= 1:
                assert memory_of(home) == before
                assert len(listing(home)) == 6


def test_a_stick_that_comes_and_goes_is_told_at_once(tmp_path: Path) -> None:
    stick, deadline_s = tmp_path / "music/usb", time.monotonic() + PATIENCE_S
    stick.mkdir(parents=True)
    watch = Watch([os.fsencode(stick.parent)], quiet_s=0.1)
    sets = watch.changes(lambda: time.monotonic() > deadline_s)
    assert next(sets) == set()
    with mounted(stick, "-t", "tmpfs", "tmpfs"):
        assert os.fsencode(stick.parent) in next(sets)
        put(stick / "a/1.mp3", b"x")
        assert os.fsencode(stick / "a") in next(sets)
    assert os.fsencode(stick.parent) in next(sets)
    sets.close()
