"""How wide the columns of a table of tracks are: names share what the figures leave; figures go first."""

from typing import Final

from app.ui.item_models.tracks import Column

_FIXED: Final = {Column.YEAR: 56, Column.LENGTH: 64}
_GENRE_SHARE, _GENRE_MOST = 0.13, 160
_SHARES: Final = {Column.TITLE: 0.42, Column.ARTIST: 0.28, Column.ALBUM: 0.30}
_NARROW_GENRE, _NARROW_YEAR = 640, 560


def column_widths(width: int, hidden: frozenset[Column] = frozenset()) -> dict[Column, int]:
    """Pixels for each column; 0 hides it. They add up to the width exactly."""
    gone = set(hidden)
    if width < _NARROW_GENRE:
        gone.add(Column.GENRE)
    if width < _NARROW_YEAR:
        gone.add(Column.YEAR)
    widths = dict.fromkeys(Column, 0)
    for column, pixels in _FIXED.items():
        widths[column] = 0 if column in gone else pixels
    if Column.GENRE not in gone:
        widths[Column.GENRE] = min(round(width * _GENRE_SHARE), _GENRE_MOST)
    rest = max(width - sum(widths.values()), 0)
    shares = {column: share for column, share in _SHARES.items() if column not in gone}
    whole = sum(shares.values())
    for column, share in shares.items():
        widths[column] = int(rest * share / whole)
    widths[Column.TITLE] += width - sum(widths.values())
    return widths
