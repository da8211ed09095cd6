"""Long work: it can be paused where it is, taken up there, stopped, and it tells what came of it."""

import threading
from collections.abc import Generator

import pytest
from pytestqt.qtbot import QtBot

from app.qt.jobs import Cancelled, Jobs
from app.qt.work_service import WorkService


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def jobs() -> Generator[Jobs, None, None]:
    made = Jobs()
    yield made
    made.shutdown()


def counting(cancelled: Cancelled, gate: threading.Semaphore, seen: list[int]) -> Generator[int, None, int]:
    """Counts a step for each time the gate lets it."""
    done = 0
    while not cancelled():
        gate.acquire()
        done += 1
        seen.append(done)
        yield done
    return done


def test_paused_work_does_nothing_and_goes_on_where_it_was(qtbot: QtBot, jobs: Jobs) -> None:
    works, gate, seen, ended = WorkService(jobs), threading.Semaphore(1), list[int](), list[int]()
    works.begin("count", "Counting", job="count", stop=lambda: job.cancel())
    job = jobs.start(
        "count", counting, gate, seen, progressed=lambda done: works.progress("count", done, 9), done=ended.append
    )
    qtbot.waitUntil(lambda: seen == [1])
    works.pause("count")
    gate.release()  # the step at hand may still be made
    qtbot.waitUntil(lambda: works.works()[0].paused)
    qtbot.wait(50)
    before = list(seen)
    for _ in range(3):
        gate.release()
    qtbot.wait(50)
    assert seen == before
    works.resume("count")
    qtbot.waitUntil(lambda: len(seen) >= len(before) + 3)
    assert seen == list(range(1, len(seen) + 1))
    works.stop("count")
    gate.release(10)
    qtbot.waitUntil(lambda: bool(ended))


def test_what_is_paused_can_be_stopped(qtbot: QtBot, jobs: Jobs) -> None:
    works, gate, seen, ended = WorkService(jobs), threading.Semaphore(1), list[int](), list[int]()
    job = jobs.start("count", counting, gate, seen, done=ended.append)
    works.begin("count", "Counting", job="count", stop=job.cancel)
    qtbot.waitUntil(lambda: seen == [1])
    works.pause("count")
    gate.release()
    works.stop("count")
    works.pause("count")  # too late: it is to end, not to wait
    qtbot.waitUntil(lambda: bool(ended))


def test_the_app_ends_while_something_is_paused(qtbot: QtBot) -> None:
    jobs = Jobs()
    job = jobs.start("wait", lambda cancelled: [cancelled() for _ in iter(cancelled, True)])
    jobs.pause("wait")
    jobs.shutdown(2)
    assert not job.is_running()


def test_the_estimate_does_not_count_the_pause(jobs: Jobs) -> None:
    clock = Clock()
    works = WorkService(jobs, clock_s=clock)
    works.begin("import", "Importing", job="import")
    works.progress("import", 0, 100)
    clock.s = 1.0
    works.progress("import", 10, 100)
    assert works.works()[0].eta_s is None
    clock.s = 10.0
    works.pause("import")
    clock.s = 1_000.0
    works.resume("import")
    works.progress("import", 10, 100)
    assert works.works()[0].eta_s == pytest.approx(90.0)


def test_an_estimate_that_was_given_is_kept(jobs: Jobs) -> None:
    works = WorkService(jobs)
    works.begin("scan", "Scan")
    works.progress("scan", 1, 2, 77.0)
    assert works.works()[0].eta_s == 77.0


def test_a_report_stands_until_it_is_opened(jobs: Jobs) -> None:
    works, opened = WorkService(jobs), list[str]()
    works.begin("scan", "Scan", job="scan", stop=lambda: None)
    works.end("scan", "2 files could not be read", lambda: opened.append("report"))
    work = works.works()[0]
    assert (work.over, work.can_open, work.can_pause) == (True, True, False)
    works._faded()
    works.progress("scan", 5, 9)
    assert works.works() == [work]
    works.open_report("scan")
    assert (opened, works.works()) == (["report"], [])


def test_a_report_with_nothing_behind_it_goes_by_itself_or_is_put_away(jobs: Jobs) -> None:
    works = WorkService(jobs)
    works.begin("scan", "Scan")
    works.end("scan", "12 tracks read")
    works._faded()
    assert not works.works()
    works.begin("scan", "Scan")
    works.end("scan", "12 tracks read")
    works.stop("scan")
    assert not works.works()


def test_words_about_work_that_is_not_there_change_nothing(jobs: Jobs) -> None:
    works = WorkService(jobs)
    for ask in (works.pause, works.resume, works.stop, works.open_report, works.end):
        ask("nothing")
    works.progress("nothing", 1, 2)
    assert not works.works()
