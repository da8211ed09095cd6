"""A row of *You may like*, painted whole: cover, title, artist, reason with its hue, and its actions when wanted."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.domain.suggestion import Suggestion
from app.ui import icons
from app.ui.covers import paint_cover
from app.ui.delegates.text import line_height, metrics, paint_line
from app.ui.theme import BODY, BODY_STRONG, CAPTION, COVER_ROW, PANEL_ROW, RADIUS_CONTROL, XS, M, Palette, S

Part = Literal["play", "queue", "more", "reason", ""]
Actions = tuple[Part, ...]
ALL_ACTIONS: Final[Actions] = ("play", "queue", "more")
_GLYPHS: Final[dict[Part, str]] = {"play": "play", "queue": "add", "more": "more"}
_ACTION_PX: Final = 28
_GLYPH_PX: Final = 18
_HUE_PX: Final = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What is going on with a row just now."""

    selected: bool = False
    hovered: bool = False
    ring: bool = False
    """The keyboard stands here."""
    over: Part = ""
    """The part under the pointer."""
    actions: Actions = ALL_ACTIONS
    """What the row offers at its right."""

    @property
    def active(self) -> bool:
        """The actions are shown."""
        return self.selected or self.hovered or self.ring


def row_height() -> int:
    """68, or more where the system's text is larger."""
    return max(PANEL_ROW, line_height(BODY_STRONG) + line_height(BODY) + line_height(CAPTION) + 2 * S)


def _lines(rect: QRect) -> tuple[QRect, QRect, QRect]:
    """Where title, artist and reason stand."""
    left, heights = rect.x() + S + COVER_ROW + M, (line_height(BODY_STRONG), line_height(BODY), line_height(CAPTION))
    width, y = rect.right() - S - left, rect.y() + (rect.height() - sum(heights)) // 2
    title = QRect(left, y, width, heights[0])
    artist = QRect(left, title.bottom() + 1, width, heights[1])
    return title, artist, QRect(left, artist.bottom() + 1, width, heights[2])


def action_rects(rect: QRect, actions: Actions = ALL_ACTIONS) -> dict[Part, QRect]:
    """Where the actions stand: at the right, over the first two lines."""
    title, artist, _ = _lines(rect)
    y = (title.top() + artist.bottom()) // 2 - _ACTION_PX // 2 + 1
    left = rect.right() + 1 - XS - len(actions) * _ACTION_PX
    return {name: QRect(left + at * _ACTION_PX, y, _ACTION_PX, _ACTION_PX) for at, name in enumerate(actions)}


def part_at(rect: QRect, suggestion: Suggestion, point: QPoint, actions: Actions = ALL_ACTIONS) -> Part:
    """What of a row is at a point."""
    for name, where in action_rects(rect, actions).items():
        if where.contains(point):
            return name
    reason = _lines(rect)[2]
    width = _HUE_PX + XS + metrics(CAPTION).horizontalAdvance(suggestion.reason[:200])
    return (
        "reason"
        if QRect(reason.topLeft(), reason.size()).adjusted(0, -1, 0, 4).contains(point)
        and (point.x() <= reason.x() + width)
        else ""
    )


def paint_suggestion(
    painter: QPainter, rect: QRect, suggestion: Suggestion, look: Look, cover: QPixmap | None, palette: Palette
) -> None:
    """Paints one row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, rect, palette, selected=look.selected, hovered=look.hovered, ring=look.ring)
    track = suggestion.track
    square = QRectF(rect.x() + S, rect.y() + (rect.height() - COVER_ROW) / 2, COVER_ROW, COVER_ROW)
    key = track.album_key or f"track:{track.id}"
    paint_cover(painter, square, cover, key, track.album or track.title, palette)
    title, artist, reason = _lines(rect)
    room = len(look.actions) * _ACTION_PX + S if look.active else 0
    paint_line(painter, title.adjusted(0, 0, -room, 0), BODY_STRONG, track.title, palette.text)
    paint_line(painter, artist.adjusted(0, 0, -room, 0), BODY, track.shown_artist, palette.text2)
    _paint_reason(painter, reason, suggestion, look, palette)
    if look.active:
        _paint_actions(painter, rect, look, palette)
    painter.restore()


def paint_ground(
    painter: QPainter, rect: QRect, palette: Palette, *, selected: bool, hovered: bool, ring: bool
) -> None:
    """Hover, selection and the ring of the keyboard, drawn apart."""
    if selected or hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.selected if selected else palette.hover))
        painter.drawRoundedRect(QRectF(rect), RADIUS_CONTROL, RADIUS_CONTROL)
    if ring:
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)


def _paint_reason(painter: QPainter, rect: QRect, suggestion: Suggestion, look: Look, palette: Palette) -> None:
    hue = QRectF(rect.x(), rect.y() + (rect.height() - _HUE_PX) / 2, _HUE_PX, _HUE_PX)
    icons.paint_evidence(painter, hue, suggestion.signal, palette)
    words = rect.adjusted(_HUE_PX + XS, 0, 0, 0)
    over = look.over == "reason"
    paint_line(painter, words, CAPTION, suggestion.reason, palette.accent if over else palette.text2)
    if over:
        width = min(metrics(CAPTION).horizontalAdvance(suggestion.reason[:200]), words.width())
        painter.drawLine(words.x(), words.bottom(), words.x() + width, words.bottom())


def _paint_actions(painter: QPainter, rect: QRect, look: Look, palette: Palette) -> None:
    inset = (_ACTION_PX - _GLYPH_PX) / 2
    for name, where in action_rects(rect, look.actions).items():
        over = look.over == name
        if over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.track))
            painter.drawRoundedRect(QRectF(where), RADIUS_CONTROL, RADIUS_CONTROL)
        shrink = inset - 2 if name == "play" else inset
        square = QRectF(where).adjusted(shrink, shrink, -shrink, -shrink)
        icons.paint(painter, square, _GLYPHS[name], palette.text if over else palette.text2)
