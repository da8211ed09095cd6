"""A companion that the session bus started for a plug-in: nobody asked for its window, and it goes when it is idle."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 60_000
_LOOKS = 5
"""So many looks in a row that see nobody who needs it. The bus starts it again with the next question."""


def started_by_bus(environ: Mapping[str, str]) -> bool:
    """Whether a question on the session bus started this program; the bus says so to those it starts."""
    return "DBUS_STARTER_ADDRESS" in environ


class Unseen(QObject):
    """Ends a companion without a window or an icon once no player has been there for some minutes."""

    def __init__(self, is_needed: Callable[[], bool], leave: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_needed, self._leave, self._idle = is_needed, leave, 0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Asks whether somebody needs it."""
        self._idle = 0 if self._is_needed() else self._idle + 1
        if self._idle >= _LOOKS:
            self._timer.stop()
            self._leave()
