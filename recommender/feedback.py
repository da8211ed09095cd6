"""What the listener said about suggestions: events that are only added, and what they come to at a moment.

The state is derived from the events each time, so that taking one back gives the identical list. A skip is no event:
it never bans a track.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from recommender.arrays import Bools, Codes
from recommender.history import DAY_S

NOT_NOW_S = 14 * DAY_S
LOVE = 0.5
"""Added to the score of what is loved."""
LESS = 0.5
"""What each *less like this* leaves of what comes from the artist and from sessions with the track."""
FROM_ARTIST = frozenset(
    {"artist", "own_artist", "session_artist", "artist_run", "taste_artist", "same_artist", "library_artist"}
)
FROM_SESSIONS = frozenset({"together", "follows", "continues"})


class Kind(StrEnum):
    """What was said; ``UNDO`` takes another event back."""

    LOVE = "love"
    NOT_NOW = "not_now"
    LESS = "less"
    NEVER_TRACK = "never_track"
    NEVER_ARTIST = "never_artist"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said about an item. ``undoes``: the id of the event that an ``UNDO`` takes back."""

    id: int
    kind: Kind
    item_id: int
    at_s: int
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Opinions:
    """What stands: columns and artist codes by what was said of them."""

    loved: frozenset[int] = frozenset()
    waiting: dict[int, int] = field(default_factory=dict)
    """Column to the time it was set aside."""
    less: dict[int, int] = field(default_factory=dict)
    """Column to how many times."""
    never: frozenset[int] = frozenset()
    never_artists: frozenset[int] = frozenset()

    def allowed(self, artists: Codes, now_s: float) -> Bools:
        """What may be offered at all, bool (n_columns,). ``artists``: code of each column."""
        free = np.ones(len(artists), dtype=bool)
        free[[*self.never, *(c for c, since in self.waiting.items() if since <= now_s < since + NOT_NOW_S)]] = False
        if self.never_artists:
            free &= ~np.isin(artists, list(self.never_artists))
        return free

    def kept(self, artists: Codes) -> tuple[dict[int, float], dict[int, float]]:
        """What *less* leaves: artist code to share, and column to share."""
        of_artist: dict[int, float] = {}
        of_column: dict[int, float] = {}
        for column, times in self.less.items():
            of_column[column] = LESS**times
            code = int(artists[column])
            if code >= 0:
                of_artist[code] = of_artist.get(code, 1.0) * LESS**times
        return of_artist, of_column


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that were not taken back, in order. An undo that was itself undone takes nothing back."""
    ordered = sorted(events, key=lambda event: event.id)
    gone: set[int] = set()
    for event in reversed(ordered):
        if event.kind is Kind.UNDO and event.undoes is not None and event.id not in gone:
            gone.add(event.undoes)
    return [event for event in ordered if event.kind is not Kind.UNDO and event.id not in gone]


def opinions(events: Iterable[Event], column_of: Callable[[int], int | None], artists: Codes) -> Opinions:
    """What the events come to; those of items that are not in the catalogue wait until they are."""
    loved: set[int] = set()
    waiting: dict[int, int] = {}
    less: dict[int, int] = {}
    never: set[int] = set()
    never_artists: set[int] = set()
    for event in standing(events):
        column = column_of(event.item_id)
        if column is None:
            continue
        if event.kind is Kind.LOVE:
            loved.add(column)
        elif event.kind is Kind.NOT_NOW:
            waiting[column] = max(event.at_s, waiting.get(column, event.at_s))
        elif event.kind is Kind.LESS:
            less[column] = less.get(column, 0) + 1
        elif event.kind is Kind.NEVER_ARTIST and int(artists[column]) >= 0:
            never_artists.add(int(artists[column]))
        else:
            never.add(column)
    return Opinions(frozenset(loved), waiting, less, frozenset(never), frozenset(never_artists))
