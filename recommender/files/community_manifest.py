"""What a community's model says of itself (``model.json``): the facts, and of each part its file, size and digest."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from recommender.files.errors import ModelFileError
from recommender.files.manifest import (
    MOST_ARRAYS,
    SMALL_DTYPES,
    ArrayFacts,
    check_size,
    manifest_bytes,
    parsed_object,
    senseless,
    whole_number,
)
from recommender.keys import KEYS_VERSION

FORMAT, VERSION = "segue-community", 1
FILE = "model.json"
LARGEST_PART_BYTES = 4 << 30
MOST_PARTS = 16
MOST_ITEMS = 0xFFFFFF
"""Places are kept in three bytes, and one says nobody."""

MOST_FACTORS = 512
LONGEST_WORDS = 300

_NAME = re.compile(r"[a-z0-9_\-]{1,40}")
_FILE = re.compile(r"[a-z0-9_\-]{1,60}\.safetensors")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of arrays beside the manifest."""

    file: str
    size_bytes: int
    sha256: str
    arrays: dict[str, ArrayFacts]


@dataclass(frozen=True, slots=True)
class About:
    """Facts for people. ``created``: UTC seconds; ``words``: a sentence the listener should read, or ""."""

    created: int = 0
    n_listeners: int = 0
    n_listens: int = 0
    words: str = ""
    quality: dict[str, float] = field(default_factory=dict)
    """Measured by who made it, by name: ``ndcg@10 never heard``."""


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """All that ``model.json`` says. ``penalty`` and ``mean_total`` belong to the factors (``community.Factors``)."""

    about: About
    n_items: int
    n_artists: int
    n_factors: int
    penalty: float
    mean_total: float
    parts: dict[str, Part]
    keys_version: int = KEYS_VERSION

    @property
    def size_bytes(self) -> int:
        """Of all parts together."""
        return sum(part.size_bytes for part in self.parts.values())

    @property
    def id(self) -> str:
        """SHA-256 in hex of the text: two models with one id are the same to the byte."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1, sort_keys=True) + "\n"


def read_model_manifest(path: Path) -> ModelManifest:
    """The manifest at ``path``, a file or the folder that holds it. Anything unclear is a ModelFileError."""
    place = path / FILE if path.is_dir() else path
    return parsed_model_manifest(manifest_bytes(place))


def parsed_model_manifest(raw: bytes) -> ModelManifest:
    """The same from bytes."""
    check_size(raw)
    found = parsed_object(raw, "The model's manifest")
    if found.get("format") != FORMAT:
        raise ModelFileError("This is not the manifest of a community's model.")
    if type(found.get("version")) is not int or found["version"] != VERSION:
        raise ModelFileError("This model was made for another version of the program, in a format not known here.")
    if type(found.get("keys_version")) is not int or found["keys_version"] != KEYS_VERSION:
        raise ModelFileError("This model names its recordings in a way not known here.")
    parts = found.get("parts")
    if not isinstance(parts, dict) or not 0 < len(parts) <= MOST_PARTS or "core" not in parts:
        raise senseless("parts")
    return ModelManifest(
        about=_about(found.get("about")),
        n_items=whole_number(found, "n_items", MOST_ITEMS),
        n_artists=whole_number(found, "n_artists", MOST_ITEMS),
        n_factors=whole_number(found, "n_factors", MOST_FACTORS),
        penalty=_number(found, "penalty"),
        mean_total=_number(found, "mean_total"),
        parts={name: parsed_part(name, said) for name, said in parts.items()},
    )


def _about(said: Any) -> About:
    if not isinstance(said, dict):
        raise senseless("about")
    words, quality = said.get("words"), said.get("quality")
    if not isinstance(words, str) or len(words) > LONGEST_WORDS or not words.isprintable():
        raise senseless("words")
    if not isinstance(quality, dict) or len(quality) > MOST_ARRAYS:
        raise senseless("quality")
    if not all(len(name) <= LONGEST_WORDS and type(value) in (int, float) for name, value in quality.items()):
        raise senseless("quality")
    return About(
        created=whole_number(said, "created"),
        n_listeners=whole_number(said, "n_listeners"),
        n_listens=whole_number(said, "n_listens"),
        words=words,
        quality={name: float(value) for name, value in quality.items()},
    )


def parsed_part(name: str, said: Any) -> Part:
    """What is said of one file, looked through."""
    arrays = said.get("arrays") if isinstance(said, dict) else None
    if not _NAME.fullmatch(name) or not isinstance(arrays, dict) or not 0 < len(arrays) <= MOST_ARRAYS:
        raise senseless("parts")
    file, digest = said.get("file"), said.get("sha256")
    if not isinstance(file, str) or not _FILE.fullmatch(file) or not isinstance(digest, str):
        raise senseless("parts")
    if not _DIGEST.fullmatch(digest):
        raise senseless("sha256")
    size = whole_number(said, "size_bytes", LARGEST_PART_BYTES)
    return Part(file, size, digest, {array: _array(array, facts) for array, facts in arrays.items()})


def _array(name: str, facts: Any) -> ArrayFacts:
    shape = facts.get("shape") if isinstance(facts, dict) else None
    if not _NAME.fullmatch(name) or not isinstance(shape, list) or facts.get("dtype") not in SMALL_DTYPES:
        raise senseless("arrays")
    if len(shape) > 2 or not all(type(length) is int and 0 <= length < 2**32 for length in shape):
        raise senseless("arrays")
    return ArrayFacts(facts["dtype"], tuple(shape))


def _number(found: dict[str, Any], name: str) -> float:
    value: Any = found.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e30:
        return float(value)
    raise senseless(name)
