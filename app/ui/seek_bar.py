"""The seek bar: a line of 4 px in 24 px that can be hit, the time under the pointer, steps by keyboard."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from app.ui.theme import Theme

STEP_MS: Final = 5_000
PAGE_MS: Final = 30_000
_LINE_PX: Final = 4
_KNOB_PX: Final = 12
_HIT_PX: Final = 24


def clock(position_ms: int) -> str:
    """``0:57`` or ``1:02:20``."""
    minutes, seconds = divmod(max(position_ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class SeekBar(QAbstractSlider):
    """Shows where the track is; asks to go elsewhere by click, drag, keys or wheel."""

    seek_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hover_x, self._drag_ms = theme, -1.0, -1
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Position")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(396, _HIT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _HIT_PX)

    def set_position(self, position_ms: int) -> None:
        """Where the track is now; while the knob is held it stays under the pointer."""
        if self._drag_ms < 0:
            self.setValue(position_ms)

    def set_duration(self, duration_ms: int) -> None:
        """How long the track is; 0 when nothing plays."""
        self._drag_ms = -1
        self.setRange(0, max(duration_ms, 0))
        self.setEnabled(duration_ms > 0)
        self.update()

    def step(self, by_ms: int) -> None:
        """Goes on or back."""
        if self.maximum() > 0:
            target = min(max(self.value() + by_ms, 0), self.maximum())
            self.setValue(target)
            self.seek_asked.emit(target)

    def _ms_at(self, x: float) -> int:
        share = (x - _KNOB_PX / 2) / max(self.width() - _KNOB_PX, 1)
        return round(min(max(share, 0.0), 1.0) * self.maximum())

    def _x_of(self, position_ms: int) -> float:
        share = position_ms / self.maximum() if self.maximum() else 0.0
        return _KNOB_PX / 2 + share * (self.width() - _KNOB_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        size = PAGE_MS if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_MS
        steps = {
            Qt.Key.Key_Left: -size,
            Qt.Key.Key_Right: size,
            Qt.Key.Key_Down: -size,
            Qt.Key.Key_Up: size,
            Qt.Key.Key_PageDown: -PAGE_MS,
            Qt.Key.Key_PageUp: PAGE_MS,
            Qt.Key.Key_Home: -self.maximum(),
        }
        by_ms = steps.get(Qt.Key(event.key()))
        if by_ms is None:
            event.ignore()
        else:
            self.step(by_ms)

    def event(self, event: QEvent) -> bool:
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right}
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in arrows:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.maximum():
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_x = event.position().x()
        if self._drag_ms >= 0:
            self._drag_to(self._hover_x)
        if self.maximum():
            above = self.mapToGlobal(QPointF(self._hover_x - 16, -_HIT_PX * 2).toPoint())
            QToolTip.showText(above, clock(self._ms_at(self._hover_x)), self)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag_ms >= 0:
            target, self._drag_ms = self._drag_ms, -1
            self.seek_asked.emit(target)

    def _drag_to(self, x: float) -> None:
        self._drag_ms = self._ms_at(x)
        self.setValue(self._drag_ms)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_x = -1.0
        self.update()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, painter = self._theme.palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, radius = self.height() / 2, _LINE_PX / 2
        whole = QRectF(_KNOB_PX / 2, middle - radius, self.width() - _KNOB_PX, _LINE_PX)
        painter.setBrush(QColor(palette.outline if self.isEnabled() else palette.track))
        painter.drawRoundedRect(whole, radius, radius)
        if not self.maximum():
            return
        x = self._x_of(self.value())
        painter.setBrush(QColor(palette.accent))
        painter.drawRoundedRect(QRectF(whole.x(), whole.y(), x - whole.x(), _LINE_PX), radius, radius)
        if self._hover_x >= 0 or self._drag_ms >= 0 or self.hasFocus():
            painter.drawEllipse(QPointF(x, middle), _KNOB_PX / 2, _KNOB_PX / 2)
