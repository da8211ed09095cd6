"""What fills the autoplay lane, on real storage."""

import random
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.suggestion import Dial, Moment, SuggestionList
from app.domain.track import Track
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions import lane
from app.suggestions.suggest import Suggester
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    yield database
    database.close()


def play(database: Database, ids: list[int]) -> None:
    """Plays these tracks one after the other, the last of them just now."""
    store, tracks = PlayStore(database), {track.id: track for track in TrackStore(database).all()}
    for place, track_id in enumerate(ids):
        at = NOW_MS - (len(ids) - place) * 200_000
        store.append(a_play(track_id, at, recording_key=tracks[TrackId(track_id)].recording_key))


def filled(database: Database, count: int = 10, **moment: object) -> list[Track]:
    tracks, plays = TrackStore(database), PlayStore(database)
    suggester = Suggester(tracks, plays, BrowseStore(database))
    suggester.catch_up()
    found = lane.fill(suggester, tracks, plays, Moment(NOW_MS, **moment), count, random.Random(1))  # type: ignore[arg-type]
    assert all(each.reason for each in found)
    return [each.track for each in found]


@pytest.mark.parametrize("dial", list(Dial))
def test_nothing_heard_in_the_window_comes_again_while_there_is_other_music(database: Database, dial: Dial) -> None:
    a_library(database, 700)
    play(database, list(range(1, 601)))
    found = filled(database, playing=600, dial=dial)
    assert len(found) == 10
    assert not {track.id for track in found} & set(range(101, 601))


def test_what_waits_or_plays_is_not_chosen(database: Database) -> None:
    a_library(database, 30)
    waiting = tuple(TrackId(number) for number in range(1, 21))
    found = filled(database, playing=21, waiting=waiting)
    assert sorted(track.id for track in found) == list(range(22, 31))


def test_where_all_was_heard_lately_what_was_heard_longest_ago_comes_first(database: Database) -> None:
    a_library(database, 20)
    order = list(range(20, 0, -1))
    play(database, order)
    found = filled(database, count=5, playing=1)
    assert [track.id for track in found] == [20, 19, 18, 17, 16]


def test_the_only_track_of_a_library_plays_again(database: Database) -> None:
    a_library(database, 1)
    play(database, [1])
    assert [track.id for track in filled(database, playing=1)] == [1]
    assert filled(database, playing=1, waiting=(TrackId(1),)) == []


def test_missing_files_are_not_chosen_and_an_empty_library_gives_nothing(database: Database) -> None:
    assert filled(database) == []
    a_library(database, 12)
    TrackStore(database).mark_missing([TrackId(number) for number in range(1, 9)], NOW_MS)
    assert {track.id for track in filled(database)} == {9, 10, 11, 12}


def test_short_sounds_come_behind_the_longer_ones_where_nobody_suggests_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_library(database, 30)
    with database.write() as connection:
        connection.execute("update track set duration_ms = 1000 where id <= 20")
    nothing = SuggestionList((), "", "")
    monkeypatch.setattr(Suggester, "suggest", lambda *_: nothing)
    found = filled(database, count=12)
    assert sorted(track.id for track in found[:10]) == list(range(21, 31))
    assert len(found) == 12


def test_a_recommender_that_fails_does_not_end_the_music(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_library(database, 30)

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Suggester, "suggest", fails)
    assert len(filled(database)) == 10
    assert "could not fill the lane" in caplog.text


def test_endless_play_over_a_small_library_uses_all_of_it_before_anything_comes_again(database: Database) -> None:
    a_library(database, 12)
    tracks, plays = TrackStore(database), PlayStore(database)
    suggester = Suggester(tracks, plays, BrowseStore(database))
    heard: list[int] = []
    for turn in range(48):
        suggester.catch_up()
        playing = TrackId(heard[-1]) if heard else None
        at = NOW_MS + turn * 200_000
        (chosen,) = lane.fill(suggester, tracks, plays, Moment(at, playing=playing), 1, random.Random(turn))
        heard.append(chosen.track.id)
        plays.append(a_play(chosen.track.id, at, recording_key=chosen.track.recording_key))
    assert all(sorted(heard[start : start + 12]) == list(range(1, 13)) for start in range(0, 48, 12))
