"""The journey of a scan: from a folder on disk to the lists, through a rename, and with the drive away."""

import os
from pathlib import Path
from typing import Any

import mutagen
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.scan import ScanReport
from app.qt.jobs import Job, Jobs
from app.qt.library_service import LibraryService
from app.storage.browse import BrowseStore
from app.storage.plays import PlayStore
from app.storage.roots import RootStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from app.ui.work_corner import work_words
from tests.helpers.builders import NOW_MS, a_database, a_play
from tests.helpers.music import a_music_folder, an_evening
from tests.library.sounds import ENCODED, put


def test_from_a_folder_to_the_lists_and_nothing_is_lost_on_the_way(qtbot: QtBot, tmp_path: Path) -> None:
    music = tmp_path / "drive/Music"
    for number, extension in enumerate(ENCODED, 1):
        put(music / f"Ida Ravn/Ete (1995)/{number:02d} Nuit {extension}.{extension}", mtime=1_000_000 + number)
    path = put(music / "tagged.flac", mtime=1_000_000)
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.update(title="Jour", artist="Otto Galt", album="Hiver")
    audio.save()
    put(music / "broken.flac", b"fLaC")
    os.mkfifo(music / "pipe.mp3")
    database = a_database(tmp_path / "data")
    jobs, tracks = Jobs(database.close_here), TrackStore(database)
    service = LibraryService(
        jobs, tracks, BrowseStore(database), RootStore(database), SearchStore(database), lambda: 0, lambda: NOW_MS
    )

    def scanned(begin: Any) -> ScanReport:
        with qtbot.waitSignal(service.scan_finished, timeout=20_000) as finished:
            begin()
        assert finished.args is not None
        report: ScanReport = finished.args[0]
        return report

    report = scanned(lambda: service.add_folder(os.fsencode(music)))
    assert report.read == service.count() == len(ENCODED) + 1
    assert [os.path.basename(file.path) for file in report.unreadable] == [b"broken.flac"]
    assert {album.title: album.track_count for album in service.albums()} == {"Ete": len(ENCODED), "Hiver": 1}
    assert sorted(artist.name for artist in service.artists()) == ["Ida Ravn", "Otto Galt"]

    loved = service.artist_ids("Otto Galt")[0]
    PlayStore(database).append(a_play(loved))
    os.rename(music / "tagged.flac", music / "renamed.flac")
    os.rename(music / "Ida Ravn/Ete (1995)", music / "Ida Ravn/Summer")
    report = scanned(service.rescan)
    assert (report.moved, report.read, report.missing) == (len(ENCODED) + 1, 0, 0)
    assert service.tracks([loved])[0].path == os.fsencode(music / "renamed.flac")

    os.rename(tmp_path / "drive", tmp_path / "unplugged")
    report = scanned(service.rescan)
    assert (report.missing, len(report.troubles)) == (0, 1)
    assert service.count() == len(ENCODED) + 1
    jobs.shutdown()
    database.close()


def test_a_scan_that_is_paused_reads_on_where_it_was(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    music = a_music_folder(tmp_path / "Music", artists=4, albums=3, tracks=5)
    with an_evening(qapp, qtbot, home) as wiring:
        works, corner = wiring.works, wiring.window.rail.work
        with qtbot.waitSignal(wiring.library.scan_started):
            wiring.library.add_folder(os.fsencode(music))
        corner.rows["scan"].pause.click()
        qtbot.wait(500)  # more than it would take
        assert wiring.library.scanning
        assert wiring.library.count() == 0
        assert corner.rows["scan"].pause.accessibleName() == "Go on"
        corner.rows["scan"].pause.click()
        qtbot.waitUntil(lambda: not wiring.library.scanning, timeout=20_000)
        assert wiring.library.count() == 60
        assert work_words(works.works()[0]) == "60 tracks read"


def test_suggestions_follow_the_tracks_once_and_not_in_the_turn_in_which_the_pages_begin_to_read(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "Music", artists=2)) as wiring:
        qtbot.waitUntil(lambda: not wiring._suggest_soon.isActive())
        start = wiring.jobs.start

        def noted(name: str, *work: Any, **more: Any) -> Job:
            begun.append(name)
            return start(name, *work, **more)

        monkeypatch.setattr(wiring.jobs, "start", noted)
        for _ in range(3):
            wiring.library.tracks_changed.emit()
        assert "suggest" not in begun
        qtbot.waitUntil(lambda: "suggest" in begun and not wiring._suggest_soon.isActive())
        assert begun.count("suggest") == 1
