import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.algorithms.blend import Share
from recommender.listener import Catalogue, Counts, Ended, Listener, Plays, Question

from .small import DAY_S, MINUTE_MS, NOW_S, a_catalogue, plays_of, random_sessions

QUESTIONS: list[Question] = ["next", "session", "rediscover", "never"]


def one_play(item: int, at_s: int, played_ms: int = 3 * MINUTE_MS, ended: Ended = Ended.FINISHED) -> Plays:
    return Plays.of([item], [at_s], [played_ms], [3 * MINUTE_MS], [ended])


def a_listener(n: int = 200, n_sessions: int = 120, seed: int = 0) -> Listener:
    listener = Listener(a_catalogue(n))
    listener.load(plays_of([[i + 1 for i in s] for s in random_sessions(n, n_sessions, seed)]))
    return listener


def test_evidence_adds_up_for_every_question_and_dial() -> None:
    for listener in (a_listener(), a_listener(n_sessions=6), Listener(a_catalogue(200))):
        for question in QUESTIONS:
            for dial in (None, "familiar", "forgotten", "never"):
                for seeds in ((), (3,), (3, 50, 120)):
                    for found in listener.recommend(question, NOW_S, 30, seeds, dial=dial):
                        assert found.evidence
                        assert sum(part.amount for part in found.evidence) == pytest.approx(found.score, abs=1e-9)
                        assert found.item_id not in seeds


def test_the_list_is_best_first_except_for_the_artist_cap() -> None:
    listener = Listener(a_catalogue(200, per_artist=1))
    listener.load(plays_of([[i + 1 for i in s] for s in random_sessions(200, 120)]))
    scores = [found.score for found in listener.recommend("session", NOW_S, 50)]
    assert scores == sorted(scores, reverse=True)


def test_what_always_follows_leads_and_says_so() -> None:
    listener = Listener(a_catalogue(100))
    listener.load(plays_of([[1, 50, 90], [1, 50, 60], [1, 50], [7, 8], [9, 10, 11]] * 30))
    best = listener.recommend("next", NOW_S, 5, seeds=[1])[0]
    assert best.item_id == 50
    follows = next(part for part in best.evidence if part.signal == "follows")
    together = next(part for part in best.evidence if part.signal == "together")
    assert (follows.because, follows.count) == (1, 90)
    assert (together.because, together.count) == (1, 90)


def test_the_running_session_is_the_context_of_what_comes_next() -> None:
    listener = Listener(a_catalogue(100))
    listener.load(plays_of([[1, 50], [7, 80], [9, 10]] * 80))
    listener.add(one_play(7, NOW_S - 200))
    assert listener.recommend("next", NOW_S, 5)[0].item_id == 80
    listener.add(one_play(1, NOW_S - 10))
    assert listener.recommend("next", NOW_S, 5)[0].item_id == 50


def test_the_track_that_sounds_now_is_the_newest_context_and_is_not_offered() -> None:
    listener = Listener(a_catalogue(100))
    listener.load(plays_of([[1, 50], [7, 80], [9, 10]] * 80))
    assert listener.recommend("next", NOW_S, 5, playing=7)[0].item_id == 80
    listener.add(one_play(7, NOW_S - 200))
    found = listener.recommend("next", NOW_S, 100, playing=1)
    assert found[0].item_id == 50
    assert 1 not in {part.item_id for part in found}
    assert Listener(a_catalogue(60)).recommend("next", NOW_S, 1, playing=4)[0].item_id in {5, 6}


def test_what_was_skipped_within_the_hour_waits_and_a_skip_bans_nothing() -> None:
    listener = a_listener()
    listener.add(one_play(6, NOW_S - 600, 2_000, Ended.SKIPPED))
    assert 6 not in {found.item_id for found in listener.recommend("next", NOW_S, 200)}
    assert 6 in {found.item_id for found in listener.recommend("next", NOW_S + 3_600, 200, playing=1)}


def test_what_was_skipped_last_week_can_still_be_rediscovered_and_what_was_heard_then_cannot() -> None:
    listener = Listener(a_catalogue(10))
    for item in (1, 2, 3):
        for day in (60, 50, 40):
            listener.load(one_play(item, NOW_S - (day + item) * DAY_S))
    listener.load(one_play(1, NOW_S - 5 * DAY_S, played_ms=4_000, ended=Ended.SKIPPED))
    listener.load(one_play(2, NOW_S - 5 * DAY_S))
    found = {one.item_id for one in listener.recommend("rediscover", NOW_S)}
    assert found == {1, 3}


def test_endless_play_repeats_nothing_inside_its_window() -> None:
    listener = a_listener()
    listener.add(one_play(5, NOW_S - 900))
    assert 5 in {found.item_id for found in listener.recommend("next", NOW_S, 200)}
    assert 5 not in {found.item_id for found in listener.recommend("next", NOW_S, 200, repeat_window_s=3_600)}


def test_replays_speak_against_a_track_unless_the_listener_replays() -> None:
    once = Listener(a_catalogue(200))
    once.load(plays_of([list(range(1, 31))] * 10))
    often = Listener(a_catalogue(200))
    often.load(plays_of([[1] * 30] * 10))
    amounts = []
    for listener in (once, often):
        listener.add(one_play(1, NOW_S - 300))
        found = listener.score(1, "next", NOW_S)
        assert found is not None
        amounts.append(next(part.amount for part in found.evidence if part.signal == "replay"))
    assert amounts[0] < 0 < amounts[1]


def test_no_artist_floods_a_list_unless_the_session_is_the_artists() -> None:
    listener = Listener(a_catalogue(300, per_artist=30))
    listener.load(plays_of([[i % 300 + 1 for i in range(start, start + 12)] for start in range(0, 900, 7)]))

    def most_in_ten(ids: list[int]) -> int:
        return max([(i - 1) // 30 for i in ids[p : p + 10]].count((i - 1) // 30) for p in range(20) for i in ids)

    mixed = Listener(a_catalogue(300, per_artist=30))
    mixed.load(plays_of([[s * 7 % 300 + 1, (s * 7 + 40) % 300 + 1, (s * 7 + 80) % 300 + 1] for s in range(200)]))
    for place, item in enumerate((1, 40, 80, 120)):
        mixed.add(one_play(item, NOW_S - 900 + 200 * place))
    assert most_in_ten([found.item_id for found in mixed.recommend("next", NOW_S, 30)]) == 2
    for place, item in enumerate((1, 2, 3, 4)):
        listener.add(one_play(item, NOW_S - 900 + 200 * place))
    assert 2 < most_in_ten([found.item_id for found in listener.recommend("next", NOW_S, 30)]) <= 6


@pytest.mark.parametrize("question", ["session", "rediscover", "never"])
@pytest.mark.parametrize("n", [10, 30, 50])
def test_two_lists_a_day_apart_share_at_most_six_in_ten(question: Question, n: int) -> None:
    listener = Listener(a_catalogue(900, per_artist=2))
    listener.load(plays_of([[i + 1 for i in s] for s in random_sessions(500, 150)], NOW_S - 40 * DAY_S))
    for day in range(3):
        one, other = (
            {found.item_id for found in listener.recommend(question, NOW_S + d * DAY_S, n)} for d in (day, day + 1)
        )
        assert len(one) == len(other) == n
        assert len(one & other) <= 0.6 * n


def test_versions_of_a_song_share_a_list_with_none_of_their_own_and_keep_their_plays() -> None:
    listener = Listener(a_catalogue(9, version=[5, 5, 5, -1, -1, -1, -1, -1, -1]))
    listener.load(plays_of([[1, 2], [1, 4], [2, 5]]))
    offered = {found.item_id for found in listener.recommend("session", NOW_S, 9)}
    assert len(offered & {1, 2, 3}) == 1
    assert not {1, 2, 3} & {found.item_id for found in listener.recommend("next", NOW_S, 9, seeds=[3])}
    assert listener.counts(NOW_S) == Counts(4, 0, 5)


def test_cold_start_shows_one_of_each_artist_first() -> None:
    listener = Listener(a_catalogue(60))
    found = listener.recommend("session", NOW_S, 20)
    assert len({(part.item_id - 1) // 3 for part in found}) == 20
    assert {part.signal for each in found for part in each.evidence} >= {"library_artist", "library_genre"}
    assert [part.item_id for part in found] == [part.item_id for part in listener.recommend("session", NOW_S, 20)]


def test_seeds_without_plays_bring_their_artist_then_their_genre() -> None:
    found = Listener(a_catalogue(60)).recommend("next", NOW_S, 6, seeds=[1])
    assert {found[0].item_id, found[1].item_id} == {2, 3}
    assert found[0].evidence[0].signal == "same_artist"
    assert found[0].evidence[0].because == 1
    assert all(((part.item_id - 1) // 3) % 4 == 0 for part in found[2:])


def test_a_seed_that_was_never_played_brings_its_own_kind_even_to_an_old_listener() -> None:
    listener = Listener(a_catalogue(200))
    listener.load(plays_of([[1, 2, 3, 4, 5, 6]] * 60))
    assert {found.item_id for found in listener.recommend("next", NOW_S, 2, seeds=[100])} == {101, 102}


def test_the_dial_keeps_its_word() -> None:
    listener = Listener(a_catalogue(10))
    old, lately = NOW_S - 100 * DAY_S, NOW_S - DAY_S
    ids = [1, 1, 1, 2, 2, 2, 3, 4]
    at = [old, old + 400, old + 800, old + 1200, old + 1600, lately, old + 2000, lately + 400]
    listener.load(Plays.of(ids, at, [180_000] * 8, [180_000] * 8, [0, 0, 0, 0, 0, 0, 0, Ended.FAILED]))
    assert listener.counts(NOW_S) == Counts(familiar=3, forgotten=1, never=7)
    offered = {
        dial: {found.item_id for found in listener.recommend("session", NOW_S, 50, dial=dial)}
        for dial in ("familiar", "forgotten", "never")
    }
    assert offered == {"familiar": {1, 2, 3}, "forgotten": {1}, "never": {4, 5, 6, 7, 8, 9, 10}}
    assert {found.item_id for found in listener.recommend("rediscover", NOW_S, 50)} == {1, 3}


def test_copies_share_their_plays_and_one_stands_for_them() -> None:
    listener = Listener(a_catalogue(6, recording=[0, 0, 1, 2, 3, 4]))
    for back in (3, 2, 1):
        listener.add(one_play(2, NOW_S - back * DAY_S))
    offered = [found.item_id for found in listener.recommend("session", NOW_S, 10)]
    assert sorted(offered) == [2, 3, 4, 5, 6]
    assert listener.counts(NOW_S) == Counts(1, 0, 4)
    assert not {1, 2} & {found.item_id for found in listener.recommend("next", NOW_S, 10, seeds=[1])}
    assert not {1, 2} & {found.item_id for found in listener.recommend("session", NOW_S, 10, exclude=[1])}


def test_adding_one_by_one_equals_loading_at_once() -> None:
    plays = plays_of([[i + 1 for i in s] for s in random_sessions(60, 80, seed=3)])
    plays.played_ms[::7] = 3_000
    plays.ended[::7] = Ended.SKIPPED
    plays.ended[::11] = Ended.FAILED
    loaded, grown = Listener(a_catalogue(60)), Listener(a_catalogue(60))
    loaded.load(plays)
    for row in range(len(plays)):
        grown.add(plays.take([row]))
    assert grown.counts(NOW_S) == loaded.counts(NOW_S)
    assert grown.ignored == loaded.ignored > 0
    for question in QUESTIONS:
        assert grown.recommend(question, NOW_S, 40) == loaded.recommend(question, NOW_S, 40)


def test_an_older_play_may_come_late() -> None:
    plays = plays_of([[1, 2, 3], [2, 3, 4]])
    late, early = Listener(a_catalogue(9)), Listener(a_catalogue(9))
    early.load(plays)
    for row in reversed(range(len(plays))):
        late.add(plays.take([row]))
    assert late.recommend("session", NOW_S, 9) == early.recommend("session", NOW_S, 9)


def test_plays_that_lie_ahead_count_when_their_time_has_come() -> None:
    listener = Listener(a_catalogue(9))
    listener.load(one_play(1, NOW_S + 5 * DAY_S))
    assert listener.counts(NOW_S).familiar == 0
    assert listener.counts(NOW_S + 6 * DAY_S).familiar == 1
    listener.add(one_play(2, NOW_S))
    assert listener.recommend("session", NOW_S + 60, 1, dial="familiar")[0].item_id == 2


def test_unknown_ids_are_ignored_and_counted() -> None:
    listener = Listener(a_catalogue(5))
    listener.load(Plays.of([1, 77, 2], [NOW_S - 9_000, NOW_S - 8_000, -4], [-1, -1, -1]))
    listener.add(one_play(78, NOW_S - 100))
    assert (listener.n_listens, listener.ignored) == (1, 3)
    assert listener.recommend("next", NOW_S, 5, seeds=[999], exclude=[998])


def test_libraries_of_nothing_of_one_track_and_without_tags_are_served() -> None:
    for question in QUESTIONS:
        assert Listener(a_catalogue(0)).recommend(question, NOW_S) == []
        assert len(Listener(a_catalogue(1)).recommend(question, NOW_S)) == (0 if question == "rediscover" else 1)
    unknown = [-1] * 8
    bare = Listener(a_catalogue(8, recording=unknown, artist=unknown, album=unknown, genre=unknown, year=[0] * 8))
    assert len(bare.recommend("session", NOW_S)) == 8
    assert len(bare.recommend("next", NOW_S, seeds=[1])) == 7


@pytest.mark.parametrize(
    "changed",
    [{"item_ids": [1, 1]}, {"artist": [0]}, {"year": [np.nan, 1]}, {"album": ["a", "b"]}, {"genre": [np.inf, 0]}],
)
def test_a_catalogue_that_makes_no_sense_is_refused(changed: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match=r"\w+ "):
        Listener(a_catalogue(2, **changed))


def test_questions_that_make_no_sense_are_refused() -> None:
    listener = a_listener()
    for question, now_s, dial in (("best", NOW_S, None), ("next", float("nan"), None), ("next", NOW_S, "loud")):
        with pytest.raises(ValueError, match=r"question|time"):
            listener.recommend(question, now_s, dial=dial)


def test_a_session_of_a_million_plays_stays_small() -> None:
    n = 1_000_000
    plays = Plays.of(np.arange(n) % 500 + 1, NOW_S - n + np.arange(n), np.full(n, -1))
    listener = Listener(a_catalogue(500))
    listener.load(plays)
    assert len(listener.recommend("next", NOW_S + 7200, 50)) == 50


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-2, 14),
            st.integers(-(10**10), 10**11),
            st.integers(-5, 10**12),
            st.integers(-5, 10**9),
            st.integers(0, 4),
        ),
        max_size=40,
    ),
    st.sampled_from(QUESTIONS),
)
def test_any_plays_at_all_give_sensible_lists(rows: list[tuple[int, ...]], question: Question) -> None:
    listener = Listener(a_catalogue(12))
    columns = [[row[c] for row in rows] for c in range(5)]
    listener.load(Plays.of(*columns))
    found = listener.recommend(question, NOW_S, 12)
    ids = [part.item_id for part in found]
    assert len(set(ids)) == len(ids)
    assert all(np.isfinite(part.score) for part in found)


def test_importing_the_listener_is_light() -> None:
    code = "import sys, recommender.listener; print([name for name in sys.modules if name.startswith('scipy')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_catalogue_may_be_made_of_plain_lists() -> None:
    catalogue = Catalogue([10, 20], [0, 1], [0, 0], [0, -1], [-1, -1], [1999, 0], [0, 0])
    assert {found.item_id for found in Listener(catalogue).recommend("session", NOW_S)} == {10, 20}


def test_a_list_of_a_large_library_takes_the_memory_of_a_few_columns() -> None:
    n = 40_000
    listener = Listener(a_catalogue(n))
    heard = [[i + 1 for i in s] for s in random_sessions(n, 400)]
    listener.load(plays_of(heard))
    listener.recommend("next", NOW_S, 20, playing=heard[0][0])
    tracemalloc.start()
    try:
        listener.recommend("next", NOW_S, 20, playing=heard[1][0])
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * n * np.dtype(np.float64).itemsize


@given(st.lists(st.sampled_from([0.0, 0.0, 0.0, -0.0, 1.5, -2.25, 1e-300]), max_size=12), st.data())
def test_a_share_says_of_each_item_what_it_was_made_of(amounts: list[float], data: st.DataObject) -> None:
    whole, share = np.array(amounts, dtype=np.float64), Share(np.array(amounts, dtype=np.float64))
    items = data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)) if amounts else []
    total, heard = np.full(len(whole), 0.1), np.zeros(len(whole), dtype=bool)
    share.add_to(total)
    share.mark(heard)
    assert share.of(np.array(items, dtype=np.int64)).tolist() == whole[items].tolist()
    assert total.tolist() == (whole + 0.1).tolist()
    assert heard.tolist() == (whole != 0).tolist()
