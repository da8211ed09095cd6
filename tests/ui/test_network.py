"""The settings of models from elsewhere: nothing begins before all of it was shown and agreed to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.config.settings import Settings
from app.domain.sync import Find, InstalledModel, LastSync, ModelId, Models, Origin, Request, Sent
from app.sync.origin import agreed, origin_of
from app.ui.dialogs.consent import ConsentDialog
from app.ui.dialogs.network import NetworkSection
from app.ui.dialogs.network_log import NetworkLogDialog
from app.ui.theme import Theme
from app.ui.views import finds
from app.ui.views.finds import Finds

REQUEST = Request(
    "GET", "models.example", "/metadata/timestamp.json", "what is newest", 80, "GET /x HTTP/1.1\r\nHost: y"
)
MODEL = InstalledModel(ModelId("a" * 64), "service", "https://x", 0, 1_700_000_000, 1_000_000, 5_000, "", 45_000_000)


class FakeSync(QObject):
    changed = Signal()
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.settings = Settings()
        self.models, self.last, self.syncing = Models(), LastSync(), False
        self.did: list[str] = []
        self.shown: list[Request] | str = [REQUEST]

    @property
    def origin(self) -> Origin:
        return origin_of(self.settings)

    @property
    def agreed(self) -> bool:
        return agreed(self.settings)

    def sync(self) -> None:
        self.did.append("sync")

    def cancel(self) -> None:
        self.did.append("cancel")

    def rollback(self) -> None:
        self.did.append("rollback")

    def remove(self) -> None:
        self.did.append("remove")

    def preview(self, _origin: Origin, done: Callable[..., None], failed: Callable[[str], None]) -> None:
        failed(self.shown) if isinstance(self.shown, str) else done(self.shown)

    def requests(self, done: Callable[[list[Sent]], None]) -> None:
        done([Sent(2, 1_760_000_000_000, REQUEST, 0, ""), Sent(1, 1_760_000_000_000, REQUEST, 512, "200")])

    def clear_log(self, done: Callable[[], None]) -> None:
        self.did.append("clear")
        done()


def a_section(qtbot: QtBot, sync: FakeSync) -> NetworkSection:
    section = NetworkSection(Theme("light"), sync, sync.settings)
    qtbot.addWidget(section)

    def changed(changes: dict[str, object]) -> None:
        sync.settings = replace(sync.settings, **changes)  # type: ignore[arg-type]
        section.show_state()

    section.changed.connect(changed)
    section.show()
    return section


def choose(section: NetworkSection, source: str) -> None:
    at = section.source.findData(source)
    section.source.setCurrentIndex(at)
    section.source.activated.emit(at)


def consent_of(section: NetworkSection) -> ConsentDialog:
    found = section.window().findChildren(ConsentDialog)
    return found[-1]


def test_it_begins_off_and_offers_nothing_that_is_sent(qtbot: QtBot) -> None:
    sync = FakeSync()
    section = a_section(qtbot, sync)
    assert section.source.currentData() == "off"
    assert not section.go.isEnabled()
    assert not any(field.isVisible() for field in section.fields.values())
    assert "No model is here" in section.state.text()
    assert sync.did == []


def test_another_address_is_shown_and_agreed_to_before_a_sync(qtbot: QtBot) -> None:
    sync = FakeSync()
    section = a_section(qtbot, sync)
    choose(section, "service")
    section.fields["sync_service"].setText("https://models.example")
    section.fields["sync_service"].editingFinished.emit()
    assert section.go.text() == "Turn on…"
    section.go.click()
    dialog = consent_of(section)
    assert "models.example" in dialog.means.text()
    assert "GET /x HTTP/1.1" in dialog.requests.toPlainText()
    assert sync.did == []
    dialog.reject()
    assert not sync.agreed
    section.go.click()
    consent_of(section).agree.click()
    assert sync.agreed
    assert sync.did == ["sync"]
    assert section.go.text() == "Sync now"
    section.fields["sync_service"].setText("https://other.example")
    section.fields["sync_service"].editingFinished.emit()
    assert section.go.text() == "Turn on…"  # what was agreed to was another place


def test_what_cannot_be_shown_cannot_be_agreed_to(qtbot: QtBot) -> None:
    sync = FakeSync()
    sync.shown = "This is not an address of the web."
    dialog = ConsentDialog(sync, Origin("service", "nonsense"))
    qtbot.addWidget(dialog)
    assert not dialog.agree.isEnabled()
    assert dialog.count.text() == sync.shown


def test_the_model_is_told_with_the_way_back_and_out(qtbot: QtBot) -> None:
    sync = FakeSync()
    section = a_section(qtbot, sync)
    assert not section.back.isVisible()
    signed = replace(MODEL, signed_by="12ab 34cd", words="one collection's taste")
    sync.models = Models(signed, replace(MODEL, created_s=1_690_000_000))
    sync.changed.emit()
    said = section.state.text()
    assert said.startswith("In use: 1,000,000 recordings of 5,000 listeners, made on 14 November 2023, 45.0 MB.")
    assert said.endswith("one collection's taste Signed by 12ab 34cd.")
    assert section.back.text() == "Go back to the model of 22 July 2023"
    section.back.click()
    section.remove.click()
    assert sync.did == ["rollback", "remove"]
    sync.syncing = True
    sync.changed.emit()
    section.go.click()
    assert sync.did[-1] == "cancel"


def test_the_log_can_be_read_copied_and_cleared(qtbot: QtBot) -> None:
    sync = FakeSync()
    dialog = NetworkLogDialog(sync)
    qtbot.addWidget(dialog)
    assert dialog.list.topLevelItemCount() == 2
    first = dialog.list.topLevelItem(0)
    assert [first.text(column) for column in range(1, 7)] == [
        "GET", "models.example/metadata/timestamp.json", "80", "0", "no answer yet", "what is newest",
    ]  # fmt: skip
    dialog.copy.click()
    assert "models.example" in QGuiApplication.clipboard().text()
    dialog.clear.click()
    assert sync.did == ["clear"]


def test_finds_show_names_from_elsewhere_as_they_are(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(finds.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    page = Finds(Theme("light"))
    qtbot.addWidget(page)
    mbid = "00000001-0000-4000-8000-000000000000"
    rows = [Find("<b>Bold</b>", "<img src=x>", mbid, "Others play it with Nuit"), Find("夜の桜", "遠い灯", "", "…")]
    page.show_finds("You do not have these", "Not in your library", rows)
    page.show()
    assert page.rows[0].accessibleName() == "<img src=x>, <b>Bold</b>, Others play it with Nuit"
    page.rows[0].copy.click()
    assert QGuiApplication.clipboard().text() == "<b>Bold</b> - <img src=x>"
    assert opened == []
    page.rows[0].page.setFocus()
    qtbot.keyClick(page.rows[0].page, Qt.Key.Key_Return)
    assert opened == [f"https://musicbrainz.org/recording/{mbid}"]
    assert not page.rows[1].page.isVisible()
    page.show_finds("", "", [])
    assert not page.isVisible()


def test_every_part_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    section = a_section(qtbot, FakeSync())
    choose(section, "service")
    named = [section.source, section.daily, *section.fields.values()]
    assert all(isinstance(widget, QWidget) and widget.accessibleName() for widget in named)
