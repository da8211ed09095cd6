"""A bus that is lost makes no play two, and a bug met in one player costs the others nothing."""

from dataclasses import replace

import pytest

from app.companion.events import Ignoring, Listed, SentTo
from app.companion.follower import SENT_MS
from app.domain.play import StartedBy
from tests.companion.test_follower import ONE, PLAYING, STOPPED, TWO, UTC, Stage, cut_off
from tests.companion.test_meter import Desk


def lost_and_back(stage: Stage, seconds: int = 5) -> None:
    stage.leave("vlc 1", lost=True)
    stage.wait(seconds)
    stage.come("vlc 1")


def test_what_goes_on_when_it_is_saved_says_how_it_would_have_ended() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(100)
    assert stage.log.kept["vlc 1"].ended_by.value == "replaced"
    stage.look("vlc 1", ONE, position_ms=196_000)
    stage.wait(4)
    assert stage.log.kept["vlc 1"].ended_by.value == "finished"
    stage.leave("vlc 1", lost=True)
    stage.follower.end(stage.now)
    assert stage.how() == [("One", 104_000, "finished")]


def test_a_companion_that_is_restarted_makes_no_play_two() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(90)
    stage.follower.leave(stage.now)
    assert stage.how() == []
    kept = stage.log.kept["vlc 1"]
    assert (kept.title, kept.played_ms) == ("One", 90_000)
    after = Stage(cut_off={"vlc 1": kept})
    after.come("vlc 1")
    after.take(Listed())
    after.look("vlc 1", ONE, position_ms=93_000)
    after.wait(30)
    after.look("vlc 1", TWO)
    after.wait(3)
    after.follower.end(after.now)
    assert after.how() == [("One", 120_000, "skipped"), ("Two", 3_000, "replaced")]


def test_a_play_that_ends_before_it_says_where_it_is_after_the_bus_was_lost_is_one_row() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(150)
    lost_and_back(stage)
    stage.look("vlc 1", ONE)
    stage.wait(3)
    stage.look("vlc 1", TWO)
    stage.take(Listed())
    stage.wait(3)
    stage.follower.end(stage.now)
    assert stage.how() == [("One", 153_000, "skipped"), ("Two", 3_000, "replaced")]
    assert stage.log.plays[0][1].started_at == UTC + 100_000


@pytest.mark.parametrize("gone", ["player", "companion"])
def test_one_that_is_gone_before_it_says_where_it_is_is_one_row_too(gone: str) -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(20)
    lost_and_back(stage)
    stage.look("vlc 1", ONE)
    stage.wait(2)
    if gone == "player":
        stage.leave("vlc 1")
    stage.follower.end(stage.now)
    assert stage.how() == [("One", 22_000, "replaced")]


def test_a_bus_that_is_lost_twice_in_a_row_leaves_the_play_one_and_loses_nothing_of_it() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(10)
    lost_and_back(stage)
    stage.look("vlc 1", ONE)
    stage.wait(2)
    lost_and_back(stage)
    stage.look("vlc 1", ONE, position_ms=24_000)
    stage.wait(3)
    stage.follower.end(stage.now)
    assert stage.how() == [("One", 15_000, "replaced")]


def test_another_track_that_plays_when_the_bus_is_lost_again_leaves_the_first_as_it_was() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(10)
    stage.leave("vlc 1", lost=True)
    stage.come("vlc 1")
    stage.look("vlc 1", TWO)
    lost_and_back(stage, 1)
    stage.follower.end(stage.now)
    assert stage.how() == [("One", 10_000, "replaced")]


def test_a_play_that_was_cut_off_keeps_who_began_it_when_it_is_joined() -> None:
    before = {"vlc 1": replace(cut_off()["vlc 1"], started_by=StartedBy.SUGGESTION, context="panel")}
    stage = Stage(cut_off=before)
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(2)
    stage.look("vlc 1", TWO)
    ((_, play),) = stage.log.plays
    assert (play.played_ms, play.started_by, play.context) == (32_000, StartedBy.SUGGESTION, "panel")


def test_what_ended_before_the_track_that_plays_is_kept_when_the_bus_is_lost() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(200)
    stage.look("vlc 1", ONE, STOPPED)
    stage.look("vlc 1", ONE)
    stage.wait(2)
    stage.leave("vlc 1", lost=True)
    assert stage.how() == [("One", 200_000, "finished")]
    stage.follower.end(stage.now)
    assert stage.how()[1:] == [("One", 2_000, "replaced")]


def test_a_track_that_plays_already_is_no_suggestion_because_it_is_sent_once_more() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(60)
    stage.take(SentTo("vlc", stage.now, b"/m/1.flac"))
    stage.wait(3)
    stage.look("vlc 1", ONE)
    stage.wait(3)
    stage.follower.end(stage.now)
    assert [play.started_by for _, play in stage.log.plays] == [StartedBy.QUEUE]


def test_nor_where_it_was_forgotten_meanwhile_and_so_has_another_number() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(60)
    stage.take(Ignoring(frozenset({"vlc"}), stage.now))
    stage.take(Ignoring(frozenset(), stage.now))
    stage.wait(5)
    stage.take(SentTo("vlc", stage.now, b"/m/1.flac"))
    stage.wait(3)
    stage.follower.end(stage.now)
    assert [play.started_by for _, play in stage.log.plays] == [StartedBy.QUEUE]


def test_a_plug_in_may_say_a_moment_late_that_what_plays_was_chosen() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(1)
    stage.take(SentTo("vlc", stage.now, b"/m/1.flac"))
    stage.wait(9)
    stage.follower.end(stage.now)
    assert [play.started_by for _, play in stage.log.plays] == [StartedBy.SUGGESTION]


def test_what_was_sent_to_players_that_are_not_there_is_not_remembered() -> None:
    stage = Stage()
    stage.take(SentTo("", stage.now, b"/m/1.flac"))
    for number in range(100):
        stage.take(SentTo(f"ghost{number}", stage.now, b"/m/1.flac"))
        stage.seconds += 1
    assert len(stage.follower._sent) <= SENT_MS // 1_000 + 1
    assert "" not in stage.follower._sent


@pytest.mark.parametrize("ends", [True, False])
def test_a_bug_met_in_one_player_stops_neither_tick_nor_end_of_the_others(
    monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    stage = Stage()
    for key in ("bad 1", "vlc 2", "mpv 3"):
        stage.come(key)
        stage.look(key, ONE)

    def breaks(_now: object) -> None:
        raise ZeroDivisionError

    meter = stage.follower._players["bad 1"].meter
    monkeypatch.setattr(meter, "end" if ends else "tick", breaks)
    if not ends:
        stage.seconds += 5
        with pytest.raises(ExceptionGroup):
            stage.follower.tick(stage.now)
        assert {"vlc 2", "mpv 3"} <= stage.log.kept.keys()
        return
    stage.wait(5)
    with pytest.raises(ExceptionGroup):
        stage.follower.end(stage.now)
    assert {(owner, ms) for owner, _, ms in stage.told()} == {("vlc 2", 5_000), ("mpv 3", 5_000)}


def test_what_is_shown_is_told_also_where_a_player_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stage.follower, "_note_start", breaks)
    stage.come("mpv 2")
    with pytest.raises(ZeroDivisionError):
        stage.look("mpv 2", TWO)
    assert [each.state for each in stage.shown.players] == [PLAYING, PLAYING]


@pytest.mark.parametrize(
    ("began_ago_ms", "position_ms", "heard_ms"),
    [
        (32_000, 32_000, 37_000),  # it never stopped
        (32_300, 31_900, 36_900),  # as coarse as players are
        (60_000, 32_000, 30_000),  # it stood still, nobody knows when
        (32_000, 90_000, 30_000),  # somebody jumped ahead
        (16_000, 32_000, 30_000),  # at double speed
    ],
)
def test_what_was_heard_while_nobody_looked_counts_where_the_clock_proves_it(
    began_ago_ms: int, position_ms: int, heard_ms: int
) -> None:
    desk = Desk().plays_from(ONE, position_ms)
    assert desk.meter.resume(desk.now, desk.now.utc_ms - began_ago_ms, 25_000)
    assert [play.heard_ms for play in desk.waits(5, upto=position_ms + 5_000).leaves()] == [heard_ms]
