"""Builds every object once and joins the signals: the map of the app."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.config import settings as settings_file
from app.config.paths import Paths
from app.domain.errors import SegueError
from app.domain.play import Play
from app.domain.queue import PlaybackState, SavedQueue
from app.history.keep import History
from app.history.statistics import statistics
from app.library.by_sound import by_sound
from app.playback.output import AudioOutput
from app.playback.queue_keeper import QueueKeeper
from app.qt.collecting import Collecting
from app.qt.cover_service import CoverService
from app.qt.file_service import FileService
from app.qt.grade_service import GradeService
from app.qt.history_service import HistoryService
from app.qt.impression_service import ImpressionService
from app.qt.jobs import Jobs
from app.qt.lane_service import LaneService
from app.qt.library_service import LibraryService
from app.qt.lyrics_service import LyricsService
from app.qt.playback_service import PlaybackService, device_output
from app.qt.playlist_service import PlaylistService, found_by
from app.qt.tag_service import TagService
from app.qt.translations import Translations
from app.qt.waveform_service import WaveformService
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.details import DetailsStore
from app.storage.impressions import ImpressionStore
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore
from app.storage.queue import QueueStore
from app.storage.roots import RootStore
from app.storage.search import SearchStore
from app.storage.statistics import StatisticsStore
from app.storage.tracks import TrackStore
from app.ui.main_window import MainWindow
from app.ui.style import Style
from app.ui.views import Page, Services, Views
from app.wiring.after_paint import begin_unseen
from app.wiring.appearance import make_theme
from app.wiring.beside import open_companion
from app.wiring.dialogs import asked_remedy, join_dialogs
from app.wiring.drops import join_drops
from app.wiring.edits import join_edits, join_services_that_edit
from app.wiring.grading import measure_of
from app.wiring.importing import ask_history, import_service
from app.wiring.impressions import join_impressions
from app.wiring.remember import remember_playing
from app.wiring.retold import join_retold
from app.wiring.sound import begin_playing, follow_sound, modes_of
from app.wiring.suggesting import make_suggestions
from app.wiring.sync import sync_service
from app.wiring.waveform import follow_playing, join_waveforms
from app.wiring.whereabouts import whereabouts, with_ids_of_today
from app.wiring.work import follow_work, join_work

if TYPE_CHECKING:
    from app.qt.doorbell import Doorbell
    from app.qt.other_writers import OtherWriters
    from app.ui.dialogs.trouble import Remedy
    from app.wiring.desktop import Desktop

log = logging.getLogger(__name__)

_UNSEEN_AFTER_MS = 2_000
_SAVE_AFTER_MS = 1_000
_SUGGEST_AFTER_MS = 500
"""The pages are read anew first: all at once would keep the window from its turns, and the suggestions take longest."""
_COMING = 10
"""So many of the next tracks are no news to the listener, and are not suggested."""


def now_ms() -> int:
    """UTC, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Wiring(QObject):
    """Everything there is once: stores, services, window."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        database: Database,
        output_factory: Callable[[], AudioOutput] | None = None,
        translations: Translations | None = None,
    ) -> None:
        super().__init__()
        self.paths, self.database = paths, database
        self.remedy: Remedy = "quit"
        """What the listener wants done about a damaged library once the window is closed."""
        self.settings, self._said_of_settings = settings_file.load(paths.settings)
        self.translations = translations or Translations()
        self.translations.use(self.settings.language)
        self.theme = make_theme(self)
        self.style = Style(app, self.theme)
        self._changed_in_scan = self.closed = self.begun = False
        self.again: tuple[str, ...] | None = None
        """The words to start it with once more, after it is closed."""
        self._collecting: Collecting | None = None
        self._desktop: Desktop | None = None
        self._door: Path | None = None
        self.doorbell: Doorbell | None = None
        self.others: OtherWriters | None = None
        self._build_services(output_factory or (lambda: device_output(self.settings.output_device)))
        self._save_soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._save_soon.timeout.connect(self._save)
        self._suggest_soon = QTimer(self, singleShot=True, interval=_SUGGEST_AFTER_MS)
        self._suggest_soon.timeout.connect(self.suggestions.follow_library)
        self.make_window()
        self._join_services()

    def _build_services(self, output_factory: Callable[[], AudioOutput]) -> None:
        database = self.database
        tracks, browse, roots = TrackStore(database), BrowseStore(database), RootStore(database)
        plays = PlayStore(database)
        self._kept, self.plays = History(plays), plays
        self.jobs = Jobs(database.close_here, self)
        search = SearchStore(database, by_sound)
        self.library = LibraryService(
            self.jobs,
            tracks,
            browse,
            roots,
            search,
            lambda: self.settings.min_length_s,
            now_ms,
            lambda: self.translations.language,
            self,
        )
        self.playlists = PlaylistService(
            self.jobs,
            PlaylistStore(database),
            PlaylistLinks(database),
            tracks,
            lambda rule: found_by(search, rule, now_ms()),
            now_ms,
            self,
        )
        self.tags = TagService(self.jobs, DetailsStore(database), tracks, roots, now_ms, self)
        self.lyrics = LyricsService(self.jobs, self)
        self.waveforms = WaveformService(self.jobs, self.paths.waveforms, self)
        self.files = FileService(self.jobs, tracks.by_path, self)
        self.grades = GradeService(self.jobs, measure_of(tracks, plays), self)
        self.covers = CoverService(self.jobs, tracks, self.paths.covers, self)
        self._queue_keeper = QueueKeeper(QueueStore(database))
        counted = StatisticsStore(database)
        self.history = HistoryService(self._kept, lambda period: statistics(counted, period, now_ms()), self)
        self.playback = PlaybackService(
            self.jobs,
            self._kept,
            output_factory,
            now_ms=now_ms,
            client_version=__version__,
            parent=self,
            restore=self._last_queue,
            keep_queue=self._queue_keeper.follow,
            begin=False,
            whereabouts=whereabouts(tracks),
        )

        self.suggestions = make_suggestions(self, tracks, plays, browse, now_ms)
        self.impressions = ImpressionService(self.jobs, ImpressionStore(database), now_ms, self)
        self.lane = LaneService(self.playback, self.suggestions, self.library, self)
        self.works = follow_work(self)
        self.sync = sync_service(self, now_ms)
        self.imports = import_service(self, now_ms)

    def _last_queue(self) -> tuple[SavedQueue, Play | None]:
        """In the audio thread: the queue of last time, and the play that was going on, if it is of its current entry.

        Raises:
            SegueError: it cannot be read.
        """
        saved = with_ids_of_today(self._queue_keeper.load(modes_of(self.settings)))
        current = next((each for each in saved.entries if each.entry_id == saved.current_id), None)
        return saved, self._kept.resume(current.track if current else None)

    def make_window(self) -> None:
        """The window with its views, joined to the services; another one takes its place when the language changes."""
        self.views = Views(
            Services(
                self.library,
                self.playback,
                self.suggestions,
                self.covers,
                self.history,
                self.playlists,
                self.tags,
                self.grades,
            ),
            self.theme,
            self.settings.track_order,
            self.settings.track_order_descending,
            self.settings.track_columns,
        )
        self.window = self._build_window(self.views)
        self._join_window()

    def _build_window(self, views: Views) -> MainWindow:
        return MainWindow(
            self.theme,
            self.library,
            self.playback,
            self.suggestions,
            self.covers,
            views,
            views.openers,
            self.settings,
            self.change_settings,
        )

    def _join_services(self) -> None:
        playback, suggestions, library = self.playback, self.suggestions, self.library
        playback.play_recorded.connect(self.history.play_recorded)
        playback.play_recorded.connect(suggestions.play_recorded)
        playback.track_changed.connect(suggestions.track_changed)
        playback.queue_changed.connect(self._queue_changed)
        library.tracks_changed.connect(self._library_changed)
        library.scan_finished.connect(self._scan_finished)
        playback.wanted_output = self.settings.output_device
        remember_playing(self)
        playback.play_recorded.connect(self.impressions.play_recorded)
        self.files.folder_met.connect(library.add_folder)
        playback.needed.connect(lambda: begin_playing(self))
        self.files.opened.connect(lambda track: playback.play_at_once([track], context="opened"))
        self.files.followed.connect(lambda tracks: playback.play_next(tracks, context="opened"))
        join_services_that_edit(self)
        follow_playing(self.waveforms, playback)
        join_retold(self)

    def _join_window(self) -> None:
        window = self.window
        self.views.when_made(self._join_view)
        window.panel.when_made(self._join_tab)
        window.search_changed.connect(self._search)
        join_drops(self)
        window.first_painted.connect(self._after_first_paint)
        for service in (self.files, self.suggestions, self.grades, self.playlists, self.tags):
            service.trouble.connect(window.toast.warn)
        join_dialogs(self)
        join_impressions(self)
        join_edits(self)
        join_waveforms(self)
        join_work(self)
        window.companion_asked.connect(lambda: open_companion(self))

    def _join_view(self, name: str, page: Page) -> None:
        page.album_opened.connect(self.window.open_album)
        page.artist_opened.connect(self.window.open_artist)
        page.genre_opened.connect(self.window.open_genre)
        page.place_wanted.connect(self.window.show_view)
        page.folder_wanted.connect(self.window.add_folder_asked)
        page.history_wanted.connect(lambda: ask_history(self))
        if name == "tracks":
            self.views.tracks.sorted_by.connect(self._sorted)
            self.views.tracks.columns_changed.connect(lambda words: self.change_settings({"track_columns": words}))

    def _join_tab(self, name: str, _tab: QWidget) -> None:
        if name == "lyrics":
            lyrics = self.window.panel.lyrics
            lyrics.wanted.connect(self.lyrics.ask)
            self.lyrics.found.connect(lyrics.show_lyrics)

    def _search(self, text: str) -> None:
        if text or self.views.is_made("search"):
            self.views.search.search(text)

    def start(self, door: Path | None = None) -> None:
        """Shows the window; what it need not wait for is done once it has been seen. ``door``: where others knock."""
        self._door = door
        self.window.show()
        QTimer.singleShot(_UNSEEN_AFTER_MS, self, self._after_first_paint)  # it may open minimised

    def _at_rest(self) -> bool:
        """Nobody looks, nothing is heard and no scan runs."""
        playing = self.playback.state is PlaybackState.PLAYING
        return not (self.window.isActiveWindow() or playing or self.library.scanning)

    def _after_first_paint(self) -> None:
        if self._collecting is not None or self.closed:
            return
        self._collecting = Collecting(self._at_rest, self)
        begin_unseen(self, self._door, self._said_of_settings)

    @property
    def desktop(self) -> "Desktop":
        """The desktop around the window; joined when it is first asked for."""
        if self._desktop is None:
            from app.wiring.desktop import Desktop

            self._desktop = Desktop(self)
        return self._desktop

    def quit(self) -> None:
        """Closes whichever window there is."""
        self.window.quit()

    def close(self) -> None:
        """Ends the play that goes on, joins every thread, closes the library."""
        self.closed = True
        if self.others is not None:
            self.others.close()
        if self.doorbell is not None:
            self.doorbell.close()
        self._save()
        if self._desktop is not None:
            self._desktop.close()
        self.playback.close()
        self.jobs.shutdown()
        try:
            self._kept.flush()
        except SegueError:
            log.exception("Plays could not be written")
        self.database.close()
        for timer in self.findChildren(QTimer):
            timer.stop()

    def change_settings(self, changes: dict[str, object]) -> None:
        """Takes over what the listener chose; it is written a moment later."""
        changed = replace(self.settings, **changes)  # type: ignore[arg-type]
        if changed == self.settings:
            return
        before, self.settings = self.settings, changed
        if self.begun:
            follow_sound(self.playback, before, changed)
        self.theme.choose(changed.theme)
        self.theme.choose_density(changed.density)
        if changed.language != before.language:
            QTimer.singleShot(0, self, self._speak)  # the dialog that asked for it is on the old window
        if self._desktop is not None:
            self._desktop.follow(changed)
        self._save_soon.start()

    def _speak(self) -> None:
        if self.translations.use(self.settings.language):
            from app.wiring.language import speak_anew

            speak_anew(self)

    def _save(self) -> None:
        self._save_soon.stop()
        try:
            settings_file.save(self.paths.settings, self.settings)
        except OSError as error:
            log.warning("The settings could not be saved: %s", error)

    def checked(self, damage: str) -> None:
        """Damage that did not show at opening: the listener decides. A sound library is backed up once a day."""
        if not damage:
            from app.qt.upkeep import keep_backup

            self.jobs.start("backup", keep_backup, self.paths, now_ms(), failed=self.window.toast.say)
            return
        self.remedy = asked_remedy(damage, self.paths)
        if self.remedy != "quit":
            self.window.quit()

    def _library_changed(self) -> None:
        """While a scan runs, what reads the whole library waits for its end: it would take the scan's time."""
        self._changed_in_scan = self.library.scanning
        if not self.library.scanning:
            self.suggestions.library_is_other()
            self._suggest_soon.start()
            self.covers.library_changed()

    def _scan_finished(self) -> None:
        if self._changed_in_scan:
            self._library_changed()
        else:  # a drive may be back, with every track as it was
            self.covers.library_changed()

    def _sorted(self, order: str, descending: bool) -> None:
        self.change_settings({"track_order": order, "track_order_descending": descending})

    def _queue_changed(self) -> None:
        coming = self.playback.coming(_COMING) if self.playback.index >= 0 else []
        self.suggestions.set_waiting(tuple(entry.track.id for entry in coming))
        playing = [self.playback.current] if self.playback.current else []
        suggested = [entry for entry in (*playing, *coming) if entry.suggested]
        self.suggestions.queued([entry.track.id for entry in suggested if entry.track.in_library])
