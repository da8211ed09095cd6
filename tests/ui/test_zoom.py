"""Larger and smaller text: what is made for letters grows with them, within limits, and is remembered."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.config import settings as settings_file
from app.ui.delegates.text import line_height, metrics
from app.ui.item_models.tracks import Column
from app.ui.style import Style, nothing_collected, style_sheet
from app.ui.theme import BODY, CAPTION, LIGHT, ZOOMS, Theme
from app.ui.views.columns import column_widths
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, an_evening
from tests.helpers.params import first


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The sheet stays: Qt forgets to be told of the end of widgets once an application has none again."""
    made = Theme("light")
    Style(qapp, made)
    yield made
    made.choose_zoom(100)


def test_steps_go_up_and_down_within_limits_and_back(theme: Theme) -> None:
    told: list[int] = []
    theme.zoom_changed.connect(told.append)
    theme.step_zoom(1)
    theme.step_zoom(1)
    theme.step_zoom(-1)
    theme.step_zoom(0)
    assert told == [110, 125, 110, 100]
    for _ in range(20):
        theme.step_zoom(1)
    assert theme.zoom == 200
    for _ in range(20):
        theme.step_zoom(-1)
    assert theme.zoom == 80
    theme.choose_zoom(-5)
    theme.choose_zoom(10**9)
    assert theme.zoom == 200


class Watchful(QWidget):
    """Writes down whether garbage could be collected while Qt told it of a change."""

    def __init__(self) -> None:
        super().__init__()
        self.collecting: list[bool] = []

    def changeEvent(self, event: QEvent) -> None:
        self.collecting.append(gc.isenabled())
        super().changeEvent(event)


def test_no_widget_is_collected_while_qt_walks_through_all_of_them(theme: Theme, qtbot: QtBot) -> None:
    watchful = Watchful()
    qtbot.addWidget(watchful)
    watchful.show()
    qtbot.waitExposed(watchful)
    watchful.collecting.clear()
    theme.step_zoom(1)
    assert watchful.collecting
    assert not any(watchful.collecting)
    assert gc.isenabled()
    with nothing_collected():
        theme.step_zoom(1)
        assert not gc.isenabled()


@pytest.mark.parametrize("percent", first(reversed(ZOOMS), 2))
def test_letters_rows_and_fields_have_that_size(theme: Theme, percent: int) -> None:
    plain = metrics(BODY).horizontalAdvance("Letters from the Ferry"), line_height(BODY), theme.table_row
    theme.choose_zoom(percent)
    grown = metrics(BODY).horizontalAdvance("Letters from the Ferry"), line_height(BODY), theme.table_row
    for before, after in zip(plain, grown, strict=True):
        assert after / before == pytest.approx(percent / 100, abs=0.12)
    assert metrics(CAPTION).height() <= line_height(CAPTION)
    assert f"min-height: {round(30 * theme.base_px / 13)}px" in style_sheet(LIGHT)
    assert "width: 10px" in style_sheet(LIGHT)  # the scroll bar stays slim


@pytest.mark.parametrize("percent", first(reversed(ZOOMS), 2))
def test_figures_have_room_and_columns_fill_the_width(theme: Theme, percent: int) -> None:
    theme.choose_zoom(percent)
    widths = column_widths(1400, percent=percent)
    assert sum(widths.values()) == 1400
    assert widths[Column.LENGTH] >= metrics(BODY).horizontalAdvance("1:02:20")
    assert widths[Column.YEAR] >= metrics(BODY).horizontalAdvance("1999")


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> Iterator[Wiring]:
    with an_evening(qapp, qtbot, home, a_music_folder(tmp_path / "music"), start=True) as wiring:
        yield wiring
        wiring.theme.choose_zoom(100)


def zoom(app: Wiring, qtbot: QtBot, name: str) -> None:
    before = app.window
    app.window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: app.window is not before)
    qtbot.waitExposed(app.window)


def test_a_key_makes_the_window_larger_in_its_place_and_it_is_remembered(app: Wiring, qtbot: QtBot) -> None:
    app.window.show_view("tracks")
    app.window.panel.show_tab("queue")
    app.window.resize(1300, 800)
    row = app.views.tracks.table.rowHeight(0)
    zoom(app, qtbot, "zoom_in")
    zoom(app, qtbot, "zoom_in")
    assert (app.window.view, app.window.panel.tab, app.window.size().toTuple()) == ("tracks", "queue", (1300, 800))
    assert app.views.tracks.table.rowHeight(0) > row
    assert app.window.toast.words.text == "Text and rows at 125 %"
    app._save()
    assert settings_file.load(app.paths.settings)[0].zoom_percent == 125
    zoom(app, qtbot, "zoom_reset")
    assert app.views.tracks.table.rowHeight(0) == row


def test_two_quick_steps_make_one_new_window(app: Wiring, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.wiring.appearance._SEVERAL_STEPS_MS", 1_500)  # quick, also on a busy machine
    made: list[object] = []
    make = app.make_window
    app.make_window = lambda: (made.append(None), make())[1]  # type: ignore[method-assign]
    app.window.actions_by_name["zoom_in"].trigger()
    QApplication.processEvents()
    zoom(app, qtbot, "zoom_in")
    qtbot.wait(300)
    assert (app.theme.zoom, len(made)) == (125, 1)


@pytest.mark.parametrize("width", first([900, 1280, 1920]))
@pytest.mark.parametrize("percent", [80, 150, 200])
def test_no_control_of_the_frame_is_cut_off(app: Wiring, qtbot: QtBot, width: int, percent: int) -> None:
    before = app.window
    app.window.resize(width, 700)
    app.theme.choose_zoom(percent)
    qtbot.waitUntil(lambda: app.window is not before)
    window = app.window
    window.resize(width, 700)
    QApplication.processEvents()
    assert window.width() == width
    for button in window.bar.findChildren(QAbstractButton):
        if button.isVisible():
            assert _inside(button, window), button.accessibleName()


def _inside(widget: QWidget, window: QWidget) -> bool:
    corner = widget.mapTo(window, QPoint(0, 0))
    return window.rect().contains(widget.rect().translated(corner))
