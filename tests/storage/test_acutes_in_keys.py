"""Don´t, with an acute accent, is Don't: what was kept under two keys comes together, and nothing is lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.feedback import Feedback, Said
from app.domain.ids import RecordingKey, TrackId
from app.domain.impression import Impression
from app.domain.playlist import NewEntry
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.recording import recording_key
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.impressions import ImpressionStore
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore, StartedBy
from app.storage.queue import QueueStore
from tests.helpers.builders import NOW_MS, a_file
from tests.helpers.older import a_play_of, an_older_database, keys_in, with_key

ACUTE = RecordingKey("tags:guns n roses\x1fdon t cry\x1f50")
PLAIN = RecordingKey("tags:guns n' roses\x1fdon't cry\x1f50")
SPACED = RecordingKey("tags:don\x1fdon t cry\x1f50")


@pytest.fixture
def older(tmp_path: Path) -> Database:
    """The database of an older Segue in ``tmp_path``, to be filled; the tests open it anew."""
    return an_older_database(tmp_path, "acutes_in_keys")


def test_what_was_kept_under_both_comes_together(older: Database) -> None:
    acute = with_key(older, "/m/acute.flac", ACUTE, artist="Guns N´ Roses", title="Don´t Cry")
    plain = with_key(older, "/m/plain.mp3", PLAIN, artist="Guns N' Roses", title="Don't Cry")
    spaced = with_key(older, "/m/spaced.mp3", SPACED, artist="Don", title="Don t Cry")
    plays = PlayStore(older)
    for at, track in enumerate([acute, acute, plain, spaced]):
        plays.append(a_play_of(track, at))
    plays.append(a_play_of(acute, 100, track_id=None, imported=True, client="last.fm"))
    FeedbackStore(older).append(Feedback(Said.LOVE, acute.id, ACUTE, acute.title, acute.artist, NOW_MS))
    ImpressionStore(older).append([Impression(acute.id, ACUTE, NOW_MS, "familiar", 0)])
    lists = PlaylistStore(older)
    lists.add(lists.create("Mine", now_ms=1).id, [NewEntry.of(acute), NewEntry()], now_ms=2)
    outside = replace(acute, id=TrackId(-7), path=b"/out/\xff.flac")
    QueueStore(older).save(SavedQueue((QueueEntry(1, outside, StartedBy.HAND),), (1,), 1), None)
    plays.checkpoint(a_play_of(acute, 500, played_ms=9_000))
    with older.write() as connection:
        connection.execute("insert into heard_before (recording_key, track_id) values (?, ?)", (ACUTE, acute.id))
    older.close()

    database = Database(older.path)
    assert keys_in(database, "track") == sorted([PLAIN, PLAIN, SPACED])
    assert keys_in(database, "play") == sorted([PLAIN] * 4 + [SPACED])
    assert (
        keys_in(database, "feedback")
        == keys_in(database, "impression")
        == keys_in(database, "play_in_progress")
        == [PLAIN]
    )
    assert keys_in(database, "playlist_entry") == ["", PLAIN]
    queue = QueueStore(database).load()
    assert queue is not None
    assert queue.entries[0].track == replace(outside, recording_key=PLAIN)
    with database.read() as connection:
        counted = connection.execute("select * from listen_count order by recording_key, track_id").fetchall()
        assert counted == [(SPACED, spaced.id, 1), (PLAIN, acute.id, 3), (PLAIN, plain.id, 1)]
        assert connection.execute("select heard from form").fetchone() == (0,)
        with pytest.raises(Exception, match="append-only"):
            connection.execute("update play set title = 'x'")
    database.close()


def test_the_keys_are_those_that_a_scan_makes(older: Database) -> None:
    names = [("Guns N´ Roses", "Don´t"), ("Beyoncé", "´74 – ´75"), ("A", "´"), ("A ´ B", "C´")]
    before = ["guns n roses\x1fdon t", "beyonce\x1f74 - 75", "a\x1f", "a b\x1fc"]
    for number, ((artist, title), key) in enumerate(zip(names, before, strict=True)):
        with_key(older, f"/m/{number}.mp3", RecordingKey(f"tags:{key}\x1f50"), artist=artist, title=title)
    older.close()
    database = Database(older.path)
    now = [
        recording_key(a_file("/x", artist=artist, title=title).tags._replace(duration_ms=200_000), b"")
        for artist, title in names
    ]
    assert keys_in(database, "track") == sorted(now)
    database.close()
