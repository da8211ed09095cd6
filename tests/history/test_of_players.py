"""The plays of other players beside our own: written together, none clears another's, nothing is lost to a lock."""

import sqlite3
from pathlib import Path

import pytest

from app.domain.errors import DatabaseLocked
from app.domain.play import Play
from app.history.of_players import PlayersHistory
from app.storage.plays import PlayStore
from tests.helpers.builders import a_database, a_library, a_play


def test_each_player_s_play_goes_on_until_its_own_end_and_is_found_after_a_crash(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    a_library(database, 3)
    plays, told = PlayStore(database), list[Play]()
    plays.checkpoint(a_play(1))
    history = PlayersHistory(plays)
    history.going("vlc 1", a_play(2, played_ms=4_000))
    history.going("mpv 2", a_play(3, played_ms=5_000))
    history.going("mad 3", a_play(3, played_ms=6_000))
    history.write(told.append)
    history.ended("vlc 1", a_play(2))
    history.forget("mad 3")
    history.write(told.append)
    assert [play.track_id for play in told] == [2] and not history.behind
    assert {owner: play.played_ms for owner, play in PlayersHistory(plays).cut_off().items()} == {"mpv 2": 5_000}
    assert plays.in_progress() is not None, "our own goes on"
    database.close()


def test_what_cannot_be_written_now_is_written_later(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    a_library(database, 3)
    history, told = PlayersHistory(PlayStore(database)), list[Play]()
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("begin immediate")
    history.ended("vlc 1", a_play(1))
    history.ended("mpv 2", a_play(2))
    history.forget("mad 3")
    with pytest.raises(DatabaseLocked):
        history.write(told.append)
    assert history.behind and told == []
    other.execute("rollback")
    other.close()
    history.write(told.append)
    assert {play.track_id for play in told} == {1, 2} and not history.behind
    database.close()
