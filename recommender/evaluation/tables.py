"""Table algorithms on a split: fit once, recommend for all who are asked about, measure."""

from collections.abc import Sequence

import numpy as np

from recommender.algorithms.table import TableAlgorithm
from recommender.arrays import Floats, Ints
from recommender.evaluation import metrics
from recommender.evaluation.cost import Stopwatch
from recommender.evaluation.results import Measured
from recommender.evaluation.splits import TableSplit
from recommender.interactions import Interactions

STANDARD = (("ndcg", 10), ("recall", 20))
"""Measured whatever k is asked for."""
DIVERSITY_COST = 200_000_000
"""Users of the items of all lists together that diversity may look at."""
LABELS = {
    "ndcg": "nDCG", "recall": "Recall", "precision": "Precision", "f1": "F1", "map": "MAP", "mrr": "MRR",
    "hr": "Hit rate", "novelty": "Novelty, bits", "diversity": "Diversity inside a list",
    "coverage": "Share of the catalogue shown", "gini": "Gini of exposure",
}  # fmt: skip


def evaluate_table(algorithm: TableAlgorithm, split: TableSplit, ks: Sequence[int]) -> Measured:
    """One algorithm's numbers. Time and memory are those of the fit and of the recommending, not of the measuring."""
    longest = max([*ks, *(k for _, k in STANDARD)])
    watch = Stopwatch()
    algorithm.fit(Interactions.from_matrix(split.train))
    fit_s = watch.seconds()
    lists, _ = algorithm.recommend(split.given, longest)
    seconds, memory_mb = watch.seconds() - fit_s, watch.memory_mb()
    return Measured(
        algorithm.name,
        algorithm.params(),
        by_user(lists, split, ks),
        whole(lists, split, ks),
        fit_s,
        1000 * seconds / max(len(lists), 1),
        memory_mb,
        len(lists),
    )


def by_user(lists: metrics.Lists, split: TableSplit, ks: Sequence[int]) -> dict[str, Floats]:
    """Measures that each user has: every one at every k, novelty and diversity too."""
    hits = metrics.hits_of(lists, split.truth)
    found = {f"{name}@{k}": metrics.BY_USER[name](hits, k) for name, k in STANDARD}
    for k in ks:
        found |= {f"{name}@{k}": measure(hits, k) for name, measure in metrics.BY_USER.items()}
    n_users, n_items = split.train.shape
    owners = np.bincount(split.train.indices, minlength=n_items).astype(np.int64)
    for k in ks:
        found[f"novelty@{k}"] = metrics.novelty(lists, owners, n_users, k)
        found[f"diversity@{k}"] = _diversity(lists, split, owners, k)
    return found


def _diversity(lists: metrics.Lists, split: TableSplit, owners: Ints, k: int) -> Floats:
    """Diversity, NaN for the lists that are left out where all would cost too much: then every so many is measured."""
    top = lists[:, :k]
    cost = float(np.where(top == metrics.NOBODY, 0, owners[top]).sum())
    chosen = np.arange(0, len(lists), max(1, int(np.ceil(cost / DIVERSITY_COST))))
    found = np.full(len(lists), np.nan)
    found[chosen] = metrics.diversity(top[chosen], split.train, k)
    return found


def whole(lists: metrics.Lists, split: TableSplit, ks: Sequence[int]) -> dict[str, float]:
    """Measures of all lists together, at every k: coverage and Gini of exposure."""
    found = {}
    for k in ks:
        shown = metrics.exposure(lists, split.train.shape[1], k)
        found[f"coverage@{k}"] = metrics.coverage(shown)
        found[f"gini@{k}"] = metrics.gini(shown)
    return found
