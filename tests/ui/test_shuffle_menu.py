"""The menu of the shuffle button."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.shuffle_menu import shuffle_menu, shuffle_says
from tests.helpers.fake_playback import FakePlaybackService


@pytest.mark.parametrize(
    ("name", "shuffle", "by_albums", "said"),
    [
        ("Tracks", True, False, "Shuffle is on: tracks"),
        ("Albums", True, True, "Shuffle is on: albums"),
        ("Off", False, False, "Shuffle is off"),
    ],
)
def test_a_choice_is_taken_over_and_marked(qtbot: QtBot, name: str, shuffle: bool, by_albums: bool, said: str) -> None:
    playback, parent = FakePlaybackService(), QWidget()
    qtbot.addWidget(parent)
    next(action for action in shuffle_menu(playback, parent).actions() if action.text() == name).trigger()
    assert (playback.shuffle, playback.by_albums) == (shuffle, by_albums)
    assert shuffle_says(playback) == said
    assert [one.text() for one in shuffle_menu(playback, parent).actions() if one.isChecked()] == [name]
