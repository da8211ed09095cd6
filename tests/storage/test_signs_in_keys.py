"""Don’t and Don't are one recording: what was kept under two keys comes together, and nothing is lost on the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.feedback import Feedback, Said
from app.domain.ids import RecordingKey, TrackId
from app.domain.impression import Impression
from app.domain.playlist import NewEntry
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.recording import recording_key
from app.domain.tags import Tags
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.impressions import ImpressionStore
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore, StartedBy
from app.storage.queue import QueueStore
from tests.helpers.builders import NOW_MS, a_database, a_play
from tests.helpers.older import a_play_of, an_older_database, keys_in, with_key

CURLY = RecordingKey("tags:guns n’ roses\x1fdon’t cry – live\x1f50")
PLAIN = RecordingKey("tags:guns n' roses\x1fdon't cry - live\x1f50")
OTHER = RecordingKey("tags:ミドリ\x1fガラス\x1f50")
MBID = RecordingKey("mbid:b1a9c0e9-d987-4042-ae91-78d6a3267d69")


@pytest.fixture
def older(tmp_path: Path) -> Database:
    """The database of an older Segue in ``tmp_path``, to be filled; the tests open it anew."""
    return an_older_database(tmp_path, "signs_in_keys")


def _open(older: Database) -> Database:
    older.close()
    return Database(older.path)


def _counted(database: Database) -> list[tuple[str, int, int]]:
    with database.read() as connection:
        return connection.execute("select recording_key, track_id, listens from listen_count order by 1, 2").fetchall()


def test_what_was_kept_under_both_signs_comes_together(older: Database) -> None:
    curly = with_key(older, "/m/curly.flac", CURLY, artist="Guns N’ Roses", title="Don’t Cry – Live")
    plain = with_key(older, "/m/plain.mp3", PLAIN, artist="Guns N' Roses", title="Don't Cry - Live")
    other = with_key(older, "/m/other.mp3", OTHER, artist="ミドリ", title="ガラス")
    known = with_key(older, "/m/known.mp3", MBID, artist="Guns N’ Roses", title="Don’t")
    plays = PlayStore(older)
    for at, track in enumerate([curly, curly, plain, other, known]):
        plays.append(a_play_of(track, at))
    strange = RecordingKey("tags:a\x1fit’s\x1f50"), RecordingKey("tags:a\x1fit's\x1f50")
    for at, key in enumerate(strange):
        plays.append(a_play_of(curly, 100 + at, track_id=None, recording_key=key, imported=True, client="last.fm"))
    FeedbackStore(older).append(Feedback(Said.LOVE, curly.id, CURLY, curly.title, curly.artist, NOW_MS))
    ImpressionStore(older).append([Impression(curly.id, CURLY, NOW_MS, "familiar", 0)])
    lists = PlaylistStore(older)
    lists.add(lists.create("Mine", now_ms=1).id, [NewEntry.of(curly), NewEntry()], now_ms=2)
    outside = replace(curly, id=TrackId(-7), path=b"/out/\xff.flac")
    QueueStore(older).save(SavedQueue((QueueEntry(1, outside, StartedBy.HAND),), (1,), 1), None)
    plays.checkpoint(a_play_of(curly, 500, played_ms=9_000))

    database = _open(older)
    assert keys_in(database, "track") == sorted([PLAIN, PLAIN, OTHER, MBID])
    assert keys_in(database, "play") == sorted([PLAIN] * 3 + [OTHER, MBID] + [strange[1]] * 2)
    assert (
        keys_in(database, "feedback")
        == keys_in(database, "impression")
        == keys_in(database, "play_in_progress")
        == [PLAIN]
    )
    assert keys_in(database, "playlist_entry") == ["", PLAIN]
    queue = QueueStore(database).load()
    assert queue is not None and queue.entries[0].track == replace(outside, recording_key=PLAIN)
    assert _counted(database) == sorted(
        [(PLAIN, curly.id, 2), (PLAIN, plain.id, 1), (OTHER, other.id, 1), (MBID, known.id, 1), (strange[1], 0, 2)]
    )
    assert {key: taste.plays for key, taste in PlayStore(database).tastes().items()}[PLAIN] == 3
    with database.read() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute("update play set title = 'x'")
    database.close()


def test_the_keys_are_those_that_a_scan_makes(older: Database) -> None:
    names = [("Guns N’ Roses", "“Don’t” — Cry"), ("Любэ", "«Батька»"), ("L'Arc〜en〜Ciel", "It‘s"), ("Plain", "Name")]
    for number, (artist, title) in enumerate(names):
        before = RecordingKey(f"tags:{artist.lower()}\x1f{title.lower()}\x1f50")
        with_key(older, f"/m/{number}.mp3", before, artist=artist, title=title)
    database = _open(older)
    now = [recording_key(Tags(artist=artist, title=title, duration_ms=200_000), b"") for artist, title in names]
    assert keys_in(database, "track") == sorted(now)
    database.close()


def test_a_library_without_such_signs_is_left_as_it_is(older: Database) -> None:
    track = with_key(older, "/m/a.mp3", OTHER, artist="ミドリ", title="ガラス")
    PlayStore(older).append(a_play_of(track, 0))
    counted = _counted(older)
    database = _open(older)
    assert _counted(database) == counted == [(OTHER, track.id, 1)]
    database.close()


def test_plays_of_the_other_sign_that_came_before_the_file_are_its_own(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    heard = replace(a_play(None, NOW_MS, title="Don't Cry", artist="Guns N' Roses"), imported=True, client="last.fm")
    key = recording_key(Tags(artist=heard.artist, title=heard.title, duration_ms=heard.duration_ms), b"")
    PlayStore(database).append(replace(heard, recording_key=key))
    names = {"artist": "Guns N’ Roses", "title": "Don’t Cry", "duration_ms": heard.duration_ms}
    track = with_key(database, "/m/a.flac", recording_key(Tags(**names), b""), **names)  # type: ignore[arg-type]
    assert _counted(database) == [(key, track.id, 1)]
    database.close()
