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


@pytest.mark.slow
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


def test_a_bug_with_one_player_s_play_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = a_database(tmp_path)
    a_library(database, 3)
    plays, told = PlayStore(database), list[Play]()
    history, append, broken = PlayersHistory(plays), plays.append, True

    def breaks(play: Play, wait_ms: int, owner: str) -> Play:
        if broken and owner == "mad 1":
            raise MemoryError
        return append(play, wait_ms, owner)

    monkeypatch.setattr(plays, "append", breaks)
    plays.checkpoint(a_play(3), owner="shy 3")
    for number, owner in enumerate(("mad 1", "vlc 2"), 1):
        history.ended(owner, a_play(number))
    history.forget("shy 3")
    with pytest.raises(ExceptionGroup) as met:
        history.write(told.append, patient=True)
    assert [type(each) for each in met.value.exceptions] == [MemoryError]
    assert ([play.track_id for play in told], history.behind, history.cut_off()) == ([2], True, {})
    broken = False
    history.write(told.append)
    assert [play.track_id for play in told] == [2, 1] and not history.behind
    database.close()


def test_nothing_is_held_of_players_that_are_gone_once_their_plays_are_written(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    a_library(database, 3)
    history, told = PlayersHistory(PlayStore(database)), list[Play]()
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("begin immediate")
    history.ended("vlc 1", a_play(1))
    history.left("vlc 1")
    with pytest.raises(DatabaseLocked):
        history.write(told.append)
    other.execute("rollback")
    other.close()
    for number in range(2, 50):
        history.ended(f"vlc {number}", a_play(1 + number % 3))
        history.left(f"vlc {number}")
        history.left(f"ghost {number}")
    history.going("mpv 9", a_play(3))
    history.ended("back 1", a_play(2))
    history.left("back 1")
    history.going("back 1", a_play(2, played_ms=7))
    history.write(told.append)
    assert len(told) == 50
    assert history._histories.keys() == {"mpv 9", "back 1"}, "one that is back is there"
    history.left("mpv 9")
    history.write(told.append)
    assert history._histories.keys() == {"back 1"} and not history._left
    database.close()
