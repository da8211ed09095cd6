"""A page that scrolls as a whole, for views made of shelves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import XL, XXL, Theme


class _Ground(QWidget):
    """What the widgets stand on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(self._theme.palette.surface))


class ScrollPage(QScrollArea):
    """A column of widgets, 32 px apart; the scroll bar stands inside the right padding."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(64)
        self._inside = _Ground(theme)
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 4, 0, XL)
        self.column.setSpacing(XXL - 4)
        self.setWidget(self._inside)
        self.horizontalScrollBar().valueChanged.connect(self._stay_left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The inside is as wide as the whole, so that the scroll bar takes no room from the covers."""
        self._inside.setMinimumWidth(self.width())
        super().resizeEvent(event)

    def _stay_left(self, value: int) -> None:
        if value:
            self.horizontalScrollBar().setValue(0)
