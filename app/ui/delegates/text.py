"""Painted text: the type scale as fonts, and single lines that end in an ellipsis."""

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication

from app.domain.words import say
from app.ui.theme import BASE_PX, least_px, scaled

Role = tuple[float, int, int]
"""Size in units of the system's, line height in pixels, weight: the type tokens of the theme."""

_MOST_CHARS = 400
_LEAST_PX = 12
_RIGHT_TO_LEFT = "\u200f"


_known_base = ""


def base() -> str:
    """The application's font as text: what every font and measure here is kept by until it changes."""
    global _known_base
    if not _known_base:
        _known_base = QApplication.font().toString()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.fontChanged.connect(_forget_base)
    return _known_base


def _forget_base() -> None:
    global _known_base
    _known_base = ""


def font(role: Role, *, tabular: bool = False) -> QFont:
    """The font of a type token."""
    return QFont(_font(base(), role, tabular))


@lru_cache(maxsize=64)
def _font(base: str, role: Role, tabular: bool) -> QFont:
    made = QFont()
    made.fromString(base)
    pixels = max(QFontInfo(made).pixelSize(), least_px(BASE_PX))
    made.setPixelSize(max(round(pixels * role[0]), least_px(_LEAST_PX)))
    made.setWeight(QFont.Weight(role[2]))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@lru_cache(maxsize=64)
def _metrics(base: str, role: Role) -> QFontMetrics:
    return QFontMetrics(_font(base, role, False))


def metrics(role: Role) -> QFontMetrics:
    """The measures of a type token."""
    return _metrics(base(), role)


def line_height(role: Role) -> int:
    """The token's line height, or the font's own where the system's text is larger."""
    return max(scaled(role[1]), metrics(role).height())


def elided(role: Role, text: str, width: int) -> str:
    """The text cut to a width, with an ellipsis."""
    return _elided(base(), role, text[:_MOST_CHARS], max(width, 0))


@lru_cache(maxsize=8192)
def _elided(base: str, role: Role, text: str, width: int) -> str:
    cut = _metrics(base, role).elidedText(text, Qt.TextElideMode.ElideRight, width)
    return cut + _RIGHT_TO_LEFT if cut != text and _runs_leftwards(cut) else cut


def _runs_leftwards(text: str) -> bool:
    """By the first letter that has a direction. The ellipsis has none: it would stand on the wrong side."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in ways if way in {"L", "R", "AL"}), "L") != "L"


def apart(text: str) -> str:
    """A name among other words, whose direction is its own business and not theirs."""
    return f"\u2068{text}\u2069"


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=16)
def _line_flags(align: Qt.AlignmentFlag) -> int:
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    return int(flags) | int(Qt.TextFlag.TextSingleLine)


def fits(role: Role, text: str, width: int) -> bool:
    """True where nothing is cut."""
    return len(text) <= _MOST_CHARS and metrics(role).horizontalAdvance(text) <= width


def paint_line(
    painter: QPainter,
    rect: QRect,
    role: Role,
    text: str,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    tabular: bool = False,
) -> None:
    """One line, never parsed as HTML. ``AlignLeft`` stays left for right-to-left text, so that columns keep an edge."""
    if rect.width() <= 0 or not text:
        return
    painter.setFont(_font(base(), role, tabular))
    painter.setPen(_colour(colour))
    painter.drawText(rect, _line_flags(align), elided(role, text, rect.width()))


def clock(milliseconds: int) -> str:
    """``3:20`` or ``1:02:20``; empty where the length is not known."""
    if milliseconds <= 0:
        return ""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


_MANY_HOURS = 100


def span(milliseconds: int) -> str:
    """A total in words: ``41 min``, ``3 h 5 min`` or, where minutes say nothing any more, ``1,456 h``."""
    minutes = max(round(milliseconds / 60_000), 1) if milliseconds > 0 else 0
    hours, rest = divmod(minutes, 60)
    if hours >= _MANY_HOURS:
        return say("{hours:,} h", hours=hours)
    return say("{hours:,} h {rest} min", hours=hours, rest=rest) if hours else say("{} min", minutes)
