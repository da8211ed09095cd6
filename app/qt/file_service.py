"""Files and folders that come from outside: dropped, opened with Segue, sent by a second start or over the bus."""

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.track import Track
from app.qt.jobs import Cancelled, Jobs


@dataclass(frozen=True, slots=True)
class _Folder:
    """One of the paths is a folder."""

    path: bytes


@dataclass(slots=True)
class _Opening:
    """One wish: its first track plays as soon as it is read, the others follow it together."""

    paths: tuple[bytes, ...]
    begun: bool = False
    others: list[Track] = field(default_factory=list)


class FileService(QObject):
    """Makes tracks of paths, off the window's thread; one wish after the other."""

    opened = Signal(object)
    """The track to play now."""
    followed = Signal(list)
    """The tracks to play behind it."""
    folder_met = Signal(bytes)
    trouble = Signal(str)

    def __init__(self, jobs: Jobs, known: Callable[[bytes], Track | None], parent: QObject | None = None) -> None:
        """``known`` gives the library's track at a path; it is called in a job."""
        super().__init__(parent)
        self._jobs, self._known = jobs, known
        self._wishes: list[_Opening] = []

    def open(self, paths: Sequence[bytes]) -> None:
        """Plays files, in the library or not; folders are told."""
        if not paths:
            return
        self._wishes.append(_Opening(tuple(paths)))
        if len(self._wishes) == 1:
            self._next()

    def gather(self, paths: Sequence[bytes], came: Callable[[list[Track]], None]) -> None:
        """Gives the tracks of files, and of the music below folders; of what is no music, the first is told."""
        tracks: list[Track] = []
        refused: list[str] = []
        self._jobs.start(
            "gather",
            _gather,
            tuple(paths),
            self._known,
            progressed=lambda found: (refused if isinstance(found, str) else tracks).append(found),
            done=lambda _: self._gathered(tracks, refused, came),
            failed=self.trouble.emit,
        )

    def _gathered(self, tracks: list[Track], refused: list[str], came: Callable[[list[Track]], None]) -> None:
        if refused:
            self.trouble.emit(refused[0])
        if tracks:
            came(tracks)

    def _next(self) -> None:
        if self._wishes:
            self._jobs.start(
                "open",
                _work,
                self._wishes[0].paths,
                self._known,
                progressed=self._met,
                done=self._over,
                failed=self._failed,
            )

    @Slot(object)
    def _met(self, found: Track | _Folder | str) -> None:
        wish = self._wishes[0]
        if isinstance(found, str):
            self.trouble.emit(found)
        elif isinstance(found, _Folder):
            self.folder_met.emit(found.path)
        elif wish.begun:
            wish.others.append(found)
        else:
            wish.begun = True
            self.opened.emit(found)

    @Slot(object)
    def _over(self, _nothing: object = None) -> None:
        wish = self._wishes.pop(0)
        if wish.others:
            self.followed.emit(wish.others)
        self._next()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.trouble.emit(sentence)
        self._over()


def _work(
    cancelled: Cancelled, paths: Sequence[bytes], known: Callable[[bytes], Track | None]
) -> Generator[Track | _Folder | str, None, None]:
    from app.library.outside import read_outside  # in the job: the window does not wait for it

    files = []
    for path in paths:
        if os.path.isdir(path):
            yield _Folder(path)
        else:
            files.append(path)
    yield from read_outside(files, known, cancelled)


def _gather(
    cancelled: Cancelled, paths: Sequence[bytes], known: Callable[[bytes], Track | None]
) -> Generator[Track | str, None, None]:
    from app.library.outside import music_below, read_outside  # in the job, as above

    yield from read_outside(music_below(paths, cancelled), known, cancelled)
