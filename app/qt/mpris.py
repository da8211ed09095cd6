"""The player on the session bus (MPRIS2): media keys, panels, ``playerctl``. A missing or dying bus changes nothing.

The bus has a thread of its own. It reads a snapshot that the window's thread gives it; what the desktop wishes comes
back by signal and is done in the window's thread.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.config.file_uri import uri_of_path
from app.domain.queue import QueueEntry
from app.playback.mpris import Snapshot, jumped, microseconds
from app.qt.cover_service import CoverService
from app.qt.jobs import Cancelled, Job, Jobs
from app.qt.playback_service import PlaybackService

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from app.qt.mpris_interfaces import Player

log = logging.getLogger(__name__)

ART_PIXELS = 512

_NAME = "org.mpris.MediaPlayer2.segue"
_PATH = "/org/mpris/MediaPlayer2"
_PATIENCE_S = 10.0
_LONGEST_END_S = 5.0


class Mpris(QObject):
    """Tells the desktop what plays, and does what it asks for."""

    raise_asked = Signal()
    quit_asked = Signal()
    path_opened = Signal(bytes)
    ready = Signal(str)
    """The name on the bus."""

    _wished = Signal(str, object)

    def __init__(
        self, jobs: Jobs, playback: PlaybackService, covers: CoverService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._playback, self._covers = jobs, playback, covers
        self._position_ms, self._art_url = 0, ""
        self._job: Job | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._player: Player | None = None
        self._wished.connect(self._do, Qt.ConnectionType.QueuedConnection)
        for told in (playback.state_changed, playback.duration_changed, playback.volume_changed):
            told.connect(self._tell)
        for told in (playback.queue_changed, playback.modes_changed):
            told.connect(self._tell)
        playback.track_changed.connect(self._track_changed)
        playback.position_changed.connect(self._position_changed)
        covers.cover_ready.connect(self._cover_ready)
        self.ready.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # what happened while the bus was joined

    def start(self) -> None:
        """Goes on the bus, if there is one."""
        self._job = self._jobs.start("mpris", self._work, self._snapshot())

    def close(self) -> None:
        """Leaves the bus and waits for the thread."""
        if self._job is None:
            return
        self._job.cancel()
        self._post(self._stop.set)
        if not self._job.join(_LONGEST_END_S):
            log.error("The thread of the session bus did not end")

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
            playback.index,
            len(playback.entries()),
            uri_of_path(current.track.file) if current is not None else "",
            self._art_url if current is not None else "",
        )

    @Slot()
    def _tell(self, _value: object = None) -> None:
        snapshot = self._snapshot()
        self._post(lambda: self._player.take(snapshot) if self._player is not None else None)

    @Slot(object)
    def _track_changed(self, entry: QueueEntry | None) -> None:
        self._position_ms = 0
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
            self._post(lambda: self._player.Seeked(microseconds(position_ms)) if self._player is not None else None)

    @Slot(str, object)
    def _do(self, verb: str, value: Any) -> None:
        playback = self._playback
        plain: dict[str, Callable[[], None]] = {
            "play-pause": playback.toggle,
            "play": playback.play,
            "pause": playback.pause,
            "stop": playback.stop,
            "next": playback.next,
            "previous": playback.previous,
            "raise": self.raise_asked.emit,
            "quit": self.quit_asked.emit,
        }
        valued: dict[str, Callable[[Any], None]] = {
            "seek": playback.seek,
            "volume": playback.set_volume,
            "shuffle": playback.set_shuffle,
            "repeat": playback.set_repeat,
            "open": self.path_opened.emit,
        }
        if verb in plain:
            plain[verb]()
        else:
            valued[verb](value)

    def _post(self, call: Callable[[], object]) -> None:
        """Has something done in the bus's thread, while there is one."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(call)

    # --- the bus's thread

    def _work(self, cancelled: Cancelled, snapshot: Snapshot) -> None:
        asyncio.run(self._serve(cancelled, snapshot))

    async def _serve(self, cancelled: Cancelled, snapshot: Snapshot) -> None:
        with self._lock:
            self._loop = asyncio.get_running_loop()
        try:
            if not cancelled():
                await self._stay(snapshot)
        finally:
            with self._lock:
                self._loop, self._player = None, None

    async def _stay(self, snapshot: Snapshot) -> None:
        """On the bus until the end of either."""
        from dbus_fast.errors import DBusFastError

        stop = asyncio.ensure_future(self._stop.wait())
        life = asyncio.ensure_future(self._on_bus(snapshot))
        await asyncio.wait({stop, life}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not life.done():
            life.cancel()
        try:
            await life
        except asyncio.CancelledError:
            log.debug("Left the session bus")
        except (OSError, EOFError, KeyError, DBusFastError) as error:  # KeyError: no $HOME to look for a bus in
            log.info("The desktop cannot see the player: %s", error)

    async def _on_bus(self, snapshot: Snapshot) -> None:
        from dbus_fast.aio import MessageBus
        from dbus_fast.constants import NameFlag, RequestNameReply

        from app.qt.mpris_interfaces import Player, Root

        bus = MessageBus()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await bus.connect()
                player = Player(self._wished.emit, lambda: self._playback.position_ms, snapshot)
                bus.export(_PATH, Root(self._wished.emit))
                bus.export(_PATH, player)
                name = _NAME
                if await bus.request_name(name, NameFlag.DO_NOT_QUEUE) is not RequestNameReply.PRIMARY_OWNER:
                    name = f"{_NAME}.instance{os.getpid()}"
                    await bus.request_name(name, NameFlag.DO_NOT_QUEUE)
            self._player = player
            self.ready.emit(name)
            await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
        finally:
            bus.disconnect()
