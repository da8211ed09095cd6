"""Files that the desktop gives to the program while it runs: macOS sends events, where others start it once more."""

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.config.file_uri import plain_path
from app.config.running import MOST_PATHS


class OpenedFiles(QObject):
    """Gathers what comes in one turn of the event loop: a selection in the Finder is one event a file.

    What comes before somebody takes it is kept until then.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[bytes] = []
        self._taker: Callable[[tuple[bytes, ...]], None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._give)

    def come(self, file: str) -> None:
        """One more file; what is no whole path on this machine is dropped."""
        path = plain_path(os.fsencode(file))
        if path is not None and len(self._waiting) < MOST_PATHS:
            self._waiting.append(path)
            self._soon.start()

    def give_to(self, taker: Callable[[tuple[bytes, ...]], None] | None) -> None:
        """``taker`` gets the paths from now on, and those that wait; ``None`` while nobody can take them."""
        self._taker = taker
        self._soon.start()

    @Slot()
    def _give(self) -> None:
        if self._taker is not None and self._waiting:
            paths, self._waiting = tuple(self._waiting), []
            self._taker(paths)


class Application(QApplication):
    """Qt's, with an ear for these files. It hears its own events; a filter would hear those of every widget."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        super().__init__(list(words))
        self.opened_files = OpenedFiles(self)

    def event(self, event: QEvent) -> bool:
        """Takes the event of a file; a web address in one has no file."""
        if isinstance(event, QFileOpenEvent):
            self.opened_files.come(event.file())
            return True
        return super().event(event)
