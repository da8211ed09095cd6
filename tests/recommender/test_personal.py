import json
from dataclasses import asdict

import numpy as np
import pytest

from recommender import personal
from recommender.history import History
from recommender.listener import Listener
from recommender.moment import SHIPPED

from .small import NOW_S, a_catalogue, a_history, plays_of, random_sessions


def a_choice(rng: np.random.Generator, taste: np.ndarray) -> personal._Choice:
    signals = rng.normal(size=(60, 3))
    chosen = np.zeros(60, dtype=bool)
    chosen[np.argmax(signals @ taste + rng.gumbel(size=60))] = True
    return personal._Choice(signals, chosen)


def test_a_refit_moves_towards_the_taste_that_was_shown_and_stays_near_the_start_without_any() -> None:
    rng = np.random.default_rng(0)
    taste = np.array([2.0, 0.0, -1.0])
    found = personal.refit([a_choice(rng, taste) for _ in range(400)], np.zeros(3))
    assert found[0] > 0.5 > abs(found[1])
    assert found[2] < -0.2
    nothing = personal.refit([personal._Choice(np.ones((5, 3)), np.arange(5) == 1)], taste)
    assert nothing == pytest.approx(taste)


def test_own_weights_are_used_only_when_they_win_on_later_moments() -> None:
    rng = np.random.default_rng(1)
    names = ("a", "b", "c")
    shipped = dict(zip(names, (0.0, 0.0, 1.0), strict=True))
    for taste, used in ((np.array([3.0, 0.0, 0.0]), True), (np.array([0.0, 0.0, 1.0]), False)):
        own, verdict = personal.judge([a_choice(rng, taste) for _ in range(150)], shipped, one_right=True)
        assert verdict.used is used
        assert (own == shipped) is not used


def test_it_is_deterministic_and_a_value_that_can_be_stored() -> None:
    history = a_history(random_sessions(40, 200, seed=5), 40)
    found = personal.fit(history)
    assert found == personal.fit(history)
    assert set(found.verdicts) <= set(personal.QUESTIONS)
    stored = json.loads(json.dumps(asdict(found)))
    assert personal.from_json(stored["weights"]) == found.weights
    listener = Listener(a_catalogue(40))
    listener.load(plays_of([[i + 1 for i in s] for s in random_sessions(40, 200, seed=5)]))
    listener.use_weights(found.weights)
    assert listener.recommend("session", NOW_S, 5)


def test_it_stops_when_cancelled_and_with_few_plays_there_is_nothing_to_fit() -> None:
    history = a_history(random_sessions(40, 200, seed=5), 40)
    assert personal.fit(history, cancelled=lambda: True) == personal.Personal()
    assert personal.fit(history, seconds=0.0) == personal.Personal()
    few: History = a_history([[0, 1, 2]], 3)
    assert personal.fit(few) == personal.Personal()


def test_stored_weights_that_no_longer_fit_are_left_out_and_bad_ones_are_refused() -> None:
    good = dict(SHIPPED["session"])
    assert personal.from_json({"session": good, "next": {"gone": 1.0}, "oracle": good}) == {"session": good}
    assert personal.from_json({"session": {**good, "week": float("nan")}}) == {}
    listener = Listener(a_catalogue(3))
    with pytest.raises(ValueError, match="no weights"):
        listener.use_weights({"session": {"gone": 1.0}})
    with pytest.raises(ValueError, match="not a number"):
        listener.use_weights({"session": {**good, "week": float("inf")}})
