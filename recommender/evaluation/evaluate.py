"""The whole run: data, split, algorithms, results."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.algorithms.on_sessions import OnSessions
from recommender.algorithms.registry import ALGORITHMS, TABLES
from recommender.arrays import Ints
from recommender.evaluation import discovery, listeners, ratings, tables
from recommender.evaluation.moments import MOMENTS, Life
from recommender.evaluation.rankers import LISTENER, OfListener, Ranker
from recommender.evaluation.results import HEADLINE, Evaluation, Measured, summed_up
from recommender.evaluation.splits import split_table
from recommender.loaders.log import DataError, Log

SESSIONS = "sessions"
DISCOVERY = "discovery"
SPLIT_NAMES = ("random", "leave-one-out", "temporal", SESSIONS, "listener", DISCOVERY)
ALL = "all"
SHOWN = ("ndcg@10", "recall@20", "map@10", "mrr@10", "hr@10", "coverage@10", "novelty@10", "diversity@10")

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be run."""

    algorithms: tuple[str, ...] = (ALL,)
    split: str = "random"
    ks: tuple[int, ...] = (10, 20)
    seed: int = 0
    max_users: int | None = None
    moments: int = MOMENTS


def names_of(choices: Choices) -> list[str]:
    """The algorithms meant, each once. A ValueError names those that do not exist, and what there is."""
    if choices.split == DISCOVERY:
        return discovery.names_of(discovery.ROWS if ALL in choices.algorithms else choices.algorithms)
    known = [*ALGORITHMS, LISTENER] if choices.split == SESSIONS else list(TABLES)
    extra = [name for name in TABLES if name not in known] if choices.split == SESSIONS else []
    if ALL in choices.algorithms:
        return known
    if unknown := [name for name in choices.algorithms if name not in [*known, *extra]]:
        raise ValueError(
            f"no algorithm is called {', '.join(unknown)}; for this split there are {', '.join(known + extra)}"
        )
    return list(dict.fromkeys(choices.algorithms))


def evaluate(log: Log, data: str, choices: Choices, told: Told = lambda _text: None) -> Evaluation:
    """Runs the algorithms one after the other; ``told`` hears of each as it begins.

    Raises:
        DataError: the data does not fit the split, or no algorithm could be run on it.
        ValueError: an algorithm or split does not exist.
    """
    if choices.split not in SPLIT_NAMES:
        raise ValueError(f"there is no split {choices.split}; there are {', '.join(SPLIT_NAMES)}")
    names = names_of(choices)
    run = {SESSIONS: _sessions, DISCOVERY: _discovery}.get(choices.split, _tables)
    return run(log, data, choices, names, told)


def _tables(log: Log, data: str, choices: Choices, names: Sequence[str], told: Told) -> Evaluation:
    split = split_table(choices.split, log, np.random.default_rng(choices.seed), choices.max_users)
    measured: list[Measured] = []
    notes = list(log.notes)
    for name in names:
        told(name)
        try:
            found = tables.evaluate_table(TABLES[name](), split, choices.ks)
            if log.rating is not None:
                found = ratings.with_errors(found, TABLES[name], log, choices.seed)
        except (ValueError, MemoryError, np.linalg.LinAlgError) as error:
            notes.append(f"{name} could not be run: {str(error) or 'not enough memory'}.")
            continue
        measured.append(found)
    if not measured:
        raise DataError(" ".join(notes) or f"{log.name} gave no result.")
    shown = tuple(name for name in SHOWN if name in measured[0].by_user or name in measured[0].whole)
    shown += tuple(name for name in ("rmse", "mae") if name in measured[0].whole)
    results = summed_up(measured, choices.seed)
    return Evaluation(data, choices.split, HEADLINE, shown, results, tuple(notes), _labels(tables.LABELS, choices.ks))


def _sessions(log: Log, data: str, choices: Choices, names: Sequence[str], told: Told) -> Evaluation:
    if not log.has_plays:
        raise DataError(f"{log.name} has no plays with times: the sessions split needs them.")
    users = _some_users(log, choices)
    told(f"{len(users)} listeners, {len(names)} algorithms")
    measured, asked = listeners.evaluate_listeners(
        _lives(log, users), [_maker(name) for name in names], choices.ks, choices.seed, choices.moments
    )
    if not measured:
        raise DataError(f"{log.name} has no listener with plays enough to ask about.")
    of_whom = f"{listened} listeners" if (listened := measured[0].users) > 1 else "one listener, each counted by itself"
    notes = (*log.notes, f"{asked:,} moments of {of_whom}.")
    headline = "next_session_ndcg@10"
    if not np.isfinite(measured[0].by_user[headline]).any():
        headline = next((name for name in listeners.SHOWN if np.isfinite(measured[0].by_user[name]).any()), headline)
    results = summed_up(measured, choices.seed, headline)
    return Evaluation(data, choices.split, headline, listeners.SHOWN, results, notes, listeners.LABELS)


def _discovery(log: Log, data: str, choices: Choices, names: Sequence[str], told: Told) -> Evaluation:
    if not log.has_plays:
        raise DataError(f"{log.name} has no plays with times: the discovery split needs them.")
    if log.n_users < 2:
        raise DataError(f"{log.name} has one listener: discovery needs others to learn from.")
    users = _some_users(log, choices)
    told(f"{len(users)} listeners, {len(names)} algorithms")
    measured, asked = discovery.evaluate_discovery(log, users, names, choices.ks, choices.seed, choices.moments)
    if not measured:
        raise DataError(f"{log.name} has no listener who found something that another has, a month before the end.")
    notes = (*log.notes, f"{asked:,} moments; each listener is left out of the community that is asked.")
    results = summed_up(measured, choices.seed)
    return Evaluation(data, choices.split, HEADLINE, discovery.SHOWN, results, notes, discovery.LABELS)


def _some_users(log: Log, choices: Choices) -> Ints:
    if choices.max_users is None or log.n_users <= choices.max_users:
        return np.arange(log.n_users)
    return np.sort(np.random.default_rng(choices.seed).choice(log.n_users, choices.max_users, replace=False))


def _lives(log: Log, users: np.ndarray) -> Iterator[Life]:
    return (Life.of_plays(plays, artist) for plays, artist in log.plays_by_user(users))


def _maker(name: str) -> Callable[[], Ranker]:
    if name == LISTENER:
        return OfListener
    if name in ALGORITHMS:
        return listeners.ranker_of(name, ALGORITHMS[name])
    return listeners.ranker_of(name, lambda: OnSessions(TABLES[name]))


def _labels(names: dict[str, str], ks: Sequence[int]) -> dict[str, str]:
    found = {f"{name}@{k}": f"{label}@{k}" for name, label in names.items() for k in {10, 20, *ks}}
    return {**found, "rmse": "RMSE of ratings", "mae": "MAE of ratings"}
