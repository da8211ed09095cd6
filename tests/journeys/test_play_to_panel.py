"""The journey of a play: heard, kept in the log, and answered in the panel with its reason."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.play import EndedBy, StartedBy
from app.domain.suggestion import SuggestionList
from app.storage.plays import PlayStore
from app.wiring.segue import Wiring, now_ms
from tests.helpers.builders import DAY_MS, a_play
from tests.helpers.music import a_music_folder, the_app


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path):
    wiring = the_app(qapp, home)
    wiring.playback.set_volume(50)
    music = a_music_folder(tmp_path / "music")
    with qtbot.waitSignal(wiring.library.scan_finished, timeout=20_000):
        wiring.library.add_folder(os.fsencode(music))
    yield wiring
    wiring.window.close()
    wiring.close()


def listen(app: Wiring, qtbot: QtBot, *titles: str) -> None:
    """Plays tracks from start to end, one after the other."""
    by_title = {track.title: track for track in app.library.tracks(app.library.ids())}
    with qtbot.waitSignals([app.playback.play_recorded] * len(titles), timeout=20_000):
        app.playback.play_now([by_title[title] for title in titles])


def reasons(found: SuggestionList) -> dict[str, str]:
    return {suggestion.track.title: suggestion.reason for suggestion in found.suggestions}


def test_what_was_played_together_is_suggested_beside_each_other(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions))
    assert app.suggestions.current().state == "No plays yet. These come from tags"

    for _ in range(2):
        listen(app, qtbot, "Song 111", "Song 324", "Song 213")
    plays = PlayStore(app.database).after(0)
    assert [play.title for play in plays] == ["Song 111", "Song 324", "Song 213"] * 2
    assert {play.ended_by for play in plays} == {EndedBy.FINISHED}
    assert plays[0].started_by is StartedBy.HAND
    assert all(abs(play.played_ms - 2_000) < 100 for play in plays)

    qtbot.waitUntil(lambda: app.suggestions.current().state.startswith("From 6 plays"))
    assert app.history.count() == 6


def test_what_followed_this_track_on_other_days_is_suggested_with_its_reason(app: Wiring, qtbot: QtBot) -> None:
    by_title = {track.title: track for track in app.library.tracks(app.library.ids())}
    first, second = by_title["Song 111"], by_title["Song 324"]
    for day in range(2, 5):
        for place, track in enumerate((first, second)):
            at = now_ms() - day * DAY_MS + place * 2_000
            PlayStore(app.database).append(
                a_play(track.id, at, played_ms=2_000, duration_ms=2_000, recording_key=track.recording_key)
            )
    with qtbot.waitSignal(app.suggestions.suggestions_changed, timeout=5_000, check_params_cb=_is_for("Song 111")):
        app.playback.play_now([first])
    assert reasons(app.suggestions.current())["Song 324"] == "Followed Song 111 3 times"


def _is_for(title: str):
    return lambda found: found.heading == f"For {title}"


def test_play_pressed_with_nothing_queued_plays_what_is_suggested(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions) and app.window.bar.play.isEnabled())
    shown = [suggestion.track.id for suggestion in app.suggestions.current().suggestions]
    with qtbot.waitSignal(app.playback.play_recorded, timeout=20_000) as recorded:
        app.window.bar.play.click()
    assert [entry.track.id for entry in app.playback.entries()] == shown
    play = recorded.args[0]
    assert (play.track_id, play.started_by, play.context) == (shown[0], StartedBy.SUGGESTION, "panel")


@pytest.mark.slow
def test_play_pressed_twice_in_a_row_plays_what_is_suggested_once(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions) and app.window.bar.play.isEnabled())
    replaced = list[int]()
    app.playback.queue_replaced.connect(replaced.append)
    with qtbot.waitSignal(app.playback.play_recorded, timeout=20_000) as recorded:
        app.window.bar.play.click()
        app.window.bar.play.click()
    assert recorded.args[0].ended_by is EndedBy.FINISHED
    assert replaced == []


@pytest.mark.slow
def test_what_a_listener_chose_right_after_play_is_not_replaced_by_what_is_suggested(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions) and app.window.bar.play.isEnabled())
    chosen = app.suggestions.current().suggestions[-1].track
    with qtbot.waitSignal(app.playback.play_recorded, timeout=20_000) as recorded:
        app.window.bar.play.click()
        app.playback.play_now([chosen])
    assert [entry.track.id for entry in app.playback.entries()] == [chosen.id]
    assert (recorded.args[0].track_id, recorded.args[0].started_by) == (chosen.id, StartedBy.HAND)
