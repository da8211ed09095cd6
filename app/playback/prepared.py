"""What follows by itself, opened before it is needed."""

from app.domain.errors import SegueError
from app.playback.lane import LanedQueue
from app.playback.mixer import Prepared
from app.playback.span import OpensTracks
from app.playback.started import by_itself


def prepared(queue: LanedQueue, steps: int, sources: OpensTracks) -> Prepared | None:
    """The entry so many steps on, with its sound, if that is open already, or the reason why there is none.

    ``None`` where the queue ends.
    """
    entry = queue.upcoming(steps) if steps <= queue.reaches() else None
    if entry is None:
        return None
    started_by = by_itself(entry)
    try:
        return Prepared(entry, started_by, sources.ready(entry.track))
    except SegueError as error:
        return Prepared(entry, started_by, None, str(error))
