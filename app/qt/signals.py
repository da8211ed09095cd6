"""Ctrl+C and a polite kill close the window like its own button, so that the play that goes on is kept."""

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer, Slot

_STEP_MS = 300
_WATCHED = (signal.SIGINT, signal.SIGTERM)


class QuitOnSignals(QObject):
    """Wakes the event loop when a signal arrives; Python alone would notice it only at its next step."""

    def __init__(self, app: QCoreApplication, quit_now: Callable[[], None]) -> None:
        super().__init__(app)
        self._ends: tuple[int, ...] = ()
        self._waker = self._a_wait() if sys.platform != "win32" else self._a_clock()
        self._handlers = {number: signal.signal(number, lambda *_: quit_now()) for number in _WATCHED}

    def _a_wait(self) -> QObject:
        self._ends = reader, writer = os.pipe()
        for end in self._ends:
            os.set_blocking(end, False)
        self._before = signal.set_wakeup_fd(writer)
        notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._woken)
        return notifier

    def _a_clock(self) -> QObject:
        """Windows can wait for no pipe: there Python takes a step now and then."""
        clock = QTimer(self, interval=_STEP_MS)
        clock.timeout.connect(self._stepped)
        clock.start()
        return clock

    @Slot()
    def _stepped(self) -> None:
        """Python runs its handlers on the way out of here."""

    @Slot()
    def _woken(self) -> None:
        os.read(self._ends[0], 64)  # Python runs its handlers on the way out of here

    def close(self) -> None:
        """Puts everything back."""
        if isinstance(self._waker, QSocketNotifier):
            self._waker.setEnabled(False)
            signal.set_wakeup_fd(self._before)
        self._waker.deleteLater()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        for end in self._ends:
            os.close(end)
