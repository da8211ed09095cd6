"""A large model's core in pieces by the first bits of the key, so that a device fetches those of its own library.

Of a piece the host sees that somebody wanted one of the recordings in it (about SHARD_ROWS), or none: decoys are asked
for, too. A model below LARGEST_WHOLE_BYTES is fetched whole, and asks nothing of anybody. Neighbours are not in the
pieces: factors alone say what is near, at a hundredth of the bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Ints
from recommender.community import Community, Factors, Near
from recommender.files import packed
from recommender.files.community_files import KeyedCommunity, part_file, sound_gram
from recommender.files.community_manifest import ModelManifest, Part, parsed_part, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.manifest import LARGEST_MANIFEST_BYTES, parsed_object
from recommender.files.verify import verified_arrays
from recommender.files.whole import write_whole
from recommender.keys import KEY_BYTES

LARGEST_WHOLE_BYTES = 64 << 20
SHARD_ROWS = 2_048
MOST_BITS = 14
INDEX = "shards.json"
FORMAT, VERSION = "segue-shards", 1

ROWS = ("keys", "factors", "scales", "holders")


@dataclass(frozen=True, slots=True)
class ShardIndex:
    """What ``shards.json`` says: ``bits`` of a key name its piece; ``common`` holds what all need."""

    model: str
    """The id of the whole model's manifest."""
    bits: int
    common: Part
    shards: tuple[Part, ...]

    def shards_of(self, hashes: Ints) -> Ints:
        """The numbers of the pieces that hold these keys, ascending."""
        return np.unique(hashes[hashes >= 0] >> (8 * KEY_BYTES - self.bits))

    def text(self) -> str:
        """As JSON."""
        said = {"format": FORMAT, "version": VERSION, "model": self.model, "bits": self.bits}
        return json.dumps({**said, "common": _said(self.common), "shards": [_said(one) for one in self.shards]})


def write_shards(folder: Path, out: Path) -> ShardIndex:
    """The pieces of the model in ``folder``, and their index, into ``out``."""
    manifest = read_model_manifest(folder)
    core = verified_arrays(folder / manifest.parts["core"].file, manifest.parts["core"])
    keys = packed.unpacked_keys(core["keys"])
    bits = min(max(int(np.ceil(np.log2(max(len(keys), 1) / SHARD_ROWS))), 0), MOST_BITS)
    borders = np.searchsorted(keys, np.arange(2**bits + 1) << (8 * KEY_BYTES - bits))
    out.mkdir(parents=True, exist_ok=True)

    def kept(name: str, arrays: dict[str, NDArray[Any]]) -> Part:
        part, raw = part_file(name, arrays)
        write_whole(out / part.file, raw)
        return part

    shards = tuple(
        kept(f"shard-{number}", {name: core[name][start:end] for name in ROWS})
        for number, (start, end) in enumerate(zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True))
    )
    index = ShardIndex(manifest.id, bits, kept("common", {"gram": core["gram"]}), shards)
    write_whole(out / INDEX, index.text().encode())
    return index


def read_index(path: Path) -> ShardIndex:
    """The index at ``path``. Anything unclear is a ModelFileError."""
    try:
        with path.open("rb") as file:
            raw = file.read(32 * LARGEST_MANIFEST_BYTES + 1)
    except OSError as trouble:
        raise ModelFileError(f"The model's pieces cannot be read: {trouble.strerror or trouble}.") from trouble
    found = parsed_object(raw[: 32 * LARGEST_MANIFEST_BYTES], "The list of the model's pieces")
    bits, shards = found.get("bits"), found.get("shards")
    if found.get("format") != FORMAT or found.get("version") != VERSION or not isinstance(found.get("model"), str):
        raise ModelFileError("This is no list of a model's pieces in a format known here.")
    if type(bits) is not int or not 0 <= bits <= MOST_BITS or not isinstance(shards, list) or len(shards) != 2**bits:
        raise ModelFileError("The list of the model's pieces is damaged.")
    parts = tuple(parsed_part("shard", said) for said in shards)
    return ShardIndex(str(found["model"]), bits, parsed_part("common", found.get("common")), parts)


def read_shards(manifest: ModelManifest, index: ShardIndex, files: Mapping[int, Path], common: Path) -> KeyedCommunity:
    """The recordings of these pieces as a model without neighbours. ``files``: by number. ModelFileError: see there."""
    if index.model != manifest.id:
        raise ModelFileError("The model's pieces are those of another model.")
    gram = verified_arrays(common, index.common).get("gram", np.zeros((0, 0)))
    pieces = [verified_arrays(files[number], index.shards[number]) for number in sorted(files)]
    try:
        return _joined(manifest, pieces, gram)
    except (ValueError, IndexError, KeyError, MemoryError) as trouble:
        raise ModelFileError("The model's pieces are damaged: their arrays do not fit together.") from trouble


def _joined(manifest: ModelManifest, pieces: Sequence[dict[str, NDArray[Any]]], gram: NDArray[Any]) -> KeyedCommunity:
    f = manifest.n_factors
    empty: dict[str, NDArray[Any]] = {
        "keys": np.zeros((0, KEY_BYTES), np.uint8),
        "factors": np.zeros((0, f), np.int8),
        "scales": np.zeros(0, np.float16),
        "holders": np.zeros(0, np.uint8),
    }
    together: dict[str, NDArray[Any]] = {}
    for name, nothing in empty.items():
        columns = [nothing, *(piece[name] for piece in pieces)]
        if any(column.dtype != nothing.dtype for column in columns):
            raise ValueError("a piece has numbers of another type")
        together[name] = np.concatenate(columns)
    keys = packed.unpacked_keys(together["keys"])
    if (np.diff(keys) <= 0).any() or gram.shape != (f, f):
        raise ValueError("keys must ascend")
    items = packed.unpacked_factors(together["factors"], together["scales"])
    factors = Factors(items, manifest.penalty, manifest.mean_total, [sound_gram(gram, manifest.penalty)])
    holders = packed.unpacked_holders(together["holders"])
    community = Community.of(Near.none(len(keys)), holders, manifest.about.n_listeners, factors)
    none = np.zeros(0, dtype=np.int64)
    return KeyedCommunity(community, keys, none, manifest.about, none, none)


def _said(part: Part) -> dict[str, Any]:
    arrays = {name: {"dtype": facts.dtype, "shape": facts.shape} for name, facts in part.arrays.items()}
    return {"file": part.file, "size_bytes": part.size_bytes, "sha256": part.sha256, "arrays": arrays}
