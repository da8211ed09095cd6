"""The library for the window: folders, scans, lists, search. Scans, searches and long readings are jobs.

The lists may be asked from any thread; what may be long, a view asks in a job, by :meth:`LibraryService.read`.
"""

import logging
import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.scan import RefusedFile, ScanProgress, ScanReport, Volume
from app.domain.track import Album, Named, Track
from app.qt import library_jobs
from app.qt.jobs import Job, Jobs
from app.qt.music_folders import MusicFolders
from app.qt.ratings import Ratings
from app.storage.browse import BrowseStore
from app.storage.roots import RootStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.domain.search import SearchResults

_CHANGED_EVERY_S = 2.5
_MAX_TROUBLES = 3

log = logging.getLogger(__name__)


class LibraryService(Ratings):
    """What the widgets ask about the library."""

    scan_started = Signal()
    scan_progressed = Signal(object)
    """A ScanProgress, about ten times a second."""
    scan_finished = Signal(object)
    """A ScanReport; also after trouble, with the trouble in it."""
    tracks_changed = Signal()
    folders_changed = Signal()
    found = Signal(int, object)
    """The number that ``search`` gave, and the SearchResults."""
    tracks_removed = Signal(list)
    """Ids that left the library; ``restore_tracks`` takes them back."""
    folder_left = Signal(bytes, object)
    """A folder was taken out, and when, in ms; ``add_folder`` with both brings it back."""
    trouble = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        track_store: TrackStore,
        browse_store: BrowseStore,
        root_store: RootStore,
        search_store: SearchStore,
        min_length_s: Callable[[], int],
        now_ms: Callable[[], int],
        language: Callable[[], str] = lambda: "en",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._jobs, self._tracks, self._browse, self._roots = jobs, track_store, browse_store, root_store
        self._finder, self._min_length_s, self._now_ms = search_store, min_length_s, now_ms
        self._music = MusicFolders(jobs, root_store, now_ms, self)
        self._music.changed.connect(self.folders_changed)
        self._watch: Job | None = None
        self._watched: list[bytes] = []
        self._changed_folders: set[bytes] = set()
        self._scan: Job | None = None
        self._scan_next: list[bytes] = []
        self._stops = 0
        """How often the scan was stopped."""
        self._removed: list[tuple[bytes, Volume]] = []
        self._to_restore: list[tuple[bytes, int]] = []
        self._changed_at_s = 0.0
        self._search: Job | None = None
        self._search_next: str | None = None
        self._search_number = 0
        self._searching_number = 0

    # Folders and scans

    def folders(self) -> list[bytes]:
        """The music folders, oldest first."""
        return self._music.all()

    @Slot(bytes)
    def add_folder(self, path: bytes, since_ms: int = 0) -> None:
        """Adds a music folder, with what was removed below it since then, and scans it unless it is stopped before."""
        path, stops = os.path.abspath(path), self._stops

        def added() -> None:
            if stops == self._stops:
                self._to_restore.append((path, since_ms))
                self._begin([path])
                return
            self._edit_tracks(lambda: self._tracks.restore_below(path, since_ms), lambda: None)
            if self._scan is None:
                self._scan_over(ScanReport(cancelled=True))

        self._music.add(path, added, self._on_not_added)

    @Slot(bytes)
    def remove_folder(self, path: bytes) -> None:
        """Takes a folder out of the library: its tracks are no longer shown; their plays and ids are kept.

        With its drive unplugged, its tracks go on with their copies in other folders: it was replaced.
        """
        path = os.path.abspath(path)

        def left(drive: Volume) -> None:
            if self._scan is not None:  # it may be saving tracks of this folder right now
                self._removed.append((path, drive))
                self._scan_next = self._roots.all()
                self._scan.cancel()
            self.folder_left.emit(path, self._now_ms())
            self._hide(path, drive)

        self._music.leave(path, left, self.trouble.emit)

    def finish_leaving(self) -> None:
        """Goes on with folders whose tracks were not all out of sight when Segue ended."""
        for path in self._roots.leaving():
            self._hide(path, self._roots.volume(path))

    def _hide(self, path: bytes, drive: Volume) -> None:
        self._jobs.start(
            "tracks",
            library_jobs.leave,
            path,
            drive,
            self._tracks,
            self._roots,
            self._now_ms(),
            progressed=lambda _count: self._tell_of_change(),
            done=lambda _nothing: self.tracks_changed.emit(),
            failed=self.trouble.emit,
        )

    def remove_tracks(self, ids: Sequence[TrackId]) -> None:
        """Takes tracks out of the library; their files and their plays stay, and it can be taken back."""
        self._edit_tracks(lambda: self._tracks.remove(ids, self._now_ms()), lambda: self.tracks_removed.emit(list(ids)))

    def restore_tracks(self, ids: Sequence[TrackId]) -> None:
        """Takes removed tracks back into the library."""
        self._edit_tracks(lambda: self._tracks.restore(ids), lambda: None)

    def _edit_tracks(self, work: Callable[[], None], then: Callable[[], None]) -> None:
        def done(_nothing: object) -> None:
            self.tracks_changed.emit()
            then()

        self._jobs.start("tracks", lambda _cancelled: work(), done=done, failed=self.trouble.emit)

    @Slot()
    def rescan(self) -> None:
        """Looks at every folder again."""
        if folders := self._roots.all():
            self._begin(folders)

    @Slot()
    def cancel_scan(self) -> None:
        """Stops the scan, also of folders that are just being added; what was read stays."""
        self._stops += 1
        self._scan_next.clear()
        if self._scan is not None:
            self._scan.cancel()

    @property
    def scanning(self) -> bool:
        """True from where a scan is asked for to its report."""
        return self._scan is not None or self._music.any_comes

    def refused(self) -> list[RefusedFile]:
        """Files that are no tracks, with their reasons."""
        return self._roots.refused()

    # Lists

    def read(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[], None]) -> None:
        """Does ``work``, which reads, in a job; ``done`` is given its answer in the window's thread."""

        def said(sentence: str) -> None:
            self.trouble.emit(sentence)
            failed()

        self._jobs.start("read", lambda _cancelled: work(), done=done, failed=said)

    def ids(self, order: TrackOrder = "artist", descending: bool = False, limit: int = -1) -> list[TrackId]:
        """Every track in an order, or the first ones, which need not be asked in a job."""
        return self._browse.ids(order, descending=descending, limit=limit)

    def by_album(self, ids: Sequence[TrackId] | None = None) -> list[tuple[TrackId, AlbumKey]]:
        """Tracks, or all, with their album, in the order of the records."""
        return self._browse.by_album(ids)

    def tracks(self, ids: Sequence[TrackId]) -> list[Track]:
        """The tracks of these ids."""
        return self._tracks.get(ids)

    def count(self) -> int:
        """How many tracks there are."""
        return self._tracks.count()

    def albums(self) -> list[Album]:
        """Every album."""
        return self._browse.albums()

    def album_ids(self, key: AlbumKey) -> list[TrackId]:
        """An album's tracks."""
        return self._browse.album_ids(key)

    def artists(self) -> list[Named]:
        """Every artist."""
        return self._browse.artists()

    def artist_ids(self, name: str) -> list[TrackId]:
        """An artist's tracks."""
        return self._browse.artist_ids(name)

    def artist_name(self, name: str) -> str:
        """The spelling that is shown of an artist's name."""
        return self._browse.artist_name(name)

    def albums_of_artist(self, name: str) -> list[Album]:
        """An artist's albums."""
        return self._browse.albums_of_artist(name)

    def genres(self) -> list[Named]:
        """Every genre."""
        return self._browse.genres()

    def genre_ids(self, name: str) -> list[TrackId]:
        """A genre's tracks."""
        return self._browse.genre_ids(name)

    def totals(self, ids: Sequence[TrackId]) -> tuple[int, int]:
        """How long tracks are together, in ms, and how many of them are missing."""
        return self._browse.totals(ids)

    def newest_albums(self, limit: int) -> list[Album]:
        """The albums that came last."""
        return self._browse.newest_albums(limit)

    # Search

    def search(self, text: str) -> int:
        """Asks for what holds every word of ``text``; the answer comes as ``found`` with the number given here.

        One search runs at a time; of those asked for meanwhile only the last is answered.
        """
        self._search_number += 1
        self._search_next = text
        if self._search is None:
            self._next_search()
        return self._search_number

    def _next_search(self) -> None:
        text, self._search_next = self._search_next, None
        if text is None:
            return
        self._searching_number = self._search_number
        self._search = self._jobs.start(
            "search", library_jobs.find, self._finder, text, done=self._on_found, failed=self._on_search_failed
        )

    @Slot(object)
    def _on_found(self, results: "SearchResults") -> None:
        self._search = None
        self.found.emit(self._searching_number, results)
        self._next_search()

    @Slot(str)
    def _on_search_failed(self, sentence: str) -> None:
        self._search = None
        self.trouble.emit(sentence)
        self._next_search()

    # The scan job

    def _begin(self, folders: list[bytes], only: set[bytes] | None = None) -> None:
        if self._scan is not None:
            self._scan_next = list(dict.fromkeys([*self._scan_next, *folders]))
            return
        self._changed_at_s = time.monotonic()
        to_restore, self._to_restore = self._to_restore, []
        self._scan = self._jobs.start(
            "scan",
            library_jobs.scan,
            folders,
            self._tracks,
            self._min_length_s(),
            self._now_ms(),
            only,
            to_restore,
            self._language(),
            progressed=self._on_progress,
            done=self._on_scanned,
            failed=self._on_scan_failed,
        )
        self.scan_started.emit()

    @Slot(object)
    def _on_progress(self, progress: ScanProgress) -> None:
        self.scan_progressed.emit(progress)
        if progress.total:
            self._tell_of_change()

    def _tell_of_change(self) -> None:
        if time.monotonic() - self._changed_at_s >= _CHANGED_EVERY_S:
            self._changed_at_s = time.monotonic()
            self.tracks_changed.emit()

    @Slot(object)
    def _on_scanned(self, report: ScanReport) -> None:
        for sentence in report.troubles[:_MAX_TROUBLES]:
            self.trouble.emit(sentence)
        self._scan_over(report)

    @Slot(str)
    def _on_scan_failed(self, sentence: str) -> None:
        self.trouble.emit(sentence)
        self._scan_over(ScanReport(troubles=[sentence], cancelled=True))

    def _on_not_added(self, sentence: str) -> None:
        self.trouble.emit(sentence)
        if not self.scanning:
            self.scan_finished.emit(ScanReport(troubles=[sentence], cancelled=True))

    def _scan_over(self, report: ScanReport) -> None:
        self._scan = None
        removed, self._removed = self._removed, []
        for path, drive in removed:
            self._hide(path, drive)
        if report.changed:
            self.tracks_changed.emit()
        self.scan_finished.emit(report)
        folders, self._scan_next = self._scan_next, []
        if folders:
            self._begin(folders)
        elif self._changed_folders:
            self._scan_changed()
        self.watch()

    # The watch

    def watch(self) -> None:
        """Looks for changes in the music folders from now on; after folders came or went, in those there are now."""
        folders = self._roots.all()
        if self._watch is not None and self._watched == folders:
            return
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        self._watched = folders
        if folders:
            self._watch = self._jobs.start("watch", library_jobs.watch, folders, progressed=self._on_change)

    @Slot(object)
    def _on_change(self, what: set[bytes] | str) -> None:
        if isinstance(what, str):
            self.trouble.emit(what)
        elif what:
            self._changed_folders |= what
            if self._scan is None:
                self._scan_changed()

    def _scan_changed(self) -> None:
        only, self._changed_folders = self._changed_folders, set()
        if folders := self._roots.all():
            self._begin(folders, only)
