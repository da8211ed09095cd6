"""Who may ask over the bus, and how often. Lives in the bus's thread."""

import os
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from app.qt.session_bus import ask

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast.aio import MessageBus

MOST_WAITING: Final = 32
"""So many calls at most are being answered, all programs together."""
MOST_WAITING_EACH: Final = 8
_REMEMBERED = 128
_PATIENCE_S = 5.0
_READS, _TELLS, _SAYS = (60.0, 20.0), (120.0, 20.0), (30.0, 0.5)
"""So many calls at once, and so many more a second."""
_KINDS = {"tell": _TELLS, "chosen": _TELLS, "untell": _TELLS, "feedback": _SAYS, "take-back": _SAYS}


class _Bucket:
    def __init__(self, most: float, a_second: float, now_s: float) -> None:
        self._most, self._a_second = most, a_second
        self._left, self._at_s = most, now_s

    def take(self, now_s: float) -> bool:
        self._left = min(self._most, self._left + (now_s - self._at_s) * self._a_second)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Gate:
    """Bounds what waits and how fast it comes, for each program; what is written, for all of them together."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._buckets: OrderedDict[tuple[str, tuple[float, float]], _Bucket] = OrderedDict()
        self._waiting: dict[str, int] = {}
        self._known: OrderedDict[str, bool] = OrderedDict()

    def enter(self, sender: str, verb: str) -> bool:
        """True where one more call of this program can be answered now; each is to be followed by :meth:`leave`."""
        each = self._waiting.get(sender, 0)
        if each >= MOST_WAITING_EACH or sum(self._waiting.values()) >= MOST_WAITING:
            return False
        if not self._bucket(sender, verb).take(self._now_s()):
            return False
        self._waiting[sender] = each + 1
        return True

    def leave(self, sender: str) -> None:
        """The call was answered."""
        left = self._waiting.pop(sender) - 1
        if left:
            self._waiting[sender] = left

    async def knows(self, bus: "MessageBus", sender: str) -> bool:
        """True where the program belongs to the user of this process, by the word of the bus."""
        if sender in self._known:
            return self._known[sender]
        user = await _user_of(bus, sender)
        if user is None:  # the bus did not answer in time, or the program has left: it is asked again
            return False
        self._known[sender] = user == os.getuid()
        _forget(self._known)
        return user == os.getuid()

    def forget(self, sender: str) -> None:
        """The program has left the bus."""
        self._known.pop(sender, None)

    def _bucket(self, sender: str, verb: str) -> _Bucket:
        kind = _KINDS.get(verb, _READS)
        place = ("" if kind is _SAYS else sender, kind)
        bucket = self._buckets.setdefault(place, _Bucket(*kind, self._now_s()))
        self._buckets.move_to_end(place)
        _forget(self._buckets)
        return bucket


async def _user_of(bus: "MessageBus", sender: str) -> int | None:
    from dbus_fast import Message

    daemon = "org.freedesktop.DBus"
    question = Message(daemon, "/org/freedesktop/DBus", daemon, "GetConnectionUnixUser", signature="s", body=[sender])
    answer = await ask(bus, question, _PATIENCE_S)
    return answer.body[0] if answer is not None else None


def _forget(known: OrderedDict[Any, Any]) -> None:
    while len(known) > _REMEMBERED:
        known.popitem(last=False)
