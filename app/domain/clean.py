"""Text from tags and file names, made safe to store and to show.

Apart from the forms that names are compared in, because a tag reader needs none of those: it starts sooner.
"""

import os
import re
import unicodedata
from functools import lru_cache

_MAX_TAG_CHARS = 1000
_MAX_SHOWN_PATH = 500
_KEEP_CONTROLS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
# Zero-width and direction marks: invisible, and able to turn a line of text around.
_INVISIBLE = {0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF}
_C1 = re.compile("[\x80-\xa0\xad]")
_SPACES = re.compile("[ \\t\\n\\r]+")


def clean(value: str, limit: int = _MAX_TAG_CHARS) -> str:
    """One line of at most ``limit`` characters, without control characters, lone surrogates or direction marks."""
    value = value[: limit * 2]
    if value.isprintable():  # nearly always: nothing to take out
        return " ".join(value.split())[:limit]
    value = value.translate(_KEEP_CONTROLS)
    kept = "".join(c for c in value if ord(c) not in _INVISIBLE and unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return " ".join(kept.split())[:limit]


@lru_cache(maxsize=512)
def clean_tag(value: str, limit: int = _MAX_TAG_CHARS) -> str:
    """The same for text whose encoding is in doubt: what may be a byte of another encoding stays (U+0080 to U+00AD)."""
    if value.isascii() or not _C1.search(value) or max(value) > "\u2122":
        return clean(value, limit)
    kept = "".join(c for c in value[: limit * 2] if c.isprintable() or "\x80" <= c <= "\xad" or c in "\t\n\r")
    return " ".join(_SPACES.split(kept)).strip(" ")[:limit]


def shown_path(path: bytes) -> str:
    """A path as people can read it: what is no UTF-8 or turns text around becomes U+FFFD, a line break a visible mark.

    Of a very long one the middle is left out.
    """
    text = os.fsencode(path).decode("utf-8", "replace")
    if len(text) > _MAX_SHOWN_PATH:
        text = f"{text[: _MAX_SHOWN_PATH // 2]}…{text[-_MAX_SHOWN_PATH // 2 :]}"
    return "".join(
        c
        if unicodedata.category(c) not in {"Cc", "Cs"} and ord(c) not in _INVISIBLE
        else {"\n": "\u2424", "\t": "\u2409"}.get(c, "\ufffd")
        for c in text
    )
