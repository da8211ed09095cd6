"""Every key, from the very list the actions are made of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.words import say
from app.ui.actions import IN_LISTS, SPECS
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog, scrolled
from app.ui.theme import BODY, SHELF_TITLE, XS, XXL, L, S

_HEIGHT_PX = 720
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class ShortcutsDialog(Dialog):
    """Two columns of groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Keyboard shortcuts"), parent, width=820)
        groups: dict[str, list[tuple[str, str]]] = {}
        for spec in SPECS:
            if spec.keys:
                keys = say(" or ").join(_native(key) for key in spec.keys)
                groups.setdefault(say(spec.group), []).append((say(spec.words), keys))
        groups[say("In lists")] = [(say(words), say(keys)) for words, keys in IN_LISTS]
        columns = [QVBoxLayout(), QVBoxLayout()]
        for column in columns:
            column.setSpacing(S)
        for number, (title, rows) in enumerate(groups.items()):
            column = columns[0 if number in {0, 1, 3} else 1]
            heading = words_label(title, SHELF_TITLE)
            heading.setWordWrap(False)
            column.addWidget(heading)
            column.addLayout(_table(rows))
            column.addSpacing(L)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setSpacing(XXL)
        for column in columns:
            column.addStretch(1)
            row.addLayout(column, 1)
        self.body.addWidget(scrolled(whole))
        self.add_button(say("Done"), primary=True).clicked.connect(self.accept)
        self.fit_height(_HEIGHT_PX)


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _one_line(text: str, ink: str = "") -> QLabel:
    label = words_label(text, BODY, ink)
    label.setWordWrap(False)
    return label


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(XS)
    grid.setHorizontalSpacing(S)
    grid.setColumnStretch(0, 1)
    for number, (words, keys) in enumerate(rows):
        grid.addWidget(words_label(words, BODY), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_one_line(keys, "text2"), number, 1, _RIGHT)
    return grid
