"""Playlists for the window. Reads are direct; edits are jobs, one after the other, each with its way back."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.config.settings import TrackOrder
from app.domain.clean import shown_path
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.playlist import EntryId, NewEntry, Playlist, PlaylistEdit, PlaylistEntry, PlaylistId, SmartRule
from app.domain.track import Track
from app.domain.words import plural, say
from app.qt.jobs import Cancelled, Jobs
from app.storage.browse import ORDERS
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore

Find = Callable[[SmartRule], list[TrackId]]
"""What a smart playlist holds now."""
_MOST_TOLD = 2
"""So many files that are no playlists are told of: their sentences stand in one line."""


class PlaylistService(QObject):
    """What the widgets ask about playlists."""

    playlists_changed = Signal()
    edited = Signal(object)
    """A PlaylistEdit that can be taken back."""
    made = Signal(object)
    """A Playlist that was just made."""
    told = Signal(str)
    """A sentence: what an import or an export came to."""
    trouble = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        store: PlaylistStore,
        links: PlaylistLinks,
        tracks: TrackStore,
        find: Find,
        now_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._store, self._links, self._tracks = jobs, store, links, tracks
        self._find, self._now_ms = find, now_ms
        self._waiting: deque[Callable[[], Any]] = deque()
        self._busy = False

    def all(self) -> list[Playlist]:
        """Every list, by name."""
        return self._store.all()

    def get(self, playlist_id: PlaylistId) -> Playlist | None:
        """One list."""
        return self._store.get(playlist_id)

    def entries(self, playlist_id: PlaylistId) -> list[PlaylistEntry]:
        """What stands in a list, in order."""
        return self._store.entries(playlist_id)

    def found(self, rule: SmartRule) -> list[TrackId]:
        """What a smart list holds now."""
        return self._find(rule)

    def create(self, name: str, tracks: Sequence[Track] = ()) -> None:
        """Makes a list of these tracks; ``made`` gives it."""

        def work() -> Playlist:
            playlist = self._store.create(name, now_ms=self._now_ms())
            if tracks:
                self._store.add(playlist.id, [NewEntry.of(track) for track in tracks], now_ms=self._now_ms())
            return self._store.get(playlist.id) or playlist

        self._do(work)

    def create_smart(self, name: str, rule: SmartRule) -> None:
        """Makes a list that holds what a question finds."""
        self._do(lambda: self._store.create(name, rule, now_ms=self._now_ms()))

    def rename(self, playlist_id: PlaylistId, name: str) -> None:
        """Gives a list another name."""
        self._do(lambda: self._store.rename(playlist_id, name, now_ms=self._now_ms()))

    def set_rule(self, playlist_id: PlaylistId, rule: SmartRule) -> None:
        """Changes what a smart list holds."""
        self._do(lambda: self._store.set_rule(playlist_id, rule, now_ms=self._now_ms()))

    def delete(self, playlist_id: PlaylistId) -> None:
        """Takes a list away; it can be brought back."""
        self._do(lambda: self._store.delete(playlist_id, now_ms=self._now_ms()))

    def add(self, playlist_id: PlaylistId, tracks: Sequence[Track]) -> None:
        """Puts tracks at the end of a list; there may be very many."""
        self._do(lambda: self._store.add(playlist_id, [NewEntry.of(track) for track in tracks], now_ms=self._now_ms()))

    def remove(self, playlist_id: PlaylistId, entries: Sequence[EntryId]) -> None:
        """Takes entries out of a list."""
        self._do(lambda: self._store.remove(playlist_id, entries, now_ms=self._now_ms()))

    def move(self, playlist_id: PlaylistId, entries: Sequence[EntryId], to: int) -> None:
        """Moves entries before the one at place ``to``."""
        self._do(lambda: self._store.move(playlist_id, entries, to, now_ms=self._now_ms()))

    def undo(self, edit: PlaylistEdit) -> None:
        """Takes an edit back."""
        self._do(lambda: self._store.undo(edit.id))

    def import_files(self, paths: Sequence[bytes]) -> None:
        """Makes playlists of files; ``told`` says what came of it."""
        self._do(lambda: _imported(paths, self._store, self._links, self._now_ms()))

    def export_file(self, playlist_id: PlaylistId, path: bytes) -> None:
        """Writes a list to a file, in the format its name ends with."""

        def work() -> str:
            from app.library.playlists import entries_of, export_file  # in the job: the window does not wait for it

            playlist = self._store.get(playlist_id)
            if playlist is None:
                raise SegueError(say("This playlist is not there any more."))
            if playlist.rule is not None:
                entries = [NewEntry.of(track) for track in self._tracks.get(self._find(playlist.rule))]
            else:
                entries = entries_of(playlist_id, self._store)
            count = export_file(playlist, entries, path)
            return say("Wrote {tracks} to {shown_path}", tracks=plural(count, "track"), shown_path=shown_path(path))

        self._do(work)

    def _do(self, work: Callable[[], Any]) -> None:
        self._waiting.append(work)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if self._waiting:
            self._jobs.start("playlist", _run, self._waiting.popleft(), done=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, result: object) -> None:
        self.playlists_changed.emit()
        if isinstance(result, PlaylistEdit):
            self.edited.emit(result)
        elif isinstance(result, Playlist):
            self.made.emit(result)
        elif isinstance(result, str):
            self.told.emit(result)
        self._next()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.trouble.emit(sentence)
        self._next()


def _run(_cancelled: Cancelled, work: Callable[[], Any]) -> object:
    return work()


def found_by(search: SearchStore, rule: SmartRule, now_ms: int) -> list[TrackId]:
    """What the question of a smart playlist finds, in its order."""
    from app.library.search import parse

    known: TrackOrder = next((order for order in ORDERS if order == rule.order), "artist")
    return search.ids(parse(rule.query, now_ms), known, descending=rule.descending, limit=rule.limit)


def _imported(paths: Sequence[bytes], store: PlaylistStore, links: PlaylistLinks, now_ms: int) -> str:
    from app.library.playlist_files.entries import MAX_ENTRIES  # in the job: the window does not wait for it
    from app.library.playlists import Matcher, import_file

    matcher, words, refused = Matcher(links.library()), list[str](), list[str]()
    new = matched = total = 0
    for number, path in enumerate(paths):
        if total >= MAX_ENTRIES:
            left = plural(len(paths) - number, "playlist was left out", "playlists were left out")
            refused.append(say("{}: more than {:,} entries are not taken at once.", left, MAX_ENTRIES))
            break
        try:
            report = import_file(path, store, links, now_ms=now_ms, matcher=matcher)
        except SegueError as error:
            refused.append(str(error))
            continue
        words.append(f"{report.playlist.name[:60]}: {'imported' if report.new else 'was here already'}")
        new, matched, total = new + report.new, matched + report.matched, total + report.total
    if not words:
        raise SegueError(" ".join(refused[:_MOST_TOLD]))
    came = say(
        "{word}, {matched:,} of {entrys} found in the library",
        word=words[0] if len(words) == 1 else plural(new, "new playlist"),
        matched=matched,
        entrys=plural(total, "entry", "entries"),
    )
    return ". ".join([came, " ".join(refused[:_MOST_TOLD])]) if refused else came
