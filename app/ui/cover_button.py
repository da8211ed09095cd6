"""A cover that can be pressed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from app.ui.covers import paint_cover
from app.ui.services import Covers
from app.ui.theme import Theme


class CoverButton(QAbstractButton):
    """A cover of a fixed size that can be pressed."""

    def __init__(self, theme: Theme, covers: Covers, side: int) -> None:
        super().__init__()
        self._theme, self._covers, self._track_id, self._key, self._words = theme, covers, 0, "", ""
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        covers.cover_ready.connect(self._came)

    def show_track(self, track_id: int, key: str, words: str) -> None:
        """The picture of a track, or its tile."""
        self._track_id, self._key, self._words = track_id, key, words
        self.update()

    @property
    def pixels(self) -> int:
        """How wide the picture is on this screen."""
        return round(self.width() * self.devicePixelRatioF())

    def _came(self, track_id: int, pixels: int) -> None:
        if track_id == self._track_id:
            self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._track_id:
            picture = self._covers.pixmap(self._track_id, self.pixels)
            rect = QRectF(self.rect())
            paint_cover(QPainter(self), rect, picture, self._key, self._words, self._theme.palette)
