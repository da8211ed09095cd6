"""The keys with the signs of a player, where no desktop takes them for itself: they work wherever the focus is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from tests.helpers.fake_services import some_tracks
from tests.helpers.frame import Given


# What QTest says of a key for which it knows no letter.
@pytest.mark.qt_log_ignore("^keyToAscii Unhandled key code", extend=True)
@pytest.mark.parametrize("in_search", [False, True])
def test_media_keys_steer_the_player(qtbot: QtBot, in_search: bool) -> None:
    given = Given(qtbot)
    given.window.activateWindow()
    qtbot.waitUntil(given.window.isActiveWindow)
    given.playback.play_now(some_tracks(3))
    if in_search:
        given.window.rail.start_search()
    focused = given.window.focusWidget()

    def state_after(key: Qt.Key) -> PlaybackState:
        qtbot.keyClick(focused, key)
        return given.playback.state

    assert state_after(Qt.Key.Key_MediaPlay) is PlaybackState.PAUSED
    assert state_after(Qt.Key.Key_MediaPlay) is PlaybackState.PLAYING
    assert state_after(Qt.Key.Key_MediaPause) is PlaybackState.PAUSED
    assert state_after(Qt.Key.Key_MediaPause) is PlaybackState.PAUSED
    qtbot.keyClick(focused, Qt.Key.Key_MediaNext)
    assert given.playback.index == 1
    qtbot.keyClick(focused, Qt.Key.Key_MediaPrevious)
    assert given.playback.index == 0
    assert state_after(Qt.Key.Key_MediaStop) is PlaybackState.STOPPED


def test_a_key_that_is_play_and_pause_in_one_is_known_too(qtbot: QtBot) -> None:
    shortcuts = Given(qtbot).window.actions_by_name["toggle"].shortcuts()
    assert QKeySequence(Qt.Key.Key_MediaTogglePlayPause) in shortcuts
