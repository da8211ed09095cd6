"""A listener keeps another player: the companion follows it beside Segue, over one library."""

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.config import companion as kept
from app.config.autostart import autostart_entry, is_on
from app.config.paths import default_paths
from app.config.running import COMPANION, Request, address, forward
from app.domain.ids import TrackId
from app.domain.track import Track
from app.qt.companion_service import CompanionService
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.wiring.companion import CompanionWiring
from app.wiring.moments import now_ms
from tests.helpers.builders import a_file, a_library, a_play, some_plays
from tests.helpers.fake_companion import FakeCompanionService, a_player, a_stranger
from tests.helpers.music import a_music_folder, an_evening

# Offscreen there is no tray: what Qt says of that.
pytestmark = pytest.mark.qt_log_ignore(
    r"^QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged", extend=True
)


class Evening:
    """The companion over a library of made-up tracks, beside players that are pretended."""

    def __init__(self, app: QApplication, home: Path, tracks: int = 120) -> None:
        self.paths = default_paths(home)
        self.paths.make()
        self.database = Database(self.paths.database)
        if tracks:
            some_plays(self.database, a_library(self.database, tracks), 400)
        self.service = FakeCompanionService()
        self.app = CompanionWiring(app, self.paths, self.database, None, self._service)
        self.tracks = TrackStore(self.database).all()

    def _service(self, wiring: CompanionWiring) -> CompanionService:
        self.service = FakeCompanionService(keep_ignored=lambda names: wiring.change_settings({"ignored": names}))
        return cast("CompanionService", self.service)

    @property
    def heading(self) -> str:
        """Whom the list is for."""
        return self.app.suggestions.current().heading

    def close(self) -> None:
        """Ends it."""
        self.app.window.quit()
        self.app.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def evening(qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    evening = Evening(qapp, home)
    evening.app.bus.missing.disconnect()  # what is pretended needs no bus
    evening.app.start()
    qtbot.waitExposed(evening.app.window)
    yield evening
    evening.close()


def test_the_list_follows_the_other_player_and_what_is_chosen_is_sent_there(evening: Evening, qtbot: QtBot) -> None:
    first, second = evening.tracks[3], evening.tracks[40]
    evening.service.pretend(a_player("Strawberry", first))
    qtbot.waitUntil(lambda: evening.heading == f"For {first.title}")
    panel = evening.app.window.panel
    qtbot.waitUntil(lambda: len(panel.model.rows) > 5)
    assert all(made.reason for made in panel.model.rows)
    panel.rows.setCurrentIndex(panel.model.index(0))
    qtbot.keyClick(panel.rows, Qt.Key.Key_Return)
    assert ("send", panel.model.rows[0].track.id, "strawberry") in evening.service.calls
    evening.service.pretend(a_player("Strawberry", second))
    qtbot.waitUntil(lambda: evening.heading == f"For {second.title}")


def test_a_player_that_takes_nothing_says_so_in_the_window(evening: Evening, qtbot: QtBot) -> None:
    evening.service.pretend(a_player("Strawberry", evening.tracks[3], takes_tracks=False))
    qtbot.waitUntil(lambda: evening.heading == f"For {evening.tracks[3].title}")
    evening.service.refuses = "Strawberry cannot be told to play a file."
    evening.app.window.panel.play(evening.app.window.panel.model.rows[0])
    assert evening.app.window.toast.words.text == evening.service.refuses


def test_an_unknown_track_of_a_known_artist_is_followed_by_that_artist(evening: Evening, qtbot: QtBot) -> None:
    known = evening.tracks[3].artist
    evening.service.pretend(a_player("Spotify", a_stranger(artist=known)))
    qtbot.waitUntil(lambda: evening.heading == f"For {known}")
    assert evening.app.window.head.note.isVisible()
    evening.service.pretend(a_player("Spotify", a_stranger(artist="Nobody anybody knows")))
    qtbot.waitUntil(lambda: evening.heading == "For you")
    assert evening.app.suggestions.current().suggestions


def test_what_segue_wrote_meanwhile_counts_at_the_next_track(evening: Evening, qtbot: QtBot) -> None:
    evening.service.pretend(a_player("Strawberry", evening.tracks[3]))
    qtbot.waitUntil(lambda: evening.app.suggestions.current().state == "From 400 plays")
    qtbot.waitUntil(lambda: not evening.app.others._busy)
    other = Database(evening.paths.database)
    PlayStore(other).append(a_play(evening.tracks[9].id, now_ms()))
    TrackStore(other).save([a_file("/music/Glass Rivers/new.flac", title="Just came")], now_ms())
    other.close()
    evening.service.pretend(a_player("Strawberry", evening.tracks[4]))
    qtbot.waitUntil(lambda: evening.app.suggestions.current().state == "From 401 plays")
    qtbot.waitUntil(lambda: sum(evening.app.suggestions.current().counts[::2]) == 121)
    assert evening.app.window.panel.state.text.startswith("1 play today")


def test_what_the_companion_wrote_is_seen_in_the_window_of_segue(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music"), start=True) as segue:
        qtbot.waitUntil(lambda: segue._collecting is not None)
        qtbot.waitUntil(lambda: segue.others is not None and not segue.others._busy)
        qtbot.waitUntil(lambda: segue.suggestions.current().counts != (0, 0, 0))
        (track,) = segue.library.tracks(segue.library.ids()[:1])
        assert not segue.suggestions.loves(track)
        beside = Database(home / "data" / "segue.db")
        PlayStore(beside).append(a_play(track.id, now_ms(), title=track.title, client="strawberry"))
        _say_love(beside, track)
        beside.close()
        with qtbot.waitSignals([segue.history.plays_changed, segue.suggestions.loves_changed]):
            segue.others.state_changed(Qt.ApplicationState.ApplicationActive)
        assert segue.history.recent(1)[0].client == "strawberry"
        qtbot.waitUntil(lambda: segue.suggestions.current().counts[0] == 1)
        qtbot.waitUntil(lambda: segue.suggestions.loves(track))


def _say_love(database: Database, track: Track) -> None:
    from app.domain.feedback import Said
    from app.suggestions import feedback

    feedback.apply(FeedbackStore(database), Said.LOVE, track, now_ms())


def test_a_second_start_raises_the_window_and_segue_has_its_own_door(
    evening: Evening, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    short = tmp_path_factory.mktemp("d")  # the name of a socket has a hundred letters at most
    door = address(short, COMPANION)
    evening.app.listen_at(door)
    evening.app.window.showMinimized()
    done: list[bool] = []
    caller = threading.Thread(target=lambda: done.append(forward(door, Request("raise"))))
    caller.start()
    qtbot.waitUntil(lambda: bool(done))
    caller.join()
    assert done == [True]
    assert not evening.app.window.isMinimized()
    assert not forward(address(short), Request("raise"))


def test_size_and_ignored_players_are_there_at_the_next_start(evening: Evening, qtbot: QtBot) -> None:
    evening.service.pretend(a_player("Strawberry", evening.tracks[3]))
    qtbot.waitUntil(lambda: evening.app.shown.shown is not None)
    evening.app.window.resize(420, 555)
    evening.app.desktop._ignore("strawberry", True)
    qtbot.waitUntil(lambda: evening.app.window.stack.currentIndex() == 1)
    evening.app._wished("follow")
    assert evening.app.window.stack.currentIndex() == 0
    evening.app.desktop._ignore("strawberry", True)
    evening.app.window.closed.emit()
    evening.app._save()
    settings, _ = kept.load(evening.paths.companion)
    assert (settings.width, settings.height, settings.ignored) == (420, 555, ("strawberry",))


def test_starting_with_the_desktop_is_in_the_menu(evening: Evening, tmp_path: Path) -> None:
    entry = autostart_entry(os.environ)
    assert tmp_path in entry.parents
    for wanted in (True, False):
        menu = evening.app.window.menu()
        _by_words(menu, "Start with the desktop").trigger()
        assert is_on(entry) is wanted
    entry.parent.rmdir()
    entry.parent.write_text("in the way")
    evening.app.desktop.start_with_desktop(True)
    assert "could not be changed" in evening.app.window.toast.words.text


def _by_words(menu: QMenu, words: str):  # type: ignore[no-untyped-def]
    return next(action for action in menu.actions() if action.text() == words)


def test_without_a_tray_closing_ends_it_and_a_hidden_start_shows_the_window(evening: Evening, qtbot: QtBot) -> None:
    assert not evening.app.desktop._stays()
    evening.app.window.hide()
    evening.app.desktop.start(hidden=True)
    assert evening.app.window.isVisible()


def test_larger_letters_make_the_window_anew_with_what_it_shows(evening: Evening, qtbot: QtBot) -> None:
    evening.service.pretend(a_player("Strawberry", evening.tracks[3]))
    qtbot.waitUntil(lambda: evening.heading == f"For {evening.tracks[3].title}")
    before = evening.app.window
    evening.app.theme.step_zoom(1)
    qtbot.waitUntil(lambda: evening.app.window is not before)
    assert evening.app.window.head.title.text == evening.tracks[3].title
    assert evening.app.window.panel.model.rows
    assert evening.app.settings.zoom_percent == 110
    evening.app.theme.choose_zoom(100)
    qtbot.waitUntil(lambda: evening.app.settings.zoom_percent == 0)


def test_it_looks_and_speaks_as_segue_was_told_to_meanwhile(evening: Evening, qtbot: QtBot) -> None:
    before = evening.app.window
    evening.paths.settings.write_text('{"theme": "dark", "language": "zh_CN"}')
    evening.app._came_forward()
    assert evening.app.theme.palette.dark
    qtbot.waitUntil(lambda: evening.app.window is not before)
    assert "伴侣" in evening.app.window.windowTitle()
    evening.paths.settings.write_text('{"theme": "light", "language": "en"}  ')
    evening.app._looked_at_settings_ns = 0
    evening.app._came_forward()
    qtbot.waitUntil(lambda: evening.app.window.windowTitle() == "Segue Companion")


def test_without_a_bus_it_says_so_and_tries_again_when_asked(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    evening = Evening(qapp, home, tracks=20)
    evening.app.start()
    window = evening.app.window
    qtbot.waitUntil(lambda: window.empty.title.text() == "Other players cannot be seen")
    with qtbot.waitSignal(evening.app.bus.missing):
        window.empty.button.click()
    evening.close()


def test_an_empty_library_is_said_and_filled_by_segue_it_shows_the_list(
    qapp: QApplication, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    evening = Evening(qapp, home, tracks=0)
    evening.app.bus.missing.disconnect()
    evening.app.start()
    evening.service.pretend(a_player("Strawberry", a_stranger()))
    window = evening.app.window
    qtbot.waitUntil(lambda: window.empty.title.text() == "Your library is empty" and window.head.isVisible())
    qtbot.waitUntil(lambda: not evening.app.others._busy)
    other = Database(evening.paths.database)
    a_library(other, 30)
    other.close()
    window.activated.emit()
    qtbot.waitUntil(lambda: window.stack.currentIndex() == 0)
    qtbot.waitUntil(lambda: len(window.panel.model.rows) > 5)
    evening.close()


def test_a_flood_of_tracks_leaves_the_window_free_and_ends_with_the_last(evening: Evening, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: evening.heading == "For you")
    asked: list[object] = []
    evening.app.shown.track_changed.connect(asked.append)
    player = a_player("Strawberry", evening.tracks[0])
    for number in range(1_000):
        evening.service.pretend(replace(player, track=evening.tracks[number % 100]))
        if number % 50 == 0:
            qtbot.wait(10)
    last = evening.tracks[99]
    qtbot.waitUntil(lambda: evening.heading == f"For {last.title}", timeout=10_000)
    assert len(asked) < 100
    assert evening.app.window.head.title.text == last.title


def test_ids_that_are_none_of_the_library_harm_nothing(evening: Evening, qtbot: QtBot) -> None:
    gone = replace(evening.tracks[0], id=TrackId(10_000_000))
    evening.service.pretend(a_player("Strawberry", gone))
    qtbot.waitUntil(lambda: evening.app.window.head.title.text == gone.title)
    qtbot.waitUntil(lambda: not evening.app.suggestions._busy)
    assert evening.app.suggestions.current().suggestions
