"""The part of the settings about the library: the music folders, and what counts as music."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.clean import shown_path
from app.domain.words import say
from app.ui.controls import TextButton, words_label
from app.ui.dialogs.fields import Number
from app.ui.services import Library
from app.ui.theme import CAPTION, SHELF_TITLE, L, S, scaled

_PATH: Final = Qt.ItemDataRole.UserRole


class FoldersSection(QWidget):
    """Folders come and go at once; they are no setting, but rows of the library."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""
    history_wanted = Signal()
    """A listening history is to be imported."""

    def __init__(self, library: Library, settings: Settings, ask: Callable[[QWidget], bytes]) -> None:
        super().__init__()
        self._library, self._ask = library, ask
        whole = QVBoxLayout(self)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("Music folders"), SHELF_TITLE))
        self.list = QListWidget()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("Music folders"))
        self.list.setFixedHeight(scaled(120))
        self.list.itemSelectionChanged.connect(self._selected)
        whole.addWidget(self.list)
        whole.addLayout(self._buttons())
        note = say("Removing a folder leaves its files where they are. What you played stays remembered.")
        whole.addWidget(words_label(note, CAPTION, "text2"))
        whole.addLayout(self._form(settings))
        whole.addWidget(words_label(say("Listening history"), SHELF_TITLE))
        about = say("What you heard elsewhere: exports of ListenBrainz, Last.fm and Spotify, and .scrobbler.log files.")
        whole.addWidget(words_label(about, CAPTION, "text2"))
        self.history = TextButton(say("Import a listening history…"))
        self.history.clicked.connect(self.history_wanted)
        whole.addWidget(self.history, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)
        library.folders_changed.connect(self._show)
        self._show()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(S)
        self.add = TextButton(say("Add a folder…"))
        self.add.clicked.connect(self._add)
        self.remove = TextButton(say("Remove"))
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        return row

    def _form(self, settings: Settings) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(L)
        self.least = Number(say("Leave out untagged sounds under"), 0, 600, say(" seconds"))
        self.least.setValue(settings.min_length_s)
        self.least.valueChanged.connect(lambda seconds: self.changed.emit({"min_length_s": seconds}))
        form.addRow(say("Leave out untagged sounds under"), self.least)
        return form

    @Slot()
    def _show(self) -> None:
        folders = self._library.folders()
        if folders == [self.list.item(row).data(_PATH) for row in range(self.list.count())]:
            return
        self.list.clear()
        for path in folders:
            item = QListWidgetItem(shown_path(path))
            item.setData(_PATH, path)
            self.list.addItem(item)
        self._selected()

    def _selected(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _add(self) -> None:
        path = self._ask(self)
        if path:
            self._library.add_folder(path)
            self._show()

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self._library.remove_folder(bytes(item.data(_PATH)))
        self._show()
