"""From plays to suggestions with reasons, on real storage."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import DatabaseLocked
from app.domain.ids import TrackId
from app.domain.play import EndedBy, Play
from app.domain.suggestion import Dial, Moment, Signal
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions import asking, suggest
from app.suggestions.suggest import Suggester
from tests.helpers.builders import DAY_MS, NOW_MS, a_database, a_file, a_library, a_play, some_plays


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    yield database
    database.close()


def a_suggester(database: Database) -> Suggester:
    suggester = Suggester(TrackStore(database), PlayStore(database), BrowseStore(database))
    suggester.catch_up()
    return suggester


def play_in_sessions(database: Database, *sessions: tuple[int, ...], first_at: int = NOW_MS - 60 * DAY_MS) -> None:
    store = PlayStore(database)
    for day, session in enumerate(sessions):
        for place, track in enumerate(session):
            store.append(a_play(track, first_at + day * DAY_MS + place * 200_000))


def test_an_empty_library_has_no_suggestions_and_says_so(database: Database) -> None:
    found = a_suggester(database).suggest(Moment(NOW_MS))
    assert found.suggestions == ()
    assert found.state == "They come once there is music in your library."
    assert a_suggester(database).shelves(Moment(NOW_MS)) == []


def test_without_plays_the_suggestions_come_from_tags_and_say_so(database: Database) -> None:
    a_library(database, 200)
    found = a_suggester(database).suggest(Moment(NOW_MS))
    assert len(found.suggestions) >= 5
    assert found.state == "No plays yet. These come from tags"
    assert found.dial is Dial.NEVER
    artists = [s.track.artist for s in found.suggestions]
    assert len(set(artists[:5])) == 5
    assert all("track" in s.reason for s in found.suggestions)


def test_without_plays_a_playing_track_calls_its_artist_genre_and_years(database: Database) -> None:
    a_library(database, 600)
    found = a_suggester(database).suggest(Moment(NOW_MS, playing=5))
    (playing,) = TrackStore(database).get([5])
    assert found.heading == f"For {playing.title}"
    assert found.suggestions[0].track.artist == playing.artist
    assert found.suggestions[0].reason == f"Same artist as {playing.title}"
    assert playing.id not in [s.track.id for s in found.suggestions]


def test_what_was_played_after_this_track_comes_first_with_its_reason(database: Database) -> None:
    a_library(database, 200)
    play_in_sessions(database, *[(7, 150)] * 6, (7, 190))
    found = a_suggester(database).suggest(Moment(NOW_MS, playing=7))
    first = found.suggestions[0]
    (playing,) = TrackStore(database).get([7])
    assert first.track.id == 150
    assert first.reason == f"Followed {playing.title} 6 times"
    assert first.signal is Signal.WHAT_FOLLOWS


def test_two_tracks_in_turn_are_counted_once_each_time(database: Database) -> None:
    a_library(database, 200)
    play_in_sessions(database, (7, 150, 7, 150, 7, 150))
    first = a_suggester(database).suggest(Moment(NOW_MS, playing=7)).suggestions[0]
    assert (first.track.id, first.reason.rsplit(" ", 2)[1:]) == (150, ["3", "times"])


def test_a_play_changes_the_list(database: Database) -> None:
    a_library(database, 200)
    play_in_sessions(database, (1, 2), (1, 2))
    suggester = a_suggester(database)
    before = suggester.suggest(Moment(NOW_MS))
    PlayStore(database).append(a_play(120, NOW_MS - DAY_MS))
    suggester.catch_up()
    after = suggester.suggest(Moment(NOW_MS))
    assert before.suggestions != after.suggestions
    assert after.state.startswith("From 5 plays")


def test_catching_up_play_by_play_equals_reading_all_at_once(database: Database) -> None:
    ids = a_library(database, 300)
    some_plays(database, ids, 400)
    suggester = a_suggester(database)
    for n in range(5):
        PlayStore(database).append(a_play(10 + n, NOW_MS + n * 250_000))
        suggester.catch_up()
    later = Moment(NOW_MS + DAY_MS)
    grown, fresh = suggester.suggest(later), a_suggester(database).suggest(later)
    assert [s.track.id for s in grown.suggestions] == [s.track.id for s in fresh.suggestions]
    assert [s.score for s in grown.suggestions] == pytest.approx([s.score for s in fresh.suggestions])


@pytest.mark.parametrize("dial", list(Dial))
@pytest.mark.parametrize("playing", [None, 5])
def test_the_evidence_adds_up_to_the_score(database: Database, dial: Dial, playing: int | None) -> None:
    some_plays(database, a_library(database, 400), 900)
    found = a_suggester(database).suggest(Moment(NOW_MS, playing=playing, dial=dial))
    assert found.suggestions
    for suggestion in found.suggestions:
        assert sum(share.amount for share in suggestion.evidence) == pytest.approx(suggestion.score, abs=1e-6)
        assert suggestion.reason
    scores = [s.score for s in found.suggestions]
    assert scores == sorted(scores, reverse=True) or len({s.track.artist for s in found.suggestions}) < len(scores)


def test_the_dial_keeps_its_word(database: Database) -> None:
    some_plays(database, a_library(database, 600), 900)
    counts = PlayStore(database).played_counts()
    suggester = a_suggester(database)
    for suggestion in suggester.suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions:
        assert suggestion.track.id not in counts
    forgotten = suggester.suggest(Moment(NOW_MS, dial=Dial.FORGOTTEN)).suggestions
    assert forgotten
    for suggestion in forgotten:
        plays, last = counts[suggestion.track.id]
        assert plays >= 3
        assert last <= NOW_MS - 90 * DAY_MS
    found = suggester.suggest(Moment(NOW_MS))
    assert sum(found.counts[::2]) == 600


def test_a_failed_play_says_nothing(database: Database) -> None:
    a_library(database, 50)
    PlayStore(database).append(a_play(3, NOW_MS - DAY_MS, played_ms=0, ended_by=EndedBy.FAILED))
    found = a_suggester(database).suggest(Moment(NOW_MS))
    assert found.state == "No plays yet. These come from tags"
    assert found.counts == (0, 0, 50)


def test_a_play_of_a_track_that_is_gone_counts_for_its_copy(database: Database) -> None:
    store = TrackStore(database)
    store.save([a_file("/a/nuit.flac"), a_file("/b/nuit.mp3"), a_file("/c.mp3", title="Other")], NOW_MS)
    (gone, copy, _) = store.all()
    PlayStore(database).append(a_play(gone.id, NOW_MS - DAY_MS, recording_key=gone.recording_key))
    store.mark_missing([gone.id], NOW_MS)
    found = a_suggester(database).suggest(Moment(NOW_MS))
    assert found.counts == (1, 0, 1)
    assert copy.recording_key == gone.recording_key


def test_what_waits_in_the_queue_is_not_suggested(database: Database) -> None:
    a_library(database, 60)
    waiting = tuple(range(1, 55))
    found = a_suggester(database).suggest(Moment(NOW_MS, waiting=waiting))  # type: ignore[arg-type]
    assert not {s.track.id for s in found.suggestions} & set(waiting)


def test_shelves_have_at_least_four_or_stand_aside(database: Database) -> None:
    ids = a_library(database, 300)
    assert [shelf.name for shelf in a_suggester(database).shelves(Moment(NOW_MS))] == ["you_may_like", "new"]
    some_plays(database, ids, 900)
    shelves = a_suggester(database).shelves(Moment(NOW_MS))
    assert [shelf.name for shelf in shelves] == ["you_may_like", "because", "forgotten", "never_heard", "new"]
    assert all(len(shelf.suggestions) + len(shelf.albums) >= 4 and shelf.rule for shelf in shelves)


def test_a_library_of_three_nameless_tracks_still_answers(database: Database) -> None:
    TrackStore(database).save(
        [a_file(f"/{n}.ogg", title=f"T{n}", artist="", album="", year=None, genre="") for n in range(3)], NOW_MS
    )
    found = a_suggester(database).suggest(Moment(NOW_MS, playing=1))
    assert {s.track.id for s in found.suggestions} <= {2, 3}
    assert all(s.reason for s in found.suggestions)


@pytest.mark.parametrize("dial", list(Dial))
@pytest.mark.parametrize("playing", [None, 5])
def test_every_track_that_is_there_is_explained_as_the_list_explains_it(
    database: Database, dial: Dial, playing: int | None
) -> None:
    ids = a_library(database, 300)
    some_plays(database, ids[:250])
    suggester, moment = a_suggester(database), Moment(NOW_MS, playing=playing, dial=dial)
    listed = {each.track.id: each for each in suggester.suggest(moment, 1_000).suggestions}
    tracks = TrackStore(database).get(ids)
    explained = {track.id: suggester.explain(track, moment) for track in tracks}
    for track_id, one in explained.items():
        assert one is not None and one.track.id == track_id and one.reason
        assert sum(share.amount for share in one.evidence) == pytest.approx(one.score)
    assert {track_id: explained[track_id] for track_id in listed} == listed
    assert len(listed) < len(explained)


def test_to_explain_a_track_makes_no_list(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = a_library(database, 1_500)
    suggester = a_suggester(database)
    monkeypatch.setattr(Suggester, "suggest", None)
    monkeypatch.setattr(Suggester, "_ask", None)
    for track in TrackStore(database).get(ids[::100]):
        assert asking.why(suggester, Moment(NOW_MS), track).track == track


def test_a_track_whose_file_is_not_there_is_not_explained(database: Database) -> None:
    (track_id,) = a_library(database, 1)
    suggester = a_suggester(database)
    (track,) = TrackStore(database).get([track_id])
    with pytest.raises(asking.NotSuggested, match="is not there"):
        asking.why(suggester, Moment(NOW_MS), replace(track, id=TrackId(99)))


def test_plays_that_are_read_some_at_a_time_are_all_taken_in_or_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_library(database, 60)
    some_plays(database, ids, 100)
    whole = a_suggester(database).suggest(Moment(NOW_MS))
    monkeypatch.setattr(suggest, "_AT_ONCE", 7)
    assert a_suggester(database).suggest(Moment(NOW_MS)) == whole
    plays = PlayStore(database)
    suggester = Suggester(TrackStore(database), plays, BrowseStore(database))
    after, calls = plays.after, list[int]()

    def locked(play_id: int, most: int) -> list[Play]:
        calls.append(play_id)
        if len(calls) == 3:
            raise DatabaseLocked("Another program holds the library.")
        return after(play_id, most)

    monkeypatch.setattr(plays, "after", locked)
    with pytest.raises(DatabaseLocked):
        suggester.catch_up()
    suggester.catch_up()
    assert suggester.suggest(Moment(NOW_MS)) == whole


@pytest.mark.parametrize("played", [(1, 2), (1, 2, 3), (1, 2, 3, 4)])
@pytest.mark.parametrize("dial", [Dial.FAMILIAR, Dial.NEVER])
def test_after_the_first_tracks_of_one_album_the_list_begins_with_several_albums(
    database: Database, played: tuple[int, ...], dial: Dial
) -> None:
    a_library(database, 600)
    play_in_sessions(database, played, first_at=NOW_MS - 3_600_000)
    suggester = a_suggester(database)
    for found in (
        suggester.suggest(Moment(NOW_MS, dial=dial)).suggestions,
        suggester.shelves(Moment(NOW_MS))[0].suggestions,
    ):
        assert len({one.track.album_key for one in found[:6]}) >= 3
        assert sum(one.track.album_key == found[0].track.album_key for one in found[:6]) <= 2
