"""Segue's suggestions for the other programs of the desktop: ``org.segue.Recommender1`` on the session bus.

The bus's thread checks what is asked and gives the answers their types; in between the services answer, in the window's
thread and in jobs. Any program of the same user can ask, for the whole history, too; nobody else can.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app import __version__
from app.companion.names import PREFIX, player_of
from app.domain.following import Following
from app.domain.play import Play
from app.domain.suggestion import SuggestionList
from app.qt.recommender_answers import Answers, Call
from app.qt.session_bus import SessionBus, listen
from app.suggestions.asking import play_values

if TYPE_CHECKING:  # imported by the bus's thread: the window does not wait for it
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    from app.qt.recommender_gate import Gate
    from app.qt.recommender_interface import RecommenderInterface

_PATIENCE_S: Final = 20.0
"""Below the 25 seconds after which callers give up."""
_TOLD_AFTER_MS = 300
_MOST_TELLERS = 64
_GONE = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg2=''"
_sender: ContextVar[str] = ContextVar("sender", default="")
"""Whose call this is: dbus-fast does not tell the methods."""


class Recommender(QObject):
    """A guest of the session bus: make it before the bus is started."""

    ready = Signal()
    """It can be asked."""
    _asked = Signal(object)

    def __init__(self, bus: SessionBus, answers: Answers, *, companion: bool = False) -> None:
        """``companion``: players are followed here, and the companion's own name is taken as well."""
        super().__init__(answers)
        self._bus, self._companion = bus, companion
        self._connection: MessageBus | None = None
        self._gate: Gate | None = None
        self._interface: RecommenderInterface | None = None
        self._pending: set[asyncio.Future[Any]] = set()
        self._tellers: dict[tuple[str, str], None] = {}
        self._shown: object = None
        self._following: tuple[Following, ...] = ()
        self._asked.connect(answers.do, Qt.ConnectionType.QueuedConnection)
        self._untold = QTimer(self, singleShot=True, interval=_TOLD_AFTER_MS)
        self._untold.timeout.connect(self._tell_of_change)
        bus.invite(self)

    # --- the window's thread

    @Slot(object)
    def suggestions_changed(self, found: SuggestionList) -> None:
        """Others are told where the list is another; its scores change all the time."""
        shown = (found.heading, found.dial, tuple(each.track.id for each in found.suggestions))
        if shown != self._shown:
            self._shown = shown
            self._untold.start()

    def _tell_of_change(self) -> None:
        self._bus.post(lambda: self._interface.SuggestionsChanged() if self._interface is not None else None)

    @Slot(object)
    def play_recorded(self, play: Play) -> None:
        """A play was kept, here or in a player that is followed."""
        values = play_values(play)
        self._bus.post(lambda: self._tell_of_play(values))

    def take_following(self, players: tuple[Following, ...]) -> None:
        """The players that are followed, as they are now."""
        self._following = players
        self._bus.post(lambda: self._tell_of_players(players))

    # --- the bus's thread

    async def joined(self, bus: "MessageBus") -> None:
        """Stands on the bus. Whoever has the name keeps it; with the end of the window it passes to the companion."""
        from dbus_fast.constants import NameFlag

        from app.qt.recommender_checks import LIMITS
        from app.qt.recommender_gate import Gate
        from app.qt.recommender_interface import COMPANION_NAME, NAME, PATH, RecommenderInterface
        from app.qt.recommender_values import following_values

        self._gate, self._connection = Gate(asyncio.get_running_loop().time), bus
        serves, players = "companion" if self._companion else "window", following_values(self._following)
        self._interface = RecommenderInterface(self._ask, __version__, serves, LIMITS, players)
        bus.add_message_handler(self._meet)
        bus.export(PATH, self._interface)
        if self._companion:
            await listen(bus, _GONE, _PATIENCE_S)
        for name in (COMPANION_NAME, NAME) if self._companion else (NAME,):
            await bus.request_name(name, NameFlag.NONE)
        self.ready.emit()

    async def leaving(self) -> None:
        """Who waits is told that there is nobody any more."""
        self._end_calls()
        await asyncio.sleep(0)  # the answers go out

    def left(self) -> None:
        """Nobody listens any more."""
        self._end_calls()
        self._connection = self._gate = self._interface = None
        for teller in list(self._tellers):
            self._let_go(teller)

    def _end_calls(self) -> None:
        from app.qt.recommender_checks import refusal

        for future in self._pending:
            _settle(future, refusal("Closing", "Segue is being closed."))

    def _meet(self, message: "Message") -> None:
        """Before each message is taken in: whose it is. A plug-in that is gone tells no more."""
        from dbus_fast import MessageType

        if message.message_type is MessageType.METHOD_CALL:
            _sender.set(message.sender or "")
        elif message.member == "NameOwnerChanged" and message.sender == "org.freedesktop.DBus":
            gone = message.body[0]
            if self._gate is not None:
                self._gate.forget(gone)
            for teller in [each for each in self._tellers if each[0] == gone]:
                self._let_go(teller)

    async def _ask(self, verb: str, *arguments: Any) -> Any:
        from dbus_fast import DBusError, ErrorType

        from app.qt.recommender_checks import checked, refusal

        sender, gate, bus = _sender.get(), self._gate, self._connection
        if gate is None or bus is None:
            raise refusal("Closing", "Segue is being closed.")
        if not gate.enter(sender, verb):
            raise refusal("Busy", "Segue is asked too much at once; please ask again in a moment.")
        try:
            arguments = checked(verb, arguments)
            with self._following_teller(sender, verb, arguments) as teller:
                if not await gate.knows(bus, sender):
                    raise DBusError(ErrorType.ACCESS_DENIED, "Segue answers the programs of its own user only.")
                if verb == "tell" and teller not in self._tellers:
                    raise refusal("Closing", "Who told this has left.")
                if verb == "untell":
                    self._tellers.pop(teller, None)
                    if self._another_tells(teller):
                        return None
                return _given(verb, await self._answer_to(verb, arguments))
        finally:
            gate.leave(sender)

    async def _answer_to(self, verb: str, arguments: tuple[Any, ...]) -> Any:
        from app.qt.recommender_checks import refusal

        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending.add(future)
        answer: Callable[[object], None] = partial(self._later, future)
        self._asked.emit(Call(verb, arguments, answer, lambda kind, words: answer(refusal(kind, words))))
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await future
        except TimeoutError:
            raise refusal("Late", "Segue has too much to do to answer now.") from None
        finally:
            self._pending.discard(future)

    def _later(self, future: "asyncio.Future[Any]", answer: object) -> None:
        """In any thread."""
        self._bus.post(lambda: _settle(future, answer))

    @contextmanager
    def _following_teller(self, sender: str, verb: str, arguments: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
        """A plug-in may be gone while its call waits: it is remembered before. One that is refused is none."""
        from app.qt.recommender_checks import refusal

        teller = sender, (player_of(PREFIX + arguments[0]) if verb in {"tell", "untell"} else "")
        is_new = verb == "tell" and teller not in self._tellers
        if is_new:
            if len(self._tellers) >= _MOST_TELLERS:
                raise refusal("TooMuch", f"So many tell already; there can be {_MOST_TELLERS} at most.")
            self._tellers[teller] = None
        try:
            yield teller
        except BaseException:
            if is_new:
                self._let_go(teller)
            raise

    def _another_tells(self, teller: tuple[str, str]) -> bool:
        return any(player == teller[1] and each != teller[0] for each, player in self._tellers)

    def _let_go(self, teller: tuple[str, str]) -> None:
        """Nobody else tells of the player: it is over."""
        if teller in self._tellers:
            del self._tellers[teller]
            if not self._another_tells(teller):
                self._asked.emit(Call("untell", (teller[1],), _nothing, _nothing))

    def _tell_of_play(self, values: Mapping[str, object]) -> None:
        from app.qt.recommender_values import wire

        if self._interface is not None:
            self._interface.PlayRecorded(wire(values))

    def _tell_of_players(self, players: tuple[Following, ...]) -> None:
        from app.qt.recommender_values import following_values

        if self._interface is not None:
            self._interface.take_following(following_values(players))


def _settle(future: "asyncio.Future[Any]", answer: object) -> None:
    if future.done():
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def _given(verb: str, plain: Any) -> Any:
    """An answer with the types of the bus."""
    from app.qt.recommender_values import sendable, wire

    match verb:
        case "recommend":
            return [wire(each) for each in plain[0]], wire(plain[1])
        case "why":
            shares = [[signal, amount, sendable(words)] for signal, amount, words in plain[1]]
            return wire(plain[0]), shares
        case "history":
            return [wire(each) for each in plain]
        case "feedback":
            return plain[0], sendable(plain[1])
        case "take-back":
            return sendable(plain)
    return None


def _nothing(*_: object) -> None:
    """Nobody waits."""
