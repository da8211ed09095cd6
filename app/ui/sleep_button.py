"""The button that ends the music later: after this track, or after so many minutes."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QMenu

from app.domain.words import mark, plural, say
from app.ui.controls import IconButton
from app.ui.services import Playback
from app.ui.theme import Theme

MINUTES: Final = (15, 30, 45, 60, 90)
_MS: Final = 60_000
_NAME: Final = mark("Sleep timer")


class SleepButton(IconButton):
    """Lit while an end is set; its menu sets and takes it back. When the time is over, the music pauses."""

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__(theme, "sleep", say(_NAME))
        self.setCheckable(True)
        self._playback = playback
        self.timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._over)
        self.clicked.connect(self._open)
        playback.modes_changed.connect(self._show)
        self._show()

    def menu_of_ends(self) -> QMenu:
        """After this track, after so many minutes, or never."""
        menu = QMenu(self)
        after = menu.addAction(say("Stop after this track"), self._toggle_after)
        after.setCheckable(True)
        after.setChecked(self._playback.stops_after)
        menu.addSeparator()
        for minutes in MINUTES:
            menu.addAction(say("Pause in {} minutes", minutes), partial(self.pause_in, minutes))
        if self.timer.isActive():
            menu.addSeparator()
            left = plural(self.minutes_left, "minute")
            menu.addAction(say("Turn the timer off ({} left)", left), self.turn_off)
        return menu

    @property
    def minutes_left(self) -> int:
        """Until the music pauses, begun ones included."""
        return -(-max(self.timer.remainingTime(), 0) // _MS)

    def pause_in(self, minutes: int) -> None:
        """Sets the timer; one that runs begins anew."""
        self.timer.start(minutes * _MS)
        self._show()

    @property
    def left_ms(self) -> int:
        """Until the music pauses; 0 where it does not."""
        return max(self.timer.remainingTime(), 0) if self.timer.isActive() else 0

    def go_on(self, left_ms: int) -> None:
        """Takes over what was left in another window."""
        if left_ms > 0:
            self.timer.start(left_ms)
        self._show()

    def turn_off(self) -> None:
        """The music goes on."""
        self.timer.stop()
        self._show()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._show()  # the minutes have gone on
        super().enterEvent(event)

    def _toggle_after(self) -> None:
        self._playback.stop_after(not self._playback.stops_after)

    def _over(self) -> None:
        self._playback.pause()
        self._show()

    def _show(self) -> None:
        self.setChecked(self.timer.isActive() or self._playback.stops_after)
        words = say("Stops after this track") if self._playback.stops_after else say(_NAME)
        self.set_words(say("Pauses in {}", plural(self.minutes_left, "minute")) if self.timer.isActive() else words)

    def _open(self) -> None:
        self._show()  # a click alone sets nothing
        menu = self.menu_of_ends()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
