"""The library's service: scans and searches as jobs, lists at once."""

import functools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import DatabaseLocked
from app.domain.search import SearchResults
from app.library import scan_process
from app.qt.jobs import Jobs
from app.qt.library_jobs import find
from app.qt.library_service import LibraryService
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.roots import RootStore
from app.storage.search import LIMIT, SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play
from tests.library.scanning import a_worker_that
from tests.library.sounds import put


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def service(database: Database, qtbot: QtBot) -> Iterator[LibraryService]:
    jobs = Jobs(database.close_here)
    tracks, browse, roots = TrackStore(database), BrowseStore(database), RootStore(database)
    yield LibraryService(jobs, tracks, browse, roots, SearchStore(database), lambda: 0, lambda: NOW_MS)
    jobs.shutdown()


def _add(service: LibraryService, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(service.scan_finished):
        service.add_folder(os.fsencode(folder))


def test_adding_a_folder_scans_it_and_says_so(service: LibraryService, qtbot: QtBot, tmp_path: Path) -> None:
    put(tmp_path / "music/Ida Ravn/Ete/01 Nuit.flac")
    put(tmp_path / "music/bad.mp3", b"")
    with qtbot.waitSignals(
        [service.scan_started, service.scan_progressed, service.tracks_changed, service.scan_finished]
    ):
        service.add_folder(os.fsencode(tmp_path / "music") + b"/")
        assert service.scanning
    assert not service.scanning
    assert service.folders() == [os.fsencode(tmp_path / "music")]
    assert [track.title for track in service.tracks(service.ids("title"))] == ["Nuit"]
    assert service.count() == 1
    assert [album.title for album in service.albums()] == ["Ete"]
    assert [artist.name for artist in service.artists()] == ["Ida Ravn"]
    assert service.artist_ids("Ida Ravn") == service.album_ids(service.albums()[0].key) == service.ids()
    assert [file.reason for file in service.refused()] == ["It is empty."]


def test_folders_added_during_a_scan_are_scanned_after_it(
    service: LibraryService, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in "abc":
        put(tmp_path / name / "1.flac")
        service.add_folder(os.fsencode(tmp_path / name))
    qtbot.waitUntil(lambda: not service.scanning)
    assert service.count() == 3


def test_a_removed_folder_takes_its_tracks_out_of_sight_and_adding_it_again_brings_them_back(
    service: LibraryService, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "music/a/1.flac")
    put(tmp_path / "music/2.flac")
    _add(service, tmp_path / "music", qtbot)
    _add(service, tmp_path / "music/a", qtbot)
    before = sorted(service.ids())
    with qtbot.waitSignal(service.tracks_changed):
        service.remove_folder(os.fsencode(tmp_path / "music"))
    assert service.count() == 1
    _add(service, tmp_path / "music", qtbot)
    assert sorted(service.ids()) == before


def test_a_removal_that_was_cut_off_is_finished_at_the_next_start(
    service: LibraryService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "music/1.flac")
    _add(service, tmp_path / "music", qtbot)
    RootStore(database).leave(os.fsencode(tmp_path / "music"))
    assert (service.folders(), service.count()) == ([], 1)
    with qtbot.waitSignal(service.tracks_changed):
        service.finish_leaving()
    qtbot.waitUntil(lambda: not RootStore(database).leaving())
    assert service.count() == 0


def test_a_removed_folder_whose_drive_was_replaced_leaves_its_tracks_to_the_copies(
    service: LibraryService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in "ab":
        put(tmp_path / f"usb/{name}.flac", seconds=1.0 if name == "a" else 2.0)
    _add(service, tmp_path / "usb", qtbot)
    before, tracks = sorted(service.ids()), TrackStore(database)
    tracks.rate(before[0], 80)
    PlayStore(database).append(a_play(before[1]))
    shutil.copytree(tmp_path / "usb", tmp_path / "new")
    (tmp_path / "usb").rename(tmp_path / "in a drawer")
    with database.write() as connection:  # as though it had been a drive's mount point
        connection.execute("update root set mount = path, device = ?", (os.makedev(8, 177),))
    _add(service, tmp_path / "new", qtbot)
    assert service.count() == 4
    with qtbot.waitSignal(service.tracks_changed):
        service.remove_folder(os.fsencode(tmp_path / "usb"))
    assert sorted(service.ids()) == before
    assert {track.path for track in service.tracks(before)} == {os.fsencode(tmp_path / f"new/{n}.flac") for n in "ab"}
    assert [track.rating for track in service.tracks(before)] == [80, None]


def test_a_folder_removed_during_its_scan_stays_removed(service: LibraryService, qtbot: QtBot, tmp_path: Path) -> None:
    put(tmp_path / "music/1.flac")
    put(tmp_path / "music/endless.mp3", b"MPCKAA\0")
    put(tmp_path / "other/2.flac")
    with qtbot.waitSignal(service.scan_progressed, check_params_cb=lambda at: at.total > 0):
        service.add_folder(os.fsencode(tmp_path / "music"))
    service.add_folder(os.fsencode(tmp_path / "other"))
    with qtbot.waitSignal(service.tracks_changed, check_params_cb=lambda: not service.scanning):
        service.remove_folder(os.fsencode(tmp_path / "music"))
    assert service.folders() == [os.fsencode(tmp_path / "other")]
    qtbot.waitUntil(lambda: [track.title for track in service.tracks(service.ids())] == ["2"])


def test_folders_are_seen_at_once_and_written_without_keeping_the_window_waiting(
    service: LibraryService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    folders = [os.fsencode(tmp_path / name) for name in ("one", "two", "three")]
    for folder in folders:
        os.mkdir(folder)
    other = Database(database.path)
    with other.write():  # as a scan that saves what it has read
        service.add_folder(folders[0])
        service.add_folder(folders[1])
        service.remove_folder(folders[0])
        service.add_folder(folders[2])
        assert service.folders() == folders[1:]
        assert RootStore(other).all() == []
    with qtbot.waitSignals([service.folders_changed] * 4):
        pass
    other.close()
    assert service.folders() == RootStore(database).all() == folders[1:]
    qtbot.waitUntil(lambda: not service.scanning)


def test_folders_of_a_library_that_cannot_be_written_are_one_sentence(
    service: LibraryService, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseLocked("Another program is using Segue's library.")

    monkeypatch.setattr(RootStore, "add", locked)
    monkeypatch.setattr(RootStore, "leave", locked)
    for change in (service.add_folder, service.remove_folder):
        with qtbot.waitSignal(service.trouble) as trouble:
            change(os.fsencode(tmp_path))
        assert trouble.args == ["Another program is using Segue's library."]


def test_a_cancelled_scan_finishes_and_says_that_it_was_cancelled(
    service: LibraryService, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "music/endless.mp3", b"MPCKAA\0")
    with qtbot.waitSignal(service.scan_progressed):
        service.add_folder(os.fsencode(tmp_path / "music"))
    with qtbot.waitSignal(service.scan_finished) as finished:
        service.cancel_scan()
    assert finished.args is not None
    assert finished.args[0].cancelled


def test_a_scan_is_stopped_also_before_its_folder_is_on_the_list(
    service: LibraryService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "one/1.flac")
    put(tmp_path / "two/2.flac")
    _add(service, tmp_path / "one", qtbot)
    with qtbot.waitSignal(service.tracks_changed, check_params_cb=lambda: service.count() == 0):
        service.remove_folder(os.fsencode(tmp_path / "one"))
    begun, cancelled, other = list[None](), list[bool](), Database(database.path)
    service.scan_started.connect(lambda: begun.append(None))
    service.scan_finished.connect(lambda report: cancelled.append(report.cancelled))
    with other.write():  # as a scan that saves what it has read
        for name in ("one", "two"):
            service.add_folder(os.fsencode(tmp_path / name))
        service.cancel_scan()
    other.close()
    qtbot.waitUntil(lambda: len(cancelled) == 2)
    assert begun == [] and all(cancelled) and not service.scanning
    assert service.folders() == [os.fsencode(tmp_path / name) for name in ("one", "two")]
    qtbot.waitUntil(lambda: service.count() == 1)  # what was taken out with its folder is back all the same
    with qtbot.waitSignal(service.scan_finished):
        service.rescan()
    assert service.count() == 2


def test_a_folder_that_is_away_is_one_sentence(service: LibraryService, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(service.trouble) as trouble:
        service.add_folder(os.fsencode(tmp_path / "nowhere"))
    assert trouble.args == [f"The folder {tmp_path}/nowhere cannot be opened: No such file or directory."]
    qtbot.waitUntil(lambda: not service.scanning)


def test_trouble_with_the_database_ends_the_scan_with_a_sentence(
    service: LibraryService, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "music/1.flac")
    told = functools.partial(a_worker_that, """say(trouble="Another program is using Segue's library.")""")
    monkeypatch.setattr(scan_process, "start_child", told)
    with qtbot.waitSignal(service.scan_finished), qtbot.waitSignal(service.trouble) as trouble:
        service.add_folder(os.fsencode(tmp_path / "music"))
    assert trouble.args == ["Another program is using Segue's library."]
    assert not service.scanning


def test_a_search_answers_with_its_number_and_groups(service: LibraryService, database: Database, qtbot: QtBot) -> None:
    a_library(database, 200)
    with qtbot.waitSignal(service.found) as found:
        number = service.search("copper WOLVES")
    assert found.args is not None
    answered, results = found.args
    assert answered == number
    assert isinstance(results, SearchResults)
    assert results.track_ids
    assert all("Copper Wolves" in track.artist for track in service.tracks(results.track_ids[:5]))
    assert [artist.name for artist in results.artists] == ["Copper Wolves"]
    assert results.albums


def test_of_many_searches_only_the_last_is_sure_to_be_answered(
    service: LibraryService, database: Database, qtbot: QtBot
) -> None:
    a_library(database, 50)
    answers: list[tuple[int, str]] = []
    service.found.connect(lambda number, results: answers.append((number, results.text)))
    for text in ("c", "co", "cop", "copp", '"*(', ""):
        last = service.search(text)
    qtbot.waitUntil(lambda: bool(answers) and answers[-1][0] == last)
    assert answers[-1] == (last, "")
    assert len(answers) <= 3


def test_the_end_of_the_app_ends_a_scan(database: Database, qtbot: QtBot, tmp_path: Path) -> None:
    put(tmp_path / "music/endless.mp3", b"MPCKAA\0")
    jobs = Jobs(database.close_here)
    tracks, browse, roots = TrackStore(database), BrowseStore(database), RootStore(database)
    service = LibraryService(jobs, tracks, browse, roots, SearchStore(database), lambda: 0, lambda: NOW_MS)
    with qtbot.waitSignal(service.scan_progressed):
        service.add_folder(os.fsencode(tmp_path / "music"))
    jobs.shutdown(5.0)
    assert jobs.running() == 0


@pytest.mark.parametrize(("found", "more"), [(LIMIT - 1, False), (LIMIT, True)])
def test_a_search_that_stopped_at_its_limit_tells_it(found: int, more: bool) -> None:
    finder = SimpleNamespace(ids=lambda _query: range(found), albums=lambda *_: [], artists=lambda *_: [])
    assert find(lambda: False, finder, "e").more is more  # type: ignore[arg-type]
