"""One player on the bus, as it is looked at; all of it in the bus's thread."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from app.companion.going import Seen
from app.companion.launch import opens_files
from app.companion.said import NOTHING, Said, position_of, rate_of, said_of, status_of
from app.domain.queue import PlaybackState
from app.qt.session_bus import Aside, apart, ask, listen

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

ROOT = "org.mpris.MediaPlayer2"
PLAYER, TRACKS = f"{ROOT}.Player", f"{ROOT}.TrackList"
_PATH = "/org/mpris/MediaPlayer2"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_NO_TRACK = f"{_PATH}/TrackList/NoTrack"
_PATIENCE_S = 3.0
_OLD_S = 1.0
"""An answer that took longer says where the player was, nobody knows when."""
_FIRST_S, _LONGEST_S, _SILENT_S = 1.5, 4.0, 30.0
"""How long between two looks: at first, when all agrees, and at one that never answers."""
_AFTER_CHANGE_S = 0.4
"""A player that has just gone on may still say where it was."""
_WINDOW_S, _MOST_SIGNALS = 2.0, 200
_DEAF_S = 30.0
"""So long one that floods is not listened to."""
_DEEPEST = 4
_PLAY_FILES_ANYWAY = frozenset({"mpv"})
"""They name the schemes of the network alone, and open files all the same: a second one would play over the first."""


class Look:
    """What is known of one player, and the asking."""

    def __init__(
        self, bus: "MessageBus", unique: str, player: str, process: int, looked: Callable[[Seen], None]
    ) -> None:
        self._bus, self._unique, self.player, self._looked = bus, unique, player, looked
        self.processes = {process} if process else set[int]()
        self.key = ""
        """Set once others know of it."""
        self.said: Said = NOTHING
        self._status, self._rate = PlaybackState.STOPPED, 1.0
        self._schemes: tuple[str, ...] = ()
        self._edits_tracks = self._can_be_opened = False
        self.desktop_entry = ""
        self._position: int | None = None
        self._position_s = 0.0
        self._delay_s = _FIRST_S
        self._changes = self._unanswered = 0
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._deafness: asyncio.Task[None] | None = None
        self._window_s, self._signals = 0.0, 0
        self._deaf_until = 0.0

    @property
    def playing(self) -> bool:
        """It says that it plays."""
        return self._status is PlaybackState.PLAYING

    @property
    def takes_tracks(self) -> bool:
        """There is a way to have it play a file."""
        return "file" in self._schemes or self._edits_tracks or self._can_be_opened

    # --- beginning and end

    async def meet(self, aside: Aside) -> Mapping[str, object]:
        """Listens to it, and asks it all there is; gives what it says of itself."""
        await listen(self._bus, self._rule(), _PATIENCE_S)
        root, properties = await asyncio.gather(self._all(ROOT), self._all(PLAYER))
        self._apply(properties)
        schemes = root.get("SupportedUriSchemes")
        self._schemes = tuple(str(scheme)[:40].lower() for scheme in schemes[:64]) if isinstance(schemes, list) else ()
        if self.player in _PLAY_FILES_ANYWAY:
            self._schemes += ("file",)
        if root.get("HasTrackList") is True and "file" not in self._schemes:
            self._edits_tracks = (await self._all(TRACKS)).get("CanEditTracks") is True
        entry = root.get("DesktopEntry")
        self.desktop_entry = entry[:200] if isinstance(entry, str) else ""
        work = partial(opens_files, self.desktop_entry, self.player)
        self._can_be_opened = await apart(aside, work, _PATIENCE_S) is True
        return root

    def begin(self) -> None:
        """Says what was found, and follows from now on."""
        self._say()
        self._wake.set()
        self._task = asyncio.ensure_future(self._follow())

    def cancel(self) -> None:
        """It is gone, or the bus is."""
        for task in (self._task, self._deafness):
            if task is not None:
                task.cancel()

    async def end(self) -> None:
        """It is not looked at any more, though it is there."""
        self.cancel()
        await listen(self._bus, self._rule(), _PATIENCE_S, "RemoveMatch")

    def _rule(self) -> str:
        return f"type='signal',sender='{self._unique}',path='{_PATH}'"

    # --- listening

    def hear(self, message: "Message") -> None:
        """A signal of the player."""
        now = time.monotonic()
        if now < self._deaf_until:
            return
        if now - self._window_s > _WINDOW_S:
            self._window_s, self._signals = now, 0
        self._signals += 1
        if self._signals > _MOST_SIGNALS:
            self._turn_deaf(now)
        elif message.member == "Seeked" and message.interface == PLAYER and message.signature == "x":
            self._changes += 1
            self._at(position_of(message.body[0]), jumped=True)
        elif message.member == "PropertiesChanged" and message.signature == "sa{sv}as":
            interface, changed, invalid = message.body
            if interface == PLAYER:
                self._apply(_plain(changed))
                if {"Metadata", "PlaybackStatus"} & set(invalid):
                    self._wake.set()

    def _turn_deaf(self, now: float) -> None:
        log.warning("%s floods the bus; it is only asked for a while", self.player)
        self._deaf_until = now + _DEAF_S
        self._changes += 1
        self._wake.set()

        async def unhear() -> None:
            await listen(self._bus, self._rule(), _PATIENCE_S, "RemoveMatch")
            await asyncio.sleep(_DEAF_S)
            await listen(self._bus, self._rule(), _PATIENCE_S)

        self._deafness = asyncio.ensure_future(unhear())

    def _apply(self, properties: Mapping[str, object]) -> bool:
        """Takes over what is said, and passes it on if it is news."""
        said = said_of(properties["Metadata"]) if "Metadata" in properties else self.said
        status = status_of(properties.get("PlaybackStatus")) or self._status
        rate = rate_of(properties.get("Rate")) or self._rate
        if (said, status, rate) == (self.said, self._status, self._rate):
            return False
        if said != self.said:
            self._position = None
        self.said, self._status, self._rate = said, status, rate
        self._changes += 1
        self._delay_s = _FIRST_S
        if self.key:
            self._say()
            self._wake.set()
        return True

    def _at(self, position_ms: int | None, *, jumped: bool = False) -> None:
        if position_ms is None:
            return
        self._position, self._position_s = position_ms, time.monotonic()
        if self.key:
            self._say(position_ms, jumped)

    def _say(self, position_ms: int | None = None, jumped: bool = False) -> None:
        self._looked(Seen(self.said, self._status, self._rate, position_ms, jumped))

    # --- asking

    async def _follow(self) -> None:
        while True:
            delay = self._until_next()
            try:
                async with asyncio.timeout(delay):
                    await self._wake.wait()
                self._wake.clear()
                await asyncio.sleep(_AFTER_CHANGE_S if self.playing else 0.02)
            except TimeoutError:
                pass
            await self._look()

    def _until_next(self) -> float | None:
        """Seconds to the next look; ``None``: there is none before something changes."""
        if time.monotonic() < self._deaf_until:
            return 1.0
        if self._status is PlaybackState.STOPPED:
            return None
        if self._unanswered > 3:
            return _SILENT_S
        if not self.playing:  # what it said may have been of the moment before it went on
            delay, self._delay_s = self._delay_s, min(self._delay_s * 1.5, _SILENT_S)
            return delay
        delay, self._delay_s = self._delay_s, min(self._delay_s * 1.5, _LONGEST_S)
        if self._position is not None and self.said.length_ms:
            gone_s = time.monotonic() - self._position_s
            left_s = (self.said.length_ms - self._position) / 1_000 / self._rate - gone_s
            if 0 < left_s < delay:  # whether it begins again is seen at once
                return left_s + 0.3
        return delay

    async def _look(self) -> None:
        """All that it says, for those who forget to tell, and where it is."""
        asked_s, changes = time.monotonic(), self._changes
        properties = await self._all(PLAYER)
        if changes != self._changes:  # it was asked of what is over
            self._wake.set()
            return
        if self._apply(properties):
            return  # where it is may still be of what was before
        if self._status is not PlaybackState.STOPPED:
            position = properties.get("Position")
            if position is None:
                position = await self._get("Position")
            if changes == self._changes and time.monotonic() - asked_s < _OLD_S:
                self._at(position_of(position))

    async def _all(self, interface: str) -> Mapping[str, object]:
        answer = await self._call(_PROPERTIES, "GetAll", "s", interface)
        if answer is None or answer.signature != "a{sv}":
            return {}
        plain = _plain(answer.body[0])
        return plain if isinstance(plain, dict) else {}

    async def _get(self, name: str) -> object:
        answer = await self._call(_PROPERTIES, "Get", "ss", PLAYER, name)
        return _plain(answer.body[0]) if answer is not None and answer.signature == "v" else None

    async def _call(self, interface: str, member: str, signature: str, *body: Any) -> "Message | None":
        from dbus_fast import Message

        call = Message(self._unique, _PATH, interface, member, signature=signature, body=list(body))
        answer = await ask(self._bus, call, _PATIENCE_S)
        self._unanswered = 0 if answer is not None else self._unanswered + 1
        return answer

    # --- sending

    async def open(self, uri: str) -> bool:
        """Has it play a file, if it takes one over the bus."""
        if "file" in self._schemes and await self._call(PLAYER, "OpenUri", "s", uri) is not None:
            return True
        if not self._edits_tracks:
            return False
        tracks = (await self._all(TRACKS)).get("Tracks")
        last = tracks[-1] if isinstance(tracks, list) and tracks and isinstance(tracks[-1], str) else _NO_TRACK
        return await self._call(TRACKS, "AddTrack", "sob", uri, last, True) is not None


def _plain(value: Any, depth: int = 0) -> Any:
    """What came over the bus without its types' names; what lies too deep is left out."""
    from dbus_fast import Variant

    if isinstance(value, Variant):
        value = value.value
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {key: _plain(one, depth + 1) for key, one in list(value.items())[:200]}
    if isinstance(value, list | tuple):
        return [_plain(one, depth + 1) for one in value[:200]]
    return value
