from app.domain.play import EndedBy, StartedBy
from app.domain.queue import QueueEntry
from app.playback.play_meter import PlayMeter
from tests.playback.sounds import a_track

NOW = 1_760_000_000_000


def a_meter(duration_ms: int = 0) -> PlayMeter:
    meter = PlayMeter(48_000, "1.2")
    meter.begin(QueueEntry(1, a_track(7, duration_ms=duration_ms), StartedBy.HAND, "album"), StartedBy.QUEUE, 60_000)
    return meter


def test_a_play_holds_what_was_heard_and_where_it_came_from() -> None:
    meter = a_meter()
    meter.hear(24_000, NOW)
    meter.hear(24_001, NOW + 500)
    play = meter.end(EndedBy.FINISHED, NOW + 9_000)
    assert play is not None
    assert (play.track_id, play.started_at, play.played_ms, play.duration_ms) == (7, NOW - 500, 1000, 60_000)
    assert (play.started_by, play.ended_by, play.context) == (StartedBy.QUEUE, EndedBy.FINISHED, "album")
    assert (play.client, play.client_version, play.title) == ("segue", "1.2", "Track 7")


def test_the_length_in_the_library_is_the_one_that_counts() -> None:
    meter = a_meter(duration_ms=61_234)
    meter.hear(1, NOW)
    play = meter.so_far()
    assert play is not None
    assert play.duration_ms == 61_234


def test_a_play_that_never_sounded_is_none_unless_it_failed() -> None:
    assert a_meter().end(EndedBy.SKIPPED, NOW) is None
    failed = a_meter().end(EndedBy.FAILED, NOW)
    assert failed is not None
    assert (failed.played_ms, failed.started_at, failed.ended_by) == (0, NOW, EndedBy.FAILED)


def test_a_play_ends_once() -> None:
    meter = a_meter()
    meter.hear(48_000, NOW)
    assert meter.end(EndedBy.SKIPPED, NOW) is not None
    assert meter.end(EndedBy.FAILED, NOW) is None
    meter.hear(48_000, NOW)
    assert meter.so_far() is None


def test_calendars_that_jump_do_not_change_what_was_heard() -> None:
    meter = a_meter()
    meter.hear(48_000, NOW)
    meter.hear(48_000, NOW - 86_400_000)
    meter.hear(48_000, NOW + 86_400_000)
    play = meter.end(EndedBy.FINISHED, 0)
    assert play is not None
    assert (play.started_at, play.played_ms) == (NOW - 1000, 3000)


def test_the_play_so_far_is_one_that_was_replaced() -> None:
    meter = a_meter()
    assert meter.so_far() is None
    meter.hear(48_000, NOW)
    play = meter.so_far()
    assert play is not None
    assert (play.played_ms, play.ended_by) == (1000, EndedBy.REPLACED)
