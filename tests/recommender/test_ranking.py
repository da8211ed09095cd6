import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.ranking import recommend, turns


def test_best_first_and_ties_by_place() -> None:
    assert recommend(np.array([1.0, 3.0, 3.0, -np.inf, 2.0]), 10).tolist() == [1, 2, 4, 0]


def test_an_excluded_item_takes_its_copies_with_it() -> None:
    groups = np.array([5, 5, -1, -1, 7])
    assert recommend(np.arange(5.0), 5, exclude=np.array([0, 2]), groups=groups).tolist() == [4, 3]


def test_copies_of_one_recording_never_appear_together() -> None:
    assert recommend(np.array([3.0, 2.0, 1.0]), 3, groups=np.array([4, 4, 9])).tolist() == [0, 2]


def test_what_was_played_lately_waits() -> None:
    picked = recommend(np.ones(3), 3, last_played_s=np.array([-1, 900, 100]), now_s=1000, repeat_window_s=500)
    assert picked.tolist() == [0, 2]


def test_a_flood_of_one_artist_is_spread_but_never_emptied() -> None:
    artists = np.array([0] * 8 + [1, 2, 3, 4])
    picked = artists[recommend(np.arange(12.0)[::-1], 12, artists=artists, artist_cap=2, artist_window=4)]
    assert picked.tolist() == [0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0]


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.integers(-1, 4), st.integers(-1, 12)), min_size=1, max_size=60),
    st.integers(1, 20),
)
def test_caps_and_copies_hold_for_any_library(rows: list[tuple[float, int, int]], n: int) -> None:
    scores = np.array([row[0] for row in rows])
    artists, groups = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    picked = recommend(scores, n, artists=artists, groups=groups).tolist()
    assert len(set(picked)) == len(picked) == min(n, len({g if g >= 0 else (i,) for i, g in enumerate(groups)}))
    known = [groups[p] for p in picked if groups[p] >= 0]
    assert len(set(known)) == len(known)
    for place, item in enumerate(picked):
        window = [artists[p] for p in picked[max(place - 9, 0) : place]]
        if artists[item] >= 0 and window.count(artists[item]) >= 2:
            used = set(picked[:place])
            left = [
                i
                for i in range(len(rows))
                if i not in used and not (groups[i] >= 0 and groups[i] in groups[list(used)])
            ]
            assert all(artists[i] >= 0 and window.count(artists[i]) >= 2 for i in left)


@given(st.integers(1, 9), st.integers(0, 100))
def test_a_long_list_sorted_in_parts_equals_a_full_sort(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(0, 40, 500).astype(float)
    assert recommend(scores, n).tolist() == np.argsort(-scores, kind="stable")[:n].tolist()


def test_each_day_has_its_own_order_and_keeps_it() -> None:
    keys = np.arange(1000)
    assert np.array_equal(turns(keys, 5), turns(keys, 5))
    assert abs(np.corrcoef(turns(keys, 5), turns(keys, 6))[0, 1]) < 0.1
    assert 0 <= turns(keys, 7).min() < turns(keys, 7).max() < 1
    today, tomorrow = (recommend(np.zeros(1000), 20, day=day, freshness=0.1).tolist() for day in (1, 2))
    assert today != tomorrow


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_score_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        recommend(np.array([1.0, bad]), 1)
    with pytest.raises(ValueError, match="n, artist_cap"):
        recommend(np.array([1.0]), -1)


def test_nothing_gives_nothing() -> None:
    assert recommend(np.zeros(0), 5).tolist() == []
    assert recommend(np.ones(3), 0).tolist() == []
