"""What was heard before its file was here counts for the track that the file makes, once, and for no other."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.ids import RecordingKey, TrackId
from app.domain.recording import recording_key
from app.domain.tags import Tags
from app.library.search import parse
from app.storage.database import Database
from app.storage.details import DetailsStore
from app.storage.forms import FormStore
from app.storage.heard_before import HeardBefore, count_anew
from app.storage.plays import LISTEN, OF_TRACK, PlayStore
from app.storage.search import SearchStore
from app.storage.statistics import StatisticsStore
from app.storage.tracks import TrackStore
from app.storage.twins import take_over
from tests.helpers.builders import HOUR_MS, NOW_MS, a_database, a_file, a_play

_MBID = "e1b9a5a6-0000-4000-8000-00000000000a"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    yield database
    database.close()


def heard(
    database: Database, title: str = "Nuit", artist: str = "Ida Ravn", *, duration_ms: int = 200_000, times: int = 1
) -> RecordingKey:
    """Plays of no track, as an import or the companion keeps them."""
    key = recording_key(Tags(title=title, artist=artist, duration_ms=duration_ms), b"")
    play = replace(a_play(), track_id=None, recording_key=key, title=title, artist=artist, duration_ms=duration_ms)
    heard_ms = max(duration_ms, 240_000)
    PlayStore(database).append_many(
        [replace(play, started_at=NOW_MS + n * HOUR_MS, played_ms=heard_ms) for n in range(times)]
    )
    return key


def found(database: Database, query: str) -> list[TrackId]:
    return sorted(SearchStore(database).ids(parse(query)))


def plays(database: Database, track_id: int) -> int:
    details = DetailsStore(database).of(TrackId(track_id))
    assert details is not None
    counted = PlayStore(database).played_counts().get(TrackId(track_id), (0, 0))[0]
    assert details.plays == counted
    return counted


def counts(database: Database) -> dict[tuple[str, int], int]:
    """The listens as they are kept; they are what the log and the owners say."""
    with database.read() as connection:
        kept = {(key, track): n for key, track, n in connection.execute("select * from listen_count")}
        derived = connection.execute(
            f"select coalesce(track.recording_key, log.recording_key), coalesce(log.of_track, 0), count(*) from "
            f"(select recording_key, {OF_TRACK} as of_track from play where {LISTEN}) as log "
            "left join track on track.id = log.of_track group by 1, 2"
        )
        assert kept == {(key, track): n for key, track, n in derived}
    return kept


@pytest.mark.parametrize(
    "file",
    [
        {},
        {"duration_ms": 202_900},
        {"duration_ms": 197_100},
        {"recording_mbid": _MBID},
        {"artist": "Somebody", "album_artist": "IDA  Ravn", "recording_mbid": _MBID},
        {"title": "nuit", "artist": "ida ravn", "album": "Another"},
    ],
)
def test_a_file_that_comes_later_has_the_plays(database: Database, file: dict[str, object]) -> None:
    heard(database, times=3)
    TrackStore(database).save([a_file(**file)], NOW_MS)
    assert plays(database, 1) == 3
    assert found(database, "plays:3") == [1]
    assert found(database, "never-played") == []
    assert counts(database)


@pytest.mark.parametrize(
    "file",
    [
        {"title": "Nuit (Live)"},
        {"title": "Nuits"},
        {"artist": "Ida", "album_artist": ""},
        {"duration_ms": 203_100},
        {"title": "", "artist": ""},
    ],
)
def test_another_recording_has_none_of_them(database: Database, file: dict[str, object]) -> None:
    heard(database, times=3)
    TrackStore(database).save([a_file(**file)], NOW_MS)
    assert plays(database, 1) == 0
    assert found(database, "never-played") == [1]
    assert counts(database)


def test_a_play_of_unknown_length_counts_by_its_names(database: Database) -> None:
    heard(database, duration_ms=0)
    TrackStore(database).save([a_file()], NOW_MS)
    assert found(database, "plays:1") == [1]


def test_what_a_service_says_of_the_master_does_not_count(database: Database) -> None:
    heard(database, "Nuit - 2017 Remaster")
    heard(database, "Nuit (Live) - 2017 Remaster")
    TrackStore(database).save([a_file()], NOW_MS)
    assert plays(database, 1) == 1


def test_a_second_reading_counts_nothing_twice(database: Database) -> None:
    heard(database, times=2)
    tracks = TrackStore(database)
    for size in (1, 2, 3):
        tracks.save([a_file(size=size)], NOW_MS)
    assert plays(database, 1) == 2
    assert list(counts(database).values()) == [2]


def test_plays_that_come_after_the_file_count_too(database: Database) -> None:
    heard(database)
    TrackStore(database).save([a_file(recording_mbid=_MBID)], NOW_MS)
    heard(database, times=2)
    PlayStore(database).append(a_play(1, recording_key=f"mbid:{_MBID}"))
    assert plays(database, 1) == 4
    assert counts(database) == {(f"mbid:{_MBID}", 1): 4}


def test_of_two_files_the_nearest_has_them_and_keeps_them(database: Database) -> None:
    heard(database, times=2)
    tracks = TrackStore(database)
    tracks.save([a_file("/a.mp3", duration_ms=202_000), a_file("/b.mp3", recording_mbid=_MBID)], NOW_MS)
    tracks.save([a_file("/c.mp3", duration_ms=200_000, title="NUIT", recording_mbid=_MBID[:-1] + "b")], NOW_MS)
    assert [plays(database, one) for one in (1, 2, 3)] == [0, 2, 0]
    assert counts(database) == {(f"mbid:{_MBID}", 2): 2}


def test_a_file_with_other_names_lets_go_and_its_copy_takes_them(database: Database) -> None:
    key = heard(database, times=2)
    tracks = TrackStore(database)
    tracks.save([a_file("/a.mp3")], NOW_MS)
    tracks.save([a_file("/b.mp3", duration_ms=202_000)], NOW_MS)
    tracks.save([a_file("/a.mp3", title="Jour", size=2)], NOW_MS)
    assert [plays(database, one) for one in (1, 2)] == [0, 2]
    tracks.save([a_file("/b.mp3", title="Soir", size=2)], NOW_MS)
    assert counts(database) == {(key, 0): 2}
    assert found(database, "never-played") == [1, 2]
    tracks.save([a_file("/b.mp3", size=3)], NOW_MS)
    assert plays(database, 2) == 2


def test_its_own_plays_stay_with_a_track_that_lets_go(database: Database) -> None:
    key = heard(database)
    tracks = TrackStore(database)
    tracks.save([a_file()], NOW_MS)
    PlayStore(database).append(a_play(1, recording_key=key))
    tracks.move([(TrackId(1), a_file("/elsewhere.flac", title="Jour"))])
    assert plays(database, 1) == 1
    assert sorted(counts(database).values()) == [1, 1]


def test_a_copy_that_takes_the_place_of_one_that_is_gone_brings_them_along(database: Database) -> None:
    tracks = TrackStore(database)
    tracks.save([a_file("/a.mp3", artist="Ida")], NOW_MS)
    PlayStore(database).append(a_play(1, recording_key=tracks.all()[0].recording_key))
    heard(database, times=2)
    tracks.save([a_file("/b.mp3", audio_hash="x"), a_file("/c.mp3", artist="Ida", audio_hash="x")], NOW_MS)
    tracks.mark_missing([TrackId(1)], NOW_MS)
    assert take_over(tracks, [TrackId(1)]) == {1}
    assert plays(database, 2) == 2
    counts(database)


def test_the_twin_s_own_go_to_the_one_it_becomes(database: Database) -> None:
    tracks = TrackStore(database)
    tracks.save([a_file("/a.mp3")], NOW_MS)
    tracks.remove([TrackId(1)], NOW_MS)
    heard(database, times=2)
    tracks.save([a_file("/b.mp3")], NOW_MS)
    assert plays(database, 2) == 2
    tracks.restore([TrackId(1)])
    tracks.mark_missing([TrackId(1)], NOW_MS)
    assert take_over(tracks, [TrackId(1)]) == {1}
    assert plays(database, 1) == 2
    counts(database)


def test_one_that_was_taken_out_gives_way_to_one_that_is_in(database: Database) -> None:
    heard(database)
    tracks = TrackStore(database)
    tracks.save([a_file("/a.mp3")], NOW_MS)
    tracks.remove([TrackId(1)], NOW_MS)
    tracks.save([a_file("/b.mp3", recording_mbid=_MBID)], NOW_MS)
    assert plays(database, 2) == 1
    assert found(database, "plays:1") == [2]
    assert [track for _, track in counts(database)] == [2]


def test_all_of_it_is_found_again(database: Database) -> None:
    rng, tracks = random.Random(4), TrackStore(database)
    titles = ["Nuit", "Jour", "Soir", "Aube"]
    for title in titles:
        heard(database, title, duration_ms=rng.choice([0, 199_000, 200_000, 201_000]), times=rng.randrange(1, 4))
    for number in range(40):
        mbid = {"recording_mbid": f"{_MBID[:-2]}{number:02d}"} if rng.random() < 0.5 else {}
        tracks.save([a_file(f"/{rng.randrange(8)}", title=rng.choice(titles), size=number, **mbid)], NOW_MS)
        counts(database)
    before = _owned(database)
    with database.write() as connection:
        connection.execute("delete from heard_before")
        connection.execute("update form set heard = 0")
        count_anew(connection, [TrackId(number) for number in range(1, 9)], [RecordingKey(key) for key in before])
    assert FormStore(database).heard_outdated()
    list(HeardBefore(database).find_all(lambda: False))
    assert not FormStore(database).heard_outdated()
    assert _owned(database).keys() == before.keys()
    counts(database)


def _owned(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return dict(connection.execute("select recording_key, track_id from heard_before"))


def test_statistics_and_history_show_the_track(database: Database) -> None:
    heard(database)
    TrackStore(database).save([a_file(recording_mbid=_MBID)], NOW_MS)
    PlayStore(database).append(a_play(1, NOW_MS + 10 * HOUR_MS, recording_key=f"mbid:{_MBID}", title="Nuit"))
    statistics = StatisticsStore(database).read(0, NOW_MS * 2, 10)
    assert (statistics.recordings, statistics.new, statistics.listens) == (1, 1, 2)
    assert [(one.track_id, one.listens) for one in statistics.tracks] == [(1, 2)]
    assert [(one.track_id, one.listens) for one in statistics.albums] == [(1, 2)]
    store = PlayStore(database)
    assert {play.track_id for play in (*store.recent(9), *store.after(0), *store.between(0, NOW_MS * 2, 9))} == {1}
    assert [(taste.plays, taste.listens) for taste in store.tastes().values()] == [(2, 2)]
    assert set(store.recent_recordings(9)) == set(store.tastes())


def test_names_that_would_break_out_of_a_question_are_names(database: Database) -> None:
    for title in ('"; drop table play; --', "\\u0000 ' \" [", "\U0001f3b5\U0010fffd", "x" * 900, "%_*?"):
        heard(database, title)
        TrackStore(database).save([a_file(f"/{json.dumps(title)[:80]}", title=title)], NOW_MS)
    assert all(plays(database, one) == 1 for one in range(1, 6))
    counts(database)
