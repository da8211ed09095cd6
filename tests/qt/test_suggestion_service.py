"""The panel's service: it keeps up with plays and tracks, off the window's thread."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import DatabaseLocked
from app.domain.feedback import Said
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.suggestion import Dial
from app.qt.jobs import Jobs
from app.qt.suggestion_service import SuggestionService
from app.storage.browse import BrowseStore
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions.suggest import Suggester
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play


@pytest.fixture
def made(tmp_path: Path, qtbot: QtBot):
    database = a_database(tmp_path)
    tracks, plays, browse = TrackStore(database), PlayStore(database), BrowseStore(database)
    a_library(database, 120)
    jobs = Jobs(database.close_here)
    said = FeedbackStore(database)
    service = SuggestionService(jobs, lambda: Suggester(tracks, plays, browse, said), lambda: NOW_MS, feedback=said)
    yield service, plays, tracks
    jobs.shutdown()
    database.close()


def test_it_answers_for_the_listener_and_makes_the_shelves(made, qtbot: QtBot) -> None:
    service, _, _ = made
    with qtbot.waitSignals([service.suggestions_changed, service.shelves_changed]):
        service.refresh()
    assert service.current().heading == "For you"
    assert [shelf.name for shelf in service.shelves()] == ["you_may_like", "new"]


def test_it_follows_what_is_playing_and_what_was_played(made, qtbot: QtBot) -> None:
    service, plays, tracks = made
    (track,) = tracks.get([9])
    with qtbot.waitSignal(service.suggestions_changed):
        service.track_changed(QueueEntry(1, track, StartedBy.HAND))
    assert service.current().heading == f"For {track.title}"
    with qtbot.waitSignal(service.suggestions_changed):
        service.play_recorded(plays.append(a_play(9)))
    assert service.current().state.startswith("From 1 play")


def test_many_wishes_become_few_jobs_and_the_last_one_counts(made, qtbot: QtBot) -> None:
    service, _, _ = made
    asked: list[Dial] = []
    service.suggestions_changed.connect(lambda found: asked.append(found.dial))
    for dial in (Dial.NEVER, Dial.FORGOTTEN, Dial.NEVER, Dial.FORGOTTEN):
        service.set_dial(dial)
    qtbot.waitUntil(lambda: service.current().dial is Dial.FORGOTTEN)
    assert len(asked) <= 2


def test_known_trouble_is_said_and_the_next_wish_works(tmp_path: Path, qtbot: QtBot) -> None:
    database = a_database(tmp_path)
    stores = TrackStore(database), PlayStore(database), BrowseStore(database)
    a_library(database, 20)
    fails = [True]

    def make() -> Suggester:
        if fails.pop() if fails else False:
            raise DatabaseLocked("Another program is using it.")
        return Suggester(*stores)

    jobs = Jobs(database.close_here)
    service = SuggestionService(jobs, make, lambda: NOW_MS)
    with qtbot.waitSignal(service.trouble) as told:
        service.refresh()
    assert told.args == ["Another program is using it."]
    with qtbot.waitSignal(service.suggestions_changed):
        service.refresh()
    assert service.current().suggestions
    jobs.shutdown()
    database.close()


def test_feedback_is_previewed_taken_in_and_taken_back_exactly(made, qtbot: QtBot) -> None:
    service, plays, _ = made
    plays.append_many([a_play(track_id) for track_id in range(1, 40)])
    with qtbot.waitSignal(service.suggestions_changed):
        service.refresh()
    before = service.current().suggestions
    unwanted = before[0].track
    with qtbot.waitSignal(service.previewed) as thought_of:
        service.preview(Said.NEVER_TRACK, unwanted)
    assert service.current().suggestions == before
    with qtbot.waitSignal(service.said) as told:
        service.say(Said.NEVER_TRACK, unwanted)
    assert told.args[0].effect == thought_of.args[0].effect
    assert unwanted.id not in [made.track.id for made in service.current().suggestions]
    with qtbot.waitSignal(service.said) as taken_back:
        service.take_back(told.args[0].feedback)
    assert taken_back.args[0].sentence.startswith(f"Taken back: {unwanted.title}")
    assert service.current().suggestions == before


def test_what_others_ask_is_answered_and_changes_nothing_that_is_shown(made, qtbot: QtBot) -> None:
    service, _, _ = made
    answers: list[object] = []
    service.ask(lambda suggester, moment: len(suggester.suggest(moment, 7).suggestions), answers.append, answers.append)
    with qtbot.waitSignal(service.suggestions_changed):
        qtbot.waitUntil(lambda: answers == [7])
    shown: list[object] = []
    service.suggestions_changed.connect(shown.append)
    for count in (3, 4):
        service.ask(lambda s, m, n=count: len(s.suggest(m, n).suggestions), answers.append, answers.append)
    qtbot.waitUntil(lambda: answers == [7, 3, 4])
    assert shown == []


def test_what_cannot_be_answered_is_told_to_the_one_who_asked_alone(made, qtbot: QtBot) -> None:
    service, _, _ = made
    answers: list[object] = []
    failures: list[str] = []

    def fails(_suggester: object, _moment: object) -> None:
        raise DatabaseLocked("Another program is using it.")

    service.ask(fails, answers.append, lambda error: failures.append(f"{type(error).__name__}: {error}"))
    service.ask(lambda _s, _m: 1, answers.append, lambda error: failures.append(str(error)))
    qtbot.waitUntil(lambda: answers == [1])
    assert failures == ["DatabaseLocked: Another program is using it."]


def test_when_the_library_cannot_be_read_everybody_who_asked_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    def make() -> Suggester:
        raise DatabaseLocked("Another program is using it.")

    jobs = Jobs()
    service = SuggestionService(jobs, make, lambda: NOW_MS)
    failures: list[str] = []
    for _ in range(3):
        service.ask(lambda _s, _m: 1, lambda _: None, lambda error: failures.append(str(error)))
    qtbot.waitUntil(lambda: len(failures) == 3 and jobs.running() == 0)
    assert set(failures) == {"Another program is using it."}
    jobs.shutdown()
