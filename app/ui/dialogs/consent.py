"""Before anything is sent: to whom, what they can learn from it, and every request as it will stand on the wire."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.sync import Origin, Request
from app.domain.words import mark, plural, say
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog
from app.ui.services import Sync
from app.ui.theme import BODY, CAPTION

_MEANS: Final = {
    "folder": mark(
        "Nothing is sent. The model is read from {place}; your plays and your library stay on this machine."
    ),
    "service": mark(
        "These requests are sent to {host}, and no others. They name no track and no listener: whoever answers learns "
        "that somebody at your address fetches models, and when. A model above 64 MB comes in pieces of some thousand "
        "recordings; those with recordings of yours are asked for among as many others, always the same ones."
    ),
    "listenbrainz": mark(
        "Your name there and the MusicBrainz numbers of the recordings you play most are sent to {host}. Whoever "
        "answers learns that you have these recordings. What comes back is put together on this machine."
    ),
}
_MOST_SHOWN: Final = 200_000


class ConsentDialog(Dialog):
    """The listener agrees to what is shown, or leaves it."""

    agreed = Signal(object)
    """The ``Origin`` that was shown."""

    def __init__(self, sync: Sync, origin: Origin, *, agreed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(say("What is sent"), parent, width=640)
        self._origin = origin
        self.means = words_label("", BODY)
        self.count = words_label(say("Putting the requests together"), CAPTION, "text2")
        self.requests = QPlainTextEdit()
        self.requests.setReadOnly(True)
        self.requests.setTabChangesFocus(True)
        self.requests.setAccessibleName(say("The requests, as they are sent"))
        self.requests.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.requests.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.requests.setMinimumHeight(240)
        for part in (self.means, self.count, self.requests):
            self.body.addWidget(part)
        self.leave = self.add_button(say("Close") if agreed else say("Not now"))
        self.leave.clicked.connect(self.reject)
        self.agree = self.add_button(say("Agree and sync"), primary=True)
        self.agree.setEnabled(False)
        self.agree.setVisible(not agreed)
        self.agree.clicked.connect(self._agree)
        sync.preview(origin, self.show_requests, self._failed)

    def show_requests(self, requests: list[Request]) -> None:
        """All of them; only now can they be agreed to."""
        hosts = list(dict.fromkeys(request.host for request in requests))
        means = say(_MEANS[self._origin.source], place=self._origin.place[:300], host=say(" and ").join(hosts))
        self.means.setText(means)
        self.count.setText(plural(len(requests), "request") + ":" if requests else "")
        self.count.setVisible(bool(requests))
        self.requests.setPlainText("\n".join(_shown(request) for request in requests)[:_MOST_SHOWN])
        self.requests.setVisible(bool(requests))
        self.agree.setEnabled(True)
        QTimer.singleShot(0, self, self.adjustSize)

    def _failed(self, sentence: str) -> None:
        self.count.setText(sentence)

    def _agree(self) -> None:
        self.agreed.emit(self._origin)
        self.accept()


def _shown(request: Request) -> str:
    """A request with what it is for; its text as it is sent, else its line alone."""
    text = request.text or f"{request.method} {request.path}\nHost: {request.host}"
    return f"# {request.why}\n{text.rstrip()}\n"
