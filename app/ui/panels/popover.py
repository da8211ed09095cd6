"""A popover: a rounded sheet over the window, with the one shadow there is; Escape or a press elsewhere closes it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.theme import RADIUS_POPOVER, XL, L, S, Theme

_SHADOW_PX: Final = XL
_DROP_PX: Final = 8


class Popover(QWidget):
    """A child of the window, so that it needs nothing of the window system. The focus moves in, and back at the end."""

    closed = Signal()

    def __init__(self, window: QWidget, theme: Theme, width: int) -> None:
        super().__init__(window)
        self.setObjectName("popover")
        self._theme, self._width, self._window = theme, width, window
        self._back_to: QWidget | None = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownRing", True)
        self.body = QVBoxLayout(self)
        edge = _SHADOW_PX + L
        self.body.setContentsMargins(edge, edge - _DROP_PX, edge, edge + _DROP_PX)
        self.body.setSpacing(S)
        theme.changed.connect(self.update)

    def open_beside(self, anchor: QRect) -> None:
        """Opens left of a rectangle of the window where there is room, else above or below it."""
        window = self._window
        self.setFixedWidth(min(self._width, window.width() - 2 * S) + 2 * _SHADOW_PX)
        self.body.activate()
        self.resize(self.width(), self.body.totalHeightForWidth(self.width()))
        room, sheet = window.rect(), self.size()
        x = anchor.left() - sheet.width() + _SHADOW_PX - S
        y = anchor.center().y() - sheet.height() // 2
        if x < -_SHADOW_PX:
            x = anchor.left() - _SHADOW_PX
            above = anchor.top() - sheet.height() + _SHADOW_PX
            y = above if above >= -_SHADOW_PX else anchor.bottom() - _SHADOW_PX
        x = min(max(x, S - _SHADOW_PX), room.width() - sheet.width() + _SHADOW_PX - S)
        y = min(max(y, S - _SHADOW_PX), room.height() - sheet.height() + _SHADOW_PX - S)
        self.move(QPoint(x, y))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def dismiss(self) -> None:
        """Closes it; the focus goes back to where it was."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if self._back_to is not None and self._back_to.isVisible():
            self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = self._sheet().toRect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
            if not inside and isinstance(watched, QWidget):
                self._back_to = None
                self.dismiss()
        elif event.type() == QEvent.Type.Resize and watched is self._window:
            self.dismiss()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        inside = [
            child
            for child in self.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled() and child.isVisible()
        ]
        if not inside:
            return True
        now = QApplication.focusWidget()
        at = inside.index(now) if now in inside else -1
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _sheet(self) -> QRectF:
        edge = _SHADOW_PX
        return QRectF(self.rect()).adjusted(edge, edge - _DROP_PX, -edge, -edge - _DROP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette, sheet = QPainter(self), self._theme.palette, self._sheet()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shadow, steps = QColor(0, 0, 0), 12
        shadow.setAlphaF(palette.shadow_alpha / 255 / steps)
        painter.setBrush(shadow)
        for step in range(steps):
            grow = _SHADOW_PX * 0.75 * (1 - step / steps) - 2
            around = sheet.translated(0, _DROP_PX / 2).adjusted(-grow, -grow, grow, grow)
            painter.drawRoundedRect(around, RADIUS_POPOVER + grow, RADIUS_POPOVER + grow)
        painter.setBrush(QColor(palette.raised))
        painter.setPen(QPen(QColor(palette.line), 1) if palette.dark else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(sheet, RADIUS_POPOVER, RADIUS_POPOVER)
