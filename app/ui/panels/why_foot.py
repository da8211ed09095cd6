"""The foot of *Why?*: what can be said about the suggestion, each with what it does, and what nobody knows yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.feedback import Said
from app.domain.track import Track
from app.domain.words import say
from app.ui.controls import Line, Link, words_label
from app.ui.theme import BODY, CAPTION, XS, Theme

_ROW: int = 42


class WhyFoot(QWidget):
    """Three lines that can be pressed."""

    said = Signal(object)
    """A ``Said``."""

    def __init__(self, theme: Theme, track: Track) -> None:
        super().__init__()
        self.lines: dict[Said, Link] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, XS, 0, 0)
        self._column.setSpacing(0)
        self._add(theme, Said.NOT_NOW, say("Not now"), say("hides it for 14 days"))
        self._add(theme, Said.LESS, say("Less like this"), say("halves what speaks for its artist and these sessions"))
        if track.artist:
            words = say("Never {}", track.artist)
            self._add(theme, Said.NEVER_ARTIST, words, say("suggests nothing of theirs until it is taken back"))
        self._column.addSpacing(XS)
        self._column.addWidget(words_label(say("How it sounds is not known yet."), CAPTION, "text2"))

    def _add(self, theme: Theme, said: Said, words: str, effect: str) -> None:
        line = Link(theme, BODY, "accent", words)
        line.setAccessibleDescription(effect)
        line.clicked.connect(lambda: self.said.emit(said))
        self.lines[said] = line
        row = QWidget()
        row.setFixedHeight(theme.scaled(_ROW))
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(line, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(Line(theme, CAPTION, "text2", effect), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(row)
