import numpy as np
import pytest

from recommender.fading import WORST, Fading, exponentials

DAY_S = 86_400
NOW_S = 1_760_000_000


@pytest.mark.parametrize("decay", [0.8, 0.9, 1.0, 1.1])
def test_the_exponentials_keep_within_the_stated_error(decay: float) -> None:
    hours = np.geomspace(60 * 24, 60 * 365 * 24, 3_000)
    rates, weights = exponentials(decay)
    found = np.exp(-hours[:, None] * rates) @ weights
    assert np.abs(found / hours**-decay - 1).max() < WORST


def a_log(n: int = 4_000, years: float = 8.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    at_s = np.sort(NOW_S - (rng.random(n) * years * 365 * DAY_S).astype(np.int64))
    return rng.integers(-1, 40, n).astype(np.int32), at_s


@pytest.mark.parametrize("decay", [0.8, 1.0, 1.1])
def test_sums_over_years_equal_the_plain_sum(decay: float) -> None:
    codes, at_s = a_log()
    counted = np.arange(len(codes)) % 3 > 0
    found = Fading(decay, 40).at(NOW_S + 900, codes, at_s, counted)
    keep = counted & (codes >= 0)
    hours = np.maximum((NOW_S + 900 - at_s[keep]) / 3600, 0.5)
    assert found == pytest.approx(np.bincount(codes[keep], hours**-decay, 40), rel=WORST)


def test_a_log_that_grew_gives_the_numbers_of_one_read_at_once() -> None:
    codes, at_s = a_log()
    grown = Fading(1.0, 40)
    for end in range(100, len(codes) + 1, 100):
        grown.at(float(at_s[end - 1]), codes[:end], at_s[:end])
    whole = Fading(1.0, 40).at(NOW_S, codes, at_s)
    assert grown.at(NOW_S, codes, at_s) == pytest.approx(whole, rel=1e-10)


def test_nothing_gives_nothing() -> None:
    empty = np.zeros(0, dtype=np.int64)
    assert Fading(1.0, 3).at(NOW_S, empty.astype(np.int32), empty).tolist() == [0, 0, 0]
    assert Fading(1.0, 0).at(NOW_S, empty.astype(np.int32), empty).tolist() == []
