import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.feedback import LOVE, NOT_NOW_S, Event, Kind, standing
from recommender.listener import Listener, Question

from .small import NOW_S, a_catalogue, plays_of, random_sessions

N = 60
SAYINGS = [kind for kind in Kind if kind is not Kind.UNDO]


def a_listener() -> Listener:
    listener = Listener(a_catalogue(N))
    listener.load(plays_of([[i + 1 for i in s] for s in random_sessions(N, 90)], NOW_S - 600))
    return listener


def offered(listener: Listener, question: Question = "next", now_s: int = NOW_S) -> list[int]:
    return [found.item_id for found in listener.recommend(question, now_s, N)]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SAYINGS), st.integers(1, N + 3)), min_size=1, max_size=6),
    st.sampled_from(["next", "session", "rediscover", "never"]),
)
def test_an_undo_gives_back_the_identical_list(said: list[tuple[Kind, int]], question: Question) -> None:
    listener = a_listener()
    kept = [Event(n + 1, kind, item, NOW_S - 50) for n, (kind, item) in enumerate(said[:-1])]
    listener.load_feedback(kept)
    before = listener.recommend(question, NOW_S, 30)
    last = Event(90, *said[-1], NOW_S - 20)
    listener.load_feedback([*kept, last])
    for found in listener.recommend(question, NOW_S, 30):
        assert sum(part.amount for part in found.evidence) == pytest.approx(found.score, abs=1e-9)
    listener.load_feedback([*kept, last, Event(91, Kind.UNDO, last.item_id, NOW_S - 10, undoes=90)])
    assert listener.recommend(question, NOW_S, 30) == before


def test_an_undo_can_be_undone() -> None:
    said = [Event(1, Kind.LOVE, 3, 0), Event(2, Kind.UNDO, 3, 1, undoes=1), Event(3, Kind.UNDO, 3, 2, undoes=2)]
    assert [event.id for event in standing(said[:2])] == []
    assert [event.id for event in standing(said)] == [1]


def test_never_this_track_and_never_this_artist_are_kept() -> None:
    listener = a_listener()
    listener.load_feedback([Event(1, Kind.NEVER_TRACK, 5, NOW_S), Event(2, Kind.NEVER_ARTIST, 7, NOW_S)])
    for question in ("next", "session", "rediscover"):
        assert not {5, 7, 8, 9} & set(offered(listener, question, NOW_S + 400 * 86_400))


def test_not_now_hides_for_fourteen_days() -> None:
    listener = a_listener()
    listener.load_feedback([Event(1, Kind.NOT_NOW, 5, NOW_S)])
    assert 5 not in offered(listener, "session", NOW_S + NOT_NOW_S - 1)
    assert 5 in offered(listener, "session", NOW_S + NOT_NOW_S)


def test_love_adds_a_stated_share() -> None:
    listener = a_listener()
    before = listener.score(5, "next", NOW_S)
    listener.load_feedback([Event(1, Kind.LOVE, 5, NOW_S)])
    after = listener.score(5, "next", NOW_S)
    assert before is not None
    assert after is not None
    assert after.score - before.score == pytest.approx(LOVE)
    assert next(part.amount for part in after.evidence if part.signal == "love") == LOVE


def test_less_like_this_halves_what_came_from_the_artist_and_from_sessions() -> None:
    listener = a_listener()
    before = {item: listener.score(item, "next", NOW_S, seeds=[1]) for item in (2, 3)}
    listener.load_feedback([Event(1, Kind.LESS, 2, NOW_S)])
    for item, signals in ((2, {"session_artist", "together", "follows", "continues"}), (3, {"session_artist"})):
        old, new = before[item], listener.score(item, "next", NOW_S, seeds=[1])
        assert old is not None
        assert new is not None
        taken = sum(part.amount for part in old.evidence if part.signal in signals) / 2
        assert taken > 0
        assert next(part.amount for part in new.evidence if part.signal == "less") == pytest.approx(-taken)


def test_feedback_about_what_is_not_in_the_library_waits() -> None:
    listener = a_listener()
    before = offered(listener)
    listener.load_feedback([Event(1, Kind.NEVER_TRACK, 999, NOW_S)])
    assert offered(listener) == before
