"""The design tokens of the window: spacing, radii, type, colours for light and dark, and how they reach Qt."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication

from app.config.settings import Density
from app.config.settings import Theme as Choice
from app.domain.suggestion import Signal

# Spacing: these steps only (2 for hairline insets).
HAIR: Final = 2
XS: Final = 4
S: Final = 8
M: Final = 12
L: Final = 16
XL: Final = 24
XXL: Final = 32
XXXL: Final = 48

RADIUS_COVER: Final = 4
RADIUS_CONTROL: Final = 6
RADIUS_POPOVER: Final = 12

RAIL_WIDTH: Final = 208
RAIL_NARROW: Final = 56
PANEL_WIDTH: Final = 336
BAR_HEIGHT: Final = 72
TABLE_ROW: Final = 28
TABLE_ROWS: Final[dict[Density, int]] = {"compact": 24, "normal": TABLE_ROW, "roomy": 36}
RAIL_ROW: Final = 36
QUEUE_ROW: Final = 52
PANEL_ROW: Final = 68
MENU_ROW: Final = 32
HEADER: Final = 28
PAGE_HEAD: Final = 56

COVER_TABLE: Final = 32
COVER_ROW: Final = 44
COVER_BAR: Final = 56
COVER_ALBUM: Final = 224
CELL_LEAST: Final = 148

HOVER_MS: Final = 90
POPOVER_MS: Final = 140
SLIDE_MS: Final = 200
COLOUR_MS: Final = 320

# Type, in units of the system's size (13 px = 1.0): (size, line height, weight).
CAPTION: Final = (12 / 13, 16, 400)
BODY: Final = (1.0, 18, 400)
BODY_STRONG: Final = (1.0, 18, 600)
SHELF_TITLE: Final = (16 / 13, 22, 600)
PAGE_TITLE: Final = (22 / 13, 28, 600)
HERO: Final = (28 / 13, 34, 600)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one appearance, as ``#RRGGBB``."""

    dark: bool
    window: str
    surface: str
    raised: str
    hover: str
    selected: str
    track: str
    line: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_pressed: str
    on_accent: str
    played: str
    """The accent of the playing cover, else ours: the played waveform, the play button, the playing mark."""
    on_played: str
    good: str
    warn: str
    danger: str
    outline: str
    evidence: dict[Signal, str]
    shadow_alpha: int


LIGHT: Final = Palette(
    dark=False,
    window="#F6F5F3",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#EEECE9",
    selected="#E3EAFB",
    track="#E4E1DC",
    line="#DEDBD6",
    text="#1C1B1A",
    text2="#56524D",
    text3="#6B665F",
    accent="#2F5BD0",
    accent_pressed="#264CB0",
    on_accent="#FFFFFF",
    played="#2F5BD0",
    on_played="#FFFFFF",
    good="#1B7347",
    warn="#8A5A00",
    danger="#B3261E",
    outline="#87827A",
    evidence={
        Signal.YOUR_PLAYS: "#2F5BD0",
        Signal.WHAT_FOLLOWS: "#8A3FB8",
        Signal.SAME_ARTIST: "#0F766E",
        Signal.TAGS: "#0F766E",
        Signal.SOUND: "#B4540A",
        Signal.MANY: "#9D2463",
        Signal.AGAINST: "#B3261E",
    },
    shadow_alpha=46,
)

DARK: Final = Palette(
    dark=True,
    window="#161517",
    surface="#1E1D20",
    raised="#27262A",
    hover="#2A292D",
    selected="#26314D",
    track="#36343A",
    line="#36343A",
    text="#F1EFF2",
    text2="#BAB6BE",
    text3="#9E99A4",
    accent="#8FB0FF",
    accent_pressed="#AAC3FF",
    on_accent="#0E1730",
    played="#8FB0FF",
    on_played="#0E1730",
    good="#6FD3A0",
    warn="#F0BE66",
    danger="#FF9A92",
    outline="#7D7983",
    evidence={
        Signal.YOUR_PLAYS: "#8FB0FF",
        Signal.WHAT_FOLLOWS: "#D6A2F5",
        Signal.SAME_ARTIST: "#5CCFC1",
        Signal.TAGS: "#5CCFC1",
        Signal.SOUND: "#F5A86B",
        Signal.MANY: "#F59AC4",
        Signal.AGAINST: "#FF9A92",
    },
    shadow_alpha=115,
)


BASE_PX: Final = 13
"""The text size at which the pictures were drawn: 1.0 of the type scale."""
ZOOMS: Final = (80, 90, 100, 110, 125, 150, 175, 200)
"""Percent of the system's text size."""
_scale = 1.0


def scaled(pixels: int) -> int:
    """A size made for the drawn text size, grown with the system's and with the listener's zoom."""
    return round(pixels * _scale)


def least_px(pixels: int) -> int:
    """Text is no smaller than this, unless the listener zoomed out."""
    return round(pixels * min(_scale, 1.0))


class Theme(QObject):
    """The appearance in use: what the listener chose, or what the system says, and the type that follows its size."""

    changed = QtCore.Signal()
    """The palette is another one: repaint."""
    played_changed = QtCore.Signal()
    """Only the accent of the playing cover is another one."""
    density_changed = QtCore.Signal(str)
    """Rows of tables have another height."""
    zoom_changed = QtCore.Signal(int)
    """Percent: letters and all that is made for them have another size."""
    grouped_changed = QtCore.Signal(bool)
    """Tables of tracks have headings of albums from now on, or none."""

    def __init__(self, choice: Choice = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self._hints = QGuiApplication.styleHints()
        self._system_px = max(BASE_PX, QFontInfo(QGuiApplication.font()).pixelSize())
        self._zoom = 100
        self._grow()
        self._cover: dict[bool, tuple[str, str]] = {}
        self._density: Density = "normal"
        self._grouped = False
        self._palette = self._wanted()
        self._hints.colorSchemeChanged.connect(self._follow)

    @property
    def palette(self) -> Palette:
        """The colours now."""
        return self._palette

    @property
    def choice(self) -> Choice:
        """``system``, ``light`` or ``dark``."""
        return self._choice

    @property
    def base_px(self) -> int:
        """The body text in pixels."""
        return round(self._system_px * self._zoom / 100)

    @property
    def zoom(self) -> int:
        """Percent of the system's text size."""
        return self._zoom

    def choose_zoom(self, percent: int) -> None:
        """Larger or smaller letters, with everything that is made for them."""
        percent = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        if percent != self._zoom:
            self._zoom = percent
            self._grow()
            self.zoom_changed.emit(percent)

    def step_zoom(self, steps: int) -> None:
        """So many steps larger, or smaller below 0; 0 is the system's size again."""
        at = min(range(len(ZOOMS)), key=lambda number: abs(ZOOMS[number] - self._zoom)) + steps
        self.choose_zoom(ZOOMS[min(max(at, 0), len(ZOOMS) - 1)] if steps else 100)

    def _grow(self) -> None:
        global _scale
        _scale = self.base_px / BASE_PX

    def choose(self, choice: Choice) -> None:
        """Follows the system, or stays light or dark."""
        self._choice = choice
        self._follow()

    def set_played(self, light: tuple[str, str] | None, dark: tuple[str, str] | None) -> None:
        """The accent of the playing cover and the ink on it, for both appearances; ``None``: our own."""
        self._cover = {is_dark: pair for is_dark, pair in ((False, light), (True, dark)) if pair is not None}
        palette = self._wanted()
        if palette != self._palette:
            self._palette = palette
            self.played_changed.emit()

    @property
    def density(self) -> Density:
        """``compact``, ``normal`` or ``roomy``."""
        return self._density

    @property
    def table_row(self) -> int:
        """The height of a table's row; letters of a larger size make it higher."""
        return scaled(TABLE_ROWS[self._density])

    def choose_density(self, density: Density) -> None:
        """Rows of tables closer together or further apart; type stays as it is."""
        if density != self._density:
            self._density = density
            self.density_changed.emit(density)

    @property
    def grouped(self) -> bool:
        """Long tables of tracks stand under headings of albums."""
        return self._grouped

    def group(self, grouped: bool) -> None:
        """With headings or without."""
        if grouped != self._grouped:
            self._grouped = grouped
            self.grouped_changed.emit(grouped)

    def scaled(self, pixels: int) -> int:
        """A height made for the drawn text size, grown with the system's."""
        return scaled(pixels)

    def _wanted(self) -> Palette:
        dark = self._choice == "dark"
        if self._choice == "system":
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        palette = DARK if dark else LIGHT
        if dark not in self._cover:
            return palette
        played, on_played = self._cover[dark]
        return replace(palette, played=played, on_played=on_played)

    def _follow(self) -> None:
        palette = self._wanted()
        if palette.dark is not self._palette.dark:
            self._palette = palette
            self.changed.emit()


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2)."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
