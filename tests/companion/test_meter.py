"""One play a track, with what was really heard of it, whatever a player says and forgets to say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companion.going import Heard, Moment, Seen
from app.companion.meter import LEAST_MS, Meter
from app.companion.said import NOTHING, Said
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState

UTC = 1_760_000_000_000
PLAYING, PAUSED, STOPPED = PlaybackState.PLAYING, PlaybackState.PAUSED, PlaybackState.STOPPED
ONE = Said(title="One", artist="Ida", length_ms=200_000, path=b"/m/1.flac", track="/1")
TWO = Said(title="Two", artist="Ida", length_ms=180_000, path=b"/m/2.flac", track="/2")
RADIO = Said(title="First", artist="Ida", url="http://radio/stream", track="/3")


class Desk:
    """A player under the test's hand, and the meter beside it."""

    def __init__(self) -> None:
        self.meter, self.clock_ms = Meter(), 5_000.0
        self.plays: list[Heard] = []

    @property
    def now(self) -> Moment:
        return Moment(self.clock_ms, UTC + round(self.clock_ms))

    def says(self, **seen: object) -> "Desk":
        self.plays += self.meter.take(self.now, Seen(**seen))  # type: ignore[arg-type]
        return self

    def plays_from(self, said: Said, position_ms: int = 0) -> "Desk":
        return self.says(said=said, status=PLAYING, position_ms=position_ms)

    def waits(self, seconds: float, *, upto: int | None = None, every: float = 2.0) -> "Desk":
        """Time goes on; ``upto``: the player says where it is, and is there at the end of it."""
        left, at = seconds, None if upto is None else upto - seconds * 1_000
        while left > 1e-9:
            step = min(every, left)
            left -= step
            self.clock_ms += step * 1_000
            if at is None:
                self.plays += self.meter.tick(self.now)
            else:
                at += step * 1_000
                self.says(position_ms=round(at))
        return self

    def leaves(self) -> list[Heard]:
        self.plays += self.meter.end(self.now)
        return self.plays

    def told(self) -> list[tuple[str, int, str]]:
        return [(play.said.title, play.heard_ms, play.ended_by.value) for play in self.plays]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_track_that_is_heard_through_is_finished_and_the_next_one_begins(desk: Desk) -> None:
    desk.plays_from(ONE).waits(200, upto=200_000).says(said=TWO).waits(10, upto=10_000)
    assert desk.told() == [("One", 200_000, "finished")]
    assert desk.plays[0].started_at == UTC + 5_000
    desk.leaves()
    assert desk.told()[1:] == [("Two", 10_000, "replaced")]
    assert desk.plays[1].started_at == UTC + 205_000


def test_going_on_early_is_a_skip_and_to_stop_is_none(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30, upto=30_000).says(said=TWO).waits(20, upto=20_000).says(status=STOPPED).waits(5)
    assert desk.told() == [("One", 30_000, "skipped"), ("Two", 20_000, "replaced")]


def test_a_player_that_stops_for_a_moment_between_two_tracks_has_gone_on(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30, upto=30_000).says(status=STOPPED).waits(0.5).plays_from(TWO).waits(3, upto=3_000)
    assert desk.told() == [("One", 30_000, "skipped")]


def test_one_that_says_nothing_and_then_stops_was_not_skipped(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30, upto=30_000).says(said=NOTHING).says(said=NOTHING, status=STOPPED)
    assert [play.ended_by for play in desk.leaves()] == [EndedBy.REPLACED]


def test_pauses_are_not_heard_and_the_play_stays_one(desk: Desk) -> None:
    desk.plays_from(ONE).waits(10, upto=10_000).says(status=PAUSED).waits(3_600, every=600)
    desk.says(status=PLAYING).waits(5, upto=15_000)
    assert [(play.heard_ms, play.ended_by) for play in desk.leaves()] == [(15_000, EndedBy.REPLACED)]


def test_what_is_left_while_it_is_paused_says_nothing_of_the_track(desk: Desk) -> None:
    desk.plays_from(ONE).waits(10, upto=10_000).says(status=PAUSED).waits(30).says(said=TWO)
    assert desk.told() == [("One", 10_000, "replaced")]


@pytest.mark.parametrize("said_so", [True, False])
@pytest.mark.parametrize("to_ms", [100_000, 0])
def test_a_jump_is_not_heard_whether_the_player_says_so_or_not(desk: Desk, to_ms: int, said_so: bool) -> None:
    desk.plays_from(ONE).waits(50, upto=50_000)
    if said_so:
        desk.says(position_ms=to_ms, jumped=True)
    desk.waits(10, upto=to_ms + 10_000)
    assert desk.leaves()[0].heard_ms == 60_000
    assert len(desk.plays) == 1


def test_the_same_track_again_from_its_end_is_another_play(desk: Desk) -> None:
    desk.plays_from(ONE).waits(198, upto=198_000).waits(4, upto=2_000, every=4).waits(50, upto=52_000)
    assert desk.told() == [("One", 200_000, "finished")]
    assert [play.heard_ms for play in desk.leaves()] == [200_000, 52_000]
    assert desk.plays[1].started_at == pytest.approx(UTC + 205_000, abs=10)


def test_a_player_that_says_it_has_jumped_to_the_start_from_the_end_plays_it_again(desk: Desk) -> None:
    desk.plays_from(ONE).waits(200, upto=200_000).says(position_ms=0, jumped=True).waits(6, upto=6_000)
    assert [(play.heard_ms, play.ended_by.value) for play in desk.leaves()] == [
        (200_000, "finished"),
        (6_000, "replaced"),
    ]


def test_the_same_track_twice_in_the_list_is_two_plays(desk: Desk) -> None:
    desk.plays_from(ONE).waits(200, upto=200_000).says(said=replace(ONE, track="/9")).waits(8, upto=8_000)
    assert [play.heard_ms for play in desk.leaves()] == [200_000, 8_000]


def test_a_list_that_is_sorted_anew_leaves_the_play_one(desk: Desk) -> None:
    desk.plays_from(ONE).waits(20, upto=20_000).says(said=replace(ONE, track="/9")).waits(20, upto=40_000)
    assert [play.heard_ms for play in desk.leaves()] == [40_000]


def test_a_stream_is_a_play_a_title(desk: Desk) -> None:
    desk.plays_from(RADIO).waits(100).says(said=replace(RADIO, title="Second")).waits(60)
    assert [(play.said.title, play.heard_ms) for play in desk.leaves()] == [("First", 100_000), ("Second", 60_000)]
    assert {play.ended_by for play in desk.plays} == {EndedBy.REPLACED}, "nobody knows whether it was skipped"


def test_a_name_that_comes_late_has_the_time_before_it(desk: Desk) -> None:
    late = replace(RADIO, title="", artist="")
    desk.plays_from(late).waits(1).says(said=RADIO).waits(9)
    assert [(play.said.title, play.heard_ms, play.started_at) for play in desk.leaves()] == [
        ("First", 10_000, UTC + 5_000)
    ]


def test_nothing_at_all_between_two_tracks_belongs_to_the_second(desk: Desk) -> None:
    desk.plays_from(ONE).waits(20, upto=20_000).says(said=NOTHING).waits(1).says(said=TWO).waits(4, upto=5_000)
    assert desk.told() == [("One", 20_000, "skipped")]
    assert [play.heard_ms for play in desk.leaves()] == [20_000, 5_000]


def test_nothing_at_all_for_a_moment_leaves_the_play_one(desk: Desk) -> None:
    desk.plays_from(ONE).waits(20, upto=20_000).says(said=NOTHING).waits(1).says(said=ONE).waits(4, upto=25_000)
    assert [play.heard_ms for play in desk.leaves()] == [25_000]


@pytest.mark.parametrize("nameless", [replace(RADIO, title="", artist=""), Said(track="/3"), Said(url=RADIO.url)])
def test_a_stream_that_has_no_name_while_it_is_filled_again_is_one_play(desk: Desk, nameless: Said) -> None:
    desk.plays_from(RADIO).waits(20)
    desk.says(said=nameless).waits(1).says(said=nameless, position_ms=21_000).waits(1).says(said=RADIO).waits(8)
    assert [(play.said.title, play.heard_ms) for play in desk.leaves()] == [("First", 30_000)]


def test_a_stream_whose_name_goes_for_good_is_over(desk: Desk) -> None:
    nameless = replace(RADIO, title="", artist="")
    desk.plays_from(RADIO).waits(20).says(said=nameless).waits(60).says(said=replace(RADIO, title="Second")).waits(9)
    assert [play.said.title for play in desk.leaves()] == ["First", "Second"]
    assert desk.plays[0].heard_ms == 20_000


def test_a_page_that_counts_messages_in_its_title_is_one_play(desk: Desk) -> None:
    video = Said(title="Some video", track="/firefox")
    desk.plays_from(video).waits(20).says(said=replace(video, title="(1) Some video")).waits(20)
    desk.says(said=replace(video, title="(2) Some video")).waits(20)
    assert desk.leaves() and desk.told() == [("Some video", 60_000, "replaced")]


def test_what_has_no_name_is_not_recorded(desk: Desk) -> None:
    desk.plays_from(Said(url="http://radio/stream")).waits(500).says(status=STOPPED).waits(5)
    assert desk.leaves() == []


def test_a_file_without_a_title_is_recorded_under_its_own_name(desk: Desk) -> None:
    desk.plays_from(Said(path=b"/m/Some song.mp3")).waits(10)
    assert [play.said.shown_title for play in desk.leaves()] == ["Some song"]


def test_a_machine_that_slept_heard_nothing_meanwhile(desk: Desk) -> None:
    desk.plays_from(ONE).waits(10, upto=10_000)
    desk.clock_ms += 7 * 3_600_000
    desk.says(position_ms=11_000).waits(4, upto=15_000)
    assert desk.leaves()[0].heard_ms == 15_000


def test_a_player_without_positions_is_believed_for_a_while_only(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30)
    desk.clock_ms += 3_600_000
    assert desk.says(status=PAUSED).leaves()[0].heard_ms == 50_000


def test_a_player_that_hangs_while_it_plays_is_not_believed_for_ever(desk: Desk) -> None:
    desk.plays_from(ONE).waits(6, upto=6_000).waits(3 * 3_600, every=1)
    so_far = desk.meter.so_far()
    assert so_far is not None and so_far.heard_ms == 46_000
    assert [(play.heard_ms, play.ended_by.value) for play in desk.leaves()] == [(46_000, "replaced")]


def test_a_player_that_hung_and_comes_back_has_played_what_its_position_says(desk: Desk) -> None:
    desk.plays_from(ONE).waits(6, upto=6_000).waits(3_600, every=1).says(position_ms=56_000)
    assert desk.leaves()[0].heard_ms == 56_000
    again = Desk().plays_from(ONE).waits(6, upto=6_000).waits(3_600, every=1).says(position_ms=0, jumped=True)
    assert [(play.heard_ms, play.ended_by.value) for play in again.leaves()] == [(46_000, "replaced")]


def test_a_player_without_positions_is_heard_to_the_track_s_end_and_no_further(desk: Desk) -> None:
    desk.plays_from(ONE).waits(3_600, every=1).says(said=TWO)
    assert desk.told() == [("One", 200_000, "finished")]


def test_a_player_that_seldom_says_where_it_is_is_believed_by_the_clock(desk: Desk) -> None:
    desk.plays_from(ONE).waits(100).says(position_ms=100_000).waits(100).says(said=TWO)
    assert desk.told() == [("One", 200_000, "finished")]


def test_music_that_stands_still_is_not_heard(desk: Desk) -> None:
    desk.plays_from(ONE).waits(10, upto=10_000)
    for _ in range(10):
        desk.clock_ms += 2_000
        desk.says(position_ms=10_000)
    desk.waits(5, upto=15_000)
    assert desk.leaves()[0].heard_ms == 15_000


def test_a_place_behind_the_end_that_nothing_led_to_is_not_believed(desk: Desk) -> None:
    desk.plays_from(ONE, 400_000)  # a thousand times too far
    for second in range(2, 20, 2):
        desk.waits(2).says(position_ms=400_000 + second * 1_000_000)
    assert [(play.heard_ms, play.ended_by) for play in desk.leaves()] == [(18_000, EndedBy.REPLACED)]


def test_a_track_that_is_longer_than_its_player_says_is_heard_on(desk: Desk) -> None:
    desk.plays_from(replace(ONE, length_ms=5_000)).waits(15, upto=15_000)
    assert desk.leaves()[0].heard_ms > 12_000


def test_a_player_that_always_says_zero_is_believed_by_the_clock(desk: Desk) -> None:
    desk.plays_from(ONE)
    for _ in range(20):
        desk.clock_ms += 2_000
        desk.says(position_ms=0)
    assert desk.leaves()[0].heard_ms == 40_000


def test_at_double_speed_a_track_is_heard_whole(desk: Desk) -> None:
    desk.says(said=ONE, status=PLAYING, rate=2.0, position_ms=0)
    for second in range(1, 101):
        desk.clock_ms += 1_000
        desk.says(position_ms=second * 2_000)
    desk.says(said=TWO)
    assert desk.told() == [("One", 200_000, "finished")]


def test_a_clock_that_goes_back_is_not_heard_and_hurts_nobody(desk: Desk) -> None:
    desk.plays_from(ONE).waits(10, upto=10_000)
    desk.clock_ms -= 5_000
    desk.says(position_ms=10_000)
    desk.clock_ms += 6_000
    assert desk.says(position_ms=11_000).leaves()[0].heard_ms == 11_000


def test_a_crash_of_ours_leaves_one_play_where_it_goes_on_and_two_where_it_began_anew(desk: Desk) -> None:
    desk.plays_from(ONE, 30_000)
    assert desk.meter.resume(desk.now, UTC - 90_000, 25_000)
    desk.waits(5, upto=35_000)
    assert [(play.started_at, play.heard_ms) for play in desk.leaves()] == [(UTC - 90_000, 30_000)]
    other = Desk().plays_from(ONE, 2_000)
    assert not other.meter.resume(other.now, UTC - 90_000, 25_000)


def test_the_length_of_the_library_tells_the_end_where_the_player_says_none(desk: Desk) -> None:
    desk.plays_from(replace(ONE, length_ms=0))
    desk.meter.learn_length(60_000)
    desk.waits(60, upto=60_000).says(said=TWO)
    assert desk.told() == [("One", 60_000, "finished")]


def test_what_a_plug_in_knows_of_the_end_counts(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30).says(said=TWO, ended_by=EndedBy.REJECTED).waits(3)
    assert desk.told() == [("One", 30_000, "rejected")]
    assert desk.leaves()[1].ended_by is EndedBy.REPLACED


def test_what_is_forgotten_leaves_no_play(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30, upto=30_000)
    desk.meter.forget()
    assert desk.says(status=STOPPED).leaves() == []


def so_far(desk: Desk) -> tuple[str, int, str] | None:
    heard = desk.meter.so_far()
    return (heard.said.title, heard.heard_ms, heard.ended_by.value) if heard is not None else None


def test_a_play_that_is_cut_off_in_its_last_second_was_heard_through(desk: Desk) -> None:
    assert so_far(desk.plays_from(ONE).waits(100, upto=100_000)) == ("One", 100_000, "replaced")
    assert so_far(desk.waits(99.5, upto=199_500)) == ("One", 199_500, "finished")
    assert [play.ended_by for play in desk.leaves()] == [EndedBy.FINISHED], "as if it had been closed then"


def test_what_came_before_the_word_that_is_waited_for_ends_as_it_would_in_the_log(desk: Desk) -> None:
    assert so_far(desk.plays_from(ONE).waits(200, upto=200_000).says(said=NOTHING)) == ("One", 200_000, "finished")
    silent = Desk().plays_from(ONE).waits(30, upto=30_000).says(said=NOTHING)
    assert so_far(silent) == ("One", 30_000, "replaced"), "nothing follows yet: nobody has skipped it"
    assert [play.ended_by for play in silent.leaves()] == [EndedBy.REPLACED]


def test_what_a_plug_in_said_of_the_end_counts_also_where_it_is_cut_off(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30).says(status=STOPPED, ended_by=EndedBy.REJECTED)
    assert so_far(desk) == ("One", 30_000, "rejected")


def test_what_began_anew_is_what_goes_on_when_the_player_is_lost(desk: Desk) -> None:
    desk.plays_from(ONE).waits(200, upto=200_000).says(status=STOPPED).waits(0.5).says(status=PLAYING).waits(1)
    told = [(play.said.title, play.heard_ms, play.ended_by.value) for play in desk.meter.lose(desk.now)]
    assert (desk.told(), told) == ([], [("One", 200_000, "finished")])
    assert so_far(desk) == ("One", 1_000, "replaced")


def test_what_waits_for_a_word_is_what_goes_on_when_the_player_is_lost(desk: Desk) -> None:
    desk.plays_from(ONE).waits(30, upto=30_000).says(said=NOTHING).waits(1)
    assert desk.meter.lose(desk.now) == []
    assert so_far(desk) == ("One", 30_000, "replaced")


_SAIDS = st.sampled_from([None, NOTHING, ONE, TWO, RADIO, replace(ONE, track="/9"), replace(RADIO, title="Second")])
_SEEN = st.builds(
    Seen,
    said=_SAIDS,
    status=st.sampled_from([None, PLAYING, PLAYING, PAUSED, STOPPED]),
    rate=st.sampled_from([None, 1.0]),
    position_ms=st.one_of(st.none(), st.integers(0, 300_000)),
    jumped=st.booleans(),
    ended_by=st.sampled_from([None, None, *EndedBy]),
)


@given(st.lists(st.tuples(st.floats(0, 30_000), _SEEN), max_size=40))
def test_whatever_a_player_says_no_more_is_heard_than_time_went_by_while_it_played(
    steps: list[tuple[float, Seen]],
) -> None:
    desk, could = Desk(), 0.0
    for wait_ms, seen in steps:
        if desk.meter.status is PLAYING:
            could += wait_ms
        desk.clock_ms += wait_ms
        desk.plays += desk.meter.take(desk.now, seen)
        so_far = desk.meter.so_far()
        assert so_far is None or so_far.heard_ms <= could + 1
    plays = desk.leaves()
    assert sum(play.heard_ms for play in plays) <= could + len(plays)
    assert all(play.heard_ms >= LEAST_MS and play.said.named for play in plays)
    assert len({play.number for play in plays}) == len(plays), "each is told once"
    assert all(UTC <= play.started_at <= desk.now.utc_ms for play in plays)
    assert desk.meter.end(desk.now) == []


@given(st.lists(st.tuples(st.sampled_from(["wait", "pause", "seek", "next"]), st.integers(1, 40)), max_size=25))
def test_a_listener_who_can_be_trusted_is_logged_to_the_millisecond(steps: list[tuple[str, int]]) -> None:
    """A player of ten tracks that tells the truth, and says nothing of its jumps."""
    desk, number, at, expected, heard = Desk(), 0, 0, list[tuple[str, int]](), 0

    def track() -> Said:
        return Said(title=f"T{number}", length_ms=10_000_000, path=b"/%d" % number, track=f"/{number}")

    desk.plays_from(track(), 0)
    for what, seconds in steps:
        if what == "pause":
            desk.says(status=PAUSED, position_ms=at).waits(seconds).says(status=PLAYING, position_ms=at)
        elif what == "seek":
            at = max(0, at + (seconds - 20) * 100_000)
            desk.says(position_ms=at)
        elif what == "next":
            expected, heard, number, at = [*expected, (f"T{number}", heard)], 0, number + 1, 0
            desk.says(said=track())
        else:
            at += seconds * 1_000
            heard += seconds * 1_000
            desk.waits(seconds, upto=at)
    expected.append((f"T{number}", heard))
    told = [(play.said.title, play.heard_ms) for play in desk.leaves()]
    assert told == [(title, ms) for title, ms in expected if ms]
