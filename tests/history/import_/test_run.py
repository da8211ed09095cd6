"""Nothing is counted twice, nothing is lost, and what belongs to the library finds it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import SegueError
from app.domain.ids import RecordingKey, TrackId
from app.domain.play import EndedBy
from app.history.import_ import run
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions.plays import for_recommender
from app.suggestions.present import Present
from tests.helpers.builders import NOW_MS, a_file, a_play
from tests.history.import_.exports import (
    AT_S,
    MBID,
    imported,
    lastfm_page,
    lastfm_track,
    lines,
    listen,
    streamed,
    written,
)

AT_MS = AT_S * 1000


def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    TrackStore(database).save([a_file()], NOW_MS)
    file = lines(tmp_path, [listen(), listen("Jour", AT_S + 500), listen("Jour", AT_S + 900), listen("", 5)])
    dry = imported(database, file, dry=True)
    assert PlayStore(database).count() == 0
    wet = imported(database, file)
    assert replace(wet, seconds=0) == replace(dry, seconds=0, dry=False)
    assert (dry.read, dry.usable, dry.matched, dry.new, dry.refused) == (4, 3, 1, 3, 1)
    assert dry.strangers == (("Ida Ravn", 2),)
    assert (dry.first_ms, dry.last_ms) == (AT_MS, AT_MS + 900_000)


def test_importing_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    file = lines(tmp_path, [listen(f"Song {n % 7}", AT_S + n * 40) for n in range(300)])
    assert imported(database, file).new == 300
    again = imported(database, file)
    assert (again.new, again.known, PlayStore(database).count()) == (0, 300, 300)


def test_what_the_library_has_by_then_is_still_known(database: Database, tmp_path: Path) -> None:
    """The first import met a stranger; the second one meets a track with another key."""
    file = lines(tmp_path, [listen(), listen("Nuit", AT_S + 4_000)])
    imported(database, file)
    TrackStore(database).save([a_file(recording_mbid=MBID)], NOW_MS)
    again = imported(database, file)
    assert (again.new, again.known, again.matched) == (0, 2, 2)


def test_what_a_file_tells_twice_counts_once(database: Database, tmp_path: Path) -> None:
    first, second = lines(tmp_path, [listen()] * 3), lines(tmp_path, [listen(), listen("Jour")], "2.jsonl")
    report = imported(database, first, second)
    assert (report.new, report.doubled, PlayStore(database).count()) == (2, 3, 2)


def test_the_order_of_rows_and_of_batches_does_not_matter(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    told = [listen("Nuit", AT_S + n * 30) for n in range(40)]
    assert imported(database, lines(tmp_path, told[::-1])).new == 40, "a short track on repeat: one service tells it"
    pages = lastfm_page(*(lastfm_track("Nuit", AT_S + n * 30 + 2) for n in range(0, 40, 1)))
    other = imported(database, written(tmp_path, json.dumps(pages)))
    assert (other.new, other.known) == (0, 40)


def test_two_services_overlap_in_one_import_and_in_two(database: Database, tmp_path: Path) -> None:
    first = lines(tmp_path, [listen(f"Song {n}", AT_S + n * 200) for n in range(20)])
    tracks = [lastfm_track(f"Song {n}", AT_S + n * 200 + 5) for n in range(10, 30)]
    second = written(tmp_path, json.dumps(lastfm_page(*tracks)))
    both = imported(database, first, second, dry=True)
    assert (both.new, both.doubled) == (30, 10)
    assert imported(database, first).new == 20
    report = imported(database, second)
    assert (report.new, report.known) == (10, 10)


@pytest.mark.parametrize("client", ["segue", "strawberry", "spotify"])
def test_what_was_heard_here_or_beside_the_companion_is_not_counted_again(
    database: Database, tmp_path: Path, client: str
) -> None:
    TrackStore(database).save([a_file(), a_file("/music/2.flac", title="Jour", recording_mbid=MBID)], NOW_MS)
    plays = PlayStore(database)
    here = a_play(1, AT_MS, client=client, title="Nuit")
    plays.append(here)
    plays.append(a_play(2, AT_MS + 300_000, client=client, recording_key=RecordingKey("mbid:" + MBID), title="Jour"))
    file = lines(tmp_path, [listen("Nuit", AT_S + 4), listen("Jour", AT_S + 300 + 90), listen("Nuit", AT_S + 900)])
    report = imported(database, file)
    assert (report.known, report.new) == (2, 1)
    assert imported(database, lines(tmp_path, [streamed(ts="2020-09-13T12:30:01Z")])).known == 1


def test_two_listens_are_never_one_play(database: Database, tmp_path: Path) -> None:
    """The companion heard one of two plays of a short track; the second is told by the service alone."""
    key = RecordingKey("tags:ida ravn\x1fnuit\x1f0")
    play = a_play(1, AT_MS, duration_ms=0, played_ms=40_000, recording_key=key, title="Nuit", client="mpv")
    PlayStore(database).append(replace(play, track_id=None))
    file = lines(tmp_path, [listen("Nuit", AT_S + 2), listen("Nuit", AT_S + 45)])
    report = imported(database, file)
    assert (report.known, report.new) == (1, 1)
    again = imported(database, file)
    assert (again.known, again.new) == (2, 0)


def test_a_play_that_is_going_on_is_known(database: Database, tmp_path: Path) -> None:
    plays = PlayStore(database)
    names = {"recording_key": RecordingKey("tags:ida ravn\x1fnuit\x1f50"), "title": "Nuit"}
    going = replace(a_play(1, AT_MS, played_ms=110_000, **names), track_id=None)
    plays.checkpoint(going)
    plays.checkpoint(replace(going, started_at=AT_MS + 9_000_000, client="mpv"), owner="mpv.1")
    file = lines(tmp_path, [listen("Nuit", AT_S + 1), listen("Nuit", AT_S + 9_000)])
    assert imported(database, file).known == 2
    assert plays.in_progress() is not None, "it goes on"


def test_an_interrupted_import_is_completed_by_the_next(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 10)
    file = lines(tmp_path, [listen(f"Song {n}", AT_S + n * 200) for n in range(100)])
    plays = PlayStore(database)
    report = imported(database, file, cancelled=lambda: plays.count() >= 30)
    assert (report.cancelled, report.new, plays.count()) == (True, 30, 30)
    rest = imported(database, file)
    assert (rest.known, rest.new, plays.count()) == (30, 70, 100)
    assert [play.started_at for play in plays.after(0)] == sorted(play.started_at for play in plays.after(0))


def test_the_backup_comes_before_the_first_play_and_only_where_there_is_one(database: Database, tmp_path: Path) -> None:
    counts: list[int] = []
    file = lines(tmp_path, [listen(), listen("Jour")])
    for dry in (True, False, False):
        imported(database, file, dry=dry, before_writing=lambda: counts.append(PlayStore(database).count()))
    assert counts == [0]


def test_a_failing_backup_writes_nothing(database: Database, tmp_path: Path) -> None:
    def fail() -> None:
        raise SegueError("no room")

    with pytest.raises(SegueError, match="no room"):
        imported(database, lines(tmp_path, [listen()]), before_writing=fail)
    assert PlayStore(database).count() == 0


@pytest.mark.parametrize(
    ("artist", "title", "more", "tags"),
    [
        ("IDA RAVN", "nuit", {}, {}),
        ("Ida Ravn", "Nuit", {"duration_ms": 202_000}, {}),
        ("Other Spelling", "Nuit!", {"recording_mbid": MBID}, {"recording_mbid": MBID}),
        ("Ida Ravn", "Nuit", {}, {"recording_mbid": MBID}),
        ("Ida Ravn", "Nuit - 2017 Remaster", {}, {}),
        ("Ida Ravn", "Nuit (Remastered 2009)", {}, {"recording_mbid": MBID}),
    ],
)
def test_a_row_finds_its_track(
    database: Database, tmp_path: Path, artist: str, title: str, more: dict[str, object], tags: dict[str, object]
) -> None:
    TrackStore(database).save([a_file(**tags)], NOW_MS)
    assert imported(database, lines(tmp_path, [listen(title, artist=artist, **more)])).matched == 1
    (play,) = PlayStore(database).recent(2)
    (track,) = TrackStore(database).all()
    assert (play.track_id, play.recording_key) == (track.id, track.recording_key)
    assert (play.title, play.artist, play.duration_ms) == ("Nuit", "Ida Ravn", 200_000)
    assert (play.played_ms, play.ended_by) == (100_000, EndedBy.REPLACED)


@pytest.mark.parametrize(
    ("title", "more"), [("Nuit (Live)", {}), ("Nuit", {"duration_ms": 320_000}), ("Nuit - Live at Home", {})]
)
def test_another_version_is_no_match(database: Database, tmp_path: Path, title: str, more: dict[str, object]) -> None:
    TrackStore(database).save([a_file()], NOW_MS)
    report = imported(database, lines(tmp_path, [listen(title, **more)]))
    assert (report.matched, report.new) == (0, 1)


@pytest.mark.parametrize("tags", [{}, {"recording_mbid": MBID}])
def test_a_play_of_music_that_comes_later_counts_for_it(
    database: Database, tmp_path: Path, tags: dict[str, object]
) -> None:
    file = lines(
        tmp_path, [listen(), listen("Nuit", AT_S + 900, duration_ms=200_500), listen("Nuit (Live)", AT_S + 2_000)]
    )
    imported(database, file)
    TrackStore(database).save([a_file(**tags)], NOW_MS)
    (track,) = TrackStore(database).all()
    present = Present()
    present.add(track)
    taken = for_recommender(PlayStore(database).after(0), present.complete())
    assert taken.item_id.tolist() == [track.id, track.id, -1]
    assert TrackId(track.id) in present
