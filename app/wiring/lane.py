"""The autoplay lane between the player, which asks for tracks, and the suggestions, which know some."""

import random
from typing import TYPE_CHECKING

from app.domain.suggestion import Moment, Suggestion
from app.qt.suggestion_service import FillLane
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.suggestions.suggest import Suggester


def lane_filler(tracks: TrackStore, plays: PlayStore) -> FillLane:
    """What the suggestions' job calls to fill the lane."""
    rng = random.Random()

    def fill(suggester: "Suggester", moment: Moment, count: int) -> list[Suggestion]:
        from app.suggestions import lane  # numpy, in the job

        return lane.fill(suggester, tracks, plays, moment, count, rng)

    return fill
