"""The player on the session bus (MPRIS2): media keys, panels, ``playerctl``.

The bus's thread reads a snapshot that the window's thread gives it; what the desktop wishes comes back by signal and is
done in the window's thread.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.config.file_uri import uri_of_path
from app.domain.playlist import Playlist
from app.domain.queue import QueueEntry
from app.playback import mpris_lists
from app.playback.mpris import Snapshot, jumped, microseconds
from app.qt.cover_service import CoverService
from app.qt.playback_service import PlaybackService
from app.qt.session_bus import SessionBus

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast.aio import MessageBus

    from app.qt.mpris_interfaces import Player
    from app.qt.mpris_lists import Playlists, TrackList

ART_PIXELS = 512
_STEPS = frozenset({"play-pause", "play", "pause", "stop", "next", "previous", "seek", "seek-by", "go-to"})
"""Of these the last one counts where more is asked for than can be done: by a key that is held, or a wild program."""
_VALUES = frozenset({"volume", "speed", "shuffle", "repeat"})
"""Of each of these, too."""
_BEGINS = frozenset({"open", "playlist"})
"""Other music is asked for: a step that is held was one of the music before, and would lead away from this."""
_CATCH_UP_MS = 50

_NAME = "org.mpris.MediaPlayer2.segue"
_PATH = "/org/mpris/MediaPlayer2"


class Mpris(QObject):
    """Tells the desktop what plays, and does what it asks for. A guest of the session bus."""

    raise_asked = Signal()
    quit_asked = Signal()
    path_opened = Signal(bytes)
    file_added = Signal(bytes, object, bool)
    """A file, the id of the entry it is to stand behind (0: none, ``None``: one that is not there), play it at once."""
    playlist_wanted = Signal(object)
    ready = Signal(str)
    """The name on the bus."""

    _wished = Signal(str, object)

    def __init__(
        self, bus: SessionBus, playback: PlaybackService, covers: CoverService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bus, self._playback, self._covers = bus, playback, covers
        self._position_ms, self._entry_id, self._art_url = 0, 0, ""
        self._offered = False
        self._last = Snapshot()
        self._player: Player | None = None
        self._tracks: TrackList | None = None
        self._lists: Playlists | None = None
        self._window = mpris_lists.Window()
        self._held: dict[str, tuple[str, Any]] = {}
        """What was asked for last while more was still to be done; what came between is left out."""
        self._catch_up = QTimer(self, singleShot=True, interval=_CATCH_UP_MS)
        self._catch_up.timeout.connect(self._do_held)
        bus.invite(self)
        self._wished.connect(self._do, Qt.ConnectionType.QueuedConnection)
        for told in (playback.state_changed, playback.duration_changed, playback.volume_changed):
            told.connect(self._tell)
        for told in (playback.queue_changed, playback.modes_changed, playback.speed_changed):
            told.connect(self._tell)
        playback.track_changed.connect(self._track_changed)
        playback.position_changed.connect(self._position_changed)
        covers.cover_ready.connect(self._cover_ready)
        self.ready.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # what happened while the bus was joined

    # --- the window's thread

    def _snapshot(self) -> Snapshot:
        playback = self._playback
        current = playback.current
        return Snapshot(
            playback.state,
            current,
            playback.duration_ms if current is not None else 0,
            playback.shuffle,
            playback.repeat,
            playback.volume,
            len(playback.entries()),
            playback.goes_on,
            uri_of_path(current.track.file) if current is not None else "",
            self._art_url if current is not None else "",
            playback.speed,
            self._offered,
        )

    @Slot()
    def _tell(self, _value: object = None) -> None:
        snapshot = self._last = self._snapshot()
        self._bus.post(lambda: self._player.take(snapshot) if self._player is not None else None)
        window = mpris_lists.near(self._playback.entries(), self._playback.index)
        if window != self._window:
            self._window = window
            self._bus.post(lambda: self._tracks.take(window) if self._tracks is not None else None)

    def take_offer(self, offered: bool) -> None:
        """Whether *Play* begins something though nothing is queued."""
        if offered != self._offered:
            self._offered = offered
            self._tell()

    def take_playlists(self, lists: tuple[Playlist, ...]) -> None:
        """The lists as they are now."""
        self._bus.post(lambda: self._lists.take(lists) if self._lists is not None else None)

    @Slot(object)
    def _track_changed(self, entry: QueueEntry | None) -> None:
        """A track that begins again is the same to the bus: its way back to the start is told as the jump it is."""
        entry_id = entry.entry_id if entry is not None else 0
        if entry_id != self._entry_id:
            self._entry_id, self._position_ms = entry_id, 0
        self._art_url = self._art(entry)
        self._tell()

    def _art(self, entry: QueueEntry | None) -> str:
        """The URI of the cover's file, where it is at hand; else it is asked for."""
        file = self._covers.file(entry.track.id, ART_PIXELS) if entry is not None else None
        return uri_of_path(os.fsencode(file)) if file is not None else ""

    @Slot(int, int)
    def _cover_ready(self, track_id: int, pixels: int) -> None:
        current = self._playback.current
        if pixels == ART_PIXELS and current is not None and current.track.id == track_id:
            self._art_url = self._art(current)
            self._tell()

    @Slot(int)
    def _position_changed(self, position_ms: int) -> None:
        before_ms, self._position_ms = self._position_ms, position_ms
        if jumped(before_ms, position_ms):
            self._bus.post(lambda: self._player.Seeked(microseconds(position_ms)) if self._player is not None else None)

    @Slot(str, object)
    def _do(self, verb: str, value: Any) -> None:
        if verb in _STEPS | _VALUES:
            slot = verb if verb in _VALUES else "step"
            if self._playback.is_behind:
                self._held[slot] = verb, value
                self._catch_up.start()
                return
            self._held.pop(slot, None)
        elif verb in _BEGINS:
            self._held.pop("step", None)
        playback = self._playback
        plain: dict[str, Callable[[], None]] = {
            "play-pause": playback.toggle,
            "play": playback.play,
            "pause": playback.pause,
            "stop": playback.stop,
            "next": playback.skip_on,
            "previous": playback.skip_back,
            "raise": self.raise_asked.emit,
            "quit": self.quit_asked.emit,
        }
        valued: dict[str, Callable[[Any], None]] = {
            "seek": playback.seek,
            "seek-by": playback.seek_by,
            "volume": playback.set_volume,
            "speed": playback.set_speed,
            "shuffle": playback.set_shuffle,
            "repeat": playback.set_repeat,
            "open": self.path_opened.emit,
            "add": lambda added: self.file_added.emit(*added),
            "playlist": lambda wanted: self.playlist_wanted.emit(wanted) if wanted is not None else None,
            "go-to": lambda entry_id: self._at(entry_id, playback.jump),
            "remove": lambda entry_id: self._at(entry_id, lambda place: playback.remove([place])),
        }
        if verb in plain:
            plain[verb]()
        else:
            valued[verb](value)

    @Slot()
    def _do_held(self) -> None:
        for verb, value in list(self._held.values()):
            self._do(verb, value)

    def _at(self, entry_id: int | None, act: Callable[[int], None]) -> None:
        """Does something to an entry where it stands now; one that has gone is left alone."""
        entries = self._playback.entries()
        place = next((place for place, entry in enumerate(entries) if entry.entry_id == entry_id), -1)
        if place >= 0:
            act(place)

    # --- the bus's thread

    async def joined(self, bus: "MessageBus") -> None:
        """Stands on the bus, under a name of its own where another Segue was first."""
        from dbus_fast.constants import NameFlag, RequestNameReply

        from app.qt.mpris_interfaces import Player, Root
        from app.qt.mpris_lists import Playlists, TrackList

        player = Player(self._wished.emit, lambda: self._playback.position_ms, self._last)
        bus.export(_PATH, Root(self._wished.emit))
        bus.export(_PATH, player)
        tracks, lists = TrackList(self._wished.emit, self._window), Playlists(self._wished.emit, ())
        bus.export(_PATH, tracks)
        bus.export(_PATH, lists)
        name = _NAME
        if await bus.request_name(name, NameFlag.DO_NOT_QUEUE) is not RequestNameReply.PRIMARY_OWNER:
            name = f"{_NAME}.instance{os.getpid()}"
            await bus.request_name(name, NameFlag.DO_NOT_QUEUE)
        self._player, self._tracks, self._lists = player, tracks, lists
        self.ready.emit(name)

    async def leaving(self) -> None:
        """The name goes with the connection."""

    def left(self) -> None:
        """Nobody listens any more."""
        self._player = self._tracks = self._lists = None
