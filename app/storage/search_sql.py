"""Queries as SQL: words as an FTS5 expression, numbers and marks as conditions on the track."""

from collections.abc import Iterable

from app.domain.query import Between, Field, Marked, Part, Query, Words

_ANY = "{title artist album composer}"
INDEXED_CHARS = 3
ALL_SHOWN = "t.removed_at is null"
_LARGEST = (1 << 62) - 1
_LISTENS = "select recording_key from listen_count group by recording_key having sum(listens)"
_COLUMNS = {"year": "t.year", "rating": "coalesce(t.rating, 0)", "added": "t.added_at"}


def run_of(text: str) -> str:
    """A text as it stands in the index, as an FTS5 string: fewer than three characters begin a word.

    >>> run_of("le"), run_of("dark side")
    ('" le"', '"dark  side"')
    """
    return '"' + spaced(text).replace('"', '""') + '"'


def spaced(text: str) -> str:
    """A text as it stands in the index."""
    return text.replace(" ", "  ").rjust(INDEXED_CHARS)


def word_of(words: Words) -> str:
    """One part as an FTS5 expression."""
    return f"{column_of(words.field)} : {run_of(words.text)}"


def column_of(field: Field) -> str:
    """Where a part looks."""
    return _ANY if field == "any" else field


def expression(words: Iterable[Words]) -> str:
    """All of these words, none of those."""
    words = list(words)
    wanted = " AND ".join(word_of(part) for part in words if not part.without)
    unwanted = " OR ".join(word_of(part) for part in words if part.without)
    if wanted and unwanted:
        return f"({wanted}) NOT ({unwanted})"
    return wanted or unwanted


def conditions(query: Query) -> tuple[str, list[object]]:
    """What the columns of the track ``t`` must be, with the values to bind."""
    sql, bound = [ALL_SHOWN], list[object]()
    for part in query.parts:
        if not isinstance(part, Words):
            condition, values = _condition(part)
            sql.append(f"({condition}) is not true" if part.without else condition)
            bound += values
    unwanted = [part for part in query.parts if isinstance(part, Words)]
    if unwanted and not query.words:  # nothing to look up, only to leave out
        sql.append("t.id not in (select rowid from track_search where track_search match ?)")
        bound.append(expression(unwanted))
    return " and ".join(sql), bound


def _condition(part: Part) -> tuple[str, list[object]]:
    if isinstance(part, Marked):
        if part.mark == "missing":
            return "t.missing_since is not null", []
        return "not exists (select 1 from listen_count c where c.recording_key = t.recording_key)", []
    if not isinstance(part, Between):
        raise TypeError(part)
    low, high = part.low, part.high
    if part.number == "plays":
        return _plays(low or 0, _LARGEST if high is None else high)
    if part.number == "rating" and low:  # so that the index of ratings serves
        return "t.rating between ? and ?", [low, _LARGEST if high is None else high]
    return (
        f"{_COLUMNS[part.number]} between ? and ?",
        [-_LARGEST if low is None else low, _LARGEST if high is None else high],
    )


def _plays(low: int, high: int) -> tuple[str, list[object]]:
    if low > 0:
        return f"t.recording_key in ({_LISTENS} between ? and ?)", [low, high]
    if high == 0:
        return _condition(Marked("never-played"))
    if high < 0:
        return "0", []
    return ("1", []) if high == _LARGEST else (f"t.recording_key not in ({_LISTENS} > ?)", [high])
