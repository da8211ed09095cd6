"""What a drive is asked has an end, whatever the drive does."""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.config.drives import _MOST_IN_ALL, _MOST_IN_ONE, LONGEST_S, Drives
from app.domain.errors import LeftAlone, NoAnswer, SegueError, UnreadableFile
from app.qt.jobs import Jobs
from app.qt.patience import Patience

PATH = b"/music/a.flac"


class Clock:
    """Moves on by a second each time it is looked at, while it runs."""

    def __init__(self) -> None:
        self.seconds, self.runs = 0.0, True

    def __call__(self) -> float:
        self.seconds += 1.0 if self.runs else 0.0
        return self.seconds


@pytest.fixture
def drive() -> Iterator[threading.Event]:
    """Answers once it is set."""
    event = threading.Event()
    yield event
    event.set()


def never() -> bool:
    return False


def hang(drive: threading.Event) -> Callable[[Callable[[], bool]], str]:
    def step(_asks: Callable[[], bool]) -> str:
        drive.wait()
        return "late"

    return step


def test_what_a_step_gives_or_raises_comes_back() -> None:
    def gone(_asks: object) -> None:
        raise UnreadableFile("It is gone.")

    patience = Patience(Drives(Jobs.aside))
    assert patience.call(never, PATH, lambda _: 7) == 7
    with pytest.raises(UnreadableFile, match="gone"):
        patience.call(never, PATH, gone)


def test_a_bug_in_a_step_is_the_bug_of_the_job(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError):
        Patience(Drives(Jobs.aside)).call(never, PATH, lambda _: 1 // 0)
    assert "What was asked of a drive failed" in caplog.text


def test_a_drive_that_does_not_answer_is_left_alone_in_time(drive: threading.Event) -> None:
    clock = Clock()
    with pytest.raises(NoAnswer, match="does not answer"):
        Patience(Drives(Jobs.aside, clock)).call(never, PATH, hang(drive))
    assert LONGEST_S < clock.seconds < LONGEST_S + 5


def test_who_is_cancelled_does_not_wait(drive: threading.Event) -> None:
    clock = Clock()
    clock.runs = False
    with pytest.raises(LeftAlone):
        Patience(Drives(Jobs.aside, clock)).call(lambda: True, PATH, hang(drive))
    assert not issubclass(LeftAlone, NoAnswer)
    assert issubclass(LeftAlone, SegueError)


def test_a_step_that_goes_on_asking_is_alive_however_long_it_takes() -> None:
    clock = Clock()

    def walk(asks: Callable[[], bool]) -> float:
        while clock.seconds < 5 * LONGEST_S:
            assert not asks()
        return clock.seconds

    assert Patience(Drives(Jobs.aside, clock)).call(never, PATH, walk, longest_s=1e9) >= 5 * LONGEST_S


def test_a_step_that_was_left_is_told_so_when_it_asks(drive: threading.Event) -> None:
    told: list[bool] = []
    over = threading.Event()

    def step(asks: Callable[[], bool]) -> None:
        drive.wait()
        told.append(asks())
        over.set()

    with pytest.raises(LeftAlone):
        Patience(Drives(Jobs.aside)).call(lambda: True, PATH, step)
    drive.set()
    assert over.wait(10)
    assert told == [True]


class Threads:
    """Those that were begun; a drive is the first letters of a path."""

    def __init__(self) -> None:
        self.begun: list[threading.Thread] = []
        self.drives = Drives(self.begin, drive_of=lambda path: path[:4])

    def begin(self, work: Callable[[], None]) -> None:
        self.begun.append(threading.Thread(target=work, daemon=True))
        self.begun[-1].start()

    def join(self) -> None:
        for thread in self.begun:
            thread.join(10)


def test_only_so_many_threads_may_hang_in_a_drive_and_one_that_comes_back_makes_room(drive: threading.Event) -> None:
    threads = Threads()
    patience = Patience(threads.drives)
    for _ in range(_MOST_IN_ONE):
        with pytest.raises(LeftAlone):
            patience.call(lambda: True, PATH, hang(drive))
    with pytest.raises(NoAnswer):
        patience.call(never, PATH, lambda _: "not even begun")
    assert len(threads.begun) == threads.drives.stuck == _MOST_IN_ONE
    assert patience.call(never, b"/usb/a.flac", lambda _: "another drive") == "another drive"
    drive.set()
    threads.join()
    assert patience.call(never, PATH, lambda _: "again") == "again"


def test_only_so_many_threads_may_hang_in_all_drives_whoever_asks(drive: threading.Event) -> None:
    threads = Threads()
    for number in range(100):
        with pytest.raises((LeftAlone, NoAnswer)):
            Patience(threads.drives).call(lambda: True, b"/%03d/a.flac" % number, hang(drive))
    assert len(threads.begun) == _MOST_IN_ALL
    with pytest.raises(NoAnswer):
        Patience(threads.drives).call(never, b"/fine/a.flac", lambda _: "not even begun")
    drive.set()
    threads.join()
    assert Patience(threads.drives).call(never, PATH, lambda _: "again") == "again"
