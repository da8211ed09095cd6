"""Names for recordings and artists that every machine makes alike: what a community's model is looked up by.

Listeners write the same recording in many ways, so case, width, accents, punctuation, guests and remasters do not
count. Live versions, remixes and edits stay apart: they are other recordings.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from recommender.arrays import Ints

KEYS_VERSION = 1
"""Another number where the same names would get another key: models of another version are not read.

These keys fold every combining mark, as the search does; those of the library keep marks that make another word of it.
So ガラス and カラス of one artist are two recordings in the library and one in a model. That stays as long as nothing
else asks for a second version: it joins two recordings only where one artist has both and they differ in such marks
alone, and what is learned of them stays true of the artist. A second version is refused by every Segue there is by
then, and read beside the first it must be carried by all who look names up: training in both engines, the service and
who asks it, the pieces of large models, the changes between two models. Alike forms of Chinese characters ask for the
same, and are to come with it.
"""

KEY_BYTES = 6
"""Of a hash: two of a million recordings share one once in 500 models."""

NO_KEY = -1
LONGEST_NAME = 500

_MBID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_GUEST = re.compile(r"\s*[\(\[]?\b(?:feat|ft|featuring)\b\.?\s.*$")
_REMASTER = re.compile(
    r"\s*(?:[\(\[]|-\s)\s*(?:\d{4}\s+)?(?:digital(?:ly)?\s+)?remaster(?:ed)?(?:\s+version)?(?:\s+\d{4})?\s*[\)\]]?\s*$"
)
_SPLIT = "\x1f"
_APOSTROPHES = str.maketrans("", "", "'’`")
_NO_WORD = re.compile(r"[\W_]+")


def names_key(artist: str, title: str) -> str:
    """Of a recording by what it is called; "" where a name is missing.

    >>> names_key("Sigur Rós", "Svefn-g-englar (2015 Remaster)") == names_key("SIGUR ROS", "Svefn g englar")
    True
    """
    return joined(folded(artist, False), folded(title, True))


def joined(by: str, called: str) -> str:
    """The same from names that are ``folded``."""
    return f"tags:{by}{_SPLIT}{called}" if by and called else ""


def mbid_key(mbid: str) -> str:
    """Of a recording by its MusicBrainz id; "" for what is none."""
    lowered = mbid.lower()
    return f"mbid:{lowered}" if _MBID.fullmatch(lowered) else ""


def artist_key(artist: str) -> str:
    """Of an artist by name; "" for none."""
    by = folded(artist, False)
    return f"artist:{by}" if by else ""


def hashed(keys: Sequence[str]) -> Ints:
    """Each key as a number of 48 bits, int64 (n,); NO_KEY for "". BLAKE2b: nobody makes two that meet by accident."""
    found = (
        hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=KEY_BYTES).digest() if key else b"" for key in keys
    )
    numbers = (int.from_bytes(digest, "big") if digest else NO_KEY for digest in found)
    return np.fromiter(numbers, dtype=np.int64, count=len(keys))


@lru_cache(maxsize=8192)
def folded(name: str, is_title: bool) -> str:
    """Lower case without accents, punctuation, guests and, of a title, remasters; what is all punctuation stays."""
    plain = name[:LONGEST_NAME]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        plain = unicodedata.normalize("NFKC", plain)
    plain = " ".join(plain.lower().split())
    without = plain
    if "feat" in plain or "ft" in plain:
        without = _GUEST.sub("", without)
    if is_title and "remaster" in plain:
        without = _REMASTER.sub("", without)
    return _NO_WORD.sub(" ", (without or plain).translate(_APOSTROPHES)).strip() or plain
