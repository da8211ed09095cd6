"""Listens of many people from files: JSON lines (also compressed) and Parquet, some megabytes at a time.

pyarrow reads a block at once; a block that it cannot read goes line by line through ``fields.parsed_line``, so that
one bad line costs itself alone and is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Codes, Ints
from recommender.loaders.log import DataError
from recommender.training import fields

BLOCK_BYTES = 96 << 20
LONGEST_LINE_BYTES = 4 << 20
"""What is longer is no listen; pyarrow's threads take pieces of this size."""
BATCH_ROWS = 250_000
ENDINGS = (".jsonl", ".ndjson", ".listens")
PACKED = (".gz", ".bz2", ".xz", ".zst")

_TEXT_ROLES = ("user", "artist", "title", "mbid")


@dataclass(frozen=True, slots=True, eq=False)
class Listens:
    """Parallel columns, one row a listen; texts are codes into their lists, -1 where the file does not say."""

    user: Codes
    artist: Codes
    title: Codes
    mbid: Codes
    at_s: Ints
    played_ms: Ints
    """-1 where the file does not say."""
    artists: list[str]
    titles: list[str]
    mbids: list[str]
    users: list[str]
    unread: int
    """Lines that could not be read."""

    def __len__(self) -> int:
        return len(self.user)


def read_listens(paths: Sequence[Path]) -> Listens:
    """All listens of these files and folders, in order. DataError where there is nothing to read.

    Memory: 40 bytes a listen, each text once, and one block.
    """
    collected = _Collected()
    for path in listen_files(paths):
        try:
            _read(path, collected)
        except OSError as trouble:
            raise DataError(f"{path} cannot be read: {trouble.strerror or trouble}.") from trouble
    return collected.finish()


def listen_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant: themselves, and what lies in folders under a known ending, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(inner for inner in path.rglob("*") if inner.is_file() and is_listen_file(inner))
        elif path.is_file():
            found.append(path)
        else:
            raise DataError(f"{path} does not exist.")
    if not found:
        raise DataError("There are no listens there: no file of JSON lines, and none of Parquet.")
    return found


def is_listen_file(path: Path) -> bool:
    """Whether its name is that of JSON lines, compressed or not, or of Parquet."""
    name = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return name.suffix.lower() in (*ENDINGS, ".parquet")


def is_parquet(path: Path) -> bool:
    """By its first bytes."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _read(path: Path, collected: "_Collected") -> None:
    arrow = import_module("pyarrow")
    try:
        if is_parquet(path):
            _read_parquet(path, collected)
            return
        with arrow.input_stream(str(path), compression="detect") as stream:
            for block in _blocks(stream):
                _read_block(block, collected)
    except arrow.ArrowInvalid as trouble:
        raise DataError(f"{path} is damaged: {str(trouble).splitlines()[0]}.") from trouble


def _blocks(stream: Any) -> Iterator[memoryview]:
    """Whole lines, about BLOCK_BYTES at once, each time in the same room; the last may lack its end.

    A line without end is cut: no listen is so long, so it is none.
    """
    room = bytearray(BLOCK_BYTES)
    view, left = memoryview(room), 0
    while more := stream.readinto(view[left:]):
        filled = left + more
        end = room.rfind(b"\n", 0, filled) + 1
        if end == 0:
            if filled < BLOCK_BYTES:
                left = filled
                continue
            end = filled
        yield view[:end]
        left = filled - end
        room[:left] = room[end:filled]
    if left:
        yield view[:left]


def _read_block(block: memoryview, collected: "_Collected") -> None:
    arrow, reader = import_module("pyarrow"), import_module("pyarrow.json")
    for user_type in (arrow.string(), arrow.int64()):
        options = reader.ParseOptions(explicit_schema=_schema(user_type), unexpected_field_behavior="ignore")
        sizes = reader.ReadOptions(block_size=LONGEST_LINE_BYTES)
        try:
            table = reader.read_json(arrow.BufferReader(block), parse_options=options, read_options=sizes)
        except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError):
            continue
        collected.add_table(table)
        return
    lines = [fields.parsed_line(line) for line in block.tobytes().splitlines() if line.strip()]
    collected.unread += lines.count(None)
    collected.add_lines([line for line in lines if line is not None])


def _read_parquet(path: Path, collected: "_Collected") -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        wanted = {"track_metadata"} | {p[0] for p in (*fields.USER, *fields.AT, *fields.PLAYED_MS)}
        wanted |= {p[0] for paths in fields.TEXTS.values() for p in paths}
        columns = [name for name in file.schema_arrow.names if name in wanted]
        for batch in file.iter_batches(BATCH_ROWS, columns=columns):
            collected.add_table(arrow.Table.from_batches([batch]))


def _schema(user_type: Any) -> Any:
    arrow = import_module("pyarrow")
    text, whole = arrow.string(), arrow.int64()
    inner = arrow.struct([("recording_mbid", text)])
    metadata = [("artist_name", text), ("track_name", text), ("mbid_mapping", inner), ("additional_info", inner)]
    flat = [(path[0], text) for paths in fields.TEXTS.values() for path in paths if len(path) == 1]
    numbers = [(path[0], whole) for paths in fields.NUMBERS.values() for path in paths]
    users = [(path[0], user_type) for path in fields.USER]
    return arrow.schema([*users, *numbers, *flat, ("track_metadata", arrow.struct(metadata))])


class _Collected:
    """Blocks so far, as codes."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, int]] = {role: {} for role in _TEXT_ROLES}
        self._parts: dict[str, list[NDArray[Any]]] = {role: [] for role in (*_TEXT_ROLES, *fields.NUMBERS)}
        self.unread = 0

    def add_table(self, table: Any) -> None:
        """Rows of a table whose columns are named as in ``fields``."""
        columns = {"user": _column(table, fields.USER, "string")}
        columns |= {role: _column(table, paths, "string") for role, paths in fields.TEXTS.items()}
        for role, column in columns.items():
            self._parts[role].append(self._coded(role, column))
        for role, paths in fields.NUMBERS.items():
            self._parts[role].append(_whole(_column(table, paths, "int64")))

    def add_lines(self, lines: Sequence[fields.Line]) -> None:
        """Rows read one by one."""
        for role in _TEXT_ROLES:
            known = self._codes[role]
            texts = [getattr(line, role) for line in lines]
            codes = [known.setdefault(text, len(known)) if text else -1 for text in texts]
            self._parts[role].append(np.array(codes, dtype=np.int32))
        for role in fields.NUMBERS:
            self._parts[role].append(np.array([getattr(line, role) for line in lines], dtype=np.int64))

    def finish(self) -> Listens:
        """The columns, each in one piece."""
        empty = {role: np.int32 if role in _TEXT_ROLES else np.int64 for role in self._parts}
        joined = {role: np.concatenate([np.zeros(0, empty[role]), *parts]) for role, parts in self._parts.items()}
        texts = {role: list(self._codes[role]) for role in _TEXT_ROLES}
        return Listens(
            **joined,
            artists=texts["artist"],
            titles=texts["title"],
            mbids=texts["mbid"],
            users=texts["user"],
            unread=self.unread,
        )

    def _coded(self, role: str, column: Any) -> Codes:
        encoded = column.dictionary_encode()
        if hasattr(encoded, "combine_chunks"):
            encoded = encoded.unify_dictionaries().combine_chunks()
        known = self._codes[role]
        here = [known.setdefault(text, len(known)) if text else -1 for text in encoded.dictionary.to_pylist()]
        codes = np.array([*here, -1], dtype=np.int32)
        places = encoded.indices.fill_null(len(here)).to_numpy(zero_copy_only=False)
        coded: Codes = codes[places]
        return coded


def _column(table: Any, paths: tuple[fields.Path, ...], kind: str) -> Any:
    """The first of these that says something, row by row; of another kind in Parquet: cast, nothing where it cannot."""
    arrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    wanted = {"string": arrow.string(), "int64": arrow.int64()}[kind]
    found = []
    for path in paths:
        if path[0] not in table.column_names:
            continue
        column = table[path[0]]
        try:
            column = compute.struct_field(column, list(path[1:])) if len(path) > 1 else column
            if arrow.types.is_dictionary(column.type):
                column = column.cast(column.type.value_type)
            if arrow.types.is_timestamp(column.type):
                column = column.cast(arrow.timestamp("s", column.type.tz), safe=False)
            found.append(column.cast(wanted, safe=False))
        except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError):
            continue
    if not found:
        return arrow.nulls(len(table), wanted)
    return compute.coalesce(*found) if len(found) > 1 else found[0]


def _whole(column: Any) -> Ints:
    values: Ints = column.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return values
