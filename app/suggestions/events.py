"""The log of feedback as the recommender takes it: by track, else by any track of the same recording."""

from collections.abc import Sequence

from app.domain.feedback import Feedback
from app.suggestions.present import Present
from recommender.feedback import Event, Kind

_NOT_IN_LIBRARY = -1


def for_recommender(said: Sequence[Feedback], present: Present) -> list[Event]:
    """Events in order. One without an id yet comes after all others; one about a track that is gone says nothing."""
    newest = max((one.id or 0 for one in said), default=0)
    return [
        Event(
            id=one.id or newest + 1,
            kind=Kind(one.said.value),
            item_id=one.track_id
            if one.track_id is not None and one.track_id in present
            else present.of_recording(one.recording_key) or _NOT_IN_LIBRARY,
            at_s=one.said_at // 1000,
            undoes=one.undoes,
        )
        for one in said
    ]
