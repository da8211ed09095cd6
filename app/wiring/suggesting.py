"""What suggests, with all that it reads and keeps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.qt.kept_shelves import KeptShelves
from app.qt.suggestion_service import SuggestionService
from app.storage.browse import BrowseStore
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.storage.whys import WhyStore
from app.wiring.lane import lane_filler

if TYPE_CHECKING:
    from app.suggestions.suggest import Suggester
    from app.wiring import Wiring


def make_suggestions(
    wiring: "Wiring", tracks: TrackStore, plays: PlayStore, browse: BrowseStore, now_ms: Callable[[], int]
) -> SuggestionService:
    """The service; its suggester is made in its first job."""
    feedback = FeedbackStore(wiring.database)

    def make_suggester() -> "Suggester":
        from app.suggestions.suggest import Suggester  # numpy, in the job: the window does not wait for it

        return Suggester(tracks, plays, browse, feedback, wiring.jobs.give_way)

    return SuggestionService(
        wiring.jobs,
        make_suggester,
        now_ms,
        wiring,
        feedback,
        lane_filler(tracks, plays),
        WhyStore(wiring.database, tracks),
        KeptShelves(wiring.paths.shelves, tracks.get, browse.albums_with, lambda: wiring.translations.language),
    )
