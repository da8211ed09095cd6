"""Covers that are drawn on the spot."""

import colorsys
import random

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap


class FakeCoverService(QObject):
    """Pictures drawn on the spot; every third track has none."""

    cover_ready = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: dict[tuple[int, int], QPixmap] = {}

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None:
        if track_id % 3 == 0:
            return None
        key = (track_id, pixels)
        if key not in self._made:
            self._made[key] = _picture(track_id, pixels)
        return self._made[key]


def _picture(seed: int, pixels: int) -> QPixmap:
    rng = random.Random(seed)
    hue, picture = rng.random(), QPixmap(pixels, pixels)
    picture.fill(QColor.fromRgbF(*colorsys.hls_to_rgb(hue, 0.15, 0.6)))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for n in range(4):
        painter.setBrush(QColor.fromRgbF(*colorsys.hls_to_rgb((hue + 0.3 + n * 0.1) % 1, 0.5, 0.8)))
        size = pixels * (0.8 - n * 0.18)
        painter.drawEllipse(QRectF((pixels - size) / 2, (pixels - size) / 2, size, size))
    painter.end()
    return picture
