"""What the migrations ask that SQL cannot answer: the key that a row's words have now, if its key is theirs.

The migration ``marks_in_keys`` uses ``rekeyed``. ``signs_in_keys`` needs no words: each key is made from the one
before, and one that the other made a moment ago, with the signs of today, stays as it is. So it does in
``acutes_in_keys``, which takes only keys that had a space for an acute accent of their words. Should keys be formed in
a way that needs the words again, ``_now`` has to become a copy of the form of today, as ``_before`` is one of the form
of then, and a later migration goes on from there.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from app.domain.ids import RecordingKey
from app.domain.key_form import ACUTE, key_form, one_sign
from app.domain.recording import named, names_of

_LONGEST = 5_000
"""No Segue has formed a key of longer names; putting the marks of a long text in order may take very long."""
_LONGEST_OUTSIDE = 1 << 20
_SPLIT = "\x1f"


def teach(connection: sqlite3.Connection) -> None:
    """Makes the functions known to SQL. Each takes the bytes of a text: those of a damaged row may be none."""
    connection.create_function("rekeyed", 3, _rekeyed, deterministic=True)
    connection.create_function("rekeyed_outside", 1, _rekeyed_outside, deterministic=True)
    connection.create_function("one_sign", 1, _one_sign, deterministic=True)
    connection.create_function("without_acute", 3, _without_acute, deterministic=True)
    connection.create_function("without_acute_outside", 1, _without_acute_outside, deterministic=True)


def rekeyed(key: str, artist: str, title: str) -> str | None:
    """The key with the names in the form of now, its length as it is; ``None`` where it is no key of these names."""
    if not key.startswith("tags:") or key.count(_SPLIT) != 2 or len(artist) > _LONGEST or len(title) > _LONGEST:
        return None
    names = names_of(RecordingKey(key))
    now = f"tags:{_now(artist)}{_SPLIT}{_now(title)}{_SPLIT}"
    if names == now:
        return key
    before = f"tags:{_before(artist)}{_SPLIT}{_before(title)}{_SPLIT}"
    return now + key[len(names) :] if names == before else None


def without_acute(key: str, artist: str, title: str) -> str | None:
    """The key whose names have an apostrophe where an acute accent was a space; ``None`` where it is no such key."""
    if ACUTE not in artist + title or len(artist) > _LONGEST or len(title) > _LONGEST:
        return None
    if not key.startswith("tags:") or key.count(_SPLIT) != 2:
        return None
    names, now = names_of(RecordingKey(key)), named(artist, title)
    before = named(artist.replace(ACUTE, " "), title.replace(ACUTE, " "))
    return now + key[len(names) :] if names == before != now else None


_now = lru_cache(maxsize=1024)(key_form)


@lru_cache(maxsize=1024)
def _before(value: str) -> str:
    """The form until then: no mark counted."""
    if value.isascii():
        return " ".join(value.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def _one_sign(key: object) -> str | None:
    """The key with one form of each sign; ``None`` where that is the one it has, or it rests on no names."""
    said = _text(key)
    if said is None or not said.startswith("tags:"):
        return None
    new = one_sign(said)
    return new if new != said else None


def _rekeyed(key: object, artist: object, title: object) -> str | None:
    texts = _text(key), _text(artist), _text(title)
    return None if None in texts else rekeyed(*texts)  # type: ignore[arg-type]


def _without_acute(key: object, artist: object, title: object) -> str | None:
    texts = _text(key), _text(artist), _text(title)
    return None if None in texts else without_acute(*texts)  # type: ignore[arg-type]


def _rekeyed_outside(kept: object) -> str | None:
    return _outside(kept, rekeyed)


def _without_acute_outside(kept: object) -> str | None:
    return _outside(kept, without_acute)


def _outside(kept: object, anew: Callable[[str, str, str], str | None]) -> str | None:
    """The same for a file from outside the library, as the queue keeps it."""
    said = _text(kept)
    if said is None or len(said) > _LONGEST_OUTSIDE:
        return None
    try:
        facts = json.loads(said)
        key, title = facts["recording_key"], facts["title"]
        new = anew(key, facts["artist"] or facts["album_artist"], title)
        return None if new in (None, key) else json.dumps(facts | {"recording_key": new})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # not what Segue writes: it is left as it is


def _text(value: object) -> str | None:
    try:
        return value.decode() if isinstance(value, bytes) else None
    except UnicodeDecodeError:
        return None
