"""A sentence over the foot that says what happened, with an offer to undo; it goes by itself.

One that is to be kept stays until it is closed; others stand in front of it for their time. What is said while trouble
is told waits until that has been read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.words import say
from app.ui.controls import IconButton, Sentence, TextButton
from app.ui.theme import BODY, L, M, S, Theme, scaled

_SHOWN_MS: Final = 6_000
_MOST_PX: Final = 560
_HEIGHT_PX: Final = 40


@dataclass(frozen=True, slots=True)
class _Message:
    sentence: str
    words: str = ""
    """What the button says; none without."""
    act: Callable[[], None] | None = None
    trouble: bool = False


class Toast(QFrame):
    """Shown over the centre; it stays while the pointer or the keyboard is on it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.words = Sentence(theme, BODY, "text")
        self.undo = TextButton(say("Undo"), "link")
        self._close = IconButton(theme, "close", say("Close this message"), size=24, glyph=16)
        self._shown = _Message("")
        self._kept: _Message | None = None
        self._offer: _Message | None = None
        self._next: _Message | None = None
        self._came_from: QWidget | None = None
        self._area = parent.rect()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self._over)
        self.undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self._dismiss)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        row = QHBoxLayout(self)
        row.setContentsMargins(L, 0, S, 0)
        row.setSpacing(M)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self._close)
        self.hide()

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Shows a sentence; a later one takes its place."""
        message = _Message(sentence, say("Undo"), undo)
        if undo is not None:
            self._offer = message
        self._show(message)

    def warn(self, sentence: str) -> None:
        """Shows trouble: only other trouble takes its place."""
        self._show(_Message(sentence, trouble=True))

    def take_back(self) -> None:
        """Undoes what was last said to be undoable, also when the sentence has gone."""
        offer = self._offer
        if offer is None or offer.act is None:
            self.say(say("There is nothing to take back"))
            return
        self.forget()
        self.say(say("Taken back: {}", offer.sentence))  # what is undone may say it better
        offer.act()

    def forget(self) -> None:
        """What was said last cannot be taken back any more."""
        self._offer = None

    def keep(self, sentence: str, words: str, act: Callable[[], None]) -> None:
        """Shows a sentence with a button until one of them is pressed or it is closed."""
        self._kept = _Message(sentence, words, act)
        self._show(self._kept)

    def _show(self, message: _Message) -> None:
        if self._shown.trouble and not message.trouble and self._timer.isActive():
            self._next = message if message is not self._kept else self._next
            return
        self._shown = message
        self.words.set_text(message.sentence)
        self.undo.setText(message.words)
        self.undo.setVisible(message.act is not None)
        self.setAccessibleName(message.sentence)
        self.place()
        self.show()
        self.raise_()
        if message is self._kept:
            self._timer.stop()
        else:
            self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def stand_over(self, area: QRect) -> None:
        """The part of the window it may cover."""
        self._area = area
        self.place()

    def place(self) -> None:
        """Centred at the foot of its area."""
        over = self._area
        extra = scaled(2 * L + 32 + (72 if self._shown.act else 0))
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
            self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        if self._next is not None:
            following, self._next = self._next, None
            self._show(following)
            return
        if self._kept is not None and self._shown is not self._kept:
            self._show(self._kept)
            return
        within = self.undo.hasFocus() or self._close.hasFocus()
        self.hide()
        if within and self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        own = (self.undo, self._close)
        if now in own and old not in own:
            self._came_from = old

    def _dismiss(self) -> None:
        if self._shown is self._kept:
            self._kept = None
        self._leave()

    def _take_back(self) -> None:
        act = self._shown.act
        if self._shown is self._offer:
            self.forget()
        self._dismiss()
        if act is not None:
            act()
