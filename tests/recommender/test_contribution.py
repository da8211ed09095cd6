import math

import numpy as np
import pytest

from recommender.contribution import answers, held_really, turned_share

KEYS = np.arange(20_000) * 7919
SECRET = bytes(range(16))


@pytest.mark.parametrize("epsilon", [0.5, 1.0, 3.0])
def test_so_many_answers_are_turned_around_as_epsilon_says(epsilon: float) -> None:
    listened = np.arange(len(KEYS)) % 10 == 0
    told = answers(listened, KEYS, epsilon, SECRET)
    share = turned_share(epsilon)
    assert math.log((1 - share) / share) == pytest.approx(epsilon)
    for truth in (True, False):
        group = listened == truth
        wrong = float((told[group] != truth).mean())
        assert wrong == pytest.approx(share, abs=4 * math.sqrt(share / group.sum()))


def test_answers_stay_the_same_and_one_change_changes_one() -> None:
    listened = np.arange(len(KEYS)) % 10 == 0
    first = answers(listened, KEYS, 1.0, SECRET)
    assert (answers(listened, KEYS, 1.0, SECRET) == first).all()
    assert (answers(listened, KEYS, 1.0, b"another secret 16") != first).mean() > 0.2
    other = listened.copy()
    other[5] = not other[5]
    assert np.flatnonzero(answers(other, KEYS, 1.0, SECRET) != first).tolist() == [5]


def test_counts_over_many_listeners_come_out_right() -> None:
    rng = np.random.default_rng(0)
    n, keys = 3_000, np.arange(5) * 31
    listened = rng.random((n, 5)) < np.array([0.0, 0.1, 0.3, 0.5, 1.0])
    told = sum(answers(row, keys, 1.0, rng.bytes(16)).astype(np.int64) for row in listened)
    np.testing.assert_allclose(held_really(np.asarray(told), n, 1.0), listened.sum(axis=0), atol=250)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, 21.0, math.nan, math.inf])
def test_an_epsilon_that_promises_nothing_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="epsilon"):
        answers(np.zeros(3, dtype=bool), KEYS[:3], epsilon, SECRET)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        answers(np.zeros(3, dtype=bool), KEYS[:3], 1.0, b"short")
