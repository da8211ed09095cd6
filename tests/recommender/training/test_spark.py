"""Both engines give one table, row for row. Needs pyspark and Java, which `.ci/run` installs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.files.community_manifest import read_model_manifest
from recommender.training.engines import engine_of
from recommender.training.fields import parsed_line
from recommender.training.made import made

from .by_spark import CREATED, OPTIONS, columns
from .lines import MBIDS, NOON, a_crowd, flat, written

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def the_files(folder: Path) -> list[Path]:
    """JSON lines, some of them bad, told twice or cut short, and Parquet."""
    lines = a_crowd(140)
    rng = np.random.default_rng(9)
    odd = [
        *("nonsense", "[]", flat("", NOON, "a", "b"), flat("listener 1", 0, "a", "b"), flat("x", NOON, "a", "")),
        *(lines[place] for place in rng.integers(0, len(lines), 60)),
        *(flat(f"listener {n}", NOON + n * 100_000 + 5, "Artist 1", "Title 5", MBIDS[5]) for n in range(20)),
        *(flat(f"listener {n}", NOON - n, "", "", MBIDS[n % 9]) for n in range(40)),
        *({**flat(f"listener {n}", NOON - 900 - n, "ARTIST 2", "title 9"), "played_ms": n * 2_000} for n in range(40)),
        *(flat(f"listener {n}", NOON - 5_000 - n, "Ärtist 2", "Title 9 (feat. X)", MBIDS[9]) for n in range(7)),
    ]
    last = [one for one in map(parsed_line, map(json.dumps, lines[-400:])) if one is not None]
    columns = {
        "user_name": [one.user for one in last],
        "listened_at": pa.array([one.at_s for one in last], pa.timestamp("s", "UTC")),
        "artist_name": [one.artist or None for one in last],
        "recording_name": [one.title for one in last],
        "recording_mbid": [one.mbid or None for one in last],
    }
    pq.write_table(pa.table(columns), folder / "c.parquet")
    return [written(folder / "a.jsonl", lines[:-400]), written(folder / "b.jsonl", odd), folder / "c.parquet"]


def test_both_engines_give_the_same_table_row_for_row(tmp_path: Path) -> None:
    files = the_files(tmp_path)
    (tmp_path / "out").mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 1g pyspark-shell",
    }
    command = [sys.executable, "-m", "tests.recommender.training.by_spark", str(tmp_path / "out"), *map(str, files)]
    run = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=800, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    ours = engine_of("local")(files, OPTIONS)
    here = columns(ours)
    assert here["counts"].min() > 0
    assert len(here["held.item"]) > 100
    with np.load(tmp_path / "out" / "found.npz") as theirs:
        for name, column in here.items():
            np.testing.assert_array_equal(column, theirs[name], err_msg=name)
    called = [[key, list(texts)] for key, texts in sorted(ours.called.items())]
    assert called == json.loads((tmp_path / "out" / "called.json").read_text())
    model = made(files, tmp_path / "here", engine_of("local"), OPTIONS, CREATED).manifest
    assert model.id == read_model_manifest(tmp_path / "out" / "model").id
