"""When two reports of a play mean one: the companion heard it, and a scrobbler brings it along later."""

from app.domain.play import Play
from app.domain.recording import SAME_LENGTH_MS, named, names_of

SAME_START_MS = 120_000
"""Scrobblers tell the start, or the moment half was heard; clocks differ."""
FURTHEST_MS = 4 * 3_600_000
"""No two reports of a play are further apart, however long it was."""


def same_play(first: Play, second: Play) -> bool:
    """The same recording, begun at the same time, told by two.

    Two plays that one player told are never one: a short track can be heard twice in two minutes.
    """
    if first.client == second.client and first.imported == second.imported:
        return False
    if not (_within(first, second) or _within(second, first)):
        return False
    return _same_recording(first, second)


def _within(first: Play, second: Play) -> bool:
    """The second is said to have begun when the first was heard, or a little before."""
    longest = max(first.played_ms, min(SAME_START_MS, first.duration_ms or SAME_START_MS))
    return first.started_at - SAME_START_MS // 4 <= second.started_at <= first.started_at + min(longest, FURTHEST_MS)


def _same_recording(first: Play, second: Play) -> bool:
    if first.recording_key == second.recording_key:
        return True
    if first.track_id is not None and first.track_id == second.track_id:
        return True
    lengths = first.duration_ms, second.duration_ms
    return _same_names(first, second) and (0 in lengths or abs(lengths[0] - lengths[1]) <= SAME_LENGTH_MS)


def _same_names(first: Play, second: Play) -> bool:
    """One may go by its names alone, and the other by an id that the first does not know."""
    names = names_of(first.recording_key), names_of(second.recording_key)
    if all(names):
        return names[0] == names[1] or _called(first) == _called(second)
    return any(names) and _called(first) == _called(second)


def _called(play: Play) -> str:
    return named(play.artist, play.title)
