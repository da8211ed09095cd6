"""One name in several spellings, and the one artist that an album is of."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from app.domain.recording import key_form
from app.domain.words import mark

_GUEST = re.compile(r"(?<=\S)\s+[(\[]?(?:feat\b|ft\b|featuring\b)", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:[&+,;/(\[]|(?:and|with|vs|x|und|mit|et|avec|y|con)\b)")
"""What follows an artist's name where others are named beside it."""

VARIOUS: Final = mark("Various artists")
"""Whose an album of many is."""


def one_name(name: str) -> str:
    """What all spellings of a name share.

    >>> one_name("BEYONCÉ") == one_name("Beyonce"), one_name("Don’t") == one_name("don't")
    (True, True)
    """
    return key_form(name) or name


def shown_spelling(counts: Mapping[str, int]) -> str:
    """The most frequent; of two as frequent the one with more accents, then the one in large and small letters."""

    def rank(name: str) -> tuple[int, int, bool, str]:
        accents = sum(letter.isalpha() and not letter.isascii() for letter in name)
        return -counts[name], -accents, name.isupper() or name.islower(), name

    return min(counts, key=rank)


def without_guests(artist: str) -> str:
    """A credit without whom it names as guests.

    >>> without_guests("Queen (feat. David Bowie)")
    'Queen'
    """
    return _GUEST.split(artist, maxsplit=1)[0]


def album_artist(credits: Mapping[tuple[str, str], int]) -> str:
    """Whose an album is, out of the (album artist, artist) of its tracks; ``""`` where it is many's.

    Where none names an album artist, it is the one who is alone on some tracks, or with guests on all.

    >>> album_artist({("", "Queen"): 9, ("", "Queen & David Bowie"): 1}), album_artist({("", "A"): 1, ("", "B"): 1})
    ('Queen', '')
    """
    named, alone = Counter[str](), Counter[str]()
    for (owner, artist), count in credits.items():
        named[owner] += count if owner else 0
        alone[without_guests(artist)] += count
    if owners := +named:
        return shown_spelling(owners)
    forms = {name: one_name(name) for name in alone}
    first = min(forms.values(), key=len)
    if all(form == first or (form.startswith(first) and _BESIDE.match(form, len(first))) for form in forms.values()):
        return shown_spelling({name: alone[name] for name, form in forms.items() if form == first})
    return ""
