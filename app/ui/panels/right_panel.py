"""The right panel: *You may like*, the queue and the lyrics, one tab each, and the edge that makes it wider."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.controls import TextButton
from app.ui.delegates.text import metrics
from app.ui.panels.lyrics import LyricsPanel
from app.ui.panels.queue import QueuePanel
from app.ui.panels.suggestions import SuggestionsPanel
from app.ui.services import Covers, Playback, Suggestions
from app.ui.theme import BODY_STRONG, HAIR, XL, L, M, Theme

TABS: Final = ("suggestions", "queue", "lyrics")
_EDGE_PX: Final = 5


class RightPanel(QWidget):
    """Three tabs; arrow keys move between them."""

    width_asked = Signal(int)
    """The edge was dragged: so wide would be right."""
    hide_asked = Signal()

    def __init__(self, theme: Theme, suggestions: Suggestions, playback: Playback, covers: Covers) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.suggestions = SuggestionsPanel(theme, suggestions, playback, covers)
        self.queue = QueuePanel(theme, playback, covers)
        self.lyrics = LyricsPanel(theme, playback)
        self._group = QButtonGroup(self)
        self._tabs = [TextButton("You may like"), TextButton("Queue"), TextButton("Lyrics")]
        self._stack = QStackedWidget()
        self._stack.addWidget(self.suggestions)
        self._stack.addWidget(self.queue)
        self._stack.addWidget(self.lyrics)
        head = QWidget()
        head.setObjectName("tabs")
        head.setAccessibleName("Panel")
        row = QHBoxLayout(head)
        row.setContentsMargins(L, M, L, 0)
        row.setSpacing(XL)
        for number, tab in enumerate(self._tabs):
            tab.setCheckable(True)
            # The chosen tab is bold, and Qt measures it as if it were not.
            tab.setMinimumWidth(metrics(BODY_STRONG).horizontalAdvance(tab.text()) + HAIR)
            self._group.addButton(tab, number)
            row.addWidget(tab)
        row.addStretch(1)
        self._tabs[0].setChecked(True)
        self._group.idToggled.connect(self._turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self._edge = _Edge(self)

    @property
    def tab(self) -> str:
        """``suggestions``, ``queue`` or ``lyrics``."""
        return TABS[self._stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Turns to a tab."""
        self._tabs[TABS.index(name)].setChecked(True)

    def focus_list(self) -> None:
        """Puts the keyboard into the list of the tab."""
        rows = {"queue": self.queue.rows, "suggestions": self.suggestions.rows, "lyrics": self.lyrics.rows}
        rows[self.tab].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turned(self, number: int, on: bool) -> None:
        if on:
            self._stack.setCurrentIndex(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        self._edge.setGeometry(0, 0, _EDGE_PX, self.height())
        self._edge.raise_()


class _Edge(QWidget):
    """The left edge; dragged, it makes the panel wider or narrower."""

    def __init__(self, panel: RightPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            right = self._panel.mapToGlobal(self._panel.rect().topRight()).x()
            self._panel.width_asked.emit(right - round(event.globalPosition().x()) + 1)
