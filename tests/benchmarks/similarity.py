"""All pairs of 100,000 items in 4.6 million cells, and one more session; `implicit` beside it where it is installed."""

import resource
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array, csr_matrix

from recommender.similarity import all_pairs, top_k, updated
from tests.benchmarks.measure import Measurement

K = 100
SESSION_TRACKS = 30


def sessions(n: int, cells: int, seed: int = 0) -> Any:
    """Binary CSR (n, n) float32 with so many cells: log-normal lengths, a long tail of items."""
    rng = np.random.default_rng(seed)
    lengths = rng.lognormal(0.0, 0.8, n)
    lengths = np.maximum(lengths / lengths.sum() * cells * 1.06, 1.0).astype(np.int64)
    shares = np.cumsum((np.arange(n) + 50.0) ** -0.8)
    items = rng.permutation(n)[np.searchsorted(shares / shares[-1], rng.random(int(lengths.sum())))]
    places = np.unique(np.repeat(np.arange(n), lengths) * n + items)
    places = np.sort(rng.choice(places, min(cells, len(places)), replace=False))
    return csr_array((np.ones(len(places), np.float32), (places // n, places % n)), shape=(n, n))


def ours(table: Any) -> Any:
    """The nearest of all items by cosine."""
    return all_pairs(table, K)


def theirs(table: Any) -> Any:
    """The same by `implicit`, which keeps the item itself."""
    nearest = import_module("implicit.nearest_neighbours")
    unit = nearest.normalize(csr_matrix(table.T))
    return nearest.all_pairs_knn(csr_matrix(unit.T), K=K + 1, show_progress=False).tocsr()


def best_values(found: Any) -> Any:
    """The K largest of each row without the item itself, (n, K)."""
    own = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)) == found.indices
    found.data[own] = 0.0
    values = np.zeros((found.shape[0], K))
    for row in range(found.shape[0]):
        best = -np.sort(-found.data[found.indptr[row] : found.indptr[row + 1]])[:K]
        values[row, : len(best)] = best
    return values


def alone(work: Any, n: int, cells: int, pipe: Any) -> None:
    """Runs one of them in a process of its own: seconds, and the peak of memory over what stood before, in MB."""
    table = sessions(n, cells)
    work(sessions(200, 1_000))
    Path("/proc/self/clear_refs").write_text("5")
    before = peak_mb()
    begun = time.perf_counter()
    found = work(table)
    taken = time.perf_counter() - begun
    pipe.send((taken, peak_mb() - before, best_values(csr_matrix(found))))


def peak_mb() -> float:
    """Most memory since the mark was last taken away (Linux), or since the start."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(work: Any, n: int, cells: int) -> tuple[float, float, Any]:
    """What ``alone`` sends."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=alone, args=(work, n, cells, there))
    process.start()
    found = here.recv()
    process.join()
    return found  # type: ignore[no-any-return]


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Time and memory of both in one run, how equal they are, and one more session of 30 tracks."""
    n, cells = (5_000, 200_000) if quick else (100_000, 4_630_000)
    size = f"{n:,} x {n:,}, {cells:,} cells"
    taken, memory, values = measured(ours, n, cells)
    yield Measurement(f"all pairs, {size}", taken, "s")
    yield Measurement("all pairs, memory over the table", memory, "MB", "under 400")
    if find_spec("implicit"):
        other, other_memory, other_values = measured(theirs, n, cells)
        yield Measurement("implicit, the same", other, "s")
        yield Measurement("implicit, memory", other_memory, "MB")
        yield Measurement("ours as a share of implicit's time", 100 * taken / other, "%", "at most 35")
        yield Measurement("largest difference of a value, in millionths", 1e6 * np.abs(values - other_values).max(), "")
    yield from one_more_session(n, cells)


def one_more_session(n: int, cells: int) -> Iterator[Measurement]:
    """Neighbours brought up to date after one session, equal to making them all again."""
    table = sessions(n, cells)
    near = top_k(table, K)
    items = np.sort(np.random.default_rng(1).choice(n, SESSION_TRACKS, replace=False))
    indptr = np.append(table.indptr, table.nnz + SESSION_TRACKS)
    cells_after = (np.append(table.data, np.ones(SESSION_TRACKS, np.float32)), np.append(table.indices, items), indptr)
    after = csr_array(cells_after, shape=(n + 1, n))
    begun = time.perf_counter()
    fresh = updated(near, after, items)
    yield Measurement("one more session of 30 tracks", time.perf_counter() - begun, "s")
    rows = np.append(items, np.arange(0, n, max(n // 500, 1)))
    again = top_k(after, K, rows=rows)
    wrong = int((fresh.items[rows] != again.items).sum() + (fresh.values[rows] != again.values).sum())
    yield Measurement("neighbours that differ from a full run", wrong, "", "0")


if __name__ == "__main__":
    for line in measure(quick="--quick" in sys.argv):
        print(line, flush=True)
