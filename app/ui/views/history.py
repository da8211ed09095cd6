"""What was heard: day by day, the newest first, with how each play ended."""

from datetime import datetime
from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.play import Play
from app.domain.words import plural, say
from app.ui.item_models.plays import Line, days_of, lines_of, on_top
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.page import Page
from app.ui.views.play_list import PlayList
from app.ui.views.track_actions import TrackActions

_FIRST_SHOWN: Final = 1_000
_MOST_ADDED: Final = 100
"""With more plays at once than these, as an import brings, all is read anew."""


class _Found(NamedTuple):
    """What a reading found, compared in the job with what is shown: of a long history that takes a while."""

    last_id: int
    plays: int
    """How many plays there are."""
    lines: list[Line]
    days: list[int]
    """The rows of the headings among them."""
    same: bool
    """They are those that are shown."""
    added: int
    """So many lines stand above the first play that is shown now."""
    tracks: int
    """How many there are, where there are no plays."""


class HistoryView(Page):
    """The newest thousand plays; whoever scrolls to their end sees twice as many, until all are there.

    A play that comes is put on top: the others are not read again for it.
    """

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("History"), "history", parent)
        self._acts = TrackActions(services, "history", self)
        self._acts.album_opened.connect(self.album_opened)
        self._acts.artist_opened.connect(self.artist_opened)
        self.list = PlayList(theme, self._acts, services)
        self.lines = self.list.lines
        self._shown, self._listed, self._count, self._last_id = _FIRST_SHOWN, 0, 0, 0
        self._reading_all = False
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.bodies([self.list])
        self.list.words_wanted.connect(lambda words: self.place_wanted.emit("search", words))
        services.history.plays_changed.connect(self._plays_came)

    def refresh(self) -> None:
        self._reading_all = True
        self.asking.ask("", self._read_plays, self._show)

    def _plays_came(self) -> None:
        if self.isVisible() and self.lines.rowCount() and not self._reading_all:
            self.asking.ask("", self._read_new, self._show_new)
        else:
            self.refresh_soon()

    def _read_new(self) -> tuple[int, list[Play]]:
        """How many plays there are, and those that were added since, the newest first."""
        history = self.services.history
        new = history.after(self._last_id, _MOST_ADDED + 1)
        return history.count(), sorted(new, key=lambda play: (play.started_at, play.id or 0), reverse=True)

    def _show_new(self, found: tuple[int, list[Play]]) -> None:
        """Puts them on top; reads all anew where they belong elsewhere, or are not all that has changed."""
        count, new = found
        top = self.lines.top()
        known = top[1].play if len(top) > 1 else None
        whole = len(new) == count - self._count and len(new) <= _MOST_ADDED
        if known is None or not whole or any(play.started_at < known.started_at for play in new):
            self.refresh()
        elif new:
            lines = on_top(new, top, datetime.now().date())
            if lines is None:
                self.refresh()
                return
            self._last_id = max(play.id or 0 for play in new)
            self._shown += len(new)
            self._tell_count(count, self._listed + len(new))
            self.list.put_on_top(lines)

    def _read_plays(self) -> _Found:
        """In the job, while nothing else is shown: one reading at a time goes on."""
        history = self.services.history
        last_id, shown = history.last_id(), self.lines.shown()
        lines = lines_of(history.recent(self._shown), datetime.now().date())
        if same := lines == shown:
            lines = shown  # the others end here, which takes a while, too
        first = shown[1].play if shown else None  # under the heading of its day
        added = next((at for at, line in enumerate(lines) if line.play == first), 1) - 1 if first else 0
        tracks = 0 if lines else self.services.library.count()
        return _Found(last_id, history.count(), lines, days_of(lines), same, added, tracks)

    def _tell_count(self, count: int, listed: int) -> None:
        self._count, self._listed = count, listed
        shown = (
            say("newest {SHOWN:,} of {plays}", SHOWN=listed, plays=plural(count, "play"))
            if count > listed
            else plural(count, "play")
        )
        self.head.count(shown if count else "")

    def _show(self, found: _Found) -> None:
        self._last_id = found.last_id
        self._reading_all = False
        self._tell_count(found.plays, len(found.lines) - len(found.days))
        if not found.same:
            self.list.show_lines(found.lines, found.days, found.added)
        if found.lines:
            self.show_body(self.list)
        elif found.tracks:
            self.say_no_plays(say("Play something: what you hear is listed here, with how it ended."))
        else:
            self.say_empty_library()

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        read = self._listed >= self._shown  # what was asked for last has come
        if read and self._shown < self._count and value > bar.maximum() - bar.pageStep():
            self._shown *= 2
            self.refresh()
