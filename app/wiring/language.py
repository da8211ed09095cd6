"""Another language or size while Segue runs: the window is made anew, and everything behind it goes on."""

from typing import TYPE_CHECKING

from app.ui.standing import stand, standing_of

if TYPE_CHECKING:
    from app.wiring import Wiring


def renew(wiring: "Wiring") -> None:
    """Puts a new window where the old one was: same size, same view, same tab; the settings stay open."""
    old = wiring.window
    standing = standing_of(old)
    wiring.make_window()
    stand(wiring.window, standing)
    wiring.desktop.follow_window()
    if old.isVisible():
        wiring.window.show()
    old.hide()
    old.deleteLater()
    wiring.impressions.count()
    if standing.has_dialog:
        wiring.window.settings_asked.emit()


def speak_anew(wiring: "Wiring") -> None:
    """The same in another language: what was said in the old one is said again."""
    renew(wiring)
    wiring.grades.forget()
    wiring.suggestions.forget_shelves()
