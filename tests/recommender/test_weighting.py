import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.weighting import (
    SCHEMES,
    Scheme,
    Weighting,
    completion_weights,
    half_life_weights,
    recency_weights,
    scaled_rows,
    shortened,
)


def table(rows: list[list[float]]) -> csr_array:
    return csr_array(np.asarray(rows, dtype=np.float32))


TABLE = [[1, 4, 0], [0, 9, 0], [0, 1, 1], [0, 0, 2]]


def weighed(scheme: Scheme) -> np.ndarray:
    matrix = table(TABLE)
    return Weighting(scheme).fitted(matrix).of(matrix).toarray()


def test_plain_binary_and_log_are_worked_by_hand() -> None:
    assert weighed("none").tolist() == TABLE
    assert weighed("binary").tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1]]
    assert weighed("log") == pytest.approx(np.log1p(TABLE), rel=1e-6)


def test_tfidf_is_worked_by_hand() -> None:
    idf = [np.log(4 / 2), 0.05, np.log(4 / 3)]  # the second is in 3 of 4 rows: log 1 is 0, so the least
    assert weighed("tfidf") == pytest.approx(np.sqrt(TABLE) * idf, rel=1e-5)


def test_bm25_equals_a_slow_plain_version() -> None:
    counts = np.asarray(TABLE, dtype=float)
    mean = counts.sum() / 4
    plain = np.zeros_like(counts)
    for row in range(4):
        for item in range(3):
            count = counts[row, item]
            idf = max(np.log(4 / (1 + (counts[:, item] > 0).sum())), 0.05)
            long = 1 - 0.75 + 0.75 * counts[row].sum() / mean
            plain[row, item] = idf * count * 2.2 / (count + 1.2 * long) if count else 0
    assert weighed("bm25") == pytest.approx(plain, rel=1e-5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_row_alone_weighs_what_it_weighs_in_the_table(scheme: Scheme) -> None:
    matrix = table(TABLE)
    weighting = Weighting(scheme).fitted(matrix)
    assert np.array_equal(weighting.of(matrix[[2]]).toarray(), weighting.of(matrix).toarray()[[2]])
    again = Weighting(scheme).restored(weighting.arrays())
    assert np.array_equal(again.of(matrix).toarray(), weighting.of(matrix).toarray())


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="there are none"):
        Weighting("guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="within"):
        Weighting("bm25", b=2)
    with pytest.raises(ValueError, match="not fitted"):
        Weighting("bm25").of(table(TABLE))
    with pytest.raises(ValueError, match="half life"):
        half_life_weights(np.array([0]), 0, 0.0)


def test_recency_halves_with_each_half_life_and_falls_as_a_power() -> None:
    day = 86_400
    assert half_life_weights(np.array([-day, 0, day, 2 * day]), day, 1.0) == pytest.approx([0.25, 0.5, 1, 1])
    assert recency_weights(np.array([0, 3 * 3600]), 4 * 3600, 0.5) == pytest.approx([0.5, 1.0])
    assert recency_weights(np.array([5 * 3600]), 4 * 3600, 0.5).tolist() == [0]


def test_completion_counts_what_was_heard_and_a_skip_as_nothing() -> None:
    heard = completion_weights(np.array([50, 200, -1, 120_000]), np.array([100, 100, 100, 0]))
    assert heard.tolist() == [0.5, 1.0, 1.0, 0.5]
    assert completion_weights(np.array([50]), np.array([100]), np.array([True])).tolist() == [0.0]


def test_rows_are_scaled_and_shortened_to_their_largest() -> None:
    matrix = table([[1, 3, 2, 3], [0, 1, 0, 0]])
    assert scaled_rows(matrix, np.array([2.0, 0.5])).toarray().tolist() == [[2, 6, 4, 6], [0, 0.5, 0, 0]]
    assert shortened(matrix, 3).toarray().tolist() == [[0, 3, 2, 3], [0, 1, 0, 0]]
    assert shortened(matrix, 1).toarray().tolist() == [[0, 3, 0, 0], [0, 1, 0, 0]]
    assert shortened(matrix, 4) is matrix
