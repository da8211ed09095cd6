"""What many listeners would suggest of what is not in the library: recordings of a community's model, by its signals.

The same signals as for what was never heard (``algorithms.community``), over the model's rows instead of the library's
columns. They stand apart from what can be played, so nothing here meets the listener's own scores.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.algorithms.base import NOTHING
from recommender.algorithms.blend import DISCOVER
from recommender.arrays import Bools, Floats, Ints
from recommender.community import NOBODY, Community, Folded, beside_largest
from recommender.history import History

ARTIST_CAP = 2
"""So many of one artist are in a list."""
SIGNALS = ("near", "factors", "near_artist", "own_artist", "holders")
_DECAY = 0.8


@dataclass(frozen=True, slots=True)
class Beyond:
    """A row of the model, its score, and what speaks loudest for it."""

    row: int
    score: float
    signal: str
    because: int = NOTHING
    """A column of the library: the one whose listens speak loudest for it; NOTHING where none does."""
    count: int = 0
    """Listens of that column, or of the artist; for ``holders`` how many have it."""


def beyond(model: Community, rows: Ints, history: History, now_s: float, open_to: Bools, n: int = 20) -> list[Beyond]:
    """At most ``n`` rows of ``open_to`` (n_rows,), best first; none where no listen is of a recording the model knows.

    ``rows``: which row each column of the history is, NOBODY for none. O(rows * factors + listens * k).
    """
    speaker = _Speakers(model, rows, history, now_s)
    open_to = open_to & ~np.isin(np.arange(len(model)), rows)
    if not speaker.counts.any() or not open_to.any():
        return []
    values = {name: DISCOVER[name] * beside_largest(speaker.value(name), open_to) for name in SIGNALS}
    total = np.where(open_to, sum(values.values(), np.zeros(len(model))), -np.inf)
    personal = total - values["holders"]
    order = np.argsort(-total, kind="stable")
    picked: list[int] = []
    of_artist: dict[int, int] = {}
    for row in order.tolist():
        if len(picked) == n or not open_to[row]:
            break
        artist = int(model.artist[row])
        if personal[row] <= 0 or (artist != NOBODY and of_artist.get(artist, 0) >= ARTIST_CAP):
            continue
        of_artist[artist] = of_artist.get(artist, 0) + 1
        picked.append(row)

    shares = [{name: float(values[name][row]) for name in SIGNALS} for row in picked]
    return [speaker.found(row, float(total[row]), share) for row, share in zip(picked, shares, strict=True)]


class _Speakers:
    """One listener's listens as numbers of the model's rows and artists."""

    def __init__(self, model: Community, rows: Ints, history: History, now_s: float) -> None:
        self._model, self._rows, self._history = model, rows, history
        self._listens = history.tallies.listens
        known = np.flatnonzero((rows != NOBODY) & (self._listens > 0))
        self.counts = np.bincount(rows[known], self._listens[known], len(model)).astype(np.float64)
        self._artist_of = np.full(history.columns.n_artists + 1, NOBODY, dtype=np.int64)
        named = np.flatnonzero((rows != NOBODY) & (history.columns.artist >= 0))
        named = named[model.artist[rows[named]] != NOBODY]
        self._artist_of[history.columns.artist[named]] = model.artist[rows[named]]
        levels = history.artist_level(now_s, _DECAY)
        heard = np.flatnonzero(self._artist_of[:-1] != NOBODY)
        size = len(model.near_artists.places)
        self._own = np.bincount(self._artist_of[heard], levels[heard], size).astype(np.float64)
        self._weights = np.bincount(self._artist_of[heard], np.sqrt(levels[heard]), size).astype(np.float64)

    @cached_property
    def _folded(self) -> Folded:
        """The listener among the factors: worked out once for all rows."""
        return self._model.folded(self.counts)

    def value(self, name: str) -> Floats:
        """One signal of each row, float64 (n,)."""
        model = self._model
        match name:
            case "near":
                return model.near.votes(np.log1p(self.counts))
            case "factors":
                return self._folded.scores()
            case "own_artist":
                return self._of_rows(self._own)
            case "near_artist":
                return self._of_rows(model.near_artists.votes(self._weights))
        return np.asarray(np.log(np.maximum(model.holders, 1)) / np.log(max(model.n_listeners, 2)), dtype=np.float64)

    def _of_rows(self, of_artists: Floats) -> Floats:
        return np.asarray(np.append(of_artists, 0.0)[self._model.artist], dtype=np.float64)

    def found(self, row: int, score: float, shares: dict[str, float]) -> Beyond:
        """The row with the loudest of its signals that can name something; a pair first, as it says most."""
        for name in sorted(SIGNALS, key=lambda name: -shares[name]):
            if name == "holders" or shares[name] <= 0:
                continue
            because, count = self._because(name, row)
            if because != NOTHING and count > 0:
                return Beyond(row, score, name, because, count)
        return Beyond(row, score, "holders", NOTHING, int(self._model.holders[row]))

    def _because(self, name: str, row: int) -> tuple[int, int]:
        wanted = np.array([row], dtype=np.int64)
        if name in {"near_artist", "own_artist"}:
            artist = int(self._model.artist[row])
            if artist == NOBODY:
                return NOTHING, 0
            if name == "near_artist":
                code = self._model.near_artists.loudest(np.array([artist], dtype=np.int64), self._weights)
                artist = int(code[0])
            of_column = self._artist_of[self._history.columns.artist]
            return self._most_heard(np.flatnonzero(of_column == artist) if artist != NOBODY else wanted[:0])
        if name == "near":
            place = int(self._model.near.loudest(wanted, np.log1p(self.counts))[0])
        else:
            place = int(self._folded.loudest(wanted)[0])
        return self._most_heard(np.flatnonzero(self._rows == place) if place != NOBODY else wanted[:0])

    def _most_heard(self, columns: Ints) -> tuple[int, int]:
        if len(columns) == 0:
            return NOTHING, 0
        best = int(columns[np.argmax(self._listens[columns])])
        return best, int(self._listens[best])
