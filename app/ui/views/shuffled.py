"""A list in another order."""

import random
from collections.abc import Sequence

from app.domain.ids import TrackId


def shuffled(ids: Sequence[TrackId], rng: random.Random | None = None) -> list[TrackId]:
    """The same ids, each once, in a random order."""
    mixed = list(ids)
    (rng or random.Random()).shuffle(mixed)
    return mixed
