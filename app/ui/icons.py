"""Icons by our own names, from one kept set, in the colours of the palette. The set is read when the first is asked."""

import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from app.domain.suggestion import Signal
from app.domain.words import mark
from app.ui.theme import Palette

NAMES: Final = {
    "play": "play-fill",
    "pause": "pause-fill",
    "next": "skip-forward-fill",
    "previous": "skip-back-fill",
    "shuffle": "shuffle-line",
    "repeat": "repeat-2-line",
    "repeat-one": "repeat-one-line",
    "volume": "volume-up-line",
    "muted": "volume-mute-line",
    "autoplay": "magic-line",
    "lyrics": "file-text-line",
    "device": "headphone-line",
    "queue": "play-list-2-line",
    "panel": "layout-right-2-line",
    "undo": "arrow-go-back-line",
    "search": "search-line",
    "back": "arrow-left-line",
    "onward": "arrow-right-line",
    "home": "home-5-line",
    "albums": "album-line",
    "artists": "user-3-line",
    "tracks": "music-2-line",
    "groups": "layout-row-line",
    "genres": "price-tag-3-line",
    "history": "history-line",
    "statistics": "bar-chart-2-line",
    "add": "add-line",
    "fewer": "subtract-line",
    "play-next": "play-list-add-line",
    "more": "more-fill",
    "close": "close-line",
    "menu": "menu-line",
    "settings": "settings-3-line",
    "folder": "folder-music-line",
    "folder-add": "folder-add-line",
    "refresh": "refresh-line",
    "keyboard": "keyboard-line",
    "about": "information-line",
    "quit": "logout-box-r-line",
    "remove": "delete-bin-line",
    "seek": "time-line",
    "trouble": "error-warning-line",
    "why": "question-line",
    "suggestions": "compass-3-line",
    "love": "heart-3-line",
    "loved": "heart-3-fill",
    "not-now": "zzz-line",
    "less": "thumb-down-line",
    "never": "forbid-2-line",
    "never-artist": "user-unfollow-line",
    "playlists": "play-list-line",
    "details": "file-info-line",
    "edit": "edit-line",
    "sleep": "timer-line",
    "copy": "file-copy-line",
    "zoom-in": "zoom-in-line",
    "zoom-out": "zoom-out-line",
    "star": "star-fill",
    "no-star": "star-line",
    "choose": "arrow-down-s-line",
    "players": "equalizer-line",
    "no-bus": "plug-line",
    "window": "window-line",
}
EVIDENCE: Final = {
    Signal.YOUR_PLAYS: ("headphone-fill", mark("Your plays")),
    Signal.WHAT_FOLLOWS: ("route-fill", mark("What follows")),
    Signal.SAME_ARTIST: ("user-3-fill", mark("Same artist")),
    Signal.TAGS: ("price-tag-3-fill", mark("Tags")),
    Signal.SOUND: ("sound-module-fill", mark("Sound")),
    Signal.MANY: ("group-fill", mark("Other listeners")),
    Signal.AGAINST: ("indeterminate-circle-fill", mark("Against")),
}
"""Every hue has an icon and a word: colour never speaks alone."""

_SCALE: Final = 0.875
"""Of the square that a glyph fills."""


@dataclass(frozen=True, slots=True)
class _Set:
    """The set: its font, and the character of each glyph."""

    family: str
    characters: dict[str, str]


@lru_cache(maxsize=1)
def _set() -> _Set:
    """One font of qtawesome, read from its package without importing it: that alone would take a tenth of a second."""
    found = importlib.util.find_spec("qtawesome")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'qtawesome'", name="qtawesome")
    folder = Path(found.submodule_search_locations[0]) / "fonts"
    codes: dict[str, str] = json.loads((folder / "remixicon-charmap-2.5.0.json").read_text(encoding="utf-8"))
    number = QFontDatabase.addApplicationFont(str(folder / "remixicon-2.5.0.ttf"))
    (family, *_) = QFontDatabase.applicationFontFamilies(number)
    return _Set(family, {name: chr(int(code, 16)) for name, code in codes.items()})


def _draw(painter: QPainter, rect: QRectF, glyph: str, colour: str) -> None:
    known = _set()
    face = QFont(known.family)
    face.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    face.setPixelSize(max(round(rect.height() * _SCALE), 1))
    painter.setFont(face)
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, known.characters[glyph])


@lru_cache(maxsize=512)
def pixmap(glyph: str, colour: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """A glyph of the set (not one of our names) as a square of ``pixels`` logical pixels."""
    side = max(round(pixels * ratio), 1)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _draw(painter, QRectF(0, 0, side, side), glyph, colour)
    painter.end()
    made.setDevicePixelRatio(side / max(pixels, 1))
    return made


class _Engine(QIconEngine):
    """Draws a glyph at whatever size a button asks for."""

    def __init__(self, glyph: str, normal: str, disabled: str, active: str) -> None:
        super().__init__()
        self._glyph, self._colours = glyph, (normal, disabled, active)

    def clone(self) -> QIconEngine:
        return _Engine(self._glyph, *self._colours)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        normal, disabled, active = self._colours
        colour = {QIcon.Mode.Disabled: disabled, QIcon.Mode.Active: active}.get(mode, normal)
        painter.save()
        _draw(painter, QRectF(rect), self._glyph, colour)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


@lru_cache(maxsize=256)
def _icon(name: str, normal: str, disabled: str, active: str) -> QIcon:
    return QIcon(_Engine(NAMES[name], normal, disabled, active))


def icon(name: str, palette: Palette, colour: str = "") -> QIcon:
    """An icon for buttons and menus; quiet when it cannot be used, strong under the pointer."""
    normal = colour or palette.text2
    return _icon(name, normal, palette.outline, colour or palette.text)


def paint(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Paints one of our icons, or an evidence glyph, centred in a rectangle."""
    side = int(min(rect.width(), rect.height()))
    device = painter.device()
    picture = pixmap(NAMES.get(name, name), colour, side, device.devicePixelRatioF() if device else 1.0)
    left, top = rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2
    painter.drawPixmap(QRectF(left, top, side, side), picture, QRectF(picture.rect()))


def paint_evidence(painter: QPainter, rect: QRectF, signal: Signal, palette: Palette) -> None:
    """The icon of a signal in its hue."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    paint(painter, rect, EVIDENCE[signal][0], palette.evidence[signal])
