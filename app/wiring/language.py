"""Another language while Segue runs: the window is made anew in it, and everything behind the window goes on."""

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
    wiring.grades.forget()
    wiring.impressions.count()
    wiring.suggestions.refresh_shelves()
    if standing.has_dialog:
        wiring.window.settings_asked.emit()
