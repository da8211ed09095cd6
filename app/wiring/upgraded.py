"""An installed Segue that is upgraded while its window is open goes on as it is, and says that there is a newer one.

So does its companion. One that nobody sees has nobody to tell, and gives its place to the newer one between two plays:
the one that goes on would be cut in two.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtGui import QImageReader

from app.config.child import begin_anew_with, has_been_replaced, is_installed
from app.config.own_command import own_command
from app.config.paths import Paths
from app.domain.words import say
from app.qt.jobs import start_program

if TYPE_CHECKING:
    from app.wiring import Wiring
    from app.wiring.companion import CompanionWiring

    Wired = Wiring | CompanionWiring

log = logging.getLogger(__name__)

_SETTLES_MS = 3_000
"""An upgrade puts one file after the other there."""
_AGAIN_MS = 60_000
"""So long after a player was heard it is asked again whether one is."""


class Upgraded(QObject):
    """Looks at the program's own file."""

    def __init__(self, wiring: "Wired", words: tuple[str, ...], may_leave: Callable[[], bool]) -> None:
        super().__init__(wiring)
        self._wiring, self._words, self._may_leave = wiring, words, may_leave
        self._said = False
        self._soon = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._soon.timeout.connect(self._look)
        self._later = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._later.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher([sys.executable], self)
        self._watcher.fileChanged.connect(lambda _file: self._soon.start())
        self._look()  # it may have come before the watch

    def _look(self) -> None:
        if self._said or not has_been_replaced():
            return
        if self._words and not self._wiring.window.isVisible():
            if self._may_leave():
                self._restart((*self._words, "--hidden"))
            else:
                self._later.start()
            return
        self._said = True
        log.info("There is another Segue now where this one was begun from")
        sentence = say("Segue has been updated. What is new comes with a restart.")
        self._wiring.window.toast.keep(sentence, say("Restart"), self._restart_seen)

    def _restart_seen(self) -> None:
        self._restart(self._words)

    def _restart(self, words: tuple[str, ...]) -> None:
        self._wiring.again = words
        self._wiring.quit()


def follow_upgrade(wiring: "Wired", words: tuple[str, ...] = (), may_leave: Callable[[], bool] = lambda: False) -> None:
    """Begins to look, once the window has been seen; a checkout and what pip installed are upgraded by those who do.

    ``words``: those that the companion is started with; ``may_leave``: it is not needed for a moment. Segue itself is
    never restarted unasked.
    """
    if is_installed():
        QTimer.singleShot(_SETTLES_MS, wiring, lambda: _begin(wiring, words, may_leave))


def begin_again(paths: Paths, arguments: Sequence[str]) -> None:
    """Starts the program that is in our place by now; what was open is closed, and its lock free."""
    command = own_command(paths, arguments)
    if not start_program(command.words, {**command.environment, **begin_anew_with()}):
        log.warning("The newer Segue could not be started")


def _begin(wiring: "Wired", words: tuple[str, ...], may_leave: Callable[[], bool]) -> None:
    Upgraded(wiring, words, may_leave)
    if words:  # the companion shows few pictures, and is to be small
        return
    QImageReader.supportedImageFormats()  # reads Qt's plugins for pictures now: those of another Qt would be refused
