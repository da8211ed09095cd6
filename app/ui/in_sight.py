"""A window whose screen was unplugged comes to one that is there."""

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

_SETTLE_MS = 400
"""The desktop moves windows too, and other screens may come in the same breath."""
_GRIP_PX = 64
"""The head of a window: half of its width and of this must be on a screen, or it is hard to take hold of."""


class InSight(QObject):
    """Looks after one window for as long as it lives."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._screen_went)

    @Slot(QScreen)
    def _screen_went(self, _screen: QScreen) -> None:
        self._soon.start()

    @Slot()
    def look(self) -> None:
        """Moves the window to the first screen where none shows its head, no larger than that has room for."""
        window, first = self._window, QGuiApplication.primaryScreen()
        if first is None or not window.isVisible() or window.isMinimized() or self._is_seen():
            return
        room, whole = first.availableGeometry(), window.isMaximized() or window.isFullScreen()
        if whole:
            window.showNormal()
        window.resize(window.size().boundedTo(room.size()))
        window.move(room.topLeft())
        if whole:
            window.showMaximized()

    def _is_seen(self) -> bool:
        frame = self._window.frameGeometry()
        head = QRect(frame.x(), frame.y(), frame.width(), min(_GRIP_PX, frame.height()))
        shown = (screen.availableGeometry().intersected(head) for screen in QGuiApplication.screens())
        return any(part.width() >= frame.width() // 2 and part.height() >= _GRIP_PX // 2 for part in shown)
