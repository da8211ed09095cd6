"""A notification with cover when another track begins and nobody looks at the window; a guest of the session bus.

One notification stands at a time: the next takes its place. A daemon that is absent, slow or odd is asked again for the
next track, and only the newest wish waits for it.
"""

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.config.file_uri import uri_of_path
from app.domain.queue import PlaybackState
from app.playback import notice
from app.playback.notice import Notice, notice_of
from app.qt.cover_service import CoverService
from app.qt.mpris import ART_PIXELS
from app.qt.playback_service import PlaybackService
from app.qt.session_bus import SessionBus, ask, listen

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_PATIENCE_S = 5.0
_WAIT_FOR_COVER_MS = 400
_NORMAL = 1
_THE_DAEMON_S_OWN_TIME = -1


class Notifications(QObject):
    """Decides in the window's thread what is told, and tells it in the bus's."""

    asked = Signal(str)
    """The verb of what was pressed on the notification."""

    _pressed = Signal(str)

    def __init__(
        self,
        bus: SessionBus,
        playback: PlaybackService,
        covers: CoverService,
        looked_at: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """``looked_at`` says whether the listener sees the window."""
        super().__init__(parent)
        self._bus, self._playback, self._covers, self._looked_at = bus, playback, covers, looked_at
        self.wanted = True
        self._told_id = -1
        self._teller = _Teller(self._pressed.emit)
        self._cover_late = QTimer(self, singleShot=True, interval=_WAIT_FOR_COVER_MS)
        self._cover_late.timeout.connect(self._tell)
        self._pressed.connect(self.asked, Qt.ConnectionType.QueuedConnection)
        for told in (playback.track_changed, playback.state_changed):
            told.connect(self._changed)
        covers.cover_ready.connect(self._cover_ready)
        bus.invite(self._teller)

    @Slot()
    def _changed(self, _value: object = None) -> None:
        """A track that begins is told once, when its cover is there or does not come."""
        current = self._playback.current
        if current is None or self._playback.state is not PlaybackState.PLAYING or current.entry_id == self._told_id:
            return
        self._told_id = current.entry_id
        self._cover_late.stop()
        if not self.wanted or self._looked_at():
            return
        if self._cover():
            self._tell()
        else:
            self._cover_late.start()

    def _cover(self) -> str:
        current = self._playback.current
        file = self._covers.file(current.track.id, ART_PIXELS) if current is not None else None
        return uri_of_path(os.fsencode(file)) if file is not None else ""

    @Slot(int, int)
    def _cover_ready(self, track_id: int, pixels: int) -> None:
        current = self._playback.current
        mine = current is not None and current.track.id == track_id and pixels == ART_PIXELS
        if mine and self._cover_late.isActive():
            self._cover_late.stop()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        current = self._playback.current
        if current is not None and current.entry_id == self._told_id:
            told = notice_of(current.track, self._cover())
            self._bus.post(lambda: self._teller.tell(told))


class _Teller:
    """The side of the bus: speaks to the daemon, one notification after the other."""

    def __init__(self, asked: Callable[[str], None]) -> None:
        self._asked = asked
        self._bus: MessageBus | None = None
        self._daemon: str | None = None
        self._shown_id = 0
        self._next: Notice | None = None
        self._task: asyncio.Task[None] | None = None

    async def joined(self, bus: "MessageBus") -> None:
        """Hears what becomes of notifications."""
        self._bus = bus
        bus.add_message_handler(self._heard)
        rule = f"type='signal',sender='{_NAME}',path='{_PATH}',interface='{_NAME}'"
        await listen(bus, rule, _PATIENCE_S)

    async def leaving(self) -> None:
        """What is on screen would outlive the player: its buttons would do nothing."""
        if self._bus is not None and self._shown_id:
            await self._call("CloseNotification", "u", self._shown_id)

    def left(self) -> None:
        """Forgets all."""
        self._bus, self._shown_id, self._next = None, 0, None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def tell(self, told: Notice) -> None:
        """Shows a notice, or has it wait for the one that is on its way."""
        self._next = told
        if self._bus is not None and self._task is None:
            self._task = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        try:
            while (told := self._next) is not None:
                self._next = None
                await self._show(told)
        finally:
            self._task = None

    async def _show(self, told: Notice) -> None:
        answer = await self._call("GetCapabilities", "")
        if answer is None or answer.signature != "as":
            return
        can = frozenset(answer.body[0])
        words = ["Segue", self._shown_id, "segue", notice.summary(told, can), notice.body(told, can)]
        answer = await self._call(
            "Notify", "susssasa{sv}i", *words, notice.actions(can), _hints(told, can), _THE_DAEMON_S_OWN_TIME
        )
        if answer is not None and answer.signature == "u":
            self._daemon, self._shown_id = answer.sender, answer.body[0]

    async def _call(self, member: str, signature: str, *values: Any) -> "Message | None":
        from dbus_fast import Message

        if self._bus is None:
            return None
        call = Message(_NAME, _PATH, _NAME, member, signature=signature, body=list(values))
        return await ask(self._bus, call, _PATIENCE_S)

    def _heard(self, message: "Message") -> None:
        """Actions and closings of our notification, from the daemon that shows it and from nobody else."""
        if message.interface != _NAME or message.sender != self._daemon or not self._shown_id:
            return
        if not message.body or message.body[0] != self._shown_id:
            return
        if message.member == "NotificationClosed":
            self._shown_id = 0
        elif message.member == "ActionInvoked" and message.signature == "us":
            self._press(message.body[1])

    def _press(self, action: str) -> None:
        if verb := notice.verb_of(action):
            self._asked(verb)


def _hints(told: Notice, can: frozenset[str]) -> dict[str, Any]:
    from dbus_fast import Variant

    hints = {
        "desktop-entry": Variant("s", "segue"),
        "category": Variant("s", "x-segue.track"),
        "urgency": Variant("y", _NORMAL),
        "transient": Variant("b", True),
        "suppress-sound": Variant("b", True),
    }
    if told.cover:
        hints["image-path"] = Variant("s", told.cover)
    if "action-icons" in can:
        hints["action-icons"] = Variant("b", True)
    return hints
