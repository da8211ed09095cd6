"""What a search found: tracks, albums, artists; or the word, where it found nothing."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.playlist import SmartRule
from app.domain.search import SearchResults
from app.domain.text import search_form
from app.domain.words import mark, plural, say
from app.library.search import asks_closely, parse, words_alone
from app.ui.controls import Line, Link, TextButton
from app.ui.item_models.cards import album_card, artist_card
from app.ui.services import Services
from app.ui.theme import BODY, SHELF_TITLE, XL, Theme
from app.ui.views.page import Page
from app.ui.views.scroll import ScrollPage
from app.ui.views.shelf import Shelf
from app.ui.views.track_table import TrackTable

_FEW_ROWS = 6
_MOST_ROWS = 15
"""Rows of headings and tracks together, where the tracks stand under headings."""
_HELP = mark(
    "Type a part of a title, an artist or an album. Or ask more closely: artist:floyd  "
    "year:1990..1999  genre:jazz  rating:>=4  plays:0  added:<30d  -live"
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What there is where a search found nothing."""

    tracks: int
    """In the library."""
    genre: str = ""
    """One that is called so."""


class SearchResultsView(Page):
    """Results while typing. An answer to an older text is dropped."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Search"), "search", parent)
        self._text, self._request, self._all = "", -1, False
        self._genre = self._words = ""
        self._results = SearchResults("", (), (), ())
        self.page = ScrollPage(theme)
        self.table = TrackTable(services, theme, "search", groupable=True)
        self.table.setAccessibleName(say("Tracks found"))
        self.albums = Shelf(services, theme, album_card, "search", show_all=False)
        self.artists = Shelf(services, theme, artist_card, "search", show_all=False)
        self._tracks = self._track_group(theme)
        self.save = TextButton(say("Save as playlist"))
        self.save.setToolTip(say("A smart playlist: it always holds what this search finds"))
        self.save.clicked.connect(self._save)
        self.head.add(self.save)
        self.save.hide()
        for widget in (self._tracks, self.albums, self.artists):
            self.page.column.addWidget(widget)
        self.page.column.addStretch(1)
        self.bodies([self.page])
        for acts in (
            self.table.actions_of_tracks,
            self.albums.actions_of_cards,
            self.artists.actions_of_cards,
        ):
            acts.album_opened.connect(self.album_opened)
            acts.artist_opened.connect(self.artist_opened)
        for widget in (self._tracks, self.albums, self.artists):
            widget.hide()
        self.show_body(self.page)
        services.library.found.connect(self._found)
        self.table.rows.modelReset.connect(self._fit)

    def _track_group(self, theme: Theme) -> QWidget:
        group = QWidget()
        self._title, self._more = Line(theme, SHELF_TITLE, text=say("Tracks")), Link(theme, BODY, "accent")
        self._more.clicked.connect(self._toggle_all)
        head = QHBoxLayout()
        head.setContentsMargins(XL, 0, XL, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._more)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.table)
        return group

    def search(self, text: str) -> None:
        """Asks for another text; the answer is shown when it comes. The same again is still there, as it was left."""
        if text == self._text:
            return
        self._text, self._all = text, False
        if text.strip():
            self._request = self.services.library.search(text)
        else:
            self._request = -1
            self._show(SearchResults(text, (), (), ()))

    def refresh(self) -> None:
        if not self._text.strip():
            self._show(self._results)
        elif self._results.text == self._text:
            self._request = self.services.library.search(self._text)

    def _found(self, request: int, results: SearchResults) -> None:
        if request == self._request:
            self._show(results)

    def _show(self, results: SearchResults) -> None:
        self._results = results
        self.asking.forget()
        tracks, albums, artists = results.track_ids, results.albums, results.artists
        if not (tracks or albums or artists):
            self._say_nothing(results.text.strip())
            return
        words = plural(len(tracks), "track")
        words = say("the first {}", words) if results.more else words
        self.head.say(
            f"“{results.text.strip()}”",
            say("nothing; “{instead}” has {words}", instead=results.instead, words=words) if results.instead else words,
        )
        self.save.setVisible(not results.instead)
        self.table.set_order(None)
        self.table.show_ids(tracks)
        self.albums.show_values(say("Albums"), "", albums)
        self.artists.show_values(say("Artists"), "", artists)
        self._tracks.setVisible(bool(tracks))
        self._fit()
        self.show_body(self.page)

    def _say_nothing(self, word: str) -> None:
        self.head.say(say("Search"))
        self.save.hide()
        self._genre, self._words = "", words_alone(parse(word))
        if not word:
            self.empty.say(say("Search your music"), say(_HELP))
        else:
            self._say_none(word)
            self.asking.ask(word, lambda: self._look_beside(word), self._came_beside)
        self.show_body(self.empty)

    def _say_none(self, word: str) -> None:
        """Why nothing is there, and what would find something."""
        cause = say("No title, artist or album holds all of these words.")
        if asks_closely(parse(word)):
            gone = word.strip().lower() == "missing"
            cause = say("Every file is where it was.") if gone else say("No track is all of that.")
        step = say("Search all fields") if self._words else ""
        if self._genre:
            step = say("Show the genre {}", self._genre[:30])
        self.empty.say(say("Nothing for “{}”", word[:60]), cause, step)

    def _look_beside(self, word: str) -> _Beside:
        library, form = self.services.library, search_form(word)
        named = (genre.name for genre in library.genres() if form and search_form(genre.name).startswith(form))
        return _Beside(library.count(), next(named, ""))

    def _came_beside(self, found: _Beside) -> None:
        if not self.is_empty():
            return
        self._genre = found.genre
        if not found.tracks:  # nothing is found where nothing is
            self._words = ""
            self.say_empty_library()
        elif found.genre:
            self._say_none(self._results.text.strip())

    def empty_pressed(self) -> None:
        if self._genre:
            self.genre_opened.emit(self._genre)
        elif self._words:
            self.place_wanted.emit("search", self._words)
        else:
            super().empty_pressed()

    def _save(self) -> None:
        text = self._results.text.strip()
        self.services.playlists.create_smart(text, SmartRule(text))

    def _toggle_all(self) -> None:
        self._all = not self._all
        self._fit()

    def _fit(self) -> None:
        """A few rows among the groups, or the whole table alone."""
        count = len(self._results.track_ids)
        many = count > _FEW_ROWS
        self._more.setVisible(many)
        every = say("Show {:,}", count) if self._results.more else say("Show all {:,}", count)
        self._more.set_text(say("Show less") if self._all else every)
        alone = self._all and many
        self.albums.setVisible(not alone and bool(self._results.albums))
        self.artists.setVisible(not alone and bool(self._results.artists))
        header, row = self.table.horizontalHeader().height(), self.table.verticalHeader().defaultSectionSize()
        way = Qt.ScrollBarPolicy
        self.table.setVerticalScrollBarPolicy(way.ScrollBarAsNeeded if alone else way.ScrollBarAlwaysOff)
        room = max(self.page.viewport().height() - 96, 200)
        self.table.setFixedHeight(room if alone else header + self._few_rows(count) * row + 2)

    def _few_rows(self, count: int) -> int:
        """As many rows as the first tracks take, with the headings over them; none ends on a heading."""
        rows = self.table.rows
        if not rows.heads():
            return min(count, _FEW_ROWS)
        tracks = [row for row in range(min(rows.rowCount(), _MOST_ROWS)) if not rows.is_head(row)]
        return tracks[:_FEW_ROWS][-1] + 1

    def list_of(self, body: QWidget) -> QWidget:
        if body is not self.page:
            return super().list_of(body)
        if self._results.track_ids:
            return self.table
        return self.albums.strip if self._results.albums else self.artists.strip
