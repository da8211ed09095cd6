"""The plays of a period, counted; held against a slow plain count."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.ids import RecordingKey, TrackId
from app.domain.play import EndedBy, is_listen
from app.domain.statistics import Period, Ranked
from app.history.statistics import statistics
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.recordings import RecordingStore
from app.storage.statistics import StatisticsStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import DAY_MS, HOUR_MS, NOW_MS, a_database, a_file, a_play
from tests.helpers.counted import Counted


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    files = [a_file(f"/{n}.mp3", title=f"Track {n}", album=f"Album {n % 4}", artist=f"A{n % 3}") for n in range(1, 13)]
    TrackStore(database).save(files, NOW_MS)
    yield database
    database.close()


@pytest.fixture
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_without_plays_everything_is_nought(database: Database) -> None:
    found = statistics(StatisticsStore(database), Period.ALL, NOW_MS)
    assert (found.plays, found.heard_ms, found.artists, sum(found.by_hour_ms)) == (0, 0, (), 0)


def test_a_period_counts_its_own_plays_and_what_was_new_in_it(database: Database) -> None:
    PlayStore(database).append_many(
        [
            a_play(1, NOW_MS - 40 * DAY_MS),
            a_play(1, NOW_MS - 2 * DAY_MS),
            a_play(2, NOW_MS - 2 * DAY_MS + HOUR_MS, played_ms=10_000, ended_by=EndedBy.SKIPPED),
            a_play(3, NOW_MS - HOUR_MS, ended_by=EndedBy.FAILED, played_ms=0),
            a_play(4, NOW_MS + 3 * DAY_MS),
        ]
    )
    store = StatisticsStore(database)
    week, month, ever = (statistics(store, period, NOW_MS) for period in (Period.WEEK, Period.MONTH, Period.ALL))
    assert (week.plays, week.listens, week.heard_ms, week.recordings, week.new, week.days) == (2, 1, 210_000, 2, 1, 1)
    assert month == week
    assert (ever.plays, ever.recordings, ever.new) == (4, 3, 3)


def test_rankings_go_by_listens_then_time_and_skips_alone_do_not_rank(database: Database) -> None:
    PlayStore(database).append_many(
        [
            a_play(1, NOW_MS - 5, artist="Ida", album="B"),
            a_play(2, NOW_MS - 4, artist="Ida", album="B"),
            a_play(3, NOW_MS - 3, artist="Bo", played_ms=150_000, album="C"),
            a_play(4, NOW_MS - 2, artist="Cy", played_ms=1_000, ended_by=EndedBy.SKIPPED, album="D"),
            a_play(5, NOW_MS - 1, artist="Di", album=""),
        ]
    )
    found = statistics(StatisticsStore(database), Period.WEEK, NOW_MS)
    assert [(one.name, one.listens) for one in found.artists] == [("Ida", 2), ("Di", 1), ("Bo", 1)]
    assert [one.name for one in found.tracks] == ["Track 1", "Track 2", "Track 5", "Track 3"]
    assert {one.track_id for one in found.tracks} == {1, 2, 3, 5}
    assert all(one.album_key for one in found.albums)


def test_one_artist_in_several_spellings_has_one_rank(database: Database) -> None:
    PlayStore(database).append_many(
        [
            a_play(1, NOW_MS - 4, artist="Beyoncé"),
            a_play(2, NOW_MS - 3, artist="beyonce"),
            a_play(3, NOW_MS - 2, artist="Beyoncé"),
            a_play(4, NOW_MS - 1, artist="Bo"),
        ]
    )
    found = statistics(StatisticsStore(database), Period.WEEK, NOW_MS)
    assert [(one.name, one.listens) for one in found.artists] == [("Beyoncé", 3), ("Bo", 1)]


def test_a_track_whose_tags_were_mended_since_is_one_with_the_name_of_now(database: Database) -> None:
    tracks, (mbid, older) = TrackStore(database), ("b1a9c0e9-d987-4042-ae91-78d6a3267d69", NOW_MS - 40 * DAY_MS)
    before = [tracks.get([TrackId(n)])[0] for n in (1, 2)]
    PlayStore(database).append_many(
        [a_play(t.id, older, title=t.title, artist=t.artist, recording_key=t.recording_key) for t in before * 2]
    )
    tracks.save([a_file("/1.mp3", title="Mended", artist="A1", recording_mbid=mbid)], NOW_MS)
    now = tracks.get([TrackId(1)])[0]
    assert now.recording_key != before[0].recording_key
    PlayStore(database).append(a_play(1, NOW_MS - 1, title=now.title, recording_key=now.recording_key))
    gone = replace(a_play(1, NOW_MS - 2, title="Elsewhere", recording_key=before[0].recording_key), track_id=None)
    PlayStore(database).append(gone)
    store = StatisticsStore(database)
    ever, week = (statistics(store, period, NOW_MS) for period in (Period.ALL, Period.WEEK))
    assert [(one.name, one.listens, one.track_id) for one in ever.tracks] == [
        ("Mended", 3, 1), ("Track 2", 2, 2), ("Elsewhere", 1, None),
    ]  # fmt: skip
    assert (ever.recordings, ever.new, week.recordings, week.new) == (3, 3, 2, 1)


def test_an_album_whose_files_are_gone_from_the_library_keeps_its_place(database: Database) -> None:
    PlayStore(database).append_many([replace(a_play(1, NOW_MS - 1, album="Gone", artist="Ida"), track_id=None)])
    found = statistics(StatisticsStore(database), Period.ALL, NOW_MS)
    assert found.albums == (Ranked("Gone", "Ida", 1, 200_000),)


@pytest.mark.usefixtures("_in_shanghai")
def test_hours_and_days_are_the_listeners_own(database: Database) -> None:
    at = 1_759_694_400_000  # Sunday 5 October 2025, 20:00 UTC: Monday 4:00 in Shanghai
    PlayStore(database).append_many([a_play(1, at)])
    found = statistics(StatisticsStore(database), Period.ALL, at + DAY_MS)
    assert [hour for hour, heard in enumerate(found.by_hour_ms) if heard] == [4]
    assert [day for day, heard in enumerate(found.by_weekday_ms) if heard] == [0]


def test_times_that_no_calendar_knows_do_no_harm(database: Database) -> None:
    PlayStore(database).append_many([a_play(1, -(1 << 60)), a_play(2, 1 << 60), a_play(3, -1), a_play(4, 0)])
    found = statistics(StatisticsStore(database), Period.ALL, NOW_MS)
    assert found.plays in {2, 3, 4}
    assert found.listens == found.plays


def test_a_random_log_is_counted_as_a_plain_loop_counts_it(database: Database) -> None:
    rng = random.Random(4)
    plays = []
    for _ in range(400):
        n, heard = rng.randrange(1, 13), rng.randrange(0, 200_000)
        ended = rng.choice([EndedBy.FINISHED, EndedBy.SKIPPED, EndedBy.FAILED, EndedBy.REPLACED])
        at = NOW_MS - rng.randrange(0, 60 * DAY_MS)
        plays.append(a_play(n, at, played_ms=heard, ended_by=ended, artist=f"A{n % 3}"))
    PlayStore(database).append_many(plays)
    found = statistics(StatisticsStore(database), Period.MONTH, NOW_MS)
    kept = [play for play in plays if play.ended_by is not EndedBy.FAILED and play.started_at >= NOW_MS - 30 * DAY_MS]
    assert found.plays == len(kept)
    assert found.heard_ms == sum(play.played_ms for play in kept)
    listens = Counter(play.artist for play in kept if is_listen(play.played_ms, play.duration_ms))
    assert {one.name: one.listens for one in found.artists} == listens
    by_hour = [0] * 24
    for play in kept:
        by_hour[datetime.fromtimestamp(play.started_at / 1000).hour] += play.played_ms
    assert found.by_hour_ms == tuple(by_hour)
    assert sum(found.by_weekday_ms) == found.heard_ms


@pytest.mark.parametrize("skipped", [1, 4, 7])
def test_an_artist_and_an_album_rank_by_what_was_heard_of_them_though_a_track_was_only_skipped(
    database: Database, skipped: int
) -> None:
    heard = {1, 4, 7} - {skipped}
    plays = [a_play(n, NOW_MS - HOUR_MS * n, artist="A1", album="Album 1") for n in heard]
    plays.append(
        a_play(skipped, NOW_MS - DAY_MS, played_ms=5_000, ended_by=EndedBy.SKIPPED, artist="A1", album="Album 1")
    )
    PlayStore(database).append_many(plays)
    with database.write() as connection:
        connection.execute("update track set album = 'Album 1', album_key = 'one' where id in (1, 4, 7)")
    found = statistics(StatisticsStore(database), Period.WEEK, NOW_MS)
    assert [(one.name, one.listens, one.heard_ms) for one in found.artists] == [("A1", 2, 405_000)]
    assert [(one.name, one.listens) for one in found.albums] == [("Album 1", 2)]
    assert len(found.tracks) == 2


def test_what_was_new_is_what_a_plain_loop_finds_also_where_it_was_heard_before_its_file_was_here(
    database: Database,
) -> None:
    rng = random.Random(11)
    tracks = {track.id: track.recording_key for track in TrackStore(database).all()}
    turned_out = {RecordingKey(f"elsewhere {n}"): TrackId(n) for n in range(1, 6)}
    keys = [*turned_out, *tracks.values(), *(RecordingKey(f"nowhere {n}") for n in range(5))]
    with database.write() as connection:
        connection.executemany("insert into heard_before values (?, ?)", turned_out.items())
    plays = []
    for _ in range(60):
        key, track_id = rng.choice(keys), TrackId(rng.randrange(1, 13))
        named = a_play(track_id, NOW_MS - rng.randrange(0, 14 * DAY_MS), recording_key=key)
        plays.append(replace(named, track_id=rng.choice([track_id, None]), ended_by=rng.choice(list(EndedBy))))
    PlayStore(database).append_many(plays)
    first: dict[RecordingKey, int] = {}
    for play in plays:
        track = play.track_id or turned_out.get(play.recording_key)
        key = tracks[track] if track else play.recording_key
        if play.ended_by is not EndedBy.FAILED:
            first[key] = min(play.started_at, first.get(key, play.started_at))
    for days in (1, 3, 7, 14):
        since_ms = NOW_MS - days * DAY_MS
        found = StatisticsStore(database).read(since_ms, NOW_MS + 1, 5)
        assert found.new == sum(at >= since_ms for at in first.values())


def test_a_week_of_a_long_log_is_not_more_work_than_one_of_a_short_log(tmp_path: Path) -> None:
    def work(plays: int) -> int:
        database = Counted(tmp_path / f"{plays}.db")
        TrackStore(database).save([a_file(f"/{n}.mp3", title=f"Track {n}") for n in range(50)], NOW_MS)
        log = [a_play(TrackId(n % 50 + 1), NOW_MS - n * HOUR_MS) for n in range(plays)]
        PlayStore(database).append_many(log)
        since_ms = NOW_MS - 7 * DAY_MS
        return database.of(
            lambda: (StatisticsStore(database).read(since_ms, NOW_MS, 5), RecordingStore(database).listened(since_ms))
        )

    assert work(8_000) < 1.5 * work(400)
