"""Parameters that a table algorithm chooses inside the table it is fitted on."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.algorithms import trial as trial_module
from recommender.algorithms.ease import EASE
from recommender.algorithms.ensemble import Ensemble, voices
from recommender.algorithms.pure_svd import PureSVD
from recommender.algorithms.registry import TABLES
from recommender.algorithms.table import TableAlgorithm
from recommender.algorithms.trial import Chooser, Trial, hidden_apart, surely_more
from recommender.algorithms.user_knn import UserKNN

CHOOSERS = [kind for kind in TABLES.values() if isinstance(kind, type) and issubclass(kind, Chooser)]
every_chooser = pytest.mark.parametrize("kind", CHOOSERS, ids=lambda kind: kind.name)
all_that_choose = pytest.mark.parametrize("kind", [*CHOOSERS, Ensemble], ids=lambda kind: kind.name)


def tastes(n_rows: int = 150, n_items: int = 60, groups: int = 4, seed: int = 0) -> csr_array:
    """Rows that hold half of the items of their group, and a few others."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, n_rows)
    own = (np.arange(n_items) * groups // n_items)[None, :] == group[:, None]
    held = rng.random((n_rows, n_items)) < np.where(own, 0.5, 0.05)
    return csr_array((held * rng.integers(1, 9, held.shape)).astype(np.float32))


def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> Any:
        raise AssertionError("there was a choice")

    monkeypatch.setattr(Chooser, "choose", refused)


@every_chooser
def test_parameters_that_are_all_given_are_kept_without_a_trial(
    kind: type[Chooser], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch)
    assert kind(**kind.usual).fit_matrix(tastes()).params() == kind.usual


@every_chooser
def test_a_parameter_that_is_given_stays_while_the_others_are_chosen(kind: type[Chooser]) -> None:
    for name, value in kind.usual.items():
        other = {"none": "log"}.get(str(value), "none") if name in ("weighting", "votes", "profile") else value
        assert kind(**{name: other}).fit_matrix(tastes(40, 20)).params()[name] == other


@all_that_choose
def test_the_same_table_gives_the_same_choice(kind: type[TableAlgorithm]) -> None:
    first, second = kind().fit_matrix(tastes()), kind().fit_matrix(tastes())
    assert first.params() == second.params()
    assert np.array_equal(first.scores(tastes()), second.scores(tastes()))


@all_that_choose
def test_after_a_choice_it_goes_on_from_its_arrays(kind: type[TableAlgorithm]) -> None:
    for table in (tastes(), tastes(100, 30, 2, seed=3)):
        fitted = kind().fit_matrix(table)
        again = kind(**fitted.params()).restore(fitted.arrays())
        assert again.params() == fitted.params()
        assert np.array_equal(again.scores(table), fitted.scores(table))


@all_that_choose
def test_one_made_with_what_was_chosen_learns_the_same(kind: type[TableAlgorithm]) -> None:
    fitted = kind().fit_matrix(tastes())
    assert np.array_equal(kind(**fitted.params()).fit_matrix(tastes()).scores(tastes()), fitted.scores(tastes()))


@every_chooser
@pytest.mark.parametrize(
    "dense",
    [np.ones((1, 9)), np.ones((9, 1)), np.eye(30), np.ones((40, 6)), np.ones((5, 5))],
    ids=["one row", "one item", "one cell a row", "all identical", "few rows"],
)
def test_tiny_tables_keep_what_is_usual(kind: type[Chooser], dense: np.ndarray) -> None:
    table = csr_array(dense.astype(np.float32))
    fitted = kind().fit_matrix(table)
    assert fitted.params() == kind.usual
    assert np.isfinite(fitted.scores(table)).all()


def test_pure_svd_takes_few_directions_where_there_are_few() -> None:
    rng = np.random.default_rng(1)
    rows, items = rng.random((300, 3)) ** 3, rng.random((3, 150)) ** 3
    held = rng.random((300, 150)) < np.clip(rows @ items, 0, 1)
    chosen = PureSVD().fit_matrix(csr_array(held.astype(np.float32)))
    assert chosen.factors <= 16


def test_the_setting_that_finds_clearly_more_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UserKNN, "usual", {**UserKNN.usual, "k": 1})
    monkeypatch.setattr(UserKNN, "steps", (({"k": 2}, {"k": 40}),))
    assert UserKNN().fit_matrix(tastes()).k == 40
    assert UserKNN(k=1).fit_matrix(tastes()).k == 1


def test_a_second_fit_chooses_anew() -> None:
    dense, sparse = tastes(200, 40, 2), tastes(40, 20, 2, seed=5)
    again = PureSVD().fit_matrix(dense).fit_matrix(sparse)
    assert again.params() == PureSVD().fit_matrix(sparse).params()


def test_the_ensemble_takes_what_its_members_choose_alone() -> None:
    found = Ensemble().fit_matrix(tastes()).params()
    for kind in (EASE, PureSVD):
        alone = kind().fit_matrix(tastes()).params()
        assert {name: found[f"{kind.name}_{name}"] for name in alone} == alone


def test_a_parameter_that_no_member_has_is_refused() -> None:
    with pytest.raises(TypeError, match="no member"):
        Ensemble(oracle_depth=3)


def test_better_members_have_louder_voices() -> None:
    hits = [np.full(4, 0.2), np.full(4, 0.4)]
    assert voices(hits, 1.0).tolist() == pytest.approx([0.5, 1.0])
    assert voices(hits, 0.0).tolist() == [1.0, 1.0]
    assert voices([np.zeros(0), np.zeros(0)], 4.0).tolist() == [1.0, 1.0]


def test_more_by_chance_is_not_surely_more() -> None:
    some = np.array([0.1, 0.9, 0.2, 0.8])
    assert surely_more(some + 0.1, some)
    assert not surely_more(some, some)
    assert not surely_more(some[::-1], some)
    assert not surely_more(np.zeros(0), np.zeros(0))


def test_places_are_those_of_the_list_with_ties_to_the_lower_item(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(0).integers(0, 9, 40).astype(np.float32)
    items = np.arange(40, dtype=np.int32)
    place = np.empty(40, dtype=np.int64)
    place[np.lexsort((items, -scores))] = items
    first = place < trial_module.TOP
    for few in (64, 0):
        monkeypatch.setattr(trial_module, "FEW", few)
        found = trial_module._places(scores, items)
        assert found[first].tolist() == place[first].tolist()
        assert (found[~first] >= trial_module.TOP).all()


def test_hits_are_the_share_of_the_best_list_there_could_be() -> None:
    table = tastes(60, 40)
    trial = Trial(table)
    perfect = trial.wanted.toarray() + 0.0
    assert trial.hits_in(slice(None), perfect.astype(np.float32)) == pytest.approx(np.ones(60))
    wrong = -trial.wanted.toarray().astype(np.float32) + trial.given.toarray() * 9
    assert trial.hits_in(slice(None), wrong)[0] < 0.2


def test_a_large_table_is_tried_on_some_of_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tastes(150, 60)
    monkeypatch.setattr(trial_module, "MOST_ROWS", 50)
    assert Trial(table).kept.shape == (50, 60)
    monkeypatch.setattr(trial_module, "MOST_CELLS", 100)
    assert Trial(table).kept.nnz + Trial(table).wanted.nnz <= 100
    monkeypatch.setattr(trial_module, "MOST_CELLS", 1)
    assert EASE().fit_matrix(table).params() == EASE.usual


def test_a_share_of_each_row_is_hidden() -> None:
    table = tastes(30, 40)
    kept, apart = hidden_apart(table, 0.2, 0)
    assert np.array_equal((kept + apart).toarray(), table.toarray())
    lengths = np.diff(table.indptr)
    assert np.diff(apart.indptr).tolist() == np.where(lengths > 1, np.maximum(np.rint(lengths * 0.2), 1), 0).tolist()
