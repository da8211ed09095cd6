"""Why, to the last decimal: take the plays behind a piece of evidence away, and the score is what was stated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.listener import Listener, Plays, Question

from .small import DAY_S, NOW_S, a_catalogue, plays_of, random_sessions

N = 40


def a_listener(plays: Plays) -> Listener:
    listener = Listener(a_catalogue(N))
    listener.load(plays)
    return listener


def some_plays(seed: int) -> Plays:
    return plays_of([[i + 1 for i in s] for s in random_sessions(N, 90, seed)], NOW_S - 600)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["next", "session", "rediscover"]), st.integers(0, 11))
def test_the_stated_effect_is_what_a_new_listener_without_those_plays_computes(
    seed: int, question: Question, place: int
) -> None:
    plays = some_plays(seed)
    listener = a_listener(plays)
    found = listener.recommend(question, NOW_S, 12)
    if place >= len(found):
        return
    chosen = found[place]
    for part in chosen.evidence:
        effect = listener.effect_of(chosen.item_id, part, question, NOW_S)
        cited = listener.cited(chosen.item_id, part, NOW_S)
        gone = {(int(i), int(t)) for i, t in zip(cited.item_id, cited.started_at_s, strict=True)}
        left = [row for row in range(len(plays)) if (int(plays.item_id[row]), int(plays.started_at_s[row])) not in gone]
        assert effect.before == pytest.approx(chosen.score, abs=1e-9)
        assert effect.removed == len(plays) - len(left)
        if effect.removed:
            again = a_listener(plays.take(left)).score(chosen.item_id, question, NOW_S)
            assert again is not None
            assert effect.after == pytest.approx(again.score, abs=1e-9)
        else:
            assert effect.change == pytest.approx(-part.amount)


def test_one_play_taken_away_is_as_if_it_never_was() -> None:
    plays = some_plays(1)
    for row in (0, 57, len(plays) - 1):
        left = [other for other in range(len(plays)) if other != row]
        less = a_listener(plays).without(plays.take([row]))
        assert less.n_listens == len(plays) - 1
        assert less.recommend("session", NOW_S, 30) == a_listener(plays.take(left)).recommend("session", NOW_S, 30)


def test_without_its_pair_a_track_no_longer_follows() -> None:
    listener = a_listener(plays_of([[1, 30], [7, 20], [9, 10]] * 80))
    best = listener.recommend("next", NOW_S, 1, seeds=[1])[0]
    pair = next(part for part in best.evidence if part.signal == "follows")
    assert (best.item_id, pair.because) == (30, 1)
    effect = listener.effect_of(30, pair, "next", NOW_S, seeds=[1])
    assert effect.removed == 80
    assert effect.change < -1
    after = listener.without(listener.cited(30, pair, NOW_S)).score(30, "next", NOW_S, seeds=[1])
    assert after is None or not any(part.signal == "follows" for part in after.evidence)


def test_an_unknown_item_is_said_so_and_has_no_score() -> None:
    listener = a_listener(some_plays(2))
    found = listener.recommend("next", NOW_S, 1)[0]
    assert listener.score(999, "next", NOW_S) is None
    with pytest.raises(ValueError, match="no item 999"):
        listener.effect_of(999, found.evidence[0], "next", NOW_S)
    assert len(listener.cited(999, found.evidence[0], NOW_S)) == 0


def test_what_is_left_out_does_not_touch_the_listener_itself() -> None:
    listener = a_listener(some_plays(3))
    before = listener.recommend("session", NOW_S, 30)
    listener.without(Plays.of(np.arange(1, N), np.full(N - 1, NOW_S - DAY_S), np.full(N - 1, -1)))
    listener.effect_of(before[0].item_id, before[0].evidence[0], "session", NOW_S)
    assert listener.recommend("session", NOW_S, 30) == before
