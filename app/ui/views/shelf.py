"""A shelf: a title, the line that says its rule, and a strip of cards that ends on whole cells."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.words import say
from app.ui.controls import Line, Link
from app.ui.delegates.text import line_height
from app.ui.item_models.cards import Card, CardModel, Value
from app.ui.services import Services
from app.ui.theme import BODY, SHELF_TITLE, XL, M, S, Theme
from app.ui.views.cover_grid import CoverStrip
from app.ui.views.parts import Chevron
from app.ui.views.track_actions import TrackActions, mark_playing


class _Strip(CoverStrip):
    """A strip that says when another page is shown."""

    page_turned = Signal()

    def turned(self) -> None:
        self.page_turned.emit()


class Shelf(QWidget):
    """One shelf of a page."""

    all_wanted = Signal()

    def __init__(
        self,
        services: Services,
        theme: Theme,
        make: object,
        context: str,
        *,
        has_reason: bool = False,
        show_all: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards = CardModel(make, self)  # type: ignore[arg-type]
        self.strip = _Strip(self.cards, services.covers, theme, has_reason=has_reason)
        self.actions_of_cards = TrackActions(services, context, self)
        self._offers_all = show_all
        self._title, self._rule = Line(theme, SHELF_TITLE), Line(theme, BODY, "text2")
        self._back = Chevron(theme, say("Earlier on this shelf"), forward=False)
        self._on = Chevron(theme, say("Further on this shelf"), forward=True)
        self._all = Link(theme, BODY, "accent", say("Show all"))
        self._all.setFixedHeight(line_height(SHELF_TITLE))
        self._lay_out()
        self._connect()
        mark_playing(services.playback, self.strip)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(XL, 0, XL, 0)
        head.setSpacing(S)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._rule)
        head.addLayout(words, 1)
        for widget in (self._back, self._on, self._all):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M - 4)
        column.addLayout(head)
        column.addWidget(self.strip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self._back.clicked.connect(self._page_back)
        self._on.clicked.connect(self._page_on)
        self._all.clicked.connect(self.all_wanted)
        self.strip.page_turned.connect(self._arrows)
        self.strip.opened.connect(self.actions_of_cards.open_card)
        self.strip.play_wanted.connect(self.actions_of_cards.play_card)
        self.strip.menu_wanted.connect(self.actions_of_cards.show_card_menu)

    def show_values(self, title: str, rule: str, values: Sequence[Value]) -> None:
        """Shows a title, its rule and its cards."""
        self._title.set_text(title)
        self._rule.set_text(rule)
        self._rule.setVisible(bool(rule))
        self.strip.setAccessibleName(title)
        self.strip.setAccessibleDescription(rule)
        self.cards.set_values(values)
        self._arrows()

    def card(self, row: int) -> Card:
        """One card of the shelf."""
        return self.cards.card(row)

    def _page_back(self) -> None:
        self.strip.turn(-1)

    def _page_on(self) -> None:
        self.strip.turn(1)

    def _arrows(self) -> None:
        count, columns, first = self.cards.rowCount(), self.strip.columns(), self.strip.first()
        more = count > columns
        for widget in (self._back, self._on):
            widget.setVisible(more)
        self._all.setVisible(more and self._offers_all)
        self._back.setEnabled(first > 0)
        self._on.setEnabled(first + columns < count)
