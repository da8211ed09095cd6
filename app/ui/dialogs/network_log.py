"""What was sent: every request of the last time, newest first, with what it was for and what came of it."""

from datetime import datetime
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.domain.sync import Sent
from app.domain.words import plural, say
from app.ui.controls import plain_tip, words_label
from app.ui.dialogs.base import Dialog
from app.ui.services import Sync
from app.ui.theme import BODY

_WIDTHS: Final = (150, 60, 320, 80, 80, 90)


class NetworkLogDialog(Dialog):
    """A list that can be copied and cleared. It is written before each request is sent."""

    def __init__(self, sync: Sync, parent: QWidget | None = None) -> None:
        super().__init__(say("What was sent"), parent, width=960)
        self._sync = sync
        self._sent: list[Sent] = []
        self.summary = words_label("", BODY, "text2")
        self.body.addWidget(self.summary)
        self.list = QTreeWidget()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("Requests"))
        self.list.setHeaderLabels(
            [say("When"), say("How"), say("Where"), say("Bytes out"), say("Bytes in"), say("Answer"), say("What for")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(320)
        for column, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(column, width)
        self.body.addWidget(self.list, 1)
        self.clear, self.copy = self.add_button(say("Clear")), self.add_button(say("Copy the list"))
        self.clear.clicked.connect(lambda: sync.clear_log(self.refresh))
        self.copy.clicked.connect(self._copy)
        self.add_button(say("Done"), primary=True).clicked.connect(self.accept)
        sync.ended.connect(self.refresh)
        self.show_sent([])
        self.refresh()

    def refresh(self, *_told: object) -> None:
        """Reads the log again."""
        self._sync.requests(self.show_sent)

    def show_sent(self, sent: list[Sent]) -> None:
        """Shows these."""
        self._sent = sent
        words = say("{} so far, the newest first.", plural(len(sent), "request"))
        self.summary.setText(words if sent else say("Nothing was sent."))
        self.list.clear()
        for one in sent:
            item = QTreeWidgetItem(_cells(one))
            item.setToolTip(2, plain_tip(_cells(one)[2]))
            item.setToolTip(6, plain_tip(one.request.why))
            self.list.addTopLevelItem(item)
        self.list.setVisible(bool(sent))
        self.clear.setEnabled(bool(sent))
        self.copy.setEnabled(bool(sent))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join("\t".join(_cells(one)) for one in self._sent))


def _cells(one: Sent) -> list[str]:
    at = datetime.fromtimestamp(one.at_ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    request = one.request
    return [
        at,
        request.method,
        f"{request.host}{request.path}",
        f"{request.bytes_out:,}",
        f"{one.bytes_in:,}",
        one.outcome or say("no answer yet"),
        request.why,
    ]
