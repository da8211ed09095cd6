"""What the listener chose in the companion's window. How it looks and what it speaks is chosen in Segue itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config.settings import read_values

CACHE_KIB = 500
"""So much of the library each of its threads keeps at hand: it is to be small beside a player, and asks little."""
MOST_IGNORED = 1_000
_LONGEST_NAME = 255
_LIMITS = {"width": (300, 16_384), "height": (300, 16_384), "zoom_percent": (80, 200)}


@dataclass(frozen=True, slots=True)
class CompanionSettings:
    """Everything that the companion remembers between two starts."""

    width: int = 0
    height: int = 0
    """Of the window; 0: as it was drawn, grown with its letters."""
    zoom_percent: int = 0
    """How large letters are, of the system's size; 0: as in Segue."""
    close_to_tray: bool = True
    """Closing the window leaves the companion in the tray, where there is one."""
    tray_explained: bool = False
    """The listener was told once where the window went."""
    ignored: tuple[str, ...] = ()
    """The players of which nothing is kept."""


def from_values(values: object) -> CompanionSettings:
    """Settings out of decoded JSON: unknown names and values of the wrong kind fall back to their defaults."""
    if not isinstance(values, dict):
        return CompanionSettings()
    kept: dict[str, Any] = {
        name: values[name] for name in ("close_to_tray", "tray_explained") if type(values.get(name)) is bool
    }
    for name, (low, high) in _LIMITS.items():
        if type(values.get(name)) is int and values[name]:
            kept[name] = min(max(values[name], low), high)
    ignored = values.get("ignored")
    if isinstance(ignored, list):
        names = (name for name in ignored if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME)
        kept["ignored"] = tuple(dict.fromkeys(names))[:MOST_IGNORED]
    return CompanionSettings(**kept)


def load(path: Path) -> tuple[CompanionSettings, str]:
    """The settings in ``path``, and one sentence of trouble (empty when there is none)."""
    values, trouble = read_values(path)
    return from_values(values), trouble
