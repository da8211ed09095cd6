"""The tokens keep the contrasts they promise, and the theme follows the system or the listener."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.suggestion import Signal
from app.ui import icons
from app.ui.style import qt_palette, style_sheet
from app.ui.theme import DARK, LIGHT, Palette, Theme, contrast

GROUNDS = ("window", "surface", "hover", "selected")
LEAST_TEXT = {
    False: {"text": 14.2, "text2": 6.3, "text3": 4.6, "accent": 4.8, "good": 4.7, "warn": 4.8, "danger": 5.3},
    True: {"text": 11.2, "text2": 6.4, "text3": 4.5, "accent": 5.9, "good": 7.0, "warn": 7.4, "danger": 6.2},
}
LEAST_OUTLINE = {False: 3.1, True: 3.0}
BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#2F5BD0") == pytest.approx(5.95, abs=0.01)


@BOTH
def test_text_keeps_its_contrast_on_every_surface(palette: Palette) -> None:
    for ink, least in LEAST_TEXT[palette.dark].items():
        worst = min(contrast(getattr(palette, ink), getattr(palette, ground)) for ground in GROUNDS)
        assert worst >= max(least, 4.5), (ink, worst)


@BOTH
def test_words_on_the_accent_can_be_read(palette: Palette) -> None:
    assert contrast(palette.on_accent, palette.accent) >= (8.2 if palette.dark else 5.9)
    assert contrast(palette.on_accent, palette.accent_pressed) >= (10.0 if palette.dark else 7.6)


@BOTH
def test_outlines_can_be_seen_on_every_surface(palette: Palette) -> None:
    worst = min(contrast(palette.outline, getattr(palette, ground)) for ground in ("window", "surface"))
    assert worst >= LEAST_OUTLINE[palette.dark]


@BOTH
def test_evidence_hues_can_be_seen_on_their_track(palette: Palette) -> None:
    for signal in Signal:
        assert contrast(palette.evidence[signal], palette.track) >= 3.8, signal


@BOTH
def test_the_focus_ring_can_be_seen(palette: Palette) -> None:
    worst = min(contrast(palette.accent, getattr(palette, ground)) for ground in ("window", "surface", "raised"))
    assert worst >= 4.5


def test_every_hue_has_an_icon_and_a_word_of_its_own() -> None:
    assert len({icons.EVIDENCE[signal] for signal in Signal}) == len(Signal)
    assert all(glyph and word for glyph, word in icons.EVIDENCE.values())


@BOTH
def test_every_icon_is_in_the_set_and_leaves_a_mark(palette: Palette, qapp: QApplication) -> None:
    for name in icons.NAMES:
        assert not icons.icon(name, palette).pixmap(18, 18).toImage().isNull(), name
    for glyph, _ in icons.EVIDENCE.values():
        assert not icons.pixmap(glyph, palette.text, 12).isNull()


@BOTH
def test_the_style_sheet_names_every_colour_it_uses(palette: Palette, qapp: QApplication) -> None:
    assert "$" not in style_sheet(palette)
    assert qt_palette(palette).window().color().name().upper() == palette.window


def test_a_chosen_appearance_stays_and_is_told_once(qapp: QApplication) -> None:
    theme, told = Theme("light"), []
    theme.changed.connect(lambda: told.append(theme.palette.dark))
    theme.choose("dark")
    theme.choose("dark")
    assert theme.palette is DARK
    assert told == [True]


def test_the_system_is_followed_until_the_listener_chooses(qapp: QApplication) -> None:
    theme = Theme("system")
    system_is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.palette.dark == system_is_dark
    theme.choose("light")
    assert theme.palette is LIGHT


def test_fields_take_the_sheet_without_complaint(qapp: QApplication, qtbot: object) -> None:
    field = QLineEdit()
    field.setStyleSheet(style_sheet(LIGHT))
    assert field.sizeHint().height() == 32
