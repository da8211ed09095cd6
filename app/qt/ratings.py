"""Stars for tracks, given and taken back in jobs: the part of the library's service that the listener writes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.ids import TrackId
from app.domain.rating import Rated, rating_of
from app.qt.jobs import Jobs
from app.storage.tracks import TrackStore


class Ratings(QObject):
    """What the widgets ask about stars."""

    ratings_changed = Signal()
    rated = Signal(object)
    """A Rated: tracks were given stars; ``take_back_rating`` undoes it."""
    trouble = Signal(str)

    _jobs: Jobs
    _tracks: TrackStore

    def rate(self, ids: Sequence[TrackId], stars: int) -> None:
        """Gives tracks stars; 0 takes them away."""
        self._rate(dict.fromkeys(ids, rating_of(stars)), stars)

    def take_back_rating(self, rated: Rated) -> None:
        """Gives tracks back what they had."""
        self._rate(rated.before, None)

    def _rate(self, ratings: Mapping[TrackId, int | None], stars: int | None) -> None:
        """``stars``: what is told; None tells that ratings changed without a word about it."""

        def done(before: dict[TrackId, int | None]) -> None:
            if before:
                self.ratings_changed.emit()
                if stars is not None:
                    self.rated.emit(Rated(stars, before))

        self._jobs.start("rate", lambda _cancelled: self._tracks.rate_all(ratings), done=done, failed=self.trouble.emit)
