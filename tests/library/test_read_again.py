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

    with library.database.write() as connection:
        connection.executescript((resources() / "migrations/0015_tags_read_again.sql").read_text(encoding="utf-8"))
    report = library.scan()

    assert (report.read, report.unchanged, report.missing, report.moved) == (2, 1, 0, 0)
    assert [library.at(name).id for name in ("a.flac", "b.flac", "c.flac")] == ids
    assert [(library.at(name).disc_no, library.at(name).track_no) for name in ("a.flac", "b.flac")] == [(1, 1), (2, 1)]
    assert library.at("b.flac").rating == 100
    assert library.scan().unchanged == 3
