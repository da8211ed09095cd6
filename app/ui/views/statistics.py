"""*Statistics*: how much was heard in a period, by whom, and when."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.statistics import Period, Ranked, Statistics
from app.domain.track import Track
from app.domain.words import mark, plural, say
from app.ui.controls import Line, Segmented
from app.ui.delegates.text import span
from app.ui.services import Services
from app.ui.theme import BODY, PAGE_TITLE, XL, XXL, L, Theme
from app.ui.views.hours_chart import ColumnChart, titled
from app.ui.views.page import Page
from app.ui.views.ranking import Ranking
from app.ui.views.scroll import ScrollPage
from app.ui.views.track_actions import TrackActions

_PERIODS: Final = (
    (Period.WEEK, mark("7 days")),
    (Period.MONTH, mark("30 days")),
    (Period.YEAR, mark("A year")),
    (Period.ALL, mark("All time")),
)
_DAYS: Final = (
    (mark("Monday"), mark("Mon")),
    (mark("Tuesday"), mark("Tue")),
    (mark("Wednesday"), mark("Wed")),
    (mark("Thursday"), mark("Thu")),
    (mark("Friday"), mark("Fri")),
    (mark("Saturday"), mark("Sat")),
    (mark("Sunday"), mark("Sun")),
)
_EVERY_HOURS: Final = 6
_PERIODS_PX: Final = 304


class _Figure(QWidget):
    """A number over what it counts."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self.number = Line(theme, PAGE_TITLE)
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.number)
        column.addWidget(Line(theme, BODY, "text2", words))

    def show_number(self, number: str) -> None:
        """Shows another number."""
        self.number.set_text(number)
        self.setAccessibleName(f"{number} {self._words}")


class StatisticsView(Page):
    """Reads anew after each play while it is on screen; the reading never keeps the window waiting."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("Statistics"), "statistics", parent)
        self._period = Period.MONTH
        self._acts = TrackActions(services, "statistics", self)
        self.periods = Segmented(say("Period"), [say(words) for _, words in _PERIODS])
        self.periods.choose(1)
        self.periods.setFixedSize(
            max(self.periods.sizeHint().width(), theme.scaled(_PERIODS_PX)), self.periods.sizeHint().height()
        )
        self.periods.turned.connect(self._turned)
        self.head.add(self.periods)
        self.figures = {
            "time": _Figure(theme, say("heard")),
            "recordings": _Figure(theme, say("different tracks")),
            "new": _Figure(theme, say("heard for the first time")),
            "days": _Figure(theme, say("days with music")),
        }
        self.artists, self.albums = Ranking(theme, say("Artists")), Ranking(theme, say("Albums"))
        self.tracks = Ranking(theme, say("Tracks"), one_click=False)
        hours = [say("{:02}:00 to {:02}:00", hour, (hour + 1) % 24) for hour in range(24)]
        under = [f"{hour:02}" if hour % _EVERY_HOURS == 0 else "" for hour in range(24)]
        self.hours = ColumnChart(theme, say("By the hour"), hours, under)
        self.weekdays = ColumnChart(
            theme, say("By the day of the week"), [say(long) for long, _ in _DAYS], [say(short) for _, short in _DAYS]
        )
        self._page = ScrollPage(theme)
        self._page.column.addWidget(self._laid_out())
        self._page.column.addStretch(1)
        self.bodies([self._page])
        self.artists.opened.connect(self._open_artist)
        self.albums.opened.connect(self._open_album)
        self.tracks.opened.connect(self._play)
        self.tracks.list.menu_wanted.connect(self._show_menu)
        self._acts.album_opened.connect(self.album_opened)
        self._acts.artist_opened.connect(self.artist_opened)
        services.history.plays_changed.connect(self.refresh_soon)

    def _laid_out(self) -> QWidget:
        body = QWidget()
        figures = QHBoxLayout()
        figures.setSpacing(L)
        for figure in self.figures.values():
            figures.addWidget(figure, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(XXL)
        grid.setVerticalSpacing(XXL)
        grid.addWidget(self.artists, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.albums, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.tracks, 1, 0, Qt.AlignmentFlag.AlignTop)
        charts = QVBoxLayout()
        charts.setSpacing(XXL)
        charts.addWidget(titled(say("By the hour"), self.hours))
        charts.addWidget(titled(say("By the day of the week"), self.weekdays))
        charts.addStretch(1)
        grid.addLayout(charts, 1, 1)
        for number in (0, 1):
            grid.setColumnStretch(number, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(XL, 0, XL, 0)
        column.setSpacing(XXL)
        column.addLayout(figures)
        column.addLayout(grid)
        return body

    def list_of(self, body: QWidget) -> QWidget:
        return self.artists.list if body is self._page else super().list_of(body)

    def _turned(self, number: int) -> None:
        self._period = _PERIODS[number][0]
        self.refresh()

    def refresh(self) -> None:
        period = self._period
        self.asking.ask(period, lambda: self._read_period(period), self._show)

    def _read_period(self, period: Period) -> tuple[Statistics, int, int]:
        """The period, all plays ever, and how many tracks there are."""
        history = self.services.history
        return history.statistics(period), history.count(), self.services.library.count()

    def _show(self, found: tuple[Statistics, int, int]) -> None:
        counted, ever, tracks = found
        self.head.count(plural(counted.plays, "play") if ever else "")
        if not ever and not tracks:
            self.say_empty_library()
        elif not ever:
            self.say_no_plays(say("What you hear is counted here: how long, by whom, and when."))
        else:
            self._show_counted(counted)
            self.show_body(self._page)

    def _show_counted(self, counted: Statistics) -> None:
        self.figures["time"].show_number(span(counted.heard_ms))
        self.figures["recordings"].show_number(f"{counted.recordings:,}")
        self.figures["new"].show_number(f"{counted.new:,}")
        self.figures["days"].show_number(f"{counted.days:,}")
        for ranking, lines in (
            (self.artists, counted.artists),
            (self.albums, counted.albums),
            (self.tracks, counted.tracks),
        ):
            ranking.show_lines(lines)
        self.hours.show_values(counted.by_hour_ms)
        self.weekdays.show_values(counted.by_weekday_ms)

    def _open_artist(self, line: Ranked) -> None:
        self.artist_opened.emit(line.name)

    def _open_album(self, line: Ranked) -> None:
        if line.album_key:
            self.album_opened.emit(line.album_key)

    def _tracks_of(self, line: Ranked) -> list[Track]:
        return self.services.library.tracks([line.track_id]) if line.track_id is not None else []

    def _play(self, line: Ranked) -> None:
        if found := self._tracks_of(line):
            self._acts.play(found)

    def _show_menu(self, line: Ranked, place: QPoint) -> None:
        self._acts.show_menu(self._tracks_of(line), lambda: self._play(line), place)
