"""What holds for every algorithm in the registry, and hand-worked cases of single ones."""

import numpy as np
import pytest

from recommender.algorithms.base import Profile
from recommender.algorithms.content import Content
from recommender.algorithms.item_knn import ItemKNN
from recommender.algorithms.recency import Recency
from recommender.algorithms.registry import ALGORITHMS, make
from recommender.algorithms.session_knn import SessionKNN, sessions_shared
from recommender.algorithms.transitions import Transitions
from recommender.catalogue import ItemSpace
from recommender.history import History
from recommender.sessions import Plays

from .small import NOW_S, a_catalogue, a_history, plays_of, random_sessions

every_algorithm = pytest.mark.parametrize("name", sorted(ALGORITHMS))
N = 30


def profiles() -> list[Profile]:
    return [
        Profile(NOW_S),
        Profile(NOW_S, np.array([3, 1, 4, 1])),
        Profile(NOW_S, np.array([2, 9]), chosen=True),
        Profile(NOW_S, np.array([29]), own_session=5),
    ]


@every_algorithm
def test_scores_are_finite_float64_one_an_item_and_repeatable(name: str) -> None:
    history = a_history(random_sessions(N, 60), N)
    for profile in profiles():
        scores = make(name).fit(history).scores(profile)
        assert scores.dtype == np.float64
        assert scores.shape == (N,)
        assert np.isfinite(scores).all()
        assert np.array_equal(scores, make(name).fit(history).scores(profile))


@every_algorithm
def test_facts_add_up_to_the_score(name: str) -> None:
    algorithm = make(name).fit(a_history(random_sessions(N, 60), N))
    items = np.arange(N)
    for profile in profiles():
        sums = [sum(fact.amount for fact in facts) for facts in algorithm.explain(items, profile)]
        assert sums == pytest.approx(algorithm.scores(profile), abs=1e-9)


@every_algorithm
def test_an_updated_algorithm_equals_a_new_one(name: str) -> None:
    plays = plays_of(random_sessions(N, 60, seed=4))
    columns = ItemSpace(a_catalogue(N)).columns
    history = History(columns, plays.take(slice(0, 250)))
    algorithm = make(name).fit(history)
    for profile in profiles():
        algorithm.scores(profile)
    for end in range(250, len(plays), 11):
        history.append(plays.take(slice(end, end + 11)))
        algorithm.update(history)
    fresh = make(name).fit(History(columns, plays))
    for profile in profiles():
        assert algorithm.scores(profile) == pytest.approx(fresh.scores(profile), abs=1e-12)


@every_algorithm
def test_no_plays_one_item_and_no_items_are_served(name: str) -> None:
    for n in (0, 1):
        algorithm = make(name).fit(History(ItemSpace(a_catalogue(n)).columns, Plays.none()))
        assert algorithm.scores(Profile(NOW_S, np.arange(n))).shape == (n,)
        assert len(algorithm.explain(np.arange(n), Profile(NOW_S))) == n


def test_an_unknown_or_unfitted_algorithm_says_so() -> None:
    with pytest.raises(ValueError, match="there are blend"):
        make("oracle")
    with pytest.raises(ValueError, match="not fitted"):
        make("recency").scores(Profile(NOW_S))


def test_transitions_of_three_items_are_worked_by_hand() -> None:
    # 0 1 2 | 0 2: after 0 came 1 (1), 2 (1/2), 2 (1), in all 2.5, and one more for doubt
    transitions = Transitions().fit(a_history([[0, 1, 2], [0, 2]], 3))
    profile = Profile(NOW_S, np.array([0]))
    assert transitions.scores(profile) == pytest.approx([0, 1 / 3.5, 1.5 / 3.5])
    fact = transitions.explain(np.array([2]), profile)[0][0]
    assert (fact.because, fact.count) == (0, 2)


def test_transitions_back_off_to_the_track_before() -> None:
    transitions = Transitions().fit(a_history([[0, 1], [2]], 3))
    assert transitions.scores(Profile(NOW_S, np.array([0, 2]))) == pytest.approx([0, 0.4 * 1 / 2, 0])


def test_seeds_vote_alike_whatever_their_order() -> None:
    history = a_history(random_sessions(N, 60), N)
    for algorithm in (Transitions(), SessionKNN(), ItemKNN()):
        one, other = (
            algorithm.fit(history).scores(Profile(NOW_S, np.array(seeds), chosen=True)) for seeds in ([2, 9], [9, 2])
        )
        assert one == pytest.approx(other)


def test_transitions_equal_a_slow_plain_walk() -> None:
    sessions = random_sessions(8, 40, seed=7)
    history = a_history(sessions, 8)
    for context in range(8):
        counts = np.zeros(8)
        for session in sessions:
            for place, item in enumerate(session):
                for distance in (1, 2, 3):
                    if item == context and place + distance < len(session) and session[place + distance] != context:
                        counts[session[place + distance]] += 1 / distance
        assert Transitions().fit(history).scores(Profile(NOW_S, np.array([context]))) == pytest.approx(
            counts / (counts.sum() + 1)
        )


def test_shared_sessions_are_counted_once_each() -> None:
    history = a_history([[0, 1, 1], [0, 1], [1, 2]], 3)
    assert sessions_shared(history, 0).tolist() == [0, 2, 0]
    assert sessions_shared(history, 1).tolist() == [2, 0, 1]


def test_a_nearer_session_speaks_louder() -> None:
    scores = SessionKNN().fit(a_history([[0, 1, 2], [0, 3]], 4)).scores(Profile(NOW_S, np.array([0])))
    assert scores[3] > scores[1] == scores[2] > 0
    assert scores[0] == 0


def test_the_running_session_is_no_neighbour_of_itself() -> None:
    history = a_history([[0, 1], [0, 2]], 3)
    assert SessionKNN().fit(history).scores(Profile(NOW_S, np.array([0]), own_session=1))[2] == 0


def test_base_level_is_worked_by_hand() -> None:
    history = a_history([[0], [0, 1]], 2, end_s=NOW_S - 86_400)
    expected = np.log1p(1e4 * (24**-0.9 + 48**-0.9))
    assert Recency().fit(history).scores(Profile(NOW_S))[0] == pytest.approx(expected, rel=1e-5)


def test_content_prefers_the_same_artist_then_the_same_genre() -> None:
    content = Content().fit(History(ItemSpace(a_catalogue(30)).columns, Plays.none()))
    scores = content.scores(Profile(NOW_S, np.array([0]), chosen=True))
    assert scores[1] > scores[12] > scores[3]  # same artist; same genre four artists on; another genre, the next year
