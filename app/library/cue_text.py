"""The bytes of a cue sheet as text. Sheets do not say how they are encoded; their own letters tell it well enough.

A sheet with a byte order mark, or one that is UTF-8, is what it says. Any other is read in each of the encodings people
have used, and the one in which most letters are ordinary ones wins: of a Chinese text read as Chinese nearly every
character is among the common ones, read as anything else hardly any.
"""

import codecs
import re
from collections.abc import Callable, Iterator

_SAMPLE_BYTES = 16_384
_MOST_SINGLE = 2
_FEW_HANGUL = 8
_WIDE = {"gb18030", "cp932", "cp949", "big5"}
_ALONE = re.compile(
    r"(?<![^\x00-\x7f])(?P<before>[A-Za-z]?)(?P<char>[^\x00-\x7f])(?=(?P<after>[A-Za-z]?))(?![^\x00-\x7f])"
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(raw: bytes) -> tuple[str, str]:
    """The text, and the encoding it was read in. Never fails."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace"), encoding
    if wide := _utf16(raw):
        return raw.decode(wide, "replace"), wide
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = likely(raw)
        return raw.decode(encoding, "replace"), encoding


def likely(raw: bytes) -> str:
    """The encoding that a text without a mark is most likely in, which is not whole as UTF-8."""
    return _guess(raw[:_SAMPLE_BYTES])


def _utf16(raw: bytes) -> str:
    """UTF-16 without a mark: commands and stamps are ASCII, so many of every other byte are nought, few others."""
    head = raw[:64]
    noughts = head[0::2].count(0), head[1::2].count(0)
    if max(noughts) <= len(head) // 16 or min(noughts) * 4 > max(noughts):
        return ""
    return "utf-16-be" if noughts[0] > noughts[1] else "utf-16-le"


def _guess(raw: bytes) -> str:
    scores = {encoding: _score(raw, encoding, value) for encoding, value in _CANDIDATES.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    # The common Korean syllables stand where the common Chinese characters do, but not the other way round.
    if best == "gb18030" and scores["cp949"] >= scores[best]:
        hangul = sum(_is_hangul(char) for char in raw.decode("cp949", "replace"))
        return "cp949" if hangul >= _FEW_HANGUL else best
    return best


def _score(raw: bytes, encoding: str, value: Callable[[str, bytes], float]) -> float:
    """How ordinary the text looks, about 1 at best; a character counts as often as it has bytes."""
    total = weight = 0.0
    for run in re.findall(r"[^\x00-\x7f]+", text := raw.decode(encoding, "replace")):
        for char in run:
            raw_char = b"?" if char == "\ufffd" else char.encode(encoding, "replace")
            total += len(raw_char) * (-2.0 if char == "\ufffd" else value(char, raw_char))
            weight += len(raw_char)
    total -= sum(_strangers(text, encoding))
    return total / weight if weight else 0.0


def _strangers(text: str, encoding: str) -> Iterator[float]:
    """What is odd about the neighbours of letters."""
    if encoding in _WIDE:  # one character alone in a Latin word, half of it a Latin letter: Don稚 was Don’t
        for found in _ALONE.finditer(text):
            raw_char = found["char"].encode(encoding, "replace")
            if raw_char[1:].isalpha() and (found["before"] or found["after"]):
                yield 2.0
    if encoding == "cp1251":  # a Latin letter beside a Cyrillic one, a capital behind a small letter
        yield from (2.0 for _ in re.finditer(r"[A-Za-z][\u0400-\u045f]|[\u0400-\u045f][A-Za-z]", text))
        yield from (2.0 for _ in re.finditer(r"[\u0430-\u045f][\u0400-\u042f]", text))
    if encoding == "cp1252":  # words of accented letters alone
        runs = re.finditer(r"[\u0080-\u024f\u2010-\u2122]+", text)
        yield from (2.0 * len(run.group()) for run in runs if len(run.group()) > _MOST_SINGLE)


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _western(char: str, _raw: bytes) -> float:
    return 1.0 if char.isalpha() else 0.5


def _cyrillic(char: str, _raw: bytes) -> float:
    return 0.99 if "\u0410" <= char <= "\u044f" or char in "Ёё" else 0.3 if "\u2010" <= char <= "\u2122" else 0.0


def _japanese(char: str, raw: bytes) -> float:
    if "\u3001" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e":
        return 1.0
    if "\uff61" <= char <= "\uff9f":
        return -1.0
    return 1.0 if len(raw) > 1 and 0x88 <= raw[0] <= 0x97 else 0.3


def _chinese(_char: str, raw: bytes) -> float:
    if len(raw) != 2 or raw[1] < 0xA1:
        return -0.5
    return 1.0 if 0xB0 <= raw[0] <= 0xD7 or 0xA1 <= raw[0] <= 0xA5 else 0.2


def _traditional(_char: str, raw: bytes) -> float:
    return 0.99 if len(raw) == 2 and 0xA1 <= raw[0] <= 0xC6 else 0.2


def _korean(char: str, raw: bytes) -> float:
    return 1.0 if _is_hangul(char) and raw[1] >= 0xA1 else 0.2


def _unicode(_char: str, _raw: bytes) -> float:
    """Bytes in other encodings hardly ever come out as UTF-8: what does is good evidence, broken though the rest is."""
    return 2.0


_CANDIDATES: dict[str, Callable[[str, bytes], float]] = {
    "utf-8": _unicode,
    "gb18030": _chinese,
    "cp932": _japanese,
    "cp949": _korean,
    "big5": _traditional,
    "cp1252": _western,
    "cp1251": _cyrillic,
}
"""On a tie the first wins."""
