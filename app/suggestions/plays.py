"""The log of plays as the recommender takes it: by track, else by any track of the same recording."""

from collections.abc import Sequence

import numpy as np

from app.domain.play import EndedBy, Play
from app.suggestions.present import Present
from recommender.sessions import Ended, Plays

_ENDED = {
    EndedBy.FINISHED: Ended.FINISHED,
    EndedBy.SKIPPED: Ended.SKIPPED,
    EndedBy.REJECTED: Ended.REJECTED,
    EndedBy.FAILED: Ended.FAILED,
    EndedBy.REPLACED: Ended.REPLACED,
}
_NOT_IN_LIBRARY = -1


def for_recommender(plays: Sequence[Play], present: Present) -> Plays:
    """Columns of plays. A play of a track that is gone counts for another copy of its recording, if there is one."""
    ids = [play.track_id if play.track_id in present else _stand_in(play, present) for play in plays]
    return Plays.of(
        item_id=np.array(ids, dtype=np.int64),
        started_at_s=np.array([play.started_at // 1000 for play in plays], dtype=np.int64),
        played_ms=np.array([play.played_ms for play in plays], dtype=np.int64),
        duration_ms=np.array([play.duration_ms for play in plays], dtype=np.int64),
        ended=np.array([int(_ENDED[play.ended_by]) for play in plays], dtype=np.int64),
    )


def _stand_in(play: Play, present: Present) -> int:
    """Another copy of the recording. What was never a file here goes by its names, too."""
    found = present.of_recording(play.recording_key)
    if found is None and play.track_id is None:
        found = present.of_names(play.recording_key, play.duration_ms)
    return found or _NOT_IN_LIBRARY
