"""Notifications: what the daemon can show and no more, names always as text, and no need of a daemon."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from dbus_fast import Message, Variant
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from app.playback import notice
from app.playback.notice import Notice
from app.qt import notifications as module
from app.qt.jobs import Jobs
from app.qt.notifications import Notifications
from app.qt.session_bus import SessionBus
from tests.desktop.services import FakeService
from tests.helpers.fake_playback import FakePlaybackService
from tests.helpers.fake_services import a_track

pytestmark = pytest.mark.slow

NAME = "org.freedesktop.Notifications"
ALL = ["body", "body-markup", "actions", "action-icons", "icon-static", "persistence"]
HOSTILE = [
    '<img src="file:///etc/passwd">Song</b>',
    "A & B &lt;i&gt; <a href='http://example.org'>x</a>",
    "first\nsecond\x00\x07\x1b[31m",
    "\u202egnp.exe\u2066",
    "x" * 2_000_000,
    "half \ud800 of a letter",
    "",
]


class FakeCovers(QObject):
    """Covers that are there when the test says so."""

    cover_ready = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.at_hand: Path | None = None

    def file(self, _track_id: int, _pixels: int) -> Path | None:
        return self.at_hand


class Stage:
    """The notifications over a fake player, and whether somebody looks at the window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.looked_at = qtbot, False
        self.jobs, self.playback, self.covers = Jobs(), FakePlaybackService(), FakeCovers()
        self.bus = SessionBus(self.jobs)
        self.told = Notifications(self.bus, self.playback, self.covers, lambda: self.looked_at)  # type: ignore[arg-type]
        self.pressed: list[str] = []
        self.told.asked.connect(self.pressed.append)

    def start(self) -> None:
        with self.qtbot.waitSignal(self.bus.joined, timeout=10_000):
            self.bus.start()

    def play(self, *titles: str) -> None:
        tracks = [replace(a_track(n), title=title) for n, title in enumerate(titles, 1)]
        self.playback.play_now(tracks)

    def shown(self, daemon: FakeService, count: int = 1) -> list[Any]:
        self.qtbot.waitUntil(lambda: len(daemon.asked("Notify")) >= count, timeout=10_000)
        return daemon.asked("Notify")[count - 1].body


@pytest.fixture
def stage(daemon: Any, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(qtbot)
    yield stage
    stage.bus.close()
    stage.jobs.shutdown()


def a_daemon(capabilities: list[str]) -> FakeService:
    def answer(call: Message) -> Message:
        if call.member == "GetCapabilities":
            return Message.new_method_return(call, "as", [capabilities])
        if call.member == "Notify":
            return Message.new_method_return(call, "u", [call.body[1] or 7])
        return Message.new_method_return(call)

    return FakeService(NAME, answer)


def test_a_track_that_begins_is_told_with_its_cover(stage: Stage, tmp_path: Path) -> None:
    stage.covers.at_hand = tmp_path / "a cover.thumb"
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.play("Letters Velvet")
        app, replaces, icon, summary, body, actions, hints, expires = stage.shown(daemon)
        assert (app, replaces, icon, summary, expires) == ("Segue", 0, "segue", "Letters Velvet", -1)
        track = stage.playback.entries()[0].track
        assert body == f"{track.artist}\n{track.album}"
        assert actions[::2] == ["default", "media-playback-pause", "media-skip-forward"]
        assert hints["image-path"] == Variant("s", f"file://{tmp_path}/a%20cover.thumb")
        assert hints["desktop-entry"] == Variant("s", "segue")
        assert (hints["transient"], hints["urgency"]) == (Variant("b", True), Variant("y", 1))


def test_the_next_takes_the_place_of_the_former_and_of_no_closed_one(stage: Stage) -> None:
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.play("One", "Two", "Three")
        assert stage.shown(daemon)[1] == 0
        stage.playback.next()
        assert stage.shown(daemon, 2)[1:4] == [7, "segue", "Two"]
        daemon.send(Message.new_signal(f"/{NAME.replace('.', '/')}", NAME, "NotificationClosed", "uu", [7, 2]))
        stage.qtbot.waitUntil(lambda: stage.told._teller._shown_id == 0)
        stage.playback.next()
        assert stage.shown(daemon, 3)[1] == 0


def test_nothing_is_told_where_the_window_is_seen_or_it_is_not_wanted(stage: Stage) -> None:
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.looked_at = True
        stage.play("Seen", "Not wanted", "Told")
        stage.looked_at = False
        stage.playback.pause()
        stage.playback.play()
        stage.told.wanted = False
        stage.playback.next()
        stage.told.wanted = True
        stage.playback.next()
        assert stage.shown(daemon)[3] == "Told"
        stage.playback.pause()
        stage.playback.play()
        stage.play("After")
        assert stage.shown(daemon, 2)[3] == "After"


def test_a_queue_that_is_brought_back_in_silence_is_not_told(stage: Stage) -> None:
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.playback.enqueue([a_track(1)])
        stage.playback._index = 0
        stage.playback.track_changed.emit(stage.playback.current)
        assert stage.playback.state is PlaybackState.STOPPED
        stage.qtbot.wait(2 * module._WAIT_FOR_COVER_MS)
        assert daemon.calls == []
        stage.playback.play()
        assert stage.shown(daemon)[3] == stage.playback.entries()[0].track.title


def test_a_late_cover_is_waited_for_a_moment(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.told._cover_late.setInterval(60_000)
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.play("One")
        assert daemon.calls == []
        stage.covers.at_hand = tmp_path / "c.thumb"
        stage.covers.cover_ready.emit(1, module.ART_PIXELS)
        assert "image-path" in stage.shown(daemon)[6]


@pytest.mark.parametrize("title", HOSTILE, ids=["tags", "entities", "controls", "direction", "long", "half", "empty"])
def test_names_are_text_whatever_they_look_like(stage: Stage, title: str) -> None:
    with a_daemon(ALL) as daemon:
        stage.start()
        track = replace(a_track(1), title=title, artist=title, album=title)
        stage.playback.play_now([track])
        body = stage.shown(daemon)
        assert body[3].isprintable()
        assert 0 < len(body[3]) <= 120
        parsed = ElementTree.fromstring(f"<body>{body[4]}</body>")  # noqa: S314
        assert list(parsed) == []
        assert len(body[4]) < 2_500


def test_a_daemon_without_markup_is_given_the_names_as_they_are() -> None:
    told = Notice("<b>T</b>", "A & B", "<i>")
    assert notice.body(told, ["body"]) == "A & B\n<i>"
    assert notice.body(told, ["body", "body-markup"]) == "A &amp; B\n&lt;i&gt;"
    assert (notice.summary(told, []), notice.body(told, [])) == ("<b>T</b> · A & B", "")
    assert notice.actions(["body"]) == []
    assert notice.actions(["actions"])[::2] == ["default", "pause", "next"]


def test_what_is_pressed_is_done_if_the_daemon_says_so(stage: Stage) -> None:
    path = "/org/freedesktop/Notifications"

    def pressed(number: int, key: str) -> Message:
        return Message.new_signal(path, NAME, "ActionInvoked", "us", [number, key])

    with a_daemon(["actions"]) as daemon, FakeService("org.example.Stranger", lambda call: None) as stranger:
        stage.start()
        stage.play("One")
        stage.shown(daemon)
        stage.qtbot.waitUntil(lambda: stage.told._teller._shown_id == 7)
        stranger.send(pressed(7, "next"))
        daemon.send(pressed(8, "next"))
        daemon.send(pressed(7, "quit"))
        daemon.send(Message.new_signal(path, NAME, "ActionInvoked", "s", ["next"]))
        daemon.send(pressed(7, "default"))
        daemon.send(pressed(7, "pause"))
        daemon.send(pressed(7, "media-skip-forward"))
        stage.qtbot.waitUntil(lambda: len(stage.pressed) == 3)
        assert stage.pressed == ["raise", "play-pause", "next"]


def test_without_a_daemon_nothing_happens(stage: Stage) -> None:
    stage.start()
    stage.play("One", "Two")
    stage.playback.next()
    stage.qtbot.waitUntil(lambda: stage.told._teller._next is None and stage.told._teller._task is None)
    with a_daemon(ALL) as daemon:  # and one that comes later is used
        stage.play("Three")
        assert stage.shown(daemon)[3] == "Three"


def test_a_daemon_that_hangs_is_asked_for_the_newest_track_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE_S", 0.2)
    stage.told._cover_late.setInterval(0)
    with FakeService(NAME, lambda call: None) as daemon:
        stage.start()
        stage.play(*(f"Track {n}" for n in range(200)))
        for _ in range(199):
            stage.playback.next()
            stage.qtbot.wait(1)
        stage.qtbot.waitUntil(lambda: stage.told._teller._task is None, timeout=10_000)
        assert len(daemon.calls) < 20
        assert daemon.asked("Notify") == []


def test_nonsense_for_an_answer_is_borne(stage: Stage) -> None:
    def answer(call: Message) -> Message:
        if len(daemon.calls) == 1:
            return Message.new_method_return(call, "s", ["no list"])
        if call.member == "GetCapabilities":
            return Message.new_method_return(call, "as", [["body"] * 5_000])
        if len(daemon.asked("Notify")) == 1:
            return Message.new_method_return(call, "as", [["no number"]])
        return Message.new_error(call, "org.example.Broken", "no")

    with FakeService(NAME, answer) as daemon:
        stage.start()
        for count, title in enumerate(("One", "Two", "Three"), 1):
            stage.play(title)
            stage.qtbot.waitUntil(lambda count=count: len(daemon.asked("GetCapabilities")) == count)
            stage.qtbot.waitUntil(lambda: stage.told._teller._task is None)
        assert [call.body[1] for call in daemon.asked("Notify")] == [0, 0]


def test_at_the_end_the_notification_goes_too(stage: Stage) -> None:
    with a_daemon(ALL) as daemon:
        stage.start()
        stage.play("One")
        stage.shown(daemon)
        stage.qtbot.waitUntil(lambda: stage.told._teller._shown_id == 7)
        stage.bus.close()
        assert [call.body for call in daemon.asked("CloseNotification")] == [[7]]
