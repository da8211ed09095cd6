"""When two reports of a play mean one: the companion heard it, and a scrobbler brings it along later."""

from app.domain.play import Play
from app.domain.recording import SAME_LENGTH_MS, names_of

SAME_START_MS = 120_000
"""Scrobblers tell the start, or the moment half was heard; clocks differ."""


def same_play(first: Play, second: Play) -> bool:
    """The same recording, begun at the same time, told by two.

    Two plays that one player told are never one: a short track can be heard twice in two minutes.
    """
    if first.client == second.client and first.imported == second.imported:
        return False
    if not _same_recording(first, second):
        return False
    return _within(first, second) or _within(second, first)


def _within(first: Play, second: Play) -> bool:
    """The second is said to have begun when the first was heard, or a little before."""
    longest = max(first.played_ms, min(SAME_START_MS, first.duration_ms or SAME_START_MS))
    return first.started_at - SAME_START_MS // 4 <= second.started_at <= first.started_at + longest


def _same_recording(first: Play, second: Play) -> bool:
    if first.recording_key == second.recording_key:
        return True
    if first.track_id is not None and first.track_id == second.track_id:
        return True
    names = names_of(first.recording_key)
    if not names or names != names_of(second.recording_key):
        return False
    lengths = first.duration_ms, second.duration_ms
    return 0 in lengths or abs(lengths[0] - lengths[1]) <= SAME_LENGTH_MS
