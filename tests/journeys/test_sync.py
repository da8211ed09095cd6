"""A model comes while the window is open: Never heard says what others play, what is not here stands apart."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.suggestion import Dial, Signal
from app.storage.tracks import TrackStore
from app.sync.origin import origin_of
from app.wiring import Wiring
from recommender.files.community_files import write_model
from tests.helpers.builders import a_play
from tests.helpers.crowd import STRANGERS, a_crowd_of
from tests.helpers.music import a_music_folder, an_evening

WAIT_MS = 20_000


def listen(app: Wiring) -> None:
    for day in range(6):
        for track in TrackStore(app.database).get([1, 2]):
            at = 1_700_000_000_000 + day * 86_400_000 + track.id * 200_000
            app.plays.append(a_play(track.id, at, recording_key=track.recording_key))


def agree(app: Wiring, folder: Path) -> None:
    chosen = replace(app.settings, sync_from="folder", sync_folder=str(folder))
    app.change_settings({"sync_from": "folder", "sync_folder": str(folder), "sync_agreed": origin_of(chosen).agreement})


def by_others(app: Wiring) -> list[str]:
    return [each.reason for each in app.suggestions.current().suggestions if each.signal is Signal.MANY]


def test_a_model_comes_is_used_rolled_back_and_removed(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=4), start=True) as app:
        listen(app)
        app.suggestions.set_dial(Dial.NEVER)
        with qtbot.waitSignal(app.suggestions.shelves_changed, timeout=WAIT_MS):
            app.suggestions.refresh_shelves()
        assert by_others(app) == []
        for number in range(2):
            crowd = a_crowd_of(TrackStore(app.database), created=1_760_000_000 + number)
            write_model(tmp_path / f"model{number}", crowd)
        agree(app, tmp_path / "model0")
        with qtbot.waitSignal(app.sync.ended, timeout=WAIT_MS):
            app.sync.sync()
        qtbot.waitUntil(lambda: bool(by_others(app)), timeout=WAIT_MS)
        assert any(reason.startswith("Others play it with Song") for reason in by_others(app))
        finds = app.views["home"].finds
        qtbot.waitUntil(lambda: bool(finds.rows), timeout=WAIT_MS)
        assert {(row.value.artist, row.value.title) for row in finds.rows} <= set(STRANGERS)
        assert app.sync.last.sentence in [work.report for work in app.works.works()]
        agree(app, tmp_path / "model1")
        first = app.sync.models.current
        with qtbot.waitSignal(app.sync.model_changed, timeout=WAIT_MS):
            app.sync.sync()
        assert app.sync.models.previous == first
        with qtbot.waitSignal(app.sync.model_changed, timeout=WAIT_MS):
            app.sync.rollback()
        assert app.sync.models.current == first
        with qtbot.waitSignal(app.sync.model_changed, timeout=WAIT_MS):
            app.sync.remove()
        qtbot.waitUntil(lambda: not by_others(app) and not finds.rows, timeout=WAIT_MS)
        assert app.suggestions.current().suggestions, "the panel fills from what is here"
