"""What the listener thinks of tracks in stars, and the way back from having said so."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.ids import TrackId
from app.domain.words import plural, say

MOST_STARS = 5
_OF_A_STAR = 20


def rating_of(stars: int) -> int:
    """0 to 100. No stars are 0: the listener's word too, which a rating in the file must not come back from."""
    return min(max(stars, 0), MOST_STARS) * _OF_A_STAR


def stars_of(rating: int | None) -> int:
    """Whole stars, 0 to 5; any rating at all is at least one.

    >>> stars_of(None), stars_of(1), stars_of(50), stars_of(100)
    (0, 1, 3, 5)
    """
    if not rating:
        return 0
    return min(max((rating + _OF_A_STAR // 2) // _OF_A_STAR, 1), MOST_STARS)


@dataclass(frozen=True, slots=True)
class Rated:
    """Tracks were given stars; ``before`` holds what they had."""

    stars: int
    before: Mapping[TrackId, int | None]

    @property
    def says(self) -> str:
        """What was done, in words."""
        tracks = plural(len(self.before), "track")
        if not self.stars:
            return say("Took the stars of {}", tracks)
        return say("Gave {stars} to {tracks}", stars=plural(self.stars, "star"), tracks=tracks)
