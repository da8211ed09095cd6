"""The accent of the playing cover can be read on every surface, and goes when the cover does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import cover_accent
from app.ui.cover_accent import CoverAccent, FadingAccent, accent_on, strongest
from app.ui.theme import DARK, LIGHT, Palette, Theme, contrast

UNIT = st.floats(0, 1, allow_nan=False)


def plain(colour: str, side: int = 56) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(QColor(colour))
    return picture


class Covers(QObject):
    """Pictures that are there when they are put there."""

    cover_ready = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.pictures: dict[int, QPixmap] = {}

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None:
        return self.pictures.get(track_id)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@settings(max_examples=300)
@given(UNIT, UNIT, UNIT)
def test_every_colour_becomes_one_that_can_be_read(
    palette: Palette, hue: float, saturation: float, lightness: float
) -> None:
    accent, ink = accent_on((hue, saturation, lightness), palette)
    assert contrast(accent, palette.surface) >= 4.5
    assert contrast(ink, accent) >= 4.5


def test_a_colour_that_can_be_read_already_stays() -> None:
    assert accent_on((0.6, 0.6, 0.3), LIGHT)[0] == QColor.fromHslF(0.6, 0.6, 0.3).name().upper()


@pytest.mark.parametrize(("colour", "hue"), [("#C02020", 0), ("#20C020", 120), ("#2020C0", 240)])
def test_the_hue_is_that_of_the_cover(colour: str, hue: int, qapp: QApplication) -> None:
    found = strongest(plain(colour).toImage())
    assert found is not None
    assert found[0] * 360 == pytest.approx(hue, abs=3)


@pytest.mark.parametrize("colour", ["#000000", "#FFFFFF", "#808080", "#8A8680"])
def test_a_grey_cover_has_none(colour: str, qapp: QApplication) -> None:
    assert strongest(plain(colour).toImage()) is None


def test_a_little_colour_on_grey_counts_and_a_speck_does_not(qapp: QApplication) -> None:
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("#303030"))
    picture.setPixelColor(50, 50, QColor("#FF0000"))
    assert strongest(picture) is None
    for x in range(30):
        for y in range(30):
            picture.setPixelColor(x, y, QColor("#D08020"))
    found = strongest(picture)
    assert found is not None
    assert 0.05 < found[0] < 0.15


def test_the_theme_takes_the_accent_of_the_cover_and_gives_it_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cover_accent, "_PATIENCE_MS", 1)
    theme, covers, told = Theme("light"), Covers(), []
    theme.played_changed.connect(lambda: told.append(theme.palette.played))
    accent = CoverAccent(theme, covers)  # type: ignore[arg-type]
    accent.follow(1, 56)
    assert theme.palette.played == LIGHT.accent
    covers.pictures[1] = plain("#C02020")
    covers.cover_ready.emit(1, 56)
    assert QColor(theme.palette.played).hslHue() in {0, 359}
    assert theme.palette.accent == LIGHT.accent
    theme.choose("dark")
    assert contrast(theme.palette.played, DARK.surface) >= 4.5
    assert theme.palette.played != DARK.accent
    with qtbot.waitSignal(theme.played_changed):
        accent.follow(2, 56)
    assert theme.palette == DARK
    assert len(told) == 2


def test_the_colour_fades_and_the_appearance_does_not_wait(qtbot: QtBot) -> None:
    theme, owner = Theme("light"), QObject()
    fading, seen = FadingAccent(theme, owner), list[str]()
    fading.moved.connect(lambda: seen.append(fading.colour.name().upper()))
    theme.set_played(("#008000", "#FFFFFF"), ("#80FF80", "#000000"))
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == "#008000")
    assert len(seen) > 2
    theme.choose("dark")
    assert fading.colour.name().upper() == "#80FF80"


def test_without_motion_the_colour_is_there_at_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cover_accent, "wants_motion", lambda: False)
    theme, owner = Theme("light"), QObject()
    fading = FadingAccent(theme, owner)
    theme.set_played(("#008000", "#FFFFFF"), None)
    assert fading.colour.name().upper() == "#008000"
