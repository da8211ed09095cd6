"""What can be done with a playlist from its card and from its page."""

import os

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.ids import TrackId
from app.domain.playlist import Playlist, SmartRule
from app.domain.track import Track
from app.domain.words import mark, say
from app.ui.dialogs.name import NameDialog
from app.ui.services import Services
from app.ui.views.asking import Asking
from app.ui.views.shuffled import drawn
from app.ui.views.track_actions import MOST_QUEUED, add_action

_IMPORTED = mark("Playlists (*.m3u *.m3u8 *.pls *.xspf *.jspf)")
_EXPORTED = "M3U (*.m3u8);;XSPF (*.xspf);;PLS (*.pls);;JSPF (*.jspf)"
_OFFERED = ".m3u8"
_ENDINGS = {_OFFERED, ".m3u", ".xspf", ".pls", ".jspf"}
CONTEXT = "playlist"


class PlaylistActions(QObject):
    """The actions, for one view."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._widget = services, parent
        self._asking = Asking(services.library, self)

    def ids(self, playlist: Playlist) -> list[TrackId]:
        """The tracks of a list that are in the library, in order."""
        if playlist.rule is not None:
            return self._services.playlists.found(playlist.rule)
        return [entry.track_id for entry in self._services.playlists.entries(playlist.id) if entry.track_id is not None]

    def play(self, playlist: Playlist, *, shuffle: bool = False) -> None:
        """Plays a list in the place of the queue."""

        def came(present: list[Track]) -> None:
            if present and shuffle:
                self._services.playback.play_shuffled(present, CONTEXT)
            elif present:
                self._services.playback.play_now(present, context=CONTEXT)

        self._asking.ask(object(), lambda: self._present(playlist, shuffle=shuffle), came)

    def enqueue(self, playlist: Playlist) -> None:
        """Puts a list behind the queue."""

        def came(present: list[Track]) -> None:
            if present:
                self._services.playback.enqueue(present, context=CONTEXT)

        self._asking.ask(object(), lambda: self._present(playlist), came)

    def _present(self, playlist: Playlist, *, shuffle: bool = False) -> list[Track]:
        ids = self.ids(playlist)
        wanted = drawn(ids, MOST_QUEUED) if shuffle else ids[:MOST_QUEUED]
        return [track for track in self._services.library.tracks(wanted) if not track.missing]

    def fill(self, menu: QMenu, playlist: Playlist) -> None:
        """The menu of a list."""
        playlists = self._services.playlists
        add_action(menu, say("Play"), lambda: self.play(playlist))
        add_action(menu, say("Shuffle"), lambda: self.play(playlist, shuffle=True))
        add_action(menu, say("Add to queue"), lambda: self.enqueue(playlist))
        menu.addSeparator()
        add_action(menu, say("Rename…"), lambda: self.ask_name(playlist))
        if playlist.smart:
            add_action(menu, say("Change the search…"), lambda: self.ask_rule(playlist))
        add_action(menu, say("Export…"), lambda: self.ask_export(playlist))
        menu.addSeparator()
        add_action(menu, say("Delete"), lambda: playlists.delete(playlist.id))

    def make_smart(self, query: str) -> None:
        """A smart list named after its search."""
        self._services.playlists.create_smart(query, SmartRule(query))

    def ask_name(self, playlist: Playlist) -> None:
        """Asks for another name."""
        taken = self._services.playlists.rename
        NameDialog(
            say("Rename the playlist"),
            say("Rename"),
            playlist.name,
            lambda name: taken(playlist.id, name),
            self._widget,
        ).open()

    def ask_rule(self, playlist: Playlist) -> None:
        """Asks for another search."""
        rule = playlist.rule
        if rule is None:
            return

        def taken(query: str) -> None:
            changed = SmartRule(query, rule.order, rule.descending, rule.limit)
            self._services.playlists.set_rule(playlist.id, changed)

        NameDialog(say("What it holds"), say("Save"), rule.query, taken, self._widget).open()

    def ask_import(self) -> None:
        """Asks for files to import."""
        names, _ = QFileDialog.getOpenFileNames(self._widget, say("Import playlists"), "", say(_IMPORTED))
        if names:
            self._services.playlists.import_files([os.fsencode(name) for name in names])

    def ask_export(self, playlist: Playlist) -> None:
        """Asks where to write a list."""
        start = playlist.name.replace("/", "-") + _OFFERED
        name, kind = QFileDialog.getSaveFileName(self._widget, say("Export the playlist"), start, _EXPORTED)
        if name:
            self._services.playlists.export_file(playlist.id, os.fsencode(export_path(name, kind)))


def export_path(name: str, kind: str) -> str:
    """Where a list is written that is to be called so and be of this kind (``XSPF (*.xspf)``).

    Another ending that was typed counts; the one that was offered does not against another kind. A file that the
    listener was not asked about is not written over.
    """
    wanted, (stem, ending) = kind.rpartition("*")[2].rstrip(")"), os.path.splitext(name)
    if ending.lower() not in _ENDINGS:
        stem = name
    elif ending != _OFFERED or wanted in {"", _OFFERED}:
        return name
    path, number = stem + (wanted or _OFFERED), 2
    while os.path.lexists(path):
        path, number = f"{stem} ({number}){wanted or _OFFERED}", number + 1
    return path
