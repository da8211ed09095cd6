"""How fast: the menu, and the steps of the keys."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.pace import FASTEST, NORMAL_SPEED, SLOWEST
from app.domain.words import say
from app.ui.services import Playback

SPEEDS: Final = (50, 75, 90, NORMAL_SPEED, 110, 125, 150, 175, 200)
STEP: Final = 10


def speed_says(percent: int) -> str:
    """A speed as people say it.

    >>> speed_says(100), speed_says(125)
    ('Normal', '1.25 ×')
    """
    return say("Normal") if percent == NORMAL_SPEED else f"{percent / NORMAL_SPEED:g} ×"


def speed_menu(playback: Playback, parent: QWidget) -> QMenu:
    """The speeds, the one in use ticked; one between them stands there as well."""
    menu = QMenu(say("Speed: {}", speed_says(playback.speed)), parent)
    group = QActionGroup(menu)
    for percent in sorted({*SPEEDS, playback.speed}):
        action = menu.addAction(speed_says(percent), partial(playback.set_speed, percent))
        action.setCheckable(True)
        action.setChecked(percent == playback.speed)
        group.addAction(action)
    return menu


def step_speed(playback: Playback, step: int, tell: Callable[[str], object]) -> None:
    """A step faster or slower, or with none back to normal; told, because there is nothing else to see."""
    percent = min(max(playback.speed + step, SLOWEST), FASTEST) if step else NORMAL_SPEED
    playback.set_speed(percent)
    tell(say("Speed: {}", speed_says(percent)))
