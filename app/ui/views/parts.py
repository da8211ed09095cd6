"""The small parts of the views: page arrows, tooltips of cut text."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.controls import Line, plain_tip
from app.ui.delegates.text import Role, elided
from app.ui.theme import RADIUS_CONTROL, Theme

CHEVRON: Final = 24
KEYBOARD_REASONS: Final = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class Chevron(QAbstractButton):
    """A page arrow of a shelf."""

    def __init__(self, theme: Theme, words: str, *, forward: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._forward = theme, forward
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(theme.scaled(CHEVRON), theme.scaled(CHEVRON))
        self.setAccessibleName(words)
        self.setToolTip(words)
        theme.changed.connect(self.update)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        grown = self.width() / CHEVRON
        pen = QPen(QColor(palette.text2 if self.isEnabled() else palette.line), 2 * grown)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        centre, side, half = QRectF(self.rect()).center(), 2.5 if self._forward else -2.5, 5
        corners = [QPointF(-side, -half) * grown, QPointF(side, 0) * grown, QPointF(-side, half) * grown]
        painter.drawPolyline(QPolygonF([centre + corner for corner in corners]))


def as_wide_as_words(line: Line) -> Line:
    """A line that takes no more room than its words and gives way where there is less."""
    line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return line


def cut_tooltip(role: Role, words: str, width: int) -> str:
    """The whole text as a tooltip where a cell cuts it, else nothing."""
    return "" if elided(role, words, width) == words else plain_tip(words)
