"""Tables with something hidden: what a model may learn from, what it is told of each row, what it should find.

Nothing hidden is in what is learnt from: no hidden cell in ``train`` or ``given``, and in a split by time no event at
or after the cut. All splits keep the columns of the whole table, so that no item is given away by being there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from recommender.arrays import Bools, Ints
from recommender.loaders.log import DataError, Log

HIDDEN_SHARE = 0.2
LEAST_ITEMS = 2
"""Users with fewer items have nothing that could be hidden."""


@dataclass(frozen=True, slots=True, eq=False)
class TableSplit:
    """One split. All are CSR float32 over the same columns; row i of ``given`` and of ``truth`` is ``users[i]``."""

    name: str
    train: Any
    """(n_training_rows, n_items): for the fit."""
    given: Any
    """(n_users, n_items): what is known of each user who is asked about; never recommended."""
    truth: Any
    """(n_users, n_items): what is hidden; every row has some."""
    users: Ints
    """Numbers of these users in the log."""

    def take(self, rows: NDArray[Any]) -> "TableSplit":
        """The same fit, with only some of the users asked about."""
        return TableSplit(self.name, self.train, self.given[rows], self.truth[rows], self.users[rows])


def random_split(log: Log, rng: np.random.Generator) -> TableSplit:
    """Hides a fifth of each user's items, at random. The fit sees everybody's rest."""
    table = log.table()
    return _split("random", table, _hidden_at_random(table, rng))


def leave_one_out(log: Log, rng: np.random.Generator) -> TableSplit:
    """Hides one item of each user: the one met last for the first time, or without times a random one."""
    table = log.table()
    keys = rng.random(table.nnz) if log.at_s is None else _first_times(log, table).astype(np.float64)
    order = _order_in_rows(table, keys, rng)
    lengths = np.diff(table.indptr)
    hidden = np.zeros(table.nnz, dtype=bool)
    hidden[order[table.indptr[1:][lengths >= LEAST_ITEMS] - 1]] = True
    return _split("leave-one-out", table, hidden)


def temporal_split(log: Log, rng: np.random.Generator) -> TableSplit:
    """One cut in time for all: the fit sees what came before; hidden is what each user first met from the cut on."""
    del rng
    cut = cut_time(log)
    events = log.events()
    if events.at_s is None or log.at_s is None:
        raise DataError(f"{log.name} has no times: the temporal split needs them.")
    before = log.take(log.at_s < cut).table()
    after = log.take(log.at_s >= cut).table()
    both = _pattern(before) + 2 * _pattern(after)
    new = both.tocsr()
    new.data = np.where(new.data == 2, 1, 0).astype(np.float32)
    new.eliminate_zeros()
    new.sort_indices()
    users = np.flatnonzero((np.diff(before.indptr) > 0) & (np.diff(new.indptr) > 0)).astype(np.int64)
    return _asked("temporal", before, before, csr_array(new, dtype=np.float32), users)


def listener_split(log: Log, rng: np.random.Generator) -> TableSplit:
    """Hides a fifth of the users from the fit; of each, four fifths are given and the rest is to be found."""
    table = log.table()
    n_users = table.shape[0]
    able = np.flatnonzero(np.diff(table.indptr) >= LEAST_ITEMS)
    if len(able) < 2:
        raise DataError(f"{log.name} has {n_users} users: hiding whole listeners needs more.")
    out = np.sort(rng.permutation(able)[: max(1, round(HIDDEN_SHARE * len(able)))])
    staying = np.setdiff1d(np.arange(n_users), out)
    part = _split("listener", table[out], _hidden_at_random(table[out], rng))
    return TableSplit("listener", table[staying], part.given, part.truth, out[part.users].astype(np.int64))


def cut_time(log: Log) -> int:
    """The time before which four fifths of the events lie; the first event of the rest is at or after it."""
    if log.at_s is None:
        raise DataError(f"{log.name} has no times: the temporal split needs them.")
    at_s = log.events().at_s
    if at_s is None or len(at_s) == 0 or at_s.min() == at_s.max():
        raise DataError(f"{log.name} has all its events at one time: nothing lies before or after.")
    cut = int(np.quantile(at_s, 1 - HIDDEN_SHARE, method="higher"))
    return cut if cut > int(at_s.min()) else cut + 1


SPLITS: dict[str, Callable[[Log, np.random.Generator], TableSplit]] = {
    "random": random_split,
    "leave-one-out": leave_one_out,
    "temporal": temporal_split,
    "listener": listener_split,
}


def split_table(name: str, log: Log, rng: np.random.Generator, max_users: int | None = None) -> TableSplit:
    """A split by name, with at most ``max_users`` asked about (drawn at random). DataError where nothing is hidden."""
    if log.n_items < 2:
        raise DataError(f"{log.name} has {log.n_items} item: there is nothing to rank.")
    found = SPLITS[name](log, rng)
    if len(found.users) == 0:
        raise DataError(f"{log.name} has no user with something to hide in the {name} split.")
    if max_users is not None and len(found.users) > max_users:
        found = found.take(np.sort(rng.choice(len(found.users), max_users, replace=False)))
    return found


def _hidden_at_random(table: Any, rng: np.random.Generator) -> Bools:
    """Which cells to hide, (nnz,): a fifth of each row, at least one where a row has two, never all."""
    lengths = np.diff(table.indptr)
    share = np.maximum(np.round(HIDDEN_SHARE * lengths), 1).astype(np.int64) * (lengths >= LEAST_ITEMS)
    order = _order_in_rows(table, rng.random(table.nnz), rng)
    place = np.arange(table.nnz) - np.repeat(table.indptr[:-1], lengths)
    hidden = np.zeros(table.nnz, dtype=bool)
    hidden[order[place < np.repeat(share, lengths)]] = True
    return hidden


def _order_in_rows(table: Any, keys: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    """Cells by row, then by rising key, ties at random, (nnz,)."""
    owner = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    return np.lexsort((rng.random(table.nnz), keys, owner)).astype(np.int64)


def _first_times(log: Log, table: Any) -> Ints:
    """When each cell's user first met its item, (nnz,) in the order of the cells."""
    events = log.events()
    at_s = np.zeros(0, dtype=np.int64) if events.at_s is None else events.at_s
    keys = events.user * log.n_items + events.item
    order = np.lexsort((at_s, keys))
    known, first = np.unique(keys[order], return_index=True)
    owner = np.repeat(np.arange(table.shape[0], dtype=np.int64), np.diff(table.indptr))
    cells = owner * log.n_items + table.indices
    return np.asarray(at_s[order][first][np.searchsorted(known, cells)], dtype=np.int64)


def _split(name: str, table: Any, hidden: Bools) -> TableSplit:
    """The cells of ``table`` parted in two; users without hidden cells are not asked about."""
    train, truth = _cells(table, ~hidden), _cells(table, hidden)
    users = np.flatnonzero(np.diff(truth.indptr)).astype(np.int64)
    return _asked(name, train, train, truth, users)


def _asked(name: str, train: Any, given: Any, truth: Any, users: Ints) -> TableSplit:
    return TableSplit(name, train, given[users], truth[users], users)


def _cells(table: Any, kept: Bools) -> Any:
    indptr = np.concatenate([[0], np.cumsum(kept)])[table.indptr]
    return csr_array((table.data[kept], table.indices[kept], indptr), shape=table.shape)


def _pattern(table: Any) -> Any:
    return csr_array((np.ones(table.nnz, dtype=np.int8), table.indices, table.indptr), shape=table.shape)
