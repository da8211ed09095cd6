"""What a drive is asked has an end, whatever the drive does."""

import threading
from collections.abc import Callable, Iterator

import pytest

from app.domain.errors import SegueError, UnreadableFile
from app.qt.jobs import Jobs
from app.qt.patience import _MOST_LEFT, LONGEST_S, LeftAlone, NoAnswer, Patience

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

    patience = Patience(Jobs.aside)
    assert patience.call(never, PATH, lambda _: 7) == 7
    with pytest.raises(UnreadableFile, match="gone"):
        patience.call(never, PATH, gone)


def test_a_bug_in_a_step_is_the_bug_of_the_job(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError):
        Patience(Jobs.aside).call(never, PATH, lambda _: 1 // 0)
    assert "What was asked of a drive failed" in caplog.text


def test_a_drive_that_does_not_answer_is_left_alone_in_time(drive: threading.Event) -> None:
    clock = Clock()
    with pytest.raises(NoAnswer, match="does not answer"):
        Patience(Jobs.aside, clock).call(never, PATH, hang(drive))
    assert LONGEST_S < clock.seconds < LONGEST_S + 5


def test_who_is_cancelled_does_not_wait(drive: threading.Event) -> None:
    clock = Clock()
    clock.runs = False
    with pytest.raises(LeftAlone):
        Patience(Jobs.aside, clock).call(lambda: True, PATH, hang(drive))
    assert not issubclass(LeftAlone, NoAnswer)
    assert issubclass(LeftAlone, SegueError)


def test_a_step_that_goes_on_asking_is_alive_however_long_it_takes() -> None:
    clock = Clock()

    def walk(asks: Callable[[], bool]) -> float:
        while clock.seconds < 5 * LONGEST_S:
            assert not asks()
        return clock.seconds

    assert Patience(Jobs.aside, clock).call(never, PATH, walk, longest_s=1e9) >= 5 * LONGEST_S


def test_a_step_that_was_left_is_told_so_when_it_asks(drive: threading.Event) -> None:
    told: list[bool] = []
    over = threading.Event()

    def step(asks: Callable[[], bool]) -> None:
        drive.wait()
        told.append(asks())
        over.set()

    with pytest.raises(LeftAlone):
        Patience(Jobs.aside).call(lambda: True, PATH, step)
    drive.set()
    assert over.wait(10)
    assert told == [True]


def test_only_so_many_threads_may_hang_in_a_drive_and_one_that_comes_back_makes_room(
    drive: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.qt.patience.mount_of", lambda path: path[:4])
    begun: list[threading.Thread] = []

    def begin(work: Callable[[], None]) -> None:
        begun.append(threading.Thread(target=work, daemon=True))
        begun[-1].start()

    patience = Patience(begin)
    for _ in range(_MOST_LEFT):
        with pytest.raises(LeftAlone):
            patience.call(lambda: True, PATH, hang(drive))
    with pytest.raises(NoAnswer):
        patience.call(never, PATH, lambda _: "not even begun")
    assert len(begun) == _MOST_LEFT
    assert patience.call(never, b"/usb/a.flac", lambda _: "another drive") == "another drive"
    drive.set()
    for thread in begun:
        thread.join(10)
    assert patience.call(never, PATH, lambda _: "again") == "again"
