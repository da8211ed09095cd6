"""What every icon of ours in the desktop's tray can do: show and hide its window, say what plays, end the program."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from app.domain.words import say
from app.ui.program_icon import program_icon


class TrayIcon(QSystemTrayIcon):
    """An icon with a menu; where the desktop has no tray there is no icon."""

    show_asked = Signal()
    hide_asked = Signal()
    quit_asked = Signal()
    goes_on: str
    way_back: str
    """What is said when the window is closed into the tray: marked words."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(program_icon(), window)
        self._window = window
        self.menu = QMenu(window)
        self.setContextMenu(self.menu)

    @staticmethod
    def can_be() -> bool:
        """Whether there is a tray, or may be one later: under X11, Qt waits for it."""
        return QSystemTrayIcon.isSystemTrayAvailable() or QGuiApplication.platformName() == "xcb"

    @property
    def is_there(self) -> bool:
        """Whether the listener can see the icon: only then may the window go away."""
        return self.isVisible() and self.isSystemTrayAvailable()

    @property
    def window_is_seen(self) -> bool:
        """Whether the window stands somewhere on the screen."""
        return self._window.isVisible() and not self._window.isMinimized()

    def explain_hiding(self) -> None:
        """Says where the window went."""
        self.showMessage(say(self.goes_on), say(self.way_back), self.icon())

    def add(self, words: str, job: Callable[[], object]) -> QAction:
        """One more line of the menu."""
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _checked=False: job())
        return action

    def turn_window(self) -> None:
        """Asks for the window, or for its going."""
        (self.hide_asked if self.window_is_seen else self.show_asked).emit()

    def tip(self, words: str) -> None:
        """Panels read tooltips as HTML, each in its own way: without this mark none finds a tag."""
        self.setToolTip(words.replace("<", "‹"))


def let_hidden(hidden: bool) -> None:
    """While the window is away, the end of a dialog is not the end of the program."""
    QApplication.setQuitOnLastWindowClosed(not hidden)
