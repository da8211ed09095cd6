"""How the window looks, as the listener left it, and kept whenever it is changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.domain.words import say
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.wiring import Wiring

_SEVERAL_STEPS_MS = 150
"""Keys pressed one after the other reach the window that is there: a new one gets them only once it is active."""


def make_theme(wiring: "Wiring") -> Theme:
    """The theme of the settings; what is changed in the window itself goes back to them."""
    settings = wiring.settings
    theme = Theme(settings.theme, wiring)
    theme.choose_density(settings.density)
    theme.group(settings.track_groups)
    theme.choose_zoom(settings.zoom_percent)
    theme.density_changed.connect(lambda density: wiring.change_settings({"density": density}))
    theme.grouped_changed.connect(lambda grouped: wiring.change_settings({"track_groups": grouped}))
    theme.zoom_changed.connect(lambda percent: _zoomed(wiring, percent))
    return theme


def _zoomed(wiring: "Wiring", percent: int) -> None:
    wiring.change_settings({"zoom_percent": percent})
    QTimer.singleShot(_SEVERAL_STEPS_MS, wiring, lambda: _renew(wiring, percent))


def _renew(wiring: "Wiring", percent: int) -> None:
    """A window whose every part is made for the new size; of several steps at once the last is made."""
    if percent == wiring.theme.zoom:
        from app.wiring.language import renew

        renew(wiring)
        wiring.window.toast.say(say("Text and rows at {} %", percent))
