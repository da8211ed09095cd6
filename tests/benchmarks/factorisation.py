"""Listeners x artists (HetRec 2011 Last.fm): quality and fit time of the table algorithms, `implicit` beside them.

Needs the folder of the data set: SEGUE_HETREC. Random 80/20 inside each listener, hidden artists are relevant, what
was kept is not offered.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix

from recommender.algorithms.registry import TABLES
from recommender.algorithms.trial import hidden_apart
from recommender.interactions import Interactions
from recommender.weighting import Weighting
from tests.benchmarks.measure import Measurement

PROMISED = {"ensemble": (0.255, 0.291), "item_knn": (0.221, 0.0), "user_knn": (0.214, 0.0), "als": (0.229, 0.0)}


def hetrec(folder: Path) -> Any:
    """Play counts, CSR (1,892 listeners, 17,632 artists)."""
    counts = np.loadtxt(folder / "user_artists.dat", skiprows=1, dtype=np.int64)
    return Interactions.from_cells(counts[:, 0], counts[:, 1], counts[:, 2]).matrix


def a_made_table() -> Any:
    """Where the data set is not here: 1,900 listeners of 30 tastes, to see that it runs."""
    rng = np.random.default_rng(0)
    taste, held = rng.integers(0, 30, 1_900), rng.random((1_900, 3_000))
    likes = held < np.where(np.arange(3_000)[None, :] % 30 == taste[:, None], 0.25, 0.005)
    return csr_array((likes * rng.integers(1, 500, likes.shape)).astype(np.float32))


def quality(items: NDArray[Any], hidden: Any) -> tuple[float, float]:
    """nDCG@10 and recall@20, mean over listeners with something hidden."""
    gain = 1.0 / np.log2(np.arange(2.0, 12.0))
    found: list[tuple[float, float]] = []
    for row in np.flatnonzero(np.diff(hidden.indptr)):
        wanted = hidden.indices[hidden.indptr[row] : hidden.indptr[row + 1]]
        hits = np.isin(items[row, :20], wanted)
        found.append((hits[:10] @ gain / gain[: len(wanted)].sum(), hits.sum() / len(wanted)))
    ndcg, recall = np.mean(found, axis=0)
    return float(ndcg), float(recall)


def lines(name: str, items: Any, hidden: Any, fit_s: float) -> Iterator[Measurement]:
    """Three lines for one algorithm."""
    ndcg, recall = quality(items, hidden)
    least = PROMISED.get(name, (0.0, 0.0))
    promised = [f"at least {100 * value:.1f}" if value else "" for value in least]
    yield Measurement(f"{name}: nDCG@10, in hundredths", 100 * ndcg, "", promised[0])
    yield Measurement(f"{name}: recall@20, in hundredths", 100 * recall, "", promised[1])
    yield Measurement(f"{name}: fit", 1000 * fit_s, "ms")


def implicit_models(kept: Any) -> Iterator[tuple[str, Callable[[], Any], Any]]:
    """`implicit`'s counterparts: name, maker, and the table each is given."""
    near, als = import_module("implicit.nearest_neighbours"), import_module("implicit.als")
    log, bm25 = (csr_matrix(Weighting(scheme).fitted(kept).of(kept)) for scheme in ("log", "bm25"))
    yield "implicit cosine", lambda: near.CosineRecommender(K=200), log
    yield "implicit tfidf", lambda: near.TFIDFRecommender(K=200), csr_matrix(kept)
    yield "implicit bm25", lambda: near.BM25Recommender(K=200, K1=1.2, B=0.75), csr_matrix(kept)
    ours = TABLES["als"]().params()
    options = {"factors": ours["factors"], "iterations": ours["iterations"], "random_state": 0, "use_gpu": False}
    for penalty in (10.0, 30.0, 60.0):
        make = partial(als.AlternatingLeastSquares, regularization=penalty, alpha=1.0, **options)
        yield f"implicit als, regularization {penalty:.0f}", make, bm25


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Every table algorithm, then `implicit`'s where it is installed; ALS of both as a ratio of time."""
    folder = os.environ.get("SEGUE_HETREC")
    table = hetrec(Path(folder)) if folder else a_made_table()
    kept, hidden = hidden_apart(table, 0.2, 0)
    names = ("popularity", "als", "ease") if quick else tuple(TABLES)
    times: dict[str, float] = {}
    for name in names:
        begun = time.perf_counter()
        algorithm = TABLES[name]().fit_matrix(kept)
        times[name] = time.perf_counter() - begun
        yield from lines(name, algorithm.recommend(kept, 20)[0], hidden, times[name])
    if not find_spec("implicit"):
        return
    for name, make, given in implicit_models(kept):
        model = make()
        begun = time.perf_counter()
        model.fit(given, show_progress=False)
        times[name] = time.perf_counter() - begun
        items, _ = model.recommend(np.arange(kept.shape[0]), given, N=20)
        yield from lines(name, items, hidden, times[name])
    theirs = min(taken for name, taken in times.items() if name.startswith("implicit als"))
    yield Measurement("als: fit as a share of implicit's", 100 * times["als"] / theirs, "%", "at most 150")
