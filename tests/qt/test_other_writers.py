"""Two programs over one library: each takes in what the other wrote, and asks little for it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.errors import DatabaseLocked
from app.domain.feedback import Said
from app.qt.jobs import Jobs
from app.qt.other_writers import OtherWriters
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.marks import MarkStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions import feedback
from tests.helpers.builders import NOW_MS, a_database, a_file, a_library, a_play


class Pair:
    def __init__(self, folder: Path) -> None:
        self.database = a_database(folder)
        a_library(self.database, 20)
        self.other = Database(self.database.path)
        self.jobs = Jobs(self.database.close_here)
        self.store = MarkStore(self.database)
        self.writers = OtherWriters(self.jobs, self.store)
        self.told: list[str] = []
        self.writers.plays_added.connect(lambda: self.told.append("plays"))
        self.writers.feedback_given.connect(lambda: self.told.append("feedback"))
        self.writers.tracks_changed.connect(lambda: self.told.append("tracks"))

    def look(self, qtbot: QtBot) -> list[str]:
        self.told.clear()
        self.writers.look()
        qtbot.waitUntil(lambda: not self.writers._busy)
        return self.told


@pytest.fixture
def pair(tmp_path: Path, qtbot: QtBot):
    pair = Pair(tmp_path)
    pair.writers.start()
    qtbot.waitUntil(lambda: not pair.writers._busy)
    yield pair
    pair.writers.close()
    pair.jobs.shutdown()
    pair.other.close()
    pair.database.close()


def test_what_another_program_wrote_is_told_once(pair: Pair, qtbot: QtBot) -> None:
    assert pair.look(qtbot) == []
    PlayStore(pair.other).append(a_play(3))
    assert pair.look(qtbot) == ["plays"]
    assert pair.look(qtbot) == []
    (track,) = TrackStore(pair.other).get([5])
    feedback.apply(FeedbackStore(pair.other), Said.LOVE, track, NOW_MS)
    assert pair.look(qtbot) == ["feedback"]
    TrackStore(pair.other).save([a_file("/music/new.flac", title="New")], NOW_MS)
    assert pair.look(qtbot) == ["tracks"]


def test_a_play_of_our_own_is_no_news_and_one_between_is(pair: Pair, qtbot: QtBot) -> None:
    pair.writers.play_recorded(PlayStore(pair.database).append(a_play(1)))
    assert pair.look(qtbot) == []
    PlayStore(pair.other).append(a_play(2))
    pair.writers.play_recorded(PlayStore(pair.database).append(a_play(3)))
    assert pair.look(qtbot) == ["plays"]


def test_a_look_at_a_library_nobody_wrote_into_starts_no_job(
    pair: Pair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(pair.jobs, "start", lambda name, *args, **kwargs: started.append(name))
    for _ in range(100):
        pair.writers.look()
    assert started == []


def test_it_looks_when_the_listener_comes_back_and_not_after_its_end(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(pair.store, "version", lambda: asked.append(1) or pair.writers._version)
    pair.writers.state_changed(Qt.ApplicationState.ApplicationInactive)
    assert not asked
    pair.writers.state_changed(Qt.ApplicationState.ApplicationActive)
    assert len(asked) == 1
    pair.writers.close()
    pair.writers.look()
    assert len(asked) == 1


def test_a_library_that_cannot_be_read_is_looked_at_again_later(
    pair: Pair, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    PlayStore(pair.other).append(a_play(3))

    def locked() -> None:
        raise DatabaseLocked("Another program is using it.")

    monkeypatch.setattr(pair.store, "read", locked)
    assert pair.look(qtbot) == []
    monkeypatch.undo()
    assert pair.look(qtbot) == ["plays"]
