"""Covers drawn from a motif and three colours."""

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

SIDE = 800
Colours = tuple[QColor, QColor, QColor]


def draw(cover: str, path: Path) -> None:
    """``hills 1D0B3E FF6B0A C77DFF`` as a JPEG file."""
    motif, *names = cover.split()
    ground, one, other = (QColor(f"#{name}") for name in names)
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _MOTIFS[motif](painter, (ground, one, other))
    painter.end()
    if not image.save(str(path), "JPEG", 92):
        raise OSError(f"{path} could not be written")


def _hills(painter: QPainter, colours: Colours) -> None:
    for colour, left, peak, right in ((colours[1], -0.12, (0.42, 0.26), 0.98), (colours[2], 0.4, (0.78, 0.48), 1.2)):
        painter.setBrush(colour)
        corners = [QPointF(left, 1), QPointF(*peak), QPointF(right, 1)]
        painter.drawPolygon(QPolygonF([corner * SIDE for corner in corners]))


def _rings(painter: QPainter, colours: Colours) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number in range(8):
        painter.setPen(QPen(colours[1 + number % 2], SIDE * 0.022))
        radius = SIDE * (0.05 + 0.052 * number)
        painter.drawEllipse(QPointF(SIDE / 2, SIDE / 2), radius, radius)


def _stripes(painter: QPainter, colours: Colours) -> None:
    heights = (0.10, 0.05, 0.07, 0.03, 0.05, 0.02, 0.04, 0.015)
    y = 0.1
    for number, height in enumerate(heights):
        painter.fillRect(QRectF(0, y * SIDE, SIDE, height * SIDE), colours[1 + number % 2])
        y += height + 0.065


def _sun(painter: QPainter, colours: Colours) -> None:
    painter.setBrush(colours[2])
    painter.drawEllipse(QPointF(SIDE * 0.5, SIDE * 0.42), SIDE * 0.2, SIDE * 0.2)
    painter.fillRect(QRectF(0, SIDE * 0.66, SIDE, SIDE * 0.34), colours[1])
    painter.fillRect(QRectF(SIDE * 0.3, SIDE * 0.72, SIDE * 0.4, SIDE * 0.02), colours[2])
    painter.fillRect(QRectF(SIDE * 0.38, SIDE * 0.78, SIDE * 0.24, SIDE * 0.016), colours[2])


def _dots(painter: QPainter, colours: Colours) -> None:
    for row in range(6):
        for column in range(6):
            share = 0.3 + 0.6 * abs(math.sin(row * 1.7 + column * 2.3))
            painter.setBrush(colours[1] if (row * 2 + column) % 3 else colours[2])
            centre = QPointF((column + 0.9) * SIDE / 6.8, (row + 0.9) * SIDE / 6.8)
            painter.drawEllipse(centre, share * SIDE * 0.062, share * SIDE * 0.062)


def _blocks(painter: QPainter, colours: Colours) -> None:
    painter.setBrush(colours[1])
    painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(SIDE * 0.72, 0), QPointF(0, SIDE * 0.9)]))
    painter.setBrush(colours[2])
    painter.drawPolygon(QPolygonF([QPointF(SIDE, SIDE * 0.3), QPointF(SIDE, SIDE), QPointF(SIDE * 0.36, SIDE)]))


def _waves(painter: QPainter, colours: Colours) -> None:
    for number in range(7):
        path = QPainterPath(QPointF(0, SIDE))
        for x in range(0, SIDE + 20, 20):
            swing = math.sin(x / SIDE * 2 * math.pi * (1 + number * 0.12) + number * 0.9)
            path.lineTo(x, SIDE * (0.3 + number * 0.1) + swing * SIDE * 0.045)
        path.lineTo(SIDE, SIDE)
        colour = QColor(colours[1 + number % 2])
        colour.setAlphaF(0.35 + 0.09 * number)
        painter.fillPath(path, colour)


_MOTIFS: dict[str, Callable[[QPainter, Colours], None]] = {
    "hills": _hills,
    "rings": _rings,
    "stripes": _stripes,
    "sun": _sun,
    "dots": _dots,
    "blocks": _blocks,
    "waves": _waves,
}
