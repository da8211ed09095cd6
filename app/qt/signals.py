"""Ctrl+C and a polite kill close the window like its own button, so that the play that goes on is kept."""

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

_WATCHED = (signal.SIGINT, signal.SIGTERM)


class QuitOnSignals(QObject):
    """Wakes the event loop when a signal arrives; Python alone would notice it only at its next step."""

    def __init__(self, app: QCoreApplication, quit_now: Callable[[], None]) -> None:
        super().__init__(app)
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)
        self._before = signal.set_wakeup_fd(self._writer)
        self._handlers = {number: signal.signal(number, lambda *_: quit_now()) for number in _WATCHED}
        self._notifier = QSocketNotifier(self._reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    @Slot()
    def _woken(self) -> None:
        os.read(self._reader, 64)  # Python runs its handlers on the way out of here

    def close(self) -> None:
        """Puts everything back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._reader)
        os.close(self._writer)
