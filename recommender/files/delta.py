"""What changed in ``core`` between two models: removed, changed and added rows, so that an update is a few megabytes.

A delta only says how to make the new file from the old one. What it makes is believed when its digest is the one that
the new model's (signed) manifest promises, never before.
"""

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Ints
from recommender.files import packed
from recommender.files.community_files import part_bytes
from recommender.files.community_manifest import ModelManifest, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.verify import verified_arrays

ROWS = ("factors", "scales", "holders")
WORTH_SHARE = 0.5
"""A delta larger than this share of the whole is not worth two ways to get it."""

Arrays = dict[str, NDArray[Any]]


def make_delta(old_folder: Path, new_folder: Path) -> bytes | None:
    """From the old model's core to the new one's; None where that is not worth it. ModelFileError for bad models."""
    old_manifest, new_manifest = read_model_manifest(old_folder), read_model_manifest(new_folder)
    if old_manifest.n_factors != new_manifest.n_factors:
        return None
    old, new = (
        verified_arrays(folder / manifest.parts["core"].file, manifest.parts["core"])
        for folder, manifest in ((old_folder, old_manifest), (new_folder, new_manifest))
    )
    old_keys, new_keys = packed.unpacked_keys(old["keys"]), packed.unpacked_keys(new["keys"])
    stays, added = np.isin(old_keys, new_keys), ~np.isin(new_keys, old_keys)
    before, after = np.flatnonzero(stays), np.flatnonzero(~added)
    changed = _differ(old, new, before, after)
    rows = {f"changed_{name}": new[name][after[changed]] for name in ROWS}
    rows |= {f"added_{name}": new[name][added] for name in ROWS}
    raw: bytes = import_module("safetensors.numpy").save(
        {
            "removed": np.packbits(~stays),
            "changed": packed.packed_places(np.flatnonzero(changed).astype(np.int32)),
            "added": new["keys"][added],
            "gram": new["gram"],
            **{name: np.ascontiguousarray(array) for name, array in rows.items()},
        }
    )
    return raw if len(raw) <= WORTH_SHARE * new_manifest.parts["core"].size_bytes else None


def apply_delta(old_core: Path, old_manifest: ModelManifest, delta: bytes, new_manifest: ModelManifest) -> bytes:
    """The new model's core file. What is wrong, or comes out other than promised, is a ModelFileError."""
    promised = new_manifest.parts["core"]
    old = verified_arrays(old_core, old_manifest.parts["core"])
    try:
        raw = part_bytes(_made(old, import_module("safetensors.numpy").load(delta), new_manifest.n_items))
    except (ValueError, IndexError, KeyError, MemoryError, import_module("safetensors").SafetensorError) as trouble:
        raise ModelFileError("The model's update is damaged: get the model whole.") from trouble
    if len(raw) != promised.size_bytes or hashlib.sha256(raw).hexdigest() != promised.sha256:
        raise ModelFileError("The model's update does not make the model it promises: get the model whole.")
    return raw


def _differ(old: Arrays, new: Arrays, before: Ints, after: Ints) -> Bools:
    """Of the rows that both have, which differ."""
    found = np.zeros(len(before), dtype=bool)
    for name in ROWS:
        unlike = old[name][before] != new[name][after]
        found |= unlike.any(axis=1) if unlike.ndim == 2 else unlike
    return found


def _made(old: Arrays, delta: Arrays, n_new: int) -> Arrays:
    n_old = len(old["keys"])
    stays = np.unpackbits(delta["removed"])[:n_old] == 0
    if len(delta["removed"]) != (n_old + 7) // 8 or int(stays.sum()) + len(delta["added"]) != n_new:
        raise ValueError("the rows are not those of the model that it is for")
    changed = packed.unpacked_places(delta["changed"])
    keys = np.concatenate([old["keys"][stays], delta["added"]])
    order = np.argsort(packed.unpacked_keys(keys), kind="stable")
    made: Arrays = {"keys": keys[order], "gram": delta["gram"]}
    for name in ROWS:
        kept = old[name][stays]
        kept[changed] = delta[f"changed_{name}"]
        made[name] = np.concatenate([kept, delta[f"added_{name}"]])[order]
    return made
