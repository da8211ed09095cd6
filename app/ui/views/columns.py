"""Which columns a table of tracks shows, in which order and how wide: names share what the figures leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from app.ui.item_models.tracks import ORDERS, Column

_FIXED: Final = {Column.YEAR: 56, Column.LENGTH: 64, Column.RATING: 96, Column.ADDED: 96}
_GENRE_SHARE, _GENRE_MOST = 0.13, 160
_SHARES: Final = {Column.TITLE: 0.42, Column.ARTIST: 0.28, Column.ALBUM: 0.30}
_NARROW: Final = {Column.RATING: 760, Column.GENRE: 640, Column.YEAR: 560}
"""Columns that stand aside where there is less room than this, unless the listener chose the columns."""
_LEAST_TITLE, _LEAST, _MOST = 140, 40, 1_000
USUAL: Final = (Column.TITLE, Column.ARTIST, Column.ALBUM, Column.YEAR, Column.GENRE, Column.RATING, Column.LENGTH)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the listener made of the columns. The title comes first, always, and takes what room is left."""

    shown: tuple[Column, ...] = USUAL
    widths: Mapping[Column, int] = field(default_factory=dict)
    """Of the columns whose edge was dragged."""

    @property
    def chosen(self) -> bool:
        """The listener chose which columns there are, and in which order."""
        return self.shown != USUAL

    def toggled(self, column: Column) -> "Columns":
        """With a column that was hidden, or without one that was shown."""
        if column in self.shown:
            return replace(self, shown=tuple(one for one in self.shown if one != column))
        before = [one for one in (*USUAL, Column.ADDED) if one in self.shown or one == column]
        at = before.index(column)
        shown = list(self.shown)
        shown.insert(shown.index(before[at - 1]) + 1, column)
        return replace(self, shown=tuple(shown))

    def ordered(self, order: tuple[Column, ...]) -> "Columns":
        """The shown ones in another order."""
        rest = [one for one in order if one in self.shown and one != Column.TITLE]
        return replace(self, shown=(Column.TITLE, *rest))

    def dragged(self, column: Column, width: int) -> "Columns":
        """With a column as wide as it was dragged."""
        if column == Column.TITLE:
            return self
        return replace(self, widths={**self.widths, column: min(max(width, _LEAST), _MOST)})

    def words(self) -> str:
        """As it is kept: ``title,artist:200,length``; empty where all is as usual."""
        if not self.chosen and not self.widths:
            return ""
        parts = (f"{ORDERS[one]}:{self.widths[one]}" if one in self.widths else ORDERS[one] for one in self.shown)
        return ",".join(parts)


def columns_of(words: str) -> Columns:
    """The columns out of what was kept; whatever is not understood is left out."""
    by_name = {name: column for column, name in ORDERS.items()}
    shown: dict[Column, None] = {Column.TITLE: None}
    widths: dict[Column, int] = {}
    for part in words.split(","):
        name, _, width = part.partition(":")
        column = by_name.get(name)  # type: ignore[call-overload]
        if column is None:
            continue
        shown[column] = None
        if width.isascii() and width.isdigit() and len(width) < 6 and column != Column.TITLE:
            widths[column] = min(max(int(width), _LEAST), _MOST)
    return Columns(tuple(shown), widths) if len(shown) > 1 else Columns()


def column_widths(
    width: int, hidden: frozenset[Column] = frozenset(), columns: Columns | None = None, percent: int = 100
) -> dict[Column, int]:
    """Pixels for each column, in their order; 0 hides it. They add up to the width exactly.

    ``percent``: how large letters are, which figures need more room for.
    """
    columns = columns or Columns()
    gone = (
        hidden if columns.chosen else hidden | {one for one, least in _NARROW.items() if width * 100 < least * percent}
    )
    shown = [one for one in columns.shown if one not in gone]
    widths = dict.fromkeys(columns.shown, 0) | dict.fromkeys((one for one in Column if one not in columns.shown), 0)
    for column in shown:
        if column in columns.widths:
            widths[column] = columns.widths[column]
        elif column in _FIXED:
            widths[column] = _FIXED[column] * percent // 100
        elif column == Column.GENRE:
            widths[column] = min(round(width * _GENRE_SHARE), _GENRE_MOST * percent // 100)
    rest = max(width - sum(widths.values()), 0)
    shares = {one: _SHARES[one] for one in shown if one in _SHARES and not widths[one]}
    whole = sum(shares.values())
    for column, share in shares.items():
        widths[column] = int(rest * share / whole)
    widths[Column.TITLE] += width - sum(widths.values())
    return _with_room_for_title(widths)


def _with_room_for_title(widths: dict[Column, int]) -> dict[Column, int]:
    """What was dragged too wide for the window gives way, the last first."""
    for column in reversed(list(widths)):
        lacking = _LEAST_TITLE - widths[Column.TITLE]
        if lacking <= 0:
            break
        if column != Column.TITLE:
            given = min(lacking, max(widths[column] - _LEAST, 0))
            widths[column] -= given
            widths[Column.TITLE] += given
    return widths
