"""Discovery: what one listener hears for the first time, told from what the others have.

Each listener in turn is left out; the others are the community. At moments of the listener's own past (starts of
sessions after the first quarter) the plays before are known; to be found is what is heard (30 s or more) for the first
time in the next 30 days and that somebody of the community has; in question stands all that the community has and the
listener never played. Nothing the listener does after a moment is used. The community's plays are used whole, also
those later than the moment: its model is trained apart and fetched, and each clock of the shared data is moved by weeks
of its own, so that *later* between two listeners means nothing there.

Units are listeners (the mean over each one's moments); where one alone has moments, those are the units.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.base import Profile
from recommender.algorithms.blend import Blend
from recommender.algorithms.registry import TABLES
from recommender.algorithms.table import TableAlgorithm
from recommender.arrays import Bools, Floats, Ints
from recommender.catalogue import Catalogue
from recommender.community import Community, beside_largest
from recommender.evaluation import metrics
from recommender.evaluation.cost import Stopwatch
from recommender.evaluation.listeners import hits
from recommender.evaluation.moments import MOMENTS, WARM_SHARE, Life
from recommender.evaluation.rankers import LISTENER, best
from recommender.evaluation.results import Measured
from recommender.history import DAY_S, History
from recommender.listener import Listener
from recommender.loaders.log import Log
from recommender.moment import SHIPPED
from recommender.sessions import cut_runs, is_heard, run_numbers
from recommender.training.local import train
from recommender.weighting import Weighting

AHEAD_S = 30 * DAY_S
LEAST_HOLDERS = 1
LEAST_PLAYS = 40
LONGEST = 20
TABLE_ROWS = ("ease", "als")
ROWS = (
    "popularity",
    "session_item_knn",
    "same_artist",
    "item_knn",
    *TABLE_ROWS,
    "ease+artist+als",
    "community",
    LISTENER,
)
SHOWN = ("ndcg@10", "recall@20", "hr@10", "mrr@10")
LABELS = {
    "ndcg@10": "Discovery, nDCG@10",
    "recall@20": "Discovery, recall@20",
    "hr@10": "Discovery, hit rate@10",
    "mrr@10": "Discovery, MRR@10",
}


@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """All listeners but one, over the items of the whole log."""

    table: Any
    """CSR (n_listeners, n_items): plays that were no skip."""
    sessions: Any
    """CSR (n_sessions, n_items) of ones."""
    life: Life
    """Of the listener left out; columns are items of the log."""
    model: Community
    holders: Ints
    tables: dict[str, TableAlgorithm]


@dataclass(frozen=True, slots=True, eq=False)
class Now:
    """One moment of the listener left out."""

    place: int
    now_s: int
    history: History
    candidates: Bools
    truth: Ints


Row = Callable[[Others, Now], Floats]
"""Scores of all items at a moment, float64 (n_items,)."""


def same_artist(others: Others, now: Now) -> Floats:
    """How present the artist is in the listener's memory times how many have the item."""
    levels = np.append(now.history.artist_level(now.now_s, 0.8), 0.0)
    return np.asarray(levels[now.history.columns.artist] * others.holders)


def of_table(name: str) -> Row:
    """A table algorithm, fitted on the others, asked with the listener's plays so far."""

    def row(others: Others, now: Now) -> Floats:
        listens = now.history.tallies.listens
        scores = others.tables[name].scores(csr_array(listens[None, :].astype(np.float32)))
        return np.asarray(scores[0], dtype=np.float64)

    return row


def item_knn(others: Others, now: Now) -> Floats:
    """Cosine of listeners, log weights, all neighbours."""
    return _all_neighbours(Weighting("log").of(others.table), now)


def session_item_knn(others: Others, now: Now) -> Floats:
    """Cosine of sessions, all neighbours."""
    return _all_neighbours(others.sessions, now)


def popularity(others: Others, now: Now) -> Floats:
    """How many have it, then how often they played it."""
    del now
    return np.asarray(others.holders + 1e-9 * np.asarray(others.table.sum(axis=0)), dtype=np.float64)


def root_sum(others: Others, now: Now) -> Floats:
    """sqrt(score / max) of EASE, same artist and ALS, added."""
    parts = (of_table("ease"), same_artist, of_table("als"))
    return np.asarray(sum(beside_largest(row(others, now), now.candidates) for row in parts))


def of_blend(weights: str | dict[str, float]) -> Row:
    """The listener's ranker without product rules."""
    chosen = SHIPPED[weights] if isinstance(weights, str) else weights

    def row(others: Others, now: Now) -> Floats:
        rows = np.arange(len(others.model), dtype=np.int64)
        return Blend(chosen, community=(others.model, rows)).fit(now.history).scores(Profile(now.now_s))

    return row


SCORES: dict[str, Row] = {
    "popularity": popularity,
    "session_item_knn": session_item_knn,
    "same_artist": same_artist,
    "item_knn": item_knn,
    **{name: of_table(name) for name in TABLE_ROWS},
    "ease+artist+als": root_sum,
    "community": of_blend("discover"),
}


def names_of(wanted: Sequence[str]) -> list[str]:
    """The rows meant, each once; a ValueError says what there is."""
    if unknown := [name for name in wanted if name not in ROWS]:
        raise ValueError(f"no algorithm is called {', '.join(unknown)}; for this split there are {', '.join(ROWS)}")
    return list(dict.fromkeys(wanted))


def evaluate_discovery(
    log: Log, users: Ints, names: Sequence[str], ks: Sequence[int], seed: int, each: int = MOMENTS
) -> tuple[list[Measured], int]:
    """Each row's numbers and how many moments there were; nothing when there are not two listeners with moments.

    ``fit_s`` is the fit of the model or table on a community; ``recommend_ms`` one answer; memory that of the whole.
    """
    every_k = sorted({10, 20, *ks})
    lists: dict[str, list[list[Ints]]] = {name: [] for name in names}
    truths: list[list[Ints]] = []
    fit_s: dict[str, list[float]] = {name: [] for name in names}
    ask_s: dict[str, list[float]] = {name: [] for name in names}
    watch = Stopwatch()
    artist = _artists(log)
    table = log.table()
    for user, life in _lives(log, users, artist):
        moments = list(moments_of(life, _holders(table, user), np.random.default_rng([seed, user]), each))
        if not moments:
            continue
        others, seconds = _others(log, table, user, life, artist, names)
        truths.append([now.truth for now in moments])
        for name in names:
            begun = time.perf_counter()
            lists[name].append([_answer(name, others, now, max(every_k)) for now in moments])
            ask_s[name].append((time.perf_counter() - begun) / len(moments))
            fit_s[name].append(seconds.get(_needs(name), 0.0))
    if not truths:
        return [], 0
    memory = watch.memory_mb()
    return [
        Measured(
            name,
            _params(name),
            _measures(lists[name], truths, log.n_items, every_k),
            {},
            float(np.mean(fit_s[name])),
            1000 * float(np.mean(ask_s[name])),
            memory,
            len(truths),
        )
        for name in names
    ], sum(map(len, truths))


def moments_of(life: Life, holders: Ints, rng: np.random.Generator, each: int = MOMENTS) -> Iterator[Now]:
    """At most ``each`` moments drawn at random among those with something to find, by time."""
    at_s, items = life.plays.started_at_s, life.plays.item_id
    if len(at_s) < LEAST_PLAYS:
        return
    starts = np.flatnonzero(np.diff(life.runs, prepend=-1))
    able = starts[starts >= max(int(len(at_s) * WARM_SHARE), 1)]
    able = able[at_s[able] + AHEAD_S <= at_s[-1]]  # a month that is not over tells too little
    found: list[tuple[int, Bools, Ints]] = []
    for place in rng.permutation(able).tolist():
        candidates = holders >= LEAST_HOLDERS
        candidates[items[:place]] = False
        ahead = slice(place, int(np.searchsorted(at_s, at_s[place] + AHEAD_S)))
        heard = np.unique(items[ahead][life.heard[ahead]])
        truth = heard[candidates[heard]]
        if len(truth):
            found.append((place, candidates, truth))
        if len(found) == each:
            break
    for place, candidates, truth in sorted(found, key=lambda one: one[0]):
        history = History(life.columns, life.plays.take(np.arange(place)))
        yield Now(place, int(at_s[place]), history, candidates, truth)


def _all_neighbours(table: Any, now: Now) -> Floats:
    """Votes by cosine of log listens: rows @ X'X as (rows @ X') X, so that no pair is formed. O(nnz)."""
    lengths = np.sqrt(np.bincount(table.indices, table.data.astype(np.float64) ** 2, table.shape[1]))
    unit = 1.0 / np.maximum(lengths, 1e-12)
    likeness = table @ (np.log1p(now.history.tallies.listens) * unit)
    return np.asarray((likeness @ table) * unit, dtype=np.float64)


def _answer(name: str, others: Others, now: Now, n: int) -> Ints:
    if name != LISTENER:
        return best(SCORES[name](others, now), now.candidates, n)
    listener = Listener(others.life.catalogue)
    listener.load(others.life.plays.take(np.arange(now.place)))
    listener.use_community(others.model, np.arange(len(others.model)))
    away = np.flatnonzero(others.holders < LEAST_HOLDERS)
    found = listener.recommend("never", now.now_s, n, exclude=away.tolist())
    return np.array([one.item_id for one in found], dtype=np.int64)


def _others(
    log: Log, table: Any, user: int, life: Life, artist: Ints, names: Sequence[str]
) -> tuple[Others, dict[str, float]]:
    """What is fitted on all but one, and how long each fit took."""
    others = table[np.delete(np.arange(log.n_users), user)]
    seconds: dict[str, float] = {}
    begun = time.perf_counter()
    needed = {_needs(name) for name in names}
    sessions = (
        _sessions(log, user)
        if {"model", "session_item_knn"} & needed
        else csr_array((0, log.n_items), dtype=np.float32)
    )
    model = train(others if "model" in needed else others[:0], sessions, artist)
    seconds["model"] = time.perf_counter() - begun
    fitted: dict[str, TableAlgorithm] = {}
    for name in TABLE_ROWS:
        if name in names or "ease+artist+als" in names:
            begun = time.perf_counter()
            fitted[name] = TABLES[name]().fit_matrix(others)
            seconds[name] = time.perf_counter() - begun
    seconds["ease+artist+als"] = seconds.get("ease", 0.0) + seconds.get("als", 0.0)
    return Others(others, sessions, life, model, _holders(table, user), fitted), seconds


def _needs(name: str) -> str:
    return "model" if name in {"community", LISTENER} else name


def _holders(table: Any, user: int) -> Ints:
    """How many others have each item, (n_items,)."""
    mine = table.indices[table.indptr[user] : table.indptr[user + 1]]
    held = np.bincount(table.indices, minlength=table.shape[1])
    held[mine] -= 1
    return held.astype(np.int64)


def _sessions(log: Log, user: int) -> Any:
    """The sessions of all but one, CSR (n_sessions, n_items) of ones."""
    rows, items, so_far = [], [], 0
    for plays, _ in log.plays_by_user(np.delete(np.arange(log.n_users), user)):
        heard = is_heard(plays.played_ms, plays.duration_ms, plays.ended)
        runs = cut_runs(run_numbers(plays.started_at_s, plays.played_ms)[heard])
        rows.append(runs + so_far)
        items.append(plays.item_id[heard])
        so_far += int(runs[-1]) + 1 if len(runs) else 0
    row, item = np.concatenate([*rows, []]).astype(np.int64), np.concatenate([*items, []]).astype(np.int64)
    found = csr_array((np.ones(len(row), dtype=np.float32), (row, item)), shape=(so_far, log.n_items))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


def _artists(log: Log) -> Ints:
    """Artist of each item, dense codes from 0, -1 unknown, (n_items,)."""
    raw = np.full(log.n_items, -1, dtype=np.int64)
    if log.artist is not None:
        raw[log.item] = log.artist
    codes = np.full(log.n_items, -1, dtype=np.int64)
    codes[raw >= 0] = np.unique(raw[raw >= 0], return_inverse=True)[1]
    return codes


def _lives(log: Log, users: Ints, artist: Ints) -> Iterator[tuple[int, Life]]:
    """Each listener over all items of the log, so that a column is an item."""
    numbers, unknown = np.arange(log.n_items), np.full(log.n_items, -1)
    catalogue = Catalogue(numbers, numbers, artist, unknown, unknown, np.zeros_like(numbers), np.zeros_like(numbers))
    for user, (plays, _) in zip(users.tolist(), log.plays_by_user(users), strict=True):
        yield user, Life.of(plays, catalogue)


def _params(name: str) -> dict[str, Any]:
    if name in TABLE_ROWS:
        return dict(TABLES[name]().params())
    return dict(SHIPPED["discover"]) if name in {"community", LISTENER} else {}


def _measures(lists: list[list[Ints]], truths: list[list[Ints]], n_items: int, ks: Sequence[int]) -> dict[str, Floats]:
    """One number a listener; of one listener alone, one a moment."""
    found = [hits(said, truth, n_items) for said, truth in zip(lists, truths, strict=True)]
    by_name = {
        f"{name}@{k}": [measure(one, k) for one in found] for k in ks for name, measure in metrics.BY_USER.items()
    }
    if len(found) == 1:
        return {name: values[0] for name, values in by_name.items()}
    return {name: np.array([values.mean() for values in each]) for name, each in by_name.items()}
