"""``org.segue.Recommender1``: what any program of the same user can ask Segue over the session bus.

``gdbus introspect --session --dest org.segue.Recommender1 --object-path /org/segue/Recommender1`` shows it with what
each part does; ``resources/plugins/README.md`` tells the same with examples.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from dbus_fast import Variant
from dbus_fast.annotations import DBusDict, DBusInt64, DBusSignature, DBusStr, DBusUInt32, DBusUInt64
from dbus_fast.constants import PropertyAccess
from dbus_fast.introspection import Arg, Interface, Method, Property, Signal
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from app.qt.recommender_docs import DOCS

NAME = "org.segue.Recommender1"
"""The interface, and the name on the bus; whoever was first has it, the next one waits for it."""
COMPANION_NAME = "org.segue.Companion1"
"""Another name of the companion alone: who wants players to be followed calls this one."""
PATH = "/org/segue/Recommender1"

Strings = Annotated[list[str], DBusSignature("as")]
Values = list[dict[str, Variant]]
Recommended = Annotated[tuple[Values, dict[str, Variant]], DBusSignature("aa{sv}a{sv}")]
Explained = Annotated[tuple[dict[str, Variant], list[list[Any]]], DBusSignature("a{sv}a(sds)")]
SaidNow = Annotated[tuple[int, str], DBusSignature("xs")]
Rows = Annotated[Values, DBusSignature("aa{sv}")]
Limits = Annotated[dict[str, int], DBusSignature("a{su}")]

Ask = Callable[..., Awaitable[Any]]
"""The verb and what it is about; raises the ``DBusError`` that the caller is to have."""

_DOC = "org.gtk.GDBus.DocString"
_OUT = {
    "Recommend": ("suggestions", "about"),
    "Why": ("suggestion", "evidence"),
    "Feedback": ("id", "effect"),
    "TakeBack": ("effect",),
    "History": ("plays",),
    "PlayRecorded": ("play",),
}


class RecommenderInterface(ServiceInterface):
    """Passes what is asked on; knows nothing itself."""

    def __init__(
        self, ask: Ask, version: str, serves: str, limits: Mapping[str, int], following: Values | None = None
    ) -> None:
        super().__init__(NAME)
        self._ask, self._version, self._serves, self._limits = ask, version, serves, dict(limits)
        self._following: Values = following or []

    def take_following(self, following: Values) -> None:
        """Other players are followed, or other tracks play there."""
        if following != self._following:
            self._following = following
            self.emit_properties_changed({"Following": following})

    def introspect(self) -> Interface:
        """With names for what is given, and what each part does."""
        found = super().introspect()
        found.annotations[_DOC] = _line(DOCS[""])
        parts: list[Method | Signal | Property] = [*found.methods, *found.signals, *found.properties]
        for part in parts:
            part.annotations[_DOC] = _line(DOCS[part.name])
        for method in found.methods:
            _name(method.out_args, _OUT.get(method.name, ()))
        for signal in found.signals:
            _name(signal.args, _OUT.get(signal.name, ()))
        return found

    @dbus_method()
    async def Recommend(self, seeds: Strings, count: DBusUInt32, options: DBusDict) -> Recommended:
        return await self._ask("recommend", seeds, count, options)  # type: ignore[no-any-return]

    @dbus_method()
    async def Why(self, track: DBusStr) -> Explained:
        return await self._ask("why", track)  # type: ignore[no-any-return]

    @dbus_method()
    async def Feedback(self, track: DBusStr, verdict: DBusStr) -> SaidNow:
        return await self._ask("feedback", track, verdict)  # type: ignore[no-any-return]

    @dbus_method()
    async def TakeBack(self, id: DBusInt64) -> DBusStr:
        return await self._ask("take-back", id)  # type: ignore[no-any-return]

    @dbus_method()
    async def History(self, since_ms: DBusUInt64, until_ms: DBusUInt64, count: DBusUInt32) -> Rows:
        return await self._ask("history", since_ms, until_ms, count)  # type: ignore[no-any-return]

    @dbus_method()
    async def Tell(self, player: DBusStr, name: DBusStr, state: DBusDict) -> None:
        await self._ask("tell", player, name, state)

    @dbus_method()
    async def Chosen(self, player: DBusStr, track: DBusStr) -> None:
        await self._ask("chosen", player, track)

    @dbus_method()
    async def Untell(self, player: DBusStr) -> None:
        await self._ask("untell", player)

    @dbus_signal()
    def SuggestionsChanged(self) -> None:
        """It carries nothing: who wants the list asks for it."""

    @dbus_signal()
    def PlayRecorded(self, play: dict[str, Variant]) -> DBusDict:
        return play

    @dbus_property(access=PropertyAccess.READ)
    def Version(self) -> DBusStr:
        return self._version

    @dbus_property(access=PropertyAccess.READ)
    def Serves(self) -> DBusStr:
        return self._serves

    @dbus_property(access=PropertyAccess.READ)
    def Limits(self) -> Limits:
        return self._limits

    @dbus_property(access=PropertyAccess.READ)
    def Following(self) -> Rows:
        return self._following


def _name(arguments: list[Arg], names: tuple[str, ...]) -> None:
    for argument, name in zip(arguments, names, strict=True):
        argument.name = name


def _line(text: str) -> str:
    return " ".join(text.split())
