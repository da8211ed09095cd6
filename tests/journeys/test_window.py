"""The journey of an evening: the window opens, is clicked through, plays, and closes with the play kept."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.domain.loudness import PRESETS, Loudness
from app.domain.queue import PlaybackState
from app.opening import open_database
from app.qt.upkeep import damage
from app.storage.backup import back_up
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.ui.dialogs.trouble import Remedy
from app.wiring import Wiring
from tests.helpers.builders import NOW_MS, a_library, some_plays
from tests.helpers.music import a_music_folder, an_evening

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path):
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", seconds=30), start=True) as wiring:
        yield wiring


def test_every_place_of_the_rail_opens(app: Wiring, qtbot: QtBot) -> None:
    for name in ("albums", "artists", "tracks", "genres", "history", "home"):
        app.window.show_view(name)
        assert app.window.view == name
        qtbot.waitUntil(app.views[name].isVisible)
    app.window.go_back()
    assert app.window.view == "history"


def begin_once_more(app: Wiring, qtbot: QtBot) -> None:
    """As after a first paint, once all has begun."""
    qtbot.waitUntil(lambda: app.others is not None)
    others, app.others, app._collecting = app.others, None, None
    assert others is not None
    others.close()
    app._after_first_paint()


def test_after_its_first_paint_the_window_answers_between_the_things_that_begin(app: Wiring, qtbot: QtBot) -> None:
    begin_once_more(app, qtbot)
    assert app.others is None  # one thing was done in this turn
    app._after_first_paint()  # shown once more: not a second time
    qtbot.waitUntil(lambda: app.others is not None)


def test_a_window_that_is_closed_at_once_begins_nothing_more(app: Wiring, qtbot: QtBot) -> None:
    begin_once_more(app, qtbot)
    app.close()
    QApplication.processEvents()
    assert app.others is None


def test_a_double_click_in_the_table_plays_the_list_from_there(app: Wiring, qtbot: QtBot) -> None:
    app.window.show_view("tracks")
    table = app.views.tracks.table
    qtbot.waitUntil(lambda: table.model().rowCount() > 2)
    row = table.visualRect(table.model().index(2, 0)).center()
    with qtbot.waitSignal(app.playback.track_changed, timeout=5_000):
        qtbot.mouseClick(table.viewport(), LEFT, pos=row)
        qtbot.mouseDClick(table.viewport(), LEFT, pos=row)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PLAYING)
    current = app.playback.current
    assert current is not None
    assert current.track.id == app.library.ids()[2]
    assert current.context == "tracks"
    qtbot.waitUntil(lambda: app.suggestions.current().heading == f"For {current.track.title}")
    assert len(app.suggestions.current().suggestions) >= 8  # only what comes soon is left out
    qtbot.keyClick(app.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED)


def test_typing_anywhere_searches(app: Wiring, qtbot: QtBot) -> None:
    app.window.show_view("albums")
    app.views["albums"].setFocus()
    qtbot.keyClick(app.window, "s")
    assert app.window.rail.search.text() == "s"
    qtbot.keyClicks(app.window.rail.search, "ong 213")
    qtbot.waitUntil(lambda: app.window.view == "search")
    qtbot.waitUntil(lambda: app.views.search.table.model().rowCount() == 1)
    qtbot.keyClicks(app.window.rail.search, "zzyzx")
    qtbot.waitUntil(lambda: app.views.search.body() is app.views.search.empty)
    qtbot.keyClick(app.window.rail.search, Qt.Key.Key_Return)
    assert app.window.focusWidget() is app.window.rail.search  # there is nothing to go to
    app.window.rail.search.clear()
    assert app.window.view == "albums"


def test_closing_keeps_the_play_that_goes_on(app: Wiring, qtbot: QtBot) -> None:
    (track, *_) = app.library.tracks(app.library.ids()[:1])
    app.playback.play_now([track])
    qtbot.waitUntil(lambda: app.playback.position_ms > 1_000, timeout=10_000)
    app.window.close()
    app.playback.close()
    play = PlayStore(app.database).in_progress()
    assert play is not None
    assert play.played_ms >= 900


def test_dark_and_narrow_are_remembered(app: Wiring, qtbot: QtBot, home: Path) -> None:
    app.change_settings({"theme": "dark"})
    assert app.theme.palette.dark
    app.window.resize(1000, 700)
    app.window.close()
    app._save()
    saved = (home / "config" / "settings.json").read_text()
    assert '"theme": "dark"' in saved
    assert '"window_width": 1000' in saved


def test_damage_found_while_it_runs_is_told_and_the_listener_decides(
    app: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def answer(sentence: str, _backup: str) -> Remedy:
        told.append(sentence)
        return "anew" if len(told) == 2 else "quit"

    monkeypatch.setattr("app.ui.dialogs.trouble.ask_remedy", answer)
    app.checked("")
    assert told == []
    app.checked("The file is damaged.")
    assert app.remedy == "quit"
    app.checked("The file is damaged.")
    assert app.remedy == "anew"
    assert not app.window.isVisible()


def test_a_damaged_library_is_opened_again_from_its_newest_good_backup(
    qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = default_paths(home)
    paths.make()
    database = Database(paths.database)
    some_plays(database, a_library(database, 400), 50)
    database.close()
    back_up(paths.database, paths.backups, NOW_MS)
    paths.database.write_bytes(b"This is no database." * 500)
    said: list[str] = []

    def answer(sentence: str, backup: str) -> Remedy:
        said.extend((sentence, backup))
        return "restore"

    monkeypatch.setattr("app.ui.dialogs.trouble.ask_remedy", answer)
    monkeypatch.setattr("app.ui.dialogs.trouble.say_done", said.append)
    opened = open_database(paths)
    assert opened is not None
    assert PlayStore(opened).count() == 50
    opened.close()
    assert "damaged" in said[0]
    assert said[1].endswith(" (50 plays)")
    assert "is in place" in said[2]


def test_a_library_that_is_gone_is_asked_about_and_may_begin_anew(
    qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = default_paths(home)
    paths.make()
    database = Database(paths.database)
    some_plays(database, a_library(database, 40), 50)
    database.close()
    back_up(paths.database, paths.backups, NOW_MS)
    paths.database.unlink()
    answers: list[Remedy] = ["quit", "anew"]
    said: list[str] = []

    def answer(sentence: str, backup: str) -> Remedy:
        said.extend((sentence, backup))
        return answers.pop(0)

    monkeypatch.setattr("app.ui.dialogs.trouble.ask_remedy", answer)
    assert open_database(paths) is None
    for _ in range(2):
        opened = open_database(paths)
        assert opened is not None
        assert PlayStore(opened).count() == 0
        opened.close()
    assert answers == []
    assert "is not where it was" in said[0]
    assert said[1].endswith(" (50 plays)")


def test_a_damaged_page_is_found_by_the_check(home: Path) -> None:
    database = Database(home / "x" / "segue.db")
    a_library(database, 400)
    database.close()
    raw = bytearray((home / "x" / "segue.db").read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 9_000] = b"\x5a" * 9_000
    (home / "x" / "segue.db").write_bytes(raw)
    damaged = Database(home / "x" / "segue.db")
    assert "damaged" in damage(lambda: False, damaged)
    damaged.close()


def test_a_dropped_file_that_cannot_be_played_is_explained(app: Wiring, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(app.files.trouble, timeout=10_000):
        app.window.folders_dropped.emit([os.fsencode(tmp_path / "other.mp3")])
    assert "other.mp3" in app.window.toast.words.text
    assert app.window.toast.isVisible()


def test_what_is_chosen_for_the_ear_reaches_the_player_at_once(app: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Loudness] = []
    monkeypatch.setattr(app.playback, "set_loudness", heard.append)
    app.change_settings({"replay_gain": "album", "preamp_db": 2})
    app.change_settings({"equaliser": True, "equaliser_bands": PRESETS["Jazz"]})
    app.change_settings({"view": "albums"})
    assert heard == [Loudness("album", 2), Loudness("album", 2, True, PRESETS["Jazz"])]
