"""One artist: their albums as covers, and their tracks."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import TrackId
from app.domain.track import Album
from app.domain.words import plural, say
from app.ui.delegates.text import span
from app.ui.item_models.cards import album_with_year
from app.ui.services import Library, Services
from app.ui.theme import L, Theme
from app.ui.views.hero import Hero
from app.ui.views.page import Page
from app.ui.views.shelf import Shelf
from app.ui.views.track_table import TrackTable

_CIRCLE = 112
_LOOKED_AT = 500
"""So many tracks are looked at for a picture."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is read of an artist; without a cover where there is no track."""

    name: str
    """As most tracks spell it."""
    ids: list[TrackId]
    albums: list[Album]
    length_ms: int
    cover_id: TrackId | None


class ArtistPage(Page):
    """The page an artist's name leads to."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Artist"), parent=parent)
        self.head.hide()
        self._name = ""
        self.hero = Hero(services.covers, theme, _CIRCLE, round_=True, second=False)
        self.albums = Shelf(services, theme, album_with_year, "artist", show_all=False)
        self.table = TrackTable(services, theme, "artist")
        self.table.setAccessibleName(say("Tracks of the artist"))
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hero)
        column.addWidget(self.albums)
        column.addSpacing(L)
        column.addWidget(self.table, 1)
        self.bodies([self._body])
        self._connect()

    def _connect(self) -> None:
        self.hero.play_pressed.connect(self._play)
        self.hero.shuffle_pressed.connect(self._shuffle)
        self.hero.queue_pressed.connect(self._enqueue)
        for acts in (self.albums.actions_of_cards, self.table.actions_of_tracks):
            acts.album_opened.connect(self.album_opened)
            acts.artist_opened.connect(self.artist_opened)

    def show_artist(self, name: str) -> None:
        """Shows another artist."""
        if name != self._name:
            self.table.set_order(None)
            self.table.clearSelection()
            self.table.scrollToTop()
        self._name = name
        self.refresh()

    def list_of(self, body: QWidget) -> QWidget:
        return self.table if body is self._body else super().list_of(body)

    def refresh(self) -> None:
        name = self._name
        self.asking.ask(name, lambda: _read(self.services.library, name), self._show)

    def _show(self, found: _Found) -> None:
        ids, albums = found.ids, found.albums
        if found.cover_id is None:
            self.empty.say(
                say("This artist is not here"), say("Their files have left the library or were tagged anew.")
            )
            self.show_body(self.empty)
            return
        facts = [
            plural(len(albums), "album") if albums else "",
            plural(len(ids), "track"),
            span(found.length_ms),
        ]
        self.hero.say(found.name, "", ", ".join(part for part in facts if part))
        self.hero.cover.show_cover(found.cover_id, found.name, found.name)
        self.albums.setVisible(bool(albums))
        self.albums.show_values(say("Albums"), "", albums)
        self.table.show_ids(ids)
        self.setAccessibleName(say("Artist {}", found.name))
        self.show_body(self._body)

    def _play(self) -> None:
        self.table.play_list()

    def _shuffle(self) -> None:
        self.table.actions_of_tracks.shuffle_ids(self.table.natural_ids())

    def _enqueue(self) -> None:
        self.table.actions_of_tracks.enqueue_ids(self.table.natural_ids())


def _read(library: Library, name: str) -> _Found:
    ids = library.artist_ids(name) if name else []
    first = library.tracks(ids[:_LOOKED_AT])
    cover = next((track for track in first if track.has_cover), first[0] if first else None)
    length_ms, _ = library.totals(ids)
    shown = library.artist_name(name) if ids else name
    return _Found(shown, ids, library.albums_of_artist(name), length_ms, cover.id if cover is not None else None)
