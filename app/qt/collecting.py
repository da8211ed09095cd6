"""When Python looks for garbage that refers to itself: young objects always, all of them only while nobody looks.

A look at all objects stops every thread: 50 to 250 ms with a large library, in the midst of a scan. Nearly everything
is freed without it, as soon as nobody refers to it any more. A look at ten thousand takes 5 to 10 ms: so few are looked
at in one go, more often.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from recommender.memory import few_heaps, give_back

_YOUNG, _MIDDLE, _NEVER = 2_000, 2, 1_000_000_000
_EVERY_MS = 600_000


class Collecting(QObject):
    """Takes the look at all objects out of Python's hands, and has it every ten minutes if the app is at rest."""

    def __init__(self, at_rest: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_rest = at_rest
        gc.freeze()  # what there is at the start stays to the end
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        few_heaps()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> bool:
        """Looks at all objects, if the app is at rest; True if it did."""
        if not self._at_rest():
            return False
        gc.collect()
        give_back()
        return True
