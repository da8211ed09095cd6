"""Listener algorithms at moments of real pasts: next session, rediscovery, next track."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.base import Algorithm
from recommender.arrays import Floats, Ints
from recommender.evaluation import metrics
from recommender.evaluation.cost import Stopwatch
from recommender.evaluation.moments import MOMENTS, QUESTIONS, Life, Moment, Question, moments_of
from recommender.evaluation.rankers import Answers, OfAlgorithm, Past, Ranker, answers_at
from recommender.evaluation.results import Measured

LONGEST = 20
LEAST_PLAYS = 40
"""A listener with fewer asks nothing."""
SPOKEN: dict[Question, str] = {"session": "next_session", "rediscover": "rediscovery", "next": "next_track"}
SHOWN = ("next_session_ndcg@10", "rediscovery_ndcg@10", "next_track_hr@20", "next_track_mrr@20")
LABELS = {
    "next_session_ndcg@10": "Next session, nDCG@10",
    "rediscovery_ndcg@10": "Rediscovery, nDCG@10",
    "next_track_hr@20": "Next track, hit rate@20",
    "next_track_mrr@20": "Next track, MRR@20",
}
ALIASES = {"ndcg@10": "next_session_ndcg@10", "recall@20": "next_session_recall@20"}

Cancelled = Callable[[], bool]


ByQuestion = dict[Question, dict[str, Floats]]
"""Measure by question and name, one number a moment."""


def ask(
    life: Life,
    moments: Sequence[Moment],
    rankers: Sequence[Ranker],
    n: int = LONGEST,
    cancelled: Cancelled = lambda: False,
) -> list[Answers] | None:
    """What each ranker says at each moment (by place); None when cancelled. The past is built once a place."""
    answers = [Answers([], [], []) for _ in rankers]
    for place, group in groupby(moments, key=lambda moment: moment.place):
        here = list(group)
        past = Past.before(life, place, here[0].now_s)
        asked = [(moment.question, life.candidates(moment.question, place, moment.now_s)) for moment in here]
        for ranker, said in zip(rankers, answers, strict=True):
            if cancelled():
                return None
            answers_at(past, asked, ranker, n, said)
    return answers


def measures(moments: Sequence[Moment], lists: Sequence[Ints], n_columns: int, ks: Sequence[int]) -> ByQuestion:
    """Every measure at every k of each question's moments, one number a moment."""
    found: ByQuestion = {}
    for question in QUESTIONS:
        places = [place for place, moment in enumerate(moments) if moment.question == question]
        if places:
            met = hits([lists[place] for place in places], [moments[place].truth for place in places], n_columns)
            found[question] = {f"{name}@{k}": measure(met, k) for k in ks for name, measure in metrics.BY_USER.items()}
    return found


def evaluate_listeners(
    lives: Iterator[Life], make: Sequence[Callable[[], Ranker]], ks: Sequence[int], seed: int, each: int = MOMENTS
) -> tuple[list[Measured], int]:
    """Each ranker's numbers, one a listener (the mean over the listener's moments), and how many moments there were.

    A listener without a moment of a question has NaN there. Where there is one listener alone, the numbers are one a
    moment. ``fit_s`` is what taking in a past costs on average, without the arrays that all share; ``recommend_ms`` one
    answer; memory is what the listener with most plays needs.
    """
    every_k = sorted({10, 20, *ks})
    rankers = [one() for one in make]
    found: list[list[ByQuestion]] = [[] for _ in rankers]
    clocks = [Answers([], [], []) for _ in rankers]
    largest: Life | None = None
    asked = 0
    for number, life in enumerate(lives):
        moments = moments_of(life, np.random.default_rng([seed, number]), each)
        if not moments or len(life.plays) < LEAST_PLAYS:
            continue
        asked += len(moments)
        for row, clock, said in zip(found, clocks, ask(life, moments, rankers, max(every_k)) or [], strict=True):
            row.append(measures(moments, said.lists, len(life.columns), every_k))
            clock.learn_s.extend(said.learn_s)
            clock.rank_s.extend(said.rank_s)
        if largest is None or len(life.plays) > len(largest.plays):
            largest = life
    if largest is None:
        return [], 0
    parts = zip(rankers, found, clocks, (_memory_mb(one(), largest) for one in make), strict=True)
    return [_measured(ranker, row, clock, memory) for ranker, row, clock, memory in parts], asked


def ranker_of(name: str, kind: Callable[[], Algorithm]) -> Callable[[], Ranker]:
    """A maker of a ranker for an algorithm."""
    return lambda: OfAlgorithm(kind(), name)


def hits(lists: Sequence[Ints], truths: Sequence[Ints], n_columns: int) -> metrics.Hits:
    """Where lists of any lengths met the true answers of the same moments."""
    longest = max(1, *(len(one) for one in lists)) if lists else 1
    padded = np.full((len(lists), longest), metrics.NOBODY, dtype=np.int64)
    for row, one in enumerate(lists):
        padded[row, : len(one)] = one
    indptr = np.concatenate([[0], np.cumsum([len(truth) for truth in truths])])
    indices = np.concatenate([np.sort(truth) for truth in truths])
    return metrics.hits_of(padded, csr_array((np.ones(len(indices)), indices, indptr), shape=(len(lists), n_columns)))


def _measured(ranker: Ranker, found: list[ByQuestion], clock: Answers, memory_mb: float) -> Measured:
    by_user = _by_moment(found[0]) if len(found) == 1 else _by_listener(found)
    nobody = np.full(len(next(iter(by_user.values()))), np.nan)
    by_user = {alias: by_user.get(name, nobody) for alias, name in ALIASES.items()} | by_user
    by_user = dict.fromkeys(SHOWN, nobody) | by_user
    fit_s, recommend_ms = float(np.mean(clock.learn_s)), 1000 * float(np.mean(clock.rank_s))
    return Measured(ranker.name, ranker.params, by_user, {}, fit_s, recommend_ms, memory_mb, len(found))


def _by_listener(found: list[ByQuestion]) -> dict[str, Floats]:
    """One number a listener."""
    rows = [
        {
            f"{SPOKEN[question]}_{name}": float(values.mean())
            for question in one
            for name, values in one[question].items()
        }
        for one in found
    ]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: np.array([row.get(name, np.nan) for row in rows]) for name in names}


def _by_moment(found: ByQuestion) -> dict[str, Floats]:
    """One number a moment: those of each question after those of the one before, NaN elsewhere."""
    counts = [len(next(iter(by_name.values()))) for by_name in found.values()]
    rows: dict[str, Floats] = {}
    for begin, (question, by_name) in zip(np.cumsum([0, *counts[:-1]]), found.items(), strict=True):
        for name, values in by_name.items():
            rows[f"{SPOKEN[question]}_{name}"] = np.full(sum(counts), np.nan)
            rows[f"{SPOKEN[question]}_{name}"][begin : begin + len(values)] = values
    return rows


def _memory_mb(ranker: Ranker, life: Life) -> float:
    past = Past.before(life, len(life.plays), int(life.plays.started_at_s[-1]) + 1)
    candidates = life.candidates("next", past.place, past.now_s)
    watch = Stopwatch()
    ranker.learn(past)
    ranker.rank("next", past, candidates, LONGEST)
    return watch.memory_mb()
