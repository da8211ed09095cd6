"""The forms of a track's names that the library sorts and searches by: readings, initials, and how files want sorting.

A Chinese name is sorted by its pinyin and found by it, run together, and by its initials: 周杰伦 is "zhou jie lun",
"zhoujielun" and "zjl". Kana is found by its romaji. A name that is written with kana is Japanese: its Chinese
characters are not read unless the file's own sort names say how.
"""

import re
import unicodedata
from functools import lru_cache

from app.domain.scanned import Texts
from app.domain.tags import Tags
from app.domain.text import indexed, one_form, search_row, sort_form
from app.library.romaji import romaji

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_MAX_READ_CHARS = 60
# Family names that are read unlike the common word.
_FAMILY = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "华": "hua", "区": "ou",
    "盖": "ge", "朴": "piao", "翟": "zhai", "尹": "yin", "佟": "tong", "薄": "bo", "逄": "pang", "冼": "xian",
}  # fmt: skip
_LONGEST_NAME = 4


def texts(tags: Tags) -> Texts:
    """How a track is sorted and what it is found by."""
    title, sort_title = _named(tags.title, tags.title_sort)
    artist, sort_artist = _artists(
        tags.artist, tags.album_artist, tags.artists, tags.artist_sort, tags.album_artist_sort
    )
    album, sort_album = _named(tags.album, tags.album_sort)
    return Texts(
        sort_title,
        sort_artist,
        sort_album,
        search_row(title, artist, album, _composers(tags.composer), _genres(tags.genre, tags.genres)),
    )


@lru_cache(maxsize=4096)
def _named(name: str, sort_name: str) -> tuple[str, str]:
    """What a title is found by, and how it is sorted."""
    if name.isascii() and not sort_name:  # most are: there is nothing to read
        return indexed((name,)), sort_form(name)
    return indexed(_names((name,), (sort_name,))), sort_form(sort_name or reading(name))


@lru_cache(maxsize=2048)
def _artists(artist: str, album_artist: str, artists: str, artist_sort: str, album_artist_sort: str) -> tuple[str, str]:
    """What the artists are found by, and how the one is sorted that the album is of."""
    names = _names((artist, album_artist, *artists.split("\n")), (artist_sort, album_artist_sort), family_name=True)
    owner, owner_sort = album_artist or artist, album_artist_sort
    if not owner_sort and artist == owner:
        owner_sort = artist_sort
    return indexed(names), sort_form(owner_sort or reading(owner, family_name=True))


@lru_cache(maxsize=2048)
def _composers(composer: str) -> str:
    return indexed(_names((composer,), family_name=True))


@lru_cache(maxsize=2048)
def _genres(genre: str, genres: str) -> str:
    return indexed((genre, *genres.split("\n")))


def reading(name: str, *, family_name: bool = False) -> str:
    """The name as it is sorted: Chinese by pinyin, everything else as it is.

    >>> reading("周杰伦 Live")
    'zhou jie lun Live'
    """
    if name.isascii() or not _HAN.search(name) or _KANA.search(name):
        return name
    return " ".join(_RUN.sub(lambda run: f" {' '.join(_pinyin(run[0], family_name))} ", name).split())


def _names(names: tuple[str, ...], sort_names: tuple[str, ...] = (), *, family_name: bool = False) -> tuple[str, ...]:
    """The names, their readings, and the sort names that bring words of their own."""
    found = [name for name in dict.fromkeys(names) if name]
    for name in list(found):
        if not name.isascii():
            found += _spoken(name, family_name)
    held = indexed(tuple(found)) if any(sort_names) else ""
    found += [name for name in sort_names if any(word not in held for word in indexed((name,)).split())]
    return tuple(found)


def run_together(run: str, *, family_name: bool) -> str:
    """Chinese characters as their pinyin is found: in one word.

    >>> run_together("周杰仑", family_name=True)
    'zhoujielun'
    """
    return "".join(_pinyin(run, family_name))


def _spoken(name: str, family_name: bool) -> list[str]:
    """What else a name may be typed as: pinyin run together, its initials, romaji."""
    name = unicodedata.normalize("NFKC", name[:_MAX_READ_CHARS])
    if _KANA.search(name):
        return romaji(name)
    spoken: list[str] = []
    for run in _RUN.findall(name):
        syllables = _pinyin(run, family_name)
        spoken.append("".join(syllables))
        if len(syllables) > 1:
            spoken.append("".join(syllable[0] for syllable in syllables))
    return [" ".join(spoken)] if spoken else []


@lru_cache(maxsize=4096)
def _pinyin(run: str, family_name: bool) -> tuple[str, ...]:
    from app.library.pinyin import syllables as read  # only for those who have such names

    simple = one_form(run)
    syllables = read(simple)
    if family_name and syllables and len(simple) <= _LONGEST_NAME and simple[0] in _FAMILY:
        syllables[0] = _FAMILY[simple[0]]
    return tuple(syllables)
