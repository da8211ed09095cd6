import numpy as np
import pytest
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.community import NOBODY, Community, Factors, Near
from recommender.listener import Listener
from recommender.training.local import train

from .small import NOW_S, a_catalogue, plays_of, random_sessions

N = 60


def a_table(rows: list[list[int]], n: int = N) -> csr_array:
    cells = [(row, item) for row, items in enumerate(rows) for item in items]
    at = ([row for row, _ in cells], [item for _, item in cells])
    table = csr_array((np.ones(len(cells), dtype=np.float32), at), shape=(len(rows), n))
    table.sum_duplicates()
    return table


def a_community(n: int = N, seed: int = 5) -> Community:
    sessions = random_sessions(n, 200, seed)
    listeners = [[item for session in sessions[start::8] for item in session] for start in range(8)]
    return train(a_table(listeners, n), a_table(sessions, n), np.arange(n) // 3, k=10, factors=4)


def a_listener(community: Community | None, n: int = N) -> Listener:
    listener = Listener(a_catalogue(n))
    listener.load(plays_of([[item // 2 + 1 for item in session] for session in random_sessions(n, 30)]))
    listener.use_community(community, np.arange(n) + 1 if community is not None else ())
    return listener


def test_votes_are_weight_times_similarity_and_padding_has_none() -> None:
    near = Near.of([[1, 2], [0, NOBODY], [NOBODY, NOBODY]], [[0.5, 0.25], [0.5, 0.0], [9.0, 9.0]])
    assert near.votes(np.array([2.0, 4.0, 7.0])).tolist() == [2.0, 1.0, 0.5]
    assert near.loudest(np.array([0, 1, 2]), np.array([2.0, 4.0, 7.0])).tolist() == [1, 0, 0]
    assert near.loudest(np.array([NOBODY, 2]), np.array([0.0, 4.0, 7.0])).tolist() == [NOBODY, NOBODY]


def test_a_listener_folded_in_scores_as_als_does() -> None:
    rng = np.random.default_rng(0)
    table = csr_array(rng.poisson(0.4, (12, 30)).astype(np.float32))
    als = ALS(factors=4).fit_matrix(table)
    model = train(table, table, np.full(30, -1), factors=4)
    counts = table[[3]].toarray()[0].astype(np.float64)
    np.testing.assert_allclose(model.folded(counts).scores(), als.scores(table[[3]])[0], atol=1e-4)


def test_the_shares_of_the_plays_add_up_to_the_factors_score() -> None:
    folded = a_community().folded(np.eye(N)[3] * 2 + np.eye(N)[9])
    shares = folded.items.astype(np.float64) @ folded.inverse @ folded.pulls.T
    np.testing.assert_allclose(shares.sum(axis=1), folded.scores(), atol=1e-5)


def test_evidence_of_what_was_never_heard_adds_up_and_names_what_was() -> None:
    listener = a_listener(a_community())
    heard = set(np.flatnonzero(listener.history.tallies.plays) + 1)
    for seeds in ((), (3,), (3, 50)):
        found = listener.recommend("never", NOW_S, 20, seeds)
        assert found
        for one in found:
            assert one.item_id not in heard
            assert sum(part.amount for part in one.evidence) == pytest.approx(one.score, abs=1e-9)
    signals = {part.signal: part for one in listener.recommend("never", NOW_S, 20) for part in one.evidence}
    assert set(signals) >= {"near", "near_lately", "factors", "near_artist", "holders"}
    assert all(signals[name].because in heard for name in ("near", "near_lately", "factors"))


def test_what_is_near_to_what_is_played_leads_and_says_so() -> None:
    places = np.full((9, 1), NOBODY)
    values = np.zeros((9, 1))
    places[0], values[0] = 7, 0.9  # who plays the first hears the eighth
    listener = Listener(a_catalogue(9, per_artist=1))
    listener.load(plays_of([[1, 2], [1, 3]]))
    listener.use_community(Community.of(Near.of(places, values), np.ones(9), 4), np.arange(9) + 1)
    best = listener.recommend("never", NOW_S, 3)[0]
    near = next(part for part in best.evidence if part.signal == "near")
    assert (best.item_id, near.because, near.count) == (8, 1, 2)


def test_without_a_community_nothing_changes_and_taking_it_away_brings_that_back() -> None:
    plain, other = a_listener(None), a_listener(a_community())
    assert other.recommend("never", NOW_S, 20) != plain.recommend("never", NOW_S, 20)
    assert other.recommend("session", NOW_S, 20) == plain.recommend("session", NOW_S, 20)
    other.use_community(None)
    assert other.recommend("never", NOW_S, 20) == plain.recommend("never", NOW_S, 20)


def test_the_dial_on_never_asks_the_community_too() -> None:
    found = a_listener(a_community()).recommend("session", NOW_S, 20, dial="never")
    assert any(part.signal == "near" for one in found for part in one.evidence)


def test_a_community_of_nothing_or_of_strangers_leaves_tags_and_artists() -> None:
    nobody = train(a_table([]), a_table([]), np.arange(N) // 3)
    for model, ids in (
        (nobody, np.arange(N) + 1),
        (a_community(), np.full(N, -1)),
        (a_community(), np.arange(N) + 900),
    ):
        listener = a_listener(None)
        listener.use_community(model, ids)
        found = listener.recommend("never", NOW_S, 20)
        assert found
        assert not {part.signal for one in found for part in one.evidence} & {"near", "factors", "holders"}


def test_a_listener_without_plays_and_one_the_model_does_not_know_are_served() -> None:
    bare = Listener(a_catalogue(N))
    bare.use_community(a_community(), np.arange(N) + 1)
    assert bare.recommend("never", NOW_S, 5)
    assert bare.recommend("never", NOW_S, 5, seeds=[4])
    half = a_listener(None)
    half.use_community(a_community(), np.where(np.arange(N) < 30, -1, np.arange(N) + 1))
    assert half.recommend("never", NOW_S, 5)


def test_copies_of_a_recording_in_the_model_are_one_here() -> None:
    listener = Listener(a_catalogue(3, recording=[0, 0, 1]))
    near = Near.of([[2], [NOBODY], [0]], [[1.0], [0.0], [1.0]])
    listener.load(plays_of([[2]]))
    listener.use_community(Community.of(near, [3, 1, 1], 4), [1, 2, 3])
    best = listener.recommend("never", NOW_S, 3)[0]
    assert best.item_id == 3
    assert next(part for part in best.evidence if part.signal == "near").because == 2


def test_less_like_this_and_one_more_play_are_seen_at_once() -> None:
    grown, loaded = Listener(a_catalogue(N)), Listener(a_catalogue(N))
    plays = plays_of([[item // 2 + 1 for item in session] for session in random_sessions(N, 30)])
    for one in (grown, loaded):
        one.use_community(a_community(), np.arange(N) + 1)
    loaded.load(plays)
    for row in range(len(plays)):
        grown.add(plays.take([row]))
        if row % 50 == 0:
            grown.recommend("never", NOW_S, 5)
    assert grown.recommend("never", NOW_S, 20) == loaded.recommend("never", NOW_S, 20)


@pytest.mark.parametrize(
    ("places", "values"),
    [([[5]], [[1.0]]), ([[-2]], [[1.0]]), ([[0]], [[np.nan]]), ([[0, 0]], [[1.0]]), ([0], [1.0])],
)
def test_neighbours_that_make_no_sense_are_refused(places: list[object], values: list[object]) -> None:
    with pytest.raises(ValueError, match=r"neighbour|similarity"):
        Near.of(places, values)


def test_parts_that_do_not_fit_are_refused() -> None:
    near = Near.none(2)
    for make in (
        lambda: Community.of(near, [1.0], 2),
        lambda: Community.of(near, [1.0, np.nan], 2),
        lambda: Community.of(near, [1.0, -1.0], 2),
        lambda: Community.of(near, [1, 1], 2, Factors(np.full((2, 3), np.inf, dtype=np.float32), 1.0, 1.0)),
        lambda: Community.of(near, [1, 1], 2, Factors(np.ones((2, 3), dtype=np.float32), 0.0, 1.0)),
        lambda: Community.of(near, [1, 1], 2, artist=[0, 7], near_artists=Near.none(2)),
    ):
        with pytest.raises(ValueError, match=r"\w+ "):
            make()
    with pytest.raises(ValueError, match="item ids"):
        Listener(a_catalogue(3)).use_community(Community.of(near, [1, 1], 2), [1])
