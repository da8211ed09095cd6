"""The player on a session bus: complete by the specification, believing nothing, and not needed."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.qt.mpris_interfaces import MIME_TYPES
from app.wiring import Wiring
from tests.desktop import specification as spec
from tests.desktop.bus import PATH, PLAYER, PROPERTIES, ROOT, Desktop, a_bus, play

pytestmark = pytest.mark.slow


@pytest.fixture
def desktop(app: Wiring, qtbot: QtBot) -> Desktop:
    with qtbot.waitSignal(app.desktop.mpris.ready, timeout=10_000) as ready:
        app.desktop.bus.start()
    return Desktop(qtbot, ready.args[0])


def changes(heard: list[Message]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for message in heard:
        if message.member == "PropertiesChanged" and message.body[0] == PLAYER:
            told |= message.body[1]
    return told


def test_the_introspection_is_that_of_the_specification(desktop: Desktop) -> None:
    reply = desktop.call("org.freedesktop.DBus.Introspectable", "Introspect")
    root = ElementTree.fromstring(reply.body[0])  # noqa: S314
    ours = {str(found.get("name")) for found in root.findall("interface") if "mpris" in str(found.get("name"))}
    assert ours == set(spec.METHODS)
    assert desktop.get(ROOT, "HasTrackList").value is True
    for name in spec.METHODS:
        (interface,) = [found for found in root.findall("interface") if found.get("name") == name]
        methods = {
            str(m.get("name")): ">".join(
                types
                for way in ("in", "out")
                if (types := "".join(str(a.get("type")) for a in m.findall("arg") if a.get("direction") == way))
            )
            for m in interface.findall("method")
        }
        assert methods == spec.METHODS[name]
        for method in interface.findall("method"):
            names = [a.get("name") for a in method.findall("arg") if a.get("direction") == "in"]
            assert names == spec.ARGUMENTS.get(str(method.get("name")), [])
        signals = {
            str(s.get("name")): "".join(str(a.get("type")) for a in s.findall("arg"))
            for s in interface.findall("signal")
        }
        assert signals == spec.SIGNALS[name]
        properties = {str(p.get("name")): (p.get("type"), p.get("access")) for p in interface.findall("property")}
        assert properties == spec.PROPERTIES[name]
        untold = {p.get("name") for p in interface.findall("property") if p.find("annotation") is not None}
        assert untold == {PLAYER: spec.UNTOLD, f"{ROOT}.TrackList": {"Tracks"}}.get(name, set())


def test_every_property_has_the_type_it_promises(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    play(app, qtbot)
    for name in spec.PROPERTIES:
        values = desktop.call(PROPERTIES, "GetAll", "s", name).body[0]
        assert {key: value.signature for key, value in values.items()} == {
            key: signature for key, (signature, _) in spec.PROPERTIES[name].items()
        }
    metadata = desktop.get(PLAYER, "Metadata").value
    assert {key: value.signature for key, value in metadata.items()}.items() <= spec.METADATA.items()
    assert metadata["xesam:title"].value == "Song 111"
    assert metadata["mpris:length"].value == 60_000_000
    assert metadata["mpris:trackid"].value.startswith("/io/segue/")
    assert metadata["xesam:url"].value.endswith("/01%20Song%20111.flac")


def test_an_empty_player_says_so_with_the_right_types(desktop: Desktop) -> None:
    metadata = desktop.get(PLAYER, "Metadata").value
    assert metadata["mpris:trackid"] == Variant("o", "/org/mpris/MediaPlayer2/TrackList/NoTrack")
    assert desktop.get(PLAYER, "PlaybackStatus").value == "Stopped"
    assert [desktop.get(PLAYER, name).value for name in ("CanPause", "CanGoNext", "CanSeek")] == [False] * 3


@pytest.mark.parametrize("method", ["Play", "PlayPause"])
def test_with_nothing_queued_play_can_be_pressed_where_it_begins_what_one_may_like(
    app: Wiring, desktop: Desktop, qtbot: QtBot, method: str
) -> None:
    qtbot.waitUntil(lambda: bool(desktop.get(PLAYER, "CanPlay").value))
    assert app.playback.entries() == []
    desktop.call(PLAYER, method)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    assert {entry.started_by for entry in app.playback.entries()} == {StartedBy.SUGGESTION}


def test_what_began_while_the_bus_was_joined_is_told(app: Wiring, qtbot: QtBot) -> None:
    joined: list[str] = []
    app.desktop.mpris.ready.connect(joined.append)
    app.desktop.bus.start()
    play(app, qtbot)
    qtbot.waitUntil(lambda: bool(joined), timeout=10_000)
    desktop = Desktop(qtbot, joined[0])
    qtbot.waitUntil(lambda: desktop.get(PLAYER, "PlaybackStatus").value == "Playing")


def test_the_methods_do_what_they_are_called(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    play(app, qtbot)
    desktop.call(PLAYER, "Pause")
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    desktop.call(PLAYER, "PlayPause")
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    desktop.call(PLAYER, "Next")
    qtbot.waitUntil(lambda: app.playback.index == 1)
    desktop.call(PLAYER, "Previous")
    qtbot.waitUntil(lambda: app.playback.index == 0)
    desktop.call(PLAYER, "Stop")
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.STOPPED)
    desktop.call(PLAYER, "Play")
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)


def test_a_step_while_it_is_paused_stays_paused_and_quick_jumps_add_up(
    app: Wiring, desktop: Desktop, qtbot: QtBot
) -> None:
    play(app, qtbot)
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    app.playback.seek(10_000)
    qtbot.waitUntil(lambda: app.playback.position_ms == 10_000)

    async def four_times(bus: MessageBus) -> None:
        seeks = (Message(desktop.name, PATH, PLAYER, "Seek", signature="x", body=[5_000_000]) for _ in range(4))
        await asyncio.gather(*(bus.call(seek) for seek in seeks))

    desktop.run(four_times)
    qtbot.waitUntil(lambda: app.playback.position_ms == 30_000)
    for method, index in (("Next", 1), ("Previous", 0)):
        desktop.call(PLAYER, method)
        qtbot.waitUntil(lambda index=index: app.playback.index == index)  # type: ignore[misc]
        assert desktop.get(PLAYER, "PlaybackStatus").value == "Paused"


def test_next_leads_into_the_lane_and_an_empty_queue_with_a_lane_can_play(
    app: Wiring, desktop: Desktop, qtbot: QtBot
) -> None:
    def can(name: str) -> bool:
        return bool(desktop.get(PLAYER, name).value)

    tracks = app.library.tracks(app.library.ids())
    app.playback.set_autoplay(True)
    app.playback.fill_lane(tracks[:2])
    qtbot.waitUntil(lambda: can("CanPlay"))
    desktop.call(PLAYER, "Play")
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING and app.playback.index == 0)
    qtbot.waitUntil(lambda: can("CanGoNext"))
    desktop.call(PLAYER, "Next")
    qtbot.waitUntil(lambda: app.playback.index == 1)
    app.playback.set_autoplay(False)
    qtbot.waitUntil(lambda: not can("CanGoNext"))


def test_a_track_that_repeats_is_told_as_a_jump_to_its_start(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    play(app, qtbot)
    app.playback.set_repeat("one")
    app.playback.seek(59_000)
    qtbot.waitUntil(lambda: app.playback.position_ms >= 59_000)
    heard = desktop.signals_during(lambda: None, lambda heard: any(m.member == "Seeked" for m in heard))
    assert [m.body for m in heard if m.member == "Seeked"] == [[0]]
    heard = desktop.signals_during(app.playback.next, lambda heard: "Metadata" in changes(heard))
    assert [m for m in heard if m.member == "Seeked"] == [], "another track is no jump"


def test_settings_are_taken_within_their_limits(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    def put(name: str, signature: str, value: object) -> Message:
        return desktop.call(PROPERTIES, "Set", "ssv", PLAYER, name, Variant(signature, value))

    put("Volume", "d", 0.25)
    qtbot.waitUntil(lambda: app.playback.volume == 25)
    put("Volume", "d", 7e300)
    qtbot.waitUntil(lambda: app.playback.volume == 100)
    put("Volume", "d", float("nan"))
    put("Volume", "d", -1.0)
    qtbot.waitUntil(lambda: app.playback.volume == 0)
    put("Shuffle", "b", True)
    qtbot.waitUntil(lambda: app.playback.shuffle)
    put("LoopStatus", "s", "Track")
    qtbot.waitUntil(lambda: app.playback.repeat == "one")
    assert put("LoopStatus", "s", "Sideways").message_type is MessageType.ERROR
    assert put("Volume", "s", "loud").message_type is MessageType.ERROR
    assert put("Metadata", "a{sv}", {}).message_type is MessageType.ERROR
    play(app, qtbot)
    put("Rate", "d", 0.0)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    assert desktop.get(PLAYER, "Rate").value == 1.0
    for rate, percent in [(1.5, 150), (1e300, 200), (float("nan"), 200), (-1.0, 200), (1e-9, 50)]:
        put("Rate", "d", rate)
        qtbot.waitUntil(lambda percent=percent: app.playback.speed == percent)  # type: ignore[misc]
        assert desktop.get(PLAYER, "Rate").value == percent / 100
    assert app.settings.speed_percent == 50


def test_changes_are_told_and_jumps_too(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    heard = desktop.signals_during(lambda: play(app, qtbot), lambda heard: "Metadata" in changes(heard))
    told = changes(heard)
    assert "Position" not in told
    assert told["Metadata"].value["xesam:artist"] == Variant("as", ["Artist 1"])
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    track = desktop.get(PLAYER, "Metadata").value["mpris:trackid"].value

    def seek() -> None:
        desktop.call(PLAYER, "SetPosition", "ox", track, 30_000_000)

    heard = desktop.signals_during(seek, lambda heard: any(m.member == "Seeked" for m in heard))
    (seeked,) = [m for m in heard if m.member == "Seeked"]
    assert (seeked.signature, seeked.body) == ("x", [30_000_000])
    assert desktop.get(PLAYER, "Position").value == 30_000_000
    desktop.call(PLAYER, "Seek", "x", -(2**62))
    qtbot.waitUntil(lambda: app.playback.position_ms == 0)


def test_a_position_of_another_track_or_outside_this_one_is_ignored(
    app: Wiring, desktop: Desktop, qtbot: QtBot
) -> None:
    play(app, qtbot)
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    track = desktop.get(PLAYER, "Metadata").value["mpris:trackid"].value
    before = app.playback.position_ms
    desktop.call(PLAYER, "SetPosition", "ox", "/io/segue/queue/999", 30_000_000)
    desktop.call(PLAYER, "SetPosition", "ox", track, 61_000_000)
    desktop.call(PLAYER, "SetPosition", "ox", track, -1)
    assert app.playback.position_ms == before
    desktop.call(PLAYER, "Seek", "x", 2**62)
    qtbot.waitUntil(lambda: app.playback.index == 1)


def test_an_opened_file_plays_and_what_is_none_is_refused(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    for uri in (
        "http://example.org/a.mp3",
        "file://host/share/a.mp3",
        "../../etc/passwd",
        "file:///" + "a" * 1_000_000,
    ):
        assert desktop.call(PLAYER, "OpenUri", "s", uri).message_type is MessageType.ERROR
    (track, *_) = app.library.tracks(app.library.ids())
    desktop.call(PLAYER, "OpenUri", "s", Path(os.fsdecode(track.path)).as_uri())
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING, timeout=10_000)
    assert app.playback.entries()[0].track == track
    with qtbot.waitSignal(app.files.trouble, timeout=10_000):
        desktop.call(PLAYER, "OpenUri", "s", "file:///dev/../dev/null")


def test_raise_and_quit_reach_the_window(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    app.window.hide()
    desktop.call(ROOT, "Raise")
    qtbot.waitUntil(app.window.isVisible)
    desktop.call(ROOT, "Quit")
    qtbot.waitUntil(lambda: not app.window.isVisible())


def test_a_second_player_has_a_name_of_its_own(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    from app.qt.mpris import Mpris
    from app.qt.session_bus import SessionBus

    bus = SessionBus(app.jobs)
    other = Mpris(bus, app.playback, app.covers)
    with qtbot.waitSignal(other.ready, timeout=10_000) as ready:
        bus.start()
    assert desktop.name == "org.mpris.MediaPlayer2.segue"
    assert ready.args == [f"org.mpris.MediaPlayer2.segue.instance{os.getpid()}"]
    bus.close()


def test_when_the_bus_dies_the_music_goes_on_and_the_next_bus_has_the_player(
    app: Wiring, desktop: Desktop, daemon: Any, qtbot: QtBot
) -> None:
    play(app, qtbot)
    daemon.send_signal(signal.SIGKILL)
    daemon.wait(10)
    qtbot.waitUntil(lambda: app.desktop.mpris._player is None)
    before = app.playback.position_ms
    qtbot.waitUntil(lambda: app.playback.position_ms > before)
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    folder = Path(os.environ["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=")).parent
    (folder / "bus").unlink()
    with qtbot.waitSignal(app.desktop.mpris.ready, timeout=20_000), a_bus(folder):
        qtbot.waitUntil(lambda: app.desktop.mpris._player is not None, timeout=20_000)
        assert desktop.get(PLAYER, "PlaybackStatus").value == "Paused"


def test_without_a_bus_nothing_happens(app: Wiring, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("unix:path=/nowhere/bus", "nonsense", ""):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("DISPLAY", raising=False)
        app.desktop.bus.start()
        app.desktop.bus.close()
    play(app, qtbot)


def test_the_desktop_entry_and_the_bus_name_the_same_kinds_of_file() -> None:
    entry = (Path(__file__).resolve().parents[2] / "resources/desktop/segue.desktop").read_text()
    (line,) = [line for line in entry.splitlines() if line.startswith("MimeType=")]
    assert line.removeprefix("MimeType=").rstrip(";").split(";") == MIME_TYPES, "folders stay the file manager's"
    assert PATH.endswith("MediaPlayer2")
