"""Mistyped words put right from the words of the library.

A word with one letter wrong, missing, too many, or changed places with the next has all its letters right before some
place, and all after it; so the index of three-character runs is asked for "be" + "les", "bea" + "es"... of "beetles".
Longer words may have two such mistakes: then two of four pieces are right. What comes back is compared exactly.
A word that is two without their space ("sigurros") is parted before any of that. Where no whole word is near, one that
begins nearly so is taken: who searches while typing is seldom at the word's end ("nigtdriv").
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from app.domain.query import Query, Words
from app.domain.text import search_form
from app.storage.search_sql import INDEXED_CHARS, column_of, expression, word_of

_SHORTEST = 4
_SHORTEST_BEGUN = 5
_TWO_MISTAKES_FROM = 8
_LONGEST = 24
_LOOKED_AT = 400
_MAX_WRONG = 3
_COLUMNS = ("title", "artist", "album", "composer", "genre")


def put_right(connection: sqlite3.Connection, query: Query) -> Query | None:
    """The query with its mistyped words replaced by words of the library; ``None`` where nothing is near enough."""
    single = [replace(part, text=word) for part in query.words for word in part.text.split()]
    if any(not _found(connection, [part]) for part in single):
        right = [part for part in single if _found(connection, [part])]
        wrong = [part for part in single if part not in right]
    else:  # each is a word of the library, but they do not meet
        return _one_of_them(connection, query, single)
    if len(wrong) > _MAX_WRONG:
        return None
    for part in wrong:
        word = _near(connection, part, right)
        if not word:
            return None
        query = _replaced(query, part.text, word)
        right = [*right, replace(part, text=word)]
    return query if _found(connection, right) else None


def _one_of_them(connection: sqlite3.Connection, query: Query, single: Sequence[Words]) -> Query | None:
    if len(single) == 1 or len(single) > _MAX_WRONG + 1:
        return None
    for part in single:
        others = [other for other in single if other is not part]
        if _found(connection, others) and (word := _near(connection, part, others)):
            return _replaced(query, part.text, word)
    return None


def _found(connection: sqlite3.Connection, words: Sequence[Words]) -> bool:
    sql = "select 1 from track_search where track_search match ? limit 1"
    return not words or connection.execute(sql, (expression(words),)).fetchone() is not None


def _near(connection: sqlite3.Connection, wrong: Words, others: Sequence[Words]) -> str:
    """The word of the library that is most like this one; of equals, the most frequent of those looked at."""
    word = wrong.text
    if not _SHORTEST <= len(word) <= _LONGEST or not all(letter.isalnum() for letter in word):
        return ""
    also = "".join(f" AND {word_of(part)}" for part in others)
    if wrong.field == "any" and (two := _two_words(connection, word, also)):
        return two
    for mistakes, pieces, measured in (
        (1, _one_mistake(word), _distance),
        (2, _two_mistakes(word), _distance),
        (1, _one_mistake_begun(word), _distance_begun),
    ):
        if not pieces:
            continue
        words = _words_with(connection, wrong, f"({column_of(wrong.field)} : ({' OR '.join(pieces)})){also}")
        near = [
            (distance, -count, other)
            for other, count in words.items()
            if (distance := measured(word, other, mistakes)) <= mistakes
        ]
        if near:
            return min(near)[2]
    return ""


def _words_with(connection: sqlite3.Connection, part: Words, match: str) -> Counter[str]:
    """The words of the tracks that match, and how many of them have each."""
    rows = connection.execute(
        "select t.search_text from track_search s join track t on t.id = s.rowid where s.track_search match ? limit ?",
        (match, _LOOKED_AT),
    )
    words: Counter[str] = Counter()
    for (text,) in rows:
        words.update({*" ".join(_fields(text, part)).split()})
    return words


def _two_words(connection: sqlite3.Connection, word: str, also: str) -> str:
    """The word as two whole ones that stand one after the other in a name; empty where no name has such two."""
    sql = "select 1 from track_search where track_search match ? limit 1"
    for at in range(2, len(word) - 1):
        run = f'"  {word[:at]}  {word[at:]}  "'
        if connection.execute(sql, (f"({column_of('any')} : {run}){also}",)).fetchone():
            return f"{word[:at]} {word[at:]}"
    return ""


def _fields(text: str, part: Words) -> list[str]:
    columns: list[str] = json.loads(text)
    if part.field == "any":
        return columns[:-1]
    return [columns[_COLUMNS.index(part.field)]]


def _one_mistake(word: str) -> list[str]:
    """Expressions for the letters before and after each place, the ends of the word included."""
    return [
        _all_of(f"  {word[:at]}" if at else "", f"{word[at + 2 :]}  " if word[at + 2 :] else "")
        for at in range(len(word))
    ]


def _one_mistake_begun(word: str) -> list[str]:
    """The same for a word that may go on: what stands after the mistake need not be its end."""
    if len(word) < _SHORTEST_BEGUN:
        return []
    return [_all_of(f"  {word[:at]}" if at else "", word[at + 2 :]) for at in range(len(word))]


def _two_mistakes(word: str) -> list[str]:
    """Expressions for each two of four pieces of the word, its beginning and its end included."""
    if len(word) < _TWO_MISTAKES_FROM:
        return []
    whole = f"  {word}  "
    quarter = len(whole) / 4
    pieces = [whole[round(n * quarter) : round((n + 1) * quarter)] for n in range(4)]
    return [_all_of(one, other) for one, other in combinations(pieces, 2)]


def _all_of(*pieces: str) -> str:
    long = [f'"{piece}"' for piece in pieces if len(piece) >= INDEXED_CHARS]
    return "(" + " AND ".join(long) + ")"


def _distance(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many, or changed places with the next; ``most`` + 1 where it is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, letter2 in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != letter2))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == letter2:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return last[-1]


def _distance_begun(one: str, other: str, most: int) -> int:
    """The same, to the nearest beginning of the other word."""
    return min(_distance(one, other[: len(one) + more], most) for more in range(-most, most + 1))


def _replaced(query: Query, wrong: str, right: str) -> Query:
    def parted(text: str) -> str:
        return " ".join(right if word == wrong else word for word in text.split())

    parts = tuple(
        replace(part, text=parted(part.text)) if isinstance(part, Words) and not part.without else part
        for part in query.parts
    )
    text = re.sub(r'[^\s":]+', lambda found: right if search_form(found[0]) == wrong else found[0], query.text)
    return Query(text, parts)
