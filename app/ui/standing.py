"""What a window hands over to the one that takes its place when the language changes."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QDialog

from app.ui.main_window import MainWindow
from app.ui.navigation import Place


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a window stands and what it shows."""

    geometry: QByteArray
    size: QSize
    place: Place
    trail: tuple[Place, ...]
    tab: str
    sleep_ms: int
    """Until the sleep timer pauses the music; 0: it is not set."""
    has_dialog: bool


def standing_of(window: MainWindow) -> Standing:
    """Looks at a window; what it keeps in the settings is kept."""
    window.keep_state()
    dialogs = any(dialog.isVisible() for dialog in window.findChildren(QDialog))
    return Standing(
        window.saveGeometry(),
        window.size(),
        window.place,
        tuple(window.trail),
        window.panel.tab,
        window.bar.sleep.left_ms,
        dialogs,
    )


def stand(window: MainWindow, standing: Standing) -> None:
    """A new window takes the place of the other, with what that one showed."""
    window.restoreGeometry(standing.geometry)
    if not window.isMaximized():
        window.resize(standing.size)
    window.return_to(standing.place, standing.trail)
    window.panel.show_tab(standing.tab)
    window.bar.sleep.go_on(standing.sleep_ms)
