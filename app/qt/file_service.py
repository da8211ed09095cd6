"""Files and folders that come from outside: dropped, opened with Segue, sent by a second start or over the bus."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.config.drives import LONGEST_S
from app.domain.errors import LeftAlone, NoAnswer, SegueError
from app.domain.track import Track
from app.domain.words import plural, say
from app.qt.jobs import Cancelled, Jobs
from app.qt.path_kind import PathKind, kind_of
from app.qt.patience import Patience

_OVERTAKES_MS = 1_000
"""So long does a wish wait for the one before it, whose drive may be slow or dead."""
_MOST_AT_ONCE = 4
_WARNED_S = 0.3
"""So long is waited for the rest of a wish once a drive has not answered: they are on the same one, as a rule."""


@dataclass(frozen=True, slots=True)
class _Other:
    """One of the paths is no file to play."""

    path: bytes
    kind: PathKind


@dataclass(slots=True, eq=False)
class _Opening:
    """One wish: its first track plays as soon as it is read, the others follow it together."""

    paths: tuple[bytes, ...]
    begun: bool = False
    overtaken: bool = False
    """What was wished for later plays already: all of this follows."""
    others: list[Track] = field(default_factory=list)
    exports: list[bytes] = field(default_factory=list)
    """Listening histories among them."""
    refused: list[str] = field(default_factory=list)
    """A sentence for each that is no music, or could not be read."""


class FileService(QObject):
    """Makes tracks of paths, off the window's thread; one wish after the other, past those whose drive is slow."""

    opened = Signal(object)
    """The track to play now."""
    followed = Signal(list)
    """The tracks to play behind it."""
    folder_met = Signal(bytes)
    history_met = Signal(list)
    """Paths of a listening history that could be imported: files, zips, and folders with such."""
    trouble = Signal(str)

    def __init__(self, jobs: Jobs, known: Callable[[bytes], Track | None], parent: QObject | None = None) -> None:
        """``known`` gives the library's track at a path; it is called in a job."""
        super().__init__(parent)
        self._jobs, self._known, self._patience = jobs, known, Patience(jobs.drives)
        self._waiting: list[_Opening] = []
        self._at_work: list[_Opening] = []
        self._late = QTimer(self, singleShot=True, interval=_OVERTAKES_MS)
        self._late.timeout.connect(self._next)

    def open(self, paths: Sequence[bytes]) -> None:
        """Plays files, in the library or not; folders and listening histories are told."""
        if not paths:
            return
        self._waiting.append(_Opening(tuple(paths)))
        if not self._at_work:
            self._next()
        elif not self._late.isActive():
            self._late.start()

    def gather(self, paths: Sequence[bytes], came: Callable[[list[Track]], None]) -> None:
        """Gives the tracks of files, and of the music below folders; what is no music is told in one sentence."""
        tracks: list[Track] = []
        refused: list[str] = []
        exports: list[bytes] = []

        def met(found: Track | _Other | str) -> None:
            if isinstance(found, _Other):
                exports.append(found.path)
            elif isinstance(found, str):
                refused.append(found)
            else:
                tracks.append(found)

        def over(_: object) -> None:
            if tracks:
                came(tracks)
            if refused:  # the later of two sentences is the one that is read
                self.trouble.emit(_in_one(refused))
            if exports:
                self.history_met.emit(exports)

        self._jobs.start(
            "gather",
            _gather,
            self._patience,
            tuple(paths),
            self._known,
            progressed=met,
            done=over,
            failed=self.trouble.emit,
        )

    @Slot()
    def _next(self) -> None:
        """The first that waits has its turn; what is at work still may go on beside it."""
        if not self._waiting or len(self._at_work) >= _MOST_AT_ONCE:
            return
        wish = self._waiting.pop(0)
        self._at_work.append(wish)
        self._jobs.start(
            "open",
            _work,
            self._patience,
            wish.paths,
            self._known,
            progressed=partial(self._met, wish),
            done=lambda _: self._over(wish),
            failed=partial(self._failed, wish),
        )
        if self._waiting:
            self._late.start()

    def _met(self, wish: _Opening, found: Track | _Other | str) -> None:
        if isinstance(found, str):
            wish.refused.append(found)
        elif isinstance(found, _Other):
            if found.kind is PathKind.FOLDER:
                self.folder_met.emit(found.path)
            else:
                wish.exports.append(found.path)
        elif wish.begun or wish.overtaken:
            wish.others.append(found)
        else:
            wish.begun = True
            for earlier in self._at_work[: self._at_work.index(wish)]:
                earlier.overtaken = True
            self.opened.emit(found)

    def _over(self, wish: _Opening) -> None:
        self._at_work.remove(wish)
        if wish.refused:
            self.trouble.emit(_in_one(wish.refused))
        if wish.others:
            self.followed.emit(wish.others)
        if wish.exports:
            self.history_met.emit(wish.exports)
        if not self._late.isActive():
            self._next()

    def _failed(self, wish: _Opening, sentence: str) -> None:
        wish.refused.append(sentence)
        self._over(wish)


def _in_one(refused: Sequence[str]) -> str:
    """One sentence for all that was refused of one wish: there may be hundreds, and each would hide the one before."""
    if len(refused) == 1:
        return refused[0]
    return say("{} {} could not be opened either.", refused[0], plural(len(refused) - 1, "other file"))


def _work(
    cancelled: Cancelled, patience: Patience, paths: Sequence[bytes], known: Callable[[bytes], Track | None]
) -> Generator[Track | _Other | str, None, None]:
    from app.library.outside import MOST_FILES, no_more, read_outside  # in the job: the window does not wait for it

    files = list[bytes]()
    for count, found in enumerate(_sorted(cancelled, patience, paths)):
        if count >= MOST_FILES:
            yield no_more()
            break
        if isinstance(found, bytes):
            files.append(found)
        else:
            yield found
    yield from read_outside(files, known, cancelled)


def _sorted(cancelled: Cancelled, patience: Patience, paths: Sequence[bytes]) -> Iterator[bytes | _Other | str]:
    """The paths of files that may be played, those in playlist files among them, and what is something else or nothing.

    What is nothing is a sentence.
    """
    from app.library.outside import not_opened  # in the job, as above

    longest_s = LONGEST_S
    for path in paths:
        try:
            found = patience.call(cancelled, path, partial(_found_at, path), longest_s)
            yield from found if found == [path] else _reached(cancelled, patience, found)
        except NoAnswer as error:
            longest_s = _WARNED_S
            yield not_opened(path, str(error))
        except LeftAlone:
            raise
        except SegueError as error:
            yield str(error)


def _reached(
    cancelled: Cancelled, patience: Patience, found: Sequence[bytes | _Other | str]
) -> Iterator[bytes | _Other | str]:
    """What a playlist file names, which may lie on other drives than itself: each folder is asked once."""
    from app.library.outside import not_opened  # in the job, as above

    longest_s, silent = LONGEST_S, dict[bytes, str]()
    for one in found:
        if not isinstance(one, bytes):
            yield one
            continue
        folder = os.path.dirname(one)
        if folder not in silent:
            try:
                patience.call(cancelled, one, partial(_looked_at, one), longest_s)
                silent[folder] = ""
            except NoAnswer as error:
                longest_s, silent[folder] = _WARNED_S, str(error)
        yield not_opened(one, silent[folder]) if silent[folder] else one


def _looked_at(path: bytes, _asks: Cancelled) -> bool:
    return os.path.isdir(path)


def _found_at(path: bytes, asks: Cancelled) -> Sequence[bytes | _Other | str]:
    """What one path stands for: itself, as a rule; of a playlist file, what it names.

    Raises:
        SegueError: it is called as an export or a playlist is, and is none that can be read.
    """
    from app.library.outside import is_playlist_name, named_by  # in the job, as above

    kind = kind_of(path, asks)
    if kind is not PathKind.FILE:
        return [_Other(path, kind)]
    return named_by(path) if is_playlist_name(path) else [path]


def _gather(
    cancelled: Cancelled, patience: Patience, paths: Sequence[bytes], known: Callable[[bytes], Track | None]
) -> Generator[Track | _Other | str, None, None]:
    from app.library.outside import MOST_FILES, music_below, no_more, not_opened, read_outside  # in the job, as above

    files, longest_s = list[bytes](), LONGEST_S
    for count, found in enumerate(_sorted(cancelled, patience, paths)):
        if count >= MOST_FILES or len(files) > MOST_FILES:
            yield no_more()
            break
        if isinstance(found, str) or (isinstance(found, _Other) and found.kind is PathKind.HISTORY):
            yield found
            continue
        path = found.path if isinstance(found, _Other) else found
        try:
            files += patience.call(cancelled, path, partial(music_below, [path]), longest_s)
        except NoAnswer as error:
            longest_s = _WARNED_S
            yield not_opened(path, str(error))
    else:
        if len(files) > MOST_FILES:
            yield no_more()
    yield from read_outside(files[:MOST_FILES], known, cancelled)
