"""A companion is to be small beside the player: what making a list took goes back to the system soon after."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from recommender.memory import few_heaps, give_back, large_apart

AFTER_MS = 2_000


class GivingBack(QObject):
    """Hands freed memory back some seconds after a list was made, however soon the next one comes."""

    def __init__(self, parent: QObject | None = None, give_back: Callable[[], None] = give_back) -> None:
        super().__init__(parent)
        few_heaps()
        large_apart()
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(give_back)

    @Slot()
    @Slot(object)
    def soon(self, _made: object = None) -> None:
        """A list was made. Where one follows the other without end it is not put off by each."""
        if not self._timer.isActive():
            self._timer.start()
