"""When a play that the companion heard and one that a scrobbler brings are one."""

from dataclasses import replace

import pytest

from app.domain.ids import RecordingKey
from app.domain.same_play import same_play
from tests.helpers.builders import NOW_MS, a_play

HEARD = a_play(1, NOW_MS, client="strawberry", context="companion")
SCROBBLED = replace(HEARD, client="listenbrainz", imported=True, track_id=None, id=None)
NAMES = "tags:ida\x1fnuit\x1f"


@pytest.mark.parametrize("later_ms", [0, 900, 45_000, 199_000, -20_000])
def test_told_by_two_at_about_the_same_time_it_is_one(later_ms: int) -> None:
    other = replace(SCROBBLED, started_at=NOW_MS + later_ms)
    assert same_play(HEARD, other) and same_play(other, HEARD)


@pytest.mark.parametrize("later_ms", [-300_000, 300_000, 3_600_000])
def test_at_another_time_it_is_another(later_ms: int) -> None:
    assert not same_play(HEARD, replace(SCROBBLED, started_at=NOW_MS + later_ms))


def test_two_plays_of_one_player_are_two_however_near() -> None:
    assert not same_play(HEARD, replace(HEARD, started_at=NOW_MS + 1_000))


def test_another_recording_is_another_play() -> None:
    assert not same_play(HEARD, replace(SCROBBLED, recording_key=RecordingKey("key:2")))


@pytest.mark.parametrize(
    ("step", "duration_ms", "same"), [("51", 202_000, True), ("51", 0, True), ("80", 320_000, False)]
)
def test_names_that_are_the_same_are_enough_where_the_lengths_are_near(step: str, duration_ms: int, same: bool) -> None:
    heard = replace(HEARD, recording_key=RecordingKey(NAMES + "50"))
    other = replace(SCROBBLED, recording_key=RecordingKey(NAMES + step), duration_ms=duration_ms)
    assert same_play(heard, other) is same


def test_one_may_go_by_an_id_that_the_other_does_not_know() -> None:
    heard = replace(HEARD, recording_key=RecordingKey("mbid:1"), title="Nuit", artist="Ída")
    other = replace(SCROBBLED, recording_key=RecordingKey(NAMES + "0"), title="NUIT", artist="Ida", duration_ms=0)
    assert same_play(heard, other) and same_play(other, heard)
    assert not same_play(heard, replace(other, artist="Bo", recording_key=RecordingKey("tags:bo\x1fnuit\x1f0")))


def test_however_long_it_was_it_ends_within_hours() -> None:
    heard = replace(HEARD, played_ms=40 * 3_600_000)
    assert same_play(heard, replace(SCROBBLED, started_at=NOW_MS + 3 * 3_600_000))
    assert not same_play(heard, replace(SCROBBLED, started_at=NOW_MS + 5 * 3_600_000))
