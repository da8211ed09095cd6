"""How a model is judged by listeners it was not made from."""

import numpy as np

from recommender.community import Community, Near
from recommender.training.counted import Cells
from recommender.training.quality import LEAST_ITEMS, quality

N = 60
"""Items of two tastes: the first half, and the second. Everybody has half of one of them."""


def a_model() -> Community:
    taste = np.arange(N) // (N // 2)
    places = np.array(
        [[other for other in range(N) if other != item and taste[other] == taste[item]] for item in range(N)]
    )
    return Community.of(Near.of(places, np.ones(places.shape)), np.ones(N), 10)


def held(listeners: int = 8) -> Cells:
    rng = np.random.default_rng(0)
    chosen = [np.sort(rng.permutation(N // 2)[: N // 4]) + (one % 2) * (N // 2) for one in range(listeners)]
    owners = np.repeat(np.arange(listeners), N // 4)
    return Cells(owners, np.concatenate(chosen), np.ones(len(owners), dtype=np.int64))


def test_one_recording_tells_which_taste_it_is_and_none_tells_nothing() -> None:
    by_shows = {shows: quality(a_model(), held(), shows=shows) for shows in (0, 1, None)}
    ours = {shows: found["Never heard, nDCG@10"] for shows, found in by_shows.items()}
    assert ours[1] > 1.5 * ours[0]
    assert by_shows[0]["Listeners asked"] == 8
    assert ours[None] > 0.0


def test_listeners_with_too_little_are_not_asked() -> None:
    few = Cells(np.zeros(LEAST_ITEMS - 1, dtype=np.int64), np.arange(LEAST_ITEMS - 1), np.ones(LEAST_ITEMS - 1))
    assert quality(a_model(), few) == {}
