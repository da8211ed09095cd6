"""The views over fake services: they open, fill, stay steady, and say why they are empty."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.play import StartedBy
from app.domain.shelf import Shelf
from app.ui.theme import Theme
from app.ui.views import Services, Views
from app.ui.views.home import HomeView
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
    a_suggestion,
    a_track,
    some_tracks,
)


class Suggestions(FakeSuggestionService):
    """Shelves that can be put there."""

    put: list[Shelf] | None = None

    def shelves(self) -> list[Shelf]:
        return super().shelves() if self.put is None else self.put


class Desk:
    """All views and the services behind them."""

    def __init__(self, qtbot: QtBot, tracks: int = 60) -> None:
        self.qtbot = qtbot
        self.library, self.playback = FakeLibraryService(some_tracks(tracks)), FakePlaybackService()
        self.suggestions, self.history = Suggestions(), FakeHistoryService()
        self.theme = Theme("light")
        self.services = Services(
            self.library,
            self.playback,
            self.suggestions,
            FakeCoverService(),
            self.history,
            FakePlaylistService(),
            FakeTagService(),
            FakeGradeService(),
        )
        self.views = Views(self.services, self.theme)
        for page in self.views.values():
            qtbot.addWidget(page)

    def open(self, name: str) -> QWidget:
        page = self.views[name]
        page.resize(736, 728)
        page.show()
        self.qtbot.waitExposed(page)
        return page

    @property
    def home(self) -> HomeView:
        page = self.open("home")
        assert isinstance(page, HomeView)
        return page

    def played(self) -> list[int]:
        return [entry.track.id for entry in self.playback.entries()]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.fixture
def bare_desk(qtbot: QtBot) -> Desk:
    """No music, no plays, no shelves. A fixture keeps it alive until its widgets have been closed."""
    desk = Desk(qtbot, 0)
    desk.history.plays = []
    desk.suggestions.put = []
    return desk


def test_every_view_opens_and_paints_in_both_themes(desk: Desk) -> None:
    desk.views.album.show_album(a_track(1).album_key)
    desk.views.artist.show_artist("Copper Wolves")
    desk.views.genre.show_genre("Jazz")
    desk.views.search.search("river")
    for name in desk.views:
        page = desk.open(name)
        light = page.grab().toImage()
        desk.theme.choose("dark")
        dark = page.grab().toImage()
        desk.theme.choose("light")
        assert light.pixelColor(1, 1).lightness() > 200, name
        assert dark.pixelColor(1, 1).lightness() < 60, name
        page.hide()


@pytest.mark.parametrize("name", ["home", "albums", "artists", "tracks", "genres", "history"])
def test_an_empty_library_says_what_to_do_next(bare_desk: Desk, qtbot: QtBot, name: str) -> None:
    bare_desk.library._folders = []
    page = bare_desk.views[name]
    bare_desk.open(name)
    assert page.body() is page.empty
    assert page.empty.words() == "No music yet. Choose the folder where your music is."
    with qtbot.waitSignal(page.folder_wanted):
        page.empty.pressed.emit()
    assert page.empty.link.isVisible()
    with qtbot.waitSignal(page.history_wanted):
        page.empty.link.clicked.emit()


def test_where_nothing_was_heard_the_home_offers_to_import_what_was(qtbot: QtBot, desk: Desk) -> None:
    desk.history.plays, before = [], desk.history.plays
    home = desk.home
    qtbot.waitUntil(home.history.isVisible)
    with qtbot.waitSignal(home.history_wanted):
        home.history.clicked.emit()
    desk.history.plays = before
    desk.history.plays_changed.emit()
    qtbot.waitUntil(lambda: not home.history.isVisible())


def test_a_view_reads_nothing_before_it_is_shown(desk: Desk) -> None:
    desk.library.tracks_changed.emit()
    assert desk.views["tracks"].table.rows.rowCount() == 0  # type: ignore[attr-defined]


def test_heads_count_what_is_there(desk: Desk) -> None:
    words = []
    for name in ("albums", "artists", "tracks", "genres"):
        desk.open(name)
        words.append(desk.views[name].head.words())
    assert words == ["Albums 55", "Artists 10", "Tracks 60", "Genres 4"]


def test_home_shows_the_shelves_in_order_and_leaves_out_thin_ones(desk: Desk) -> None:
    thin = Shelf("thin", "Thin", "", suggestions=(a_suggestion(3),))
    desk.suggestions.put = [thin, *FakeSuggestionService.shelves(desk.suggestions)]
    shelves = desk.home.shelves()
    assert [shelf.strip.accessibleName() for shelf in shelves] == [
        "You may like",
        "Forgotten favourites",
        "New in the library",
    ]
    assert shelves[1].strip.accessibleDescription() == "Played 3 times or more, none in 90 days. 41 found"


def test_a_suggested_card_opens_its_album_and_plays_as_a_suggestion(desk: Desk, qtbot: QtBot) -> None:
    home = desk.home
    strip = home.shelves()[0].strip
    with qtbot.waitSignal(home.album_opened) as opened:
        qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.card_rect(0).center())
    assert opened.args == [a_track(2).album_key]
    play = strip.shape().play(strip.card_rect(0)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=play)
    entry = desk.playback.current
    assert entry is not None
    assert (entry.track.id, entry.started_by, entry.context) == (2, StartedBy.SUGGESTION, "home")


def test_shelves_wait_while_somebody_is_on_them(desk: Desk) -> None:
    home = desk.home
    strip = home.shelves()[0].strip
    home.activateWindow()
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    desk.qtbot.waitUntil(strip.hasFocus)
    before = strip.model().card(0).key  # type: ignore[attr-defined]
    old = FakeSuggestionService.shelves(desk.suggestions)
    new = [replace(old[0], suggestions=old[0].suggestions[::-1]), *old[1:]]
    desk.suggestions.shelves_changed.emit(new)
    assert strip.model().card(0).key == before  # type: ignore[attr-defined]
    assert home.renew.isVisible()
    home.renew.clicked.emit()
    assert strip.model().card(0).key != before  # type: ignore[attr-defined]
    assert not home.renew.isVisible()


def test_cards_of_a_shelf_are_whole_at_every_width(desk: Desk) -> None:
    home = desk.home
    for width in (736, 844, 600, 1024, 900):
        home.resize(width, 600)
        desk.qtbot.wait(20)
        for shelf in home.shelves():
            strip = shelf.strip
            assert strip.viewport().rect().contains(strip.card_rect(strip.first())), width


def test_shelves_of_this_day_stay_until_others_are_asked_for(desk: Desk) -> None:
    home = desk.home
    desk.suggestions.shelves_of_today = True
    old = FakeSuggestionService.shelves(desk.suggestions)
    before = home.shelves()[0].card(0).key
    desk.suggestions.shelves_changed.emit([replace(old[0], suggestions=old[0].suggestions[::-1]), *old[1:]])
    assert home.shelves()[0].card(0).key == before
    assert home.renew.isVisible()
    home.renew.clicked.emit()
    assert home.shelves()[0].card(0).key != before
    assert not desk.suggestions.shelves_of_today


def test_show_all_opens_one_shelf_whole_and_comes_back(desk: Desk) -> None:
    home, places = desk.home, list[tuple[str, str]]()
    home.place_wanted.connect(lambda *place: places.append(place))
    home.shelves()[1].all_wanted.emit()
    assert home.body() is home.grid
    assert home.grid.model().rowCount() == 9
    assert home.head.words().startswith("Forgotten favourites")
    home.back.clicked.emit()
    assert home.body() is home.page
    assert home.head.words() == "For you"
    assert places == [("home", "forgotten"), ("home", "")]
    home.open("forgotten")
    home.open("")
    assert home.body() is home.page


def test_without_shelves_the_newest_albums_fill_the_grid(desk: Desk) -> None:
    desk.suggestions.put = []
    home = desk.home
    assert home.body() is home.grid
    assert home.grid.model().rowCount() == 55


def test_the_first_scan_tells_how_far_it_is_and_then_fills(bare_desk: Desk) -> None:
    home = bare_desk.home
    bare_desk.library.pretend_scan(412, 1230)
    assert "412 of 1,230 files" in home.empty.words()
    bare_desk.library._tracks = some_tracks(20)
    bare_desk.library.tracks_changed.emit()
    assert home.body() is home.grid


def test_the_album_page_describes_and_plays_the_album(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views.album
    page.show_album(a_track(1).album_key)
    desk.open("album")
    assert page.hero.title.text == "Nightdriving"
    assert page.hero.facts.text == "1982, 2 tracks, 5 min"
    qtbot.mouseClick(page.hero.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.played() == [1, 2]
    qtbot.mouseClick(page.hero.buttons[2], Qt.MouseButton.LeftButton)
    assert desk.played() == [1, 2, 1, 2]
    with qtbot.waitSignal(page.artist_opened) as artist:
        qtbot.mouseClick(page.hero.second, Qt.MouseButton.LeftButton)
    assert artist.args == ["Copper Wolves"]


def test_an_album_that_left_the_library_says_so(desk: Desk) -> None:
    page = desk.views.album
    page.show_album(a_track(1).album_key)
    desk.open("album")
    desk.library._tracks = desk.library._tracks[5:]
    desk.library.tracks_changed.emit()
    assert page.body() is page.empty


def test_the_artist_page_shows_albums_and_tracks(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views.artist
    page.show_artist("copper wolves")
    desk.open("artist")
    assert page.accessibleName() == "Artist Copper Wolves"
    page.show_artist("Copper Wolves")
    assert page.albums.cards.rowCount() == 10
    assert page.table.rows.rowCount() == 15
    with qtbot.waitSignal(page.album_opened):
        page.albums.strip.opened.emit(page.albums.card(0))


def test_genres_lead_to_their_page(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views["genres"]
    desk.open("genres")
    with qtbot.waitSignal(page.genre_opened) as opened:
        page.grid.opened.emit(page.grid.model().card(0))  # type: ignore[attr-defined]
    desk.views.genre.show_genre(opened.args[0])
    assert desk.views.genre.head.words() == "Electronic 15 tracks"


def test_search_groups_its_results_and_drops_late_answers(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views.search
    desk.open("search")
    page.search("velvet")
    page.search("ida ravn")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 0)
    assert page.head.words() == "“ida ravn” 5 tracks"
    assert page.artists.cards.rowCount() == 1
    desk.library.found.emit(1, object())
    assert page.head.words() == "“ida ravn” 5 tracks"


def test_search_says_the_word_it_did_not_find(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views.search
    desk.open("search")
    page.search("<b>zzz")
    qtbot.waitUntil(lambda: "zzz" in page.empty.words())
    assert page.empty.words().startswith("Nothing for “<b>zzz”")


@pytest.mark.parametrize(
    ("typed", "cause", "button"),
    [
        ("zzz", "No title, artist or album holds all of these words.", ""),
        ("artist:zzz year:1990", "No track is all of that.", "Search all fields"),
        ("plays:>5000", "No track is all of that.", ""),
        ("missing", "Every file is where it was.", ""),
        ("electr", "No title, artist or album holds all of these words.", "Show the genre Electronic"),
    ],
)
def test_a_search_that_found_nothing_leads_on(desk: Desk, qtbot: QtBot, typed: str, cause: str, button: str) -> None:
    page, led = desk.views.search, list[str]()
    page.place_wanted.connect(lambda _view, words: led.append(words))
    page.genre_opened.connect(led.append)
    desk.open("search")
    page.search(typed)
    qtbot.waitUntil(lambda: page.empty.words().endswith(cause) and page.empty.button.text() == button)
    assert page.empty.button.isVisible() == bool(button)
    if button:
        page.empty.button.click()
        assert led == ["zzz" if "zzz" in typed else "Electronic"]


def test_all_found_tracks_can_be_shown(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views.search
    desk.open("search")
    page.search("e")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 6)
    few = page.table.height()
    page._more.clicked.emit()
    assert page.table.height() > few
    assert not page.albums.isVisible()


def test_history_lists_plays_under_days_and_plays_one_again(desk: Desk, qtbot: QtBot) -> None:
    page = desk.views["history"]
    desk.open("history")
    assert page.head.words() == "History 40 plays"
    page.list.setCurrentIndex(page.lines.index(1, 0))  # type: ignore[attr-defined]
    qtbot.keyClick(page.list, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert desk.played() == [1]


def test_history_without_plays_says_so(desk: Desk) -> None:
    desk.history.plays = []
    page = desk.views["history"]
    desk.open("history")
    assert page.empty.words().startswith("No plays yet")


def test_the_playing_album_is_marked_in_the_grid(desk: Desk) -> None:
    page = desk.views["albums"]
    desk.open("albums")
    before = page.grab().toImage()
    desk.playback.play_now([a_track(1)])
    assert page.grab().toImage() != before


def test_every_page_of_one_thing_can_be_told_which(desk: Desk) -> None:
    told = {"album": a_track(1).album_key, "artist": "Copper Wolves", "genre": "Jazz", "search": "river"}
    told |= {"playlist": "1", "home": "forgotten"}
    assert desk.views.openers.keys() == told.keys() <= desk.views.keys()
    for name, key in told.items():
        desk.views.openers[name](key)
        desk.open(name)
    assert desk.views.album.hero.title.text == "Nightdriving"
    assert desk.views.artist.hero.title.text == "Copper Wolves"


def test_the_keyboard_goes_to_the_list_of_a_page(desk: Desk) -> None:
    for name in ("home", "albums", "tracks", "history"):
        page = desk.views[name]
        desk.open(name)
        proxy = page.focusProxy()
        assert isinstance(proxy, QAbstractItemView), name
        assert proxy.isVisible()


def test_a_view_is_made_without_a_window_of_its_own(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    opened: list[object] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWindow):
                opened.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for page in Views(desk.services, desk.theme).values():
        qtbot.addWidget(page)
    qapp.removeEventFilter(watch)
    assert opened == []
