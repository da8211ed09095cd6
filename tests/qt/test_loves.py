"""Which tracks are loved: read from the log of feedback, turned by a heart, and exactly taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.feedback import Said, Told
from app.domain.track import Track
from app.storage.feedback import FeedbackStore
from app.storage.tracks import TrackStore
from app.wiring import Wiring
from tests.helpers.builders import a_file
from tests.helpers.music import a_music_folder, an_evening


@pytest.fixture
def evening(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> Iterator[Wiring]:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "Music", artists=1, albums=1)) as wiring:
        wiring.suggestions.loves(tracks_of(wiring)[0])  # has them read
        qtbot.waitUntil(lambda: wiring.suggestions._loved is not None)
        yield wiring


def tracks_of(wiring: Wiring) -> list[Track]:
    return wiring.library.tracks(wiring.library.ids())


def test_a_heart_turns_at_once_and_the_log_has_it(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, track = evening.suggestions, tracks_of(evening)[0]
    store = FeedbackStore(evening.database)
    with qtbot.waitSignal(suggestions.said) as said:
        suggestions.toggle_love([track])
        assert suggestions.loves(track)
    assert said.args is not None
    assert said.args[0].feedback.said is Said.LOVE
    assert [each.recording_key for each in store.standing(Said.LOVE)] == [track.recording_key]
    with qtbot.waitSignal(suggestions.said):
        suggestions.toggle_love([track])
        assert not suggestions.loves(track)
    assert store.standing(Said.LOVE) == []
    assert [each.said for each in store.all()] == [Said.LOVE, Said.UNDO]
    assert not suggestions.loves(track)


@pytest.mark.slow
def test_of_several_those_without_love_are_loved_first(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, tracks = evening.suggestions, tracks_of(evening)[:3]
    told: list[Told] = []
    suggestions.said.connect(told.append)
    suggestions.toggle_love(tracks[:1])
    qtbot.waitUntil(lambda: len(told) == 1)
    suggestions.toggle_love(tracks)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert all(suggestions.loves(track) for track in tracks)
    suggestions.toggle_love(tracks)
    qtbot.waitUntil(lambda: len(told) == 6)
    assert not any(suggestions.loves(track) for track in tracks)


def test_the_way_back_of_the_message_empties_the_heart(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, track = evening.suggestions, tracks_of(evening)[0]
    with qtbot.waitSignal(suggestions.said) as said:
        suggestions.toggle_love([track])
    assert said.args is not None
    with qtbot.waitSignal(suggestions.said):
        suggestions.take_back(said.args[0].feedback)
    assert not suggestions.loves(track)


@pytest.mark.slow
def test_love_said_twice_is_taken_back_whole(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, track = evening.suggestions, tracks_of(evening)[0]
    told: list[Told] = []
    suggestions.said.connect(told.append)
    suggestions.say(Said.LOVE, track)
    suggestions.say(Said.LOVE, track)
    qtbot.waitUntil(lambda: len(told) == 2)
    suggestions.toggle_love([track])
    qtbot.waitUntil(lambda: len(told) == 4)
    assert not suggestions.loves(track)
    assert FeedbackStore(evening.database).standing(Said.LOVE) == []


@pytest.mark.slow
def test_a_love_whose_taking_back_was_taken_back_stands(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, track = evening.suggestions, tracks_of(evening)[0]
    with qtbot.waitSignal(suggestions.said):
        suggestions.toggle_love([track])
    with qtbot.waitSignal(suggestions.said) as undone:
        suggestions.toggle_love([track])
    assert undone.args is not None
    with qtbot.waitSignal(suggestions.said):
        suggestions.take_back(undone.args[0].feedback)
    qtbot.waitUntil(lambda: suggestions.loves(track))
    assert len(FeedbackStore(evening.database).standing(Said.LOVE)) == 1


def test_love_stays_with_a_track_whose_tags_are_mended(qtbot: QtBot, evening: Wiring) -> None:
    suggestions, (track, other) = evening.suggestions, tracks_of(evening)[:2]
    with qtbot.waitSignal(suggestions.said):
        suggestions.toggle_love([track])
    TrackStore(evening.database).save([a_file(track.path, title="Mended", artist=track.artist)], 1)
    (now,) = evening.library.tracks([track.id])
    assert now.recording_key != track.recording_key
    with qtbot.waitSignal(suggestions.loves_changed):
        evening.library.tracks_changed.emit()
    assert suggestions.loves(now)
    assert not suggestions.loves(other)
    with qtbot.waitSignal(suggestions.said):
        suggestions.toggle_love([now])
    assert not suggestions.loves(now)
    assert FeedbackStore(evening.database).standing(Said.LOVE) == []
