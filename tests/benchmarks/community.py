"""A community's model on disk: its size at a million recordings, what an update costs, and what rounding loses.

Quality: listeners x artists (SEGUE_HETREC: the folder of HetRec 2011 Last.fm; a made table without it), one listener in
ten held out, the model with its numbers as trained beside the same read back from its file.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, read_model, write_model
from recommender.files.delta import apply_delta, make_delta
from recommender.training.counted import MOST_PLAYS, Cells
from recommender.training.likeness import Said, most_alike, says
from recommender.training.quality import quality
from tests.benchmarks.factorisation import a_made_table, hetrec
from tests.benchmarks.measure import Measurement

NONE = np.zeros(0, dtype=np.int64)
FACTORS = 32


def a_large_model(n: int) -> KeyedCommunity:
    """Factors and counts alone, as a model of a million has them."""
    rng = np.random.default_rng(0)
    keys = np.unique(rng.integers(0, 2**48, n + n // 1000))[:n]
    items = rng.standard_normal((n, FACTORS), dtype=np.float32)
    factors = Factors(items, 3.0, 200.0)
    community = Community.of(Near.none(n), np.floor(rng.pareto(0.8, n) * 5 + 5), 100_000, factors)
    return KeyedCommunity(community, keys, NONE, About(1, 100_000), NONE, NONE)


def changed(model: KeyedCommunity, share: float) -> KeyedCommunity:
    """So many rows other: a third of them gone, as many new, a third with other numbers."""
    rng = np.random.default_rng(1)
    n = len(model.keys)
    third = int(share * n / 3)
    some = rng.permutation(n)
    items = model.community.factors.items.copy()
    items[some[:third]] = rng.standard_normal((third, FACTORS), dtype=np.float32)
    keys = model.keys.copy()
    keys[some[third : 2 * third]] = np.setdiff1d(rng.integers(0, 2**48, 2 * third), keys)[:third]
    order = np.argsort(keys)
    factors = replace(model.community.factors, items=items[order], _gram=[])
    holders = model.community.holders[order]
    return replace(model, keys=keys[order], community=Community.of(Near.none(n), holders, 100_000, factors))


def on_disk(n: int) -> Iterator[Measurement]:
    """Size, time to read it, and the update."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        model = a_large_model(n)
        before = write_model(old, model)
        name = f"model of {n:,} recordings"
        yield Measurement(name, before.size_bytes / 1e6, "MB", "promised 45 at a million")
        begun = time.perf_counter()
        read_model(old, only=model.keys[:: max(n // 20_000, 1)], beyond=10_000)
        yield Measurement(f"{name}, read for a library of 20,000", time.perf_counter() - begun, "s")
        after = write_model(new, changed(model, 0.05))
        delta = make_delta(old, new) or b""
        begun = time.perf_counter()
        made = apply_delta(old / before.parts["core"].file, before, delta, after)
        took = time.perf_counter() - begun
        assert made == (new / after.parts["core"].file).read_bytes()
        yield Measurement(
            f"{name}, update of 5 % of the rows", len(delta) / 1e6, "MB", f"promised 10; put in {took:.1f} s"
        )


def rounding(table: Any, source: str) -> Iterator[Measurement]:
    """nDCG@10 of never heard, as trained and as read back."""
    table = csr_array(table)
    table.sort_indices()
    owner = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    plays = np.minimum(table.data, MOST_PLAYS).astype(np.int64)
    apart = owner % 10 == 0
    held = Cells(owner[apart] // 10, table.indices[apart].astype(np.int64), plays[apart])
    listener, item = owner[~apart], table.indices[~apart].astype(np.int64)
    keys = np.sort(np.random.default_rng(0).integers(0, 2**48, table.shape[1]))
    said = Said(listener, item, says(plays[~apart]), table.shape[0], keys)
    learned = csr_array((plays[~apart].astype(np.float32), (listener, item)), shape=table.shape)
    als = ALS(factors=FACTORS).fit_matrix(learned).arrays()
    factors = Factors(als["items"], float(als["penalty"][0]), float(als["mean_total"][0]))
    holders = np.bincount(item, minlength=table.shape[1])
    trained = Community.of(most_alike(said, 50), holders, len(np.unique(listener)), factors)
    with tempfile.TemporaryDirectory() as folder:
        model = KeyedCommunity(trained, keys, NONE, About(1, trained.n_listeners), NONE, NONE)
        write_model(Path(folder), model)
        ours, popular = list(quality(read_model(Path(folder)).community, held).values())[1:]
    exact = list(quality(trained, held).values())[1]
    yield from beginning(trained, held, source)
    yield Measurement(
        f"lost by rounding, {source}", 100 * (1 - ours / exact), "%", f"promised 1; {exact:.4f}, {ours:.4f}"
    )
    yield Measurement(
        f"never heard, times what most have, {source}", ours / popular, "x", f"promised 1.5; {popular:.4f}"
    )


def beginning(model: Community, held: Cells, source: str) -> Iterator[Measurement]:
    """Nothing or little listened to yet: nDCG@10 of what else a listener has, among all recordings."""
    sizes = np.bincount(held.listener, minlength=held.n_listeners)
    chance = float(np.mean(sizes[sizes > 0])) / len(model)
    popular = quality(model, held, shows=0)["Never heard, nDCG@10 of what most have"]
    yield Measurement(f"first start, nothing listened to, nDCG@10, {source}", popular, "", f"by chance {chance:.4f}")
    for shows in (1, 3, 5, 10):
        found = quality(model, held, shows=shows)
        popular = found["Never heard, nDCG@10 of what most have"]
        name = f"after {shows} recordings, nDCG@10, {source}"
        yield Measurement(name, found["Never heard, nDCG@10"], "", f"what most have: {popular:.4f}")


def measure(*, quick: bool) -> Iterator[Measurement]:
    """All of it."""
    yield from on_disk(50_000 if quick else 1_000_000)
    folder = os.environ.get("SEGUE_HETREC")
    yield from rounding(*((hetrec(Path(folder)), "HetRec") if folder else (a_made_table(), "a made table")))
