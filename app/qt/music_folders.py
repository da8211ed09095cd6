"""The music folders for the window: what is asked for is seen at once, and written in a job, in the order it was asked.

A scan that saves what it has read holds the library for a moment; the window does not wait for it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import SegueError
from app.domain.scan import Volume
from app.qt.jobs import Cancelled, Jobs
from app.storage.roots import RootStore


@dataclass(frozen=True, slots=True)
class _Asked:
    path: bytes
    comes: bool
    then: Callable[[Volume], None]
    """Called when it is written, with the drive the folder was on."""
    failed: Callable[[str], None]


class MusicFolders(QObject):
    """The folders on the list, and what is still to be written of it."""

    changed = Signal()
    """What was asked is written, or was given up in trouble."""

    def __init__(self, jobs: Jobs, store: RootStore, now_ms: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._store, self._now_ms = jobs, store, now_ms
        self._asked: list[_Asked] = []
        """All of which nobody was told yet."""
        self._to_write, self._writing = deque[_Asked](), False

    def all(self) -> list[bytes]:
        """The music folders, oldest first."""
        folders = dict.fromkeys(self._store.all())
        for asked in tuple(self._asked):
            if asked.comes:
                folders[asked.path] = None
            else:
                folders.pop(asked.path, None)
        return list(folders)

    @property
    def any_comes(self) -> bool:
        """True while a folder is still to be put on the list."""
        return any(asked.comes for asked in self._asked)

    def add(self, path: bytes, then: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Puts a folder on the list; what is in the way is a sentence."""
        self._ask(_Asked(path, True, lambda _drive: then(), failed))

    def leave(self, path: bytes, then: Callable[[Volume], None], failed: Callable[[str], None]) -> None:
        """Takes a folder off the list; its tracks are still to be taken out of sight."""
        self._ask(_Asked(path, False, then, failed))

    def _ask(self, asked: _Asked) -> None:
        self._asked.append(asked)
        self._to_write.append(asked)
        if not self._writing:
            self._begin()

    def _begin(self) -> None:
        self._writing = True
        self._jobs.start("folders", self._write, progressed=self._tell, done=self._over, failed=self._failed)

    def _write(self, _cancelled: Cancelled) -> Iterator[Volume | str]:
        """In the job: all that was asked, also of a program that is about to end. Yields drives and sentences."""
        while self._to_write:
            asked = self._to_write.popleft()
            try:
                drive = self._store.volume(asked.path)
                if asked.comes:
                    self._store.add(asked.path, self._now_ms())
                else:
                    self._store.leave(asked.path)
            except SegueError as error:
                yield str(error)
            else:
                yield drive

    @Slot(object)
    def _tell(self, said: Volume | str) -> None:
        asked = self._asked.pop(0)
        if isinstance(said, str):
            asked.failed(said)
        else:
            asked.then(said)
        self.changed.emit()

    @Slot(object)
    def _over(self, _nothing: object) -> None:
        self._writing = False
        if self._to_write:
            self._begin()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        """A bug, which the log tells of."""
        self._to_write.clear()
        while self._asked:
            self._tell(sentence)
        self._writing = False
