"""Tracks under headings of albums: a heading stands in the list as two rows whose number is no track's.

It takes rows of the same height as every other, so that a million of them need no more arithmetic than before.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId

HEAD_ROWS: Final = 2
_OF_TRACKS: Final[frozenset[TrackOrder]] = frozenset({"title", "duration", "rating"})
"""Orders that are a track's own: they go on inside an album. In the others the record's own order does."""

ByAlbum = Callable[[Sequence[TrackId] | None], Iterable[tuple[TrackId, AlbumKey]]]
"""Tracks with their album, those of an album together and in the order of the record; without ids, all of them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in each row: the id of a track, or less than 0 for a heading, minus the first track below it."""

    ids: "array[int]"
    heads: "array[int]" = field(default_factory=lambda: array("q"))
    """The first row of each heading."""


def by_albums(
    ids: Sequence[int], order: TrackOrder | None, albums: Iterable[tuple[TrackId, AlbumKey]], *, whole: bool
) -> Rows:
    """Albums come in the order in which their first track came. ``whole``: ``ids`` are all there are.

    Tracks of no album stand where they stood, one heading over those that follow one another.
    """
    number_of, members, keys = _albums_of(albums, None if whole else set(ids))
    inside = order in _OF_TRACKS
    made, heads, written, last = array("q"), array("q"), [False] * len(members), -1
    if inside:
        members = _in_order(ids, number_of, len(members))
    for track_id in ids:
        number = number_of.get(track_id, -1)
        loose = number < 0 or not keys[number]
        if (loose and last != -2) or (not loose and not written[number]):
            first = track_id if loose else members[number][0]
            heads.append(len(made))
            made.extend((-first, -first))
        if loose:
            made.append(track_id)
            last = -2
        elif not written[number]:
            made.extend(members[number])
            written[number], last = True, number
    return Rows(made, heads)


def _albums_of(
    albums: Iterable[tuple[TrackId, AlbumKey]], wanted: set[int] | None
) -> tuple[dict[int, int], list["array[int]"], list[AlbumKey]]:
    number_of: dict[int, int] = {}
    members: list[array[int]] = []
    keys: list[AlbumKey] = []
    before: AlbumKey | None = None
    for track_id, key in albums:
        if wanted is not None and track_id not in wanted:
            continue
        if key != before:
            before = key
            keys.append(key)
            members.append(array("q"))
        number_of[track_id] = len(keys) - 1
        members[-1].append(track_id)
    return number_of, members, keys


def _in_order(ids: Sequence[int], number_of: dict[int, int], count: int) -> list["array[int]"]:
    members = [array("q") for _ in range(count)]
    for track_id in ids:
        number = number_of.get(track_id, -1)
        if number >= 0:
            members[number].append(track_id)
    return members
