"""Chinese characters to pinyin without tones, out of pypinyin's tables alone.

Pypinyin itself makes lists of lists of its tables: 58 MB and a fifth of a second. Here they stay rows of text, found by
bisection, and only a row that is wanted is taken apart. The longest phrase that begins at a character is read as it
stands in the table; any other character has its most usual reading.
"""

import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_BEHIND = b"\xff"
"""Behind every character of UTF-8, whose bytes sort as the characters do."""


def syllables(run: str) -> list[str]:
    """The syllable of each character of a run of Chinese characters; one that has none is left out.

    >>> syllables("重庆"), syllables("重要")
    (['chong', 'qing'], ['zhong', 'yao'])
    """
    found, at = list[str](), 0
    while at < len(run):
        for phrase, reading in _phrases(run[at]):
            if run.startswith(phrase, at):
                found += map(_toneless, reading)
                at += len(phrase)
                break
        else:
            found += _usual(run[at])
            at += 1
    return found


@lru_cache(maxsize=1024)
def _phrases(first: str) -> list[tuple[str, list[str]]]:
    """Each phrase that begins with a character, and the reading of each of its characters; the longest first."""
    rows = _phrase_rows()
    here = rows[bisect_left(rows, first.encode()) : bisect_left(rows, first.encode() + _BEHIND)]
    read = (row.decode().partition('": [\n[\n"') for row in here)
    return sorted(((phrase, said.split('"\n],\n[\n"')) for phrase, _, said in read), key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=4096)
def _usual(character: str) -> list[str]:
    rows, code = _character_rows(), ord(character)
    at = bisect_left(rows, code, key=_code)
    if at == len(rows) or _code(rows[at]) != code:
        return []
    return [_toneless(rows[at].decode().partition('": "')[2].partition(",")[0])]


@lru_cache(maxsize=2048)
def _toneless(syllable: str) -> str:
    first = syllable.partition('"')[0]  # of several readings in a phrase
    return unicodedata.normalize("NFD", first).replace("u\u0308", "v").encode("ascii", "ignore").decode()


@cache
def _phrase_rows() -> list[bytes]:
    """``phrase": [[reading], [reading``, sorted: the table is JSON of one kind of row, and sorted already."""
    return _table("phrases_dict").rstrip(b'"\n]}').split(b'"\n]\n],\n"')


@cache
def _character_rows() -> list[bytes]:
    """``code": "readings``, the most usual first; by code."""
    return _table("pinyin_dict").rstrip(b'"\n}').split(b'",\n"')


def _code(row: bytes) -> int:
    return int(row.partition(b'"')[0])


def _table(name: str) -> bytes:
    package = find_spec("pypinyin")  # found, not imported: importing it is what costs
    if package is None or package.origin is None:
        raise ImportError("pypinyin is not installed")
    return Path(package.origin).with_name(f"{name}.json").read_bytes().removeprefix(b'{\n"')
