"""The sync as the window sees it: its own process, its progress, its end, and the agreement it needs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.config.paths import Paths, default_paths
from app.config.settings import Settings
from app.domain.sync import LastSync, Origin, Request, SyncReport
from app.qt.jobs import Jobs
from app.qt.sync_service import SyncService
from app.storage.database import Database
from app.storage.network_log import MOST, NetworkLog
from app.sync.origin import DAY_MS, agreed, is_due, origin_of
from tests.helpers.crowd import a_model_folder

NOW_MS = 1_760_000_000_000
Made = Callable[[Settings], SyncService]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = default_paths(tmp_path / "home")
    found.make()
    return found


@pytest.fixture
def make(qtbot: QtBot, paths: Paths) -> Iterator[Made]:
    database = Database(paths.database)
    jobs = Jobs(database.close_here)

    def made(settings: Settings) -> SyncService:
        return SyncService(jobs, paths, NetworkLog(database), lambda: settings, lambda: "en", lambda: NOW_MS, jobs)

    yield made
    jobs.shutdown()
    database.close()


def agreeing(settings: Settings) -> Settings:
    return replace(settings, sync_agreed=origin_of(settings).agreement)


def test_a_sync_runs_in_a_process_of_its_own_and_tells_how_it_went(qtbot: QtBot, make: Made, tmp_path: Path) -> None:
    made = a_model_folder(tmp_path / "model")
    service = make(agreeing(Settings(sync_from="folder", sync_folder=str(tmp_path / "model"))))
    moved: list[object] = []
    service.progressed.connect(moved.append)
    with qtbot.waitSignal(service.model_changed, timeout=20_000), qtbot.waitSignal(service.ended) as ended:
        service.sync()
        assert service.syncing
    assert ended.args == [SyncReport("A new model is in use: 30 recordings of 50 listeners.", changed=True)]
    assert not service.syncing
    assert service.models.current is not None
    assert service.models.current.id == made.id
    assert service.last.sentence == ended.args[0].sentence
    assert moved


def test_nothing_begins_without_the_agreement_to_this_very_origin(make: Made, tmp_path: Path) -> None:
    chosen = Settings(sync_from="folder", sync_folder=str(tmp_path))
    for settings in (chosen, replace(agreeing(chosen), sync_folder="/elsewhere"), Settings(sync_agreed="folder\n")):
        service = make(settings)
        service.sync()
        service.sync_if_due()
        assert not service.syncing
        assert not service.agreed


def test_trouble_is_a_sentence_in_the_listeners_language(
    qtbot: QtBot, make: Made, paths: Paths, tmp_path: Path
) -> None:
    service = make(agreeing(Settings(sync_from="folder", sync_folder=str(tmp_path / "nothing"))))
    service._language = lambda: "zh_CN"
    with qtbot.waitSignal(service.ended, timeout=20_000) as ended:
        service.sync()
    assert ended.args[0].failed
    assert not ended.args[0].sentence.isascii()


def test_a_preview_sends_nothing_and_says_what_would_be_sent(qtbot: QtBot, make: Made, tmp_path: Path) -> None:
    service = make(Settings())
    found: list[list[Request]] = []
    service.preview(Origin("folder", str(tmp_path)), found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert found == [[]]
    told: list[str] = []
    service.preview(Origin("folder", "relative"), pytest.fail, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == ["Choose the folder by its whole path."]


def test_a_sync_is_due_once_a_day_where_it_is_agreed_to() -> None:
    settings = agreeing(Settings(sync_from="folder", sync_folder="/models"))
    last = LastSync(NOW_MS, "", failed=False, origin=settings.sync_agreed)
    assert agreed(settings)
    assert is_due(settings, LastSync(), NOW_MS)
    assert not is_due(settings, last, NOW_MS + DAY_MS - 1)
    assert is_due(settings, last, NOW_MS + DAY_MS)
    assert is_due(settings, replace(last, at_ms=NOW_MS + 9 * DAY_MS), NOW_MS)  # a clock that was wrong
    assert is_due(settings, replace(last, origin="another"), NOW_MS)
    failed = replace(last, failed=True)
    assert not is_due(settings, failed, NOW_MS + 3_600_000)
    assert is_due(settings, failed, NOW_MS + 3 * 3_600_000)
    assert not is_due(settings, replace(failed, again_ms=NOW_MS + 2 * DAY_MS), NOW_MS + DAY_MS)
    assert not is_due(replace(settings, sync_daily=False), LastSync(), NOW_MS)
    assert not is_due(Settings(sync_agreed="x"), LastSync(), NOW_MS)


def test_the_log_keeps_what_is_about_to_be_sent_and_what_came_and_is_bounded(paths: Paths) -> None:
    database = Database(paths.database)
    log = NetworkLog(database)
    first = log.add(Request("GET", "models.example", "/metadata/timestamp.json", "is there a newer one", 120), NOW_MS)
    (sent,) = log.newest()
    assert (sent.outcome, sent.bytes_in, sent.request.bytes_out) == ("", 0, 120)
    log.answered(first, 812, "200")
    (sent,) = log.newest()
    assert (sent.outcome, sent.bytes_in, sent.request.host) == ("200", 812, "models.example")
    log.add(Request("GET", "x\ud800", "/" + "long" * 9_000, "why"), NOW_MS)
    assert len(log.newest()[0].request.path) <= 2_000
    for n in range(MOST + 5):
        log.add(Request("GET", "h", f"/{n}", "why"), NOW_MS + n)
    assert len(log.newest(MOST * 2)) == MOST
    log.clear()
    assert log.newest() == []
    database.close()
