"""Folders that hold one disc of an album: ``CD 2``, ``Disc One``, ``Disc 3 - Live``, ``Album (Disc 2)``."""

import re
from functools import lru_cache

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_DISC = (
    rf"(?:cd|dis[ck]|dvd|vinyl)(?:[ _.#-]*(\d{{1,2}})|[ _.-]+({'|'.join(_NUMBERS)}))"
    r"(?:[ _]*(?:of|/)[ _]*\d{1,2})?(?![^\W_])"
)
_WHOLE = re.compile(_DISC, re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?P<album>.*?[^\s_-])(?:[ _-]*[(\[][ _]*{_DISC}[^()\[\]]*[)\]]|[ _]+(?:-[ _]+)?{_DISC})[ _]*", re.IGNORECASE
)


@lru_cache(maxsize=512)
def disc_of(folder: str) -> tuple[str, int] | None:
    """The album's name, ``""`` where only the folder above has it, and the number of the disc.

    >>> disc_of("CD 2"), disc_of("Night (Disc Two)"), disc_of("Discovery")
    (('', 2), ('Night', 2), None)
    """
    if found := _WHOLE.match(folder):
        return ("", number) if (number := _number(found[1] or found[2])) else None
    if found := _BEHIND.fullmatch(folder):
        number = _number(next(said for said in found.groups()[1:] if said))
        return (found["album"], number) if number else None
    return None


def _number(said: str) -> int:
    lower = said.lower()
    return _NUMBERS.get(lower) or int(said)
