"""The icon in the desktop's tray: what plays, the controls, and the way back to a window that was closed into it.

Where the desktop has no tray there is no icon, and closing the window ends Segue as ever.
"""

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app.domain.clean import clean
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.words import mark, say
from app.ui import icons
from app.ui.services import Playback
from app.ui.theme import Theme
from app.ui.tray_icon import TrayIcon

_VOLUME_STEP: Final = 5
_NAME_CHARS: Final = 60
_NOTCH: Final = 120
"""What a wheel tells for one step."""
_GOES_ON: Final = mark("Segue plays on")
_THE_WAY_BACK: Final = mark("The icon in the tray brings the window back. To end Segue, choose Quit in its menu.")


class Tray(TrayIcon):
    """Click shows or hides the window, the middle button plays and pauses, the wheel turns the volume."""

    settings_asked = Signal()
    goes_on, way_back = _GOES_ON, _THE_WAY_BACK

    def __init__(self, theme: Theme, playback: Playback, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._playback, self._turned = theme, playback, 0
        self._now = self.add("", lambda: None)
        self._now.setEnabled(False)
        self.menu.addSeparator()
        self._toggle = self.add(say("Play"), playback.toggle)
        self._next = self.add(say("Next track"), playback.next)
        self._previous = self.add(say("Previous track"), playback.previous)
        self.menu.addSeparator()
        self._window_shown = self.add(say("Show Segue"), self.turn_window)
        self._settings = self.add(say("Settings…"), self.settings_asked.emit)
        self._quit = self.add(say("Quit"), self.quit_asked.emit)
        self.menu.aboutToShow.connect(self._dress)
        self.activated.connect(self._activated)
        playback.track_changed.connect(self._tell)
        playback.state_changed.connect(self._tell)
        playback.queue_changed.connect(self._tell)
        self._tell()

    def _tell(self, _value: object = None) -> None:
        playing = self._playback.state is PlaybackState.PLAYING
        current = self._playback.current
        waiting = bool(self._playback.entries())
        words = _words(current)
        self._now.setText(words.replace("&", "&&"))
        self._toggle.setText(say("Pause") if playing else say("Play"))
        for action in (self._toggle, self._next, self._previous):
            action.setEnabled(waiting or current is not None)
        self.tip(words)

    def _dress(self) -> None:
        """Icons and words of the moment, when the menu is opened."""
        playing = self._playback.state is PlaybackState.PLAYING
        self._window_shown.setText(say("Hide Segue") if self._window.isVisible() else say("Show Segue"))
        pairs = (
            (self._toggle, "pause" if playing else "play"),
            (self._next, "next"),
            (self._previous, "previous"),
            (self._settings, "settings"),
            (self._quit, "quit"),
        )
        for action, name in pairs:
            action.setIcon(icons.icon(name, self._theme.palette))

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.Trigger:
            self.turn_window()
        elif how == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._playback.toggle()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):  # trays of X11 alone pass it on
            self._turned += event.angleDelta().y()
            steps, self._turned = int(self._turned / _NOTCH), int(self._turned - int(self._turned / _NOTCH) * _NOTCH)
            volume = self._playback.volume + steps * _VOLUME_STEP
            self._playback.set_volume(min(max(volume, 0), 100))
            return True
        return super().event(event)


def _words(entry: QueueEntry | None) -> str:
    if entry is None:
        return "Segue"
    return f"{clean(entry.track.title, _NAME_CHARS)} · {clean(entry.track.shown_artist, _NAME_CHARS)}"
