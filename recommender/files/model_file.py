"""A fitted table algorithm to a file and back: ``save`` and ``load``.

The arrays' file is named by its digest and written first; the manifest takes the place of the old one last, in one
step. Whoever reads meanwhile sees the old model or the new one, never a mixture.
"""

import hashlib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from recommender.algorithms.registry import TABLES
from recommender.algorithms.table import TableAlgorithm
from recommender.arrays import Ints, integers
from recommender.files.errors import ModelFileError
from recommender.files.manifest import DTYPES, ArrayFacts, Manifest, read_manifest
from recommender.files.verify import verified_arrays
from recommender.files.whole import write_whole

IDS = "item_ids"


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A fitted algorithm, the ids of its columns, and what its file said."""

    algorithm: TableAlgorithm
    item_ids: Ints
    manifest: Manifest


def save(path: Path, algorithm: TableAlgorithm, item_ids: ArrayLike, created: int) -> Manifest:
    """Writes a manifest at ``path`` and the arrays beside it; on any failure what was there stays.

    ``item_ids``: one int64 a column, none twice; ``created``: UTC seconds.
    """
    ids = integers(item_ids, IDS)
    if len(ids) != algorithm.n_items or len(np.unique(ids)) != len(ids):
        raise ValueError(f"item_ids must be {algorithm.n_items} different ids, one for each column")
    arrays = {IDS: ids, **algorithm.arrays()}
    arrays = {name: np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    for name, array in arrays.items():
        if str(array.dtype) not in DTYPES or not np.isfinite(array).all():
            raise ValueError(f"{name} cannot be kept: {array.dtype}, or a number that is not finite")
    raw = import_module("safetensors.numpy").save(arrays)
    digest = hashlib.sha256(raw).hexdigest()
    manifest = Manifest(
        algorithm=algorithm.name,
        params=algorithm.params(),
        n_items=len(ids),
        ids_sha256=ids_digest(ids),
        created=created,
        file=f"{algorithm.name}-{digest[:16]}.safetensors",
        size_bytes=len(raw),
        sha256=digest,
        arrays={name: ArrayFacts(str(array.dtype), array.shape) for name, array in arrays.items()},
    )
    replaced = _file_of(path)
    write_whole(path.with_name(manifest.file), raw)
    write_whole(path, manifest.text().encode())
    if replaced not in (None, manifest.file):
        path.with_name(str(replaced)).unlink(missing_ok=True)
    return manifest


def load(path: Path) -> Model:
    """The model whose manifest is at ``path``, checked whole. Whatever is wrong is a ModelFileError."""
    manifest = read_manifest(path)
    if manifest.algorithm not in TABLES:
        raise ModelFileError(f'This model needs "{manifest.algorithm}", which is not known here.')
    arrays = verified_arrays(path.with_name(manifest.file), manifest)
    ids = arrays.pop(IDS, np.zeros(0, dtype=np.int64))
    if ids.shape != (manifest.n_items,) or ids.dtype != np.int64 or ids_digest(ids) != manifest.ids_sha256:
        raise ModelFileError("The model's items are not those its manifest describes.")
    if len(np.unique(ids)) != len(ids):
        raise ModelFileError("The model's file is damaged: an item is there twice.")
    return Model(_restored(manifest, arrays), ids, manifest)


def ids_digest(item_ids: Ints) -> str:
    """SHA-256 in hex of the ids as little-endian int64, in the order of the columns."""
    return hashlib.sha256(np.ascontiguousarray(item_ids, dtype="<i8").tobytes()).hexdigest()


def _restored(manifest: Manifest, arrays: dict[str, NDArray[Any]]) -> TableAlgorithm:
    usual = TABLES[manifest.algorithm]()
    shape = {name: _kind(value) for name, value in usual.params().items()}
    if {name: _kind(value) for name, value in manifest.params.items()} != shape:
        raise ModelFileError("The model's parameters are not those of its algorithm.")
    maker: Any = type(usual)
    try:
        algorithm: TableAlgorithm = maker(**manifest.params).restore(arrays)
        if algorithm.n_items != manifest.n_items:
            raise ValueError("another number of items")
        if manifest.n_items:
            cells = (np.ones(1, np.float32), np.zeros(1, np.int32), np.array([0, 1]))
            algorithm.scores(csr_array(cells, shape=(1, manifest.n_items)))
    except (ValueError, IndexError, OverflowError, MemoryError) as trouble:
        raise ModelFileError("The model's file is damaged: its arrays do not fit together.") from trouble
    return algorithm


def _kind(value: float | int | str) -> type:
    return str if isinstance(value, str) else float


def _file_of(path: Path) -> str | None:
    """The arrays' file of the model that is at ``path`` now, if there is one."""
    try:
        return read_manifest(path).file
    except ModelFileError:
        return None
