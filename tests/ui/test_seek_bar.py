"""The seek bar: bars of the waveform in the accent of the cover, on whole pixels, and the plain line without one."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.waveform import Waveform
from app.ui.seek_bar import SeekBar
from app.ui.theme import DARK, LIGHT, Theme

LOUD = Waveform(200_000, bytes([255] * 100))
WIDTH = 312


def a_seek_bar(qtbot: QtBot, choice: str = "light") -> tuple[SeekBar, Theme]:
    theme = Theme(choice)  # type: ignore[arg-type]
    seek_bar = SeekBar(theme)
    qtbot.addWidget(seek_bar)
    seek_bar.resize(WIDTH, 24)
    seek_bar.set_duration(200_000)
    return seek_bar, theme


def colours_of(row: int, image: QImage) -> list[str]:
    return [image.pixelColor(x, row).name().upper() for x in range(image.width())]


def drawn(seek_bar: QWidget) -> QImage:
    image = QImage(seek_bar.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    seek_bar.render(image)
    return image


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_are_two_pixels_with_one_between_and_change_colour_where_it_plays(qtbot: QtBot, palette: object) -> None:
    seek_bar, theme = a_seek_bar(qtbot, "dark" if palette is DARK else "light")
    seek_bar.set_waveform(LOUD)
    seek_bar.set_position(100_000)
    row = colours_of(3, drawn(seek_bar))[6 : WIDTH - 6]
    played, rest = theme.palette.played, theme.palette.outline
    assert row[:9] == [*([played] * 2), row[2]] * 3
    assert row[2] not in {played, rest}
    assert row.count(played) == row.count(rest) == 100
    assert row.index(rest) == 150


def test_quiet_parts_have_low_bars_and_silence_still_has_a_mark(qtbot: QtBot) -> None:
    seek_bar, theme = a_seek_bar(qtbot)
    seek_bar.set_waveform(Waveform(200_000, bytes([255] * 50 + [0] * 50)))
    image = drawn(seek_bar)
    tall = [sum(image.pixelColor(x, y).name().upper() == theme.palette.outline for y in range(24)) for x in (9, 300)]
    assert tall == [22, 2]


def test_without_a_waveform_there_is_a_line_of_four_pixels(qtbot: QtBot) -> None:
    seek_bar, theme = a_seek_bar(qtbot)
    seek_bar.set_waveform(LOUD)
    seek_bar.set_waveform(None)
    seek_bar.set_position(100_000)
    image = drawn(seek_bar)
    tall = [sum(image.pixelColor(x, y).name().upper() == ink for y in range(24)) for x, ink in
            ((80, theme.palette.played), (220, theme.palette.outline))]  # fmt: skip
    assert tall == [4, 4]


def test_nothing_playing_shows_no_bars(qtbot: QtBot) -> None:
    seek_bar, theme = a_seek_bar(qtbot)
    seek_bar.set_waveform(LOUD)
    seek_bar.set_duration(0)
    assert theme.palette.outline not in colours_of(3, drawn(seek_bar))


def test_the_pointer_has_a_mark_where_a_click_would_lead(qtbot: QtBot) -> None:
    seek_bar, theme = a_seek_bar(qtbot)
    seek_bar.set_waveform(LOUD)
    place, none = QPointF(150, 12), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(seek_bar, move)
    assert colours_of(0, drawn(seek_bar))[150] == theme.palette.text2
    [time] = seek_bar.findChildren(QLabel, "seekTime")
    assert time.text() == "1:36"
    assert time.geometry().bottom() < 0
    assert time.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    asked: list[int] = []
    seek_bar.seek_asked.connect(asked.append)
    QTest.mouseClick(seek_bar, Qt.MouseButton.LeftButton, pos=QPoint(156, 23))
    assert asked == [100_000]


@pytest.mark.parametrize("width", [80, 81, 200, 397, 1200])
def test_bars_fill_the_line_at_every_width(qtbot: QtBot, width: int) -> None:
    seek_bar, theme = a_seek_bar(qtbot)
    seek_bar.resize(width, 24)
    seek_bar.set_waveform(LOUD)
    row = colours_of(3, drawn(seek_bar))
    inked = [x for x, colour in enumerate(row) if colour == theme.palette.outline]
    assert inked[0] == 6
    assert width - 6 - 3 <= inked[-1] < width - 6
    assert {after - before for before, after in pairwise(inked)} <= {1, 2, 3}


def test_too_narrow_for_a_bar_is_no_trouble(qtbot: QtBot) -> None:
    seek_bar, _ = a_seek_bar(qtbot)
    seek_bar.set_waveform(LOUD)
    seek_bar.resize(12, 24)
    drawn(seek_bar)
    assert seek_bar.rect().contains(QPointF(6, 6).toPoint())
