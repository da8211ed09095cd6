"""The words of a track: plain, or each line with the moment it is sung (LRC)."""

import re
from dataclasses import dataclass
from typing import Final

MAX_CHARS: Final = 200_000
MAX_LINES: Final = 5_000
_MAX_LINE: Final = 500
_LONGEST_MS: Final = 24 * 3_600_000
_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?\]\s*")
_WORD_STAMP = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:,]\d{1,3})?>")
_INNER_STAMP = re.compile(rf"{_WORD_STAMP.pattern}|\[\d{{1,3}}:\d{{1,2}}[.:,]\d{{1,3}}\]")
"""In a line with a stamp at its head, stamps of words may stand in either kind of brackets."""
_SPACES = re.compile(r" {2,}")
_TAG = re.compile(
    r"\[(ar|ti|al|au|lr|by|re|ve|length|offset|la|tool|id|hash|sign|qq|total|#):([^\]]*)\]\s*$", re.IGNORECASE
)
"""What files say of themselves; any other word in such brackets is a heading of a stanza: *[Chorus: both]*."""


@dataclass(frozen=True, slots=True)
class LyricLine:
    """One line; ``at_ms`` is when it is sung, where that is known."""

    words: str
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Lyrics:
    """The lines in order. Synced lines all have a time, and it never falls."""

    lines: tuple[LyricLine, ...]
    synced: bool
    origin: str
    """Where they come from, for people: ``from the file``, ``from Song.lrc``."""

    def line_at(self, position_ms: int) -> int:
        """The line that is sung at a moment; -1 before the first, and always where nobody knows."""
        found = -1
        if self.synced:
            for number, line in enumerate(self.lines):
                if line.at_ms is not None and line.at_ms <= position_ms:
                    found = number
        return found


def parse(text: str, origin: str) -> Lyrics | None:
    """Lyrics out of an LRC or a plain text; ``None`` where there are no words.

    Several stamps before one line repeat it; ``[offset:+ms]`` moves all of them earlier; stamps of single words and the
    tags of the format, ``[ar:...]``, are left out. A few stamps in a plain text (*[2:30] solo*) do not make it synced.
    """
    offset, timed, plain = 0, list[LyricLine](), list[LyricLine]()
    for raw in text[:MAX_CHARS].splitlines()[:MAX_LINES]:
        line = _clean(raw)
        if (tag := _TAG.fullmatch(line)) is not None:
            offset = _offset(tag, offset)
            continue
        stamps, rest = _stamps(line)
        words = _without(_INNER_STAMP if stamps else _WORD_STAMP, rest)[:_MAX_LINE]
        timed += [LyricLine(words, at) for at in stamps]
        plain.append(LyricLine(words))
    with_words = sum(bool(line.words) for line in plain)
    if not with_words:
        return None
    if timed and sum(bool(line.words) for line in timed) * 2 >= with_words:
        moved = (LyricLine(line.words, max((line.at_ms or 0) - offset, 0)) for line in timed)
        return Lyrics(tuple(sorted(moved, key=lambda line: line.at_ms or 0))[:MAX_LINES], True, origin)
    return Lyrics(tuple(_trimmed(plain)), False, origin)


def _clean(line: str) -> str:
    return "".join(char for char in line if char in "\t\u3000" or char.isprintable()).strip()


def _offset(tag: "re.Match[str]", before: int) -> int:
    if tag[1].lower() != "offset":
        return before
    try:
        return min(max(int(tag[2].strip()[:12]), -_LONGEST_MS), _LONGEST_MS)
    except ValueError:
        return before


def _stamps(line: str) -> tuple[list[int], str]:
    """The moments at the head of a line in ms, and what is behind them."""
    found, at = list[int](), 0
    while (stamp := _STAMP.match(line, at)) is not None and len(found) < 100:
        share = (stamp[3] or "0").ljust(3, "0")
        found.append((int(stamp[1]) * 60 + int(stamp[2])) * 1000 + int(share))
        at = stamp.end()
    return found, line[at:]


def _without(stamp: "re.Pattern[str]", words: str) -> str:
    """The words of a line without stamps and the spaces around them."""
    found = stamp.sub("", words)
    return (_SPACES.sub(" ", found) if found != words else found).strip()


def _trimmed(lines: list[LyricLine]) -> list[LyricLine]:
    """Without empty lines at both ends, and never two in a row."""
    kept = list[LyricLine]()
    for line in lines:
        if line.words or (kept and kept[-1].words):
            kept.append(line)
    while kept and not kept[-1].words:
        kept.pop()
    return kept


def stamp(at_ms: int) -> str:
    """``[mm:ss.xx]``, as LRC writes it."""
    minutes, rest = divmod(max(at_ms, 0), 60_000)
    return f"[{minutes:02d}:{rest // 1000:02d}.{rest % 1000 // 10:02d}]"
