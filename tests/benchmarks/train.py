"""A community's model from two million listens: seconds and memory, from JSON lines and from Parquet.

The crowd has 40 tastes; a listener follows three, and goes back to what was played before two times in five.
"""

import json
import resource
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from recommender.training.engines import engine_of
from recommender.training.listens import read_listens
from recommender.training.made import Options, made
from tests.benchmarks.measure import Measurement

TASTES = 40
MEAN_LISTENS = 400
AGAIN = 0.4


def write_listens(path: Path, n: int, seed: int = 0) -> None:
    """So many listens as ListenBrainz's export writes them, about 300 bytes each."""
    rng = np.random.default_rng(seed)
    n_artists, n_items = max(n // 60, 50), n // 7
    artist, taste = rng.integers(0, n_artists, n_items), rng.integers(0, TASTES, n_artists)
    of_taste = [np.flatnonzero(taste[artist] == number) for number in range(TASTES)]
    loved = rng.pareto(1.1, n_items) + 0.05
    shares = [np.cumsum(loved[items] / loved[items].sum()) for items in of_taste]
    left, listener = n, 0
    with path.open("w") as file:
        while left > 0:
            length = min(left, int(rng.exponential(MEAN_LISTENS)) + 5)
            items = _life(rng, length, of_taste, shares)
            at_s = 1_700_000_000 + np.cumsum(rng.integers(100, 400, length))
            for item, when in zip(items, at_s.tolist(), strict=True):
                file.write(_line(listener, when, int(artist[item]), item))
            left, listener = left - length, listener + 1


def _life(rng: np.random.Generator, length: int, of_taste: list[Any], shares: list[Any]) -> list[int]:
    tastes = rng.integers(0, TASTES, 3)[rng.integers(0, 3, length)]
    drawn, again = rng.random(length), rng.random(length) < AGAIN
    own: list[int] = []
    items = []
    for place, taste in enumerate(tastes.tolist()):
        if again[place] and own:
            item = own[int(drawn[place] * len(own))]
        else:
            at = min(int(np.searchsorted(shares[taste], drawn[place])), len(of_taste[taste]) - 1)
            item = int(of_taste[taste][at])
            own.append(item)
        items.append(item)
    return items


def _line(listener: int, at_s: int, artist: int, item: int) -> str:
    mbid = f"{item:08x}-1111-4222-8333-444455556666" if item % 3 else None
    names = {"artist_name": f"Artist Number {artist}", "track_name": f"The Title of {item}"}
    more = {"release_name": f"Album {item // 10}", "additional_info": {"duration_ms": 200_000}}
    metadata = {**names, **more, "mbid_mapping": {"recording_mbid": mbid} if mbid else None}
    line = {"user_name": f"user {listener}", "listened_at": at_s, "track_metadata": metadata}
    return json.dumps(line) + "\n"


def write_parquet(lines: Path, path: Path) -> None:
    """The same listens in columns."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    listens = read_listens([lines])

    def texts(codes: Any, names: list[str]) -> Any:
        return arrow.DictionaryArray.from_arrays(arrow.array(codes, mask=codes < 0), arrow.array(names)).cast("string")

    table = {
        "user_name": texts(listens.user, listens.users),
        "listened_at": listens.at_s,
        "artist_name": texts(listens.artist, listens.artists),
        "recording_name": texts(listens.title, listens.titles),
        "recording_mbid": texts(listens.mbid, listens.mbids),
    }
    parquet.write_table(arrow.table(table), path)


def alone(path: Path, out: Path, pipe: Any) -> None:
    """One run in a process of its own: seconds, seconds of CPU, and the peak of memory in MB."""
    begun, cpu = time.perf_counter(), time.process_time()
    report = made([path], out, engine_of("local"), Options(), 1_790_000_000)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((seconds, cpu, peak, report.seconds, report.quality))


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Both kinds of file, and the quality on listeners that the model was not made from."""
    n = 60_000 if quick else 2_000_000
    with tempfile.TemporaryDirectory() as folder:
        lines, columns = Path(folder) / "listens.jsonl", Path(folder) / "listens.parquet"
        write_listens(lines, n)
        write_parquet(lines, columns)
        for path in (lines, columns):
            here, there = get_context("spawn").Pipe(duplex=False)
            process = get_context("spawn").Process(target=alone, args=(path, Path(folder) / "model", there))
            process.start()
            seconds, cpu, peak, steps, quality = here.recv()
            process.join()
            name = f"train, {n:,} listens from {path.suffix[1:]}"
            what = ", ".join(f"{step} {took:.1f}" for step, took in steps.items())
            yield Measurement(name, seconds, "s", f"promised 10; {cpu:.1f} s of CPU; {what}")
            yield Measurement(f"{name}, memory", peak, "MB", "promised 1500")
        if quality:
            ours, popular = list(quality.values())[1:]
            beside = f"promised 1.5; nDCG@10 {ours:.3f} and {popular:.3f}"
            yield Measurement("never heard, times what most have", ours / max(popular, 1e-9), "x", beside)
