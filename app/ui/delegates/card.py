"""A card: cover, title, second line, reason; on hover and focus a play circle at the cover's lower right."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QTextLayout

from app.ui.covers import paint_cover
from app.ui.delegates.text import base, elided, font, line_height, metrics, paint_line
from app.ui.item_models.cards import Card
from app.ui.theme import BODY, BODY_STRONG, CAPTION, RADIUS_COVER, Palette, S

PLAY_CIRCLE: Final = 36
RING_ROOM: Final = 4
"""Pixels around a cover that the focus ring needs."""


@dataclass(frozen=True, slots=True)
class CardShape:
    """How large a card is and which lines it has."""

    cell: int
    title_lines: int = 1
    has_reason: bool = False

    @property
    def height(self) -> int:
        """The whole card."""
        lines = line_height(BODY_STRONG) * self.title_lines + line_height(BODY)
        return self.cell + S + lines + (line_height(CAPTION) if self.has_reason else 0)

    def cover(self, rect: QRect) -> QRect:
        """The square of the cover."""
        return QRect(rect.x(), rect.y(), self.cell, self.cell)

    def play(self, rect: QRect) -> QRect:
        """The square around the play circle."""
        cover, inset = self.cover(rect), PLAY_CIRCLE + S
        return QRect(cover.right() + 1 - inset, cover.bottom() + 1 - inset, PLAY_CIRCLE, PLAY_CIRCLE)


@dataclass(frozen=True, slots=True)
class CardLook:
    """What is going on with a card just now."""

    hovered: bool = False
    on_play: bool = False
    focused: bool = False
    playing: bool = False


def paint_card(
    painter: QPainter,
    rect: QRect,
    shape: CardShape,
    card: Card,
    look: CardLook,
    cover: QPixmap | None,
    palette: Palette,
) -> None:
    """Paints one card into its rectangle."""
    square = shape.cover(rect)
    radius = shape.cell / 2 if card.round else RADIUS_COVER
    paint_cover(painter, QRectF(square), cover, card.tile_key, card.tile_words or card.title, palette, radius)
    if look.focused:
        paint_ring(painter, QRectF(square), radius, palette)
    if look.hovered or look.focused:
        paint_play_circle(painter, QRectF(shape.play(rect)), palette, pressed=look.on_play)
    _paint_caption(painter, rect, shape, card, look, palette)


def _paint_caption(
    painter: QPainter, rect: QRect, shape: CardShape, card: Card, look: CardLook, palette: Palette
) -> None:
    align = Qt.AlignmentFlag.AlignHCenter if card.round else Qt.AlignmentFlag.AlignLeft
    y, strong = rect.y() + shape.cell + S, line_height(BODY_STRONG)
    lines = title_lines(card.title, shape.cell, shape.title_lines)
    for number, line in enumerate(lines):
        where = QRect(rect.x(), y, shape.cell, strong)
        if look.playing and number == 0 and not card.round:
            paint_bars(painter, QRectF(where.x(), where.y() + 4, 10, 10), palette.played)
            where = where.adjusted(16, 0, 0, 0)
        paint_line(painter, where, BODY_STRONG, line, palette.text, align)
        y += strong
    for role, words in ((BODY, card.second), (CAPTION, card.reason)):
        height = line_height(role)
        paint_line(painter, QRect(rect.x(), y, shape.cell, height), role, words, palette.text2, align)
        y += height


def title_lines(title: str, width: int, most: int) -> tuple[str, ...]:
    """The title in one or two lines; the last ends in an ellipsis where it is cut."""
    if most == 1 or len(title) <= 12 or metrics(BODY_STRONG).horizontalAdvance(title[:200]) <= width:
        return (title,)
    return _wrapped(base(), title[:400], width)


@lru_cache(maxsize=2048)
def _wrapped(_base: str, title: str, width: int) -> tuple[str, ...]:
    layout = QTextLayout(title, font(BODY_STRONG))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    cut = line.textLength()
    first, rest = title[:cut].rstrip(), title[cut:].lstrip()
    return (first, elided(BODY_STRONG, rest, width)) if rest else (first,)


def paint_ring(painter: QPainter, rect: QRectF, radius: float, palette: Palette) -> None:
    """The focus ring: two pixels, two pixels away."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.accent), 2))
    painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
    painter.restore()


def paint_play_circle(painter: QPainter, rect: QRectF, palette: Palette, *, pressed: bool = False) -> None:
    """The round play button."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.accent_pressed if pressed else palette.accent))
    painter.drawEllipse(rect)
    painter.setBrush(QColor(palette.on_accent))
    centre, unit = rect.center(), rect.width() / 36
    corners = [QPointF(-4.5, -8), QPointF(-4.5, 8), QPointF(8.5, 0)]
    painter.drawPolygon(QPolygonF([centre + corner * unit for corner in corners]))
    painter.restore()


def paint_bars(painter: QPainter, rect: QRectF, colour: str) -> None:
    """Three bars: this is playing."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    step = rect.width() / 3
    for number, share in enumerate((0.6, 1.0, 0.4)):
        height = rect.height() * share
        painter.drawRect(QRectF(rect.x() + number * step, rect.bottom() - height, max(step - 1.5, 1), height))
    painter.restore()
