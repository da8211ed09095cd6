"""The part of the settings about models from elsewhere: where from, what is sent, what is here, and the way back."""

import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.config.settings import Settings
from app.domain.dates import day_of
from app.domain.sync import InstalledModel, Origin
from app.domain.words import mark, plural, say
from app.sync.providers.registry import PROVIDERS
from app.ui.controls import Segmented, TextButton, words_label
from app.ui.dialogs.fields import Choice
from app.ui.services import Sync
from app.ui.theme import CAPTION, SHELF_TITLE, L, S, Theme

_SOURCES: Final = (
    ("off", mark("Nowhere: no connection is opened")),
    ("folder", mark("A folder on this machine")),
    ("service", mark("A service or a web host")),
    ("listenbrainz", mark("ListenBrainz")),
)
_FIELDS: Final = {
    "folder": (("sync_folder", mark("Folder")),),
    "service": (("sync_service", mark("Address")), ("sync_fingerprint", mark("Fingerprint of the signers"))),
    "listenbrainz": (
        ("sync_user", mark("Your name there")),
        ("sync_address", mark("Address")),
        ("sync_labs", mark("Address for what is similar")),
        ("sync_algorithm", mark("What similar means")),
        ("sync_artist_algorithm", mark("The same for artists")),
    ),
}
"""What each source asks for: the field of ``Settings``, and its name."""
_NOTE: Final = mark(
    "A model says what many listeners play beside what. It makes Never heard better and is used on this machine only. "
    "Before anything is sent you are shown all of it."
)


class NetworkSection(QWidget):
    """What is chosen takes effect at once, but nothing is asked of anybody before the listener agrees."""

    changed = Signal(dict)
    """The fields of ``Settings`` that changed, by name."""

    def __init__(self, theme: Theme, sync: Sync, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sync = theme, sync
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(L)
        self._form.setVerticalSpacing(L)
        self.fields: dict[str, QLineEdit] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self._add_source(settings)
        self._add_fields(settings)
        self._add_daily(settings)
        self.state, self.last = words_label("", CAPTION, "text2"), words_label("", CAPTION, "text2")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(L)
        whole.addWidget(words_label(say("What others play"), SHELF_TITLE))
        whole.addLayout(self._form)
        whole.addLayout(self._made_buttons())
        whole.addWidget(self.state)
        whole.addWidget(self.last)
        whole.addLayout(self._made_model_buttons())
        whole.addWidget(words_label(say(_NOTE), CAPTION, "text2"))
        whole.addStretch(1)
        sync.changed.connect(self.show_state)
        self._show_fields(settings.sync_from)
        self.show_state()

    def _add_source(self, settings: Settings) -> None:
        self.source = Choice(say("Models come from"))
        for name, words in _SOURCES:
            if name == "off" or name in PROVIDERS:
                self.source.addItem(say(words), name)
        self.source.setCurrentIndex(max(self.source.findData(settings.sync_from), 0))
        self.source.activated.connect(self._source_chosen)
        self._form.addRow(say("Models come from"), self.source)

    def _add_fields(self, settings: Settings) -> None:
        for source, fields in _FIELDS.items():
            for field, words in fields:
                edit = self.fields[field] = QLineEdit(str(getattr(settings, field)))
                edit.setAccessibleName(say(words))
                edit.setMaxLength(2_000)
                edit.setCursorPosition(0)
                edit.editingFinished.connect(lambda field=field: self._edited(field))
                row: QWidget = edit
                if field == "sync_folder":
                    row = self._with_choice(edit)
                self._form.addRow(say(words), row)
                self._rows.setdefault(source, []).append(row)
        self.fields["sync_service"].setPlaceholderText("https://")
        self.fields["sync_fingerprint"].setPlaceholderText(say("Where you were told it; another one is refused"))

    def _with_choice(self, edit: QLineEdit) -> QWidget:
        row = QWidget()
        self.choose = TextButton(say("Choose…"))
        self.choose.clicked.connect(self._choose_folder)
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(S)
        beside.addWidget(edit, 1)
        beside.addWidget(self.choose)
        return row

    def _add_daily(self, settings: Settings) -> None:
        self.daily = Segmented(say("Once a day by itself"), [say("Off"), say("On")])
        self.daily.choose(int(settings.sync_daily))
        self.daily.turned.connect(lambda at: self.changed.emit({"sync_daily": bool(at)}))
        self._form.addRow(say("Once a day by itself"), self.daily)

    def _made_buttons(self) -> QHBoxLayout:
        self.go, self.preview = TextButton(say("Sync now")), TextButton(say("What is sent…"))
        self.log = TextButton(say("What was sent…"))
        self.go.clicked.connect(self._go)
        self.preview.clicked.connect(self.ask)
        self.log.clicked.connect(self._show_log)
        return _row(self.go, self.preview, self.log)

    def _made_model_buttons(self) -> QHBoxLayout:
        self.back, self.remove = TextButton(""), TextButton(say("Remove the model"))
        self.back.clicked.connect(self._sync.rollback)
        self.remove.clicked.connect(self._sync.remove)
        return _row(self.back, self.remove)

    def show_state(self) -> None:
        """What is here, what can be done about it, and how the last sync ended."""
        sync, models = self._sync, self._sync.models
        chosen = sync.origin.on
        self.go.setText(say("Stop") if sync.syncing else say("Sync now") if sync.agreed else say("Turn on…"))
        self.go.setEnabled(chosen or sync.syncing)
        self.preview.setVisible(chosen)
        self._form.setRowVisible(self.daily, sync.origin.source != "off")
        self.state.setText(_told(models.current))
        self.last.setText(sync.last.sentence)
        self.last.setVisible(bool(sync.last.sentence))
        self.back.setVisible(models.previous is not None)
        if models.previous is not None:
            self.back.setText(say("Go back to the model of {}", _day(models.previous.created_s)))
        self.remove.setVisible(models.current is not None)

    def ask(self) -> None:
        """Shows what would be sent; the listener says yes or leaves it."""
        from app.ui.dialogs.consent import ConsentDialog

        dialog = ConsentDialog(self._sync, self._sync.origin, agreed=self._sync.agreed, parent=self.window())
        dialog.agreed.connect(self._agreed)
        dialog.open()

    def _agreed(self, origin: Origin) -> None:
        self.changed.emit({"sync_agreed": origin.agreement})
        self._sync.sync()
        self.show_state()

    def _go(self) -> None:
        if self._sync.syncing:
            self._sync.cancel()
        elif self._sync.agreed:
            self._sync.sync()
        else:
            self.ask()

    def _show_log(self) -> None:
        from app.ui.dialogs.network_log import NetworkLogDialog

        NetworkLogDialog(self._sync, self.window()).open()

    def _source_chosen(self, at: int) -> None:
        source = str(self.source.itemData(at))
        self._show_fields(source)
        self.changed.emit({"sync_from": source})
        self.show_state()

    def _show_fields(self, source: str) -> None:
        for name, rows in self._rows.items():
            for row in rows:
                self._form.setRowVisible(row, name == source)

    def _edited(self, field: str) -> None:
        self.changed.emit({field: self.fields[field].text().strip()})
        self.show_state()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("A folder with a model"), self.fields["sync_folder"].text())
        if folder:
            self.fields["sync_folder"].setText(folder)
            self._edited("sync_folder")


def _row(*buttons: TextButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(S)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _told(model: InstalledModel | None) -> str:
    """``In use: 1,000,000 recordings of 5,000 listeners, made on 3 November 2026, 45.0 MB. …``."""
    if model is None:
        return say("No model is here; the suggestions come from your own plays and tags.")
    recordings = plural(model.n_recordings, "recording")
    if model.n_listeners:
        listeners = plural(model.n_listeners, "listener")
        recordings = say("{recordings} of {listeners}", recordings=recordings, listeners=listeners)
    words = say(
        "In use: {recordings}, made on {day}, {size} MB.",
        recordings=recordings,
        day=_day(model.created_s),
        size=f"{model.size_bytes / 1_000_000:.1f}",
    )
    signed = say("Signed by {}.", model.signed_by) if model.signed_by else ""
    return " ".join(part for part in (words, model.words[:300], signed) if part)


def _day(at_s: int) -> str:
    return day_of(datetime.datetime.fromtimestamp(min(at_s, 1 << 35), datetime.UTC).date())
