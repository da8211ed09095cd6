"""The companion's icon in the tray: what plays in the other player, and the way back to the window."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app.domain.clean import clean
from app.domain.following import Following
from app.domain.words import mark, say
from app.ui import icons
from app.ui.companion.head import NAME_CHARS, name_of
from app.ui.theme import Theme
from app.ui.tray_icon import TrayIcon

_GOES_ON: Final = mark("The companion follows on")
_THE_WAY_BACK: Final = mark(
    "The icon in the tray brings the window back. To end the companion, choose Quit in its menu."
)


class CompanionTray(TrayIcon):
    """Click shows or hides the window."""

    ignore_asked = Signal(str, bool)
    goes_on, way_back = _GOES_ON, _THE_WAY_BACK

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._shown: Following | None = None
        self._now = self.add("", lambda: None)
        self._now.setEnabled(False)
        self.menu.addSeparator()
        self._turn = self.add(say("Show the companion"), self.turn_window)
        self._ignore = self.add("", self._ask_ignoring)
        self.menu.addSeparator()
        self._quit = self.add(say("Quit"), self.quit_asked.emit)
        self.menu.aboutToShow.connect(self._dress)
        self.activated.connect(self._activated)
        self.show_player(None)

    def show_player(self, shown: Following | None) -> None:
        """The player that the window is about."""
        self._shown = shown
        words = _words(shown)
        self._now.setText(words.replace("&", "&&"))
        self.tip(words)
        self._ignore.setVisible(shown is not None)
        if shown is not None:
            text = say("Follow {} again", name_of(shown)) if shown.ignored else say("Ignore {}", name_of(shown))
            self._ignore.setText(text.replace("&", "&&"))

    def _ask_ignoring(self) -> None:
        if self._shown is not None:
            self.ignore_asked.emit(self._shown.player, not self._shown.ignored)

    def _dress(self) -> None:
        self._turn.setText(say("Hide the companion") if self.window_is_seen else say("Show the companion"))
        ignored = self._shown is not None and self._shown.ignored
        pairs = ((self._turn, "window"), (self._ignore, "refresh" if ignored else "never"), (self._quit, "quit"))
        for action, name in pairs:
            action.setIcon(icons.icon(name, self._theme.palette))

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.Trigger:
            self.turn_window()


def _words(shown: Following | None) -> str:
    if shown is None or shown.track is None or shown.ignored:
        return say("Segue Companion")
    return f"{clean(shown.track.title, NAME_CHARS)} · {clean(shown.track.shown_artist, NAME_CHARS)}"
