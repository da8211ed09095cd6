"""The suggestions graded on what is in the log."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.domain.grade import Grade


def measure_of(tracks: TrackStore, plays: PlayStore) -> "Callable[[Callable[[], bool]], Grade | None]":
    """What the grade's job does."""

    def measure(cancelled: Callable[[], bool]) -> "Grade | None":
        from app.suggestions.grade import MAX_PLAYS, grade  # numpy, in the job

        return grade(tracks.all(), plays.recent(MAX_PLAYS), cancelled)

    return measure
