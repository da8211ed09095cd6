"""Asks for one line of text: the name of a playlist, the words of a smart one."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.words import say
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog
from app.ui.theme import CAPTION


class NameDialog(Dialog):
    """A line and two buttons; an empty line cannot be taken."""

    def __init__(
        self, title: str, button: str, text: str, taken: Callable[[str], None], parent: QWidget, note: str = ""
    ) -> None:
        """``taken`` is given what was written."""
        super().__init__(title, parent)
        self._taken = taken
        self.field = QLineEdit(text)
        self.field.setAccessibleName(title)
        self.field.setMaxLength(200)
        self.field.selectAll()
        self.body.addWidget(self.field)
        if note:
            self.body.addWidget(words_label(note, CAPTION, "text2"))
        self.add_button(say("Cancel")).clicked.connect(self.reject)
        self.take = self.add_button(button, primary=True)
        self.take.clicked.connect(self._take)
        self.field.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        self.take.setEnabled(bool(self.field.text().strip()))

    def _take(self) -> None:
        self._taken(self.field.text().strip())
        self.accept()
