"""Covers as they are painted: pictures in device pixels, and a tile with initials where there is none."""

import zlib
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap, QPixmapCache, QTransform

from app.ui.theme import RADIUS_COVER, Palette

# Ground and initials; at least 4.5:1 each, checked by a test.
LIGHT_TILES: Final = (
    ("#DCE5FA", "#27468F"),
    ("#EBDDF5", "#6B2F91"),
    ("#D3ECE8", "#0D5C55"),
    ("#F8E2CF", "#84400C"),
    ("#F6DBDC", "#93272B"),
    ("#DDEBD2", "#37591C"),
    ("#F3E6BF", "#6B4D00"),
    ("#E3E0DB", "#4A4641"),
)
DARK_TILES: Final = (
    ("#25345C", "#B4C9FF"),
    ("#41274F", "#E3BEF8"),
    ("#173F3B", "#86DCD2"),
    ("#4D2E17", "#F7BE90"),
    ("#512629", "#FFB4AE"),
    ("#2C4020", "#B5DA97"),
    ("#463A12", "#EDD27F"),
    ("#3A383D", "#CFCAD4"),
)
_ARTICLES = {"the", "a", "an"}
_INITIALS_SHARE = 0.36
_HAIRLINE_ALPHA = 20  # 8 % of 255


def tile_colours(key: str, palette: Palette) -> tuple[str, str]:
    """The ground and the ink of the tile that stands for a key; the same key always gets the same hue."""
    tiles = DARK_TILES if palette.dark else LIGHT_TILES
    return tiles[zlib.crc32(key.encode("utf-8", "replace")) % len(tiles)]


@lru_cache(maxsize=4096)
def initials(words: str) -> str:
    """Up to two initials: ``Blue Ledger`` gives ``BL``, ``The Wolves`` gives ``W``, ``夜の桜`` gives ``夜``."""
    parts = [part for part in (_bare(word) for word in words[:200].split()) if part]
    if len(parts) > 1 and parts[0].casefold() in _ARTICLES:
        parts = parts[1:]
    letters = [part[0].upper()[:1] for part in parts]
    if not letters or ord(letters[0]) >= 0x2E80:
        return "".join(letters[:1])
    return "".join(letter for letter in letters[:2] if ord(letter) < 0x2E80)


def _bare(word: str) -> str:
    return "".join(c for c in word if c.isalnum())


def placeholder(key: str, words: str, pixels: int, palette: Palette) -> QPixmap:
    """The tile as a square pixmap of device pixels."""
    pixmap = QPixmap(max(pixels, 1), max(pixels, 1))
    pixmap.fill(QColor(tile_colours(key, palette)[0]))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_initials(painter, QRectF(pixmap.rect()), key, words, palette)
    painter.end()
    return pixmap


def paint_cover(
    painter: QPainter,
    rect: QRectF,
    pixmap: QPixmap | None,
    key: str,
    words: str,
    palette: Palette,
    radius: float = RADIUS_COVER,
) -> None:
    """A square cover: centre-cropped, rounded, with an inner hairline; the tile where there is no picture.

    A radius of half the width gives a circle. What was painted is kept: rounding costs more than all else in a row.
    """
    ratio = painter.device().devicePixelRatio()
    side = round(rect.width() * ratio)
    shown = pixmap if pixmap is not None and not pixmap.isNull() else None
    whose = shown.cacheKey() if shown is not None else (*tile_colours(key, palette), initials(words))
    name = f"cover {side} {radius} {ratio} {palette.dark} {whose}"
    made = QPixmap()
    if not QPixmapCache.find(name, made):
        made = QPixmap(side, side)
        made.fill(Qt.GlobalColor.transparent)
        made.setDevicePixelRatio(ratio)
        brush = QPainter(made)
        _paint(brush, QRectF(0, 0, rect.width(), rect.width()), pixmap, key, words, palette, radius)
        brush.end()
        QPixmapCache.insert(name, made)
    painter.drawPixmap(QPointF(round(rect.x()), round(rect.y())), made)


def _paint(
    painter: QPainter,
    rect: QRectF,
    pixmap: QPixmap | None,
    key: str,
    words: str,
    palette: Palette,
    radius: float,
) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    if pixmap is None or pixmap.isNull():
        painter.setBrush(QColor(tile_colours(key, palette)[0]))
        painter.drawRoundedRect(rect, radius, radius)
        _paint_initials(painter, rect, key, words, palette)
    else:
        painter.setBrush(_picture_brush(rect, pixmap))
        painter.drawRoundedRect(rect, radius, radius)
    hairline = QColor(palette.text)
    hairline.setAlpha(_HAIRLINE_ALPHA)
    painter.setPen(QPen(hairline, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _picture_brush(rect: QRectF, pixmap: QPixmap) -> QBrush:
    """The picture as a brush that fills the rectangle from its middle."""
    if pixmap.devicePixelRatio() != 1.0:
        pixmap = QPixmap(pixmap)
        pixmap.setDevicePixelRatio(1.0)
    scale = max(rect.width() / pixmap.width(), rect.height() / pixmap.height())
    left = rect.x() + (rect.width() - pixmap.width() * scale) / 2
    top = rect.y() + (rect.height() - pixmap.height() * scale) / 2
    brush = QBrush(pixmap)
    brush.setTransform(QTransform.fromTranslate(left, top).scale(scale, scale))
    return brush


def _paint_initials(painter: QPainter, rect: QRectF, key: str, words: str, palette: Palette) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(round(rect.height() * _INITIALS_SHARE), 8))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tile_colours(key, palette)[1]))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(words) or "♪")
