"""Volumes on which letter case does not count: a name in other letters is the same file."""

import os
from pathlib import Path

import pytest

from app.library.places import as_listed
from tests.library.scanning import Library
from tests.library.sounds import put


def _case_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """As such a volume answers when it is asked whether a name is there."""
    real = os.path.lexists

    def lexists(path: bytes) -> bool:
        folder, name = os.path.split(path)
        return real(path) or (os.path.isdir(folder) and name.lower() in {one.lower() for one in os.listdir(folder)})

    monkeypatch.setattr(os.path, "lexists", lexists)


def test_a_file_whose_name_changes_only_its_case_is_the_track_it_was(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _case_does_not_count(monkeypatch)
    put(library.music / "Ida/Nuit.flac")
    library.scan()
    before = library.at("Ida/Nuit.flac").id
    os.rename(library.music / "Ida/Nuit.flac", library.music / "Ida/NUIT.FLAC")
    report = library.scan()
    assert (report.moved, report.missing, library.at("Ida/NUIT.FLAC").id) == (1, 0, before)
    os.rename(library.music / "Ida", library.music / "IDA")
    report = library.scan()
    assert (report.moved, report.missing, library.at("IDA/NUIT.FLAC").id) == (1, 0, before)
    assert library.tracks.count() == 1


def test_a_music_folder_that_is_named_in_two_ways_is_one(library: Library) -> None:
    put(library.music / "a.flac")
    put(library.music / "b.mp3")
    library.scan()
    before = {library.at(name).id for name in ("a.flac", "b.mp3")}
    other = library.music.with_name("MUSIC")
    other.symlink_to(library.music)  # another name of the same device and inode, as other letters would be
    for roots in ((library.music, other), (other, library.music), (library.music, other)):
        report = library.scan(*roots)
        assert (report.read, report.missing, library.tracks.count()) == (0, 0, 2)
    assert {library.at(name).id for name in ("a.flac", "b.mp3")} == before


def test_a_folder_is_named_as_it_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Ida" / "Nuit").mkdir(parents=True)
    (tmp_path / "bo").mkdir()
    here = os.fsencode(tmp_path)
    assert as_listed(here + b"/IDA/nuit") == here + b"/IDA/nuit", (
        "letter case counts here, and nothing of that name is there"
    )
    _case_does_not_count(monkeypatch)
    assert as_listed(here + b"/IDA/nuit") == here + b"/Ida/Nuit"
    assert as_listed(here + b"/Ida/Nuit") == here + b"/Ida/Nuit"
    assert as_listed(here + b"/ida/gone") == here + b"/Ida/gone"
    assert as_listed(here + b"/bo") == here + b"/bo"
    assert as_listed(b"/") == b"/"
