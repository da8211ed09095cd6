"""The window: joins rail, views, panel and player bar, and knows where the listener has been."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.feedback import Said, Told
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.suggestion import Suggestion
from app.domain.track import Track
from app.domain.words import say
from app.ui.actions import Actions
from app.ui.back_button import BackButton
from app.ui.drops import dropped_paths, has_paths
from app.ui.forward import come_forward
from app.ui.frame import Frame
from app.ui.in_sight import InSight
from app.ui.item_models.tracks import dropped_ids
from app.ui.love_button import love_chosen
from app.ui.navigation import Navigation
from app.ui.panels.right_panel import RightPanel
from app.ui.player_bar import PlayerBar
from app.ui.rail import PLACES, Rail, is_typed
from app.ui.seek_bar import STEP_MS
from app.ui.services import Covers, Library, Playback, Suggestions
from app.ui.speed_menu import STEP, speed_menu, step_speed
from app.ui.style import FocusRing
from app.ui.tab_order import move, stops
from app.ui.theme import Theme
from app.ui.toast import Toast

_LEAST: Final = QSize(900, 600)
_DECORATION: Final = QSize(0, 32)
"""About what the desktop draws around a window: the foot of a full-height one must not fall off the screen."""
_VOLUME_STEP: Final = 5


class MainWindow(Navigation):
    """The frame around the views. ``openers`` tell a view what to show: ``{"album": page.show_album, ...}``.

    A view is taken from ``views`` when it is first gone to.
    """

    first_painted = Signal()
    """The window has been seen for the first time: what it need not show can begin."""

    folders_dropped = Signal(list)
    """Paths as bytes: folders, and files to play."""
    files_queued = Signal(list, int)
    """Paths that were dropped on the queue, and its row, or -1."""
    files_listed = Signal(list)
    """Paths that were dropped on the page of a playlist."""
    tracks_dropped = Signal(list, int)
    """Ids that were dragged out of a table onto the panel or the player bar, and the row of the queue, or -1."""
    settings_asked = Signal()
    add_folder_asked = Signal()
    report_asked = Signal()
    shortcuts_asked = Signal()
    about_asked = Signal()
    companion_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        library: Library,
        playback: Playback,
        suggestions: Suggestions,
        covers: Covers,
        views: Mapping[str, QWidget],
        openers: Mapping[str, Callable[[str], None]] | None = None,
        settings: Settings | None = None,
        settings_changed: Callable[[dict[str, object]], None] | None = None,
    ) -> None:
        """``settings_changed`` is given the fields that changed, by name: as views are chosen, and at the end."""
        super().__init__()
        settings = settings or Settings()
        self.setWindowTitle("Segue")
        self.setMinimumSize(_LEAST)
        self.setAcceptDrops(True)
        self._theme, self._library, self._playback, self._covers = theme, library, playback, covers
        self._suggestions = suggestions
        self._views, self._openers = views, dict(openers or {})
        self._settings_changed = settings_changed or _forget
        self.stays: Callable[[], bool] = lambda: False
        """Asked when the window is closed: whether the music goes on without it."""
        self._quitting = self._painted = False
        self.stack = QStackedWidget()
        self.stack.setObjectName("centre")
        self.back = BackButton(theme, self.stack)
        self.rail = Rail(theme, list(self._views))
        self.panel = RightPanel(theme, suggestions, playback, covers)
        self.bar = PlayerBar(theme, playback, covers, suggestions)
        self.frame = Frame(
            self.rail, self.stack, self.panel, shown=settings.panel_shown, panel_width=settings.panel_width
        )
        self._lay_out()
        self.toast, self.in_sight = Toast(theme, self.frame), InSight(self)
        self.focus_ring = FocusRing(self, theme)
        self.actions_by_name = Actions(theme, self)
        self._connect_parts()
        self._connect_services()
        self._connect_actions()
        self._restore(settings)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.frame, 1)
        column.addWidget(self.bar)
        self.setCentralWidget(whole)

    def _connect_parts(self) -> None:
        self.rail.place_chosen.connect(self.show_view)
        self.rail.search_changed.connect(self._search_changed)
        self.back.clicked.connect(self.go_back)
        self.rail.search.wants_results.connect(self._focus_centre)
        self.rail.menu_asked.connect(self._open_menu)
        self.frame.panel_changed.connect(self._show_panel_state)
        self.bar.queue_toggled.connect(self._toggle_queue)
        self.bar.panel_toggled.connect(self._toggle_panel)
        self.bar.why_clicked.connect(self._why_playing)
        self.panel.suggestions.why_asked.connect(self._why_row)
        self.panel.when_made(self._connect_tab)
        for part in (self.bar, self.panel.suggestions):
            part.artist_clicked.connect(self.open_artist)
            part.album_clicked.connect(self.open_album)

    def _connect_tab(self, name: str, _tab: QWidget) -> None:
        if name != "queue":
            return
        queue = self.panel.queue
        queue.model.tracks_dropped.connect(self.tracks_dropped)
        queue.model.files_dropped.connect(self.files_queued)
        queue.removed.connect(lambda says: self.toast.say(says, self._playback.way_back()))
        queue.undone.connect(self.toast.say)
        queue.undone.connect(self.toast.forget)
        queue.why_asked.connect(self._why_queued)
        for part in (queue, queue.lane):
            part.artist_clicked.connect(self.open_artist)
            part.album_clicked.connect(self.open_album)

    def _connect_services(self) -> None:
        self._library.trouble.connect(self.toast.warn)
        self._suggestions.said.connect(self._said)
        self._playback.trouble.connect(self.toast.warn)
        self._playback.output_missing.connect(self.toast.warn)
        self._playback.track_changed.connect(self._show_title)
        self._playback.retold.connect(self._show_title)

    def _connect_actions(self) -> None:
        playback, act = self._playback, self.actions_by_name
        jobs: dict[str, Callable[[], object]] = {
            "toggle": playback.toggle,
            "next": playback.next,
            "previous": playback.previous,
            "pause": playback.pause,
            "stop": playback.stop,
            "forward": lambda: self.bar.seek_bar.step(STEP_MS),
            "backward": lambda: self.bar.seek_bar.step(-STEP_MS),
            "louder": lambda: playback.set_volume(min(playback.volume + _VOLUME_STEP, 100)),
            "quieter": lambda: playback.set_volume(max(playback.volume - _VOLUME_STEP, 0)),
            "mute": lambda: playback.set_muted(not playback.muted),
            "shuffle": lambda: playback.set_shuffle(not playback.shuffle),
            "repeat": self.bar.turn_repeat,
            "autoplay": lambda: playback.set_autoplay(not playback.autoplay),
            "faster": lambda: step_speed(playback, STEP, self.toast.say),
            "slower": lambda: step_speed(playback, -STEP, self.toast.say),
            "normal_speed": lambda: step_speed(playback, 0, self.toast.say),
            "undo": self._undo,
            "search": self.rail.start_search,
            "back": self.go_back,
            "onward": self.go_forward,
            "panel": self._toggle_panel,
            "queue": lambda: self._show_tab("queue"),
            "lyrics": lambda: self._show_tab("lyrics"),
            "suggestions": lambda: self._show_tab("suggestions"),
            "add_folder": self.add_folder_asked.emit,
            "love": lambda: love_chosen(self.focusWidget(), playback.current, self._suggestions),
            "groups": lambda: self._theme.group(not self._theme.grouped),
            "rescan": self._library.rescan,
            "grade": lambda: self.show_view("grade"),
            "report": self.report_asked.emit,
            "zoom_in": lambda: self._theme.step_zoom(1),
            "zoom_out": lambda: self._theme.step_zoom(-1),
            "zoom_reset": lambda: self._theme.step_zoom(0),
            "settings": self.settings_asked.emit,
            "shortcuts": self.shortcuts_asked.emit,
            "about": self.about_asked.emit,
            "companion": self.companion_asked.emit,
            "quit": self.quit,
        }
        for name, job in jobs.items():
            act[name].triggered.connect(lambda _checked=False, job=job: job())
        for name, _ in PLACES:
            act[name].triggered.connect(lambda _checked=False, name=name: self.show_view(name))
            act[name].setEnabled(name in self._views)

    def _restore(self, settings: Settings) -> None:
        wanted = QSize(settings.window_width, settings.window_height).expandedTo(_LEAST)
        room = self.screen().availableGeometry().size() - _DECORATION
        fits = room.width() >= _LEAST.width() and room.height() >= _LEAST.height()
        self.resize(wanted.boundedTo(room) if fits else wanted)
        if settings.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        places = [name for name, _ in PLACES if name in self._views]
        start = settings.view if settings.view in places else next(iter(places or self._views), "")
        if start:
            self.show_view(start)
        self.rail.take_focus()
        self._show_title(self._playback.current)

    def _focus_centre(self) -> None:
        page = self.stack.currentWidget()
        if page is None:
            return
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        inside = stops(self, (page,))
        if inside and self.focusWidget() not in inside:
            inside[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # The panel

    def _toggle_panel(self) -> None:
        self.frame.show_panel(not self.frame.panel_shown)

    def _toggle_queue(self) -> None:
        if self.frame.panel_shown and self.panel.tab == "queue":
            self.panel.show_tab("suggestions")
        else:
            self.panel.show_tab("queue")
            self.frame.show_panel(True)

    def _show_tab(self, name: str) -> None:
        self.panel.show_tab(name)
        self.frame.show_panel(True)
        self.panel.focus_list()

    def _show_panel_state(self) -> None:
        self.bar.panel.setChecked(self.frame.panel_shown)
        self.toast.stand_over(self.frame.free_centre)

    def _why_row(self, suggestion: Suggestion) -> None:
        viewport, corner, height = self.panel.suggestions.row_rect(suggestion)
        top_left = viewport.mapTo(self, corner)
        anchor = viewport.rect().translated(top_left - viewport.rect().topLeft())
        anchor.setHeight(height)
        self._open_why(suggestion.track, suggestion, anchor)

    def _why_playing(self, entry: QueueEntry) -> None:
        chip = self.bar.now.why
        self._why_queued(entry, chip.rect().translated(chip.mapToGlobal(chip.rect().topLeft())))

    def _why_queued(self, entry: QueueEntry, on_screen: QRect) -> None:
        anchor = QRect(self.mapFromGlobal(on_screen.topLeft()), on_screen.size())
        said, shown = self._suggestions.why(entry.track.id), self.panel.suggestions.suggestion_of(entry.track.id)
        by_lane = entry.started_by is StartedBy.AUTOPLAY
        self._open_why(entry.track, (said or shown) if by_lane else (shown or said), anchor)

    def _open_why(self, track: Track, suggestion: Suggestion | None, anchor: QRect) -> None:
        from app.ui.panels.why_popover import WhyPopover  # read when it is first asked for

        popover = WhyPopover(self, self._theme, self._covers, track, suggestion)
        popover.said.connect(self.panel.suggestions.say)
        popover.open_beside(anchor)

    def _said(self, told: Told) -> None:
        if told.feedback.said is Said.UNDO:
            self.toast.say(told.sentence)
        else:
            self.toast.say(told.sentence, lambda: self.panel.suggestions.take_back(told.feedback))

    # Messages

    def _undo(self) -> None:
        """In the queue its last edit, elsewhere what was said last that can be taken back."""
        if self.panel.tab == "queue" and self.panel.isAncestorOf(self.focusWidget() or self):
            self.panel.queue.undo()
        else:
            self.toast.take_back()

    def _show_title(self, entry: QueueEntry | None) -> None:
        words = (
            say(
                "{title} · {shown_artist} · Segue",
                title=entry.track.title[:80],
                shown_artist=entry.track.shown_artist[:80],
            )
            if entry is not None
            else "Segue"
        )
        self.setWindowTitle(words.replace("[*]", ""))

    def _open_menu(self) -> None:
        button = self.rail.menu_button
        menu = self.menu()
        corner = button.mapToGlobal(button.rect().topLeft())
        menu.popup(corner - QPoint(0, menu.sizeHint().height() + 4))

    def menu(self) -> QMenu:
        """What is done seldom."""
        self.actions_by_name.dress()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addMenu(speed_menu(self._playback, menu))
        menu.addSeparator()
        upper, lower = ("add_folder", "rescan", "report", "grade"), ("settings", "shortcuts", "about")
        for name in (*upper, "", "companion", "", *lower, "", "quit"):
            if name:
                menu.addAction(self.actions_by_name[name])
            else:
                menu.addSeparator()
        return menu

    def come_forward(self) -> None:
        """In front of the other windows, and not minimised, as far as the desktop lets it."""
        come_forward(self)

    def quit(self) -> None:
        """The end, wherever the window is."""
        self._quitting = True
        self.close()
        QApplication.quit()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_typed(event):
            self.rail.start_search()
            self.rail.search.setText(event.text())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move(self, (self.rail, self.stack, self.toast, self.panel, self.bar), forward=forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if (event.source() is None and has_paths(event.mimeData())) or dropped_ids(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        if ids := dropped_ids(event.mimeData()):
            if self._is_over(event, self.panel, self.bar):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.tracks_dropped.emit(ids, -1)
        elif event.source() is None and (paths := dropped_paths(event.mimeData())):
            event.setDropAction(Qt.DropAction.CopyAction)  # files stay where they are, whatever key is held
            event.accept()
            self._files_dropped(event, paths)

    def _files_dropped(self, event: QDropEvent, paths: list[bytes]) -> None:
        if self._is_over(event, self.panel.queue):
            self.files_queued.emit(paths, -1)
        elif self.view in {"playlist", "playlists"} and self._is_over(event, self.stack):
            self.files_listed.emit(paths)
        else:
            self.folders_dropped.emit(paths)

    def _is_over(self, event: QDropEvent, *parts: QWidget) -> bool:
        under = self.childAt(event.position().toPoint())
        return under is not None and any(part.isAncestorOf(under) or part is under for part in parts)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_state()
        if not self._quitting and self.stays():
            event.ignore()
            self.hide()
        else:
            super().closeEvent(event)

    def keep_state(self) -> None:
        """Size, panel and their like go to the settings."""
        changes: dict[str, object] = {
            "maximized": self.isMaximized(),
            "panel_shown": self.frame.docked_shown,
            "panel_width": self.frame.panel_width,
        }
        if not self.isMaximized():
            changes |= {"window_width": self.width(), "window_height": self.height()}
        self._settings_changed(changes)


def _forget(changes: dict[str, object]) -> None:
    """For windows whose state nobody keeps."""
