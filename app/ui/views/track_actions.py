"""What can be done with tracks and cards from any view: play, queue, go to, show in the folder; and the menu of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.ids import AlbumKey, TrackId
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.rating import MOST_STARS
from app.domain.suggestion import Suggestion
from app.domain.track import Album, Track
from app.domain.words import plural, say
from app.ui.item_models.cards import Card
from app.ui.item_models.tracks import file_url
from app.ui.services import Playback, Services
from app.ui.views.asking import Asking
from app.ui.views.card_view import CardView
from app.ui.views.shuffled import drawn

if TYPE_CHECKING:
    from app.domain.details import TrackDetails

MOST_EDITED = 500
"""Tracks whose tags are edited at once."""
_MOST_PLAYLISTS = 30
_READ_AT_ONCE = 128
OfRows = Callable[[Sequence[int]], list[Track]]
"""Reads the tracks of rows."""
MOST_QUEUED = 2_000
"""A longer list is queued around the chosen row: nobody hears more in a day."""


class TrackActions(QObject):
    """The actions, for one view; ``context`` is written into the plays that start here."""

    album_opened = Signal(str)
    artist_opened = Signal(str)
    genre_opened = Signal(str)

    def __init__(self, services: Services, context: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._context, self._widget = services, context, parent
        self._asking, self._playing = Asking(services.library, self), Asking(services.library, self)

    def play(self, tracks: Sequence[Track], start: int = 0, started_by: StartedBy = StartedBy.HAND) -> None:
        """Puts tracks in the place of the queue and starts one of them; missing files are left out."""
        present = [track for track in tracks if not track.missing]
        if present:
            before = sum(not track.missing for track in tracks[:start])
            self._services.playback.play_now(present, before % len(present), started_by, self._context)

    def play_rows(
        self,
        rows: Sequence[int],
        read: OfRows,
        started_by: StartedBy = StartedBy.HAND,
        chosen: TrackId | None = None,
        before: int = 0,
    ) -> None:
        """Plays the tracks that ``read`` gives for rows, from one of them on. Of several such the last plays.

        ``before``: how often the chosen track stands in rows above, too.
        """

        def came(tracks: list[Track]) -> None:
            places = [at for at, track in enumerate(tracks) if track.id == chosen]
            self.play(tracks, places[before] if before < len(places) else 0, started_by)

        self._of_rows(self._playing, rows, read, came)

    def of_rows(self, rows: Sequence[int], read: OfRows, then: Callable[[list[Track]], None]) -> None:
        """Goes on with the tracks of rows, unless something else is asked here before they came."""
        self._of_rows(self._asking, rows, read, then)

    def _of_rows(self, asking: Asking, rows: Sequence[int], read: OfRows, then: Callable[[list[Track]], None]) -> None:
        """Many are read in a job: the window need not wait for them."""
        asking.forget()
        if len(rows) <= _READ_AT_ONCE:
            then(read(rows))
        else:
            asking.ask(object(), lambda: read(rows), then)

    def play_ids(self, ids: Sequence[TrackId]) -> None:
        """Plays tracks by their ids."""
        self._read_tracks(ids, self.play)

    def shuffle_ids(self, ids: Sequence[TrackId]) -> None:
        """Plays tracks in the order of a shuffle; of a longer list as many as a queue holds, drawn from all of it."""

        def came(tracks: list[Track]) -> None:
            present = [track for track in tracks if not track.missing]
            if present:
                self._services.playback.play_shuffled(present, self._context)

        self._read_tracks(drawn(ids, MOST_QUEUED), came)

    def enqueue_ids(self, ids: Sequence[TrackId]) -> None:
        """Puts tracks behind the queue; missing files are left out."""

        def came(tracks: list[Track]) -> None:
            present = [track for track in tracks if not track.missing]
            self._services.playback.enqueue(present, StartedBy.HAND, self._context)

        self._read_tracks(ids, came)

    def _read_tracks(self, ids: Sequence[TrackId], then: Callable[[list[Track]], None]) -> None:
        wanted = list(ids[:MOST_QUEUED])
        self._asking.ask(object(), lambda: self._services.library.tracks(wanted), then)

    def play_card(self, card: Card) -> None:
        """Plays what a card stands for."""
        by = StartedBy.SUGGESTION if isinstance(card.value, Suggestion) else StartedBy.HAND
        self._asking.ask(object(), lambda: self.tracks_of(card), lambda tracks: self.play(tracks, 0, by))

    def open_card(self, card: Card) -> None:
        """Goes to what a card stands for."""
        value = card.value
        if isinstance(value, Album):
            self.album_opened.emit(value.key)
        elif isinstance(value, Suggestion):
            if value.track.album_key:
                self.album_opened.emit(value.track.album_key)
            else:
                self.artist_opened.emit(value.track.artist or value.track.album_artist)
        elif card.key.startswith("genre:"):
            self.genre_opened.emit(value.name)
        else:
            self.artist_opened.emit(value.name)

    def tracks_of(self, card: Card) -> list[Track]:
        """The tracks a card stands for, as many as a queue holds. It is asked in a job."""
        if isinstance(card.value, Suggestion):
            return [card.value.track]
        return self._services.library.tracks(self._ids_of(card)[:MOST_QUEUED])

    def _ids_of(self, card: Card) -> list[TrackId]:
        value, library = card.value, self._services.library
        if isinstance(value, Suggestion):
            return [value.track.id]
        if isinstance(value, Album):
            return library.album_ids(AlbumKey(value.key))
        return library.genre_ids(value.name) if card.key.startswith("genre:") else library.artist_ids(value.name)

    def show_card_menu(self, card: Card, place: QPoint) -> None:
        """The menu of a card."""

        def came(found: tuple[list[Track], list[TrackId]]) -> None:
            tracks, ids = found
            if tracks:
                by = StartedBy.SUGGESTION if isinstance(card.value, Suggestion) else StartedBy.HAND
                self._open(self.menu(tracks, lambda: self.play(tracks, 0, by), started_by=by, ids=ids), place)

        self._asking.ask(object(), lambda: (self.tracks_of(card), self._ids_of(card)), came)

    def show_menu(
        self,
        tracks: Sequence[Track],
        play: Callable[[], None],
        place: QPoint,
        more: Callable[[QMenu], None] | None = None,
        ids: Sequence[TrackId] = (),
    ) -> None:
        """The menu of chosen rows; ``play`` is what *Play now* does there, ``more`` adds lines of the list's own.

        ``ids`` are those of all chosen rows, where these are more than ``tracks``.
        """
        if tracks:
            menu = self.menu(tracks, play, ids=ids)
            if more is not None:
                menu.addSeparator()
                more(menu)
            self._open(menu, place)

    def menu(
        self,
        tracks: Sequence[Track],
        play: Callable[[], None],
        started_by: StartedBy = StartedBy.HAND,
        ids: Sequence[TrackId] = (),
    ) -> QMenu:
        """Play, queue and go to; the last three speak of the first track.

        What is kept (stars, playlists, tags, being in the library) is done to all of ``ids``, else to ``tracks``.
        """
        playback, first = self._services.playback, tracks[0]
        known = [track for track in tracks if track.id > 0]
        kept = [each for each in ids if each > 0] or [track.id for track in known]
        present = [track for track in tracks if not track.missing]
        menu = QMenu(self._widget)
        add_action(menu, say("Play now"), play, enabled=bool(present))
        add_action(
            menu,
            say("Play next"),
            lambda: playback.play_next(present, started_by, self._context),
            enabled=bool(present),
        )
        add_action(
            menu,
            say("Add to queue"),
            lambda: playback.enqueue(present, started_by, self._context),
            enabled=bool(present),
        )
        menu.addMenu(self._playlists_menu(menu, known, kept))
        menu.addMenu(self._stars_menu(menu, kept))
        self._add_love(menu, known)
        menu.addSeparator()
        artist = first.album_artist or first.artist
        add_action(
            menu, say("Go to album"), lambda: self.album_opened.emit(first.album_key), enabled=bool(first.album_key)
        )
        add_action(menu, say("Go to artist"), lambda: self.artist_opened.emit(artist), enabled=bool(artist))
        add_action(menu, say("Show in folder"), lambda: show_in_folder(first), enabled=not first.missing)
        menu.addSeparator()
        library = self._services.library
        add_action(
            menu,
            say("Details and tags…") + "\t" + say("Alt+Enter"),
            lambda: self.show_details(kept),
            enabled=bool(kept),
        )
        add_action(menu, say("Remove from library"), lambda: library.remove_tracks(kept), enabled=bool(kept))
        return menu

    def _playlists_menu(self, menu: QMenu, tracks: Sequence[Track], ids: Sequence[TrackId]) -> QMenu:
        playlists, added = self._services.playlists, QMenu(say("Add to playlist"), menu)
        name = tracks[0].album if tracks and len({track.album_key for track in tracks}) == 1 else ""
        make = partial(self._with_all, tracks, ids)
        ask = partial(self._ask_playlist, name)
        add_action(added, say("New playlist…"), lambda: make(ask), enabled=bool(tracks))
        added.addSeparator()
        for playlist in [each for each in playlists.all() if not each.smart][:_MOST_PLAYLISTS]:
            words = playlist.name[:60].replace("&", "&&")
            do = partial(make, partial(playlists.add, playlist.id))
            add_action(added, words, do, enabled=bool(tracks))
        return added

    def _with_all(
        self, tracks: Sequence[Track], ids: Sequence[TrackId], then: Callable[[Sequence[Track]], None]
    ) -> None:
        """Goes on with all of them, whatever else is asked here; where only the first were read, others follow."""
        library = self._services.library
        if len(ids) <= len(tracks):
            then(tracks)
        else:
            library.read(lambda: library.tracks(list(ids)), then, lambda: None)

    def _stars_menu(self, menu: QMenu, ids: Sequence[TrackId]) -> QMenu:
        stars = QMenu(say("Rating"), menu)
        for number in range(MOST_STARS, 0, -1):
            do = partial(self._services.library.rate, ids, number)
            add_action(stars, f"{plural(number, 'star')}\t{number}", do, enabled=bool(ids))
        add_action(stars, say("No stars") + "\t0", partial(self._services.library.rate, ids, 0), enabled=bool(ids))
        return stars

    def _add_love(self, menu: QMenu, tracks: Sequence[Track]) -> None:
        suggestions = self._services.suggestions
        love = add_action(menu, say("Love") + "\tCtrl+D", lambda: suggestions.toggle_love(tracks), enabled=bool(tracks))
        love.setCheckable(True)
        love.setChecked(bool(tracks) and all(suggestions.loves(track) for track in tracks[:MOST_QUEUED]))

    def _ask_playlist(self, name: str, tracks: Sequence[Track]) -> None:
        from app.ui.dialogs.name import NameDialog

        def taken(name: str) -> None:
            self._services.playlists.create(name, tracks)

        NameDialog(say("New playlist"), say("Make"), name, taken, self._widget).open()

    def show_details(self, ids: Sequence[TrackId]) -> None:
        """Opens the sheet of one track or of several; of very many, of the first."""
        from app.ui.dialogs.track_details import TrackDetailsDialog  # read when it is first asked for

        tags, first = self._services.tags, ids[:MOST_EDITED]

        def came(details: "list[TrackDetails]") -> None:
            if details:
                dialog = TrackDetailsDialog(details, self._widget, beyond=len(ids) - len(first))
                dialog.saved.connect(lambda changes: tags.edit(dialog.editable, changes))
                dialog.open()

        self._asking.ask(object(), lambda: tags.details(first), came)

    def _open(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)


class _PlayingMark(QObject):
    """Keeps the cards of what is playing marked in one view of cards."""

    def __init__(self, playback: Playback, view: CardView) -> None:
        super().__init__(view)
        self._view = view
        playback.track_changed.connect(self.mark)
        self.mark(playback.current)

    def mark(self, entry: QueueEntry | None) -> None:
        """Another track plays, or none."""
        keys = {entry.track.album_key, f"track:{entry.track.id}"} if entry is not None else set()
        self._view.set_playing(frozenset(keys - {""}))


def mark_playing(playback: Playback, view: CardView) -> None:
    """Marks the cards of what is playing, from now on."""
    _PlayingMark(playback, view)


def show_in_folder(track: Track) -> None:
    """Opens the file manager at the track's folder."""
    QDesktopServices.openUrl(file_url(track.file.rpartition(b"/")[0] or b"/"))


def add_action(menu: QMenu, words: str, do: Callable[[], object], *, enabled: bool = True) -> QAction:
    """One line of a menu."""
    action = menu.addAction(words)
    action.triggered.connect(lambda _checked=False: do())
    action.setEnabled(enabled)
    return action
