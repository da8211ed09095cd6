"""An installed Segue that is upgraded while its window is open goes on as it is, and says that there is a newer one."""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtGui import QImageReader

from app.config.child import has_been_replaced, is_installed
from app.domain.words import say

if TYPE_CHECKING:
    from app.wiring import Wiring

log = logging.getLogger(__name__)

_SETTLES_MS = 3_000
"""An upgrade puts one file after the other there."""


class Upgraded(QObject):
    """Looks at the program's own file."""

    def __init__(self, wiring: "Wiring") -> None:
        super().__init__(wiring)
        self._wiring = wiring
        self._said = False
        self._soon = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._soon.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher([sys.executable], self)
        self._watcher.fileChanged.connect(lambda _file: self._soon.start())
        self._look()  # it may have come before the watch

    def _look(self) -> None:
        if has_been_replaced() and not self._said:
            self._said = True
            log.info("There is another Segue now where this one was begun from")
            self._wiring.window.toast.say(say("Segue has been updated. Please close it and open it again."))


def follow_upgrade(wiring: "Wiring") -> None:
    """Begins to look, once the window has been seen; a checkout and what pip installed are upgraded by those who do."""
    if is_installed():
        QTimer.singleShot(_SETTLES_MS, wiring, lambda: _begin(wiring))


def _begin(wiring: "Wiring") -> None:
    Upgraded(wiring)
    QImageReader.supportedImageFormats()  # reads Qt's plugins for pictures now: those of another Qt would be refused
