"""The heading over an album's rows in a table: its cover, its name, and a line of who, when and how much."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.domain.spelling import VARIOUS
from app.domain.track import Track, album_credit, album_name
from app.domain.words import plural, say
from app.ui.covers import paint_cover
from app.ui.delegates.text import apart, line_height, paint_line
from app.ui.theme import BODY, BODY_STRONG, RADIUS_CONTROL, XS, M, Palette, S


def heading_words(tracks: Sequence[Track], count: int) -> tuple[str, str]:
    """The name of the album, and the line below it; ``tracks`` are the first of its rows."""
    first = tracks[0]
    if not first.album_key:
        return say("No album"), plural(count, "track")
    parts = (apart(heading_artist(tracks)), str(first.year) if first.year else "", plural(count, "track"))
    return album_name(tracks), " · ".join(part for part in parts if part)


def heading_artist(tracks: Sequence[Track]) -> str:
    """By whom an album is that these tracks are the first of."""
    unknown = not any(track.artist or track.album_artist for track in tracks)
    return tracks[0].shown_artist if unknown else album_credit(tracks) or say(VARIOUS)


def cover_side(height: int) -> int:
    """The side of the cover in a heading of this height."""
    return height - 2 * (XS + 2)


def paint_heading(
    painter: QPainter,
    rect: QRect,
    tracks: Sequence[Track],
    count: int,
    cover: QPixmap | None,
    palette: Palette,
    *,
    hovered: bool,
) -> None:
    """Paints it over both of its rows."""
    if hovered:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.hover))
        painter.drawRoundedRect(QRectF(rect.adjusted(-S, 0, S, 0)), RADIUS_CONTROL, RADIUS_CONTROL)
    if not tracks:
        return
    side = cover_side(rect.height())
    square = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
    first = tracks[0]
    paint_cover(painter, square, cover, first.album_key or f"track:{first.id}", first.album or first.title, palette)
    name, line = heading_words(tracks, count)
    left, high, low = rect.x() + side + M, line_height(BODY_STRONG), line_height(BODY)
    top = rect.y() + (rect.height() - high - low) // 2
    width = rect.right() - left
    paint_line(painter, QRect(left, top, width, high), BODY_STRONG, name, palette.text)
    paint_line(painter, QRect(left, top + high, width, low), BODY, "\u200e" + line, palette.text2)
