"""A row of the queue, painted whole: cover or playing mark, title, artist, length."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.domain.queue import QueueEntry
from app.domain.track import Track
from app.domain.words import say
from app.ui.covers import paint_cover
from app.ui.delegates.card import paint_bars
from app.ui.delegates.suggestion_row import paint_ground
from app.ui.delegates.text import clock, line_height, metrics, paint_line
from app.ui.delegates.track_row import paint_missing
from app.ui.theme import BODY, BODY_STRONG, CAPTION, COVER_ROW, QUEUE_ROW, XS, M, Palette, S

_MARK_PX = 14
_CHIP = (48, 18)


def row_height() -> int:
    """52, or more where the system's text is larger."""
    return max(QUEUE_ROW, line_height(BODY_STRONG) + line_height(BODY) + 2 * S)


def paint_entry(
    painter: QPainter,
    rect: QRect,
    entry: QueueEntry,
    cover: QPixmap | None,
    palette: Palette,
    *,
    playing: bool,
    played: bool,
    selected: bool,
    hovered: bool,
    ring: bool,
    over_why: bool = False,
    lane: bool = False,
) -> None:
    """Paints one row; what has been played is quiet, what plays has the three bars. A row of the lane is quiet too."""
    track = entry.track
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, rect, palette, selected=selected, hovered=hovered, ring=ring)
    square = QRectF(rect.x() + S, rect.y() + (rect.height() - COVER_ROW) / 2, COVER_ROW, COVER_ROW)
    paint_cover(painter, square, cover, track.album_key or f"track:{track.id}", track.album or track.title, palette)
    if track.missing:
        painter.fillRect(square, QColor(palette.surface))
        paint_missing(painter, square.adjusted(8, 8, -8, -8), palette)
    elif playing:
        _paint_mark(painter, square, palette)
    length, wide = clock(track.duration_ms), _length_width(track)
    title, artist = _lines(rect, track)
    quiet = played or track.missing or lane
    ink = palette.text2 if quiet else palette.text
    paint_line(painter, title, BODY if quiet else BODY_STRONG, track.title, ink)
    if entry.suggested:
        chip = chip_rect(rect, track)
        artist.setRight(chip.left() - S)
        _paint_chip(painter, chip, palette, over=over_why)
    paint_line(painter, artist, BODY, track.shown_artist, palette.text2)
    right = QRect(rect.right() - S - wide, rect.y(), wide, rect.height())
    paint_line(painter, right, CAPTION, length, palette.text2, Qt.AlignmentFlag.AlignRight, tabular=True)
    painter.restore()


def chip_rect(rect: QRect, track: Track) -> QRect:
    """Where in a row the chip of a suggested track stands: right behind its artist."""
    _, artist = _lines(rect, track)
    left = min(artist.left() + metrics(BODY).horizontalAdvance(track.shown_artist[:400]) + S, artist.right() - _CHIP[0])
    return QRect(left, artist.center().y() - _CHIP[1] // 2, *_CHIP)


def _lines(rect: QRect, track: Track) -> tuple[QRect, QRect]:
    """The places of title and artist."""
    left, height = rect.x() + S + COVER_ROW + M, line_height(BODY_STRONG) + line_height(BODY)
    title = QRect(left, rect.y() + (rect.height() - height) // 2, 0, line_height(BODY_STRONG))
    title.setRight(rect.right() - S - _length_width(track) - S)
    return title, QRect(left, title.bottom() + 1, title.width(), line_height(BODY))


def _length_width(track: Track) -> int:
    length = clock(track.duration_ms)
    return metrics(CAPTION).horizontalAdvance("00:00" if len(length) < 6 else length) + 2


def _paint_chip(painter: QPainter, chip: QRect, palette: Palette, *, over: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.selected))
    painter.drawRoundedRect(chip, XS, XS)
    paint_line(painter, chip, CAPTION, say("Why?"), palette.accent, Qt.AlignmentFlag.AlignHCenter)
    if over:
        painter.setPen(QColor(palette.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), XS, XS)


def _paint_mark(painter: QPainter, square: QRectF, palette: Palette) -> None:
    """Three bars on a chip at the corner of the cover."""
    chip = QRectF(square.right() - _MARK_PX - XS, square.bottom() - _MARK_PX - XS, _MARK_PX + XS, _MARK_PX + XS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.surface))
    painter.drawRoundedRect(chip, XS, XS)
    paint_bars(painter, chip.adjusted(4, 4, -3, -4), palette.played)
