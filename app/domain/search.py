"""What a search found, grouped as people read it."""

from dataclasses import dataclass

from app.domain.ids import TrackId
from app.domain.track import Album, Named


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to one text."""

    text: str
    track_ids: tuple[TrackId, ...]
    albums: tuple[Album, ...]
    artists: tuple[Named, ...]
    instead: str = ""
    """What was searched for in the place of a text that finds nothing."""
    more: bool = False
    """There may be more tracks: as many were found as are looked for."""
