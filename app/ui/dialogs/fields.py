"""Fields that show what can be done with them: a list that opens, a number that goes up and down."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyle, QStyledItemDelegate, QStyleOptionSpinBox

from app.ui import icons
from app.ui.theme import L, S, scaled

_MOST_SHOWN: Final = 12


class Choice(QComboBox):
    """One of several; an arrow says that a list opens."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setItemDelegate(QStyledItemDelegate(self))  # Fusion's own would ask no style sheet for rows and colours

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = scaled(L)
        at_right = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        left = self.width() - S - side if at_right else S
        painter = QPainter(self)
        _paint(painter, QRect(left, (self.height() - side) // 2, side, side), "choose", self.palette())
        painter.end()


class Number(QSpinBox):
    """A number with a button for less and one for more. What is being typed counts once it is whole."""

    def __init__(self, name: str, least: int, most: int, suffix: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(S, 0, S, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        can, painter = self.stepEnabled(), QPainter(self)
        for part, name, step in (
            (QStyle.SubControl.SC_SpinBoxDown, "fewer", QSpinBox.StepEnabledFlag.StepDownEnabled),
            (QStyle.SubControl.SC_SpinBoxUp, "add", QSpinBox.StepEnabledFlag.StepUpEnabled),
        ):
            place = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, self)
            side = scaled(L)
            glyph = QRect(0, 0, side, side)
            glyph.moveCenter(place.center())
            _paint(painter, glyph, name, self.palette(), able=bool(can & step))
        painter.end()


def _paint(painter: QPainter, place: QRect, name: str, palette: QPalette, *, able: bool = True) -> None:
    group = palette.currentColorGroup() if able else QPalette.ColorGroup.Disabled
    icons.paint(painter, QRectF(place), name, palette.color(group, QPalette.ColorRole.Text).name())
