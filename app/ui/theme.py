"""The design tokens of the window: spacing, radii, type, colours for light and dark, and how they reach Qt."""

from dataclasses import dataclass
from typing import Final

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
        Signal.AGAINST: "#FF9A92",
    },
    shadow_alpha=115,
)
