"""The manifest: what a model file says of itself, as strict JSON."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.files.errors import ModelFileError

FORMAT, VERSION = "segue-model", 1
LARGEST_MANIFEST_BYTES = 1 << 20
LARGEST_MODEL_BYTES = 4 << 30
MOST_ARRAYS = 64
DTYPES = {"float32": "F32", "float64": "F64", "int32": "I32", "int64": "I64"}
"""Types an array may have, with their names in safetensors."""

SMALL_DTYPES = {**DTYPES, "float16": "F16", "int8": "I8", "uint8": "U8", "uint16": "U16"}
"""The same for the parts of a community's model."""

_NAME = re.compile(r"[a-z0-9_.\-]{1,100}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ArrayFacts:
    """Type and shape of one array."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def size_bytes(self) -> int:
        """What its numbers take."""
        count = 1
        for length in self.shape:
            count *= length
        return count * np.dtype(self.dtype).itemsize


@dataclass(frozen=True, slots=True)
class Manifest:
    """All a manifest says. ``file`` is a plain name beside it; digests are SHA-256 in hex; ``created`` UTC seconds."""

    algorithm: str
    params: dict[str, float | int | str]
    n_items: int
    ids_sha256: str
    created: int
    file: str
    size_bytes: int
    sha256: str
    arrays: dict[str, ArrayFacts]

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest at ``path``. Anything unclear about it is a ModelFileError."""
    found = parsed_object(manifest_bytes(path), "The model's manifest")
    if found.get("format") != FORMAT:
        raise ModelFileError("This is not the manifest of a model.")
    if found.get("version") != VERSION or isinstance(found.get("version"), bool):
        raise ModelFileError("This model was made by another version of the program, in a format not known here.")
    return _checked(found)


def manifest_bytes(path: Path) -> bytes:
    """The file at ``path``, as far as a manifest can go. What cannot be read, or is larger, is a ModelFileError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_MANIFEST_BYTES + 1)
    except OSError as trouble:
        raise ModelFileError(f"The model's manifest cannot be read: {trouble.strerror or trouble}.") from trouble
    check_size(raw)
    return raw


def check_size(raw: bytes) -> None:
    """A ModelFileError where these are too many bytes for a manifest."""
    if len(raw) > LARGEST_MANIFEST_BYTES:
        raise ModelFileError("The model's manifest is too large to be one.")


def parsed_object(raw: bytes, what: str) -> dict[str, Any]:
    """A JSON object from bytes; NaN, keys given twice and nesting without end are refused like other bad JSON."""
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refused)
    except (ValueError, RecursionError) as trouble:
        raise ModelFileError(f"{what} is damaged: it is not valid JSON.") from trouble
    if not isinstance(found, dict):
        raise ModelFileError(f"{what} is damaged: it is not a JSON object.")
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


def _checked(found: dict[str, Any]) -> Manifest:
    arrays = found.get("arrays")
    if not isinstance(arrays, dict) or not 0 < len(arrays) <= MOST_ARRAYS:
        raise senseless("arrays")
    params = found.get("params")
    if not isinstance(params, dict) or not all(type(value) in (int, float, str) for value in params.values()):
        raise senseless("params")
    return Manifest(
        algorithm=_text(found, "algorithm", _NAME),
        params=params,
        n_items=whole_number(found, "n_items"),
        ids_sha256=_text(found, "ids_sha256", _DIGEST),
        created=whole_number(found, "created"),
        file=_text(found, "file", _NAME),
        size_bytes=whole_number(found, "size_bytes", LARGEST_MODEL_BYTES),
        sha256=_text(found, "sha256", _DIGEST),
        arrays={name: _array(name, facts) for name, facts in arrays.items()},
    )


def _text(found: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value) or value.startswith("."):
        raise senseless(name)
    return value


def whole_number(found: dict[str, Any], name: str, most: int = 2**53) -> int:
    """A count that is there, from 0 to ``most``; anything else is a ModelFileError."""
    value = found.get(name)
    if type(value) is not int or not 0 <= value <= most:
        raise senseless(name)
    return value


def _array(name: str, facts: Any) -> ArrayFacts:
    shape = facts.get("shape") if isinstance(facts, dict) else None
    if not _NAME.fullmatch(name) or not isinstance(shape, list) or facts.get("dtype") not in DTYPES:
        raise senseless("arrays")
    if len(shape) > 2 or not all(type(length) is int and 0 <= length < 2**40 for length in shape):
        raise senseless("arrays")
    return ArrayFacts(facts["dtype"], tuple(shape))


def senseless(name: str) -> ModelFileError:
    """What is said of an entry that is missing or cannot be."""
    return ModelFileError(f'The model\'s manifest is damaged: "{name}" is missing or makes no sense.')
