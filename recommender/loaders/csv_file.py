"""CSV, TSV and the like, plain or gzip, with a header: read line by line, so that memory is bounded."""

import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from recommender.loaders.collect import Collector
from recommender.loaders.columns import is_told_apart_by_artist, roles_of
from recommender.loaders.log import DataError, Log

CHUNK_ROWS = 50_000
MAX_LINE_CHARS = 1_000_000
_DELIMITERS = (",", "\t", ";", "|")
_GZIP = b"\x1f\x8b"


def load_csv(path: Path) -> Log:
    """The rows of a file. DataError, one sentence, where it cannot be used."""
    try:
        with _open(path) as raw, _as_text(raw, path.name) as text:
            return _read(text, path.name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(f"{path.name} is a damaged gzip file.") from error
    except UnicodeError as error:
        raise DataError(f"{path.name} is not text that can be read.") from error
    except csv.Error as error:
        raise DataError(f"{path.name} is not a table: {error}.") from error
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _open(path: Path) -> io.BufferedReader:
    """The file's bytes, unpacked where it is gzip whatever it is called."""
    file = path.open("rb")
    packed = file.peek(2).startswith(_GZIP)
    if not packed:
        return file
    file.close()
    return io.BufferedReader(gzip.open(path, "rb"))


def _as_text(raw: io.BufferedReader, name: str) -> io.TextIOWrapper:
    """UTF-8, or UTF-16 with its mark. Bytes that are no UTF-8 stay apart from one another, which is all names need."""
    begin = raw.peek(4)[:4096]
    if not begin:
        raise DataError(f"{name} is empty.")
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return io.TextIOWrapper(raw, encoding="utf-16", newline="")
    if b"\0" in begin:
        raise DataError(f"{name} is not text.")
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _read(text: io.TextIOWrapper, name: str) -> Log:
    first = next(_lines(text, name), "").rstrip("\r\n")
    if not first.strip():
        raise DataError(f"{name} begins with an empty line where its column names should be.")
    delimiter = max(_DELIMITERS, key=first.count)
    # Files parted by tabs carry quotes that mean nothing.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    header = next(csv.reader([first], delimiter=delimiter, quoting=quoting))
    roles = roles_of(header, name)
    collector = Collector(name, is_told_apart_by_artist(header, roles))
    rows = csv.reader(_lines(text, name), delimiter=delimiter, quoting=quoting)
    needed = max(roles.values()) + 1
    short = 0
    while chunk := list(itertools.islice(rows, CHUNK_ROWS)):
        whole = [row for row in chunk if len(row) >= needed]
        short += sum(1 for row in chunk if 0 < len(row) < needed)
        if whole:
            collector.add({role: [row[place] for row in whole] for role, place in roles.items()})
    notes = [f"{short:,} {'row' if short == 1 else 'rows'} left out: too few fields."] if short else []
    notes += [] if "user" in roles else ["No column names a listener: all plays are taken as one listener's."]
    return collector.finish(notes)


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := text.readline(MAX_LINE_CHARS):
        if len(line) == MAX_LINE_CHARS and not line.endswith(("\n", "\r")):
            raise DataError(f"{name} has a line of more than {MAX_LINE_CHARS:,} characters: it is not a table.")
        yield line
