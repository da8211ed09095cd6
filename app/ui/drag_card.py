"""What is dragged, small beside the pointer: a title, or how many; nothing that hides where it would fall."""

from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from app.domain.words import plural
from app.ui.delegates.text import elided, line_height, metrics, paint_line
from app.ui.theme import BODY_STRONG, RADIUS_CONTROL, M, Palette, S, scaled

_WIDEST: Final = 240
_BESIDE: Final = QPoint(-M, -M)
"""From the card's corner back to the pointer."""


def drag_rows(
    view: QAbstractItemView, palette: Palette, title: str, count: int, mime: QMimeData, actions: Qt.DropAction
) -> None:
    """Drags rows of a list, to its end; ``title`` is that of the first."""
    drag = QDrag(view)
    drag.setMimeData(mime)
    drag.setPixmap(card(palette, title if count == 1 else plural(count, "track"), view.devicePixelRatioF()))
    drag.setHotSpot(_BESIDE)
    drag.exec(actions, view.defaultDropAction())


def card(palette: Palette, words: str, ratio: float) -> QPixmap:
    """Words on a small ground of their own."""
    words = elided(BODY_STRONG, words, scaled(_WIDEST))
    size = QSize(metrics(BODY_STRONG).horizontalAdvance(words) + 2 * M, line_height(BODY_STRONG) + S)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.outline), 1))
    painter.setBrush(QColor(palette.raised))
    around = QRectF(0, 0, size.width(), size.height()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(around, RADIUS_CONTROL, RADIUS_CONTROL)
    paint_line(painter, QRect(M, 0, size.width() - 2 * M + 1, size.height()), BODY_STRONG, words, palette.text)
    painter.end()
    return pixmap
