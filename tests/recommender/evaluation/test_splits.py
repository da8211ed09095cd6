"""Splits: nothing hidden is learnt from, nothing after the cut is known, nobody is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation.splits import SPLITS, TableSplit, cut_time, split_table
from recommender.loaders.log import DataError, Log, from_arrays

Rows = list[tuple[int, int, int]]

rows_of_plays = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 50)), min_size=12, max_size=80, unique=True
)


def a_log(rows: Rows, times: bool = True) -> Log:
    user, item, at_s = np.array(rows).T
    return from_arrays("rows", user=user, item=item, at_s=1000 + at_s if times else None)


def a_split(name: str, log: Log, seed: int = 0) -> TableSplit | None:
    try:
        return split_table(name, log, np.random.default_rng(seed))
    except DataError:
        return None


def cells(matrix: object, users: np.ndarray | None = None) -> set[tuple[int, int]]:
    coordinates = matrix.tocoo()  # type: ignore[attr-defined]
    row = coordinates.coords[0] if users is None else users[coordinates.coords[0]]
    return set(zip(row.tolist(), coordinates.coords[1].tolist(), strict=True))


@pytest.mark.parametrize("name", ["random", "leave-one-out"])
@given(rows=rows_of_plays, times=st.booleans(), seed=st.integers(0, 5))
def test_hidden_and_learnt_are_apart_and_together_all_there_is(name: str, rows: Rows, times: bool, seed: int) -> None:
    log = a_log(rows, times)
    split = a_split(name, log, seed)
    assert split is not None or not (np.diff(log.table().indptr) > 1).any()
    if split is None:
        return
    train, truth = cells(split.train), cells(split.truth, split.users)
    assert not train & truth
    assert train | truth == cells(log.table())
    assert cells(split.given, split.users) <= train
    assert (np.diff(split.truth.indptr) > 0).all()
    assert (np.diff(split.given.indptr) > 0).all()


@given(rows=rows_of_plays)
def test_the_one_left_out_was_met_last(rows: Rows) -> None:
    log = a_log(rows)
    split = a_split("leave-one-out", log)
    if split is None or log.at_s is None:
        return
    assert (np.diff(split.truth.indptr) == 1).all()
    for user, hidden in cells(split.truth, split.users):
        mine = log.user == user
        first_met = {item: log.at_s[mine & (log.item == item)].min() for item in set(log.item[mine].tolist())}
        assert first_met[hidden] == max(first_met.values())


@given(rows=rows_of_plays)
def test_nothing_from_the_cut_on_is_known_in_the_temporal_split(rows: Rows) -> None:
    log = a_log(rows)
    split = a_split("temporal", log)
    if split is None or log.at_s is None:
        return
    cut = cut_time(log)
    before, after = log.take(log.at_s < cut), log.take(log.at_s >= cut)
    assert len(before)
    assert len(after)
    assert cells(split.train) == cells(before.table())
    assert cells(split.truth, split.users) <= cells(after.table()) - cells(before.table())


@given(rows=rows_of_plays, seed=st.integers(0, 5))
def test_listeners_held_out_are_not_in_the_fit_at_all(rows: Rows, seed: int) -> None:
    log = a_log(rows)
    split = a_split("listener", log, seed)
    if split is None:
        return
    table = log.table()
    staying = np.setdiff1d(np.arange(log.n_users), split.users)
    assert split.train.shape == (len(staying), log.n_items)
    assert cells(split.train, staying) == {cell for cell in cells(table) if cell[0] not in set(split.users.tolist())}
    given_cells, truth = cells(split.given, split.users), cells(split.truth, split.users)
    assert not given_cells & truth
    assert given_cells | truth == {cell for cell in cells(table) if cell[0] in set(split.users.tolist())}


@pytest.mark.parametrize("name", SPLITS)
def test_a_seed_gives_the_same_split_and_at_most_so_many_users(name: str) -> None:
    rng = np.random.default_rng(3)
    log = a_log([(int(u), int(i), int(t)) for u, i, t in rng.integers(0, [40, 30, 900], (1500, 3))])
    first, again = (split_table(name, log, np.random.default_rng(7), 5) for _ in range(2))
    assert first.users.tolist() == again.users.tolist()
    assert len(first.users) == 5
    assert cells(first.truth) == cells(again.truth)


def test_a_fifth_is_hidden() -> None:
    log = a_log([(user, item, 0) for user in range(4) for item in range(10)])
    split = split_table("random", log, np.random.default_rng(0))
    assert np.diff(split.truth.indptr).tolist() == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("name", "rows", "times", "words"),
    [
        ("temporal", [(0, 1, 5), (1, 2, 6)], False, "no times"),
        ("temporal", [(0, 1, 5), (1, 2, 5)], True, "one time"),
        ("listener", [(0, 1, 5), (0, 2, 6)], True, "1 users"),
        ("random", [(0, 1, 5), (1, 2, 5)], True, "something to hide"),
        ("random", [(0, 1, 5), (1, 1, 5)], True, "nothing to rank"),
    ],
)
def test_data_that_does_not_fit_a_split_is_one_sentence(name: str, rows: Rows, times: bool, words: str) -> None:
    with pytest.raises(DataError, match=words):
        split_table(name, a_log(rows, times), np.random.default_rng(0))
