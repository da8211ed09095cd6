"""What is learned from: how often each listener listened to each recording, after cleaning. Both engines end here.

Left out, and counted: listens without a name or a time, told twice, cut short (under 30 s by the file's word, or since
the same listener's next began sooner). A listener gives at most ``most_items`` recordings (the most played) and
MOST_PLAYS plays of each; a recording or artist that fewer than ``least_listeners`` have is nobody's business and goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.arrays import Bools, Ints
from recommender.keys import NO_KEY, hashed
from recommender.training.listens import Listens
from recommender.training.resolve import Resolved, borders

SHORT_S = 30
SHORT_MS = 1000 * SHORT_S
MOST_PLAYS = 20
"""More plays of one recording by one listener say nothing new, and would make a listener loud."""

LATEST_S = 2**33 - 1
"""The year 2242; with the listener's number beside it a moment fits one integer."""

ENOUGH_LISTENERS = 100
"""Of fewer none is held out: they are all needed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a training run leaves out. ``until_s``: listens later than this, UTC seconds, cannot have happened."""

    until_s: int = LATEST_S
    least_listeners: int = 5
    most_items: int = 5_000
    held_out: int = 50
    """One listener of so many is not learned from but asked whether the model would have helped; 0: nobody."""

    def __post_init__(self) -> None:
        if not (0 < self.until_s <= LATEST_S and self.least_listeners >= 1 and self.most_items >= 1):
            raise ValueError("these rules leave nothing to learn from")

    def is_held_out(self, users: Sequence[str]) -> Bools:
        """Whether each listener is, by name: the same ones each time and everywhere."""
        if not self.held_out or len(users) < ENOUGH_LISTENERS:
            return np.zeros(len(users), dtype=bool)
        return np.asarray(hashed(users) % self.held_out == 0)


@dataclass(frozen=True, slots=True)
class Left:
    """How many listens were left out for which reason."""

    unread: int = 0
    nameless: int = 0
    impossible: int = 0
    twice: int = 0
    cut_short: int = 0

    def lines(self) -> list[str]:
        """One sentence a reason that left something out."""
        said = (
            (self.unread, "could not be read"),
            (self.nameless, "named no recording or no listener"),
            (self.impossible, "were at impossible times"),
            (self.twice, "were told twice"),
            (self.cut_short, "were cut short"),
        )
        return [f"{count:,} {why}." for count, why in said if count]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One row a listener and recording, by listener, then by recording."""

    listener: Ints
    """0..n-1."""
    item: Ints
    """Places in the model's recordings."""
    plays: Ints
    """1..MOST_PLAYS."""

    @property
    def n_listeners(self) -> int:
        """How many."""
        return int(self.listener.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What is left: ``cells`` to learn from, ``held`` of those who are asked."""

    cells: Cells
    held: Cells
    items: Ints
    """(n,): keys, ascending."""
    artist_of: Ints
    """(n,): places in ``artists``, -1 where its artist is left out or unknown."""
    artists: Ints
    """(m,): keys, ascending."""
    n_listens: int
    """Kept, before caps."""
    left: Left


def counted(listens: Listens, found: Resolved, rules: Rules) -> Counted:
    """Listens to counts. Cost: two sorts of the listens."""
    named = (listens.user >= 0) & (found.item >= 0)
    possible = (listens.at_s > 0) & (listens.at_s <= rules.until_s)
    rows = np.flatnonzero(named & possible)
    user, item, at_s = listens.user[rows].astype(np.int64), found.item[rows], listens.at_s[rows]
    moment = user << 33 | at_s  # a time is below 2**33
    order = np.lexsort((-listens.played_ms[rows], item, moment))
    moment, item, played_ms = moment[order], item[order], listens.played_ms[rows[order]]
    once = borders(moment, item)
    heard = _heard(moment[once], played_ms[once])
    left = Left(
        listens.unread, int((~named).sum()), int((named & ~possible).sum()), int((~once).sum()), int((~heard).sum())
    )
    both, plays = np.unique((moment[once] >> 33 << 32 | item[once])[heard], return_counts=True)
    user, key = both >> 32, found.keys[both & 0xFFFFFFFF]
    user, users = _by_name(user, listens.users)
    apart = rules.is_held_out(users)[user]
    return capped(user, key, plays, apart, found.keys, found.artist, int(heard.sum()), left, rules)


def _by_name(user: Ints, names: Sequence[str]) -> tuple[Ints, list[str]]:
    """Listeners numbered by name, so that neither files nor their order matter."""
    codes = sorted(set(user.tolist()), key=names.__getitem__)
    number = np.zeros(len(names), dtype=np.int64)
    number[codes] = np.arange(len(codes))
    return number[user], [names[code] for code in codes]


def _heard(moment: Ints, played_ms: Ints) -> Bools:
    """By listener and time: not cut short."""
    ahead = np.diff(moment, append=np.int64(1) << 62)  # another listener's next is 2**33 away less a life
    return np.asarray(np.where(played_ms >= 0, played_ms >= SHORT_MS, (ahead <= 0) | (ahead >= SHORT_S)))


def capped(
    user: Ints,
    key: Ints,
    plays: Ints,
    apart: Bools,
    keys: Ints,
    artist: Ints,
    n_listens: int,
    left: Left,
    rules: Rules,
) -> Counted:
    """The caps of one listener's say and the floors of who is named.

    Rows: one a listener and recording, in any order; ``apart``: of one held out. ``keys`` ascending, ``artist``: the
    artist's key of each.
    """
    order = np.lexsort((key, -plays, user))
    user, key, plays, apart = user[order], key[order], plays[order], apart[order]
    starts = np.flatnonzero(borders(user))
    place = np.arange(len(user)) - np.repeat(starts, np.diff(np.append(starts, len(user))))
    few = place < rules.most_items
    user, key, plays, apart = user[few], key[few], np.minimum(plays[few], MOST_PLAYS), apart[few]
    items, holders = np.unique(key[~apart], return_counts=True)
    items = items[holders >= rules.least_listeners]
    kept = np.isin(key, items)
    cells, held = (_cells(user[rows], key[rows], plays[rows], items) for rows in (kept & ~apart, kept & apart))
    of_key = artist[np.searchsorted(keys, items)]
    artists, artist_of = _artists(cells, of_key, rules.least_listeners)
    return Counted(cells, held, items, artist_of, artists, n_listens, left)


def _cells(user: Ints, key: Ints, plays: Ints, items: Ints) -> Cells:
    listener, item = np.unique(user, return_inverse=True)[1], np.searchsorted(items, key)
    order = np.lexsort((item, listener))
    return Cells(listener[order], item[order], plays[order])


def _artists(cells: Cells, of_key: Ints, least: int) -> tuple[Ints, Ints]:
    """The artists that enough listeners have, ascending, and the place of each recording's among them."""
    listener, artist = cells.listener, of_key[cells.item]
    order = np.lexsort((listener, artist))
    once = borders(artist[order], listener[order])
    artists, holders = np.unique(artist[order][once], return_counts=True)
    artists = artists[(holders >= least) & (artists != NO_KEY)]
    return artists, np.where(np.isin(of_key, artists), np.searchsorted(artists, of_key), -1)
