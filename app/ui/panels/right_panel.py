"""The right panel: *You may like*, the queue and the lyrics, one tab each, and the edge that makes it wider."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.words import say
from app.ui.controls import TextButton
from app.ui.delegates.text import metrics
from app.ui.panels.suggestions import SuggestionsPanel
from app.ui.services import Covers, Playback, Suggestions
from app.ui.theme import BODY_STRONG, HAIR, XL, L, M, Theme

if TYPE_CHECKING:
    from app.ui.panels.lyrics import LyricsPanel
    from app.ui.panels.queue import QueuePanel

TABS: Final = ("suggestions", "queue", "lyrics")
_EDGE_PX: Final = 5


class RightPanel(QWidget):
    """Three tabs; arrow keys move between them. Queue and lyrics are made when they are first turned to."""

    width_asked = Signal(int)
    """The edge was dragged: so wide would be right."""
    hide_asked = Signal()

    def __init__(self, theme: Theme, suggestions: Suggestions, playback: Playback, covers: Covers) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._playback, self._covers = theme, playback, covers
        self.suggestions = SuggestionsPanel(theme, suggestions, playback, covers)
        self._made: dict[str, QWidget] = {"suggestions": self.suggestions}
        self._told: list[Callable[[str, QWidget], None]] = []
        self._group = QButtonGroup(self)
        self._tabs = [TextButton(say("You may like")), TextButton(say("Queue")), TextButton(say("Lyrics"))]
        self._stack = QStackedWidget()
        self._stack.addWidget(self.suggestions)
        head = QWidget()
        head.setObjectName("tabs")
        head.setAccessibleName(say("Panel"))
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
        return TABS[self._group.checkedId()]

    @property
    def queue(self) -> "QueuePanel":
        """The tab of the queue."""
        return cast("QueuePanel", self._tab("queue"))

    @property
    def lyrics(self) -> "LyricsPanel":
        """The tab of the lyrics."""
        return cast("LyricsPanel", self._tab("lyrics"))

    def when_made(self, told: Callable[[str, QWidget], None]) -> None:
        """``told`` is given every tab there is, and those to come, by name."""
        self._told.append(told)
        for name, tab in self._made.items():
            told(name, tab)

    def _tab(self, name: str) -> QWidget:
        if name not in self._made:
            self._made[name] = tab = self._make(name)
            self._stack.addWidget(tab)
            for told in self._told:
                told(name, tab)
        return self._made[name]

    def _make(self, name: str) -> QWidget:
        if name == "queue":
            from app.ui.panels.queue import QueuePanel

            return QueuePanel(self._theme, self._playback, self._covers)
        from app.ui.panels.lyrics import LyricsPanel

        return LyricsPanel(self._theme, self._playback)

    def show_tab(self, name: str) -> None:
        """Turns to a tab."""
        self._tabs[TABS.index(name)].setChecked(True)

    def focus_list(self) -> None:
        """Puts the keyboard into the list of the tab."""
        tab = cast("SuggestionsPanel | QueuePanel | LyricsPanel", self._tab(self.tab))
        tab.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turned(self, number: int, on: bool) -> None:
        if on:
            self._stack.setCurrentWidget(self._tab(TABS[number]))

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
