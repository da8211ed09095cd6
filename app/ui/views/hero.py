"""The head of an album or an artist: a large cover, the name, what it holds, and what to do with it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.words import say
from app.ui.controls import Line, Link, TextButton
from app.ui.covers import paint_cover
from app.ui.services import Covers
from app.ui.theme import BODY, COVER_ALBUM, HERO, RADIUS_COVER, XL, L, M, S, Theme


class CoverBox(QWidget):
    """One cover, square or round."""

    def __init__(self, covers: Covers, theme: Theme, side: int, *, round_: bool = False) -> None:
        super().__init__()
        self._covers, self._theme, self._round = covers, theme, round_
        self._track_id, self._key, self._words = -1, "", ""
        self.setFixedSize(QSize(side, side))
        covers.cover_ready.connect(self._arrived)
        theme.changed.connect(self.update)

    def show_cover(self, track_id: int, key: str, words: str) -> None:
        """Shows the cover of a track, or the tile of a key."""
        self._track_id, self._key, self._words = track_id, key, words
        self.setAccessibleName(say("Cover of {}", words))
        self.update()

    def _pixels(self) -> int:
        return round(self.width() * self.devicePixelRatioF())

    def _arrived(self, track_id: int, pixels: int) -> None:
        if track_id == self._track_id and pixels == self._pixels():
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        cover = self._covers.pixmap(self._track_id, self._pixels()) if self._track_id >= 0 else None
        radius = self.width() / 2 if self._round else RADIUS_COVER
        rect = QRectF(self.rect())
        paint_cover(QPainter(self), rect, cover, self._key, self._words, self._theme.palette, radius)


class Hero(QWidget):
    """Cover at the left; name, second line, facts and buttons beside it."""

    play_pressed = Signal()
    shuffle_pressed = Signal()
    queue_pressed = Signal()
    second_pressed = Signal()

    def __init__(
        self, covers: Covers, theme: Theme, side: int = COVER_ALBUM, *, round_: bool = False, second: bool = True
    ) -> None:
        super().__init__()
        self.cover = CoverBox(covers, theme, side, round_=round_)
        self.title, self.facts = Line(theme, HERO), Line(theme, BODY, "text2")
        self.second = Link(theme, BODY, "accent")
        self.second.clicked.connect(self.second_pressed)
        words = QVBoxLayout()
        words.setSpacing(S)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.facts)
        words.addSpacing(S)
        words.addLayout(self._buttons())
        words.addStretch(1 if round_ else 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(XL, XL, XL, L)
        row.setSpacing(XL)
        row.addWidget(self.cover)
        row.addLayout(words, 1)
        self.second.setVisible(second)  # not before: alone it would open as a window

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(S)
        self.buttons: Sequence[TextButton] = (
            TextButton(say("Play"), "primary"),
            TextButton(say("Shuffle")),
            TextButton(say("Add to queue")),
        )
        for button, signal in zip(
            self.buttons, (self.play_pressed, self.shuffle_pressed, self.queue_pressed), strict=True
        ):
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.setContentsMargins(0, 0, 0, M if self.cover.width() > 150 else 0)
        return buttons

    def say(self, title: str, second: str, facts: str) -> None:
        """The words beside the cover."""
        self.title.set_text(title)
        self.second.set_text(second)
        self.facts.set_text(facts)
