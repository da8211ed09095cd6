"""A real volume on which letter case does not count: exFAT, as on most sticks and cards. Its inodes are no names."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.places import can_mount, run_program
from tests.helpers.builders import a_database
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

pytestmark = pytest.mark.slow


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library whose music lies on such a volume."""
    if not can_mount():
        pytest.skip("only root can mount a volume; tests/library/test_letter_case.py stands in for it")
    image = tmp_path / "volume"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    run_program("mkfs.exfat", str(image))
    device = run_program("losetup", "--find", "--show", str(image)).strip()
    disc = tmp_path / "disc"
    disc.mkdir()
    database = a_database(tmp_path / "data")
    try:
        run_program("mount.exfat-fuse", device, str(disc))
        (disc / "Music").mkdir()
        assert (disc / "MUSIC").is_dir(), "letter case counts here"
        yield Library(database, disc / "Music", [])
    finally:
        database.close()
        subprocess.run(["umount", "-l", str(disc)], check=False, capture_output=True)
        run_program("losetup", "--detach", device)


def test_names_that_change_only_their_letters_keep_the_track(library: Library) -> None:
    put(library.music / "Ida/Nuit.flac")
    library.scan()
    before = library.at("Ida/Nuit.flac").id
    library.tracks.rate(before, 80)
    os.rename(library.music / "Ida/Nuit.flac", library.music / "Ida/NUIT.FLAC")
    report = library.scan()
    assert (report.moved, report.missing, library.at("Ida/NUIT.FLAC").id) == (1, 0, before)
    os.rename(library.music / "Ida", library.music / "IDA")
    report = library.scan()
    assert (report.moved, report.missing, library.at("IDA/NUIT.FLAC").id) == (1, 0, before)
    assert (library.tracks.count(), library.at("IDA/NUIT.FLAC").rating) == (1, 80)


def test_a_retagged_file_in_other_letters_keeps_the_track(library: Library) -> None:
    put(library.music / "Nuit.flac")
    library.scan()
    before = library.at("Nuit.flac").id
    (library.music / "Nuit.flac").unlink()
    put(library.music / "nuit.flac")
    tag(library.music / "nuit.flac", title="Night")
    report = library.scan()
    assert (report.missing, library.at("nuit.flac").id, library.at("nuit.flac").title) == (0, before, "Night")
    assert library.tracks.count() == 1


def test_a_music_folder_named_in_other_letters_is_the_same(library: Library) -> None:
    for name in ("a.flac", "b.mp3"):
        put(library.music / name)
    library.scan()
    before = {library.at(name).id for name in ("a.flac", "b.mp3")}
    other = library.music.with_name("mUSIC")
    for roots in ((library.music, other), (other, library.music), (other,), (library.music,)):
        report = library.scan(*roots)
        assert (report.missing, library.tracks.count()) == (0, 2), roots
    assert {library.at(name).id for name in ("a.flac", "b.mp3")} == before
