"""What an upgrade does with files that are known already."""

import os
from typing import Any

import mutagen

from app.config.paths import resources
from tests.library.scanning import Library
from tests.library.sounds import put


def test_files_that_were_perhaps_misread_are_read_once_more_after_an_upgrade(library: Library) -> None:
    for name in ("a.flac", "b.flac", "c.flac"):
        audio: Any = mutagen.File(os.fsdecode(put(library.music / name)))
        audio.update({"title": name, "artist": "Ida", "album": "Sides", "tracknumber": f"{name[0]}1", "date": "1999"})
        audio.save()
    library.scan()
    ids = [library.at(name).id for name in ("a.flac", "b.flac", "c.flac")]
    library.tracks.rate(ids[1], 100)
    with library.database.write() as connection:  # as they were read before: without sides
        connection.execute("update track set disc_no = null where title <> 'c.flac'")
    assert library.scan().unchanged == 3

    _upgrade(library, "0015_tags_read_again")
    report = library.scan()

    assert (report.read, report.unchanged, report.missing, report.moved) == (2, 1, 0, 0)
    assert [library.at(name).id for name in ("a.flac", "b.flac", "c.flac")] == ids
    assert [(library.at(name).disc_no, library.at(name).track_no) for name in ("a.flac", "b.flac")] == [(1, 1), (2, 1)]
    assert library.at("b.flac").rating == 100
    assert library.scan().unchanged == 3


def test_what_stood_in_odd_places_and_made_up_lengths_are_read_once_more(library: Library) -> None:
    for name in ("a.tta", "b.wav", "c.flac"):
        put(library.music / name)
    put(library.music / "d.wav", b"no sound at all")
    library.scan()
    tracks = [library.at(name).id for name in ("a.tta", "b.wav", "c.flac")]
    library.tracks.rate(tracks[0], 80)
    with library.database.write() as connection:
        connection.execute("update track set duration_ms = 48695774 where format = 'wav'")
    assert library.scan().unchanged == 3

    _upgrade(library, "0028_odd_tags_read_again")
    report = library.scan()

    assert (report.read, report.unchanged, report.moved, len(report.unreadable)) == (2, 1, 0, 1)
    assert [library.at(name).id for name in ("a.tta", "b.wav", "c.flac")] == tracks
    assert (library.at("b.wav").duration_ms, library.at("a.tta").rating) == (1_000, 80)
    assert library.scan().unchanged == 3


def test_fields_of_other_players_and_m4a_that_could_not_be_read_are_read_once_more(library: Library) -> None:
    for name in ("a.wma", "b.mp3", "c.mp3", "d.flac"):
        put(library.music / name)
    put(library.music / "e.m4a", b"no sound at all")
    library.scan()
    with library.database.write() as connection:
        connection.execute("update track set track_no = null where format = 'wma'")
        connection.execute("update track set rg_track_gain = 6.54 where id = ?", (library.at("b.mp3").id,))
        connection.execute("update track set rg_track_gain = -6.54 where id = ?", (library.at("c.mp3").id,))
    assert library.scan().unchanged == 4

    _upgrade(library, "0034_odd_fields_read_again")
    report = library.scan()

    assert (report.read, report.unchanged, report.moved, len(report.unreadable)) == (2, 2, 0, 1)
    assert library.at("b.mp3").gain.track_db is None
    assert library.scan().unchanged == 4


def _upgrade(library: Library, name: str) -> None:
    with library.database.write() as connection:
        connection.executescript((resources() / f"migrations/{name}.sql").read_text(encoding="utf-8"))
