"""*You do not have these*: what many listeners would suggest and no file here is, apart from all that plays."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.sync import Find
from app.domain.words import say
from app.ui.controls import IconButton, Line, Link
from app.ui.theme import BODY, BODY_STRONG, CAPTION, SHELF_TITLE, XL, M, S, Theme

_COLUMNS: Final = 2


class FindRow(QWidget):
    """One recording: its title, who plays it, why, and the ways to look for it elsewhere."""

    copied = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, find: Find) -> None:
        super().__init__()
        self.value = find
        self.setAccessibleName(f"{find.title}, {find.artist}, {find.reason}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Line(theme, BODY_STRONG, "text", find.title))
        words.addWidget(Line(theme, BODY, "text2", find.artist))
        words.addWidget(Line(theme, CAPTION, "text2", find.reason))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        row.addLayout(words, 1)
        self.copy = IconButton(theme, "copy", say("Copy artist and title"), size=28, glyph=16)
        self.copy.clicked.connect(lambda: self.copied.emit(f"{find.artist} - {find.title}"))
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        self.page = Link(theme, BODY, "accent", "MusicBrainz")
        self.page.setToolTip(find.link)
        self.page.setAccessibleDescription(say("Opens the page of {} in the browser", find.title))
        self.page.clicked.connect(lambda: self.opened.emit(find.link))
        self.page.setVisible(bool(find.link))
        row.addWidget(self.page, 0, Qt.AlignmentFlag.AlignVCenter)


class Finds(QWidget):
    """The section at the foot of *For you*. Nothing is asked of anybody before a link is clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[FindRow] = []
        self._title, self._rule = Line(theme, SHELF_TITLE), Line(theme, BODY, "text2")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(XL)
        self._grid.setVerticalSpacing(M)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(XL, 0, XL, 0)
        whole.setSpacing(0)
        whole.addWidget(self._title)
        whole.addWidget(self._rule)
        whole.addSpacing(M)
        whole.addLayout(self._grid)
        self.hide()

    def show_finds(self, title: str, rule: str, finds: Sequence[Find]) -> None:
        """Shows these; none: the section is not there."""
        self._title.set_text(title)
        self._rule.set_text(rule)
        if [row.value for row in self.rows] != list(finds):
            self._fill(finds)
        self.setVisible(bool(finds))

    def _fill(self, finds: Sequence[Find]) -> None:
        for row in self.rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [FindRow(self._theme, find) for find in finds]
        for place, row in enumerate(self.rows):
            row.copied.connect(_copy)
            row.opened.connect(_open)
            self._grid.addWidget(row, place // _COLUMNS, place % _COLUMNS)


def _copy(words: str) -> None:
    QGuiApplication.clipboard().setText(words)


def _open(link: str) -> None:
    QDesktopServices.openUrl(QUrl(link))
