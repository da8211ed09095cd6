"""When music is heard: columns over the hours of the day or the days of the week."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.domain.words import say
from app.ui.controls import words_label
from app.ui.delegates.text import line_height, paint_line, span
from app.ui.theme import CAPTION, HAIR, SHELF_TITLE, XS, M, Theme

_HEIGHT: Final = 96


class ColumnChart(QWidget):
    """One column a place, on a common scale; the highest is in the accent, and each says its time when pointed at."""

    def __init__(self, theme: Theme, title: str, names: Sequence[str], shown: Sequence[str]) -> None:
        """``names``: of each column, for the tooltip; ``shown``: what stands under it, empty for nothing."""
        super().__init__()
        self._theme, self._title, self._names, self._shown = theme, title, list(names), list(shown)
        self._values: tuple[int, ...] = (0,) * len(self._names)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def show_values(self, values: tuple[int, ...]) -> None:
        """Milliseconds heard, a column."""
        self._values = values
        told = [f"{name} {span(value)}" for name, value in zip(self._names, values, strict=True) if value]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT + XS + line_height(CAPTION))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def column_words(self, number: int) -> str:
        """What is said of one column."""
        return say("{column}: {time}", column=self._names[number], time=span(self._values[number]))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._column_at(event.pos())
            QToolTip.showText(event.globalPos(), self.column_words(number), self)
            return True
        return super().event(event)

    def _column_at(self, point: QPoint) -> int:
        return min(max(point.x() * len(self._values) // max(self.width(), 1), 0), len(self._values) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self._theme.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most, step = max(self._values), self.width() / len(self._values)
        for number, value in enumerate(self._values):
            height = max(_HEIGHT * value / most, HAIR) if most else HAIR
            painter.setPen(Qt.PenStyle.NoPen)
            highest = palette.accent if value == most else palette.outline
            painter.setBrush(QColor(highest if value else palette.track))
            painter.drawRoundedRect(QRectF(number * step + 1, _HEIGHT - height, step - 3, height), HAIR, HAIR)
            under = QRect(round(number * step) - 12, _HEIGHT + XS, round(step) + 24, line_height(CAPTION))
            paint_line(
                painter, under, CAPTION, self._shown[number], palette.text2, Qt.AlignmentFlag.AlignHCenter, tabular=True
            )


def titled(title: str, chart: ColumnChart) -> QWidget:
    """A chart under its title."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(M)
    column.addWidget(words_label(title, SHELF_TITLE))
    column.addWidget(chart)
    column.addStretch(1)
    return box
