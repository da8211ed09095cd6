"""What is newer than a backup comes along when it is restored: verdicts, playlists and ratings, as plays do."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.paths import resources
from app.domain.feedback import Feedback, FeedbackId, Said
from app.domain.ids import RecordingKey, TrackId
from app.domain.playlist import PlaylistId, SmartRule
from app.storage.backup import Backup, back_up
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.playlists import PlaylistStore
from app.storage.restore import Restored, restore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import DAY_MS, HOUR_MS, NOW_MS, a_database, a_file, a_library

LATER = NOW_MS + HOUR_MS


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A library of twenty tracks, two lists and two verdicts."""
    opened = a_database(tmp_path)
    a_library(opened, 20)
    lists = PlaylistStore(opened)
    lists.add(lists.create("Calm", now_ms=NOW_MS).id, [TrackId(1), TrackId(2)], now_ms=NOW_MS)
    lists.add(lists.create("Loud", now_ms=NOW_MS).id, [TrackId(3)], now_ms=NOW_MS)
    _say(opened, Said.LOVE, 1, NOW_MS)
    _say(opened, Said.LESS, 2, NOW_MS + 1)
    yield opened
    opened.close()


def _say(database: Database, what: Said, track: int, at_ms: int, undoes: FeedbackId | None = None) -> FeedbackId:
    said = Feedback(what, TrackId(track), RecordingKey(f"k{track}"), f"T{track}", "A", at_ms, undoes)
    made = FeedbackStore(database).append(said).id
    assert made is not None
    return made


def _backed_up(database: Database) -> Backup:
    made = back_up(database.path, database.path.parent / "backups", NOW_MS)
    assert made is not None
    return made


def _put_back(database: Database, backup: Backup) -> Restored:
    database.close()
    return restore(database.path, backup, resources() / "migrations", NOW_MS + DAY_MS)


def _titles(database: Database, name: str) -> list[str]:
    lists = PlaylistStore(database)
    (playlist,) = lists.named(name)
    return [entry.title for entry in lists.entries(playlist.id)]


def _all(database: Database) -> dict[str, list[str]]:
    return {one.name: _titles(database, one.name) for one in PlaylistStore(database).all()}


def test_verdicts_made_after_the_backup_come_along_and_undo_what_they_undid(database: Database) -> None:
    old = FeedbackStore(database).all()[1].id
    backup = _backed_up(database)
    new = _say(database, Said.NEVER_TRACK, 3, LATER)
    _say(database, Said.UNDO, 3, LATER + 1, new)
    _say(database, Said.UNDO, 2, LATER + 2, old)
    before = FeedbackStore(database).all()
    done = _put_back(database, backup)
    assert (done.taken.feedback, FeedbackStore(database).all()) == (3, before)
    assert "3 newer verdicts on suggestions." in str(done)


def test_verdicts_of_a_library_begun_anew_join_those_of_the_backup_with_their_undoing(database: Database) -> None:
    backup = _backed_up(database)
    old = FeedbackStore(database).all()
    database.close()
    database.path.unlink()
    fresh = Database(database.path, anew=True)
    TrackStore(fresh).save([a_file("/music/x.flac", title="X")], NOW_MS)
    _say(fresh, Said.UNDO, 1, LATER + 1, _say(fresh, Said.NOT_NOW, 1, LATER))
    fresh.close()
    assert _put_back(database, backup).taken.feedback == 2
    kept = FeedbackStore(database).all()
    assert kept[:2] == old
    assert kept[3].undoes == kept[2].id
    here = TrackStore(database).by_path(b"/music/x.flac")
    assert here is not None
    assert kept[2].track_id == here.id


def test_lists_made_or_changed_after_the_backup_come_along_as_they_were(database: Database) -> None:
    backup = _backed_up(database)
    lists = PlaylistStore(database)
    lists.add(PlaylistId(1), [TrackId(5)], at=0, now_ms=LATER)
    lists.rename(PlaylistId(2), "Louder", now_ms=LATER)
    lists.add(lists.create("New", now_ms=LATER).id, [TrackId(7), TrackId(7)], now_ms=LATER)
    lists.create("Rule", SmartRule("year:1990..", "title", True, 5), now_ms=LATER)
    lists.delete(lists.create("Gone", now_ms=LATER).id, now_ms=LATER + 1)
    before, rules = _all(database), [one.rule for one in lists.all()]
    done = _put_back(database, backup)
    assert (done.taken.playlists, _all(database)) == (4, before)
    assert [one.rule for one in PlaylistStore(database).all()] == rules
    lists.add(PlaylistId(1), [TrackId(6)], now_ms=LATER + 2)
    edit = lists.last_edit(PlaylistId(1))
    assert edit is not None
    lists.undo(edit.id)
    assert _all(database) == before


def test_a_list_deleted_after_the_backup_is_there_again(database: Database) -> None:
    backup = _backed_up(database)
    before = _all(database)
    PlaylistStore(database).delete(PlaylistId(1), now_ms=LATER)
    assert (_put_back(database, backup).taken.playlists, _all(database)) == (0, before)


def test_a_list_of_another_library_with_the_same_name_and_number_stands_beside_it(database: Database) -> None:
    backup = _backed_up(database)
    database.close()
    database.path.unlink()
    fresh = Database(database.path, anew=True)
    TrackStore(fresh).save([a_file("/music/x.flac", title="X")], NOW_MS)
    lists = PlaylistStore(fresh)
    lists.add(lists.create("calm", now_ms=LATER).id, [TrackId(1)], now_ms=LATER)
    fresh.close()
    _put_back(database, backup)
    assert _all(database)["calm (2)"] == ["X"]
    assert len(_all(database)["Calm"]) == 2


def test_stars_given_after_the_backup_come_along(database: Database) -> None:
    backup = _backed_up(database)
    TrackStore(database).rate(TrackId(4), 80)
    _put_back(database, backup)
    assert TrackStore(database).get([TrackId(4)])[0].rating == 80


def test_folders_added_after_the_backup_come_along_and_what_left_the_list_does_not(database: Database) -> None:
    roots = RootStore(database)
    roots.add(b"/music", NOW_MS)
    backup = _backed_up(database)
    for path in (b"/more \xe9", b"/gone", b"/music"):
        roots.add(path, LATER)
    roots.leave(b"/gone")
    done = _put_back(database, backup)
    assert roots.all() == [b"/music", b"/more \xe9"]
    assert done.taken.folders == 1 and "1 newer music folder" in str(done)


def test_a_damaged_page_of_entries_costs_no_more_than_what_was_on_it(database: Database) -> None:
    lists = PlaylistStore(database)
    lists.add(PlaylistId(1), [TrackId(n % 20 + 1) for n in range(3_000)], now_ms=NOW_MS)
    backup = _backed_up(database)
    lists.add(PlaylistId(2), [TrackId(n % 20 + 1) for n in range(3_000)], now_ms=LATER)
    lists.move(PlaylistId(1), [lists.entries(PlaylistId(1))[-1].id], 0, now_ms=LATER)
    before = _all(database)
    database.close()
    with sqlite3.connect(database.path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        size = connection.execute("pragma page_size").fetchone()[0]
        (root,) = connection.execute("select rootpage from sqlite_master where name = 'playlist_entry'").fetchone()
    connection.close()
    raw = bytearray(database.path.read_bytes())
    kind = raw[(root - 1) * size]
    assert kind == 5  # an inner page: its leaves hold the rows
    count = int.from_bytes(raw[(root - 1) * size + 3 : (root - 1) * size + 5], "big")
    for cell in (count // 4, count * 3 // 4):
        at = (root - 1) * size + 12 + 2 * cell
        offset = (root - 1) * size + int.from_bytes(raw[at : at + 2], "big")
        leaf = int.from_bytes(raw[offset : offset + 4], "big")
        raw[(leaf - 1) * size : leaf * size] = b"\x5a" * size
    database.path.write_bytes(raw)

    done = _put_back(database, backup)

    after = _all(database)
    assert done.taken.playlists == 2
    assert after["Calm"] == before["Calm"]  # the backup still had those rows
    assert 2_500 < len(after["Loud"]) < 3_001


@pytest.mark.parametrize("in_backup", [True, False])
@pytest.mark.parametrize("table", ["feedback", "playlist", "playlist_entry"])
def test_a_file_of_before_there_was_such_a_thing_is_no_trouble(database: Database, table: str, in_backup: bool) -> None:
    backup = _backed_up(database)
    TrackStore(database).rate(TrackId(9), 60)
    database.close()
    connection = sqlite3.connect(backup.path if in_backup else database.path)
    connection.execute("pragma foreign_keys = off")
    connection.execute(f"drop table {table}")
    connection.close()
    assert _put_back(database, backup).taken.plays == 0
    assert TrackStore(database).get([TrackId(9)])[0].rating == 60
