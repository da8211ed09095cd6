"""Chinese characters to pinyin without tones, out of pypinyin's tables alone.

Pypinyin itself makes lists of lists of its tables: 58 MB and a fifth of a second. Here they stay lines of text, found
by bisection. The longest phrase that begins at a character is read as it stands in the table; any other character has
its most usual reading.
"""

import json
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
                found += map(_toneless, reading.split(" "))
                at += len(phrase)
                break
        else:
            found += _usual(run[at])
            at += 1
    return found


@lru_cache(maxsize=1024)
def _phrases(first: str) -> list[list[str]]:
    """Phrase and reading of each phrase that begins with a character, the longest first."""
    lines = _phrase_lines()
    here = lines[bisect_left(lines, first.encode()) : bisect_left(lines, first.encode() + _BEHIND)]
    return sorted((line.decode().split(":") for line in here), key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=4096)
def _usual(character: str) -> list[str]:
    readings = _characters().get(str(ord(character)), "")
    return [_toneless(readings.partition(",")[0])] if readings else []


@lru_cache(maxsize=2048)
def _toneless(syllable: str) -> str:
    first = syllable.partition('"')[0]  # of several readings in a phrase
    return unicodedata.normalize("NFD", first).replace("u\u0308", "v").encode("ascii", "ignore").decode()


@cache
def _phrase_lines() -> list[bytes]:
    """``phrase:reading``, sorted: the table is JSON of one kind of row, and sorted already."""
    text = _table("phrases_dict").replace(b'"\n],\n[\n"', b" ").replace(b'": [\n[\n"', b":")
    return text.removeprefix(b'{\n"').rstrip(b'"\n]}').split(b'"\n]\n],\n"')


@cache
def _characters() -> dict[str, str]:
    """Code of a character to its readings, the most usual first."""
    found: dict[str, str] = json.loads(_table("pinyin_dict"))
    return found


def _table(name: str) -> bytes:
    package = find_spec("pypinyin")  # found, not imported: importing it is what costs
    if package is None or package.origin is None:
        raise ImportError("pypinyin is not installed")
    return Path(package.origin).with_name(f"{name}.json").read_bytes()
