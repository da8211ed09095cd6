"""Jobs: results, progress, trouble and cancelling come back in the window's thread, and threads are joined."""

import errno
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import SegueError
from app.qt.jobs import Jobs, lines_apart, run_apart, start_program


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


class Listener:
    """Collects what a job says, and in which thread."""

    def __init__(self) -> None:
        self.said: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()

    def done(self, value: object) -> None:
        self._note("done", value)

    def progressed(self, value: object) -> None:
        self._note("progressed", value)

    def failed(self, sentence: str) -> None:
        self._note("failed", sentence)

    def _note(self, what: str, value: object) -> None:
        self.said.append((what, value))
        self.threads.add(QThread.currentThread())


def count_to(cancelled: Callable[[], bool], end: int) -> Iterator[int]:
    for n in range(end):
        if cancelled():
            return
        yield n
    return "counted"


def run(qtbot: QtBot, work: Callable[..., object], *args: object) -> Listener:
    ended = threading.Event()
    jobs, listener = Jobs(ended.set), Listener()
    jobs.start("work", work, *args, done=listener.done, progressed=listener.progressed, failed=listener.failed)
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert ended.is_set()
    jobs.shutdown()
    return listener


def test_steps_and_result_arrive_in_order_in_the_window_thread(qtbot: QtBot) -> None:
    listener = run(qtbot, count_to, 3)
    assert listener.said == [("progressed", 0), ("progressed", 1), ("progressed", 2), ("done", "counted")]
    assert listener.threads == {QThread.currentThread()}


def test_known_trouble_is_one_sentence(qtbot: QtBot) -> None:
    def work(_cancelled: Callable[[], bool]) -> None:
        raise SegueError("The disk is full.")

    assert run(qtbot, work).said == [("failed", "The disk is full.")]


def test_a_bug_is_logged_whole_and_told_as_one_line(qtbot: QtBot, caplog) -> None:
    def work(_cancelled: Callable[[], bool]) -> float:
        return 1 / 0

    assert run(qtbot, work).said == [("failed", "Something went wrong. The log has the details.")]
    assert "ZeroDivisionError" in caplog.text


def test_shutting_down_cancels_and_joins(qtbot: QtBot) -> None:
    started = threading.Event()

    def work(cancelled: Callable[[], bool]) -> None:
        started.set()
        while not cancelled():
            QThread.yieldCurrentThread()

    jobs = Jobs()
    job = jobs.start("endless", work)
    assert started.wait(5)
    jobs.shutdown()
    assert not job.is_running()
    assert jobs.running() == 0


def test_what_computes_for_long_ends_between_two_steps(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    jobs, started = Jobs(), threading.Event()

    def work(_cancelled: Callable[[], bool]) -> None:
        while True:
            jobs.give_way()
            started.set()

    job = jobs.start("suggest", work)
    assert started.wait(5)
    jobs.shutdown()
    assert not job.is_running()
    assert not caplog.records


def test_the_window_does_not_wait_until_a_job_has_begun(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    may_begin, begun = threading.Event(), list[str]()
    start = threading.Thread.start

    def slowly(thread: threading.Thread) -> None:
        may_begin.wait()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", slowly)
    jobs = Jobs()
    first, second = (jobs.start(name, lambda _cancelled, name=name: begun.append(name)) for name in ("one", "two"))
    assert first.is_running() and second.is_running()
    assert not first.join(0)
    assert begun == []
    may_begin.set()
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert begun == ["one", "two"]
    assert first.join(5) and second.join(5)
    jobs.shutdown()


def test_a_job_that_the_system_has_no_thread_for_has_failed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    jobs, listener = Jobs(), Listener()
    job = jobs.start("work", count_to, 3, done=listener.done, failed=listener.failed)
    qtbot.waitUntil(lambda: jobs.running() == 0)
    assert listener.said == [("failed", "Something went wrong. The log has the details.")]
    assert job.join(0)
    assert "could not start" in caplog.text
    jobs.shutdown()


TALKER = "tests.qt.talking_child"


def never() -> bool:
    return False


def test_a_process_of_its_own_gives_what_it_wrote() -> None:
    assert run_apart(never, TALKER, "ab", "3", "0", longest_s=30, most_bytes=6) == b"ababab"
    assert run_apart(never, TALKER, "", "0", "0", longest_s=30, most_bytes=6) == b""


def test_a_process_that_writes_too_much_or_never_ends_is_killed() -> None:
    assert run_apart(never, TALKER, "ab", "4", "600", longest_s=30, most_bytes=6) is None
    assert run_apart(never, TALKER, "ab", "1", "600", longest_s=0.2, most_bytes=6) is None
    assert run_apart(lambda: True, TALKER, "ab", "1", "600", longest_s=30, most_bytes=6) is None
    assert not [child for child in psutil.Process().children() if TALKER in child.cmdline()]


def test_a_process_that_cannot_be_started_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("app.config.child.start_child", refuse)
    with pytest.raises(SegueError, match="could not be started"):
        run_apart(never, TALKER, longest_s=1, most_bytes=1)


def test_lines_come_as_they_are_written_and_the_process_ends_with_its_reader() -> None:
    said = [line for line in lines_apart(never, TALKER, "ab\n", "3", "0") if line is not None]
    assert said == [b"ab", b"ab", b"ab"]
    endless = lines_apart(never, TALKER, "ab\n", "1", "600")
    assert next(line for line in endless if line is not None) == b"ab"
    endless.close()
    assert list(lines_apart(lambda: True, TALKER, "ab\n", "1", "600")) == []
    assert not [child for child in psutil.Process().children() if TALKER in child.cmdline()]


def test_a_line_without_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.qt.jobs._LONGEST_LINE", 8)
    assert [line for line in lines_apart(never, TALKER, "x" * 5, "9", "600") if line is not None] == []


def test_work_that_waits_for_a_file_is_woken_when_it_is_to_stop(jobs: Jobs) -> None:
    begun = threading.Event()

    def work(cancelled: Any) -> bool:
        begun.set()
        return bool(select.select([cancelled], [], [], 60)[0]) and cancelled()

    job = jobs.start("work", work)
    assert begun.wait(5)
    job.cancel()
    assert job.join(5)


def test_work_that_was_stopped_before_it_waited_does_not_wait(jobs: Jobs) -> None:
    go = threading.Event()

    def work(cancelled: Any) -> bool:
        go.wait()
        return bool(select.select([cancelled], [], [], 60)[0])

    job = jobs.start("work", work)
    job.cancel()
    go.set()
    assert job.join(5)


def test_no_pipe_is_left_behind(jobs: Jobs) -> None:
    before = len(os.listdir("/proc/self/fd"))
    made = [jobs.start("work", lambda cancelled: cancelled.fileno()) for _ in range(20)]
    for job in made:
        assert job.join(5)
        job.cancel()
    assert len(os.listdir("/proc/self/fd")) <= before


def test_a_program_of_its_own_is_started_with_what_it_is_to_know(qtbot: QtBot, tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = "import os, sys; os.rename(sys.argv[1], sys.argv[1] + os.environ['SAID'])"
    told.touch()
    assert start_program([sys.executable, "-c", code, str(told)], {"SAID": "-so"}) is True
    qtbot.waitUntil((tmp_path / "told-so").exists)
    assert start_program([str(tmp_path / "no program")], {}) is False
