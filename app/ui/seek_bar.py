"""The seek bar: the waveform, or a line of 4 px while there is none, the time under the pointer, steps by keyboard."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QLabel, QSizePolicy, QWidget

from app.domain.waveform import Waveform
from app.domain.words import say
from app.ui.cover_accent import FadingAccent
from app.ui.theme import Theme

STEP_MS: Final = 5_000
PAGE_MS: Final = 30_000
_LINE_PX: Final = 4
_KNOB_PX: Final = 12
_HIT_PX: Final = 24
_ABOVE_PX: Final = 4
_BAR_PX: Final = 2
_PITCH_PX: Final = 3
_INSET_PX: Final = 1
_LEAST_BAR_PX: Final = 2
_ROUNDER: Final = 0.75
"""The power by which quiet bars grow a little, as the ear has it."""


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
        self._waveform: Waveform | None = None
        self._bars: list[QRectF] = []
        self._time: QLabel | None = None
        self._accent = FadingAccent(theme, self)
        self._accent.moved.connect(self.update)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("Position"))
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
        self._bars = []
        self.update()

    @property
    def waveform(self) -> Waveform | None:
        """The bars that are shown, or ``None``."""
        return self._waveform

    def set_waveform(self, waveform: Waveform | None) -> None:
        """The bars of the track; ``None``: the plain line."""
        if waveform != self._waveform:
            self._waveform, self._bars = waveform, []
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

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_at(event.position().x())

    def _hover_at(self, x: float) -> None:
        self._hover_x = x
        if self._drag_ms >= 0:
            self._drag_to(self._hover_x)
        if self.maximum():
            self._show_time()
        self.update()

    def _show_time(self) -> None:
        """Above the pointer. A tooltip would stand over the bar and take the click."""
        if self._time is None:
            self._time = QLabel(self.window())
            self._time.setObjectName("seekTime")
            self._time.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._time.setText(clock(self._ms_at(self._hover_x)))
        self._time.adjustSize()
        corner = self.mapTo(self.window(), QPointF(self._hover_x, 0).toPoint())
        self._time.move(corner.x() - self._time.width() // 2, corner.y() - self._time.height() - _ABOVE_PX)
        self._time.show()
        self._time.raise_()

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
        if self._time is not None:
            self._time.hide()
        self.update()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bars = []

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._waveform is not None and self.maximum():
            self._paint_bars(painter)
        else:
            self._paint_line(painter)
        if self._hover_x >= 0 and self._drag_ms < 0 and self.maximum():
            self._paint_mark(painter)

    def _paint_line(self, painter: QPainter) -> None:
        palette = self._theme.palette
        middle, radius = self.height() / 2, _LINE_PX / 2
        whole = QRectF(_KNOB_PX / 2, middle - radius, self.width() - _KNOB_PX, _LINE_PX)
        painter.setBrush(QColor(palette.outline if self.isEnabled() else palette.track))
        painter.drawRoundedRect(whole, radius, radius)
        if not self.maximum():
            return
        x = self._x_of(self.value())
        painter.setBrush(self._accent.colour)
        painter.drawRoundedRect(QRectF(whole.x(), whole.y(), x - whole.x(), _LINE_PX), radius, radius)
        if self._busy():
            painter.drawEllipse(QPointF(x, middle), _KNOB_PX / 2, _KNOB_PX / 2)

    def _paint_bars(self, painter: QPainter) -> None:
        self._bars = self._bars or self._made_bars()
        x, half = self._x_of(self.value()), QRectF(self.rect())
        half.setRight(x)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(QColor(self._theme.palette.outline))
        painter.drawRects([bar for bar in self._bars if bar.right() > x])
        painter.setClipRect(half)
        painter.setBrush(self._accent.colour)
        painter.drawRects([bar for bar in self._bars if bar.x() < x])
        painter.setClipping(False)
        if self._busy():
            painter.drawRect(QRectF(self._on_grid(x) - 1, 0, _BAR_PX, self.height()))

    def _made_bars(self) -> list[QRectF]:
        """The bars on whole device pixels, so that all are as wide as each other."""
        waveform, width = self._waveform, self.width() - _KNOB_PX
        count = (width + _PITCH_PX - _BAR_PX) // _PITCH_PX
        if waveform is None or count < 1:
            return []
        room, bars = self.height() - 2 * _INSET_PX, []
        borders = [self._on_grid(_KNOB_PX / 2 + n * width / count) for n in range(count + 1)]
        for height, (left, _) in zip(waveform.heights(count, self.maximum()), pairwise(borders), strict=True):
            tall = self._on_grid(max(room * height**_ROUNDER, _LEAST_BAR_PX) / 2) * 2
            bars.append(QRectF(left, self.height() / 2 - tall / 2, self._on_grid(_BAR_PX), tall))
        return bars

    def _on_grid(self, length: float) -> float:
        ratio = self.devicePixelRatioF()
        return round(length * ratio) / ratio

    def _paint_mark(self, painter: QPainter) -> None:
        """Where a click would lead: a thin mark under the pointer."""
        x = self._on_grid(min(max(self._hover_x, _KNOB_PX / 2), self.width() - _KNOB_PX / 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(QColor(self._theme.palette.text2))
        painter.drawRect(QRectF(x, 0, 1, self.height()))

    def _busy(self) -> bool:
        return self._hover_x >= 0 or self._drag_ms >= 0 or self.hasFocus()
