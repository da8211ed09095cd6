"""The model service under load: POST /v1/recommend with 50 seeds, 200 requests a second, two workers, a big model.

The model is made up, its shape is not: holders fall with rank as a power, and a vector is as long as holders ** .415,
which is what ALS gives on HetRec Last.fm; directions are those of 64 tastes, cosines spread as there. ``hey``, from
Debian, sends; its twenty senders have a body each. The peer of the same run is ``/v1/health``, which computes nothing.
"""

import csv
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import urllib3

from recommender.blas import one_thread
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, Names, read_model, write_model
from recommender.remote import protocol
from recommender.service.answering import Answering
from tests.benchmarks.measure import Measurement

N_FACTORS, N_TASTES, N_LISTENERS, N_NAMED, NEAR = 32, 64, 200_000, 50_000, 20
SEEDS, RATE_S, SENDERS, WORKERS = 50, 200, 20, 2


def a_big_model(n: int, seed: int = 1) -> KeyedCommunity:
    """n recordings by n / 12 artists, the most held first in rank but not in row."""
    rng = np.random.default_rng(seed)
    rank = rng.permutation(n)
    holders = np.maximum(5, (N_LISTENERS * 0.2 / (1 + rank) ** 0.75)).astype(np.int64)
    tastes = rng.standard_normal((N_TASTES, N_FACTORS)).astype(np.float32) + 0.4
    vectors = tastes[rng.integers(0, N_TASTES, n)] + 0.7 * rng.standard_normal((n, N_FACTORS)).astype(np.float32)
    vectors *= (0.174 * holders**0.415 / np.linalg.norm(vectors, axis=1))[:, None].astype(np.float32)
    values = -np.sort(-rng.random((n, NEAR), dtype=np.float32), axis=1)
    near = Near.of(rng.integers(0, n, (n, NEAR), dtype=np.int32), values)
    m = max(n // 12, 1)
    artists = Near.of(rng.integers(0, m, (m, NEAR), dtype=np.int32), values[:m])
    community = Community.of(
        near, holders, N_LISTENERS, Factors(vectors.astype(np.float32), 100.0, 400.0), rng.integers(0, m, n), artists
    )
    keys = np.sort(rng.choice(1 << 47, n, replace=False)) if n < 100_000 else _keys(rng, n)
    named = np.sort(np.argsort(rank)[: min(N_NAMED, n)])
    texts = [f"Name {row}" for row in named]
    names = Names.made(named, texts, texts, [""] * len(named))
    about = About(1_760_000_000, N_LISTENERS, 50_000_000)
    none = np.zeros(0, dtype=np.int64)
    return KeyedCommunity(community, keys, np.sort(_keys(rng, m)), about, none, none, names)


def _keys(rng: np.random.Generator, n: int) -> np.ndarray:
    return np.unique(rng.integers(0, 1 << 47, n + n // 50 + 10))[:n]


def bodies(keyed: KeyedCommunity, count: int) -> list[bytes]:
    """Questions of ``SEEDS`` recordings, drawn as they are held, with listens as weights."""
    rng = np.random.default_rng(2)
    share = keyed.community.holders / keyed.community.holders.sum()
    found = []
    for _ in range(count):
        rows = rng.choice(len(share), SEEDS, replace=False, p=share)
        weights = rng.geometric(0.2, SEEDS)
        seeds = [
            {"key": f"{int(keyed.keys[row]):012x}", "weight": int(w)} for row, w in zip(rows, weights, strict=True)
        ]
        found.append(json.dumps({"seeds": seeds, "n": 20}).encode())
    return found


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The computing alone, then all of it over HTTP."""
    n, seconds = (50_000, 3) if quick else (1_000_000, 20)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = write_model(folder / "model", a_big_model(n))
        yield Measurement(f"model of {n:,} recordings: core alone", manifest.parts["core"].size_bytes / 1e6, "MB")
        begun = time.perf_counter()
        keyed = read_model(folder / "model")
        answering = Answering("x", keyed)
        yield Measurement("read and made ready", time.perf_counter() - begun, "s")
        asked = bodies(keyed, SENDERS)
        yield from _alone(answering, keyed, asked, 100 if quick else 400)
        del answering, keyed
        if shutil.which("hey") is None:
            return
        with _served(folder / "model") as (base, pid):
            for path, chosen in ((protocol.HEALTH, [b""] * SENDERS), (protocol.RECOMMEND, asked)):
                before = _cpu_s(pid)
                count = 0.0
                for found in _loaded(folder, base + path, chosen, seconds):
                    count = found.value * seconds if "requests a second" in found.name else count
                    yield found
                yield Measurement(
                    f"{path.rpartition('/')[2]}: CPU a request", (_cpu_s(pid) - before) / count * 1000, "ms"
                )
            used = _processes(pid)
            rss = max(process.memory_info().rss for process in used)
            yield Measurement("memory of a worker", rss / 1e6, "MB")


def _processes(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]


def _cpu_s(pid: int) -> float:
    times = [process.cpu_times() for process in _processes(pid)]
    return float(sum(one.user + one.system for one in times))


def _alone(answering: Answering, keyed: KeyedCommunity, asked: list[bytes], times: int) -> Iterator[Measurement]:
    questions = []
    for body in asked:
        seeds = json.loads(body)["seeds"]
        rows = keyed.rows_of(np.array([int(seed["key"], 16) for seed in seeds]))
        questions.append((rows.tolist(), [float(seed["weight"]) for seed in seeds]))
    none = np.zeros(0, dtype=np.int64)
    taken = []
    with one_thread():
        for at in range(times):
            rows, weights = questions[at % len(questions)]
            begun = time.thread_time()
            answering.recommended(rows, weights, 20, none)
            taken.append((time.thread_time() - begun) * 1000)
    yield Measurement(f"{SEEDS} seeds answered, CPU of the answer alone: half below", float(np.median(taken)), "ms")
    yield Measurement("the same, slowest in a hundred", float(np.quantile(taken, 0.99)), "ms")


def _loaded(folder: Path, url: str, asked: list[bytes], seconds: int) -> Iterator[Measurement]:
    """Twenty senders, a body each, ten requests a second each."""
    senders = []
    for at, body in enumerate(asked):
        file = folder / f"body{at}"
        file.write_bytes(body)
        words = ["-m", "POST", "-D", str(file), "-T", "application/json"] if body else []
        command = ["hey", "-z", f"{seconds}s", "-c", "1", "-q", str(RATE_S / SENDERS), "-o", "csv", *words, url]
        senders.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    rows = [row for sender in senders for row in csv.DictReader(sender.communicate()[0].splitlines())]
    times = np.array([float(row["response-time"]) for row in rows]) * 1000
    statuses = {row["status-code"] for row in rows}
    what = url.rpartition("/")[2]
    yield Measurement(f"{what}: requests a second, statuses {sorted(statuses)}", len(rows) / seconds, "")
    yield Measurement(f"{what}: half below", float(np.median(times)), "ms")
    promise = "20 ms promised" if what == "recommend" else "computes nothing"
    yield Measurement(f"{what}: slowest in a hundred", float(np.quantile(times, 0.99)), "ms", promise)


@contextmanager
def _served(model: Path) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    command = [sys.executable, "-m", "app", "serve", str(model), "--port", str(port), "--workers", str(WORKERS)]
    process = subprocess.Popen([*command, "--rate", "100000"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        with urllib3.PoolManager(retries=False, timeout=30) as pool:
            _wait(pool, base + protocol.HEALTH, process)
        time.sleep(3)  # the other worker reads the model too
        yield base, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(pool: urllib3.PoolManager, url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            pool.request("GET", url)
            return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
    raise RuntimeError("the service does not start")
