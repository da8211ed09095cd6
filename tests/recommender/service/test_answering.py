import numpy as np
import pytest

from recommender.algorithms.blend import DISCOVER
from recommender.community import NOBODY, Community
from recommender.files.community_files import KeyedCommunity
from recommender.keys import hashed, names_key
from recommender.service.answering import NO_SEED, Answering
from tests.helpers.community import N_ARTISTS, a_keyed, title

NONE = np.zeros(0, dtype=np.int64)


@pytest.fixture(scope="module")
def keyed() -> KeyedCommunity:
    return a_keyed(400, seed=4)


def rows_of(keyed: KeyedCommunity, *numbers: int) -> list[int]:
    return [int(row) for row in keyed.rows_of(hashed([names_key(*title(number)) for number in numbers]))]


def plainly(keyed: KeyedCommunity, rows: list[int], weights: list[float]) -> np.ndarray:
    """The score of every recording, the slow way: the community's own votes and fold-in over all rows."""
    model: Community = keyed.community
    counts = np.zeros(len(model))
    counts[rows] = weights
    fresh = counts == 0

    def beside(values: np.ndarray) -> np.ndarray:
        largest = values[fresh].max()
        return np.sqrt(np.clip(values, 0, largest) / largest) if largest > 0 else np.zeros(len(values))

    by = np.bincount(model.artist[rows], minlength=N_ARTISTS).astype(float)
    signals = {
        "near": beside(model.near.votes(np.log1p(counts))),
        "factors": beside(model.folded(counts).scores()),
        "own_artist": beside(by[model.artist]),
        "near_artist": beside(model.near_artists.votes(np.sqrt(by))[model.artist]),
        "holders": np.minimum(np.log(model.holders) / np.log(model.n_listeners), 1.0),
    }
    total = sum(DISCOVER[name] * values for name, values in signals.items())
    total[~fresh] = -np.inf
    return np.asarray(total)


def test_it_scores_as_the_community_itself_does(keyed: KeyedCommunity) -> None:
    answering = Answering("x", keyed)
    rows, weights = rows_of(keyed, 3, 23, 47, 110), [5.0, 1.0, 2.0, 9.0]
    wanted = plainly(keyed, rows, weights)
    found = answering.recommended(rows, weights, 30, NONE)
    assert len(found) == 30
    np.testing.assert_allclose([one.score for one in found], wanted[[one.row for one in found]], rtol=1e-4)
    best = set(np.argsort(-wanted)[:10].tolist())
    assert len(best & {one.row for one in found}) >= 5  # at most two in ten are by one artist


def test_seeds_and_what_is_excluded_never_come_back(keyed: KeyedCommunity) -> None:
    answering = Answering("x", keyed)
    rows = rows_of(keyed, 3, 23)
    first = [one.row for one in answering.recommended(rows, [1.0, 1.0], 50, NONE)]
    assert not set(first) & set(rows)
    out = np.array([*first[:10], NOBODY])
    again = [one.row for one in answering.recommended(rows, [1.0, 1.0], 50, out)]
    assert again
    assert not set(again) & set(first[:10])


def test_the_seed_that_is_named_is_one_that_was_sent_and_fits(keyed: KeyedCommunity) -> None:
    answering = Answering("x", keyed)
    rows = [NOBODY, *rows_of(keyed, 5, 12), NOBODY]
    found = answering.recommended(rows, [9.0, 1.0, 1.0, 9.0], 20, NONE)
    artist = keyed.community.artist
    assert all(one.seed in (NO_SEED, 1, 2) for one in found)
    assert {one.seed for one in found} >= {1, 2}
    for one in found:
        if one.signal == "own_artist":
            assert artist[one.row] == artist[rows[one.seed]]
        if one.signal == "near":
            assert one.row in keyed.community.near.places[rows[one.seed]]
        assert (one.seed == NO_SEED) == (one.signal == "holders")


def test_of_nothing_known_come_the_most_held(keyed: KeyedCommunity) -> None:
    found = Answering("x", keyed).recommended([NOBODY], [1.0], 10, NONE)
    assert len(found) == 10
    assert all(one.seed == NO_SEED and one.signal == "holders" for one in found)
    assert found[0].score == max(one.score for one in found)


def test_no_artist_floods_the_list(keyed: KeyedCommunity) -> None:
    rows = rows_of(keyed, 5, 25, 45, 65)
    found = Answering("x", keyed).recommended(rows, [1.0] * 4, 10, NONE)
    artists = [int(keyed.community.artist[one.row]) for one in found]
    assert max(artists.count(artist) for artist in artists) <= 2


def test_a_model_of_factors_alone_or_of_nothing_answers_too() -> None:
    from dataclasses import replace

    from recommender.community import Near

    whole = a_keyed(60)
    bare = replace(
        whole,
        community=Community.of(Near.none(60), whole.community.holders, 600, whole.community.factors),
        artist_keys=NONE,
        names=None,
    )
    assert len(Answering("x", bare).recommended([3, 4], [1.0, 1e6], 5, NONE)) == 5
    empty = replace(bare, community=Community.of(Near.none(0), NONE, 1), keys=NONE, alias_keys=NONE, alias_rows=NONE)
    assert Answering("x", empty).recommended([NOBODY], [1.0], 5, NONE) == []
