"""Arrays from a file that may be broken or hostile: nothing is allocated or parsed before its size is believed."""

import hashlib
import struct
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.files.errors import ModelFileError
from recommender.files.manifest import SMALL_DTYPES, ArrayFacts, parsed_object

LARGEST_HEADER_BYTES = 1 << 20


class Promised(Protocol):
    """What a manifest says of one file of arrays."""

    @property
    def size_bytes(self) -> int:
        """Of the whole file."""

    @property
    def sha256(self) -> str:
        """In hex."""

    @property
    def arrays(self) -> dict[str, ArrayFacts]:
        """All that are in it."""


def verified_arrays(path: Path, manifest: Promised) -> dict[str, NDArray[Any]]:
    """The arrays of the file at ``path`` when size, digest, names, types, shapes and finiteness are as promised."""
    try:
        raw = _promised_bytes(path, manifest)
    except OSError as trouble:
        raise ModelFileError(f"The model's file cannot be read: {trouble.strerror or trouble}.") from trouble
    begins = check_header(raw, manifest.arrays)
    # Cut out here, not by safetensors' own reader: that one keeps every other thread waiting while it copies.
    arrays = {name: _cut(raw, begins[name], facts) for name, facts in manifest.arrays.items()}
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelFileError(f'The model\'s file is damaged: "{name}" holds a number that is not finite.')
    return arrays


def _promised_bytes(path: Path, manifest: Promised) -> bytes:
    """The whole file, read once: what is checked is what is used."""
    with path.open("rb") as file:
        size = path.stat().st_size
        if size != manifest.size_bytes:
            raise ModelFileError(f"The model's file has {size} bytes instead of {manifest.size_bytes}: get it again.")
        raw = file.read(size + 1)
    if hashlib.sha256(raw).hexdigest() != manifest.sha256:
        raise ModelFileError("The model's file is not the one its manifest describes: its digest differs.")
    return raw


def _cut(raw: bytes, begin: int, facts: ArrayFacts) -> NDArray[Any]:
    """One array, a copy of its own. Numpy copies without holding up other threads."""
    dtype = np.dtype(facts.dtype).newbyteorder("<")
    flat = np.frombuffer(raw, dtype, facts.size_bytes // dtype.itemsize, begin)
    return flat.reshape(facts.shape).astype(facts.dtype)


def check_header(raw: bytes, promised: dict[str, ArrayFacts]) -> dict[str, int]:
    """The header of a safetensors file against what the manifest promises of its arrays; where in it each begins."""
    if len(raw) < 8:
        raise ModelFileError("The model's file is damaged: it ends before it begins.")
    length = struct.unpack("<Q", raw[:8])[0]
    if length > min(LARGEST_HEADER_BYTES, len(raw) - 8):
        raise ModelFileError("The model's file is damaged: its header is longer than it can be.")
    header = parsed_object(raw[8 : 8 + length], "The header of the model's file")
    header.pop("__metadata__", None)
    if set(header) != set(promised):
        raise ModelFileError("The model's file holds other arrays than its manifest says.")
    for name, facts in promised.items():
        said = header[name] if isinstance(header[name], dict) else {}
        if said.get("dtype") != SMALL_DTYPES[facts.dtype] or said.get("shape") != list(facts.shape):
            raise ModelFileError(f'The model\'s file is damaged: "{name}" has another type or shape than promised.')
    begins, at = dict[str, int](), 8 + length
    for name in sorted(promised, key=lambda name: _offsets(header[name])):
        begin, end = _offsets(header[name])
        if (begin, end) != (at - 8 - length, at - 8 - length + promised[name].size_bytes):
            raise ModelFileError("The model's file is damaged: its arrays cannot be read.")
        begins[name], at = at, at + promised[name].size_bytes
    if at != len(raw):
        raise ModelFileError("The model's file is damaged: its arrays do not fill it.")
    return begins


def _offsets(said: Any) -> tuple[int, int]:
    """Where an array begins and ends, after the header; what makes no sense is nowhere."""
    found = said.get("data_offsets") if isinstance(said, dict) else None
    if not isinstance(found, list) or len(found) != 2 or any(type(place) is not int for place in found):
        return -1, -1
    return found[0], found[1]
