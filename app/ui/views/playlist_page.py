"""One playlist: its entries in the listener's order, or what a smart one finds now."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.playlist import EntryId, Playlist, PlaylistEntry, PlaylistId
from app.domain.track import Track
from app.domain.words import plural, say
from app.ui.controls import IconButton, TextButton
from app.ui.delegates.text import span
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.page import Page
from app.ui.views.playlist_actions import CONTEXT, PlaylistActions
from app.ui.views.track_actions import add_action
from app.ui.views.track_table import TrackTable

_LET_GO = 1_000


@dataclass(frozen=True, slots=True)
class Holding:
    """What is read of a list: numbers alone, as there may be a hundred thousand; a smart one has no entries."""

    playlist: Playlist
    entries: "array[int]"
    """Their ids."""
    ids: Sequence[TrackId]
    strange: Mapping[int, Track]
    """By a negative number: rows for the entries that no track matches."""
    facts: str


class PlaylistTable(TrackTable):
    """Delete takes rows out, Alt with an arrow moves them; entries without a track are grey and keep their place."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        self._entries: array[int] = array("q")
        self._strange: Mapping[int, Track] = {}
        self.playlist: Playlist | None = None
        super().__init__(services, theme, CONTEXT, fetch=self._tracks_of, parent=parent)
        self.setAccessibleName(say("Tracks of the playlist"))

    def show_holding(self, holding: Holding) -> None:
        """Shows a list; the row of an entry that no track matches stands for it under a negative number."""
        again = self.editable and self.playlist is not None and self.playlist.id == holding.playlist.id
        rows = self.selected_rows() if again else []
        chosen = {self._entries[row] for row in rows}
        self.playlist, self._entries, self._strange = holding.playlist, holding.entries, holding.strange
        self.show_ids(holding.ids)
        if rows and self._entries:
            self._choose_entries(chosen, min(rows[0], len(self._entries) - 1))

    def _choose_entries(self, chosen: set[int], instead: int) -> None:
        """Entries stay chosen, as a track may stand here twice; ``instead`` takes the place of those taken out."""
        rows = [row for row, entry in enumerate(self._entries) if entry in chosen] or [instead]
        flag = QItemSelectionModel.SelectionFlag
        if self.currentIndex().row() not in rows:
            self.selectionModel().setCurrentIndex(self.rows.index(rows[0], 0), flag.NoUpdate)
        self.selectionModel().select(self.selection_of(rows), flag.ClearAndSelect)

    def _tracks_of(self, ids: list[TrackId]) -> list[Track]:
        strange = self._strange  # in a job others may come meanwhile
        known = self._services.library.tracks([each for each in ids if each > 0])
        return [*known, *(strange[each] for each in ids if each in strange)]

    @property
    def editable(self) -> bool:
        """True where rows can be moved and taken out: a list of its own order, shown in it."""
        return self.playlist is not None and not self.playlist.smart and self.order()[0] is None

    def remove_chosen(self) -> None:
        """Takes the chosen rows out of the list."""
        rows = self.selected_rows()
        if self.editable and self.playlist is not None and rows:
            self._services.playlists.remove(self.playlist.id, [EntryId(self._entries[row]) for row in rows])

    def move_chosen(self, step: int) -> None:
        """Moves the chosen rows up or down by one."""
        rows = self.selected_rows()
        if not (self.editable and self.playlist is not None and rows):
            return
        to = rows[0] - 1 if step < 0 else rows[-1] + 2
        if 0 <= to <= len(self._entries):
            self._services.playlists.move(self.playlist.id, [EntryId(self._entries[row]) for row in rows], to)

    def more_actions(self, menu: QMenu) -> None:
        if self.playlist is not None and not self.playlist.smart:
            add_action(menu, say("Move up"), lambda: self.move_chosen(-1), enabled=self.editable)
            add_action(menu, say("Move down"), lambda: self.move_chosen(1), enabled=self.editable)
            add_action(menu, say("Remove from playlist"), self.remove_chosen, enabled=self.editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_chosen(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class PlaylistPage(Page):
    """The page a playlist's card leads to."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Playlist"), "playlists", parent)
        self._id: PlaylistId | None = None
        self.acts = PlaylistActions(services, self)
        self.table = PlaylistTable(services, theme)
        self.bodies([self.table])
        self.table.actions_of_tracks.album_opened.connect(self.album_opened)
        self.table.actions_of_tracks.artist_opened.connect(self.artist_opened)
        self.play = TextButton(say("Play"), "primary")
        self.play.clicked.connect(self._play)
        self.shuffle = TextButton(say("Shuffle"))
        self.shuffle.clicked.connect(self._shuffle)
        self.more = IconButton(theme, "more", say("More"))
        self.more.clicked.connect(self._open_menu)
        for button in (self.play, self.shuffle, self.more):
            self.head.add(button)
        services.playlists.playlists_changed.connect(self.refresh_soon)

    def show_playlist(self, key: str) -> None:
        """Shows another list."""
        wanted = PlaylistId(int(key))
        if wanted != self._id:
            self.table.set_order(None)
            self.table.clearSelection()
            self.table.scrollToTop()
        self._id = wanted
        self.refresh()

    def refresh(self) -> None:
        wanted = self._id
        self.asking.ask(wanted, lambda: _read(self.services, wanted) if wanted is not None else None, self._show)

    def _show(self, holding: Holding | None) -> None:
        playlist = holding.playlist if holding is not None else None
        for button in (self.play, self.shuffle, self.more):
            button.setVisible(playlist is not None)
        if holding is None or playlist is None:
            self.head.say(say("Playlist"))
            self.empty.say(say("This playlist was deleted"), say("Its tracks are where they were."))
            self.show_body(self.empty)
            return
        self.head.say(playlist.name, holding.facts)
        self.table.show_holding(holding)
        if holding.ids:
            self.show_body(self.table)
        elif playlist.rule is not None:
            self.empty.say(say("Nothing found"), say("No track answers “{}” now.", playlist.rule.query[:60]))
            self.show_body(self.empty)
        else:
            self.empty.say(
                say("Nothing here yet"), say("Add to playlist, in the menu of any track or album, brings tracks here.")
            )
            self.show_body(self.empty)

    def _play(self) -> None:
        self.table.play_list()

    def _shuffle(self) -> None:
        if self.table.playlist is not None:
            self.acts.play(self.table.playlist, shuffle=True)

    def _open_menu(self) -> None:
        if self.table.playlist is not None:
            menu = QMenu(self)
            self.acts.fill(menu, self.table.playlist)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _read(services: Services, playlist_id: PlaylistId) -> Holding | None:
    playlist = services.playlists.get(playlist_id)
    if playlist is None:
        return None
    if playlist.rule is not None:
        ids = services.playlists.found(playlist.rule)
        return Holding(playlist, array("q"), ids, {}, _facts(playlist, len(ids), *services.library.totals(ids)))
    entries = services.playlists.entries(playlist.id)
    length_ms, away = sum(entry.duration_ms for entry in entries), sum(entry.missing for entry in entries)
    holding = Holding(
        playlist,
        array("q", (entry.id for entry in entries)),
        [entry.track_id if entry.track_id is not None else TrackId(-entry.id) for entry in entries],
        {-entry.id: _stand_in(entry) for entry in entries if entry.track_id is None},
        _facts(playlist, len(entries), length_ms, away),
    )
    while entries:  # let go in one go, as many would keep the window waiting
        del entries[-_LET_GO:]
    return holding


def _facts(playlist: Playlist, count: int, length_ms: int, away: int) -> str:
    parts = [plural(count, "track"), span(length_ms)]
    parts += [say("{:,} not in the library", away)] if away else []
    rule = playlist.rule
    parts += [say("search: {}", rule.query)] if rule is not None and rule.query != playlist.name else []
    return ", ".join(part for part in parts if part)


def _stand_in(entry: PlaylistEntry) -> Track:
    """A row for an entry that nothing in the library matches."""
    return Track(
        id=TrackId(-entry.id),
        path=entry.location,
        title=entry.title or entry.location.rpartition(b"/")[2].decode("utf-8", "replace"),
        artist=entry.artist,
        album=entry.album,
        album_artist="",
        track_no=None,
        disc_no=None,
        year=None,
        genre="",
        duration_ms=entry.duration_ms,
        recording_key=RecordingKey(""),
        album_key=AlbumKey(""),
        has_cover=False,
        rating=None,
        added_at=0,
        missing=True,
    )
