"""A player on the bus that does and says what a test wants, lies too."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from dbus_fast import Message, Variant

from tests.desktop.bus import PATH, PLAYER, PROPERTIES, ROOT
from tests.desktop.services import FakeService

_BUS = "org.freedesktop.DBus"
PREFIX = "org.mpris.MediaPlayer2."


def metadata(**more: Any) -> Variant:
    """``title``, ``artist``, ``url``, ``length``, ``trackid``: variants as they are, else of their usual types."""
    usual = {
        "title": ("xesam:title", "s"),
        "artist": ("xesam:artist", "as"),
        "url": ("xesam:url", "s"),
        "length": ("mpris:length", "x"),
        "trackid": ("mpris:trackid", "o"),
    }
    made = {}
    for word, value in more.items():
        key, signature = usual[word]
        made[key] = value if isinstance(value, Variant) else Variant(signature, value)
    return Variant("a{sv}", made)


class FakePlayer:
    """Answers what it is asked by two tables of properties, and signals what is changed in them."""

    def __init__(self, name: str, **root: Any) -> None:
        self.root: dict[str, Variant] = {
            "Identity": Variant("s", name.capitalize()),
            "SupportedUriSchemes": Variant("as", []),
            **root,
        }
        self.player: dict[str, Variant] = {"PlaybackStatus": Variant("s", "Stopped"), "Metadata": metadata()}
        self.tracks: dict[str, Variant] = {}
        self.refuses = self.hangs = False
        self.flooded = threading.Event()
        self._begun: float | None = None
        self.service = FakeService(PREFIX + name, self._answer)

    def __enter__(self) -> "FakePlayer":
        self.service.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.service.__exit__(kind, error, trace)

    def play(self, **said: Any) -> None:
        """Begins a track and says so."""
        self._begun = time.monotonic()
        self.change(PlaybackStatus=Variant("s", "Playing"), Metadata=metadata(**said))

    def change(self, **properties: Variant) -> None:
        """Something is otherwise now, and is told."""
        self.player |= properties
        self.signal("PropertiesChanged", "sa{sv}as", PLAYER, properties, [], interface=PROPERTIES)

    def signal(self, member: str, signature: str, *body: Any, interface: str = PLAYER) -> None:
        """Any signal."""
        self.service.send(Message.new_signal(PATH, interface, member, signature, list(body)))

    def flood(self, times: int, said: Callable[[int], Variant]) -> None:
        """Says another thing again and again, as fast as the bus takes it; the last is what it is asked for then."""

        async def all_of_them() -> None:
            for number in range(times):
                body = [PLAYER, {"Metadata": said(number)}, []]
                signal = Message.new_signal(PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)
                await self.service._bus.send(signal)
                if number % 50 == 0:  # what finds no room in the socket ends the connection of dbus-fast
                    await self.service._bus.call(Message(_BUS, "/", _BUS, "GetId"))
            self.flooded.set()

        self.player["Metadata"] = said(times - 1)
        self.service.call_soon(all_of_them())

    def asked(self, member: str) -> list[list[Any]]:
        """The arguments of the calls of one method."""
        return [call.body for call in self.service.asked(member)]

    def _answer(self, call: Message) -> Message | None:
        if self.hangs:
            return None
        if call.interface != PROPERTIES:
            if self.refuses:
                return Message.new_error(call, "org.freedesktop.DBus.Error.Failed", "no")
            return Message.new_method_return(call)
        table = {ROOT: self.root, PLAYER: self._now()}.get(call.body[0], self.tracks)
        if call.member == "GetAll":
            return Message.new_method_return(call, "a{sv}", [table])
        if call.body[1] in table:
            return Message.new_method_return(call, "v", [table[call.body[1]]])
        return Message.new_error(call, "org.freedesktop.DBus.Error.InvalidArgs", "no such property")

    def _now(self) -> dict[str, Variant]:
        if self._begun is None or "Position" in self.player:
            return self.player
        return self.player | {"Position": Variant("x", int((time.monotonic() - self._begun) * 1e6))}
