"""Cue sheets in a scan: a disc in one file is its tracks, and they are known again."""

import os
import shutil
from pathlib import Path

from app.domain.scan import RefusedFile
from tests.helpers.builders import NOW_MS
from tests.library.scanning import Library
from tests.library.sounds import put


def _sheet(folder: Path, *tracks: tuple[str, str], file: str = "disc.flac") -> Path:
    lines = ['PERFORMER "Ida Ravn"', 'TITLE "Ete"', f'FILE "{file}" WAVE']
    for number, (title, index) in enumerate(tracks, 1):
        lines += [f"  TRACK {number:02d} AUDIO", f'    TITLE "{title}"', f"    INDEX 01 {index}"]
    sheet = folder / "disc.cue"
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sheet


def test_a_cue_sheet_makes_tracks_of_a_file_which_are_then_known(library: Library) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    put(library.music / "other.flac")
    sheet = _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    assert library.scan().read == 3
    jour = library.at("disc.cue#02")
    assert (jour.title, jour.artist, jour.album, jour.start_ms, jour.end_ms) == ("Jour", "Ida Ravn", "Ete", 2_000, None)
    assert jour.file == os.fsencode(library.music / "disc.flac")
    assert library.tracks.by_path(jour.file) is None
    again = library.scan()
    assert (again.unchanged, again.read, again.missing) == (3, 0, 0)

    _sheet(library.music, ("Nuit", "00:00:00"), ("Un jour", "00:02:00"))
    os.utime(sheet, (2_000_000_000, 2_000_000_000))
    report = library.scan()
    assert (report.read, report.unchanged, report.missing) == (2, 1, 0)
    assert (library.at("disc.cue#02").id, library.at("disc.cue#02").title) == (jour.id, "Un jour")


def test_a_disc_with_its_sheet_keeps_its_tracks_when_its_folder_is_renamed(library: Library) -> None:
    put(library.music / "a/disc.flac", seconds=4.0)
    _sheet(library.music / "a", ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    library.scan()
    before = [library.at(f"a/disc.cue#0{number}").id for number in (1, 2)]
    os.rename(library.music / "a", library.music / "b")
    assert library.scan().moved == 2
    assert [library.at(f"b/disc.cue#0{number}").id for number in (1, 2)] == before


def test_without_its_sheet_a_disc_is_one_track_and_with_it_again_the_tracks_it_had(library: Library) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    library.scan()
    whole = library.at("disc.flac").id
    sheet = _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    report = library.scan()
    assert (report.read, report.missing) == (2, 1)
    first = library.at("disc.cue#01").id
    sheet.rename(sheet.with_suffix(".away"))
    report = library.scan()
    assert (report.returned, report.missing, library.at("disc.flac").id) == (1, 2, whole)
    sheet.with_suffix(".away").rename(sheet)
    report = library.scan()
    assert (report.returned, report.missing, library.at("disc.cue#01").id) == (2, 1, first)


def test_a_sheet_that_fits_nothing_is_told_and_its_files_are_tracks_of_their_own(library: Library) -> None:
    put(library.music / "disc.flac", seconds=1.0)
    _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:50:00"))
    for _ in range(2):
        report = library.scan()
        assert library.tracks.count() == 1
        assert [file.path for file in report.refused] == [os.fsencode(library.music / "disc.cue")]
    (library.music / "disc.cue").unlink()
    library.scan()
    assert library.roots.refused() == []


def test_a_sheet_that_is_refused_at_sight_is_told_once_however_many_others_there_are(library: Library) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    (library.music / "junk.cue").write_bytes(b"TITLE nothing\n" * 100_000)
    for _ in range(2):
        report = library.scan()
        assert [os.path.basename(file.path) for file in report.refused] == [b"junk.cue"]


def test_what_a_mac_leaves_beside_a_sheet_is_no_sheet_and_one_that_was_told_as_such_is_forgotten(
    library: Library,
) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    shadow = library.music / "._disc.cue"
    shadow.write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(100))
    library.roots.refuse([RefusedFile(os.fsencode(shadow), 124, 1, "This cue sheet names no tracks.")], NOW_MS)
    report = library.scan()
    assert (report.read, report.refused, library.roots.refused()) == (2, [], [])
    again = library.scan()
    assert (again.unchanged, again.read, again.refused) == (2, 0, [])


def test_two_sheets_for_one_file_make_its_tracks_once(library: Library) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    sheet = _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    shutil.copy(sheet, library.music / "disc.flac.cue")
    assert library.scan().read == 2
    again = library.scan()
    assert (again.unchanged, again.read, again.refused) == (2, 0, [])


def test_a_sheet_whose_lines_end_as_on_an_old_macintosh_divides_the_file_too(library: Library) -> None:
    put(library.music / "disc.flac", seconds=4.0)
    sheet = _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:02:00"))
    sheet.write_bytes(sheet.read_bytes().replace(b"\n", b"\r"))
    assert library.scan().read == 2
    assert library.at("disc.cue#02").title == "Jour"


def test_a_border_and_a_title_that_change_together_leave_the_track_its_plays(library: Library) -> None:
    put(library.music / "disc.flac", seconds=9.0)
    sheet = _sheet(library.music, ("Nuit", "00:00:00"), ("Jour", "00:05:00"))
    library.scan()
    jour = library.at("disc.cue#02").id
    _sheet(library.music, ("Nuit", "00:00:00"), ("Le jour", "00:04:00"))
    os.utime(sheet, (2_000_000_000, 2_000_000_000))
    library.scan()
    assert (library.at("disc.cue#02").id, library.at("disc.cue#02").title) == (jour, "Le jour")
