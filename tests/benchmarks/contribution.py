"""What deniable contributions cost: never heard from listeners who told the truth, and from those who turned answers.

Listeners x artists (SEGUE_HETREC, or a made table), the 500 most held, one listener in ten held out. A recording that a
listener tells of counts as one play in both.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.community import Community, Factors
from recommender.contribution import answers, turned_share
from recommender.training.counted import Cells
from recommender.training.likeness import Said, most_alike, says
from recommender.training.quality import quality
from tests.benchmarks.factorisation import a_made_table, hetrec
from tests.benchmarks.measure import Measurement

LISTED = 500
EPSILONS = (8.0, 6.0, 4.0, 3.0, 2.0)


def never_heard(listened: Any, held: Cells) -> tuple[float, float]:
    """nDCG@10 of a model of these answers, bool (listeners, recordings), and of popularity."""
    listener, item = np.nonzero(listened)
    plays = np.ones(len(item), dtype=np.int64)
    table = csr_array((plays.astype(np.float32), (listener, item)), shape=listened.shape)
    als = ALS(factors=32).fit_matrix(table).arrays()
    factors = Factors(als["items"], float(als["penalty"][0]), float(als["mean_total"][0]))
    near = most_alike(Said(listener, item, says(plays), len(listened), np.arange(LISTED) * 7919), 50)
    model = Community.of(near, listened.sum(axis=0), len(listened), factors)
    ours, popular = list(quality(model, held).values())[1:]
    return ours, popular


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The truth first, then less and less of it."""
    folder = os.environ.get("SEGUE_HETREC")
    source = csr_array(hetrec(Path(folder)) if folder else a_made_table())
    most = np.argsort(-np.bincount(source.indices, minlength=source.shape[1]), kind="stable")[:LISTED]
    listened = source[:, most].toarray() > 0
    apart = np.arange(len(listened)) % 10 == 0
    listener, item = np.nonzero(listened[apart])
    held, rng = Cells(listener, item, np.ones(len(item), dtype=np.int64)), np.random.default_rng(0)
    truth, popular = never_heard(listened[~apart], held)
    yield Measurement("never heard, true answers", truth, "", f"nDCG@10; what most have {popular:.3f}")
    keys = np.arange(LISTED, dtype=np.int64)
    for epsilon in EPSILONS[:: 4 if quick else 1]:
        told = np.array([answers(row, keys, epsilon, rng.bytes(16)) for row in listened[~apart]])
        ours, _ = never_heard(told, held)
        turned = f"{100 * turned_share(epsilon):.2f} % turned around; {100 * (ours / truth - 1):+.1f} %"
        yield Measurement(f"never heard, epsilon {epsilon:.0f}", ours, "", turned)
