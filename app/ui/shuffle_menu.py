"""The menu of the shuffle button: off, tracks, or albums."""

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.words import say
from app.ui.services import Playback


def shuffle_says(playback: Playback) -> str:
    """What the shuffle does now."""
    if not playback.shuffle:
        return say("Shuffle is off")
    return say("Shuffle is on: albums") if playback.by_albums else say("Shuffle is on: tracks")


def shuffle_menu(playback: Playback, parent: QWidget) -> QMenu:
    """Asked for with the right button, or with the menu key."""
    menu = QMenu(parent)
    group = QActionGroup(menu)
    now = (playback.shuffle, playback.by_albums)
    for name, shuffle, by_albums in (
        (say("Off"), False, playback.by_albums),
        (say("Tracks"), True, False),
        (say("Albums"), True, True),
    ):
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked((shuffle, by_albums) == now)
        action.triggered.connect(lambda _on, to=(shuffle, by_albums): _choose(playback, *to))
        group.addAction(action)
    return menu


def _choose(playback: Playback, shuffle: bool, by_albums: bool) -> None:
    playback.set_by_albums(by_albums)
    playback.set_shuffle(shuffle)
