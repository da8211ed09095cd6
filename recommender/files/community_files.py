"""A community's model as a folder of files, and back: ``write_model``, ``read_model``.

``model.json`` names parts, each a safetensors file called by its digest. ``core`` (keys, factors, how many have it) is
always there; ``near``, ``artists``, ``aliases`` (MusicBrainz ids) and ``names`` may be left out. Rows are in the order
of their keys. The manifest is written last, in one step: whoever reads sees the old model or the new one.
"""

import hashlib
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Floats, Ints
from recommender.community import NOBODY, Community, Factors, Near
from recommender.files import packed
from recommender.files.community_manifest import FILE, About, ModelManifest, Part, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.manifest import ArrayFacts
from recommender.files.names import Names
from recommender.files.verify import verified_arrays
from recommender.files.whole import write_whole
from recommender.keys import hashed, mbid_key, names_key

__all__ = ["About", "KeyedCommunity", "ModelManifest", "Names", "read_model", "read_model_manifest", "write_model"]

Arrays = dict[str, NDArray[Any]]

_SHAPES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "core": {
        "keys": ("uint8", ("n", "6")),
        "factors": ("int8", ("n", "f")),
        "scales": ("float16", ("n",)),
        "holders": ("uint8", ("n",)),
        "gram": ("float64", ("f", "f")),
    },
    "near": {
        "lengths": ("uint8", ("n",)),
        "places": ("uint8", ("", "3")),
        "values": ("uint8", ("",)),
        "scale": ("float32", ("1",)),
    },
    "artists": {
        "codes": ("uint8", ("n", "3")),
        "keys": ("uint8", ("m", "6")),
        "lengths": ("uint8", ("m",)),
        "places": ("uint8", ("", "3")),
        "values": ("uint8", ("",)),
        "scale": ("float32", ("1",)),
    },
    "aliases": {"keys": ("uint8", ("", "6")), "rows": ("uint8", ("", "3"))},
    "names": {
        "rows": ("uint8", ("", "3")),
        "titles": ("uint8", ("",)),
        "title_lengths": ("uint16", ("",)),
        "artists": ("uint8", ("",)),
        "artist_lengths": ("uint16", ("",)),
        "artist_of": ("int32", ("",)),
        "mbids": ("uint8", ("", "16")),
    },
}
"""Type and shape of each array: n recordings, m artists, f factors, "" any."""


@dataclass(frozen=True, slots=True, eq=False)
class KeyedCommunity:
    """A community model with what its rows are called. Made by training or by ``read_model``."""

    community: Community
    keys: Ints
    """(n,), ascending, none twice: ``keys.hashed`` of ``names_key``, or of ``mbid_key`` where no name is known."""
    artist_keys: Ints
    """(m,): of the community's artists, in its order."""
    about: About
    alias_keys: Ints
    """(a,), ascending: hashed MusicBrainz ids ..."""
    alias_rows: Ints
    """... and the rows they are."""
    names: Names | None = None

    def rows_of(self, hashes: Ints) -> Ints:
        """The row of each, ``NOBODY`` where it is not in the model. O(q log n)."""
        rows = _places(self.keys, hashes)
        if len(self.alias_keys):
            alias = _places(self.alias_keys, hashes)
            rows = np.where((rows == NOBODY) & (alias != NOBODY), self.alias_rows[alias], rows)
        return rows

    def find(self, artist: str, title: str, mbid: str = "") -> int:
        """The row of one recording by its id, else by its names; ``NOBODY`` where it is not in the model."""
        by_mbid, by_names = self.rows_of(hashed([mbid_key(mbid), names_key(artist, title)])).tolist()
        return int(by_names if by_mbid == NOBODY else by_mbid)


def write_model(folder: Path, keyed: KeyedCommunity, gram: Floats | None = None) -> ModelManifest:
    """Writes all parts, then ``model.json``. On any failure the model that was there stays.

    ``gram``: of a model that is a part of a larger one, the factors' products over all of it.

    Raises:
        OSError: the disk is full or not to be written.
        ValueError: keys are not ascending, or something does not fit its bytes.
    """
    if len(keyed.keys) != len(keyed.community) or (np.diff(keyed.keys) <= 0).any():
        raise ValueError("there must be one key a recording, ascending, none twice")
    folder.mkdir(parents=True, exist_ok=True)
    model = keyed.community
    made = {name: part_file(name, arrays) for name, arrays in _packed(keyed, gram).items()}
    manifest = ModelManifest(
        about=keyed.about,
        n_items=len(model),
        n_artists=len(keyed.artist_keys),
        n_factors=model.factors.items.shape[1],
        penalty=float(model.factors.penalty),
        mean_total=max(float(model.factors.mean_total), 1e-12),
        parts={name: part for name, (part, _) in made.items()},
    )
    for part, raw in made.values():
        write_whole(folder / part.file, raw)
    write_whole(folder / FILE, manifest.text().encode())
    return manifest


def read_model(folder: Path, only: Ints | None = None, beyond: int = 0) -> KeyedCommunity:
    """The model in ``folder``, every part checked whole. Whatever is wrong is a ModelFileError.

    ``only``: keep the rows of these hashes (a library's) and the ``beyond`` most held others, so that a model of a
    million takes little memory; what is said of the kept ones stays the same, save the votes of the others.
    """
    manifest = read_model_manifest(folder)
    parts: dict[str, Arrays] = {}
    for name, part in manifest.parts.items():
        if name in _SHAPES:
            _check_shapes(name, part, manifest)
            parts[name] = verified_arrays(folder / part.file, part)
    try:
        whole = _unpacked(manifest, parts, only, beyond)
    except (ValueError, IndexError, OverflowError, MemoryError) as trouble:
        raise ModelFileError("The model's file is damaged: its arrays do not fit together.") from trouble
    return whole


def _packed(keyed: KeyedCommunity, gram: Floats | None) -> dict[str, Arrays]:
    model = keyed.community
    factors, scales = packed.packed_factors(model.factors.items)
    if gram is None:
        gram = packed.gram_of(packed.unpacked_factors(factors, scales), model.factors.penalty)
    parts: dict[str, Arrays] = {
        "core": {
            "keys": packed.packed_keys(keyed.keys),
            "factors": factors,
            "scales": scales,
            "holders": packed.packed_holders(model.holders),
            "gram": gram,
        }
    }
    if model.near.places.shape[1]:
        parts["near"] = packed.packed_near(model.near)
    if len(keyed.artist_keys):
        codes = packed.packed_places(model.artist)
        keys = packed.packed_keys(keyed.artist_keys)
        parts["artists"] = {"codes": codes, "keys": keys, **packed.packed_near(model.near_artists)}
    if len(keyed.alias_keys):
        rows = packed.packed_places(keyed.alias_rows.astype(np.int32))
        parts["aliases"] = {"keys": packed.packed_keys(keyed.alias_keys), "rows": rows}
    if keyed.names is not None and len(keyed.names):
        parts["names"] = keyed.names.arrays()
    return parts


def part_bytes(arrays: Arrays) -> bytes:
    """The file of these arrays."""
    plain = {key: np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")) for key, array in arrays.items()}
    raw: bytes = import_module("safetensors.numpy").save(plain)
    return raw


def part_file(name: str, arrays: Arrays) -> tuple[Part, bytes]:
    """The same, with what the manifest says of it."""
    raw = part_bytes(arrays)
    digest = hashlib.sha256(raw).hexdigest()
    facts = {key: ArrayFacts(str(array.dtype), array.shape) for key, array in arrays.items()}
    return Part(f"{name}-{digest[:16]}.safetensors", len(raw), digest, facts), raw


def _check_shapes(name: str, part: Part, manifest: ModelManifest) -> None:
    known = {"n": manifest.n_items, "m": manifest.n_artists, "f": manifest.n_factors}
    wanted = _SHAPES[name]
    for array, (dtype, lengths) in wanted.items():
        facts = part.arrays.get(array)
        if facts is None or facts.dtype != dtype or len(facts.shape) != len(lengths):
            raise ModelFileError(f'The model\'s manifest is damaged: "{array}" of "{name}" is not what it must be.')
        for length, said in zip(facts.shape, lengths, strict=True):
            if said and length != (known[said] if said in known else int(said)):
                raise ModelFileError(f'The model\'s manifest is damaged: "{array}" of "{name}" has another length.')


def _unpacked(manifest: ModelManifest, parts: dict[str, Arrays], only: Ints | None, beyond: int) -> KeyedCommunity:
    core = parts["core"]
    keys = packed.unpacked_keys(core["keys"])
    if (np.diff(keys) <= 0).any():
        raise ValueError("keys must ascend")
    if not np.isfinite(core["scales"]).all():
        raise ValueError("a scale is not finite")
    holders = packed.unpacked_holders(core["holders"])
    alias_keys, alias_rows = _aliases(parts.get("aliases"), len(keys))
    keyed = KeyedCommunity(
        Community.of(Near.none(0), np.zeros(0), 0), keys, np.zeros(0, np.int64), manifest.about, alias_keys, alias_rows
    )
    kept = np.arange(len(keys)) if only is None else _kept(keyed.rows_of(only), holders, beyond)
    items = packed.unpacked_factors(core["factors"][kept], core["scales"][kept])
    factors = Factors(items, manifest.penalty, manifest.mean_total, [sound_gram(core["gram"], manifest.penalty)])
    codes, artist_keys, near_artists = _artists(parts.get("artists"), kept)
    community = Community.of(
        _near(parts.get("near"), kept, len(keys)),
        holders[kept],
        manifest.about.n_listeners,
        factors,
        codes,
        near_artists,
    )
    place = _inverse(kept, len(keys))
    rows = place[alias_rows]
    names = Names.of(parts["names"], place) if "names" in parts else None
    return replace(
        keyed,
        community=community,
        keys=keys[kept],
        artist_keys=artist_keys,
        alias_keys=alias_keys[rows != NOBODY],
        alias_rows=rows[rows != NOBODY].astype(np.int64),
        names=names,
    )


def _kept(rows: Ints, holders: Ints, beyond: int) -> Ints:
    """The rows asked for and the most held others, ascending."""
    wanted = np.zeros(len(holders), dtype=bool)
    wanted[rows[rows != NOBODY]] = True
    others = np.flatnonzero(~wanted)
    most = others[np.argsort(-holders[others], kind="stable")[: max(beyond, 0)]]
    wanted[most] = True
    return np.flatnonzero(wanted)


def _inverse(kept: Ints, n: int) -> NDArray[np.int32]:
    """Where each of n old rows is now, ``NOBODY`` where it is left out."""
    place = np.full(n, NOBODY, dtype=np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    return place


def _near(part: Arrays | None, kept: Ints, n: int) -> Near:
    """Neighbours of the kept rows, pointing at kept rows."""
    if part is None:
        return Near.none(len(kept))
    if len(kept) == n:
        return packed.unpacked_near(part["lengths"], part["places"], part["values"], part["scale"])
    lengths = part["lengths"].astype(np.int64)
    if int(lengths.sum()) != len(part["places"]):
        raise ValueError("there are more or fewer neighbours than their lengths say")
    wanted = np.zeros(n, dtype=bool)
    wanted[kept] = True
    cells = np.repeat(wanted, lengths)
    places = packed.unpacked_places(part["places"][cells])
    if len(places) and not (places.min() >= NOBODY and places.max() < n):
        raise ValueError("a neighbour does not exist")
    here = np.append(_inverse(kept, n), np.int32(NOBODY))[places]
    inside = here != NOBODY
    owner = np.repeat(np.arange(len(kept)), lengths[kept])[inside]
    fewer = np.bincount(owner, minlength=len(kept)).astype(np.uint8)
    return packed.unpacked_near(fewer, packed.packed_places(here[inside]), part["values"][cells][inside], part["scale"])


def _artists(part: Arrays | None, kept: Ints) -> tuple[Any, Ints, Near | None]:
    if part is None:
        return None, np.zeros(0, dtype=np.int64), None
    near = packed.unpacked_near(part["lengths"], part["places"], part["values"], part["scale"])
    return packed.unpacked_places(part["codes"][kept]), packed.unpacked_keys(part["keys"]), near


def _aliases(part: Arrays | None, n: int) -> tuple[Ints, Ints]:
    if part is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys, rows = packed.unpacked_keys(part["keys"]), packed.unpacked_places(part["rows"]).astype(np.int64)
    if len(keys) != len(rows) or (np.diff(keys) <= 0).any() or (len(rows) and not 0 <= rows.min() <= rows.max() < n):
        raise ValueError("an alias is not one of a recording")
    return keys, rows


def sound_gram(gram: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    """As it was written, when it can be solved: symmetric, and nothing along its diagonal below the penalty."""
    if not np.array_equal(gram, gram.T) or (np.diag(gram) < penalty * (1 - 1e-6)).any() or (np.abs(gram) > 1e30).any():
        raise ValueError("the factors' products are not what they can be")
    return gram


def _places(keys: Ints, hashes: Ints) -> Ints:
    """Where each hash stands in ascending keys, ``NOBODY`` for none."""
    if len(keys) == 0:
        return np.full(len(hashes), NOBODY, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
    return np.where(keys[at] == hashes, at, NOBODY).astype(np.int64)
