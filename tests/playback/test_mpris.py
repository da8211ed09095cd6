"""What the desktop is told: names, units and limits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.playback.mpris import NO_TRACK, Snapshot, jumped, microseconds, offset_ms_of, percent_of, repeat_of, text
from tests.playback.sounds import a_track

ENTRY = QueueEntry(7, a_track(1), StartedBy.HAND)
PLAYING = Snapshot(PlaybackState.PLAYING, ENTRY, 60_000, count=2, goes_on=True)


def test_nothing_is_a_track_without_a_name() -> None:
    assert Snapshot().metadata() == {"mpris:trackid": ("o", NO_TRACK)}
    assert not Snapshot().can_play


def test_lists_keep_their_type_when_they_are_empty_and_numbers_stay_in_range() -> None:
    track = replace(ENTRY.track, artist="", genre="", track_no=2**40, year=None, rating=250)
    told = replace(PLAYING, current=replace(ENTRY, track=track)).metadata()
    assert told["xesam:artist"] == told["xesam:genre"] == ("as", [])
    assert told["xesam:trackNumber"] == ("i", 2**31 - 1)
    assert told["xesam:userRating"] == ("d", 1.0)
    assert told["mpris:length"] == ("x", 60_000_000)
    assert "xesam:contentCreated" not in told


@given(st.text(st.characters(), max_size=2_000))
def test_any_text_can_travel(value: str) -> None:
    found = text(value + "\ud800\0")
    assert "\0" not in found
    assert len(found.encode("utf-8")) <= 4_000


def test_lengths_volumes_and_modes_have_limits() -> None:
    assert microseconds(2**62) == 2**63 - 1
    assert [percent_of(v) for v in (-1.0, 0.5, float("inf"), float("nan"))] == [0, 50, 100, None]
    assert [repeat_of(loop) for loop in ("None", "Track", "Playlist", "")] == ["off", "one", "all", None]


@pytest.mark.parametrize(("offset_us", "offset_ms"), [(-(2**63), -(2**31) + 1), (5_000_000, 5_000), (-1, -1)])
def test_no_jump_is_longer_than_a_track_can_be(offset_us: int, offset_ms: int) -> None:
    assert offset_ms_of(offset_us) == offset_ms
    assert offset_ms_of(2**63 - 1) == 2**31 - 1


def test_playing_on_is_no_jump() -> None:
    assert not jumped(10_000, 10_200)
    assert jumped(10_000, 9_999)
    assert jumped(10_000, 11_000)


def test_next_and_play_are_offered_where_the_player_says_that_something_follows() -> None:
    assert PLAYING.can_go_next
    assert not replace(PLAYING, goes_on=False, shuffle=True).can_go_next
    assert replace(PLAYING, goes_on=False).can_play
    assert Snapshot(goes_on=True).can_play, "an empty queue with a lane"
    assert Snapshot(offered=True).can_play, "what one may like"
    assert not Snapshot(offered=True).can_go_next
