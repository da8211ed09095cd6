"""Feedback from the window: previewed, said, and taken back exactly."""

from pathlib import Path

import pytest

from app.domain.feedback import Said
from app.domain.suggestion import Moment
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions import feedback
from app.suggestions.suggest import Suggester
from tests.helpers.builders import NOW_MS, a_database, a_library, some_plays

MOMENT = Moment(NOW_MS)


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    some_plays(database, a_library(database, 300), 900)
    yield database
    database.close()


def a_suggester(database: Database) -> Suggester:
    suggester = Suggester(TrackStore(database), PlayStore(database), BrowseStore(database), FeedbackStore(database))
    suggester.catch_up()
    return suggester


@pytest.mark.parametrize("said", [said for said in Said if said is not Said.UNDO])
def test_a_preview_is_what_then_happens_and_an_undo_gives_back_the_identical_list(
    database: Database, said: Said
) -> None:
    store, suggester = FeedbackStore(database), a_suggester(database)
    before = suggester.suggest(MOMENT)
    track = before.suggestions[2].track
    change = feedback.preview(suggester, said, track, MOMENT)
    assert suggester.suggest(MOMENT) == before
    kept = feedback.apply(store, said, track, NOW_MS)
    suggester.catch_up()
    assert suggester.suggest(MOMENT) == change.after
    assert a_suggester(database).suggest(MOMENT) == change.after
    feedback.undo(store, kept, NOW_MS + 1)
    suggester.catch_up()
    assert suggester.suggest(MOMENT) == before


def test_a_preview_names_what_enters_leaves_and_moves(database: Database) -> None:
    suggester = a_suggester(database)
    before = suggester.suggest(MOMENT)
    track = before.suggestions[0].track
    change = feedback.preview(suggester, Said.NEVER_TRACK, track, MOMENT)
    assert track in change.leave
    assert len(change.enter) == len(change.leave)
    assert change.move
    assert not change.nothing
    assert feedback.change(before, before).nothing


def test_only_what_was_stored_can_be_taken_back(database: Database) -> None:
    store, suggester = FeedbackStore(database), a_suggester(database)
    said = feedback.apply(store, Said.LOVE, suggester.suggest(MOMENT).suggestions[0].track, NOW_MS)
    again = feedback.undo(store, feedback.undo(store, said, NOW_MS), NOW_MS)
    assert again.said is Said.UNDO
    suggester.catch_up()
    assert any(share.words == "You love it" for share in suggester.suggest(MOMENT).suggestions[0].evidence)
    with pytest.raises(ValueError, match="taken back"):
        feedback.undo(store, feedback._saying(Said.LOVE, suggester.suggest(MOMENT).suggestions[0].track, 1), 2)
