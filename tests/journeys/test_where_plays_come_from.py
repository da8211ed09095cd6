"""Every play says what started it and where: from each place of the window, the desktop and the command line."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.running import Request
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Album
from app.storage.plays import PlayStore
from app.ui.item_models.cards import album_card
from app.ui.views.home import any_card
from app.ui.views.track_table import TrackTable
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, an_evening
from tests.helpers.params import first

HAND, QUEUE, SUGGESTION, AUTOPLAY = StartedBy.HAND, StartedBy.QUEUE, StartedBy.SUGGESTION, StartedBy.AUTOPLAY


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> Iterator[Wiring]:
    music = a_music_folder(tmp_path / "music", artists=2, albums=1, tracks=3)
    with an_evening(qapp, qtbot, home, music, start=True) as wiring:
        wiring.playback.set_autoplay(False)
        yield wiring


def logged(app: Wiring, qtbot: QtBot, start: Callable[[], object], count: int = 1) -> list[tuple[StartedBy, str]]:
    """What stands in the log of the plays that something starts."""
    before = len(PlayStore(app.database).after(0))
    start()
    qtbot.waitUntil(lambda: len(PlayStore(app.database).after(0)) >= before + count, timeout=15_000)
    return [(play.started_by, play.context) for play in PlayStore(app.database).after(0)[before : before + count]]


def an_album(app: Wiring) -> Album:
    return app.library.newest_albums(1)[0]


def activate(table: TrackTable) -> None:
    """A double click on the first track."""
    row = next(row for row in range(table.model().rowCount()) if not table.rows.is_head(row))
    table.setCurrentIndex(table.model().index(row, 0))
    table.doubleClicked.emit(table.currentIndex())


def shown(app: Wiring, qtbot: QtBot, view: str) -> TrackTable:
    """The table of a page, once it has rows."""
    table: TrackTable = app.views[view].table
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    return table


@pytest.mark.parametrize(
    ("view", "context"),
    first(
        [("tracks", "tracks"), ("album", "album"), ("artist", "artist"), ("genre", "genre"), ("playlist", "playlist")]
    ),
)
def test_a_row_of_a_page_and_what_follows_it_by_itself(app: Wiring, qtbot: QtBot, view: str, context: str) -> None:
    match view:
        case "tracks":
            app.window.show_view("tracks")
        case "album":
            app.window.open_album(an_album(app).key)
        case "artist":
            app.window.open_artist("Artist 1")
        case "genre":
            app.window.open_genre("Jazz")
        case "playlist":
            with qtbot.waitSignal(app.playlists.made) as made:
                app.playlists.create("Evening", app.library.tracks(app.library.ids()))
            app.window.open_playlist(str(made.args[0].id))
    table = shown(app, qtbot, view)
    assert logged(app, qtbot, lambda: activate(table), 2) == [(HAND, context), (QUEUE, context)]


def test_a_row_of_what_a_search_found(app: Wiring, qtbot: QtBot) -> None:
    app.window.rail.search.setText("song")
    table = shown(app, qtbot, "search")
    assert logged(app, qtbot, lambda: activate(table), 2) == [(HAND, "search"), (QUEUE, "search")]


def test_a_card_of_an_album(app: Wiring, qtbot: QtBot) -> None:
    acts = app.views["albums"].acts
    card = album_card(an_album(app))
    assert logged(app, qtbot, lambda: acts.play_card(card), 2) == [(HAND, "album"), (QUEUE, "album")]


def test_a_suggestion_of_the_panel_played_queued_and_put_next(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions))
    panel, found = app.window.panel.suggestions, app.suggestions.current().suggestions
    assert logged(app, qtbot, lambda: panel.play(found[0])) == [(SUGGESTION, "panel")]
    playing = app.library.tracks(app.library.ids())[:1]

    def queued() -> None:
        app.playback.play_now(playing, context="tracks")
        panel.play_next(found[0])
        panel.enqueue(found[1])

    assert logged(app, qtbot, queued, 3) == [(HAND, "tracks"), (SUGGESTION, "panel"), (SUGGESTION, "panel")]


def test_a_suggestion_of_the_home_page(app: Wiring, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(app.suggestions.current().suggestions))
    app.window.show_view("home")
    card = any_card(app.suggestions.current().suggestions[0])
    acts = app.views["home"]._acts
    assert logged(app, qtbot, lambda: acts.play_card(card)) == [(SUGGESTION, "home")]
    card = any_card(an_album(app))
    assert logged(app, qtbot, lambda: acts.play_card(card), 2) == [(HAND, "home"), (QUEUE, "home")]


def test_what_the_lane_plays_by_itself_and_what_is_picked_out_of_it(app: Wiring, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())
    app.playback.set_autoplay(True)
    assert logged(app, qtbot, lambda: app.playback.play_now(tracks[:1], context="tracks"), 2) == [
        (HAND, "tracks"),
        (AUTOPLAY, "lane"),
    ]
    app.playback.pause()
    qtbot.waitUntil(lambda: app.playback.state is PlaybackState.PAUSED and bool(app.playback.lane()))

    def pick() -> None:
        app.playback.take_from_lane([app.playback.lane()[0].entry_id], "play")

    assert (SUGGESTION, "lane") in logged(app, qtbot, pick, 2)


def test_an_entry_chosen_in_the_queue_keeps_where_it_came_from(app: Wiring, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())

    def choose() -> None:
        app.playback.play_now(tracks[:1], context="album")
        app.playback.enqueue(tracks[1:3], context="search")
        qtbot.waitUntil(lambda: len(app.playback.entries()) == 3)
        app.window.panel.queue.rows.jump_asked.emit(2)

    assert logged(app, qtbot, choose, 2)[-1] == (HAND, "search")


def test_rows_that_are_dropped_into_the_queue(app: Wiring, qtbot: QtBot) -> None:
    tracks = app.library.tracks(app.library.ids())

    def drop() -> None:
        app.playback.play_now(tracks[:1], context="tracks")
        source = app.views.tracks.table
        app.window.show_view("tracks")
        qtbot.waitUntil(lambda: source.model().rowCount() == len(tracks))
        data = source.model().mimeData([source.model().index(1, 0)])
        model = app.window.panel.queue.model
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, 0, QModelIndex())

    assert logged(app, qtbot, drop, 2) == [(HAND, "tracks"), (QUEUE, "dropped")]


@pytest.mark.slow
def test_files_from_outside_play_as_opened_and_as_dropped(app: Wiring, qtbot: QtBot, tmp_path: Path) -> None:
    strange = a_music_folder(tmp_path / "elsewhere", 1, 1, 2) / "Artist 1/Album 11"
    paths = [os.fsencode(path) for path in sorted(strange.iterdir())]
    assert logged(app, qtbot, lambda: app.files.open(paths), 2) == [(HAND, "opened"), (QUEUE, "opened")]
    request = Request("open", tuple(paths))  # what `segue FILE` sends to the window, and OpenUri of MPRIS
    assert logged(app, qtbot, lambda: app.desktop.asked(request), 2) == [(HAND, "opened"), (QUEUE, "opened")]

    def drop() -> None:
        app.window.files_queued.emit(paths, -1)
        qtbot.waitUntil(lambda: len(app.playback.entries()) > 0)
        app.playback.play()

    app.playback.clear()
    qtbot.waitUntil(lambda: not app.playback.entries())
    assert (QUEUE, "dropped") in logged(app, qtbot, drop, 2)
