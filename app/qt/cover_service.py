"""Covers for the window: small squares, found and decoded off the GUI thread, newest request first.

Where at least half of an album's tracks hold a picture, the album has one; else each track has its own, or that of its
folder. A job works while there are requests and ends when there have been none for a while; what it found comes back as
its progress.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from app.domain.errors import SegueError
from app.domain.track import Track
from app.qt.cover_owners import CoverOwners
from app.qt.jobs import Cancelled, Jobs
from app.qt.thumbnails import ThumbnailFiles, square
from app.storage.tracks import TrackStore

Key = tuple[str, int]

_MEMORY_BYTES = 96 * 1024 * 1024
_MAX_WAITING = 400
_MOST_TOLD = 400
_TOLD_AT_ONCE = 20
_MAX_KEYS = 50_000
_MAX_PIXELS = 2_048
_IDLE_S = 3.0
_LOOK_UP_S = 0.1
_BYTES_A_PIXEL = 4

if TYPE_CHECKING:
    from app.library.artwork import PictureSource
    from app.library.cage import TagCage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Request:
    key: Key
    track: Track
    pixels: int


@dataclass(frozen=True, slots=True)
class _Found:
    request: _Request
    image: QImage | None
    file: Path | None = None
    """Where the thumbnail is kept."""


class _Line:
    """Requests in line, the newest first, shared by the window and the job."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Key, _Request] = OrderedDict()
        self._changed = threading.Condition()

    def put(self, request: _Request) -> _Request | None:
        """Puts a request in front, and gives back the oldest one when that falls off the end."""
        with self._changed:
            self._waiting[request.key] = request
            self._changed.notify()
            return self._waiting.popitem(last=False)[1] if len(self._waiting) > _MAX_WAITING else None

    def again(self, key: Key) -> None:
        """Brings a request to the front, if it is still in line."""
        with self._changed:
            if key in self._waiting:
                self._waiting.move_to_end(key)

    def take(self, cancelled: Cancelled) -> _Request | None:
        """The newest request; ``None`` when there was none for a while, or the job is to end."""
        waited_s = 0.0
        with self._changed:
            while not self._waiting and waited_s < _IDLE_S and not cancelled():
                self._changed.wait(_LOOK_UP_S)
                waited_s += _LOOK_UP_S
            return self._waiting.popitem()[1] if self._waiting and not cancelled() else None

    def clear(self) -> None:
        """Forgets every request."""
        with self._changed:
            self._waiting.clear()

    def __len__(self) -> int:
        with self._changed:
            return len(self._waiting)


class CoverService(QObject):
    """Gives a cover at once when it is in memory, else fetches it and says when it is there."""

    cover_ready = Signal(int, int)
    """Track id and pixels of a request that has got its picture."""

    def __init__(self, jobs: Jobs, track_store: TrackStore, cache_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._owners = CoverOwners(jobs, track_store, self)
        self._owners.came.connect(self._owners_came)
        self._shown: dict[int, dict[int, Key | None]] = {}
        """Of tracks whose owners are looked up: what is shown of each in which size meanwhile."""
        self._files = ThumbnailFiles(cache_folder)
        self._line = _Line()
        self._working = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # not in the midst of the paint that asks
        self._soon.timeout.connect(self._work_on)
        self._to_tell: list[tuple[int, int]] = []
        self._telling = QTimer(self, interval=0)
        self._telling.timeout.connect(self._tell_some)
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._thumbnails: dict[Key, Path] = {}
        self._bytes = 0
        # Whose picture was asked for, and which tracks have none.
        self._asked: dict[Key, set[int]] = {}
        self._none: set[tuple[int, int]] = set()

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None:
        """A square of that many device pixels, or ``None`` while it is on its way or when there is none."""
        pixels = min(max(pixels, 1), _MAX_PIXELS)
        if (track_id, pixels) in self._none:
            return None
        owner, is_so = self._owners.of(track_id)
        key = (owner[0], pixels) if owner is not None else None
        known = self._pixmaps.get(key) if key is not None else None
        if key is not None and known is not None:
            self._pixmaps.move_to_end(key)
        if not is_so:
            self._shown.setdefault(track_id, {})[pixels] = key if known is not None else None
        elif owner is not None and known is None:
            self._ask(_Request((owner[0], pixels), owner[1], pixels), track_id)
        return known

    @Slot(list)
    def _owners_came(self, track_ids: list[int]) -> None:
        """Who shows another picture than that now is told, or its picture is fetched."""
        for track_id in track_ids:
            owner, _ = self._owners.of(track_id)
            for pixels, shown in self._shown.pop(track_id, {}).items():
                key = (owner[0], pixels) if owner is not None else None
                if owner is not None and key not in self._pixmaps:
                    self._ask(_Request((owner[0], pixels), owner[1], pixels), track_id)
                elif key != shown:
                    self._to_tell.append((track_id, pixels))
        if self._to_tell:
            self._telling.start()

    def file(self, track_id: int, pixels: int) -> Path | None:
        """The file of a square that many pixels wide, ``None`` while it is on its way or when there is none."""
        if self.pixmap(track_id, pixels) is None:
            return None
        owner, _ = self._owners.of(track_id)
        return self._thumbnails.get((owner[0], pixels)) if owner is not None else None

    @Slot()
    def library_changed(self) -> None:
        """Tracks may have other pictures now: what had none is looked for again, at once where it is on screen."""
        self._owners.library_changed()
        self._to_tell = list(self._none.union(self._to_tell))[:_MOST_TOLD]
        self._none.clear()
        if self._to_tell:
            self._telling.start()

    @Slot()
    def _tell_some(self) -> None:
        """A few a turn: every view listens, and at the end of a scan they have enough to do."""
        some, self._to_tell = self._to_tell[:_TOLD_AT_ONCE], self._to_tell[_TOLD_AT_ONCE:]
        for track_id, pixels in some:
            self.cover_ready.emit(track_id, pixels)
        if not self._to_tell:
            self._telling.stop()

    def _ask(self, request: _Request, track_id: int) -> None:
        # One request for all who show the same picture.
        if (waiting := self._asked.get(request.key)) is not None:
            waiting.add(track_id)
            self._line.again(request.key)
            return
        self._asked[request.key] = {track_id}
        dropped = self._line.put(request)
        if dropped is not None:
            self._asked.pop(dropped.key, None)
        self._soon.start()

    def _work_on(self) -> None:
        if not self._working and len(self._line):
            self._working = True
            self._jobs.start(
                "covers",
                _work,
                self._line,
                self._files,
                progressed=self._on_found,
                done=self._on_idle,
                failed=self._on_failed,
            )

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        request = found.request
        waiting = self._asked.pop(request.key, set())
        if found.image is None:
            self._none.update((track_id, request.pixels) for track_id in waiting)
            return
        if found.file is not None:
            if len(self._thumbnails) >= _MAX_KEYS:
                self._thumbnails.clear()
            self._thumbnails[request.key] = found.file
        self._keep(request.key, QPixmap.fromImage(found.image))
        for track_id in waiting:
            self.cover_ready.emit(track_id, request.pixels)

    @Slot(object)
    def _on_idle(self, _result: object) -> None:
        self._working = False
        self._work_on()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        """A bug, logged where it happened: those who wait get no picture, rather than the same bug again and again."""
        log.warning("Covers stopped: %s", sentence)
        for (_, pixels), waiting in self._asked.items():
            self._none.update((track_id, pixels) for track_id in waiting)
        self._asked.clear()
        self._line.clear()
        self._working = False

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        if key in self._pixmaps:
            return
        self._pixmaps[key] = pixmap
        self._bytes += _bytes_of(pixmap)
        while self._bytes > _MEMORY_BYTES and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._bytes -= _bytes_of(oldest)


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _BYTES_A_PIXEL


def _work(cancelled: Cancelled, line: _Line, files: ThumbnailFiles) -> Generator[_Found, None, None]:
    from app.library.cage import TagCage  # in the job, like the others below: the window does not wait for it

    with TagCage() as cage:
        while (request := line.take(cancelled)) is not None:
            yield _thumbnail(request, files, cage)


def _thumbnail(request: _Request, files: ThumbnailFiles, cage: "TagCage") -> _Found:
    from app.library.artwork import sources

    for source in sources(request.track.file, request.track.has_cover):
        image = files.load(source.key, request.pixels)
        if image is None and (image := square(_bytes(source, cage), request.pixels)) is not None:
            files.save(source.key, request.pixels, image)
        if image is not None:
            return _Found(request, image, files.path(source.key, request.pixels))
    return _Found(request, None)


def _bytes(source: "PictureSource", cage: "TagCage") -> bytes:
    from app.library.artwork import load

    try:
        return load(source, cage)
    except SegueError:
        log.warning("A picture could not be read", exc_info=True)
        return b""
