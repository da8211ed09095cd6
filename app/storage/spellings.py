"""One name in several spellings: what differs only in case, accents or the form of a sign is one artist, one genre.

The form that decides is that of the keys of recordings and albums, which the suggestions count artists by, too. What is
shown is the spelling that most tracks have; the files stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from app.domain.spelling import one_name, shown_spelling
from app.domain.text import indexed_form
from app.domain.track import Named

OWNER = "case when album_artist <> '' then album_artist else artist end"
"""Whom a track stands under in the list of artists."""


def candidates(column: Literal["artist", "genre"], name: str) -> str:
    """An FTS5 expression for the tracks that may have a name in any of its spellings, and a few others."""
    whole = indexed_form(name).replace(" ", "  ").replace('"', '""')
    return f'{column} : "  {whole}  "'


def together(found: Iterable[Named]) -> dict[str, list[Named]]:
    """The spellings of each name, in the order in which the first of them comes."""
    names = defaultdict[str, list[Named]](list)
    for one in found:
        names[one_name(one.name)].append(one)
    return names


def as_one(spellings: Sequence[Named], album_count: int) -> Named:
    """All spellings of a name as one; the picture is that of the one shown."""
    name = shown_spelling({one.name: one.track_count for one in spellings})
    shown = next(one for one in spellings if one.name == name)
    return Named(name, sum(one.track_count for one in spellings), album_count, shown.cover_track_id)
