"""The first window of a first run: the music folder, what was heard elsewhere, and Start."""

import os

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.clean import shown_path
from app.domain.words import plural, say
from app.ui.controls import Line, TextButton, words_label
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.importing import ask_files
from app.ui.theme import BODY, BODY_STRONG, XS, M, Theme


def music_folder() -> bytes:
    """The system's music folder, or nothing where it is not there."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    raw = os.fsencode(place) if place else b""
    home = os.fsencode(os.path.expanduser("~"))
    return raw if raw and raw.rstrip(b"/") != home and os.path.isdir(raw) else b""


def ask_folder(parent: QWidget | None, start: bytes = b"") -> bytes:
    """Asks for a folder; empty when the listener thought better of it."""
    return os.fsencode(QFileDialog.getExistingDirectory(parent, say("Choose a music folder"), os.fsdecode(start)))


class WelcomeDialog(Dialog):
    """Finds the music folder; the scan itself shows how much is in it, while music can already be played.

    The files of a listening history can be chosen, too: they are looked at once the window is closed.
    """

    started = Signal(bytes)
    history_chosen = Signal(list)
    """Paths; after ``started``, where that is said at all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, folder: bytes | None = None) -> None:
        super().__init__(say("Welcome to Segue"), parent, width=520)
        self._folder = music_folder() if folder is None else folder
        self._chosen = False
        self._history: list[bytes] = []
        self.body.addWidget(
            words_label(
                say(
                    "Segue plays the music on this computer, remembers every play, and suggests what could "
                    "come next. Everything stays on this computer."
                ),
                BODY,
                "text2",
            )
        )
        self.found, self.path = Line(theme, BODY_STRONG, "text"), Line(theme, BODY, "text2")
        self.choose = TextButton(say("Choose another folder…"))
        self.choose.clicked.connect(self._choose)
        self.body.addWidget(_box(self.found, self.path, self.choose))
        self.history, self.services = Line(theme, BODY_STRONG, "text"), Line(theme, BODY, "text2")
        self.choose_history = TextButton(say("Choose files…"))
        self.choose_history.clicked.connect(self._choose_history)
        self.body.addWidget(_box(self.history, self.services, self.choose_history))
        self.later = self.add_button(say("Not now"))
        self.later.clicked.connect(self.reject)
        self.start = self.add_button(say("Start"), primary=True)
        self.start.clicked.connect(self._start)
        self.finished.connect(self._over)
        self._show()

    @property
    def folder(self) -> bytes:
        """The folder that would be read."""
        return self._folder

    def _show(self) -> None:
        found = say("Your folder") if self._chosen else say("Music folder found")
        self.found.set_text(found if self._folder else say("No music folder was found"))
        self.path.set_text(shown_path(self._folder) if self._folder else say("Choose where your music is."))
        self.choose.setText(say("Choose another folder…") if self._folder else say("Choose a folder…"))
        self.start.setEnabled(bool(self._folder))
        files = len(self._history)
        self.history.set_text(say("{} chosen", plural(files, "file")))
        self.services.set_text(say("You see what is in them first."))
        if not files:
            self.history.set_text(say("Did you listen elsewhere?"))
            self.services.set_text(say("In ListenBrainz, Last.fm, Spotify or Rockbox"))

    def _choose(self) -> None:
        chosen = ask_folder(self, self._folder)
        if chosen:
            self.use(chosen)

    def use(self, folder: bytes) -> None:
        """Takes a folder instead of the one found."""
        self._folder, self._chosen = folder, True
        self._show()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_history(self) -> None:
        if chosen := ask_files(self):
            self._history = chosen
            self._show()

    def _over(self) -> None:
        if self._history:
            self.history_chosen.emit(self._history)

    def _start(self) -> None:
        self.started.emit(self._folder)
        self.accept()


def _box(title: Line, line: Line, button: TextButton) -> QFrame:
    box = QFrame()
    box.setObjectName("box")
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(M)
    names = QVBoxLayout()
    names.setSpacing(XS)
    names.addWidget(title)
    names.addWidget(line)
    row.addLayout(names, 1)
    row.addWidget(button)
    return box
