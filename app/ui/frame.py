"""How the parts of the window stand: rail, centre and panel beside each other, or the panel over the centre."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from app.ui.panels.right_panel import RightPanel
from app.ui.rail import Rail
from app.ui.theme import PANEL_WIDTH, RAIL_NARROW, RAIL_WIDTH, scaled

OVERLAY_BELOW: Final = 1120
NARROW_BELOW: Final = 1040
LEAST_PANEL: Final = 300
MOST_PANEL: Final = 420
_LEAST_CENTRE: Final = 520


class Frame(QWidget):
    """Lays out by width. Docked and overlaid, the panel is shown or hidden by two memories: wide it stays as it was."""

    panel_changed = Signal()

    def __init__(self, rail: Rail, centre: QWidget, panel: RightPanel, *, shown: bool, panel_width: int) -> None:
        super().__init__()
        self._rail, self._centre, self._panel = rail, centre, panel
        self.panel_width = panel_width or PANEL_WIDTH
        """As it would be at the drawn text size."""
        self.docked_shown, self._overlay_shown = shown, False
        for part in (rail, centre, panel):
            part.setParent(self)
        rail.wants_room.connect(self.arrange)
        panel.width_asked.connect(self._widen)
        panel.hide_asked.connect(self._hide_overlay)

    @property
    def overlaid(self) -> bool:
        """There is no room for the panel beside the centre."""
        return self.width() < scaled(OVERLAY_BELOW)

    @property
    def panel_shown(self) -> bool:
        """The panel can be seen."""
        return self._overlay_shown if self.overlaid else self.docked_shown

    @property
    def free_centre(self) -> QRect:
        """The part of the centre that no panel covers."""
        area = self._centre.geometry()
        if self.overlaid and self._overlay_shown:
            area.setRight(self._panel.x() - 1)
        return area

    def show_panel(self, shown: bool) -> None:
        """Shows or hides it."""
        if self.overlaid:
            self._overlay_shown = shown
        else:
            self.docked_shown = shown
        self.arrange()

    def _hide_overlay(self) -> None:
        if self.overlaid and self._overlay_shown:
            self.show_panel(False)

    def _widen(self, width: int) -> None:
        self.panel_width = min(max(round(width * 100 / scaled(100)), LEAST_PANEL), MOST_PANEL)
        self.arrange()

    def arrange(self) -> None:
        """Puts the parts where they belong."""
        width, height = self.width(), self.height()
        narrow = width < scaled(NARROW_BELOW)
        self._rail.set_narrow(narrow)
        place = scaled(RAIL_NARROW if narrow else RAIL_WIDTH)
        self._rail.setGeometry(0, 0, scaled(RAIL_WIDTH) if self._rail.searching else place, height)
        docked = not self.overlaid and self.docked_shown
        panel_width = min(scaled(min(self.panel_width, MOST_PANEL)), width - place)
        if docked:
            panel_width = max(min(panel_width, width - place - scaled(_LEAST_CENTRE)), scaled(LEAST_PANEL))
        self._panel.setGeometry(width - panel_width, 0, panel_width, height)
        if not self.panel_shown and self._panel.isAncestorOf(self.focusWidget() or self):
            self._rail.take_focus()
        self._panel.setVisible(self.panel_shown)
        self._centre.setGeometry(place, 0, width - place - (panel_width if docked else 0), height)
        if self.overlaid:
            self._panel.raise_()
        if self._rail.searching:
            self._rail.raise_()
        self.panel_changed.emit()

    def resizeEvent(self, event: object) -> None:
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(RAIL_NARROW + _LEAST_CENTRE, 400)
