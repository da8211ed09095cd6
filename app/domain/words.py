"""What is said to the listener, in the listener's language.

The code speaks English. ``say`` looks an English text up in the language in use and only then puts the values in, so
that a value (a title, a path) is never taken for words. Whoever has the language files calls ``use``; without it, in
the terminal and in child processes, everything stays English.
"""

from collections.abc import Callable
from typing import Any

Find = Callable[[str, int | None], str]
"""Gives a text in the language in use, for a number of things where one is given; empty where it has none."""


def _english(_text: str, _count: int | None) -> str:
    return ""


_find: Find = _english


def use(find: Find | None) -> None:
    """From now on everything is said in this language; ``None``: in English."""
    global _find
    _find = find or _english


def say(text: str, *values: Any, **named: Any) -> str:
    """An English text in the language in use, its ``{}`` filled in as ``str.format`` does.

    A translation whose places do not fit the values is passed over for the English.

    >>> say("{} of {name}", 3, name="ten")
    '3 of ten'
    """
    found = _find(text, None)
    if found:
        try:
            return found.format(*values, **named)
        except (IndexError, KeyError, ValueError, AttributeError, TypeError):
            pass
    return text.format(*values, **named) if values or named else text


def mark(text: str) -> str:
    """The text itself: says that it will be given to ``say`` later, so that the translators see it."""
    return text


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 track`` or ``2,000 tracks``, in the language in use.

    >>> plural(2000, "track"), plural(1, "entry", "entries")
    ('2,000 tracks', '1 entry')
    """
    found = _find(f"%n {one}", count)
    if found:
        return found.replace("%n", f"{count:,}")
    return f"{count:,} {one if count == 1 else many or one + 's'}"
