"""One question of the grade as bars: a row a way to pick, its mean with how far that may be off."""

from typing import Final

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.grade import LABELS, QuestionGrade, Score
from app.domain.words import say
from app.ui.delegates.text import paint_line
from app.ui.theme import BODY, BODY_STRONG, HAIR, TABLE_ROW, L, M, S, Theme, scaled

_LABEL: Final = 132
_NUMBER: Final = 104
_BAR: Final = 12
_WHISKER: Final = 4


def number(score: Score) -> str:
    """``0.44 ± 0.05``."""
    return f"{score.mean:.2f} ± {(score.high - score.low) / 2:.2f}"


class GradeChart(QWidget):
    """Best first. The bars of one question share a scale from 0; Segue's own is filled, the others are quiet."""

    def __init__(self, theme: Theme, question: QuestionGrade) -> None:
        super().__init__()
        self._theme, self._question = theme, question
        self._most = max((score.high for score in question.scores), default=1.0) or 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        rows = [f"{say(LABELS[score.way])} {number(score)}" for score in question.scores]
        self.setAccessibleName(f"{question.name}: {question.meaning}")
        self.setAccessibleDescription("; ".join(rows))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(scaled(_LABEL) + scaled(_NUMBER) + 160, self._row() * len(self._question.scores))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LABEL) + scaled(_NUMBER) + 80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, score in enumerate(self._question.scores):
            self._paint(painter, row * self._row(), score)

    def _row(self) -> int:
        return self._theme.scaled(TABLE_ROW)

    def _paint(self, painter: QPainter, y: int, score: Score) -> None:
        palette, height = self._theme.palette, self._row()
        ours = score.way == "segue"
        role = BODY_STRONG if ours else BODY
        paint_line(painter, QRect(0, y, scaled(_LABEL) - S, height), role, say(LABELS[score.way]), palette.text)
        room = self.width() - scaled(_LABEL) - scaled(_NUMBER) - M
        middle = y + height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent if ours else palette.outline))
        bar = QRectF(scaled(_LABEL), middle - _BAR / 2, max(room * score.mean / self._most, HAIR), _BAR)
        painter.drawRoundedRect(bar, HAIR, HAIR)
        painter.setPen(QPen(QColor(palette.text), 1.5))
        low, high = (scaled(_LABEL) + room * value / self._most for value in (score.low, score.high))
        painter.drawLine(QLineF(low, middle, high, middle))
        for x in (low, high):
            painter.drawLine(QLineF(x, middle - _WHISKER, x, middle + _WHISKER))
        at = QRect(self.width() - scaled(_NUMBER), y, scaled(_NUMBER) - L // 2, height)
        paint_line(painter, at, role, number(score), palette.text, Qt.AlignmentFlag.AlignRight, tabular=True)
