"""Why a track was suggested, kept: the newest word counts, the oldest go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.suggestion import Evidence, Signal, Suggestion
from app.storage import whys
from app.storage.database import Database
from app.storage.tracks import TrackStore
from app.storage.whys import WhyStore
from tests.helpers.builders import a_database, a_library


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    a_library(database, 5)
    yield database
    database.close()


def a_why(database: Database, track_id: int, score: float = 0.4) -> Suggestion:
    (track,) = TrackStore(database).get([TrackId(track_id)])
    evidence = (
        Evidence(Signal.WHAT_FOLLOWS, "Followed “Jour” 6 times", 0.6),
        Evidence(Signal.AGAINST, "Skipped", -0.2),
    )
    return Suggestion(track, score, "Followed “Jour” 6 times", Signal.WHAT_FOLLOWS, evidence)


def test_what_was_said_comes_back_whole_and_the_last_word_counts(database: Database) -> None:
    store = WhyStore(database, TrackStore(database))
    store.keep([a_why(database, 1), a_why(database, 2)])
    store.keep([a_why(database, 1, 0.9)])
    assert store.load() == [a_why(database, 2), a_why(database, 1, 0.9)]


def test_only_the_newest_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whys, "MOST", 3)
    store = WhyStore(database, TrackStore(database))
    for track_id in range(1, 6):
        store.keep([a_why(database, track_id)])
    assert [each.track.id for each in store.load()] == [3, 4, 5]
