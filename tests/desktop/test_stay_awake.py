"""Staying awake while music plays: asked of whoever can, given back at each pause and at the end, in any trouble."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dbus_fast import Message
from pytestqt.qtbot import QtBot

from app.qt import stay_awake as module
from app.qt.jobs import Jobs
from app.qt.session_bus import SessionBus
from app.qt.stay_awake import StayAwake
from tests.desktop.bus import a_bus
from tests.desktop.services import FakeService
from tests.helpers.fake_playback import FakePlaybackService
from tests.helpers.fake_services import a_track

pytestmark = pytest.mark.slow

PORTAL, POWER = "org.freedesktop.portal.Desktop", "org.freedesktop.PowerManagement"
SAVER, LOGIND = "org.freedesktop.ScreenSaver", "org.freedesktop.login1"
HANDLE = "/org/freedesktop/portal/desktop/request/1_2/t"


class Stage:
    """A fake player, and what keeps the machine awake for it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.jobs, self.playback = qtbot, Jobs(), FakePlaybackService()
        self.bus = SessionBus(self.jobs)
        self.awake = StayAwake(self.bus, self.playback)  # type: ignore[arg-type]
        self.playback.enqueue([a_track(1), a_track(2)])

    def start(self, *, wanted: bool = True) -> None:
        self.awake.set_wanted(wanted)
        with self.qtbot.waitSignal(self.bus.joined, timeout=10_000):
            self.bus.start()

    def play(self) -> None:
        self.playback.play()

    def until(self, service: FakeService, *members: str) -> None:
        self.qtbot.waitUntil(lambda: [call.member for call in service.calls] == list(members), timeout=10_000)

    def until_settled(self) -> None:
        self.qtbot.waitUntil(lambda: self.awake._holder._task is None, timeout=10_000)


@pytest.fixture
def stage(
    daemon: Any, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path_factory.mktemp('n') / 'none'}")
    stage = Stage(qtbot)
    yield stage
    stage.bus.close()
    stage.jobs.shutdown()


def answers(signature: str, *body: Any) -> Callable[[Message], Message]:
    def answer(call: Message) -> Message:
        if call.member == "Inhibit":
            return Message.new_method_return(call, signature, list(body))
        return Message.new_method_return(call)

    return answer


def refused(call: Message) -> Message:
    return Message.new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "no such thing here")


def _closed(end: int) -> bool:
    """Whether nobody holds the other end any more."""
    try:
        return os.read(end, 1) == b""
    except BlockingIOError:
        return False


def test_the_portal_is_asked_to_prevent_sleep_alone_and_told_when_it_is_over(stage: Stage) -> None:
    with FakeService(PORTAL, answers("o", HANDLE)) as portal, FakeService(SAVER, answers("u", 1)) as saver:
        stage.start()
        assert portal.calls == []
        stage.play()
        stage.until(portal, "Inhibit")
        window, flags, options = portal.calls[0].body
        assert (window, flags, options["reason"].value) == ("", 4, "Playing music")
        stage.playback.pause()
        stage.until(portal, "Inhibit", "Close")
        assert portal.calls[1].path == HANDLE
        stage.play()
        stage.until(portal, "Inhibit", "Close", "Inhibit")
        stage.until_settled()
        stage.bus.close()
        stage.until(portal, "Inhibit", "Close", "Inhibit", "Close")
        assert saver.calls == []


def test_it_is_off_unless_asked_for_and_can_be_turned_off_while_playing(stage: Stage) -> None:
    with FakeService(POWER, answers("u", 77)) as power:
        stage.start(wanted=False)
        stage.play()
        stage.until_settled()
        assert power.calls == []
        stage.awake.set_wanted(True)
        stage.until(power, "Inhibit")
        stage.playback.next()
        stage.awake.set_wanted(False)
        stage.until(power, "Inhibit", "UnInhibit")
        assert power.calls[1].body == [77]
        stage.awake.set_wanted(True)
        stage.until(power, "Inhibit", "UnInhibit", "Inhibit")
        stage.playback.stop()
        stage.until(power, "Inhibit", "UnInhibit", "Inhibit", "UnInhibit")


def test_what_plays_already_when_the_bus_is_joined_counts(stage: Stage) -> None:
    with FakeService(POWER, answers("u", 1)) as power:
        stage.play()
        stage.start()
        stage.until(power, "Inhibit")


def test_whoever_refuses_or_answers_nonsense_is_followed_by_the_next(stage: Stage) -> None:
    with (
        FakeService(PORTAL, refused) as portal,
        FakeService(POWER, answers("s", "nonsense")) as power,
        FakeService(SAVER, answers("u", 5)) as saver,
    ):
        stage.start()
        stage.play()
        stage.until(saver, "Inhibit")
        assert [len(portal.calls), len(power.calls)] == [1, 1]
        stage.playback.pause()
        stage.until(saver, "Inhibit", "UnInhibit")
        assert saver.calls[1].body == [5]


def test_a_lock_that_comes_when_nobody_waits_any_more_is_given_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE_S", 0.2)
    with FakeService(POWER, lambda call: None) as power, FakeService(SAVER, answers("u", 5)) as saver:
        stage.start()
        stage.play()
        stage.until(saver, "Inhibit")
        power.send(Message.new_method_return(power.calls[0], "u", [99]))
        stage.until(power, "Inhibit", "UnInhibit")
        assert power.calls[1].body == [99]
        assert len(saver.calls) == 1


def test_a_file_of_logind_s_is_held_while_music_plays_and_closed_after(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("s")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={folder / 'bus'}")
    ends: list[int] = []
    given: list[int] = []

    def answer(call: Message) -> Message:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        ends.append(reader)
        reply = Message.new_method_return(call, "h", [0])
        reply.unix_fds = [writer]
        given.append(writer)
        return reply

    with a_bus(folder), FakeService(LOGIND, answer, f"unix:path={folder / 'bus'}") as logind:
        stage.start()
        stage.play()
        stage.until(logind, "Inhibit")
        assert logind.calls[0].body == ["idle", "Segue", "Playing music", "block"]
        stage.until_settled()
        os.close(given.pop())  # logind keeps no copy of what it gave away
        assert not _closed(ends[0])
        stage.playback.pause()
        stage.qtbot.waitUntil(lambda: _closed(ends[0]))
        stage.play()
        stage.qtbot.waitUntil(lambda: len(ends) == 2)
        stage.until_settled()
        os.close(given.pop())
        assert not _closed(ends[1])
        stage.bus.close()
        assert _closed(ends[1])
    for end in ends:
        os.close(end)


def test_where_nobody_can_the_music_plays_on(stage: Stage) -> None:
    stage.start()
    stage.play()
    stage.until_settled()
    stage.playback.next()
    stage.playback.pause()
    stage.play()
    stage.until_settled()
    assert stage.awake._holder._lock is None


def test_who_refuses_once_is_asked_again_while_music_plays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AGAIN_S", 0.2)
    grants: list[bool] = []

    def answer(call: Message) -> Message:
        grants.append(True)
        return answers("u", 5)(call) if len(grants) > 2 else refused(call)

    with FakeService(POWER, answer) as power:
        stage.start()
        stage.play()
        stage.until(power, "Inhibit", "Inhibit", "Inhibit")
        stage.playback.pause()
        stage.until(power, "Inhibit", "Inhibit", "Inhibit", "UnInhibit")


def test_when_the_music_is_over_nobody_is_asked_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AGAIN_S", 0.2)
    with FakeService(POWER, refused) as power:
        stage.start()
        stage.play()
        stage.until(power, "Inhibit")
        stage.until_settled()
        stage.playback.pause()
        stage.until_settled()
        stage.qtbot.waitUntil(lambda: stage.awake._holder._again is None)
        asked = len(power.calls)
        stage.qtbot.wait(600)
        assert len(power.calls) == asked


def test_a_service_that_hangs_does_not_hold_up_the_end(stage: Stage) -> None:
    with FakeService(PORTAL, lambda call: None) as portal:
        stage.start()
        stage.play()
        stage.until(portal, "Inhibit")
        stage.bus.close()
        assert not stage.bus.running
