"""The forms that text from tags is compared, sorted and searched in."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from json.encoder import encode_basestring

from app.domain.key_form import ACUTE, one_sign

_APOSTROPHES = dict.fromkeys(map(ord, "'`ʹʻʼʽʾʿ‘’‛′"))
_KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
# Letters that are no letter with an accent, and what is typed for them.
_LETTERS = {"ð": "d", "þ": "th", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŋ": "n"}
_ONE_FORM = str.maketrans({**{chr(code): chr(kana) for code, kana in _KATAKANA.items()}, **_LETTERS})
_JOINED = re.compile(r"\w[^\w\s]\S*\w")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_SYMBOLS = re.compile("[\u2190-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f]+")
"""Arrows, stars, hearts and emoji: signs that people put into names and search by."""
_MAX_INDEXED_CHARS = 300
_LONGEST_REMEMBERED = 200


def remembering(most: int) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Has a form of names remember the last of them, as long as people make them: thousands of lines of a thousand
    characters, as others may send, would fill the memory for good."""

    def decorate(form: Callable[[str], str]) -> Callable[[str], str]:
        remembered = lru_cache(maxsize=most)(form)

        @wraps(form)
        def of(value: str) -> str:
            return remembered(value) if len(value) <= _LONGEST_REMEMBERED else form(value)

        return of

    return decorate


def fold(value: str) -> str:
    """The form used to compare and search: case, width, accents and spacing do not count.

    >>> fold("Été  Sans FIN")
    'ete sans fin'
    """
    if value.isascii():
        return " ".join(value.lower().split())
    value = value.replace(ACUTE, "'")  # as in :mod:`key_form`
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", bare).split())


@remembering(2048)
def sort_form(value: str) -> str:
    """The form used to sort: folded, without a leading article; empty sorts last.

    >>> sort_form("The Copper Wolves"), sort_form("Guns N’ Roses")
    ('copper wolves', "guns n' roses")
    """
    folded = fold(value) if value.isascii() else one_sign(fold(value)).translate(_ONE_FORM)
    for article in ("the ", "a ", "an "):
        if folded.startswith(article) and len(folded) > len(article):
            folded = folded[len(article) :]
            break
    return folded.lstrip("\"'([{.-_ ") or folded or "\U0010ffff"


class _Separators(dict[int, int | None]):
    """For ``str.translate``: punctuation and symbols become spaces, apostrophes nothing; learned as they are met."""

    def __missing__(self, code: int) -> int | None:
        answer = 0x20 if unicodedata.category(chr(code))[0] in "PSZ" else code
        self[code] = answer
        return answer


_SEPARATORS = _Separators(_APOSTROPHES)
_ASCII_SEPARATORS = bytes(ord(" ") if unicodedata.category(chr(n))[0] in "PSZ" else n for n in range(128)).ljust(256)
_ASCII_APOSTROPHES = b"'`"


def search_form(value: str) -> str:
    """The words of a name as they are searched: folded, no punctuation, one form a kana or Chinese character.

    >>> search_form("Guns N' Roses: Don’t Cry!")
    'guns n roses dont cry'
    >>> search_form("Don´t")
    'dont'
    >>> search_form("夜の後 ミク")
    '夜の后 みく'
    """
    if value.isascii():  # most names, and the same in a quarter of the time
        raw = value.lower().encode().translate(_ASCII_SEPARATORS, _ASCII_APOSTROPHES)
        return " ".join(raw.decode().split()) or fold(value)
    folded = fold(value)
    bare = " ".join(folded.translate(_SEPARATORS).split()) or folded  # a band may be called "!!!"
    return bare if bare.isascii() else one_form(bare)


def one_form(value: str) -> str:
    """Katakana as hiragana, traditional and Japanese Chinese characters as simplified ones, "ø" as "o"."""
    if _HAN.search(value):
        from app.domain.han import SIMPLIFIED  # only for those who have such names

        value = value.translate(SIMPLIFIED)
    return value.translate(_ONE_FORM)


def indexed_form(name: str) -> str:
    """The words of a name in the search index."""
    return search_form(name[:_MAX_INDEXED_CHARS])


@lru_cache(maxsize=2048)
def indexed(names: tuple[str, ...]) -> str:
    """One column of the search index: names, and what else they may be typed as, one a line, between double spaces.

    The index holds runs of three characters. The spaces make the first letters of a word such a run ("  l", " le"),
    and each Chinese, Japanese or Korean character and pair of them is written as a word of its own.

    >>> indexed(("AC/DC",))
    '  ac  dc  acdc  '
    """
    lines: dict[str, None] = {}
    for name in dict.fromkeys(names):
        words = indexed_form(name)
        name = name[:_MAX_INDEXED_CHARS]
        if not words:
            continue
        if not name.replace(" ", "").isalnum() and _JOINED.search(name):
            words = " ".join([words, *_squeezed(name)])
        lines[words] = None
        if not name.isascii() and (symbols := _SYMBOLS.findall(fold(name))):
            lines[" ".join(symbols)] = None
        if not words.isascii():
            lines.update(dict.fromkeys(" ".join(_pairs(run)) for run in _CJK.findall(words)))
    return "\n".join("  " + line.replace(" ", "  ") + "  " for line in lines)


def search_text(
    title: tuple[str, ...],
    artist: tuple[str, ...],
    album: tuple[str, ...],
    composer: tuple[str, ...],
    genre: tuple[str, ...],
) -> str:
    """The text of a track's row in the search index: JSON of its columns."""
    return search_row(*(indexed(names) for names in (title, artist, album, composer, genre)))


def search_row(*columns: str) -> str:
    """The same out of columns that :func:`indexed` has made."""
    return f"[{', '.join(map(encode_basestring, columns))}]"


def _squeezed(name: str) -> list[str]:
    """Words with punctuation inside, without it: "r.e.m." is also typed "rem"."""
    return [search_form(word).replace(" ", "") for word in name.split() if _JOINED.search(word)]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]
