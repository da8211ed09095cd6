"""Chunks of raw fields to a log: names become numbers, what cannot be is left out and counted."""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.arrays import Bools, Floats, Ints
from recommender.loaders.log import DataError, Log, is_time

MAX_ROWS = 50_000_000
LARGEST_COUNT = 1e12
_LARGEST_SECONDS = 1e11
"""Larger times are in milliseconds, microseconds or nanoseconds."""
_NUMBERS = ("rating", "weight", "played_ms")

Chunk = dict[str, Sequence[Any]]
"""Role to its fields, all of one length: text, numbers, datetimes or None."""


class Collector:
    """Takes chunks, gives a log. Memory: 8 bytes a row and role, and each name once."""

    def __init__(self, name: str, told_apart_by_artist: bool = False) -> None:
        self._name = name
        self._told_apart = told_apart_by_artist
        self._codes: dict[str, dict[Any, int]] = {"user": {}, "item": {}, "artist": {}}
        self._parts: dict[str, list[NDArray[Any]]] = {}
        self._rows = 0
        self._lost = {"a name that is missing": 0, "a time that cannot be": 0, "a number that cannot be": 0}

    def add(self, chunk: Chunk) -> None:
        """Takes some rows."""
        n_rows = len(chunk["item"])
        self._rows += n_rows
        if self._rows > MAX_ROWS:
            raise DataError(f"{self._name} has more than {MAX_ROWS:,} rows: take a part of it.")
        kept = np.ones(n_rows, dtype=bool)
        columns = self._names(chunk, kept)
        if "at_s" in chunk:
            at_s = _times(chunk["at_s"])
            self._drop("a time that cannot be", kept, is_time(at_s))
            columns["at_s"] = at_s
        for role in _NUMBERS:
            if role in chunk:
                columns[role] = _numbers(chunk[role], missing=-1.0 if role == "played_ms" else np.nan)
                self._drop("a number that cannot be", kept, _is_sound(role, columns[role]))
        for role, values in columns.items():
            exact = values[kept] if role in {"rating", "weight"} else values[kept].astype(np.int64)
            self._parts.setdefault(role, []).append(exact)

    def finish(self, notes: Sequence[str] = ()) -> Log:
        """The log. DataError where no row is left."""
        parts = {role: np.concatenate(chunks) for role, chunks in self._parts.items()}
        if self._rows == 0:
            raise DataError(f"{self._name} has no rows.")
        if len(parts["item"]) == 0:
            why = max(self._lost, key=lambda reason: self._lost[reason])
            raise DataError(f"{self._name} has no row that can be used: each of its {self._rows:,} has {why}.")
        kept, repeats = _without_repeats(parts)
        parts = {role: values[kept] for role, values in parts.items()}
        users, user = np.unique(parts.pop("user"), return_inverse=True)
        items, item = np.unique(parts.pop("item"), return_inverse=True)
        told = [*notes, *(f"{_rows(n)} left out: {reason}." for reason, n in self._lost.items() if n)]
        told += [f"{_rows(repeats)} left out: the same again."] if repeats else []
        return Log(
            self._name, user.astype(np.int64), item.astype(np.int64), len(users), len(items), notes=tuple(told), **parts
        )

    def _names(self, chunk: Chunk, kept: Bools) -> dict[str, NDArray[Any]]:
        artist = _labels(chunk["artist"]) if "artist" in chunk else None
        item: list[Any] = [*_labels(chunk["item"])]
        self._drop("a name that is missing", kept, np.array([bool(label) for label in item], dtype=bool))
        if self._told_apart and artist is not None:
            item = list(zip(artist, item, strict=True))
        user = _labels(chunk["user"]) if "user" in chunk else ["the listener"] * len(item)
        self._drop("a name that is missing", kept, np.array([bool(label) for label in user], dtype=bool))
        named = {"user": self._code("user", user), "item": self._code("item", item)}
        if artist is not None:
            codes = self._code("artist", artist)
            named["artist"] = np.where([bool(label) for label in artist], codes, -1)
        return named

    def _code(self, role: str, labels: list[Any]) -> Ints:
        known = self._codes[role]
        return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)

    def _drop(self, reason: str, kept: Bools, sound: Bools) -> None:
        self._lost[reason] += int(np.count_nonzero(kept & ~sound))
        kept &= sound


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _labels(values: Sequence[Any]) -> list[str]:
    """A name for each value, each looked at once."""
    try:
        names = {value: _label(value) for value in set(values)}
    except TypeError:  # lists and the like, which no table of names should hold
        return [_label(value) for value in values]
    return [names[value] for value in values]


def _label(value: Any) -> str:
    """A name as text; None, blank and NaN are no name."""
    text = "" if value is None else str(value).strip()
    return "" if text.lower() in {"nan", "null", "none"} else text


def _is_sound(role: str, values: Floats) -> Bools:
    if role == "played_ms":
        return np.asarray(np.isfinite(values) & (values <= LARGEST_COUNT))
    low = -LARGEST_COUNT if role == "rating" else 0.0
    return np.asarray(np.isfinite(values) & (values >= low) & (values <= LARGEST_COUNT))


def _numbers(values: Sequence[Any], missing: float) -> Floats:
    """float64, ``missing`` where a field is blank or NaN, NaN where it is no number."""
    try:
        found = np.asarray(values).astype(np.float64)
    except (ValueError, TypeError, OverflowError):
        return np.array([_number(value, missing) for value in values], dtype=np.float64)
    return np.where(np.isnan(found), missing, found)


def _number(value: Any, missing: float = np.nan) -> float:
    if value is None or (isinstance(value, str) and not value.strip()):
        return missing
    try:
        found = float(value)
    except (ValueError, TypeError, OverflowError):
        return np.nan
    return missing if np.isnan(found) else found


def _times(values: Sequence[Any]) -> Floats:
    """Seconds since 1970, float64, NaN where a field is no time: numbers of any unit, or ISO 8601 (UTC if not said)."""
    try:
        seconds = np.asarray(values).astype(np.float64)
    except (ValueError, TypeError, OverflowError):
        seconds = np.array([_seconds(value) for value in values], dtype=np.float64)
    seconds[~np.isfinite(seconds)] = np.nan
    for _ in range(3):
        large = seconds >= _LARGEST_SECONDS
        seconds[large] /= 1000
    return np.floor(seconds)


def _seconds(value: Any) -> float:
    if isinstance(value, str):
        number = _number(value)
        if not np.isnan(number):
            return number
        try:
            value = datetime.datetime.fromisoformat(value.strip())
        except ValueError:
            return np.nan
    if isinstance(value, datetime.datetime):
        known = value if value.tzinfo is not None else value.replace(tzinfo=datetime.UTC)
        return (known - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)).total_seconds()
    if isinstance(value, datetime.date):
        return float((value - datetime.date(1970, 1, 1)).days * 86_400)
    return _number(value)


def _without_repeats(parts: dict[str, NDArray[Any]]) -> tuple[Ints, int]:
    """Rows to keep, in order: a play told twice stands once, of two ratings the later row stands, counts all stay."""
    n_rows = len(parts["item"])
    keys = [parts["item"], parts["user"]]
    if "rating" in parts:
        order = np.lexsort((np.arange(n_rows), *keys))
        last = _borders(order, keys)
        kept = np.sort(order[np.append(last[1:], True)])
    elif "at_s" in parts and "weight" not in parts:
        keys = [parts["at_s"], *keys]
        order = np.lexsort((np.arange(n_rows), *keys))
        kept = np.sort(order[_borders(order, keys)])
    else:
        kept = np.arange(n_rows)
    return kept, n_rows - len(kept)


def _borders(order: Ints, keys: list[NDArray[Any]]) -> Bools:
    """Where a new key begins in sorted order, bool (n,)."""
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    return new
