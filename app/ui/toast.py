"""A sentence over the foot that says what happened, with an offer to undo; it goes by itself."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.words import say
from app.ui.controls import IconButton, Sentence, TextButton
from app.ui.theme import BODY, L, M, S, Theme, scaled

_SHOWN_MS: Final = 6_000
_MOST_PX: Final = 560
_HEIGHT_PX: Final = 40


class Toast(QFrame):
    """Shown over the centre; it stays while the pointer or the keyboard is on it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.words = Sentence(theme, BODY, "text")
        self.undo = TextButton(say("Undo"), "link")
        self._close = IconButton(theme, "close", say("Close this message"), size=24, glyph=16)
        self._undo: Callable[[], None] | None = None
        self._area = parent.rect()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self._over)
        self.undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, 0, S, 0)
        row.setSpacing(M)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self._close)
        self.hide()

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Shows a sentence; a later one takes its place."""
        self._undo = undo
        self.words.set_text(sentence)
        self.undo.setVisible(undo is not None)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def stand_over(self, area: QRect) -> None:
        """The part of the window it may cover."""
        self._area = area
        self.place()

    def place(self) -> None:
        """Centred at the foot of its area."""
        over = self._area
        extra = scaled(2 * L + 32 + (72 if self._undo else 0))
        width = min(self.words.sizeHint().width() + extra, over.width() - 2 * L, scaled(_MOST_PX))
        left = over.x() + (over.width() - width) // 2
        words = self.words.height_in(width - extra)
        self.words.setFixedHeight(words)
        height = max(scaled(_HEIGHT_PX), words + 2 * S)
        self.setGeometry(left, over.y() + over.height() - height - L, width, height)
        self.raise_()

    def _over(self) -> None:
        if self.underMouse() or self.undo.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _take_back(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()
