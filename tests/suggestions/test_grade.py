"""Grading: the right winner on pasts made for it, no signal where there is none, and bounded work."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.domain.play import EndedBy, Play
from app.domain.track import Track
from app.storage.database import Database
from app.storage.tracks import TrackStore
from app.suggestions import grade as module
from app.suggestions.grade import LABELS, LEAST_MOMENTS, MEASURES, Grade, grade
from tests.helpers.builders import DAY_MS, NOW_MS, a_database, a_library, a_play

MINUTE_MS = 60_000


@pytest.fixture
def tracks(tmp_path: Path) -> list[Track]:
    database: Database = a_database(tmp_path)
    a_library(database, 300)
    found = TrackStore(database).all()
    database.close()
    return found


def played(sessions: Sequence[Sequence[Track]], days_apart: float = 1.0) -> list[Play]:
    """A session a day, four minutes a track."""
    return [
        a_play(
            track.id, NOW_MS + int(day * days_apart * DAY_MS) + place * 4 * MINUTE_MS, recording_key=track.recording_key
        )
        for day, session in enumerate(sessions)
        for place, track in enumerate(session)
    ]


def graded(tracks: list[Track], plays: list[Play]) -> Grade:
    found = grade(tracks, plays)
    assert found is not None
    return found


def albums_in_order(tracks: list[Track], days: int) -> list[list[Track]]:
    """Each day one of thirty records, from its first track to its last: what follows what says all."""
    rng = random.Random(1)
    return [tracks[start : start + 10] for start in (rng.randrange(30) * 10 for _ in range(days))]


def test_where_tracks_follow_one_another_segue_wins_the_next_track(tracks: list[Track]) -> None:
    found = graded(tracks, played(albums_in_order(tracks, 120)))
    question = next(one for one in found.questions if one.question == "next")
    assert question.winner == "segue"
    assert question.scores[0].mean > 0.8
    assert "Next track: Segue wins with" in question.words
    assert found.winner == "segue"
    assert found.words.startswith("Segue's suggestions do best on your past")


def test_every_way_has_a_score_with_its_interval(tracks: list[Track]) -> None:
    found = graded(tracks, played(albums_in_order(tracks, 120)))
    assert [question.question for question in found.questions] == list(MEASURES)
    for question in found.questions:
        assert question.moments >= LEAST_MOMENTS or not question.scores
        assert {score.way for score in question.scores} in (set(LABELS), set())
        means = [score.mean for score in question.scores]
        assert means == sorted(means, reverse=True)
        assert all(0 <= score.low <= score.mean <= score.high <= 1 for score in question.scores)


def test_without_plays_enough_there_is_no_signal_and_it_says_how_many_are_needed(tracks: list[Track]) -> None:
    assert graded(tracks, []).words == "Too early to tell: 0 listens so far, and 200 are needed."
    found = graded(tracks, played([tracks[:10]] * 5))
    assert (found.winner, found.questions, found.listens) == (None, (), 50)
    assert graded([], []).winner is None


def test_plays_without_any_order_have_no_winner(tracks: list[Track]) -> None:
    rng = random.Random(2)
    found = graded(tracks, played([[rng.choice(tracks)] for _ in range(500)], days_apart=0.5))
    assert found.winner is None
    assert found.words.startswith("No signal")
    assert all("no signal" in one.words or "too few moments" in one.words for one in found.questions)


def test_too_little_history_for_rediscovery_leaves_it_out_and_says_so(tracks: list[Track]) -> None:
    found = graded(tracks, played([tracks[n % 20 : n % 20 + 20] for n in range(25)]))
    question = next(one for one in found.questions if one.question == "rediscover")
    assert (question.scores, question.winner) == ((), None)
    assert "too few moments" in question.words


def test_plays_that_failed_and_plays_of_other_libraries_do_not_count(tracks: list[Track]) -> None:
    plays = [a_play(tracks[0].id, NOW_MS + n * DAY_MS, ended_by=EndedBy.FAILED) for n in range(300)]
    plays += [a_play(9_999, NOW_MS + n * DAY_MS) for n in range(300)]
    assert graded(tracks, plays).listens == 0


def test_the_same_plays_give_the_same_grade_in_any_order(tracks: list[Track]) -> None:
    plays = played(albums_in_order(tracks, 60))
    assert graded(tracks, plays) == graded(tracks, plays[::-1])


def test_it_stops_when_cancelled(tracks: list[Track]) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    assert grade(tracks, played(albums_in_order(tracks, 60)), cancelled) is None
    assert asked == 4


def test_the_work_is_bounded_however_many_plays_there_are(tracks: list[Track], monkeypatch: pytest.MonkeyPatch) -> None:
    plays = played(albums_in_order(tracks, 90))
    monkeypatch.setattr(module, "_WORK", 1)
    monkeypatch.setattr(module, "MAX_PLAYS", 600)
    found = graded(tracks, plays)
    assert found.listens == 600
    assert all(question.moments <= LEAST_MOMENTS for question in found.questions)
