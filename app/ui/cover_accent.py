"""The accent of the playing cover: its strongest hue, made as dark or light as can be read, and a fade to it."""

import colorsys
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QImage, QPixmap, Qt
from PySide6.QtWidgets import QApplication, QStyle

from app.ui.services import Covers
from app.ui.theme import COLOUR_MS, DARK, LIGHT, Palette, Theme, contrast

LEAST: Final = 4.5
"""The contrast of an accent on the surface, and of the ink on it."""

_SIDE: Final = 24
_BINS: Final = 24
_LEAST_CHROMA: Final = 0.12
_LEAST_SHARE: Final = 0.02
"""So much of a cover must be as colourful as can be; below it is grey."""
_SATURATION: Final = (0.35, 0.85)
_STEP: Final = 0.01
_PATIENCE_MS: Final = 400

Hsl = tuple[float, float, float]
"""Hue, saturation and lightness, 0 to 1."""


def strongest(picture: QImage) -> Hsl | None:
    """The hue that a picture has most of, weighted by how colourful it is there; ``None`` where it is grey.

    Cost: 576 pixels, whatever the picture's size.
    """
    small = picture.scaled(
        _SIDE, _SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB888)
    pixels = (small.pixelColor(x, y) for x in range(small.width()) for y in range(small.height()))
    return _strongest((pixel.redF(), pixel.greenF(), pixel.blueF()) for pixel in pixels)


def _strongest(pixels: Iterable[tuple[float, float, float]]) -> Hsl | None:
    bins = [[0.0, 0.0, 0.0, 0.0] for _ in range(_BINS)]
    for red, green, blue in pixels:
        chroma = max(red, green, blue) - min(red, green, blue)
        if chroma < _LEAST_CHROMA:
            continue
        hue = colorsys.rgb_to_hls(red, green, blue)[0]
        for number, part in enumerate((1.0, red, green, blue)):
            bins[int(hue * _BINS) % _BINS][number] += chroma * part
    around = [[sum(bins[(at + step) % _BINS][n] for step in (-1, 0, 1)) for n in range(4)] for at in range(_BINS)]
    weight, red, green, blue = max(around)
    if weight < _LEAST_SHARE * _SIDE * _SIDE:
        return None
    hue, lightness, saturation = colorsys.rgb_to_hls(red / weight, green / weight, blue / weight)
    return hue, saturation, lightness


def accent_on(colour: Hsl, palette: Palette) -> tuple[str, str]:
    """The colour as an accent of an appearance: moved away from the surface until it can be read; and an ink on it."""
    hue, saturation, lightness = colour
    saturation = min(max(saturation, _SATURATION[0]), _SATURATION[1])
    step = _STEP if palette.dark else -_STEP
    accent = _hex(hue, lightness, saturation)
    while contrast(accent, palette.surface) < LEAST or contrast(accent, palette.on_accent) < LEAST:
        lightness += step
        accent = _hex(hue, min(max(lightness, 0.0), 1.0), saturation)
    return accent, palette.on_accent


def _hex(hue: float, lightness: float, saturation: float) -> str:
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return f"#{red:02X}{green:02X}{blue:02X}"


def wants_motion() -> bool:
    """False where the system asks for none."""
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


class CoverAccent(QObject):
    """Gives the theme the accent of the cover of one track; our own where there is no cover, or no colour in it."""

    def __init__(self, theme: Theme, covers: Covers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._covers = theme, covers
        self._track_id = self._pixels = 0
        self._gone = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._gone.timeout.connect(lambda: theme.set_played(None, None))
        covers.cover_ready.connect(self._came)

    def follow(self, track_id: int, pixels: int) -> None:
        """The cover of a track (0: none) as it is shown; the accent stays while the cover is on its way."""
        self._track_id, self._pixels = track_id, pixels
        picture = self._covers.pixmap(track_id, pixels) if track_id else None
        if picture is not None:
            self._take(picture)
        elif not self._gone.isActive():
            self._gone.start()

    def _came(self, track_id: int, pixels: int) -> None:
        if (track_id, pixels) == (self._track_id, self._pixels):
            self.follow(track_id, pixels)

    def _take(self, picture: QPixmap) -> None:
        self._gone.stop()
        colour = strongest(picture.toImage())
        if colour is None:
            self._theme.set_played(None, None)
        else:
            self._theme.set_played(accent_on(colour, LIGHT), accent_on(colour, DARK))


class FadingAccent(QObject):
    """The theme's ``played`` colour, fading from one cover's to the next one's; at once where motion is not wanted."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = QColor(theme.palette.played)
        self._fade = QVariantAnimation(self)
        self._fade.valueChanged.connect(self._step)
        theme.changed.connect(self._jump)
        theme.played_changed.connect(self._start)

    @property
    def colour(self) -> QColor:
        """Now."""
        return self._now

    def _jump(self) -> None:
        self._fade.stop()
        self._step(QColor(self._theme.palette.played))

    def _start(self) -> None:
        if not wants_motion():
            self._jump()
            return
        self._fade.stop()
        self._fade.setDuration(COLOUR_MS)
        self._fade.setStartValue(self._now)
        self._fade.setEndValue(QColor(self._theme.palette.played))
        self._fade.start()

    def _step(self, colour: QColor) -> None:
        self._now = colour
        self.moved.emit()
