"""Some of a list, where a queue would not hold all of it."""

import random
from collections.abc import Sequence

from app.domain.ids import TrackId


def drawn(ids: Sequence[TrackId], most: int) -> list[TrackId]:
    """All of a list, or so many out of the whole of it, all with the same chance. The player orders them."""
    return list(ids) if len(ids) <= most else random.sample(list(ids), most)
