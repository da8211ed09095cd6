"""Small controls the frame is made of: buttons with our icons, lines of plain text that end in an ellipsis, links."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.ui import icons
from app.ui.delegates.text import Role, fits, font, line_height, metrics, paint_line
from app.ui.theme import BODY, HAIR, Theme

MOST_CHARS = 400
_ENDLESS_PX = 10_000
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignAbsolute)

if TYPE_CHECKING:
    _Widget = QWidget
else:  # mixed in beside a widget, it must not be one itself
    _Widget = object


class _KeepsSpace(QObject):
    """A focused button keeps Space for itself, although Space plays and pauses everywhere else.

    It listens to the one widget that has the focus: a method ``event`` on every button would be called for everything
    that ever happens to any of them.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        taken = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        )
        if taken:
            event.accept()
        return taken


class _SpaceKept(_Widget):
    """Mixed into what Space presses: keeps Space from the focus' coming to its going."""

    _keeper: _KeepsSpace | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._keeper is None:
            self._keeper = _KeepsSpace(self)
        self.installEventFilter(self._keeper)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._keeper is not None:
            self.removeEventFilter(self._keeper)


def _enter_presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter does what Space does."""
    pressed = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    if pressed:
        button.click()
    return pressed


class IconButton(_SpaceKept, QToolButton):
    """A button with one of our icons, a tooltip and a name for screen readers; Space and Enter press it."""

    def __init__(self, theme: Theme, name: str, words: str, size: int = 32, glyph: int = 18) -> None:
        super().__init__()
        self._theme, self._name, self._colour = theme, name, ""
        self.setFixedSize(theme.scaled(size), theme.scaled(size))
        self.setIconSize(QSize(theme.scaled(glyph), theme.scaled(glyph)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(words)
        theme.changed.connect(self._repaint)
        self._repaint()

    def set_words(self, words: str, shortcut: str = "") -> None:
        """What it does, as tooltip and accessible name."""
        self.setToolTip(f"{words} ({shortcut})" if shortcut else words)
        self.setAccessibleName(words)

    def set_icon(self, name: str) -> None:
        """Shows another icon."""
        if name != self._name:
            self._name = name
            self._repaint()

    def _repaint(self) -> None:
        palette = self._theme.palette
        colour = palette.accent if self.isCheckable() and self.isChecked() else ""
        self.setIcon(icons.icon(self._name, palette, colour))

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self._repaint()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self._repaint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _enter_presses(self, event):
            super().keyPressEvent(event)


class TextButton(_SpaceKept, QPushButton):
    """A button with words; Space and Enter press it."""

    def __init__(self, words: str, kind: str = "") -> None:
        super().__init__(words)
        self.setObjectName(kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _enter_presses(self, event):
            super().keyPressEvent(event)


class Line(QWidget):
    """One line of plain text in a step of the type scale; cut with an ellipsis, whole in the tooltip."""

    def __init__(self, theme: Theme, role: Role = BODY, ink: str = "text", text: str = "") -> None:
        super().__init__()
        self._theme, self._role, self._ink, self._text = theme, role, ink, ""
        self._align, self._tabular = Qt.AlignmentFlag.AlignLeft, False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.set_text(text)

    @property
    def text(self) -> str:
        """What it says, whole."""
        return self._text

    def set_text(self, text: str) -> None:
        """Says something else."""
        text = text[:MOST_CHARS]
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()
            self._tip()

    def set_ink(self, ink: str) -> None:
        """Another colour of the palette, by its name."""
        self._ink = ink
        self.update()

    def right(self) -> "Line":
        """Figures: aligned right, all as wide as each other."""
        self._align, self._tabular = Qt.AlignmentFlag.AlignRight, True
        return self

    def figures(self) -> "Line":
        """Figures all as wide as each other, aligned left."""
        self._tabular = True
        return self

    def sizeHint(self) -> QSize:
        return QSize(metrics(self._role).horizontalAdvance(self._text) + 2, line_height(self._role))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, line_height(self._role))

    def resizeEvent(self, event: object) -> None:
        self._tip()

    def _tip(self) -> None:
        self.setToolTip("" if fits(self._role, self._text, self.width()) else plain_tip(self._text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = str(getattr(self._theme.palette, self._ink))
        paint_line(painter, self.rect(), self._role, self._text, ink, self._align, tabular=self._tabular)


class Sentence(Line):
    """Plain text over a few lines, where one has too little room for it."""

    def height_in(self, width: int, most_lines: int = 4) -> int:
        """How high it is in a width."""
        room = QRect(0, 0, max(width, 1), _ENDLESS_PX)
        high = metrics(self._role).boundingRect(room, _WRAPPED, self._text).height()
        return min(max(high, line_height(self._role)), most_lines * line_height(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        if fits(self._role, self._text, self.width()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(font(self._role))
        painter.setPen(str(getattr(self._theme.palette, self._ink)))
        painter.drawText(self.rect(), _WRAPPED | int(Qt.AlignmentFlag.AlignVCenter), self._text)


class Link(_SpaceKept, Line):
    """A line that can be clicked, or pressed with Enter or Space; underlined under the pointer."""

    clicked = Signal()

    def __init__(self, theme: Theme, role: Role = BODY, ink: str = "text", text: str = "") -> None:
        super().__init__(theme, role, ink, text)
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: object) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hovered = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hovered and self._text:
            painter = QPainter(self)
            painter.setPen(str(getattr(self._theme.palette, self._ink)))
            measure = metrics(self._role)
            width = min(measure.horizontalAdvance(self._text), self.width())
            y = (self.height() + measure.ascent() - measure.descent()) // 2 + 2
            painter.drawLine(0, y, width, y)


class Segmented(QWidget):
    """A few words side by side, one of them chosen; arrow keys move the choice."""

    turned = Signal(int)

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("dial")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons = [TextButton(each) for each in words]
        row = QHBoxLayout(self)
        row.setContentsMargins(HAIR, HAIR, HAIR, HAIR)
        row.setSpacing(HAIR)
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idToggled.connect(self._toggled)

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self.turned.emit(number)

    def choose(self, number: int) -> None:
        """Shows a choice without asking for it again."""
        self._group.blockSignals(True)
        self.buttons[number].setChecked(True)
        self._group.blockSignals(False)


def plain_tip(text: str) -> str:
    """A tooltip that shows the text as it is, even where it looks like HTML."""
    text = text[:MOST_CHARS]
    if "<" not in text:
        return text
    import html  # seldom: a start does not wait for its tables

    return f"<qt>{html.escape(text)}</qt>"


def words_label(text: str, role: Role = BODY, ink: str = "") -> QLabel:
    """Our own words over several lines; never parsed as HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(font(role))
    label.setObjectName(ink)
    return label
