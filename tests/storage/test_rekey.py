"""Keys of recordings that hold marks: what was kept before goes over to them whole, and nothing is lost on the way."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.feedback import Feedback, Said
from app.domain.ids import RecordingKey, TrackId
from app.domain.impression import Impression
from app.domain.play import Play
from app.domain.playlist import NewEntry
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.recording import recording_key
from app.domain.tags import Tags
from app.domain.text import fold
from app.domain.track import Track
from app.storage.backup import backups
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.impressions import ImpressionStore
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore, StartedBy
from app.storage.queue import QueueStore
from app.storage.rekey import rekeyed
from app.storage.salvage import salvage
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_play
from tests.helpers.older import an_older_database

MIGRATION = "marks_in_keys"
BOTH = RecordingKey("tags:ミトリ\x1fカラス\x1f50")
"""What the two titles of one artist shared: no mark counted."""
GLASS, CROW = RecordingKey("tags:ミドリ\x1fガラス\x1f50"), RecordingKey("tags:ミドリ\x1fカラス\x1f50")
HORSE, COME = RecordingKey("tags:da\x1fม้า\x1f50"), RecordingKey("tags:da\x1fมา\x1f50")
BOTH_THAI = RecordingKey("tags:da\x1fมา\x1f50")
MBID = RecordingKey("mbid:b1a9c0e9-d987-4042-ae91-78d6a3267d69")
KEPT = ("track", "play", "feedback", "impression", "playlist_entry", "play_in_progress", "queue_entry", "listen_count")


def _before(artist: str, title: str, step: int = 50) -> RecordingKey:
    return RecordingKey(f"tags:{fold(artist)}\x1f{fold(title)}\x1f{step}")


def _track(store: TrackStore, path: str, key: str, **tags: object) -> Track:
    store.save([a_file(path, **{"artist": "ミドリ"} | tags)._replace(recording_key=RecordingKey(key))], NOW_MS)
    found = store.by_path(path.encode())
    assert found is not None
    return found


def _played(track: Track, at: int = 0, **other: object) -> Play:
    said = a_play(track.id, NOW_MS + at, title=track.title, artist=track.artist, recording_key=track.recording_key)
    return replace(said, **other)  # type: ignore[arg-type]


def _keys(database: Database, table: str, column: str = "recording_key") -> list[Any]:
    with database.read() as connection:
        return [row[0] for row in connection.execute(f"select {column} from {table} order by 1")]


def _rows(path: Path, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, and how the file is laid out; without some columns."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in KEPT:
            names = [row[1] for row in connection.execute(f"pragma table_info({table})")]
            wanted = ", ".join(name for name in names if name not in but)
            found[table] = sorted(connection.execute(f"select {wanted} from {table}").fetchall(), key=repr)
        found[""] = connection.execute("select type, name, sql from sqlite_master order by 1, 2").fetchall()
    return found


@pytest.fixture
def older(tmp_path: Path) -> Database:
    """The database of an older Segue in ``tmp_path``, to be filled; the tests open it anew."""
    return an_older_database(tmp_path, MIGRATION)


def _open(older: Database) -> Database:
    older.close()
    return Database(older.path)


def test_two_voiced_titles_come_apart_with_all_that_was_kept_of_each(older: Database) -> None:
    tracks, plays = TrackStore(older), PlayStore(older)
    glass = _track(tracks, "/m/glass.flac", BOTH, title="ガラス")
    crow = _track(tracks, "/m/crow.flac", BOTH, title="カラス", duration_ms=201_000)
    horse = _track(tracks, "/m/horse.flac", BOTH_THAI, artist="Da", title="ม้า")
    come = _track(tracks, "/m/come.flac", BOTH_THAI, artist="Da", title="มา")
    tracks.rate(glass.id, 80)
    for at, track in enumerate([glass, glass, crow, horse, horse, horse, come]):
        plays.append(_played(track, at))
    plays.append_many([_played(glass, 100 + n, track_id=None, imported=True, client="last.fm") for n in range(2)])
    FeedbackStore(older).append(Feedback(Said.LOVE, glass.id, BOTH, glass.title, glass.artist, NOW_MS))
    ImpressionStore(older).append([Impression(one.id, BOTH, NOW_MS, "familiar", 0) for one in (glass, crow)])
    lists = PlaylistStore(older)
    lists.add(lists.create("Mine", now_ms=1).id, [NewEntry.of(crow), NewEntry.of(glass), NewEntry()], now_ms=2)
    outside = replace(glass, id=TrackId(-7), path=b"/out/\xff.flac")
    entry = QueueEntry(1, outside, StartedBy.HAND)
    QueueStore(older).save(SavedQueue((entry,), (1,), 1), None)
    plays.checkpoint(_played(glass, 500, played_ms=9_000))
    keyed = ("recording_key", "outside", "listens")
    before = _rows(older.path, *keyed)

    database = _open(older)
    after = _rows(database.path, *keyed)
    assert {table: after[table] for table in KEPT[:-1]} == {table: before[table] for table in KEPT[:-1]}
    assert _keys(database, "track") == sorted([GLASS, CROW, HORSE, COME])
    assert _keys(database, "play") == sorted([GLASS] * 4 + [CROW] + [HORSE] * 3 + [COME])
    assert _keys(database, "feedback") == [GLASS]
    assert _keys(database, "impression") == sorted([GLASS, CROW])
    assert _keys(database, "playlist_entry") == ["", *sorted([GLASS, CROW])]
    assert _keys(database, "play_in_progress") == [GLASS]
    queue = QueueStore(database).load()
    assert queue is not None and queue.entries == (replace(entry, track=replace(outside, recording_key=GLASS)),)
    tastes = PlayStore(database).tastes()
    assert {key: taste.plays for key, taste in tastes.items()} == {GLASS: 4, CROW: 1, HORSE: 3, COME: 1}
    assert _listens(database) == {"ガラス": 4, "カラス": 1, "ม้า": 3, "มา": 1}
    database.close()


def _listens(database: Database) -> dict[str, int]:
    """How often the recording of each track was listened to."""
    with database.read() as connection:
        return dict(
            connection.execute(
                "select title, (select sum(listens) from listen_count c where c.recording_key = t.recording_key) "
                "from track t"
            ).fetchall()
        )


def test_the_keys_are_those_that_a_scan_and_an_import_make(older: Database) -> None:
    names = [
        ("ミドリ", "ガラス"),
        ("Да", "Мой"),
        ("Ida Ravn", "Été"),
        ("फ़रीदा", "क्या"),
        ("Zoë", "ÆØ ＡＢ ﬁ"),
        ("כ", "שָׁלוֹם"),
    ]
    tracks, plays = TrackStore(older), PlayStore(older)
    for number, (artist, title) in enumerate(names):
        track = _track(tracks, f"/m/{number}.mp3", _before(artist, title), artist=artist, title=title)
        plays.append(_played(track, number))
    database = _open(older)
    wanted = sorted(recording_key(Tags(title=t, artist=a, duration_ms=200_000), b"") for a, t in names)
    assert _keys(database, "track") == _keys(database, "play") == wanted
    database.close()


def test_the_length_in_a_key_stays_that_of_the_copy_it_was_given(older: Database) -> None:
    _track(TrackStore(older), "/m/1.mp3", "tags:ミトリ\x1fカラス\x1f49", title="ガラス", duration_ms=200_000)
    database = _open(older)
    assert _keys(database, "track") == ["tags:ミドリ\x1fガラス\x1f49"]
    database.close()


def test_what_goes_by_something_else_than_its_names_keeps_its_key(older: Database) -> None:
    tracks, plays = TrackStore(older), PlayStore(older)
    for number, key in enumerate(
        [MBID, "path:0123", "", "tags:ミトリ", "tags:ほか\x1fもの\x1f50", "tags:a\x1fb\x1fc\x1fd"]
    ):
        plays.append(_played(_track(tracks, f"/m/{number}.mp3", key, title="ガラス"), number))
    before = _rows(older.path)
    database = _open(older)
    database.close()
    changed = set(_rows(older.path)) ^ set(before)
    assert not [line for line in changed if 'INTO "play"' in line or 'INTO "track"' in line]


def test_a_row_whose_words_are_not_those_of_its_key_follows_its_track(older: Database) -> None:
    tracks, plays = TrackStore(older), PlayStore(older)
    glass = _track(tracks, "/m/1.mp3", BOTH, title="ガラス", artist="by path", album_artist="ミドリ")
    crow = _track(tracks, "/m/2.mp3", BOTH, title="カラス")
    plays.append(_played(glass, 1, artist=""))
    plays.append(_played(crow, 2, artist=""))
    plays.append(_played(glass, 3, artist="", recording_key=_before("x", "パ")))  # retagged since
    plays.append(_played(glass, 4, artist="", track_id=None))  # its track is gone, and two have taken its key apart
    database = _open(older)
    assert [play.recording_key for play in reversed(PlayStore(database).recent(9))] == [
        GLASS, CROW, _before("x", "パ"), BOTH,
    ]  # fmt: skip
    database.close()


def test_what_has_no_words_and_no_track_goes_where_all_tracks_of_its_key_went(older: Database) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    ImpressionStore(older).append([Impression(None, glass.recording_key, NOW_MS, "never", 3)])
    ImpressionStore(older).append([Impression(None, MBID, NOW_MS, "never", 3)])
    database = _open(older)
    assert _keys(database, "impression") == [MBID, GLASS]
    database.close()


def test_logs_are_only_added_to_as_before(older: Database) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    PlayStore(older).append(_played(glass))
    FeedbackStore(older).append(Feedback(Said.LESS, glass.id, BOTH, glass.title, glass.artist, NOW_MS))
    ImpressionStore(older).append([Impression(glass.id, BOTH, NOW_MS, "never", 3)])
    database = _open(older)
    for table in ("play", "feedback", "impression"):
        for wish in (f"update {table} set recording_key = 'x'", f"delete from {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"), database.write() as connection:
                connection.execute(wish)
    database.close()
    (new := database.path.parent / "new").mkdir()
    a_database(new).close()
    assert _rows(new / "segue.db")[""] == _rows(database.path)[""]


def test_the_copy_made_before_holds_the_old_keys_and_goes_over_again(older: Database, tmp_path: Path) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    PlayStore(older).append(_played(glass))
    _open(older).close()
    (copy,) = backups(tmp_path / "backups")
    assert copy.why.startswith("before-") and copy.why.endswith(MIGRATION)
    with closing(sqlite3.connect(copy.path)) as kept:
        assert kept.execute("select recording_key from play").fetchall() == [(BOTH,)]
    after = _rows(older.path)
    database = Database(older.path)
    database.close()
    assert _rows(older.path) == after
    assert len(backups(tmp_path / "backups")) == 1
    restored = Database(copy.path)
    assert _keys(restored, "play") == [GLASS]
    restored.close()


def test_plays_of_today_that_were_taken_over_into_an_old_backup_stay_as_they_are(
    older: Database, tmp_path: Path
) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    PlayStore(older).append(_played(glass))
    database = _open(older)
    (copy,) = backups(tmp_path / "backups")
    PlayStore(database).append(_played(glass, 9, recording_key=GLASS))
    PlayStore(database).append(_played(glass, 10, recording_key=CROW, title="カラス"))
    database.close()
    assert salvage(database.path, copy.path).plays == 2
    restored = Database(copy.path)
    assert _keys(restored, "play") == sorted([GLASS, GLASS, CROW])
    restored.close()


def _odd(key: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """SQL of a key, an artist and a title that no Segue writes."""
    marks = "char(0x0E49, 0x0E38)"
    return [
        ("x'74616773'", "x'00ff'", "x'ff'"),
        (key("a"), "cast(x'ff41' as text)", "cast(x'c328' as text)"),
        ("cast(x'746167733aff1f411f3530' as text)", "'a'", "'b'"),
        (key("b"), "1e999", "-7"),
        (key("c"), "'x' || char(0) || 'y'", "char(0x3099)"),
        (key("d"), "'a'", f"replace(hex(zeroblob(500000)), '00', {marks})"),
        ("'tags:' || char(31) || char(31)", "''", "''"),
        ("'tags:' || replace(hex(zeroblob(3000)), '00', char(31))", "''", "''"),
        (key("e"), "char(0xD7FF, 0x10FFFF)", "'\U000e0001'"),
    ]


def test_odd_rows_stay_as_they_are_and_keep_nothing_from_opening(older: Database) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    PlayStore(older).append(_played(glass))
    deep = '{"recording_key": ' + "[" * 200_000
    outside = [deep, "{}", "[]", "null", '"x"', json.dumps({"recording_key": 3, "title": [], "artist": "a"}), "\ud800"]
    with older.write() as connection:
        for key, artist, title in _odd(lambda name: f"'tags:{name}' || char(31) || 'b' || char(31) || '50'"):
            connection.execute(
                "insert into play (track_id, recording_key, title, artist, album, duration_ms, started_at, played_ms, "
                f"started_by, ended_by, client, client_version) values (null, {key}, {title}, {artist}, '', 'long', "
                "'then', 9e9, 'hand', 'finished', '', '')"
            )
            connection.execute(
                "insert into feedback (kind, recording_key, title, artist, said_at) values "
                f"('love', {key}, {title}, {artist}, 1)"
            )
            connection.execute(
                "insert into playlist_entry (playlist_id, location, title, artist, album, duration_ms, recording_key, "
                f"audio_hash) select id, '', {title}, {artist}, '', -1, {key}, '' from playlist"
            )
            connection.execute(f"insert into impression values (null, 99, {key}, 1, 'never', -1)")
        connection.executemany(
            "insert into queue_entry (track_id, started_by, context, outside) values (-1, '', '', cast(? as text))",
            [(said.encode("utf-8", "surrogatepass"),) for said in outside],
        )
        connection.execute(
            "insert into queue_entry (track_id, started_by, context, outside) values (-1, '', '', x'ff')"
        )
    with closing(sqlite3.connect(older.path)) as connection:
        question = "select hex(recording_key), hex(title), hex(artist) from play order by id"
        before = connection.execute(question).fetchall()
        queued = connection.execute("select hex(outside) from queue_entry order by id").fetchall()
    database = _open(older)
    with database.read() as reading:
        assert reading.execute(question).fetchall()[1:] == before[1:]
        assert reading.execute("select hex(outside) from queue_entry order by id").fetchall() == queued
        assert reading.execute("select recording_key from play where id = 1").fetchone() == (GLASS,)
    database.close()


def test_what_stops_midway_leaves_the_old_library_rows(older: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    glass = _track(TrackStore(older), "/m/1.mp3", BOTH, title="ガラス")
    PlayStore(older).append(_played(glass))
    older.close()
    before = _rows(older.path)

    def broken(connection: sqlite3.Connection) -> None:
        connection.create_function("rekeyed", 3, lambda key, _artist, _title: key)
        connection.create_function("rekeyed_outside", 1, lambda _kept: 1 / 0)

    with monkeypatch.context() as breaking, pytest.raises(sqlite3.OperationalError):
        breaking.setattr("app.storage.rekey.teach", broken)
        with closing(sqlite3.connect(older.path)) as connection:
            connection.execute("insert into queue_entry values (1, -1, '', '', '{}')")
            connection.commit()
        before = _rows(older.path)
        Database(older.path)
    assert _rows(older.path) == before
    database = Database(older.path)
    assert _keys(database, "play") == [GLASS]
    database.close()


def test_a_key_of_other_names_is_none_of_these() -> None:
    assert rekeyed(BOTH, "ミドリ", "ガラス") == rekeyed(GLASS, "ミドリ", "ガラス") == GLASS
    assert rekeyed(BOTH, "ミドリ", "カラスX") is None
    assert rekeyed(CROW, "ミドリ", "ガラス") is None
    assert rekeyed(MBID, "ミドリ", "ガラス") is None
