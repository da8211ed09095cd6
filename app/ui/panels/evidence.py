"""The evidence of a suggestion as bars around a zero line. What is shown adds up to the score, to the last digit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain import suggestion as words
from app.domain.suggestion import Evidence
from app.domain.words import say
from app.ui import icons
from app.ui.delegates.text import paint_line
from app.ui.theme import BODY, BODY_STRONG, RADIUS_CONTROL, XS, Palette, S, Theme, scaled

_MOST_BARS: Final = 5
_ROW_PX: Final = 28
_LABEL_PX: Final = 132
_BAR_PX: Final = 128
_LEAST_BAR_PX: Final = 40
_NUMBER_PX: Final = 52
_HUE_PX: Final = 12
_WORDS_PX: Final = 22
"""Where the labels begin, behind their icons."""
_SHORT_WORDS: Final = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: how much, from where, and in words what is behind it."""

    signal: words.Signal | None
    label: str
    words: str
    units: int
    """The amount in the last digit shown."""


def decimals(score: float, evidence: Sequence[Evidence]) -> int:
    """Digits after the point: two, or as many as small scores need to show two figures."""
    largest = max([abs(part.amount) for part in evidence] + [abs(score)])
    return 2 if largest >= 0.1 or largest == 0 else min(1 - math.floor(math.log10(largest)), 6)


def bars_of(score: float, evidence: Sequence[Evidence], digits: int) -> list[Bar]:
    """One bar a signal, largest first, at most five and the rest in one; their units add up to the score's."""
    amounts: dict[words.Signal, float] = {}
    said: dict[words.Signal, list[str]] = {}
    for part in evidence:
        amounts[part.signal] = amounts.get(part.signal, 0.0) + part.amount
        said.setdefault(part.signal, []).append(part.words)
    order = sorted(amounts, key=lambda signal: -abs(amounts[signal]))
    shown, small = (order, []) if len(order) <= _MOST_BARS else (order[:_MOST_BARS], order[_MOST_BARS:])
    shown = sorted(shown, key=lambda signal: -amounts[signal])
    made = [(signal, _label(signal, said[signal]), ". ".join(said[signal]), amounts[signal]) for signal in shown]
    made_all: list[tuple[words.Signal | None, str, str, float]] = list(made)
    if small:
        rest = ". ".join(". ".join(said[signal]) for signal in small)
        made_all.append((None, say("{} smaller", len(small)), rest, sum(amounts[signal] for signal in small)))
    left = score - sum(amount for *_, amount in made_all)
    if abs(left) >= 0.5 * 10**-digits:
        made_all.append((None, say("Not explained"), say("A share of the score without evidence"), left))
    units = _adding_up([amount for *_, amount in made_all], round(score * 10**digits), 10**digits)
    return [Bar(signal, label, text, unit) for (signal, label, text, _), unit in zip(made_all, units, strict=True)]


def _label(signal: words.Signal, said: Sequence[str]) -> str:
    """The word of the signal; what speaks against says itself what it is, where that is short."""
    if signal is words.Signal.AGAINST and len(said) == 1 and 0 < len(said[0]) <= _SHORT_WORDS:
        return said[0]
    return say(icons.EVIDENCE[signal][1])


def _adding_up(amounts: Sequence[float], total: int, scale: int) -> list[int]:
    """Whole units near the amounts that add up to a total: the last units go where rounding took most."""
    if not amounts:
        return []
    exact = [amount * scale for amount in amounts]
    units = [math.floor(value) for value in exact]
    order = sorted(range(len(units)), key=lambda at: units[at] - exact[at])
    for turn in range(total - sum(units)):
        units[order[turn % len(order)]] += 1
    return units


def signed(units: int, digits: int) -> str:
    """``+0.62`` or ``−0.18``, with a true minus."""
    return f"{'−' if units < 0 else '+'}{abs(units) / 10**digits:.{digits}f}"


class EvidenceBars(QWidget):
    """The bars and their total. Up and Down, or the pointer, choose one; ``pointed`` tells the words behind it."""

    pointed = Signal(str)

    def __init__(self, theme: Theme, score: float, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._theme, self._at = theme, -1
        sizes = (_ROW_PX, _LABEL_PX, _BAR_PX, _NUMBER_PX, _WORDS_PX)
        self._row, self._label_px, self._bar, self._number, self._words = map(scaled, sizes)
        self._digits = decimals(score, evidence)
        self.bars = bars_of(score, evidence, self._digits)
        self.total = round(score * 10**self._digits)
        self.setMouseTracking(True)
        self.setProperty("ownRing", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = [f"{bar.label} {signed(bar.units, self._digits)}: {bar.words}" for bar in self.bars]
        self.setAccessibleName(say("Evidence"))
        self.setAccessibleDescription("; ".join([*lines, say("Total {}", signed(self.total, self._digits))]))
        theme.changed.connect(self.update)

    @property
    def digits(self) -> int:
        """Digits after the point."""
        return self._digits

    def sizeHint(self) -> QSize:
        return QSize(self._label_px + scaled(_BAR_PX) + self._number, self._row * len(self.bars) + self._row + S)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label_px + _LEAST_BAR_PX + self._number, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """In a narrow window the bars are shorter; the words stay whole."""
        room = self.width() - self._label_px - self._number - S
        self._bar = max(min(scaled(_BAR_PX), room), _LEAST_BAR_PX)

    def point_at(self, row: int) -> None:
        """Chooses a bar."""
        if self.bars and row != self._at:
            self._at = min(max(row, 0), len(self.bars) - 1)
            self.pointed.emit(self.bars[self._at].words)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self._row
        if row < len(self.bars):
            self.point_at(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.point_at(self._at + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.point_at(max(self._at, 0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = max([bar.units for bar in self.bars] + [0])
        below = max([-bar.units for bar in self.bars] + [0])
        scale = (self._bar - 2) / max(above + below, 1)
        left = self.width() - self._number - self._bar - S
        zero = left + 1 + below * scale
        for row, bar in enumerate(self.bars):
            self._paint_bar(painter, palette, row, bar, left, zero, scale)
        y = self._row * len(self.bars) + S // 2
        painter.setPen(QPen(QColor(palette.outline), 1))
        painter.drawLine(QLineF(0, y + 0.5, self.width(), y + 0.5))
        total = QRectF(self._words, y + 2, self.width() - self._words - XS, self._row).toRect()
        paint_line(painter, total, BODY_STRONG, say("Total"), palette.text)
        number = signed(self.total, self._digits)
        paint_line(painter, total, BODY_STRONG, number, palette.text, Qt.AlignmentFlag.AlignRight, tabular=True)

    def _paint_bar(
        self, painter: QPainter, palette: Palette, row: int, bar: Bar, left: float, zero: float, scale: float
    ) -> None:
        y = row * self._row
        if row == self._at:
            painter.setPen(QPen(QColor(palette.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.drawRoundedRect(QRectF(1, y + 1, self.width() - 2, self._row - 2), RADIUS_CONTROL, RADIUS_CONTROL)
        ink = palette.evidence[bar.signal] if bar.signal else palette.text2
        if bar.signal:
            hue = QRectF(XS, y + (self._row - _HUE_PX) / 2, _HUE_PX, _HUE_PX)
            icons.paint_evidence(painter, hue, bar.signal, palette)
        label = QRectF(self._words, y, left - self._words - S, self._row).toRect()
        paint_line(painter, label, BODY, bar.label, palette.text)
        middle = y + self._row / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.track))
        painter.drawRoundedRect(QRectF(left, middle - 4, self._bar, 8), 2, 2)
        length = bar.units * scale
        painter.setBrush(QBrush(QColor(ink), Qt.BrushStyle.SolidPattern))
        if bar.units < 0:
            painter.setBrush(QBrush(QColor(ink), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(QColor(ink), 1))
            painter.drawRect(QRectF(zero + length, middle - 3.5, -length, 7))
        else:
            painter.drawRoundedRect(QRectF(zero, middle - 4, length, 8), 1, 1)
        painter.setPen(QPen(QColor(palette.outline), 1.5))
        painter.drawLine(QLineF(zero, middle - 8, zero, middle + 8))
        number = QRectF(self.width() - self._number - XS, y, self._number, self._row).toRect()
        words_ = signed(bar.units, self._digits)
        paint_line(painter, number, BODY, words_, palette.text, Qt.AlignmentFlag.AlignRight, tabular=True)
