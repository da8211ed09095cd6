"""What is shown in each picture: a name, and how the window gets there."""

from collections.abc import Callable

from app.domain.play import StartedBy
from app.domain.playlist import SmartRule
from app.ui.dialogs.settings import SettingsDialog
from app.ui.dialogs.shortcuts import ShortcutsDialog
from app.ui.dialogs.welcome import WelcomeDialog
from app.ui.panels.why_popover import WhyPopover
from tests.screenshots.stage import Stage

Scene = Callable[[Stage], None]


def prepare(stage: Stage) -> None:
    """Playlists, love, a queue and a track that plays: what every picture of the full library has."""
    playlists = stage.wiring.playlists
    for name, albums in {
        "Late trains": ("Nightdriving", "Between Stations"),
        "Sunday papers": ("Blue Ledger",),
    }.items():
        playlists.create(name, [track for album in albums for track in stage.tracks_of(album)[:6]])
    playlists.create_smart("Jazz before 1970", SmartRule("genre:jazz year:1950..1970"))
    stage.settle()
    stage.play("Nightdriving", 2, 0.38)
    stage.wait(stage.window.toast.isHidden, "the end of what was said of the lists")


def _view(name: str, key: Callable[[Stage], str] = lambda _: "") -> Scene:
    def show(stage: Stage) -> None:
        stage.window.panel.show_tab("suggestions")
        stage.window.show_view(name, key(stage))

    return show


def _tab(name: str, view: str = "albums") -> Scene:
    def show(stage: Stage) -> None:
        stage.window.show_view(view)
        stage.window.panel.show_tab(name)

    return show


def _album(title: str) -> Callable[[Stage], str]:
    return lambda stage: stage.tracks_of(title)[0].album_key


def _playlist(name: str) -> Callable[[Stage], str]:
    return lambda stage: str(next(each.id for each in stage.wiring.playlists.all() if each.name == name))


def _search(words: str) -> Scene:
    def show(stage: Stage) -> None:
        stage.window.panel.show_tab("suggestions")
        stage.window.rail.search.setText(words)
        stage.wait(lambda: stage.window.view == "search", "the search")

    return show


def _why(stage: Stage) -> None:
    _view("home")(stage)
    stage.settle()
    made = stage.window.panel.suggestions.model.rows[1]
    stage.window.panel.suggestions.why_asked.emit(made)
    stage.wait(lambda: stage.window.findChildren(WhyPopover), "the popover")


def _suggested(stage: Stage) -> None:
    stage.play("Blue Ledger", 1, 0.6, StartedBy.SUGGESTION)
    stage.window.show_view("tracks")


def _grade(stage: Stage) -> None:
    stage.window.show_view("grade")
    stage.wiring.grades.measure()
    stage.wait(lambda: stage.wiring.grades.grade is not None, "the grade")


def _grouped(stage: Stage) -> None:
    """Under headings, a row loved and another one pointed at."""
    stage.window.show_view("tracks")
    stage.window._theme.group(True)
    stage.settle()
    table = stage.wiring.views.tracks.table
    loved = table.rows.tracks([4, 7])
    if not stage.wiring.suggestions.loves(loved[0]):
        stage.wiring.suggestions.toggle_love(loved)
    table.setCurrentIndex(table.rows.index(5, 0))


def _grouped_search(stage: Stage) -> None:
    _search("night")(stage)
    stage.settle()


def _ungrouped(stage: Stage) -> None:
    stage.window._theme.group(False)
    stage.window.show_view("tracks")


def _work(stage: Stage) -> None:
    stage.window.show_view("albums")
    works = stage.wiring.works
    works.begin("scan", "Reading music folders", job="scan", stop=lambda: None)
    works.progress("scan", 4_120, 12_300, 180.0)
    works.begin("tags", "Writing tags", job="tags", stop=lambda: None)
    works.progress("tags", 12, 40)
    works.pause("tags")
    works.begin("grade", "Measuring the suggestions")
    works.end("grade", "3 files could not be read", lambda: None)


def _work_over(stage: Stage) -> None:
    stage.window.show_view("albums")
    for kind in ("scan", "tags", "grade"):
        stage.wiring.works.end(kind)


def _settings(stage: Stage) -> None:
    stage.window.show_view("albums")
    dialog = SettingsDialog(stage.window._theme, stage.wiring.library, stage.wiring.settings, stage.window)
    dialog.open()


def _shortcuts(stage: Stage) -> None:
    ShortcutsDialog(stage.window).open()


def _welcome(stage: Stage) -> None:
    if not stage.window.findChildren(WelcomeDialog):
        WelcomeDialog(stage.window._theme, stage.window).open()


FULL: dict[str, Scene] = {
    "home": _view("home"),
    "albums": _view("albums"),
    "artists": _view("artists"),
    "tracks": _view("tracks"),
    "genres": _view("genres"),
    "playlists": _view("playlists"),
    "history": _view("history"),
    "album": _view("album", _album("Nightdriving")),
    "artist": _view("artist", lambda _: "Copper Wolves"),
    "genre": _view("genre", lambda _: "Jazz"),
    "playlist": _view("playlist", _playlist("Late trains")),
    "smart-playlist": _view("playlist", _playlist("Jazz before 1970")),
    "search": _search("night"),
    "search-nothing": _search("zzyzx"),
    "queue": _tab("queue"),
    "lyrics": _tab("lyrics"),
    "why": _why,
    "grade": _grade,
    "settings": _settings,
    "shortcuts": _shortcuts,
    "suggested": _suggested,
    "grouped": _grouped,
    "grouped-search": _grouped_search,
    "loved": _ungrouped,
    "work": _work,
    "work-over": _work_over,
}
EMPTY: dict[str, Scene] = {
    "welcome": _welcome,
    "empty-home": _view("home"),
    "empty-albums": _view("albums"),
    "empty-artists": _view("artists"),
    "empty-tracks": _view("tracks"),
    "empty-genres": _view("genres"),
    "empty-playlists": _view("playlists"),
    "empty-history": _view("history"),
    "empty-grade": _view("grade"),
    "empty-queue": _tab("queue"),
    "empty-lyrics": _tab("lyrics"),
}
