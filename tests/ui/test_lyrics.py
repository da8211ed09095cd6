"""The lyrics in the right panel."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.lyrics import parse
from app.domain.track import Track
from app.ui.panels.lyrics import LyricsPanel
from app.ui.theme import Theme
from tests.helpers.fake_services import FakePlaybackService, a_track

_SYNCED = parse("\n".join(f"[00:{n:02d}.00]Line {n}" for n in range(60)), "from Song.lrc")


class Bench:
    """The panel, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.playback = FakePlaybackService()
        self.panel = LyricsPanel(Theme("light"), self.playback)
        self.asked: list[Track] = []
        self.panel.wanted.connect(self.asked.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(336, 400)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_lyrics_are_looked_for_only_while_they_are_seen(bench: Bench) -> None:
    bench.playback.play_now([a_track(1), a_track(2)])
    assert bench.asked == []
    bench.panel.show()
    assert [track.id for track in bench.asked] == [1]
    bench.playback.next()
    assert [track.id for track in bench.asked] == [1, 2]
    bench.panel.hide()
    bench.panel.show()
    assert len(bench.asked) == 2


def test_the_line_that_is_sung_is_marked_and_comes_into_sight(bench: Bench) -> None:
    bench.panel.show()
    bench.playback.play_now([a_track(1)])
    bench.panel.show_lyrics(1, _SYNCED)
    assert bench.panel.origin.text == "Lyrics from Song.lrc"
    bench.playback.pretend_position(45_500)
    assert bench.panel.model.current == 45
    assert bench.panel.rows.visualRect(bench.panel.model.index(45)).intersects(bench.panel.rows.viewport().rect())


def test_a_hand_that_scrolled_is_left_alone(bench: Bench) -> None:
    bench.panel.show()
    bench.playback.play_now([a_track(1)])
    bench.panel.show_lyrics(1, _SYNCED)
    bench.panel.rows.alone.start()
    before = bench.panel.rows.verticalScrollBar().value()
    bench.playback.pretend_position(45_500)
    assert bench.panel.rows.verticalScrollBar().value() == before


def test_a_click_or_enter_on_a_line_goes_to_its_moment(bench: Bench, qtbot: QtBot) -> None:
    bench.panel.show()
    bench.playback.play_now([a_track(1)])
    bench.panel.show_lyrics(1, _SYNCED)
    place = bench.panel.rows.visualRect(bench.panel.model.index(3)).center()
    qtbot.mouseClick(bench.panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.playback.position_ms == 3_000
    bench.panel.rows.setCurrentIndex(bench.panel.model.index(5))
    qtbot.keyClick(bench.panel.rows, Qt.Key.Key_Return)
    assert bench.playback.position_ms == 5_000


def test_late_lyrics_of_another_track_are_dropped_and_none_is_said(bench: Bench) -> None:
    bench.panel.show()
    assert bench.panel.empty.title.text() == "Nothing is playing"
    bench.playback.play_now([a_track(1)])
    bench.panel.show_lyrics(7, _SYNCED)
    assert bench.panel.model.rowCount() == 0
    bench.panel.show_lyrics(1, None)
    assert bench.panel.empty.title.text() == "No lyrics"


def test_lines_wrap_and_text_from_the_right_is_read_from_the_right(bench: Bench) -> None:
    bench.panel.show()
    bench.playback.play_now([a_track(1)])
    bench.panel.show_lyrics(1, parse("word " * 60 + "\nليلة هادئة\n<b>no markup</b>", "from the file"))
    rows, model = bench.panel.rows, bench.panel.model
    assert rows.visualRect(model.index(0)).height() > 3 * rows.visualRect(model.index(1)).height()
    assert not bench.panel.grab().toImage().isNull()
