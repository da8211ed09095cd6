"""Autoplay: one track is chosen, and the music does not end."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.feedback import Said
from app.storage.plays import PlayStore
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, an_evening, the_app


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path):
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music")) as wiring:
        yield wiring


def test_the_music_goes_on_by_itself_and_the_log_says_who_chose_it(app: Wiring, qtbot: QtBot) -> None:
    first = app.library.tracks(app.library.ids())[0]
    app.window.bar.autoplay.click()
    qtbot.waitUntil(lambda: len(app.playback.lane()) >= 6, timeout=10_000)  # a track lasts a tenth of a second here
    with qtbot.waitSignals([app.playback.play_recorded] * 3, timeout=30_000):
        app.playback.play_now([first])
    plays = PlayStore(app.database).after(0)[:3]
    assert [play.started_by.value for play in plays] == ["hand", "autoplay", "autoplay"]
    assert len({play.recording_key for play in plays}) == 3
    assert app.settings.autoplay
    qtbot.waitUntil(lambda: len(app.playback.lane()) >= 6, timeout=10_000)
    app.window.bar.autoplay.click()
    qtbot.waitUntil(lambda: not app.playback.lane(), timeout=5_000)
    assert not app.settings.autoplay


def test_what_the_listener_does_not_want_leaves_the_lane(app: Wiring, qtbot: QtBot) -> None:
    app.playback.set_autoplay(True)
    qtbot.waitUntil(lambda: len(app.playback.lane()) == 10, timeout=10_000)
    unwanted = app.playback.lane()[0].track
    app.suggestions.say(Said.NEVER_TRACK, unwanted)
    qtbot.waitUntil(
        lambda: unwanted.recording_key not in {entry.track.recording_key for entry in app.playback.lane()},
        timeout=10_000,
    )
    unwanted = app.playback.lane()[0].track
    app.suggestions.say(Said.NEVER_ARTIST, replace(unwanted, artist=unwanted.artist.upper()))
    qtbot.waitUntil(
        lambda: unwanted.artist not in {entry.track.artist for entry in app.playback.lane()}, timeout=10_000
    )


def test_in_a_shuffle_nothing_that_is_still_to_come_stands_in_the_lane(app: Wiring, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())[:12]
    app.playback.set_shuffle(True)
    app.playback.play_now(tracks, start=11)
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.index == 11)
    app.playback.set_autoplay(True)
    qtbot.waitUntil(lambda: len(app.playback.lane()) >= 6, timeout=10_000)
    assert len(app.playback.coming()) == 11
    queued = {track.recording_key for track in tracks}
    assert not queued & {entry.track.recording_key for entry in app.playback.lane()}
    assert app.suggestions._waiting == tuple(entry.track.id for entry in app.playback.coming(10))


def test_an_empty_queue_with_autoplay_plays_the_lane(app: Wiring, qtbot: QtBot) -> None:
    app.playback.set_autoplay(True)
    qtbot.waitUntil(lambda: len(app.playback.lane()) == 10, timeout=10_000)
    coming = app.playback.lane()[0].track
    assert app.window.bar.play.isEnabled()
    with qtbot.waitSignal(app.playback.track_changed, timeout=10_000):
        app.window.bar.play.click()
    assert app.playback.current is not None
    assert app.playback.current.track.id == coming.id


def test_what_is_queued_by_hand_leaves_the_lane_and_falls_where_it_was_dropped(app: Wiring, qtbot: QtBot) -> None:
    app.playback.set_autoplay(True)
    first, second = app.library.tracks(app.library.ids())[:2]
    app.playback.play_now([first, second])
    app.playback.pause()
    qtbot.waitUntil(lambda: len(app.playback.lane()) >= 6 and app.playback.index == 0, timeout=10_000)
    queued = app.playback.lane()[3].track
    app.window.tracks_dropped.emit([queued.id], 1)
    qtbot.waitUntil(
        lambda: [entry.track.id for entry in app.playback.entries()] == [first.id, queued.id, second.id], timeout=10_000
    )
    qtbot.waitUntil(lambda: queued.id not in {entry.track.id for entry in app.playback.lane()}, timeout=10_000)


@pytest.mark.slow
def test_after_a_restart_the_lane_is_the_same_and_still_says_why(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    first = the_app(qapp, home)
    with qtbot.waitSignal(first.library.scan_finished, timeout=20_000):
        first.library.add_folder(os.fsencode(a_music_folder(tmp_path / "music")))
    first.playback.set_autoplay(True)
    qtbot.waitUntil(lambda: len(first.playback.lane()) == 10, timeout=10_000)
    lane = [entry.track.id for entry in first.playback.lane()]
    said = [first.suggestions.why(track_id) for track_id in lane]
    assert all(said)
    first.window.close()
    first.close()
    second = the_app(qapp, home)
    qtbot.waitUntil(lambda: bool(second.playback.lane()), timeout=10_000)
    qtbot.waitUntil(lambda: second.suggestions.why(lane[0]) is not None, timeout=10_000)
    assert [entry.track.id for entry in second.playback.lane()] == lane
    assert [second.suggestions.why(track_id) for track_id in lane] == said
    assert second.playback.autoplay
    second.window.close()
    second.close()
