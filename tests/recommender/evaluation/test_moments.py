"""Moments of a past: their true answers by hand, and that nobody is told what comes after."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.algorithms.base import Algorithm, Profile
from recommender.algorithms.popularity import Popularity
from recommender.arrays import Bools, Floats, Ints
from recommender.evaluation.listeners import SHOWN, ask, evaluate_listeners, measures, ranker_of
from recommender.evaluation.moments import SOON_S, UNHEARD_S, Life, Moment, Question, moments_of
from recommender.evaluation.rankers import OfAlgorithm, OfListener, Past, SameArtist, best, profile_at
from recommender.sessions import Plays
from tests.recommender.small import DAY_S, NOW_S, plays_of, random_sessions


def a_life(sessions: Sequence[Sequence[int]], per_artist: int = 3) -> Life:
    plays = plays_of(sessions)
    return Life.of_plays(plays, plays.item_id // per_artist)


def every_moment(life: Life) -> list[Moment]:
    return moments_of(life, np.random.default_rng(0), 10_000)


def at(moments: list[Moment], question: Question) -> dict[int, list[int]]:
    return {moment.place: moment.truth.tolist() for moment in moments if moment.question == question}


def test_the_next_session_is_the_known_tracks_heard_in_it() -> None:
    found = at(every_moment(a_life([(0, 1), (2, 0), (3, 1, 2, 1)])), "session")
    assert found == {2: [0], 4: [1, 2]}


def test_the_next_track_is_asked_inside_sessions_and_only_where_it_is_known() -> None:
    found = at(every_moment(a_life([(0, 1), (2, 0), (3, 1, 2, 1)])), "next")
    assert found == {3: [0], 5: [1], 6: [2], 7: [1]}


def test_a_skip_is_no_answer_and_makes_nothing_known() -> None:
    plays = Plays.of([0, 1, 0, 1, 0], NOW_S + np.arange(5) * 200, [200_000, 5_000, 200_000, 200_000, 9_000])
    life = Life.of_plays(plays, np.full(5, -1))
    assert at(every_moment(life), "next") == {2: [0]}


def test_rediscovery_is_what_was_unheard_for_30_days_and_comes_back_within_7() -> None:
    days = {0: [0], 1: [1], 20: [1], 40: [2], 45: [0, 1], 48: [1], 80: [3]}
    ids = [item for items in days.values() for item in items]
    times = [NOW_S + day * DAY_S + 200 * n for day, items in days.items() for n in range(len(items))]
    life = Life.of_plays(Plays.of(ids, times, np.full(len(ids), 200_000)), np.full(len(ids), -1))
    assert at(every_moment(life), "rediscover") == {3: [0], 4: [0]}


def test_a_week_that_is_not_over_is_not_asked_about() -> None:
    ids, times = [0, 1, 0], [NOW_S, NOW_S + 31 * DAY_S, NOW_S + 32 * DAY_S]
    life = Life.of_plays(Plays.of(ids, times, [200_000] * 3), np.full(3, -1))
    assert at(every_moment(life), "rediscover") == {}


@given(seed=st.integers(0, 50))
def test_truth_is_always_among_the_candidates_and_after_the_first_quarter(seed: int) -> None:
    life = a_life(random_sessions(15, 60, seed))
    for moment in every_moment(life):
        assert life.candidates(moment.question, moment.place, moment.now_s)[moment.truth].all()
        assert moment.place >= len(life.plays) // 4
        later = life.plays.started_at_s[moment.place :]
        heard = set(life.plays.item_id[moment.place :][later < moment.now_s + SOON_S].tolist())
        assert set(moment.truth.tolist()) <= heard


class Spy(Algorithm):
    """Notes what it is shown."""

    name = "spy"

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[float, int]] = []

    def scores(self, profile: Profile) -> Floats:
        self.seen.append((profile.now_s, int(self.history.at_s[-1])))
        return np.zeros(self.history.n_items)

    def explain(self, items: Ints, profile: Profile) -> list[object]:  # type: ignore[override]
        return []


def test_nobody_is_shown_a_play_from_the_moment_on() -> None:
    life = a_life(random_sessions(15, 60))
    moments, spy = moments_of(life, np.random.default_rng(0), 8), Spy()
    answers = ask(life, moments, [OfAlgorithm(spy)])
    assert answers is not None
    assert len(spy.seen) == len(moments)
    assert all(last < now for now, last in spy.seen)


class Cheat:
    """Knows the answers."""

    name = "cheat"

    def __init__(self, moments: list[Moment]) -> None:
        self.params: dict[str, object] = {}
        self._answers = {(moment.question, moment.place): moment.truth for moment in moments}

    def learn(self, past: Past) -> None:
        self._place = past.place

    def rank(self, question: Question, past: Past, candidates: Bools, n: int) -> Ints:
        return self._answers[question, self._place][:n]


def test_who_knows_the_answers_scores_one() -> None:
    life = a_life(random_sessions(15, 60))
    moments = moments_of(life, np.random.default_rng(0), 8)
    answers = ask(life, moments, [Cheat(moments)])
    assert answers is not None
    found = measures(moments, answers[0].lists, len(life.columns), [10])
    assert len(found) == 3
    assert all(values["ndcg@10"] == pytest.approx(1.0) for values in found.values())


def test_cancelling_ends_the_asking() -> None:
    life = a_life(random_sessions(15, 60))
    moments = moments_of(life, np.random.default_rng(0), 8)
    assert ask(life, moments, [OfAlgorithm(Popularity())], cancelled=lambda: True) is None


def test_the_listener_taking_plays_step_by_step_answers_as_one_who_took_them_at_once() -> None:
    life = a_life(random_sessions(25, 80))
    grown, fresh = OfListener(), OfListener()
    for place in (100, 140, len(life.plays)):
        past = Past.before(life, place, int(life.plays.started_at_s[place - 1]) + 300)
        grown.learn(past)
    fresh.learn(past)
    everything = np.ones(len(life.columns), dtype=bool)
    for question in ("next", "session"):
        answer = grown.rank(question, past, everything, 10)
        assert len(answer)
        assert answer.tolist() == fresh.rank(question, past, everything, 10).tolist()


def test_the_same_artist_comes_first_and_the_most_played_of_it() -> None:
    life = a_life([(0, 5), (1, 5), (1, 2, 5), (0,)])
    past = Past.before(life, len(life.plays), int(life.plays.started_at_s[-1]) + 200)
    algorithm = SameArtist().fit(past.history)
    scores = algorithm.scores(profile_at(past.history, "next", past.now_s))
    order = best(scores, np.ones(len(life.columns), dtype=bool), 3)
    assert set(order[:2].tolist()) == {0, 1}
    assert order[2] == 2


def test_ties_do_not_follow_the_catalogue() -> None:
    order = best(np.zeros(200), np.ones(200, dtype=bool), 200)
    assert sorted(order.tolist()) == list(range(200))
    assert abs(np.corrcoef(order, np.arange(200))[0, 1]) < 0.2


def test_listeners_are_the_unit_and_one_without_moments_says_nothing() -> None:
    lives = [a_life(random_sessions(15, 60, seed)) for seed in range(3)] + [a_life([(0, 1)])]
    found, asked = evaluate_listeners(iter(lives), [ranker_of("popularity", Popularity), OfListener], [5], 0, 4)
    assert [one.algorithm for one in found] == ["popularity", "listener"]
    assert asked > 0
    assert all(len(one.by_user[name]) == 3 for one in found for name in (*SHOWN, "ndcg@10", "recall@20"))
    assert all(np.nanmin(one.by_user[name]) >= 0 for one in found for name in SHOWN[::2])
    assert evaluate_listeners(iter([]), [OfListener], [5], 0) == ([], 0)


def test_thirty_days_and_seven_are_what_they_say() -> None:
    assert (UNHEARD_S, SOON_S) == (30 * 86_400, 7 * 86_400)


@pytest.mark.parametrize("sessions", [[], [(0,)], [(0, 0, 0)]])
def test_a_life_too_short_asks_nothing_foolish(sessions: list[tuple[int, ...]]) -> None:
    assert all(len(moment.truth) for moment in every_moment(a_life(sessions)))
