"""A large model by its pieces: which to ask for, and how they become a model.

What leaks: the host sees a set of pieces. A piece is named by the first ``bits`` of a key and holds about 2,048 rows of
the model, and any number of recordings that are not in it. Half of the set are decoys, which look no different. That a
piece is asked for says: perhaps one of these thousands is in the library, with one chance in two. Which ones are decoys
is drawn once, by a secret of this machine: were they drawn anew each time, what is asked for always would be the truth.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from recommender.arrays import Ints
from recommender.files.community_files import write_model
from recommender.files.community_manifest import ModelManifest
from recommender.files.shards import ShardIndex, read_shards

LEAST_DECOYS = 8
NO_PIECE = -1


def wanted(index: ShardIndex, library: Ints, secret: bytes) -> list[int]:
    """The numbers of the pieces to ask for, ascending: those of the library and as many others, if there are so many.

    The order tells nothing, and a larger library keeps the decoys it had.
    """
    own = set(index.shards_of(library).tolist())
    others = sorted(set(range(len(index.shards))) - own, key=lambda number: _drawn(secret, number))
    return sorted(own | set(others[: max(len(own), LEAST_DECOYS)]))


def joined(manifest: ModelManifest, index: ShardIndex, files: Mapping[int, Path], into: Path) -> Path:
    """A model folder of the pieces, which are deleted.

    Raises:
        ModelFileError: they do not fit together.
    """
    common = files[NO_PIECE]
    shards = {number: path for number, path in files.items() if number != NO_PIECE}
    keyed = read_shards(manifest, index, shards, common)
    write_model(into, keyed, gram=np.asarray(keyed.community.factors.gram()))
    for path in files.values():
        path.unlink(missing_ok=True)
    return into


def _drawn(secret: bytes, number: int) -> bytes:
    return hashlib.blake2b(number.to_bytes(4, "big"), key=secret[:64], digest_size=16).digest()
