"""Which files are no tracks, and why."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.domain.clean import shown_path
from app.domain.refusals import told
from app.domain.scan import RefusedFile
from app.domain.words import plural, say
from app.ui.controls import plain_tip, words_label
from app.ui.dialogs.base import Dialog
from app.ui.theme import BODY, scaled

_MOST_ROWS: Final = 5_000


class ScanReportDialog(Dialog):
    """A list that can be copied."""

    def __init__(self, refused: Sequence[RefusedFile], parent: QWidget | None = None) -> None:
        super().__init__(say("Files that could not be read"), parent, width=880)
        self._refused = list(refused)
        unreadable = [file for file in refused if file.kind == "unreadable"]
        short = len(refused) - len(unreadable)
        words = say("{} could not be read", plural(len(unreadable), "file"))
        words += say("; {} left out as too short.", plural(short, "untagged sound")) if short else "."
        self.summary = words_label(words if refused else say("Every file could be read."), BODY, "text2")
        self.body.addWidget(self.summary)
        self.list = QTreeWidget()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("Files and reasons"))
        self.list.setHeaderLabels([say("File"), say("Reason")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(280)
        self.list.setColumnWidth(0, scaled(400))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end of a path is what tells files apart
        for file in [*unreadable, *(file for file in refused if file.kind != "unreadable")][:_MOST_ROWS]:
            path = shown_path(file.path)
            item = QTreeWidgetItem([path, told(file.reason)])
            item.setToolTip(0, plain_tip(path))
            item.setToolTip(1, plain_tip(told(file.reason)))
            self.list.addTopLevelItem(item)
        self.list.setVisible(bool(refused))
        self.body.addWidget(self.list, 1)
        self.copy = self.add_button(say("Copy the list"))
        self.copy.setEnabled(bool(refused))
        self.copy.clicked.connect(self._copy)
        self.add_button(say("Done"), primary=True).clicked.connect(self.accept)

    def _copy(self) -> None:
        lines = [f"{shown_path(file.path)}\t{told(file.reason)}" for file in self._refused]
        QGuiApplication.clipboard().setText("\n".join(lines))
