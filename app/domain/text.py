"""Text from tags and file names: made safe to store, to show and to compare."""

import os
import unicodedata

_MAX_TAG_CHARS = 1000
_KEEP_CONTROLS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
# Zero-width and direction marks: invisible, and able to turn a line of text around.
_INVISIBLE = {0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF}


def clean(value: str, limit: int = _MAX_TAG_CHARS) -> str:
    """One line of at most ``limit`` characters, without control characters, lone surrogates or direction marks."""
    value = value[: limit * 2]
    if value.isprintable():  # nearly always: nothing to take out
        return " ".join(value.split())[:limit]
    value = value.translate(_KEEP_CONTROLS)
    kept = "".join(c for c in value if ord(c) not in _INVISIBLE and unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return " ".join(kept.split())[:limit]


def fold(value: str) -> str:
    """The form used to compare and search: case, width, accents and spacing do not count.

    >>> fold("Été  Sans FIN")
    'ete sans fin'
    """
    if value.isascii():
        return " ".join(value.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def sort_form(value: str) -> str:
    """The form used to sort: folded, without a leading article; empty sorts last.

    >>> sort_form("The Copper Wolves")
    'copper wolves'
    """
    folded = fold(value)
    for article in ("the ", "a ", "an "):
        if folded.startswith(article) and len(folded) > len(article):
            folded = folded[len(article) :]
            break
    return folded.lstrip("\"'([{.-_ ") or folded or "\U0010ffff"


def shown_path(path: bytes) -> str:
    """A path as people can read it: bytes that are no UTF-8 become U+FFFD, line breaks become a visible mark."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(
        c if unicodedata.category(c) not in {"Cc", "Cs"} else {"\n": "\u2424", "\t": "\u2409"}.get(c, "\ufffd")
        for c in text
    )


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 track`` or ``2,000 tracks``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
