"""The desktop around the window: the session bus's wishes, notifications, the tray, sleep."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.config.running import Request
from app.config.settings import Settings
from app.domain.suggestion import SuggestionList
from app.qt.mpris import Mpris
from app.qt.notifications import Notifications
from app.qt.recommender_joined import join_recommender
from app.qt.session_bus import SessionBus
from app.qt.stay_awake import StayAwake
from app.ui.tray import Tray
from app.ui.tray_icon import let_hidden
from app.wiring.mpris_lists import join_mpris_lists
from app.wiring.stays import stays_in_tray

if TYPE_CHECKING:
    from app.wiring import Wiring


class Desktop:
    """What stands between the player and the desktop, and follows the settings."""

    def __init__(self, wiring: "Wiring") -> None:
        self._wiring, playback, covers = wiring, wiring.playback, wiring.covers
        self.bus = SessionBus(wiring.jobs, wiring)
        self.mpris = Mpris(self.bus, playback, covers, wiring)
        self.notifications = Notifications(self.bus, playback, covers, _is_looked_at, wiring)
        self.awake = StayAwake(self.bus, playback, wiring)
        self.recommender = join_recommender(self.bus, wiring.jobs, wiring.database, wiring.suggestions)
        playback.play_recorded.connect(self.recommender.play_recorded)
        self.tray: Tray | None = None
        self._started = False
        self.mpris.path_opened.connect(lambda path: wiring.files.open([path]))
        join_mpris_lists(wiring, self.mpris)
        wiring.suggestions.suggestions_changed.connect(self._offer)
        self._offer(wiring.suggestions.current())
        self.mpris.raise_asked.connect(self.show_window)
        self.mpris.quit_asked.connect(lambda: wiring.window.quit())
        self.notifications.asked.connect(lambda verb: self.asked(Request(verb)))
        wiring.window.stays = self._stays
        self.follow(wiring.settings)

    def follow_window(self) -> None:
        """Another window has taken the place of the first: the icon in the tray is made anew in its words."""
        self._wiring.window.stays = self._stays
        if self.tray is not None:
            self.tray.hide()
            self.tray = None
            self._show_tray(self._wiring.settings.tray_icon)

    def start(self) -> None:
        """After the window's first paint: none of this is waited for."""
        self._started = True
        self._show_tray(self._wiring.settings.tray_icon)
        self.bus.start()

    def follow(self, settings: Settings) -> None:
        """What the listener chose."""
        self.notifications.wanted = settings.notifications
        self.awake.set_wanted(settings.stay_awake)
        if self._started:
            self._show_tray(settings.tray_icon)

    def asked(self, request: Request) -> None:
        """Does what a later start of Segue asks for."""
        if request.verb == "open":
            self._wiring.files.open(request.paths)
        if request.verb in {"open", "raise"}:
            self.show_window()
            return
        playback = self._wiring.playback
        verbs = {"play-pause": playback.toggle, "previous": playback.previous, "next": playback.next}
        verbs |= {"play": playback.play, "pause": playback.pause, "stop": playback.stop}
        verbs[request.verb]()

    def close(self) -> None:
        """Off the bus and out of the tray."""
        if self.tray is not None:
            self.tray.hide()
        let_hidden(False)
        self.bus.close()

    def _offer(self, found: SuggestionList) -> None:
        """With nothing queued, *Play* on the bus begins these, as the window's button does."""
        self.mpris.take_offer(bool(found.suggestions))

    def _show_tray(self, shown: bool) -> None:
        if self.tray is None and shown and Tray.can_be():
            window = self._wiring.window
            self.tray = Tray(self._wiring.theme, self._wiring.playback, window)
            self.tray.show_asked.connect(self.show_window)
            self.tray.hide_asked.connect(self._hide_window)
            self.tray.settings_asked.connect(self._show_settings)
            self.tray.quit_asked.connect(window.quit)
        if self.tray is not None:
            self.tray.setVisible(shown)
            if not shown and not self._wiring.window.isVisible():
                self.show_window()

    def _stays(self) -> bool:
        return stays_in_tray(self._wiring, self.tray)

    def show_window(self) -> None:
        """In front of the others, wherever it was."""
        let_hidden(False)
        self._wiring.window.come_forward()

    def _hide_window(self) -> None:
        let_hidden(True)
        self._wiring.window.hide()

    def _show_settings(self) -> None:
        self.show_window()
        self._wiring.window.settings_asked.emit()


def _is_looked_at() -> bool:
    return QApplication.activeWindow() is not None
