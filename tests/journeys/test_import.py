"""A listening history is looked at, taken over, and counts at once."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.importing import ImportReport
from app.storage.backup import backups
from app.storage.tracks import TrackStore
from app.ui.dialogs.importing import ImportDialog
from app.wiring import Wiring, importing
from tests.helpers.music import a_music_folder, an_evening
from tests.history.import_.exports import AT_S, lines, listen, written

WAIT_MS = 20_000


def history(app: Wiring, folder: Path, plays: int = 60) -> bytes:
    tracks = TrackStore(app.database).all()[:4]
    told = [
        listen(tracks[n % 4].title, AT_S + n * 240, tracks[n % 4].artist) if n % 6 else listen("Far", AT_S + n * 240)
        for n in range(plays)
    ]
    return lines(folder, told)


def shown(app: Wiring) -> ImportDialog | None:
    return next((found for found in app.window.findChildren(ImportDialog) if found.isVisible()), None)


def test_it_is_looked_at_first_and_then_counts_everywhere(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        app.window.show_view("statistics")
        page = app.views["statistics"]
        qtbot.waitUntil(lambda: page.body() is page.empty, timeout=WAIT_MS)
        assert "No plays yet" in page.empty.words()
        file = history(app, tmp_path)
        app.imports.look([file])
        qtbot.waitUntil(lambda: shown(app) is not None, timeout=WAIT_MS)
        dialog = shown(app)
        assert dialog is not None and dialog.take is not None
        assert dialog.summary.text() == "60 plays in 2020, told by ListenBrainz."
        assert dialog.share.text().startswith("83% of them")
        assert app.plays.count() == 0
        with qtbot.waitSignal(app.suggestions.read_anew, timeout=WAIT_MS):
            dialog.take.click()
        assert app.plays.count() == 60
        qtbot.waitUntil(lambda: page.body() is not page.empty, timeout=WAIT_MS)
        assert "60 plays imported" in [work.report for work in app.works.works()]
        assert [backup.why for backup in backups(app.paths.backups)].count("before-import") == 1
        app.imports.look([file])
        qtbot.waitUntil(lambda: (again := shown(app)) is not None and again.take is None, timeout=WAIT_MS)


@pytest.mark.parametrize("view", ["statistics", "history"])
def test_where_nothing_was_heard_the_next_step_is_the_import(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    asked: list[Wiring] = []
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        monkeypatch.setattr("app.wiring.segue.ask_history", asked.append)
        app.window.show_view(view)
        page = app.views[view]
        qtbot.waitUntil(lambda: page.body() is page.empty, timeout=WAIT_MS)
        page.empty.button.click()
        assert asked == [app]
        from app.ui.dialogs.settings import SettingsDialog

        monkeypatch.setattr(importing, "ask_history", asked.append)
        app.window.settings_asked.emit()
        settings = app.window.findChild(SettingsDialog)
        assert settings is not None
        settings.folders.history.click()
        assert asked == [app, app]
        assert not settings.isVisible()


def test_stopped_or_no_history_at_all_it_shows_nothing(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        with qtbot.waitSignal(app.imports.trouble, timeout=WAIT_MS) as trouble:
            app.imports.look([written(tmp_path, b"hello", "x.txt")])
        assert "No listening history was found" in trouble.args[0]
        with qtbot.waitSignal(app.imports.ended, timeout=WAIT_MS):
            app.imports.look([history(app, tmp_path)])
            app.imports.cancel()
        assert (shown(app), app.plays.count(), app.imports.busy) == (None, 0, False)


@pytest.mark.parametrize("place", ["window", "queue"])
def test_an_export_that_is_dropped_is_offered_and_the_music_beside_it_plays(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, place: str
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        song = next((tmp_path / "music").rglob("*.flac"), None) or next((tmp_path / "music").rglob("*.mp3"))
        dropped = [history(app, tmp_path), bytes(song), written(tmp_path, b"{}", "other.json")]
        said: list[str] = []
        app.files.trouble.connect(said.append)
        if place == "window":
            app.window.folders_dropped.emit(dropped)
        else:
            app.window.files_queued.emit(dropped, -1)
        qtbot.waitUntil(lambda: shown(app) is not None, timeout=WAIT_MS)
        dialog = shown(app)
        assert dialog is not None and dialog.summary.text().startswith("60 plays in 2020")
        qtbot.waitUntil(lambda: len(app.playback.entries()) == 1)
        assert len(said) == 1 and "No listening history was found in" in said[0]
        assert app.plays.count() == 0


def test_each_window_takes_over_what_it_showed(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        app.imports.look([history(app, tmp_path)])
        qtbot.waitUntil(lambda: shown(app) is not None, timeout=WAIT_MS)
        first = shown(app)
        with qtbot.waitSignal(app.imports.looked, timeout=WAIT_MS):
            app.imports.look([lines(tmp_path, [listen("Other", AT_S)], "2.jsonl")])
        assert first is not None and first.take is not None
        with qtbot.waitSignal(app.imports.taken, timeout=WAIT_MS):
            first.take.click()
        assert app.plays.count() == 60


def test_while_one_is_read_another_waits_and_is_told(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music", artists=2), start=True) as app:
        file = history(app, tmp_path)
        with qtbot.waitSignal(app.imports.looked, timeout=WAIT_MS):
            app.imports.look([file])
            with qtbot.waitSignal(app.imports.trouble) as told:
                app.imports.look([file])
        assert told.args[0].startswith("A listening history is being read already")


def test_the_welcome_takes_a_history_along_and_it_is_looked_at_once_the_music_is_read(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.dialogs import welcome as dialogs
    from app.ui.dialogs.welcome import WelcomeDialog
    from app.wiring.dialogs import welcome

    music = a_music_folder(tmp_path / "music", artists=2)
    with an_evening(qapp, qtbot, home, music, start=True) as app:
        file = history(app, tmp_path)
        monkeypatch.setattr(dialogs, "ask_files", lambda _parent: [file])
        welcome(app)
        dialog = next(each for each in app.window.findChildren(WelcomeDialog) if each.isVisible())
        dialog.use(bytes(music))
        dialog.choose_history.click()
        assert dialog.history.text == "1 file chosen"
        dialog.start.click()
        assert app.library.scanning and not app.imports.busy
        qtbot.waitUntil(lambda: shown(app) is not None, timeout=WAIT_MS)
        found = shown(app)
        assert found is not None and found.share.text().startswith("83% of them")


def test_the_dialog_says_what_is_left_out_and_never_takes_text_for_markup(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    from app.domain.importing import Unusable

    report = ImportReport(
        ("Last.fm",),
        10,
        4,
        2,
        1,
        6,
        (Unusable("not a play", 1, ("<b>x</b>",)),),
        1_300_000_000_000,
        1_700_000_000_000,
        (("<img src=x>", 3),),
    )
    dialog = ImportDialog(report)
    qtbot.addWidget(dialog)
    assert dialog.summary.text() == "9 plays from 2011 to 2023, told by Last.fm."
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "left out: not a play (<b>x</b>)" in said
    assert all(label.textFormat().name == "PlainText" for label in dialog.findChildren(QLabel))
    assert dialog.take is not None and isinstance(dialog.take, QPushButton)
    assert dialog.take.text() == "Import 6 plays"
    nothing = ImportDialog(ImportReport(("Spotify",)))
    qtbot.addWidget(nothing)
    assert nothing.take is None and "No plays were found" in nothing.summary.text()
