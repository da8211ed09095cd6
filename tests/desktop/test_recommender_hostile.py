"""``org.segue.Recommender1`` asked too much, wrongly, or at the wrong time: it believes nothing and goes on."""

import asyncio
from typing import Any

import pytest
from dbus_fast import Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from app.qt.recommender_interface import NAME, PATH
from app.storage.feedback import FeedbackStore
from tests.desktop.bus import Desktop
from tests.desktop.recommender import Served, good, recommended, trouble
from tests.helpers.builders import NOW_MS, a_play

pytestmark = pytest.mark.slow

DAEMON = "org.freedesktop.DBus"


@pytest.mark.parametrize(
    ("member", "signature", "body", "named"),
    [
        ("Recommend", "asua{sv}", [["x"] * 101, 5, {}], "TooMuch"),
        ("Recommend", "asua{sv}", [["x" * 1_000_000], 5, {}], "TooMuch"),
        ("Recommend", "asua{sv}", [[], 0, {}], "Invalid"),
        ("Recommend", "asua{sv}", [[], 201, {}], "TooMuch"),
        ("Recommend", "asua{sv}", [[], 4_294_967_295, {}], "TooMuch"),
        ("Recommend", "asua{sv}", [[], 5, {"dial": Variant("d", float("nan"))}], "Invalid"),
        ("Recommend", "asua{sv}", [[], 5, {"dial": Variant("s", "d" * 1_000_000)}], "Invalid"),
        ("Recommend", "asua{sv}", [[], 5, {"x" * 1_000_000: Variant("s", "")}], "Invalid"),
        ("Recommend", "asua{sv}", [[], 5, {str(n): Variant("s", "") for n in range(1_000)}], "TooMuch"),
        ("Recommend", "asia{sv}", [[], -5, {}], "UnknownMethod"),
        ("Recommend", "s", ["what?"], "UnknownMethod"),
        ("Why", "s", ["x" * 1_000_000], "TooMuch"),
        ("Why", "s", [""], "UnknownTrack"),
        ("Why", "as", [["x"]], "UnknownMethod"),
        ("Feedback", "ss", ["track:1", "adore"], "UnknownVerdict"),
        ("Feedback", "ss", ["track:1", "undo"], "UnknownVerdict"),
        ("Feedback", "ss", ["track:1", "never_track"], "UnknownVerdict"),
        ("Feedback", "ss", ["file://host/a", "love"], "UnknownTrack"),
        ("Feedback", "ss", ["x" * 1_000_000, "love"], "TooMuch"),
        ("TakeBack", "x", [-1], "Invalid"),
        ("TakeBack", "x", [(1 << 63) - 1], "NothingSaid"),
        ("History", "ttu", [0, 0, 0], "Invalid"),
        ("History", "ttu", [0, 0, 1_001], "TooMuch"),
        ("History", "xxu", [-1, 0, 5], "UnknownMethod"),
        ("Tell", "ssa{sv}", ["a b", "", {}], "Invalid"),
        ("Tell", "ssa{sv}", ["x" * 1_000_000, "", {}], "Invalid"),
        ("Untell", "s", ["\u202e"], "Invalid"),
        ("Chosen", "ss", ["a b", "track:1"], "Invalid"),
        ("Chosen", "ss", ["vlc", "x" * 1_000_000], "TooMuch"),
        ("Explode", "", [], "UnknownMethod"),
    ],
)
def test_nothing_is_trusted(
    served: Served, asked: Desktop, member: str, signature: str, body: list[Any], named: str
) -> None:
    assert trouble(asked.call(NAME, member, signature, *body)) == named
    assert served.companion is not None and not served.companion.told
    assert FeedbackStore(served.database).all() == []
    assert len(recommended(asked, [], 1)[0]) == 1  # it goes on


def test_a_megabyte_in_what_a_player_tells_is_cut(served: Served, asked: Desktop) -> None:
    deep = Variant("s", "down")
    for _ in range(20):
        deep = Variant("v", deep)
    state = {
        "Metadata": Variant("a{sv}", {f"k{n}": Variant("s", "x" * 1_000) for n in range(1_000)}),
        "PlaybackStatus": Variant("s", "P" * 1_000_000),
        "Rate": Variant("d", float("nan")),
        "Deep": deep,
        "Bytes": Variant("ay", b"\0" * 1_000),
    }
    good(asked.call(NAME, "Tell", "ssa{sv}", "vlc", "V\u202eLC" + "x" * 1_000_000, state))
    assert served.companion is not None
    ((_, name, told),) = served.companion.told
    assert len(name) == 100 and "\u202e" not in name
    assert len(str(told)) < 500_000 and "Rate" not in told and "Bytes" not in told


def test_a_flood_is_refused_at_once_and_the_patient_are_answered(
    served: Served, asked: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    start = served.jobs.start
    monkeypatch.setattr(served.jobs, "start", lambda name, *a, **k: started.append(name) or start(name, *a, **k))

    async def flood(bus: MessageBus) -> tuple[list[str], bool]:
        call = lambda: bus.call(Message(NAME, PATH, NAME, "Recommend", signature="asua{sv}", body=[[], 1, {}]))  # noqa: E731
        replies = await asyncio.gather(*(call() for _ in range(10_000)))
        other = await MessageBus().connect()
        message = Message(NAME, PATH, NAME, "History", signature="ttu", body=[0, 0, 1])
        patient = await other.call(message)
        other.disconnect()
        return [str(r.error_name) for r in replies], patient.message_type is MessageType.METHOD_RETURN

    names, patient = asked.run(flood)
    answered = names.count("None")
    refused = {"org.segue.Error.Busy", "org.freedesktop.DBus.Error.LimitsExceeded"}  # the second is the daemon's own
    assert 8 <= answered <= 200 and set(names) <= {"None", *refused}
    assert patient
    assert len(started) <= 2 * answered + 5


def test_answers_longer_than_the_socket_all_arrive(served: Served, asked: Desktop) -> None:
    title = "A long title " * 60
    served.plays.append_many([a_play(1, NOW_MS - number, title=title) for number in range(1_000)])

    async def work(bus: MessageBus) -> list[int]:
        body = [NOW_MS - 1_000, 0, 1_000]
        message = lambda: Message(NAME, PATH, NAME, "History", signature="ttu", body=body)  # noqa: E731
        replies = await asyncio.gather(*(bus.call(message()) for _ in range(8)))
        return [len(good(reply)[0]) for reply in replies]

    assert asked.run(work) == [1_000] * 8


def test_calls_that_want_no_answer_get_none(served: Served, asked: Desktop) -> None:
    async def work(bus: MessageBus) -> list[Message]:
        heard: list[Message] = []
        bus.add_message_handler(lambda m: heard.append(m) if m.sender != DAEMON else None)
        for body in (["x", "y", {}], ["a b", "", {}]):
            message = Message(NAME, PATH, NAME, "Tell", signature="ssa{sv}", body=body)
            message.flags = MessageFlag.NO_REPLY_EXPECTED
            await bus.send(message)
        await bus.call(Message(NAME, PATH, NAME, "History", signature="ttu", body=[0, 0, 1]))
        return [m for m in heard if m.message_type is MessageType.ERROR]

    assert asked.run(work) == []
    assert served.companion is not None and [told[0] for told in served.companion.told] == ["x"]


def test_calls_in_the_midst_of_the_end_are_told_so(served: Served, asked: Desktop, qtbot: QtBot) -> None:
    async def work(bus: MessageBus) -> list[Any]:
        call = lambda: bus.call(Message(NAME, PATH, NAME, "Why", signature="s", body=["track:70"]))  # noqa: E731
        calls = [asyncio.ensure_future(call()) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.to_thread(served.bus.post, served.bus._stop.set)
        return [reply.error_name or reply.message_type for reply in await asyncio.gather(*calls)]

    answers = set(asked.run(work))
    gone = {"org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NoReply"}
    assert answers <= {"org.segue.Error.Closing", MessageType.METHOD_RETURN} | gone
