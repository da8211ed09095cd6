"""The queue and the playlists on a session bus: told in parts, edited, and believing nothing."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from app.playback.mpris import NO_TRACK
from app.playback.mpris_lists import AROUND
from app.wiring import Wiring
from tests.desktop.bus import ROOT, Desktop, play

pytestmark = pytest.mark.slow

TRACKS, LISTS = f"{ROOT}.TrackList", f"{ROOT}.Playlists"


@pytest.fixture
def desktop(app: Wiring, qtbot: QtBot) -> Desktop:
    with qtbot.waitSignal(app.desktop.mpris.ready, timeout=10_000) as ready:
        app.desktop.bus.start()
    return Desktop(qtbot, ready.args[0])


def paths(desktop: Desktop) -> list[str]:
    found: list[str] = desktop.get(TRACKS, "Tracks").value
    return found


def test_the_queue_is_listed_with_what_is_known_of_each_entry(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    assert paths(desktop) == []
    heard = desktop.signals_during(
        lambda: play(app, qtbot), lambda heard: any(m.member == "TrackListReplaced" and m.body[0] for m in heard)
    )
    replaced = [m for m in heard if m.member == "TrackListReplaced"][-1]
    assert replaced.signature == "aoo"
    assert replaced.body[0] == paths(desktop)
    assert replaced.body[1] in paths(desktop)
    reply = desktop.call(TRACKS, "GetTracksMetadata", "ao", [*paths(desktop)[:2], NO_TRACK, "/io/segue/queue/999"])
    titles = [told["xesam:title"].value for told in reply.body[0]]
    assert titles == ["Song 111", "Song 112"], "and nothing of those that are not there"
    assert [told["mpris:trackid"].value for told in reply.body[0]] == paths(desktop)[:2]


def test_a_title_that_is_put_right_is_told_of_the_entry_and_of_what_plays(
    app: Wiring, desktop: Desktop, qtbot: QtBot
) -> None:
    play(app, qtbot)
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)
    listed = paths(desktop)
    tracks = app.library.tracks(app.library.ids())

    def rename() -> None:
        app.playback.retell([replace(track, title=f"{track.title} (live)") for track in tracks[:2]])

    heard = desktop.signals_during(
        rename, lambda heard: sum(message.member == "TrackMetadataChanged" for message in heard) == 2
    )
    told = [message for message in heard if message.member == "TrackMetadataChanged"]
    assert [message.signature for message in told] == ["oa{sv}"] * 2
    assert [message.body[0] for message in told] == listed[:2]
    assert [message.body[1]["xesam:title"].value for message in told] == ["Song 111 (live)", "Song 112 (live)"]
    assert desktop.get(f"{ROOT}.Player", "Metadata").value["xesam:title"].value == "Song 111 (live)"
    assert not [message for message in heard if message.member in ("TrackListReplaced", "Seeked")]


def test_entries_are_gone_to_and_removed_and_strange_ones_change_nothing(
    app: Wiring, desktop: Desktop, qtbot: QtBot
) -> None:
    play(app, qtbot)
    listed = paths(desktop)
    desktop.call(TRACKS, "GoTo", "o", listed[2])
    qtbot.waitUntil(lambda: app.playback.index == 2)
    desktop.call(TRACKS, "RemoveTrack", "o", listed[0])
    qtbot.waitUntil(lambda: paths(desktop) == listed[1:])
    for strange in (NO_TRACK, "/", "/io/segue/queue/999999999999999999999", "/io/segue/queue/x", listed[0]):
        for method in ("GoTo", "RemoveTrack"):
            assert desktop.call(TRACKS, method, "o", strange).message_type is MessageType.METHOD_RETURN
    qtbot.wait(200)
    assert paths(desktop) == listed[1:]
    assert app.playback.index == 1


def test_a_file_is_added_where_it_is_wanted(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())
    app.playback.play_now(tracks[:2])
    qtbot.waitUntil(lambda: len(app.playback.entries()) == 2)
    uri = Path(os.fsdecode(tracks[3].path)).as_uri()
    titles = lambda: [entry.track.title for entry in app.playback.entries()]  # noqa: E731
    desktop.call(TRACKS, "AddTrack", "sob", uri, paths(desktop)[0], False)
    qtbot.waitUntil(lambda: titles() == ["Song 111", "Song 114", "Song 112"], timeout=10_000)
    desktop.call(TRACKS, "AddTrack", "sob", uri, NO_TRACK, False)
    qtbot.waitUntil(lambda: titles() == ["Song 114", "Song 111", "Song 114", "Song 112"], timeout=10_000)
    desktop.call(TRACKS, "AddTrack", "sob", uri, "/io/segue/queue/987654", True)
    qtbot.waitUntil(lambda: len(titles()) == 5 and app.playback.index == 4, timeout=10_000)
    desktop.call(TRACKS, "AddTrack", "sob", uri, paths(desktop)[1], True)
    qtbot.waitUntil(lambda: len(titles()) == 6 and app.playback.index == 2, timeout=10_000)
    desktop.call(TRACKS, "AddTrack", "sob", uri, NO_TRACK, True)
    qtbot.waitUntil(lambda: len(titles()) == 7 and app.playback.index == 0, timeout=10_000)
    for bad in ("http://example.org/a.mp3", "file://host/a.mp3", "../a", "file:///" + "a" * 1_000_000):
        assert desktop.call(TRACKS, "AddTrack", "sob", bad, NO_TRACK, True).message_type is MessageType.ERROR
    assert len(titles()) == 7


def test_a_long_queue_is_told_around_what_plays_only(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())
    app.playback.play_now((tracks * 10_000)[:20_000], 10_000)
    qtbot.waitUntil(lambda: app.playback.index == 10_000, timeout=10_000)
    qtbot.waitUntil(lambda: len(paths(desktop)) == 2 * AROUND + 1, timeout=10_000)
    current = app.playback.entries()[10_000].entry_id
    assert paths(desktop)[AROUND] == f"/io/segue/queue/{current}"
    reply = desktop.call(TRACKS, "GetTracksMetadata", "ao", paths(desktop) * 50)
    assert len(reply.body[0]) == 2 * AROUND + 1, "asked for more, it tells no more"


def test_playlists_are_listed_in_an_order_and_played(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())
    for name in ("Morning", "evening", "Noon"):
        with qtbot.waitSignal(app.playlists.made, timeout=10_000):
            app.playlists.create(name, tracks[1:3])
    qtbot.waitUntil(lambda: desktop.get(LISTS, "PlaylistCount").value == 3, timeout=10_000)

    def listed(*asked: object) -> list[str]:
        return [name for _, name, _ in desktop.call(LISTS, "GetPlaylists", "uusb", *asked).body[0]]

    assert listed(0, 10, "Alphabetical", False) == ["evening", "Morning", "Noon"]
    assert listed(0, 10, "Alphabetical", True) == ["Noon", "Morning", "evening"]
    assert listed(1, 1, "CreationDate", False) == ["evening"]
    assert listed(7, 2**32 - 1, "Sideways", False) == []
    assert desktop.get(LISTS, "ActivePlaylist").value == (False, ("/", "", ""))
    found = desktop.call(LISTS, "GetPlaylists", "uusb", 0, 1, "Alphabetical", False).body[0]
    for strange in ("/", NO_TRACK, "/io/segue/playlist/999"):
        desktop.call(LISTS, "ActivatePlaylist", "o", strange)
    desktop.call(LISTS, "ActivatePlaylist", "o", found[0][0])
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING, timeout=10_000)
    assert [(entry.track, entry.context) for entry in app.playback.entries()] == [
        (track, "playlist") for track in tracks[1:3]
    ]


def test_a_renamed_playlist_and_another_number_of_them_are_told(app: Wiring, desktop: Desktop, qtbot: QtBot) -> None:
    def names() -> list[str]:
        return [name for _, name, _ in desktop.call(LISTS, "GetPlaylists", "uusb", 0, 9, "", False).body[0]]

    def make() -> None:
        with qtbot.waitSignal(app.playlists.made, timeout=10_000) as made:
            app.playlists.create("Before")
        qtbot.waitUntil(lambda: names() == ["Before"], timeout=10_000)  # a name nobody saw is no other one later
        app.playlists.rename(made.args[0].id, "After")

    def told(heard: list[Message]) -> bool:
        counts = [m.body[1] for m in heard if m.member == "PropertiesChanged" and m.body[0] == LISTS]
        names = [m.body[0][1] for m in heard if m.member == "PlaylistChanged"]
        return bool(counts) and names[-1:] == ["After"]

    heard = desktop.signals_during(make, told)
    assert {m.signature for m in heard if m.member == "PlaylistChanged"} == {"(oss)"}
