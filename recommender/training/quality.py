"""Whether a community's model helps listeners it was not made from to find what they have not heard.

Half of what each listener held out has, drawn at random, is shown to the model; the rest is to be found among all that
is not shown. Beside it stands what most listeners have: the least a model must beat.
"""

import numpy as np

from recommender.arrays import Floats
from recommender.community import Community, beside_largest
from recommender.training.counted import Cells

LEAST_ITEMS = 10
MOST_ASKED = 300
K = 10


def quality(model: Community, held: Cells, seed: int = 0, shows: int | None = None) -> dict[str, float]:
    """nDCG@10 of the model and of popularity, and how often better it is; empty where nobody can be asked.

    ``shows``: so many recordings of each are shown in place of half of them: somebody who has just begun.

    The model's score of an item: the roots of its neighbours' votes and of its factors' score, each beside the
    largest, added, as ``algorithms.community`` has them. Cost: listeners * recordings * factors.
    """
    rng = np.random.default_rng(seed)
    starts = np.searchsorted(held.listener, np.arange(held.n_listeners + 1))
    able = np.flatnonzero(np.diff(starts) >= LEAST_ITEMS)
    asked = rng.permutation(able)[:MOST_ASKED]
    ours, popular = [], []
    for listener in np.sort(asked).tolist():
        items = held.item[starts[listener] : starts[listener + 1]]
        plays = held.plays[starts[listener] : starts[listener + 1]]
        shown = np.zeros(len(items), dtype=bool)
        shown[rng.permutation(len(items))[: len(items) // 2 if shows is None else shows]] = True
        counts = np.zeros(len(model))
        counts[items[shown]] = plays[shown]
        truth = np.zeros(len(model), dtype=bool)
        truth[items[~shown]] = True
        ours.append(_ndcg(scores(model, counts), counts, truth))
        popular.append(_ndcg(model.holders.astype(np.float64), counts, truth))
    if not ours:
        return {}
    return {
        "Listeners asked": float(len(ours)),
        "Never heard, nDCG@10": float(np.mean(ours)),
        "Never heard, nDCG@10 of what most have": float(np.mean(popular)),
    }


def scores(model: Community, counts: Floats) -> Floats:
    """float64 (n,): how much the model has to say for each to one who played these."""
    parts = (model.near.votes(np.log1p(counts)), model.folded(counts).scores())
    return np.asarray(sum(beside_largest(part, counts == 0) for part in parts))


def _ndcg(said: Floats, counts: Floats, truth: np.ndarray) -> float:
    said = np.where(counts > 0, -np.inf, said)
    best = np.argpartition(-said, min(K, len(said) - 1))[:K]
    best = best[np.argsort(-said[best], kind="stable")]
    gains = 1.0 / np.log2(np.arange(len(best)) + 2)
    return float(gains[truth[best]].sum() / gains[: min(int(truth.sum()), K)].sum())
