"""What a sync and a large model cost the window: its longest stall at rest, beside a silent server, reading a model.

The window runs offscreen in a process of its own. The server is a socket that takes the connection and says nothing.
"""

import json
import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.tracks import TrackStore
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, Names, write_model
from recommender.keys import hashed, names_key
from tests.benchmarks.measure import Measurement, with_qt
from tests.helpers.builders import a_library, some_plays

ROOT = Path(__file__).resolve().parents[2]
NEAR, FACTORS, NAMED = 5, 32, 100_000


def a_large_model(folder: Path, database: Database, n: int) -> float:
    """Random numbers for ``n`` recordings, those of the library among them; gives its megabytes."""
    rng = np.random.default_rng(3)
    tracks = TrackStore(database).all()
    known = hashed([names_key(track.artist, track.title) for track in tracks])
    keys = np.unique(np.concatenate([known, rng.integers(0, 1 << 48, n)]))[:n]
    near = Near.of(rng.integers(0, n, (n, NEAR)), rng.random((n, NEAR)))
    factors = Factors(rng.standard_normal((n, FACTORS)).astype(np.float32), 2.0, 500.0)
    artists = Near.of(rng.integers(0, n // 10, (n // 10, 5)), rng.random((n // 10, 5)))
    community = Community.of(near, rng.integers(2, 9_000, n), 50_000, factors, rng.integers(0, n // 10, n), artists)
    rows = np.sort(rng.choice(n, min(NAMED, n), replace=False))
    words = [f"Title {row}" for row in rows.tolist()]
    names = Names.made(rows, [f"Artist {row // 9}" for row in rows.tolist()], words, [""] * len(rows))
    none = np.zeros(0, np.int64)
    about = About(1_760_000_000, 50_000, 90_000_000, "", {})
    artist_keys = np.arange(n // 10, dtype=np.int64)
    manifest = write_model(folder, KeyedCommunity(community, keys, artist_keys, about, none, none, names))
    return manifest.size_bytes / 1e6


def measure(*, quick: bool) -> Iterator[Measurement]:
    """One run a library of 10,000 tracks and a model of a million recordings."""
    n_tracks, n = (1_000, 50_000) if quick else (10_000, 1_000_000)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as silent:
        home = Path(folder) / "home"
        paths = default_paths(home)
        paths.make()
        database = Database(paths.database)
        some_plays(database, a_library(database, n_tracks)[:2_000], 20_000)
        size_mb = a_large_model(Path(folder) / "model", database, n)
        database.close()
        words = [str(home), str(Path(folder) / "model"), f"http://127.0.0.1:{silent.getsockname()[1]}"]
        done = subprocess.run(
            with_qt("tests.benchmarks.sync_run", *words),
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
            timeout=300,
            check=True,
        )
        said = json.loads(done.stdout.splitlines()[-1])
    of = f"model of {n:,} recordings, {size_mb:.0f} MB"
    yield Measurement("longest stall, nothing going on, 4 s", said["rest"], "ms", "the floor of this run")
    yield Measurement("longest stall, a sync waits for a silent server, 4 s", said["silent"], "ms", "at most 100")
    yield Measurement("a sync that waits is stopped after", said["stopped"], "ms")
    yield Measurement("longest stall, a sync from a folder", said["sync"], "ms", of)
    yield Measurement("longest stall, the model is read for 10,000 tracks", said["read"], "ms", of)
    yield Measurement("the model is read in", said["read_s"], "s", of)
    yield Measurement("memory before the model; with it; the peak", said["before_mb"], "MB")
    yield Measurement("", said["with_mb"], "MB")
    yield Measurement("", said["peak_mb"], "MB")
