"""The log of feedback: added to, never changed."""

import sqlite3
from pathlib import Path

import pytest

from app.domain.feedback import Feedback, Said
from app.domain.ids import RecordingKey, TrackId
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    TrackStore(database).save([a_file("/1.mp3")], NOW_MS)
    yield database
    database.close()


def said(kind: Said = Said.LOVE, **changed: object) -> Feedback:
    fields = {"track_id": TrackId(1), "recording_key": RecordingKey("k"), "title": "Nuit", "artist": "Ida Ravn"}
    return Feedback(kind, **{**fields, "said_at": NOW_MS, **changed})  # type: ignore[arg-type]


def test_what_was_said_is_kept_as_it_was(database: Database) -> None:
    store = FeedbackStore(database)
    assert store.newest_id() == 0
    kept = [store.append(said(kind)) for kind in Said if kind is not Said.UNDO]
    kept.append(store.append(said(Said.UNDO, undoes=kept[1].id)))
    assert store.all() == kept
    assert store.newest_id() == kept[-1].id == 6


@pytest.mark.parametrize("sql", ["update feedback set kind = 'less'", "delete from feedback"])
def test_the_database_itself_refuses_to_change_the_log(database: Database, sql: str) -> None:
    store = FeedbackStore(database)
    store.append(said())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), database.write() as connection:
        connection.execute(sql)
    assert len(store.all()) == 1


@pytest.mark.parametrize("wrong", [said(Said.UNDO), said(Said.LOVE, undoes=1), said(Said.UNDO, undoes=77)])
def test_an_undo_names_a_row_that_is_there_and_nothing_else_does(database: Database, wrong: Feedback) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        FeedbackStore(database).append(wrong)
