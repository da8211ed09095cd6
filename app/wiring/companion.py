"""Builds the companion once and joins its signals: another player's music, the log, *You may like*, one small window.

What plays, scans and syncs is not here: the companion reads the library as Segue has read it.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.config import companion as kept
from app.config import settings as settings_file
from app.config.paths import Paths
from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.track import Track
from app.domain.words import say
from app.qt.collecting import Collecting
from app.qt.companion_service import CompanionService
from app.qt.cover_service import CoverService
from app.qt.giving_back import GivingBack
from app.qt.impression_service import ImpressionService
from app.qt.jobs import Jobs
from app.qt.other_writers import OtherWriters
from app.qt.recommender_joined import join_recommender
from app.qt.session_bus import SessionBus
from app.qt.shown_player import ShownPlayer
from app.qt.suggestion_service import SuggestionService
from app.qt.translations import Translations
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.impressions import ImpressionStore
from app.storage.marks import MarkStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.ui.companion.window import CompanionWindow
from app.ui.style import Style
from app.ui.theme import Theme, scaled
from app.wiring.companion_desktop import CompanionDesktop
from app.wiring.moments import midnight_ms, now_ms

if TYPE_CHECKING:
    from app.qt.doorbell import Doorbell
    from app.suggestions.suggest import Suggester

log = logging.getLogger(__name__)

_SAVE_AFTER_MS = 1_000
_WIDTH, _HEIGHT = 380, 640
_DECORATION = QSize(0, 32)
"""About what the desktop draws around a window."""


class CompanionWiring(QObject):
    """Everything there is once: stores, services, window."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        database: Database,
        translations: Translations | None = None,
        make_service: "Callable[[CompanionWiring], CompanionService] | None" = None,
    ) -> None:
        super().__init__()
        self._make_service = make_service or _service
        self.paths, self.database = paths, database
        self.shared, _ = settings_file.load(paths.settings)
        self.settings, self._said_of_settings = kept.load(paths.companion)
        self.translations = translations or Translations()
        self.translations.use(self.shared.language)
        self.theme = Theme(self.shared.theme, self)
        self.theme.choose_zoom(self.settings.zoom_percent or self.shared.zoom_percent)
        self.style = Style(app, self.theme)
        self.has_bus = True
        self.again: tuple[str, ...] | None = None
        """The words to start it with once more, after it is closed."""
        self._looked_at_settings_ns = _changed_ns(paths.settings)
        self._doorbell: Doorbell | None = None
        self._collecting: Collecting | None = None
        self._build_services()
        self._save_soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._save_soon.timeout.connect(self._save)
        self._giving_back = GivingBack(self)
        self.make_window()
        self.desktop = CompanionDesktop(self)
        self._join()

    def _build_services(self) -> None:
        database = self.database
        self.tracks, self.plays, browse = TrackStore(database), PlayStore(database), BrowseStore(database)
        self.jobs = Jobs(database.close_here, self)
        self.bus = SessionBus(self.jobs, self)
        self.service = self._make_service(self)
        self.shown = ShownPlayer(self.service, self)
        feedback = FeedbackStore(database)

        def make_suggester() -> "Suggester":
            from app.suggestions.suggest import Suggester  # numpy, in the job: the window does not wait for it

            return Suggester(self.tracks, self.plays, browse, feedback, self.jobs.give_way)

        self.suggestions = SuggestionService(self.jobs, make_suggester, now_ms, self, feedback, has_shelves=False)
        self.recommender = join_recommender(self.bus, self.jobs, database, self.suggestions, self.service)
        self.covers = CoverService(self.jobs, self.tracks, self.paths.covers, self)
        self.impressions = ImpressionService(self.jobs, ImpressionStore(database), now_ms, self)
        self.marks = MarkStore(database)
        self.others = OtherWriters(self.jobs, self.marks, lambda: not self.window.isVisible(), self)
        self._has_library = self.tracks.count() > 0

    def make_window(self) -> None:
        """The window, joined to the services; another takes its place when language or size change."""
        window = self.window = CompanionWindow(self.theme, self.suggestions, self.covers)
        wanted = QSize(self.settings.width or scaled(_WIDTH), self.settings.height or scaled(_HEIGHT))
        window.resize(wanted.boundedTo(window.screen().availableGeometry().size() - _DECORATION))
        window.player_chosen.connect(self.shown.choose)
        window.sent.connect(lambda suggestion: self._send(suggestion.track))
        window.wished.connect(self._wished)
        window.activated.connect(self._came_forward)
        window.closed.connect(self._keep_size)
        window.panel.seen.connect(self.impressions.saw)
        for service in (self.service, self.suggestions):
            service.trouble.connect(window.toast.say)
        self._show()
        self._count()

    def _join(self) -> None:
        self.shown.changed.connect(self._show)
        self.shown.track_changed.connect(self._followed)
        self.service.play_recorded.connect(self._recorded)
        self.bus.joined.connect(lambda: self._bus_is(there=True))
        self.bus.missing.connect(lambda: self._bus_is(there=False))
        self.others.plays_added.connect(self._played_elsewhere)
        self.others.feedback_given.connect(self.suggestions.read_loves)
        self.others.feedback_given.connect(self.suggestions.refresh)
        self.others.tracks_changed.connect(self._library_changed)
        self.suggestions.suggestions_changed.connect(self._giving_back.soon)
        self.theme.zoom_changed.connect(lambda percent: QTimer.singleShot(0, self, lambda: self._zoomed(percent)))

    def start(self, door: Path | None = None, *, hidden: bool = False) -> None:
        """Shows the window, or only the icon in the tray; then follows. ``door``: where others knock."""
        self.listen_at(door)
        self._collecting = Collecting(lambda: not self.window.isActiveWindow(), self)
        self.desktop.start(hidden=hidden)
        self.service.start()
        self.bus.start()
        self.others.start()
        self.suggestions.refresh()
        if self._said_of_settings:
            self.window.toast.say(self._said_of_settings)

    def listen_at(self, door: Path | None) -> None:
        """Later starts of the companion knock there: each brings the window to the front."""
        if door is not None:
            from app.qt.doorbell import Doorbell

            self._doorbell = Doorbell(door, lambda _request: self.desktop.show_window())

    def quit(self) -> None:
        """Closes whichever window there is."""
        self.window.quit()

    def close(self) -> None:
        """Ends the plays that go on, joins every thread, closes the library."""
        if self._doorbell is not None:
            self._doorbell.close()
        self._save()
        self.others.close()
        self.desktop.close()
        self.bus.close()
        self.service.close(back_soon=self.again is not None)
        self.jobs.shutdown()
        self.database.close()
        for timer in self.findChildren(QTimer):
            timer.stop()

    def change_settings(self, changes: dict[str, object]) -> None:
        """Takes over what the listener chose; it is written a moment later."""
        changed = replace(self.settings, **changes)  # type: ignore[arg-type]
        if changed != self.settings:
            self.settings = changed
            self._save_soon.start()

    def _save(self) -> None:
        self._save_soon.stop()
        try:
            settings_file.save(self.paths.companion, self.settings)
        except OSError as error:
            log.warning("The companion's settings could not be saved: %s", error)

    def _keep_size(self) -> None:
        if not self.window.isMaximized():
            self.change_settings({"width": self.window.width(), "height": self.window.height()})

    # What is shown

    def _show(self) -> None:
        shown = self.shown
        self.window.show_players(shown.shown, shown.playing(), has_bus=self.has_bus, has_library=self._has_library)

    def _followed(self, track: Track | None) -> None:
        self.suggestions.follow(track)
        self.others.look()

    def _recorded(self, play: Play) -> None:
        self.others.play_recorded(play)
        self.suggestions.play_recorded(play)
        self._count()

    def _played_elsewhere(self) -> None:
        self.suggestions.refresh()
        self._count()

    def _count(self) -> None:
        try:
            self.window.panel.show_today(self.marks.plays_since(midnight_ms()))
        except SegueError as error:
            log.warning("The plays of today could not be counted: %s", error)

    def _library_changed(self) -> None:
        self._has_library = self.tracks.count() > 0
        self.suggestions.library_changed()
        self.covers.library_changed()
        self._show()

    def _bus_is(self, *, there: bool) -> None:
        self.has_bus = there
        self.shown.look()
        self._show()

    # What is asked for

    def _send(self, track: Track) -> None:
        shown = self.shown.shown
        self.service.send(track, shown.player if shown is not None else None)

    def _wished(self, wish: str) -> None:
        if wish == "bus":
            self.bus.close()
            self.bus.start()
        elif wish == "follow" and self.shown.shown is not None:
            self.service.ignore(self.shown.shown.player, False)
            self.shown.look()
        elif wish == "segue":
            self.desktop.open_segue()

    def _came_forward(self) -> None:
        self.others.look()
        changed_ns = _changed_ns(self.paths.settings)
        if changed_ns != self._looked_at_settings_ns:
            self._looked_at_settings_ns = changed_ns
            self._follow_segue()

    def _follow_segue(self) -> None:
        """Segue looks other, or speaks another language: so does its companion."""
        self.shared, _ = settings_file.load(self.paths.settings)
        self.theme.choose(self.shared.theme)
        if not self.settings.zoom_percent:
            self.theme.choose_zoom(self.shared.zoom_percent)
        if self.translations.use(self.shared.language):
            QTimer.singleShot(0, self, self.renew)

    def _zoomed(self, percent: int) -> None:
        if percent != self.theme.zoom:  # of several steps at once the last is made
            return
        self.change_settings({"zoom_percent": 0 if percent == self.shared.zoom_percent else percent})
        self.renew()
        self.window.toast.say(say("Text and rows at {} %", percent))

    def renew(self) -> None:
        """Puts a new window where the old one was."""
        old = self.window
        geometry, seen = old.saveGeometry(), old.isVisible()
        self._keep_size()
        self.make_window()
        self.window.restoreGeometry(geometry)
        self.desktop.follow_window()
        if seen:
            self.window.show()
        old.hide()
        old.deleteLater()


def _service(wiring: CompanionWiring) -> CompanionService:
    return CompanionService(
        wiring.jobs,
        wiring.bus,
        wiring.tracks,
        wiring.plays,
        now_ms=now_ms,
        ignored=wiring.settings.ignored,
        keep_ignored=lambda names: wiring.change_settings({"ignored": names}),
        parent=wiring,
    )


def _changed_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
