"""Tags edited behind the window: written, told, shown in the library at once, and taken back."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen
import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.domain.tag_edit import TagFailure, TagReport
from app.domain.track import Track
from app.library.scan import scan
from app.qt.jobs import Jobs
from app.qt.tag_service import TagService, words_of
from app.storage.database import Database
from app.storage.details import DetailsStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database
from tests.library.sounds import put


class Desk:
    """A service over two real files."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.tracks, roots = TrackStore(database), RootStore(database)
        self.jobs = Jobs(database.close_here)
        self.paths = [put(folder / "music" / f"{number}.flac") for number in (1, 2)]
        for number, path in enumerate(self.paths, 1):
            file: Any = mutagen.File(os.fsdecode(path))
            file.update(title=f"Title {number}", artist="Ida Ravn", album="Ete")
            file.save()
        root = os.fsencode(folder / "music")
        roots.add(root, NOW_MS)
        list(scan([root], self.tracks, roots, lambda: False, min_length_s=0, now_ms=NOW_MS))
        self.service = TagService(self.jobs, DetailsStore(database), self.tracks, roots, lambda: NOW_MS)

    def both(self) -> list[Track]:
        return self.tracks.all()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    database = a_database(tmp_path / "data")
    made = Desk(tmp_path, database)
    yield made
    made.jobs.shutdown()
    database.close()


def test_an_edit_reaches_files_and_library_and_is_taken_back(desk: Desk, qtbot: QtBot) -> None:
    before = desk.both()
    changed: list[bool] = []
    desk.service.tracks_changed.connect(lambda: changed.append(True))
    with qtbot.waitSignal(desk.service.edited, timeout=20_000) as said:
        desk.service.edit(before, {"album": "Hiver", "genre": "Rock; Folk", "track_no": "7"})
    report: TagReport = said.args[0]
    assert changed
    assert words_of(report) == "Saved the tags of 2 files"
    assert {(track.id, track.album, track.track_no) for track in desk.both()} == {(t.id, "Hiver", 7) for t in before}
    details = desk.service.details([before[0].id])[0]
    assert details.genres == ("Rock", "Folk")
    file: Any = mutagen.File(os.fsdecode(desk.paths[0]))
    assert file["album"] == ["Hiver"]
    with qtbot.waitSignal(desk.service.edited, timeout=20_000) as said:
        desk.service.take_back(report)
    assert words_of(said.args[0]) == "Took back the tags of 2 files"
    assert [track.album for track in desk.both()] == ["Ete", "Ete"]


def test_what_a_field_cannot_say_is_one_sentence_and_no_file_is_touched(desk: Desk, qtbot: QtBot) -> None:
    stamps = [os.stat(path).st_mtime_ns for path in desk.paths]
    with qtbot.waitSignal(desk.service.trouble) as said:
        desk.service.edit(desk.both(), {"title": "New", "track_no": "seven"})
    assert said.args == ["A track number lies between 1 and 9,999."]
    assert [os.stat(path).st_mtime_ns for path in desk.paths] == stamps


def test_two_edits_at_once_are_refused_with_a_sentence(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignals([desk.service.trouble, desk.service.edited], timeout=20_000):
        desk.service.edit(desk.both(), {"album": "Hiver"})
        desk.service.edit(desk.both(), {"album": "Printemps"})
    assert {track.album for track in desk.both()} == {"Hiver"}


def test_a_file_that_stayed_as_it_was_is_told_with_its_reason() -> None:
    failed = [TagFailure(b"/a", "It is write-protected."), TagFailure(b"/b", "It is empty.")]
    assert words_of(TagReport(failed=failed)) == "Not saved: It is write-protected. (1 more)"


def test_the_one_file_that_stayed_as_it_was_is_named() -> None:
    failed = [TagFailure(b"/music/02 Stone.mp3", "It is write-protected.")]
    one = words_of(TagReport(changed=[TrackId(1)], failed=failed))
    assert one == "Saved the tags of 1 file; not changed: “02 Stone.mp3”. It is write-protected."
    two = words_of(TagReport(changed=[TrackId(1)], failed=failed * 2))
    assert two == "Saved the tags of 1 file; not changed: 2 files. It is write-protected."
