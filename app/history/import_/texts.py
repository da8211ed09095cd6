"""Text out of files of any size and make, some of it at a time: lines, and the values of JSON.

Nothing is held longer than one line or one value, and neither may be longer than a megabyte. Bytes that are no UTF-8
become U+FFFD, which no row may hold: a guess would make wrong names.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

from app.history.import_.row import DAMAGED, NO_PLAY, TOO_LONG, Refused

LONGEST: Final = 1 << 20
_CHUNK_BYTES: Final = 1 << 18
_DEEPEST: Final = 8
"""Arrays around the plays: pages of pages are met, no more."""
_MOST_DIGITS: Final = 20
_SPACE: Final = re.compile(r"[\s,]*")
_TO_ARRAY: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\[')


class Stream(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""


def chunks(stream: Stream) -> Iterator[str]:
    """The text, as it comes."""
    first = stream.read(_CHUNK_BYTES)
    decoder = codecs.getincrementaldecoder(_encoding(first))(errors="replace")
    piece = first
    while piece:
        yield decoder.decode(piece)
        piece = stream.read(_CHUNK_BYTES)
    yield decoder.decode(b"", final=True)


def _encoding(first: bytes) -> str:
    return "utf-16" if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def lines(stream: Stream) -> Iterator[str | Refused]:
    """The lines that hold something, without their ends. One that is too long costs itself alone."""
    held, skipping, end = "", False, ""
    for text in chunks(stream):
        end = end or ("\r" if "\n" not in text and "\r" in text else "\n")  # old spreadsheets write "\r" alone
        *whole, held = (held + text).split(end)
        for line in whole:
            if skipping:
                skipping = False
            elif line := line.strip("\r\n"):
                yield line if len(line) <= LONGEST else Refused(TOO_LONG)
        if len(held) > LONGEST:
            if not skipping:
                yield Refused(TOO_LONG)
            held, skipping = "", True
    if not skipping and (line := held.strip("\r\n")):
        yield line


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _no_number(_name: str) -> None:
    return None


_DECODER: Final = json.JSONDecoder(parse_int=_whole, parse_constant=_no_number)


def json_line(line: str) -> Any:
    """The value of one line; ``None`` where it is none."""
    try:
        return _DECODER.decode(line)
    except (ValueError, RecursionError):
        return None


def json_lines(stream: Stream) -> Iterator[dict[str, Any] | Refused]:
    """An object a line."""
    for line in lines(stream):
        if isinstance(line, Refused):
            yield line
        else:
            value = json_line(line)
            yield value if isinstance(value, dict) else Refused(NO_PLAY, line[:80])


def json_objects(stream: Stream) -> Iterator[dict[str, Any] | Refused]:
    """The objects in the arrays of a file, one after the other; what is around the arrays does not count.

    After the first thing that is no JSON, nothing more can be told apart.
    """
    text = _Text(stream)
    depth = 0
    try:
        if not text.to_array():
            yield Refused(DAMAGED)
            return
        while (mark := text.next()) is not None:
            if mark == "[":
                depth += 1
                if depth > _DEEPEST:
                    yield Refused(DAMAGED)
                    return
            elif mark == "]":
                depth -= 1
                if depth <= 0 and not text.to_array():
                    return
            else:
                value = text.value()
                yield value if isinstance(value, dict) else Refused(NO_PLAY, str(value)[:80])
    except (ValueError, RecursionError):
        yield Refused(DAMAGED)
        return
    yield Refused(DAMAGED)  # it ends before its array does


class _Text:
    """A window that moves over the text."""

    def __init__(self, stream: Stream) -> None:
        self._chunks = chunks(stream)
        self._held, self._at, self._over = "", 0, False

    def _more(self) -> bool:
        """Holds more text; False where there is none."""
        piece = next(self._chunks, None)
        if piece is None:
            self._over = True
            return False
        self._held = self._held[self._at :] + piece
        self._at = 0
        return True

    def to_array(self) -> bool:
        """Goes to the next ``[`` that is not inside a text; False where there is none near."""
        while True:
            for found in _TO_ARRAY.finditer(self._held, self._at):
                if found[0] == "[":
                    self._at = found.start()
                    return True
            if len(self._held) > LONGEST or not self._more():
                return False

    def next(self) -> str | None:
        """What the next thing begins with: brackets are gone past, the rest is not."""
        while True:
            space = _SPACE.match(self._held, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._held):
                first = self._held[self._at]
                self._at += first in "[]"
                return first
            if not self._more():
                return None

    def value(self) -> Any:
        """The value that begins here.

        Raises:
            ValueError: there is none, or one that is too long.
            RecursionError: it is nested too deeply.
        """
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except ValueError:
                if len(self._held) - self._at > LONGEST or not self._more():
                    raise
                continue
            if end == len(self._held) and not isinstance(value, dict | list | str) and self._more():
                continue  # a number may go on
            self._at = end
            return value
