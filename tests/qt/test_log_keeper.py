"""What the player tells is written in a thread of its own, and no play is lost, however long that takes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import DatabaseLocked
from app.domain.play import Play
from app.history.keep import History
from app.playback.events import Event, PlayEnded, PlayProgressed, PositionChanged, Trouble
from app.qt import log_keeper
from app.qt.jobs import Jobs
from app.qt.log_keeper import LogKeeper
from tests.helpers.builders import a_play
from tests.helpers.play_log import FakePlayLog


@dataclass
class Store:
    """Stands for the table of plays."""

    plays: list[int] = field(default_factory=list)
    going: list[int] = field(default_factory=list)

    def append(self, play: Play, wait_ms: int, owner: str) -> Play:
        self.plays.append(play.played_ms)
        return play

    def checkpoint(self, play: Play, wait_ms: int, owner: str) -> None:
        self.going.append(play.played_ms)


class Gate:
    """A kept queue: the first writing hangs until the gate is opened."""

    def __init__(self) -> None:
        self.calls: list[tuple[Event, ...]] = []
        self.reached, self.opened = threading.Event(), threading.Event()

    def keep(self, *told: Event) -> None:
        self.calls.append(told)
        self.reached.set()
        self.opened.wait(10)


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


def test_plays_that_the_thread_did_not_come_to_are_written_at_the_end(
    jobs: Jobs, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_keeper, "_LONGEST_END_S", 0.05)
    store = Store()
    history = History(store)  # type: ignore[arg-type]
    keeper = LogKeeper(history, gate.keep, lambda _: None)
    keeper.start(jobs)
    keeper.take(PositionChanged(1))
    assert gate.reached.wait(10)
    for played_ms in (1, 2):
        keeper.take(PlayProgressed(a_play(1, played_ms=played_ms)))
        keeper.take(PlayEnded(a_play(1, played_ms=played_ms)))
    keeper.take(PlayProgressed(a_play(2, played_ms=3)))
    keeper.close()
    history.flush()
    assert (store.plays, store.going) == ([1, 2], [3])


def test_what_came_while_the_library_was_slow_is_written_together_and_plays_first(jobs: Jobs, gate: Gate) -> None:
    log = FakePlayLog()
    seen: list[int] = []

    def keep(*told: Event) -> None:
        seen.append(len(log.plays))
        gate.keep(*told)

    keeper = LogKeeper(log, keep, lambda _: None)
    keeper.start(jobs)
    keeper.take(PositionChanged(0))
    assert gate.reached.wait(10)
    came = [*[PositionChanged(n) for n in range(1, 50)], PlayEnded(a_play(1))]
    for event in came:
        keeper.take(event)
    gate.opened.set()
    keeper.close()
    assert gate.calls == [(PositionChanged(0),), tuple(came)]
    assert seen == [0, 1]


def test_trouble_is_said_once_until_it_can_be_written_again(qtbot: QtBot, jobs: Jobs) -> None:
    log, said = FakePlayLog(locked=True), list[Event]()

    def keep(*_told: Event) -> None:
        if log.locked:
            raise DatabaseLocked("Another program holds the database.")

    keeper = LogKeeper(log, keep, said.append)
    keeper.start(jobs)

    def take(event: Event, seen: Callable[[], bool]) -> None:
        keeper.take(event)
        qtbot.waitUntil(seen)

    take(PlayEnded(a_play(1)), lambda: bool(said))
    for _ in range(20):
        keeper.take(PositionChanged(1))
    log.locked = False
    take(PlayEnded(a_play(2)), lambda: len(log.plays) == 2 and len(said) == 3)
    assert [type(each) for each in said] == [Trouble, PlayEnded, PlayEnded]
    log.locked = True
    take(PlayEnded(a_play(3)), lambda: len(said) == 4)
    keeper.close()
    assert isinstance(said[3], Trouble)
    assert len(said) == 4


def test_a_bug_in_the_log_is_one_sentence_and_the_next_play_is_written(qtbot: QtBot, jobs: Jobs) -> None:
    log, said = FakePlayLog(), list[Event]()
    write, broken = log.write, [True]

    def breaks_once(written: Callable[[Play], None]) -> None:
        if broken and log.waiting:
            broken.clear()
            raise ValueError("a bug")
        write(written)

    log.write = breaks_once  # type: ignore[method-assign]
    keeper = LogKeeper(log, None, said.append)
    keeper.start(jobs)
    keeper.take(PlayEnded(a_play(1)))
    qtbot.waitUntil(lambda: bool(said))
    keeper.take(PlayEnded(a_play(2)))
    keeper.close()
    assert said[0] == Trouble("The last play could not be written to the log.")
    assert len(log.plays) == 2
