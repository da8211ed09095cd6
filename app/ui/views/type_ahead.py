"""Type-ahead: the row of a table of tracks that begins with what is typed."""

from typing import Final

from app.config.settings import TrackOrder
from app.domain.text import sort_form
from app.domain.track import Track
from app.ui.item_models.tracks import TrackTableModel

_SEARCHED: Final = 5_000


def row_beginning(rows: TrackTableModel, search: str, order: TrackOrder | None, start: int, descending: bool) -> int:
    """The row, or -1: by halving where the order is alphabetical, else the next title from ``start`` on."""
    wanted = sort_form(search)
    if rows.heads() and order in {"artist", "album"}:
        return _halving_heads(rows, wanted, order, descending)
    if not rows.heads() and order in {"title", "artist", "album"}:
        return _halving(rows, wanted, order, descending)
    return _next_title(rows, wanted, start)


def _halving(rows: TrackTableModel, wanted: str, order: TrackOrder | None, descending: bool) -> int:
    low, high = 0, rows.rowCount()
    while low < high:
        middle = (low + high) // 2
        before = _sort_text(rows.track(middle), order)[: len(wanted)]
        if (before > wanted) if descending else (before < wanted):
            low = middle + 1
        else:
            high = middle
    found = low < rows.rowCount() and _sort_text(rows.track(low), order).startswith(wanted)
    return low if found else -1


def _halving_heads(rows: TrackTableModel, wanted: str, order: TrackOrder | None, descending: bool) -> int:
    """Headings stand in the order of the first track below them."""
    heads = rows.heads()
    low, high = 0, len(heads)

    def begins(at: int) -> str:
        return _sort_text(rows.track(rows.rows_under(heads[at])[0]), order)

    while low < high:
        middle = (low + high) // 2
        before = begins(middle)[: len(wanted)]
        if (before > wanted) if descending else (before < wanted):
            low = middle + 1
        else:
            high = middle
    return rows.rows_under(heads[low])[0] if low < len(heads) and begins(low).startswith(wanted) else -1


def _sort_text(track: Track | None, order: TrackOrder | None) -> str:
    if track is None:
        return ""
    if order == "artist":
        return sort_form(track.album_artist or track.artist)
    return sort_form(track.album if order == "album" else track.title)


def _next_title(rows: TrackTableModel, wanted: str, start: int) -> int:
    count = rows.rowCount()
    for step in range(min(count, _SEARCHED)):
        track = rows.track((start + step) % count)
        if track is not None and sort_form(track.title).startswith(wanted):
            return (start + step) % count
    return -1
