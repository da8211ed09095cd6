"""The status corner: each piece of long work with its count, its estimate, and the ways to pause and stop it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from app.domain.words import mark, say
from app.domain.work import Work
from app.ui.controls import IconButton, Line, Link, Sentence
from app.ui.theme import CAPTION, XS, M, S, Theme

_BUTTON: Final = 24
_GLYPH: Final = 16
_MOST_LINES: Final = 3
_STOP: Final = mark("Stop; what is done so far stays")


class WorkCorner(QWidget):
    """A row for each; nothing where nothing goes on."""

    pause_asked = Signal(str)
    resume_asked = Signal(str)
    stop_asked = Signal(str)
    report_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._narrow = theme, False
        self.rows: dict[str, WorkRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_works(self, works: list[Work]) -> None:
        """What goes on now."""
        kinds = [work.kind for work in works]
        for kind in [kind for kind in self.rows if kind not in kinds]:
            row = self.rows.pop(kind)
            row.hide()
            row.deleteLater()
        for work in works:
            if work.kind not in self.rows:
                self.rows[work.kind] = self._made(work.kind)
            self.rows[work.kind].show_work(work, alone=len(works) == 1)
        self.setVisible(bool(works))

    def _made(self, kind: str) -> "WorkRow":
        row = WorkRow(self._theme, self)
        row.pause.clicked.connect(lambda: (self.resume_asked if row.work.paused else self.pause_asked).emit(kind))
        row.stop.clicked.connect(lambda: self.stop_asked.emit(kind))
        row.away.clicked.connect(lambda: self.stop_asked.emit(kind))
        row.words.clicked.connect(lambda: self.report_asked.emit(kind))
        row.more.clicked.connect(lambda: self.menu(kind).popup(row.more.mapToGlobal(row.more.rect().topRight())))
        row.set_narrow(self._narrow)
        self._column.addWidget(row)
        row.show()
        return row

    def set_narrow(self, narrow: bool) -> None:
        """Bars alone, and a menu for the rest."""
        self._narrow = narrow
        for row in self.rows.values():
            row.set_narrow(narrow)

    def menu(self, kind: str) -> QMenu:
        """What the buttons do, where there is no room for buttons; its first line says how far it is."""
        work, menu = self.rows[kind].work, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(work_words(work).replace("&", "&&")).setEnabled(False)
        asked = self.resume_asked if work.paused else self.pause_asked
        if work.can_pause:
            menu.addAction(_pause_words(work)).triggered.connect(lambda: asked.emit(kind))
        if work.can_open:
            menu.addAction(say("Show")).triggered.connect(lambda: self.report_asked.emit(kind))
        if work.can_stop or work.over:
            words = say("Put away") if work.over else say(_STOP)
            menu.addAction(words).triggered.connect(lambda: self.stop_asked.emit(kind))
        return menu


class WorkRow(QWidget):
    """One piece of work: a line of words, a bar of 4 px, and its buttons."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = Work("", "")
        self._narrow = False
        self.title = Line(theme, CAPTION, "text")
        self.words = _Words(theme)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.pause = IconButton(theme, "pause", say("Pause"), size=_BUTTON, glyph=_GLYPH)
        self.stop = IconButton(theme, "close", say(_STOP), size=_BUTTON, glyph=_GLYPH)
        self.more = IconButton(theme, "more", say("What goes on"), size=_BUTTON, glyph=_GLYPH)
        self.away = IconButton(theme, "close", say("Put away"), size=_BUTTON, glyph=_GLYPH)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addLayout(_beside(self.words, self.away))
        column.addLayout(_beside(self.bar, self.pause, self.stop, self.more))

    def set_narrow(self, narrow: bool) -> None:
        """The bar and a menu."""
        self._narrow = narrow
        self._column.setContentsMargins(XS if narrow else M, XS, XS, S)
        self._show_parts(False)

    def show_work(self, work: Work, *, alone: bool) -> None:
        """Says it; its title only where it has to be told from others. How a scan looks, everybody knows."""
        self.work = work
        words, title = work_words(work), say(work.title)
        self.title.set_text(title)
        self.words.set_text(words)
        self.words.set_open(work.can_open)
        self.setToolTip(f"{title}: {words}{_pace_words(work)}")
        self.bar.setAccessibleName(title)
        self.bar.setAccessibleDescription(words)
        self._fill_bar(1 if work.paused and not work.total else work.total, min(work.done, work.total))
        self.pause.set_icon("play" if work.paused else "pause")
        self.pause.set_words(_pause_words(work))
        self._show_parts(not (alone and work.kind == "scan") and not work.over)

    def _fill_bar(self, total: int, done: int) -> None:
        """A progress bar paints itself at once, and the whole window with it; like all else it has time until later."""
        if (self.bar.maximum(), self.bar.value()) != (total, done):
            self.bar.setUpdatesEnabled(False)
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.bar.setUpdatesEnabled(True)

    def _show_parts(self, titled: bool) -> None:
        work, wide = self.work, not self._narrow
        self.title.setVisible(wide and titled)
        self.words.setVisible(wide)
        self.pause.setVisible(wide and work.can_pause)
        self.stop.setVisible(wide and work.can_stop)
        self.away.setVisible(wide and work.over)
        self.more.setVisible(not wide)
        self.bar.setVisible(not work.over)


def _beside(first: QWidget, *buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(XS)
    row.addWidget(first, 1)
    for button in buttons:
        row.addWidget(button)
    return row


class _Words(Link, Sentence):
    """A line that can be clicked only while there is something behind it; what came of the work may take three."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, CAPTION, "text2")
        self.setSizePolicy(self.sizePolicy().Policy.Ignored, self.sizePolicy().Policy.Fixed)
        self._open = True
        self.set_open(False)

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = self.height_in(self.width(), _MOST_LINES)
        if high != self.height():
            self.setFixedHeight(high)

    def set_open(self, can_open: bool) -> None:
        """Whether there is."""
        if can_open != self._open:
            self._open = can_open
            self.setEnabled(can_open)
            self.set_ink("accent" if can_open else "text2")


def _pause_words(work: Work) -> str:
    return say("Go on") if work.paused else say("Pause")


def work_words(work: Work) -> str:
    """``4,120 of 12,300, about 3 min``; or what came of it."""
    if work.report:
        return work.report
    if work.paused:
        return say("Paused at {done:,} of {total:,}", done=work.done, total=work.total) if work.total else say("Paused")
    if not work.total and work.kind == "scan":
        return say("Counting files, {:,} so far", work.done) if work.done else say("Counting files")
    if not work.total:
        return say("Under way")
    words = _count(work)
    if work.eta_s is None or work.eta_s < 60:
        return words
    return words + say(", about {} min", round(work.eta_s / 60))


def _pace_words(work: Work) -> str:
    """How fast it goes, for those who point at it."""
    if work.report or work.paused or work.in_bytes or not work.eta_s:
        return ""
    pace = round((work.total - work.done) / work.eta_s)
    return say(", {:,} a second", pace) if pace else ""


def _count(work: Work) -> str:
    if work.in_bytes:
        done, total = (f"{size / 1_000_000:.1f}" for size in (work.done, work.total))
        return say("{done} of {total} MB", done=done, total=total)
    return say("{done:,} of {total:,}", done=work.done, total=work.total)
