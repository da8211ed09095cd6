"""What stands where a list has nothing to show: the cause, and what to do next."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.controls import TextButton, words_label
from app.ui.theme import BODY, SHELF_TITLE, XXL, L, M, S, Theme

_GLYPH_PX = 48
_WIDTH_PX = 320
_LOW_PX = 280


class EmptyState(QWidget):
    """A glyph, one title, one sentence, at most one button."""

    pressed = Signal()

    def __init__(self, theme: Theme, glyph: str) -> None:
        super().__init__()
        self._theme, self._name = theme, glyph
        self._glyph = QLabel()
        self._glyph.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = words_label("", SHELF_TITLE)
        self.cause = words_label("", BODY, "text2")
        self.button = TextButton("")
        self.button.clicked.connect(self.pressed)
        inner = QVBoxLayout()
        inner.setSpacing(S)
        for label in (self.title, self.cause):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._glyph)
        inner.addWidget(self.title)
        inner.addWidget(self.cause)
        inner.addSpacing(S)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(M, XXL + L, M, M)
        column.addLayout(inner)
        column.addStretch(1)
        self.setMaximumWidth(theme.scaled(_WIDTH_PX) + 2 * M)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, title: str, cause: str, button: str = "", glyph: str = "") -> None:
        """What there is not, why, and the next step; under another glyph, where one is named."""
        if glyph and glyph != self._name:
            self._name = glyph
            self._draw()
        self.title.setText(title)
        self.cause.setText(cause)
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def resizeEvent(self, event: object) -> None:
        """In a low window the words are more than the glyph."""
        low = self.height() < self._theme.scaled(_LOW_PX)
        self._glyph.setVisible(not low)
        self._column.setContentsMargins(M, M if low else XXL + L, M, M)

    def _draw(self) -> None:
        glyph = icons.NAMES[self._name]
        self._glyph.setPixmap(icons.pixmap(glyph, self._theme.palette.text3, _GLYPH_PX, self.devicePixelRatioF()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
