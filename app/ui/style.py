"""How the tokens reach Qt: the palette, one style sheet, and a focus ring that only the keyboard brings out."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from string import Template
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPaintEvent, QPalette, QPen, QPixmapCache
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTextEdit, QWidget
from shiboken6 import isValid

from app.ui.theme import Palette, Theme, scaled

_PIXMAPS_KB: Final = 32_768
"""Rounded covers that are kept as they were painted: a screenful at twice the pixels."""
_PX: Final = re.compile(r"\b(\d+)px")
_SLIM: Final = re.compile(r"QScrollBar|QSlider|QProgressBar|QMenu::separator")
_LEAST_GROWN_PX: Final = 4
_RING_PX: Final = 2
_RING_OFFSET: Final = 2

_SHEET: Final = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QMainWindow, QDialog { background: $window; }
#rail, #panel { background: $window; }
#centre, #bar { background: $surface; }
#panel { border-left: 1px solid $line; }
#bar { border-top: 1px solid $line; }
#companionHead { background: $surface; border-bottom: 1px solid $line; }
#companionFoot { background: $window; border-top: 1px solid $line; }
QLabel { background: transparent; }
QLabel#text2, QRadioButton#text2 { color: $text2; }

QLineEdit {
  background: $surface; color: $text; border: 1px solid $outline; border-radius: 6px; padding: 0 9px;
  min-height: 30px; selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text3;
}
QLineEdit:focus { border: 2px solid $accent; padding: 0 8px; min-height: 28px; }
QLineEdit:disabled { color: $text3; }
QSpinBox { background: $surface; border: 1px solid $outline; border-radius: 6px; min-height: 28px; padding: 0; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; subcontrol-position: center right;
  position: relative; width: 28px; height: 24px; right: 4px; border: none; border-radius: 4px; }
QSpinBox::down-button { right: 32px; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-button:pressed, QSpinBox::down-button:pressed { background: $selected; }
QSpinBox:focus { border: 2px solid $accent; min-height: 26px; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {
  border: none; background: transparent; min-height: 18px; padding: 0 9px; }

QToolButton { background: transparent; border: none; border-radius: 6px; padding: 0; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $selected; }
QToolButton:checked { background: $selected; border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton#play, QToolButton#play:hover, QToolButton#play:pressed { background: transparent; }
QToolButton#railMenu { text-align: left; padding-left: 12px; color: $text2; }

QPushButton { background: $surface; color: $text; border: 1px solid $outline; border-radius: 6px; padding: 0 16px;
  min-height: 30px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:disabled { color: $text3; border-color: $line; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton#primary:hover, QPushButton#primary:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton#primary:disabled { background: $track; color: $text3; border-color: $track; }
QPushButton#link { background: transparent; border: none; color: $accent; padding: 0 4px; min-height: 24px; }
QPushButton#link:hover { text-decoration: underline; }
QPushButton#pill { background: $accent; color: $on_accent; border: none; border-radius: 14px; min-height: 28px;
  padding: 0 16px; }
QPushButton#pill:hover { background: $accent_pressed; }
QPushButton#chip { background: $selected; color: $accent; border: none; border-radius: 4px; padding: 0 4px;
  min-height: 18px; max-height: 18px; min-width: 40px; font-size: 12px; }
QPushButton#chip:hover { text-decoration: underline; }

#dial { background: $track; border-radius: 6px; }
#dial QPushButton { background: transparent; border: none; border-radius: 5px; padding: 0 2px; color: $text2;
  min-height: 28px; max-height: 28px; }
#dial QPushButton:hover { color: $text; }
#dial QPushButton:checked { background: $segment; color: $text; font-weight: 600; }
#tabs QPushButton { background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
  padding: 0; color: $text2; min-height: 30px; text-align: left; }
#tabs QPushButton:hover { color: $text; }
#tabs QPushButton:checked { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }

QListView, QTableView, QTreeView, QScrollArea { background: transparent; border: none; outline: 0; }
QTreeView#boxed::item { padding: 4px; }
QListView#boxed, QTreeView#boxed { background: $surface; border: 1px solid $line; border-radius: 6px; padding: 4px; }
QListView#pages { background: transparent; }
QListView#pages::item { min-height: 32px; padding: 0 12px; border-radius: 6px; color: $text2; }
QListView#pages::item:hover { background: $hover; }
QListView#pages::item:selected { background: $selected; color: $text; }
QListView#pages::item:focus { border: 2px solid $accent; padding: 0 10px; }
QHeaderView::section { background: $surface; color: $text2; border: none; padding: 0 8px; min-height: 28px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 2px; margin: 3px; }
QScrollBar::handle:hover { margin: 2px; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { min-height: 24px; padding: 4px 24px 4px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QBalloonTip QLabel { color: black; } /* Qt paints it light yellow, whatever the theme */
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $outline; }
QSlider::sub-page:horizontal { background: $text2; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: $text2; }
QSlider::handle:horizontal:hover { background: $text; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $outline; }
QSlider::handle:vertical { width: 12px; height: 12px; margin: 0 -4px; border-radius: 6px; background: $text2; }
QSlider::handle:vertical:hover { background: $text; }
QSlider::handle:vertical:focus { background: $accent; }
QSlider::handle:vertical:disabled { background: $outline; }
QComboBox { background: $surface; border: 1px solid $outline; border-radius: 6px; min-height: 28px; padding: 0 8px; }
QComboBox:focus { border: 2px solid $accent; min-height: 26px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox:hover { background: $hover; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 4px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $text; }
QProgressBar { background: $track; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

#seekTime { background: $raised; color: $text; border: 1px solid $line; border-radius: 4px; padding: 1px 6px; }
#popover { background: transparent; }
#toast { background: $raised; border: 1px solid $outline; border-radius: 6px; }
""")


def qt_palette(palette: Palette) -> QPalette:
    """The tokens in the roles of Qt, for whatever the style sheet does not name."""
    made = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: palette.window,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.surface,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.text3,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.BrightText: palette.danger,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.LinkVisited: palette.accent,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Mid: palette.outline,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.text3))
    return made


def style_sheet(palette: Palette) -> str:
    """The one style sheet."""
    names = {name: getattr(palette, name) for name in Palette.__slots__ if isinstance(getattr(palette, name), str)}
    names["segment"] = palette.window if palette.dark else palette.surface
    names["handle"] = "#5A5760" if palette.dark else "#B9B4AC"
    return _grown(_SHEET.substitute(names))


def _grown(sheet: str) -> str:
    """With what is made for letters as large as they are; bars and sliders stay slim."""
    lines = (line if _SLIM.match(line) else _PX.sub(_grow, line) for line in sheet.splitlines())
    return "\n".join(lines)


def _grow(found: re.Match[str]) -> str:
    pixels = int(found[1])
    return f"{scaled(pixels) if pixels >= _LEAST_GROWN_PX else pixels}px"


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Qt walks through all widgets by their addresses; one that is collected as garbage meanwhile ends the program."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Style(QObject):
    """Puts a theme on the application, again at every change of it."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app, self._theme = app, theme
        app.setStyle("Fusion")
        self._font = QFont(app.font())
        QPixmapCache.setCacheLimit(_PIXMAPS_KB)
        theme.changed.connect(self.apply)
        theme.zoom_changed.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Sets font, palette and style sheet."""
        with nothing_collected():
            self._apply()

    def _apply(self) -> None:
        if self._theme.base_px != QFontInfo(self._app.font()).pixelSize():
            self._font.setPixelSize(self._theme.base_px)
            self._app.setFont(self._font)
        self._app.setPalette(qt_palette(self._theme.palette))
        self._app.setStyleSheet(style_sheet(self._theme.palette))


class FocusRing(QWidget):
    """Two pixels around what the keyboard has reached, two pixels away from it.

    It lies over everything, so that nothing clips it. Lists paint the ring of their current row themselves; fields
    have a frame of their own.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme, self._window, self._watched = theme, window, list[QWidget]()
        self._target: QWidget | None = None
        self.by_keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and now is not None:
            self.by_keyboard = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        own = (QAbstractItemView, QLineEdit, QTextEdit)
        wanted = now if self.by_keyboard and now is not None and not isinstance(now, own) else None
        if wanted is not None and (wanted.window() is not self._window or wanted.property("ownRing")):
            wanted = None
        self._follow(wanted)

    def rest(self) -> None:
        """The keyboard was moved by what a mouse did."""
        self.by_keyboard = False
        self._follow(None)

    def _follow(self, target: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # a message goes with its button, and a window with all it holds
                widget.removeEventFilter(self)
        self._target, self._watched = target, []
        if target is None:
            self.hide()
            return
        above: QWidget | None = target
        while above is not None and above is not self._window:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        around = _RING_PX + _RING_OFFSET
        corner = target.mapTo(self._window, target.rect().topLeft())
        self.setGeometry(QRect(corner, target.size()).adjusted(-around, -around, around, around))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.accent), _RING_PX))
        target = self._target
        is_round = target is not None and isValid(target) and target.objectName() == "play"
        radius = self.height() / 2 if is_round else 8
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), radius, radius)
