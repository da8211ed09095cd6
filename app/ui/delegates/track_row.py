"""One row of a table of tracks, painted whole: ground, cover or number, and every cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.domain.rating import MOST_STARS, stars_of
from app.domain.track import Track
from app.ui import icons
from app.ui.covers import paint_cover
from app.ui.delegates.card import paint_bars
from app.ui.delegates.text import paint_line
from app.ui.item_models.tracks import RIGHT, Column, cell_text
from app.ui.theme import BODY, BODY_STRONG, HAIR, RADIUS_CONTROL, XL, Palette, S

LEAD: Final = XL
"""Width of the place before the title: cover, number, playing mark or missing mark."""
GAP: Final = S
"""Between two cells."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What is going on with a row just now."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    playing: bool = False
    stars: int = -1
    """So many stars are pointed at; -1: the pointer is elsewhere."""
    loved: bool = False
    on_heart: bool = False


STAR: Final = 16
"""Width of one of the five stars."""
HEART: Final = 24
"""Width of the place for the heart, at the end of the title."""


Span = tuple[int, int, int]
"""Column, x, width."""


def paint_ground(painter: QPainter, rect: QRect, look: RowLook, palette: Palette) -> None:
    """Hover, selection and focus of a row; ``rect`` is the whole row without the page's padding."""
    around = QRectF(rect.adjusted(-S, 0, S, 0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.selected or look.hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.selected if look.selected else palette.hover))
        painter.drawRoundedRect(around, RADIUS_CONTROL, RADIUS_CONTROL)
    if look.focused:
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)


def paint_track_row(
    painter: QPainter,
    rect: QRect,
    spans: Sequence[Span],
    track: Track | None,
    look: RowLook,
    palette: Palette,
    *,
    cover: QPixmap | None = None,
    numbered: bool = False,
) -> None:
    """Paints one row; ``spans`` tell where the cells stand."""
    paint_ground(painter, rect, look, palette)
    if track is None:
        return
    for column, x, width in spans:
        cell = QRect(x, rect.y(), width - GAP, rect.height())
        if column == Column.TITLE:
            _paint_lead(painter, QRect(x, rect.y(), LEAD, rect.height()), track, look, palette, cover, numbered)
            cell.adjust(LEAD + GAP, 0, -HEART, 0)
            _paint_heart(painter, QRect(cell.right() + 1, cell.y(), HEART, cell.height()), track, look, palette)
        elif column in RIGHT and column != spans[-1][0]:
            cell.adjust(0, 0, -GAP, 0)
        if column == Column.RATING and (look.hovered or look.selected or look.focused):
            _paint_stars(painter, cell, track, look, palette)
            continue
        _paint_cell(painter, cell, column, track, look, palette)


def _paint_cell(painter: QPainter, cell: QRect, column: int, track: Track, look: RowLook, palette: Palette) -> None:
    right = column in RIGHT
    align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    role, colour = BODY, palette.text2
    if column == Column.TITLE:
        colour = palette.text
        if look.playing:
            role = BODY_STRONG
    if track.missing:
        colour = palette.text3
    paint_line(painter, cell, role, cell_text(track, column), colour, align, tabular=right)


def _paint_stars(painter: QPainter, cell: QRect, track: Track, look: RowLook, palette: Palette) -> None:
    """Five stars to be clicked, where somebody is; a row at rest shows its number only."""
    given = look.stars if look.stars >= 0 else stars_of(track.rating)
    colour = palette.accent if look.stars >= 0 else palette.text2
    y = cell.center().y() - STAR / 2 + 1
    for number in range(MOST_STARS):
        place = QRectF(cell.x() + number * STAR, y, STAR, STAR)
        icons.paint(painter, place, "star" if number < given else "no-star", colour)


def _paint_heart(painter: QPainter, place: QRect, track: Track, look: RowLook, palette: Palette) -> None:
    """A full one where the track is loved; an empty one to be clicked where somebody is."""
    if not look.loved and (not track.in_library or not (look.hovered or look.selected or look.focused)):
        return
    full = look.loved if not look.on_heart else True
    colour = palette.accent if look.on_heart else palette.text2
    centre = place.center()
    square = QRectF(centre.x() - STAR / 2 + 0.5, centre.y() - STAR / 2 + 1, STAR, STAR)
    icons.paint(painter, square, "loved" if full else "love", colour)


def heart_at(x: int, width: int) -> bool:
    """True where a point is on the heart, by its distance from the left of a title's cell of this width."""
    return width - GAP - HEART <= x < width - GAP


def stars_at(x: int) -> int:
    """How many stars a point stands for, by its distance from the left of the cell; -1 where it is beside them."""
    return min(x // STAR + 1, MOST_STARS) if 0 <= x < MOST_STARS * STAR else -1


def _paint_lead(
    painter: QPainter,
    place: QRect,
    track: Track,
    look: RowLook,
    palette: Palette,
    cover: QPixmap | None,
    numbered: bool,
) -> None:
    side = min(place.width(), place.height() - 2 * HAIR)
    square = QRectF(place.x(), place.y() + (place.height() - side) / 2, side, side)
    if look.playing:
        paint_bars(painter, square.adjusted(5, 5, -5, -5), palette.played)
    elif track.missing:
        paint_missing(painter, square.adjusted(4, 4, -4, -4), palette)
    elif numbered:
        number = str(track.track_no) if track.track_no else ""
        paint_line(painter, place, BODY, number, palette.text2, Qt.AlignmentFlag.AlignRight, tabular=True)
    else:
        key = track.album_key or f"track:{track.id}"
        paint_cover(painter, square, cover, key, track.album or track.title, palette, 3)


def paint_missing(painter: QPainter, rect: QRectF, palette: Palette) -> None:
    """A circle with a stroke through it: the file is not there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.text3), 1.5))
    painter.drawEllipse(rect)
    inset = rect.width() * 0.15
    painter.drawLine(rect.bottomLeft() + QPointF(inset, -inset), rect.topRight() + QPointF(-inset, inset))
