"""One album: its cover, what it holds, and its tracks in the order of the record."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import AlbumKey
from app.domain.spelling import VARIOUS
from app.domain.track import Track, album_credit, album_name
from app.domain.words import plural, say
from app.ui.delegates.text import span
from app.ui.item_models.tracks import Column
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.hero import Hero
from app.ui.views.page import Page
from app.ui.views.track_table import TrackTable

_HIDDEN = frozenset({Column.ALBUM, Column.YEAR, Column.GENRE})


class AlbumPage(Page):
    """The page an album's cover leads to."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Album"), parent=parent)
        self.head.hide()
        self._key, self._artist = AlbumKey(""), ""
        self.hero = Hero(services.covers, theme)
        self.table = TrackTable(services, theme, "album", numbered=True, hidden=_HIDDEN)
        self.table.setAccessibleName(say("Tracks of the album"))
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hero)
        column.addWidget(self.table, 1)
        self.bodies([self._body])
        self._connect()

    def _connect(self) -> None:
        self.hero.play_pressed.connect(self._play)
        self.hero.shuffle_pressed.connect(self._shuffle)
        self.hero.queue_pressed.connect(self._enqueue)
        self.hero.second_pressed.connect(self._go_to_artist)
        acts = self.table.actions_of_tracks
        acts.artist_opened.connect(self.artist_opened)
        acts.album_opened.connect(self.album_opened)

    def show_album(self, key: str) -> None:
        """Shows another album."""
        if key != self._key:
            self.table.set_order(None)
            self.table.clearSelection()
            self.table.scrollToTop()
        self._key = AlbumKey(key)
        self.refresh()

    def list_of(self, body: QWidget) -> QWidget:
        return self.table if body is self._body else super().list_of(body)

    def refresh(self) -> None:
        key, library = self._key, self.services.library
        self.asking.ask(key, lambda: library.tracks(library.album_ids(key)) if key else [], self._show)

    def _show(self, tracks: list[Track]) -> None:
        if not tracks:
            self.empty.say(say("This album is not here"), say("Its files have left the library or were tagged anew."))
            self.show_body(self.empty)
            return
        self._describe(tracks)
        self.table.show_ids(track.id for track in tracks)
        self.show_body(self._body)

    def _describe(self, tracks: list[Track]) -> None:
        first, name = tracks[0], album_name(tracks)
        artists = {track.artist for track in tracks}
        self._artist = album_credit(tracks)
        years = [track.year for track in tracks if track.year]
        facts = [
            str(max(years)) if years else "",
            plural(len(tracks), "track"),
            span(sum(track.duration_ms for track in tracks)),
        ]
        self.hero.say(name, self._artist or say(VARIOUS), ", ".join(part for part in facts if part))
        self.hero.second.setEnabled(bool(self._artist))
        self.table.hide_columns(_HIDDEN | {Column.ARTIST} if artists == {self._artist} else _HIDDEN)
        cover = next((track for track in tracks if track.has_cover), first)
        self.hero.cover.show_cover(cover.id, self._key, name)
        self.setAccessibleName(say("Album {}", name))

    def _play(self) -> None:
        self.table.actions_of_tracks.play_ids(self.table.natural_ids())

    def _shuffle(self) -> None:
        self.table.actions_of_tracks.shuffle_ids(self.table.natural_ids())

    def _enqueue(self) -> None:
        self.table.actions_of_tracks.enqueue_ids(self.table.natural_ids())

    def _go_to_artist(self) -> None:
        if self._artist:
            self.artist_opened.emit(self._artist)
