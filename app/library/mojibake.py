"""Text that was written in one encoding and read in another: "ÖÜ½ÜÂ×" is 周杰伦, "Ã©tÃ©" is été.

Old tags hold the bytes of GBK, Big5, Shift-JIS, EUC-JP, EUC-KR, CP1251 or KOI8-R where the format says Latin-1. All
texts of a file are looked at together: one encoding must read every byte of them, give characters that are common in
its language, and give words: letters that stand between Latin ones ("Motörhead") speak against it. Where there is any
doubt the text stays. Signs of Windows among Latin letters ("Don’t") are put back where Latin-1 has none.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from app.domain.clean import clean
from app.domain.tags import Tags
from app.domain.text import one_form
from app.library.frequent import CHINESE, JAPANESE, KOREAN, RUSSIAN_PAIRS

FIELDS = (
    "title", "artist", "album_artist", "album", "genre", "composer",
    "artists", "genres", "title_sort", "artist_sort", "album_artist_sort", "album_sort",
)  # fmt: skip
_texts_of = attrgetter(*FIELDS)
_ENCODINGS = ("gb18030", "big5", "cp932", "cp949", "cp1251", "koi8_r", "euc_jp")
_CYRILLIC = {"cp1251", "koi8_r"}
# The characters that cp1252 has in the place of control characters, as the bytes they were.
_BYTES = {ord(bytes([n]).decode("cp1252")): n for n in range(0x80, 0xA0) if n not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}
_WINDOWS = re.compile("[\x80-\x9f]")
_WINDOWS_SIGNS = frozenset("‘’‚“”„‹›–—…•€™ŒœŠšŽžŸ")
"""Those of cp1252 that stand in names."""
_LAST = chr(max(_BYTES))
_ENOUGH = 0.62
_ENOUGH_FOR_TWO = 1.0
_FEW = 4
"""Of so few characters none may stand beside a Latin letter."""
_RUSSIAN_LETTERS, _RUSSIAN_WORD = 6, 4
_CUT_FROM = 28
"""A field of fixed length (ID3v1 has 30 bytes) may end in the middle of a character."""
_DRAWING = re.compile("[\u2219-\u25a0]")
"""Frames and blocks, which stand in KOI8-R where other encodings have signs and letters."""
_UKRAINIAN = str.maketrans("іїєґ", "ииег")
"""Followed by what follows the Russian letters."""
_ONE_CASE = 1.1
"""Hebrew in its own encoding has the bytes of Cyrillic letters of one case."""
_RATHER_CHINESE = 0.3
"""What reads as EUC-JP and is short, or without any kana, is more often Chinese, whose characters have those bytes."""
_COMMON, _USUAL, _RARE, _ODD = 1.4, 0.7, 0.1, -0.8
_MOST = _COMMON


def repaired(tags: Tags, near: str = "") -> tuple[Tags, str]:
    """The tags with readable text, and JSON of the text as it stands in the file; ``""`` where nothing was changed.

    ``{"encoding": "gb18030", "fields": {"title": "<as in the file>"}}``. Where the text of one file leaves it in doubt,
    the encoding of its neighbours, ``near``, is taken if it fits.
    """
    texts = _texts(tags)
    if not texts:
        return tags, ""
    raw = {name: found for name, text in texts.items() if (found := _raw(text)) is not None}
    encoding, read = _best(raw) if raw else ("", {})
    if near and raw and not _is_sure(encoding, read) and (fitting := _fitting(raw, near)):
        encoding, read = near, fitting
    if not encoding and (signs := _with_signs(texts)):
        encoding, read = "cp1252", signs
    fields = {name: clean_lines(read.get(name, text)) for name, text in texts.items()}
    changed = {name: text for name, text in texts.items() if fields[name] != text}
    if not changed:
        return tags, ""
    kept = json.dumps({"encoding": encoding, "fields": changed}, ensure_ascii=False) if encoding else ""
    new: dict[str, Any] = {name: fields[name] for name in changed}
    return tags._replace(**new), kept


def verdict(tags: Tags) -> tuple[str, dict[str, bytes]]:
    """The old encoding that a file's texts are surely in, or the bytes of those that leave it in doubt."""
    texts = _texts(tags)
    if not texts:
        return "", {}
    raw = {name: found for name, text in texts.items() if (found := _raw(text)) is not None}
    encoding, read = _best(raw) if raw else ("", {})
    if not raw or encoding == "utf-8":
        return "", {}
    return (encoding, {}) if _is_sure(encoding, read) else ("", raw)


def is_plain(tags: Tags) -> bool:
    """True for what no encoding can have got wrong: most files are asked nothing else."""
    return "".join(_texts_of(tags)).isascii()


def _texts(tags: Tags) -> dict[str, str]:
    return {name: text for name, text in zip(FIELDS, _texts_of(tags), strict=True) if not text.isascii()}


def common(raws: Collection[bytes]) -> str:
    """The old encoding that many texts together are in, each of which alone is in doubt; ``""``: none."""
    encoding, read = _best({str(number): raw for number, raw in enumerate(raws)})
    return encoding if encoding != "utf-8" and _is_sure(encoding, read) else ""


def _is_sure(encoding: str, read: Mapping[str, str]) -> bool:
    return bool(encoding) and len({letter for text in read.values() for letter in text if not letter.isascii()}) >= _FEW


def _fitting(raw: Mapping[str, bytes], encoding: str) -> dict[str, str] | None:
    """What an encoding reads where every word of it is one of its language."""
    read = _decoded(raw, encoding)
    lines = [line for text in (read or {}).values() for line in text.split("\n")]
    if encoding in _CYRILLIC:
        return read if lines and all(map(_is_cyrillic, lines)) else None
    values = [_value(letter, encoding) for line in lines for letter in line if not letter.isascii()]
    said = [value for value in values if value is not None]
    joined = any(
        one.isascii() != two.isascii() and (one + two).isalpha() for line in lines for one, two in pairwise(line)
    )
    return read if said and not joined and sum(said) / len(said) >= _USUAL else None


def _is_cyrillic(line: str) -> bool:
    """True for words that are whole, most of them Cyrillic."""
    letters = [letter for letter in line if letter.isalpha()]
    foreign = sum(letter.isascii() for letter in letters)
    words = ("".join(letter for letter in word if letter.isalpha()) for word in line.split() if not word.isascii())
    return foreign * 2 <= len(letters) and all(
        core and all(map(_is_russian, core)) and (core.islower() or core.isupper() or core[1:].islower())
        for core in words
    )


def _with_signs(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts with the quotes, dashes and letters of cp1252 put back; ``{}``: there are none.

    Where other letters than ASCII are the more, it is another encoding, and nobody knows which.
    """
    found = dict[str, str]()
    for name, text in texts.items():
        if not _WINDOWS.search(text):
            continue
        signs = _WINDOWS.sub(lambda sign: bytes([ord(sign[0])]).decode("cp1252", "replace"), text)
        new = {sign for sign, before in zip(signs, text, strict=True) if sign != before}
        if not new <= _WINDOWS_SIGNS or sum(letter.isascii() for letter in text) * 2 < len(text):
            return {}
        found[name] = signs
    return found


@lru_cache(maxsize=2048)
def clean_lines(text: str) -> str:
    """Each line of a text cleaned, as the tags keep several values."""
    return "\n".join(line for part in text.split("\n") if (line := clean(part)))


@lru_cache(maxsize=2048)
def _raw(text: str) -> bytes | None:
    """The bytes a text was made of, if it was read as Latin-1 or cp1252."""
    if max(text) > _LAST:
        return None
    codes = [_BYTES.get(ord(letter), ord(letter)) for letter in text]
    return bytes(codes) if max(codes) < 0x100 else None


def _best(raw: Mapping[str, bytes]) -> tuple[str, dict[str, str]]:
    """The encoding that reads these bytes best, and what it reads; ``""`` where the text is better left as it is."""
    return _judged(tuple(raw.items()))


@lru_cache(maxsize=1024)
def _judged(pieces: tuple[tuple[str, bytes], ...]) -> tuple[str, dict[str, str]]:
    raw = dict(pieces)
    utf8 = _decoded(raw, "utf-8")
    if utf8 is not None:
        return "utf-8", utf8
    best, best_score, answer, tied = "", _ENOUGH, dict[str, str](), False
    for encoding in _ENCODINGS:
        read = _decoded(raw, encoding)
        if read is None:
            continue
        lines = {line for text in read.values() for line in text.split("\n")}
        score = _russian(lines, encoding) if encoding in _CYRILLIC else _east_asian(lines, encoding)
        if score == best_score and best and score != _MOST and sum(map(len, read.values())) <= _FEW:
            tied = True  # two characters of one language are as good as those of another
        if score > best_score:
            best, best_score, answer, tied = encoding, score, read, False
    return ("", {}) if tied else (best, answer)


def _decoded(raw: Mapping[str, bytes], encoding: str) -> dict[str, str] | None:
    read: dict[str, str] = {}
    for name, value in raw.items():
        try:
            read[name] = value.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end < len(value) or error.start < len(value) - 3 or len(value) < _CUT_FROM:
                return None
            try:
                read[name] = value[: error.start].decode(encoding)
            except UnicodeDecodeError:
                return None
    return read


def _east_asian(lines: Iterable[str], encoding: str) -> float:
    """How likely this is Chinese, Japanese or Korean: the mean over its characters, 0 where too few speak for it."""
    total, count, mixed, seen = 0.0, 0, 0, set[str]()
    for line in lines:
        for at, letter in enumerate(line):
            if letter.isascii():
                continue
            value = _value(letter, encoding)
            if value is None:
                continue
            total += value
            count += 1
            seen.add(letter)
            before, after = line[at - 1 : at], line[at + 1 : at + 2]
            mixed += (before.isascii() and before.isalpha()) + (after.isascii() and after.isalpha())
    if len(seen) < 2 or mixed * (3 if count > _FEW else count + 1) > count:
        return 0.0
    score = (total - 0.7 * mixed) / count
    if encoding == "euc_jp" and (count < _FEW or not any(_is_kana(ord(letter)) for letter in seen)):
        score -= _RATHER_CHINESE
    return score if count > 2 or score >= _ENOUGH_FOR_TWO else 0.0


def _value(letter: str, encoding: str) -> float | None:
    """How usual a character is in the texts of an encoding; ``None``: it says nothing."""
    kind = unicodedata.category(letter)
    if kind in {"Co", "Cn", "Cc"}:
        return -3.0
    code = ord(letter)
    if kind[0] in "PZ" and code >= 0x2010:
        return None
    raw = letter.encode(encoding, "replace")
    if encoding in {"cp932", "euc_jp"}:
        return _japanese(letter, raw, encoding)
    if encoding == "cp949":
        if not 0xAC00 <= code <= 0xD7A3:
            return _RARE if 0x4E00 <= code <= 0x9FFF else _ODD
        return _COMMON if letter in KOREAN else _USUAL if raw[0] >= 0xB0 and raw[1] >= 0xA1 else _ODD
    if 0x3041 <= code <= 0x30FF:
        return _RARE
    if len(raw) != 2 or not 0x4E00 <= code <= 0x9FFF:
        return _ODD
    if one_form(letter) in CHINESE:
        return _COMMON
    if encoding == "big5":
        return _USUAL if 0xA4 <= raw[0] <= 0xC6 else _RARE
    return _USUAL if 0xB0 <= raw[0] <= 0xD7 and raw[1] >= 0xA1 else _RARE if raw[1] >= 0xA1 else -0.2


def _is_kana(code: int) -> bool:
    return 0x3041 <= code <= 0x30FE


def _japanese(letter: str, raw: bytes, encoding: str) -> float:
    code, last_usual = ord(letter), b"\x98\x9f" if encoding == "cp932" else b"\xd0"
    if _is_kana(code):
        return _COMMON + 0.2
    if 0xFF61 <= code <= 0xFF9F or len(raw) != 2:
        return _ODD
    if 0x4E00 <= code <= 0x9FFF:
        if encoding == "euc_jp" and letter in JAPANESE:  # the others read these bytes too, and less well
            return _COMMON
        return _USUAL if raw < last_usual else _RARE
    return _ODD


def _russian(lines: Collection[str], encoding: str) -> float:
    """How likely this is Russian or Ukrainian: whole words of Cyrillic letters, in pairs that these have."""
    good, pairs, letters, longest = 0, 0, 0, 0
    for word in {word for line in lines for word in line.split() if not word.isascii()}:
        core = "".join(letter for letter in word if letter.isalpha())
        if _DRAWING.search(word):
            return 0.0
        if not core:
            continue
        if any(letter.isascii() for letter in core) or any(not _is_russian(letter) for letter in core):
            return 0.0
        if not (core.islower() or core.isupper() or core[1:].islower() or "-" in word):
            return 0.0
        lower = core.lower().translate(_UKRAINIAN)
        letters += len(core)
        longest = max(longest, len(core))
        pairs += len(core) - 1
        good += sum(lower[at : at + 2] in RUSSIAN_PAIRS for at in range(len(lower) - 1))
    if letters < _RUSSIAN_LETTERS or longest < _RUSSIAN_WORD:
        return 0.0
    score = 1.3 * good / pairs
    text = "".join(lines)
    hebrew = text.islower() if encoding == "cp1251" else text.isupper()
    return 0.0 if hebrew and score < _ONE_CASE else score


def _is_russian(letter: str) -> bool:
    return "а" <= letter.lower() <= "я" or letter in "ёЁіІїЇєЄґҐ"
