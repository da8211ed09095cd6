"""One run of the Spark engine in a process of its own, its findings to a file: it leaves sockets open when it stops."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from recommender.training.counted import Rules
from recommender.training.engines import engine_of
from recommender.training.made import Found, Options, made

OPTIONS = Options(Rules(least_listeners=2, held_out=9), k=15, k_artists=6, factors=8, n_names=50)
CREATED = 1_760_000_000


def columns(found: Found) -> dict[str, Any]:
    """All that an engine found, by name."""
    counted = found.counted
    cells = {
        f"{what}.{column}": getattr(table, column)
        for what, table in (("cells", counted.cells), ("held", counted.held))
        for column in ("listener", "item", "plays")
    }
    return {
        **cells,
        "items": counted.items,
        "artist_of": counted.artist_of,
        "artists": counted.artists,
        "near": found.near.places,
        "alike": found.near.values,
        "near_artists": found.near_artists.places,
        "artists_alike": found.near_artists.values,
        "alias_keys": found.alias_keys,
        "alias_of": found.alias_of,
        "counts": np.array(
            [found.n_listens, counted.n_listens, *(getattr(counted.left, n) for n in counted.left.__slots__)]
        ),
    }


def main() -> None:
    """OUT FILE...: arrays to OUT/found.npz, the model to OUT/model, its names to OUT/called.json."""
    out, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    found = engine_of("spark")(files, OPTIONS)
    np.savez(out / "found.npz", **columns(found))
    (out / "called.json").write_text(json.dumps(sorted(found.called.items())))
    made(files, out / "model", lambda paths, options: found, OPTIONS, CREATED)


if __name__ == "__main__":
    main()
