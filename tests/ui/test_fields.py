"""Fields under the style sheet: what is chosen can be read, and a mouse finds what it can press."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.dialogs.fields import Choice, Number
from app.ui.style import style_sheet
from app.ui.theme import DARK, LIGHT, Palette, contrast


def shown(qtbot: QtBot, field: QWidget, palette: Palette = LIGHT) -> None:
    qtbot.addWidget(field)
    field.setStyleSheet(style_sheet(palette))
    field.resize(240, 32)
    field.show()
    qtbot.waitExposed(field)


def strongest(widget: QWidget, place: QRect) -> float:
    """The contrast between the lightest and the darkest pixel of a place."""
    picture = widget.grab(place).toImage()
    size = picture.size()
    colours = [picture.pixelColor(x, y) for x in range(size.width()) for y in range(size.height())]
    lightest, darkest = (choose(colours, key=lambda colour: colour.lightness()) for choose in (max, min))
    return contrast(lightest.name(), darkest.name())


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_what_is_chosen_can_be_read_in_the_open_list(qtbot: QtBot, palette: Palette) -> None:
    choice = Choice("Language")
    choice.addItems(["The system's language", "English"])
    shown(qtbot, choice, palette)
    choice.showPopup()
    rows = choice.view()
    qtbot.waitUntil(rows.isVisible)
    places = [rows.visualRect(rows.model().index(at, 0)) for at in (0, 1)]
    assert min(place.height() for place in places) >= 24
    assert min(strongest(rows.viewport(), place) for place in places) >= 4.5
    choice.hidePopup()


def test_an_arrow_says_that_a_list_opens(qtbot: QtBot) -> None:
    choice = Choice("Language")
    shown(qtbot, choice)
    assert strongest(choice, QRect(choice.width() - 24, 8, 16, 16)) >= 4.5


def test_a_number_goes_up_and_down_by_its_buttons(qtbot: QtBot) -> None:
    number, told = Number("Crossfade", 0, 2, " seconds"), list[int]()
    number.valueChanged.connect(told.append)
    shown(qtbot, number)
    option = QStyleOptionSpinBox()
    number.initStyleOption(option)
    up, down = (
        number.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, number)
        for part in (QStyle.SubControl.SC_SpinBoxUp, QStyle.SubControl.SC_SpinBoxDown)
    )
    assert not up.intersects(down)
    for place in (up, down):
        assert min(place.width(), place.height()) >= 24
        assert number.rect().contains(place)
    assert strongest(number, up) >= 4.5 > strongest(number, down)  # there is nothing below the least
    for place in (up, up, up, down):
        qtbot.mouseClick(number, Qt.MouseButton.LeftButton, pos=place.center())
    assert told == [1, 2, 1]
