import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import PlaybackFailed
from app.domain.play import EndedBy, StartedBy
from app.domain.queue import PlaybackState, QueueEntry, SavedQueue
from app.playback.events import NothingQueued, PlayProgressed, PositionChanged, QueueChanged, StateChanged, TrackChanged
from app.playback.player import MOST_FAILED
from tests.helpers.fake_playback import a_play
from tests.playback.sounds import RATE, Deck, FakeSource, fake_tracks

HAND = StartedBy.HAND
TWO_S, FIVE_S, TEN_S = f"{2 * RATE}:{RATE}", f"{5 * RATE}:{RATE}", f"{10 * RATE}:{RATE}"


def a_deck(*specs: str, start: int = 0) -> Deck:
    deck = Deck()
    deck.player.play_now(fake_tracks(*specs), start, HAND, "album")
    return deck


def test_a_queue_plays_to_its_end_and_each_track_leaves_one_play() -> None:
    deck = a_deck(TWO_S, FIVE_S, TWO_S)
    deck.run(10)
    assert deck.heard() == [(1, "finished", 2000), (2, "finished", 5000), (3, "finished", 2000)]
    assert [play.started_by.value for play in deck.plays] == ["hand", "queue", "queue"]
    starts = [play.started_at for play in deck.plays]
    assert [starts[1] - starts[0], starts[2] - starts[1]] == pytest.approx([2000, 5000], abs=60)
    assert deck.player.state is PlaybackState.STOPPED
    assert deck.player.queue.current is None


def test_play_without_anything_to_play_is_told_and_nothing_else_happens() -> None:
    deck = Deck()
    deck.player.toggle()
    deck.run(1)
    assert [event for event in deck.events if isinstance(event, NothingQueued)] == [NothingQueued()]
    assert (deck.player.state, deck.plays) == (PlaybackState.STOPPED, [])


def test_the_track_changes_when_it_is_heard_not_when_it_is_decoded() -> None:
    deck = a_deck(TWO_S, TEN_S)
    deck.run(1.5)
    changed = [event.entry.track.id for event in deck.events if isinstance(event, TrackChanged) and event.entry]
    assert changed == [1]
    assert deck.player.position_ms == pytest.approx(1500, abs=60)
    deck.run(1.0)
    changed = [event.entry.track.id for event in deck.events if isinstance(event, TrackChanged) and event.entry]
    assert changed == [1, 2]
    assert deck.player.position_ms == pytest.approx(500, abs=60)


def test_going_on_early_is_a_skip_and_choosing_another_is_a_replacement() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S)
    deck.run(1.0)
    deck.player.next()
    deck.run(2.0)
    deck.player.jump(deck.player.queue.entries[2].entry_id)
    deck.run(4.0)
    deck.player.play_now(fake_tracks(TEN_S), 0, StartedBy.SUGGESTION, "panel")
    deck.run(1.0)
    deck.player.stop()
    ended = [(track, ended) for track, ended, _ in deck.heard()]
    assert ended == [(1, "skipped"), (2, "replaced"), (3, "replaced"), (1, "replaced")]
    assert [play.played_ms for play in deck.plays] == pytest.approx([1000, 2000, 4000, 1000], abs=1)
    assert [play.started_by.value for play in deck.plays] == ["hand", "queue", "hand", "suggestion"]


def test_pauses_and_seeks_are_not_heard() -> None:
    deck = a_deck(TEN_S)
    deck.run(2.0)
    deck.player.pause()
    deck.run(60.0, step_s=1.0)
    deck.player.play()
    deck.run(1.0)
    deck.player.seek(9_000)
    assert deck.player.position_ms == 9000
    deck.run(2.0)
    assert deck.heard() == [(1, "finished", 4000)]


def test_a_seek_while_paused_stays_paused() -> None:
    deck = a_deck(TEN_S)
    deck.run(1.0)
    deck.player.pause()
    deck.player.seek(5_000)
    deck.run(3.0)
    assert (deck.player.state, deck.player.position_ms) == (PlaybackState.PAUSED, 5000)
    deck.player.toggle()
    deck.run(1.0)
    assert deck.player.position_ms == pytest.approx(6000, abs=1)


def test_a_seek_past_the_end_goes_on_with_the_next() -> None:
    deck = a_deck(TEN_S, TEN_S)
    deck.run(1.0)
    deck.player.seek(99_000)
    deck.run(1.0)
    assert deck.heard() == [(1, "finished", 1000)]
    assert deck.player.queue.index == 1


def test_previous_restarts_late_in_a_track_and_goes_back_early_in_it() -> None:
    deck = a_deck(TEN_S, TEN_S, start=1)
    deck.run(4.0)
    deck.player.previous()
    assert (deck.player.queue.index, deck.player.position_ms, deck.plays) == (1, 0, [])
    deck.run(1.0)
    deck.player.previous()
    deck.run(1.0)
    assert deck.heard() == [(2, "skipped", 5000)]
    assert deck.player.queue.index == 0


def test_next_behind_the_last_stops_and_play_begins_again() -> None:
    deck = a_deck(TEN_S, TEN_S, start=1)
    deck.run(1.0)
    deck.player.next()
    assert (deck.player.state, deck.player.queue.index) == (PlaybackState.STOPPED, -1)
    deck.player.play()
    assert (deck.player.state, deck.player.queue.index) == (PlaybackState.PLAYING, 0)


def test_stop_keeps_the_entry_and_play_begins_it_anew() -> None:
    deck = a_deck(TEN_S, TEN_S, start=1)
    deck.run(5.0)
    deck.player.stop()
    deck.player.play()
    deck.run(1.0)
    assert (deck.player.queue.index, deck.player.position_ms) == (1, pytest.approx(1000, abs=1))
    assert deck.heard() == [(2, "replaced", 5000)]


def test_a_file_that_is_gone_is_passed_over_with_one_sentence_and_a_failed_play() -> None:
    deck = a_deck(TWO_S, "gone", TWO_S)
    deck.run(6.0)
    assert deck.heard() == [(1, "finished", 2000), (2, "failed", 0), (3, "finished", 2000)]
    assert deck.troubles == ["“Track 2” was not played. The file is not there any more."]


@pytest.mark.parametrize("repeat", ["off", "all", "one"])
def test_a_queue_of_broken_files_comes_to_rest(repeat: str) -> None:
    deck = Deck()
    deck.player.set_repeat(repeat)
    deck.player.play_now(fake_tracks("gone", "gone", "gone"), 1, HAND, "")
    deck.run(1.0)
    assert deck.player.state is PlaybackState.STOPPED
    assert {ended for _, ended, _ in deck.heard()} == {"failed"}
    assert len(deck.plays) <= 3
    deck.player.play()
    assert deck.player.state is PlaybackState.STOPPED


@pytest.mark.parametrize("repeat", ["off", "all"])
def test_a_drive_that_is_away_does_not_fill_the_log_with_failures(repeat: str) -> None:
    deck = Deck()
    deck.player.set_repeat(repeat)
    deck.player.play_now(fake_tracks(*["gone"] * 300), 0, HAND, "")
    deck.run(1.0)
    assert deck.player.state is PlaybackState.STOPPED
    assert len(deck.plays) == MOST_FAILED
    assert deck.troubles[-1] == "10 files in a row could not be played. Their drive may be away."
    assert deck.player.queue.index == MOST_FAILED


@pytest.mark.parametrize("bad", ["gone", f"0:{RATE}:breaks"])
def test_a_drive_that_goes_away_during_a_track_does_not_either(bad: str) -> None:
    deck = a_deck(TWO_S, *[bad] * 300)
    deck.run(4.0)
    assert deck.player.state is PlaybackState.STOPPED
    assert [ended for _, ended, _ in deck.heard()] == ["finished", *["failed"] * MOST_FAILED]
    assert deck.troubles[-1].startswith("10 files in a row")
    deck.player.play()
    assert len(deck.plays) <= 1 + 3 * MOST_FAILED


def test_some_broken_files_in_a_row_are_passed_over() -> None:
    deck = a_deck(TWO_S, *["gone"] * (MOST_FAILED - 1), TWO_S, *["gone"] * (MOST_FAILED - 1), TWO_S)
    deck.run(7.0)
    assert [ended for _, ended, _ in deck.heard()].count("finished") == 3


def test_a_file_that_breaks_on_the_way_is_a_failed_play_and_the_next_one_plays() -> None:
    deck = a_deck(FIVE_S + ":breaks", TWO_S)
    deck.run(8.0)
    assert deck.heard() == [(1, "failed", 5000), (2, "finished", 2000)]
    assert len(deck.troubles) == 1


def test_repeat_one_gives_a_play_each_time() -> None:
    deck = a_deck(TWO_S, TWO_S)
    deck.player.set_repeat("one")
    deck.run(5.0)
    assert deck.heard() == [(1, "finished", 2000), (1, "finished", 2000)]


def test_what_is_queued_behind_a_track_that_is_nearly_over_still_comes_next() -> None:
    deck = a_deck(TWO_S, TWO_S)
    deck.run(1.8)
    deck.player.play_next(fake_tracks(FIVE_S, FIVE_S)[1:], StartedBy.SUGGESTION, "panel")
    deck.run(10.0)
    assert [(play.track_id, play.played_ms) for play in deck.plays] == [(1, 2000), (2, 5000), (2, 2000)]
    assert [play.started_by.value for play in deck.plays] == ["hand", "suggestion", "queue"]


def test_what_is_added_while_the_last_track_fades_out_is_played() -> None:
    deck = a_deck(TWO_S)
    deck.run(1.8)
    deck.player.enqueue(fake_tracks(TWO_S), HAND, "")
    deck.run(4.0)
    assert [play.played_ms for play in deck.plays] == [2000, 2000]


def test_removing_what_plays_goes_on_with_the_next_that_stays() -> None:
    deck = a_deck(TEN_S, TEN_S, TEN_S)
    deck.run(1.0)
    deck.player.remove([entry.entry_id for entry in deck.player.queue.entries[:2]])
    deck.run(1.0)
    current = deck.player.queue.current
    assert current is not None
    assert (current.track.id, deck.player.state) == (3, PlaybackState.PLAYING)
    deck.player.clear()
    assert (deck.player.state, deck.player.queue.entries) == (PlaybackState.STOPPED, [])
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "replaced"), (3, "replaced")]


def test_the_play_that_goes_on_is_told_every_few_seconds() -> None:
    deck = a_deck(TEN_S)
    deck.run(9.0)
    kept = [event.play.played_ms for event in deck.events if isinstance(event, PlayProgressed)]
    assert kept == pytest.approx([4000, 8000], abs=100)


def test_positions_come_about_five_times_a_second() -> None:
    deck = a_deck(TEN_S)
    deck.run(5.0)
    positions = [event.position_ms for event in deck.events if isinstance(event, PositionChanged)]
    assert 20 <= len(positions) <= 27
    assert positions == sorted(positions)


def test_volume_and_mute_reach_the_output() -> None:
    deck = a_deck(TEN_S)
    deck.player.set_volume(50)
    assert deck.output.amplitude == 0.125
    deck.player.set_muted(True)
    assert deck.output.amplitude == 0
    deck.player.set_muted(False)
    deck.player.set_volume(1000)
    assert deck.output.amplitude == 1


def test_the_monotone_clock_may_jump() -> None:
    deck = a_deck(TEN_S)
    deck.run(1.0)
    deck.time.seconds -= 500
    deck.run(1.0)
    deck.time.seconds += 500
    deck.run(1.0)
    deck.player.stop()
    assert 2000 <= deck.plays[0].played_ms <= 4100


COMMANDS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.integers(1, 60)),
        st.tuples(st.sampled_from(["next", "previous", "toggle", "play", "pause", "stop"]), st.just(0)),
        st.tuples(st.sampled_from(["seek", "jump", "remove", "move"]), st.integers(0, 4000)),
        st.tuples(st.sampled_from(["enqueue", "play_next", "play_now"]), st.integers(0, 5)),
        st.tuples(st.just("shuffle"), st.integers(0, 1)),
        st.tuples(st.just("repeat"), st.integers(0, 2)),
        st.tuples(st.just("clear"), st.just(0)),
    ),
    max_size=60,
)
SPECS = ["400:8000", "1:8000", "9000:8000", "gone", "3000:6000:breaks", "12000:4000"]


def obey(deck: Deck, name: str, value: int) -> None:
    player, entries = deck.player, deck.player.queue.entries
    tracks = fake_tracks(*(SPECS[(value + n) % len(SPECS)] for n in range(value)))
    match name:
        case "run":
            deck.run(value / 20)
        case "seek":
            player.seek(value)
        case "jump" if entries:
            player.jump(entries[value % len(entries)].entry_id)
        case "remove" if entries:
            player.remove([entries[value % len(entries)].entry_id])
        case "move" if entries:
            player.move(entries[value % len(entries)].entry_id, value % 7)
        case "enqueue" | "play_next":
            getattr(player, name)(tracks, HAND, "")
        case "play_now":
            player.play_now(tracks, value // 2, HAND, "")
        case "shuffle":
            player.set_shuffle(bool(value))
        case "repeat":
            player.set_repeat(["off", "all", "one"][value])
        case "next" | "previous" | "toggle" | "play" | "pause" | "stop" | "clear":
            getattr(player, name)()


class CountingOutput:
    """Mixed into a deck's output: how many frames were heard in all."""

    def __init__(self, deck: Deck) -> None:
        self.frames, self._last = 0, 0
        self._played, self._flush = deck.output.played_frames, deck.output.flush
        deck.output.played_frames = self._count  # type: ignore[method-assign]
        deck.output.flush = self._flushed  # type: ignore[method-assign]

    def _count(self) -> int:
        played = self._played()
        self.frames += played - self._last
        self._last = played
        return played

    def _flushed(self) -> None:
        self._flush()
        self._last = 0


@given(COMMANDS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_listener_does_no_play_is_lost_or_doubled_and_nothing_sticks(
    commands: list[tuple[str, int]],
) -> None:
    deck = Deck(rate=8000, open_source=FakeSource)
    count = CountingOutput(deck)
    deck.player.play_now(fake_tracks(*SPECS), 0, HAND, "")
    for name, value in commands:
        obey(deck, name, value)
        current, segments = deck.player.queue.current, deck.player._stream.segments
        if deck.player.state is not PlaybackState.STOPPED:
            assert current is not None
            assert segments[0].entry == current
        told = [event for event in deck.events if isinstance(event, StateChanged)]
        assert told[-1].state is deck.player.state
        queues = [event for event in deck.events if isinstance(event, QueueChanged)]
        assert list(queues[-1].entries) == deck.player.queue.entries
    deck.player.quit()
    heard_ms = sum(play.played_ms for play in deck.plays)
    assert heard_ms == pytest.approx(count.frames / 8, abs=len(deck.plays) + 1)
    assert all(play.played_ms > 0 or play.ended_by.value == "failed" or play.track_id for play in deck.plays)
    # It still plays after all that.
    deck.player.set_repeat("off")
    before = len(deck.plays)
    deck.player.play_now(fake_tracks("4000:8000", "4000:8000"), 0, HAND, "")
    deck.run(2.0)
    assert [play.played_ms for play in deck.plays[before:]] == [500, 500]


def test_an_edit_between_two_beats_counts_what_was_heard_in_the_order_it_was_heard_in() -> None:
    deck = a_deck(TWO_S, TWO_S, TWO_S)
    deck.run(1.96)
    deck.time.seconds += 0.08  # the border to the second track is heard now, and nobody has looked yet
    deck.player.move(deck.player.queue.entries[2].entry_id, 1)
    assert deck.player.queue.current is deck.player.queue.entries[2]
    deck.player.stop()
    assert [play.track_id for play in deck.plays] == [1, 2]


def test_a_file_that_cannot_be_read_at_its_place_any_more_comes_back_as_stopped() -> None:
    class Stuck(FakeSource):
        def seek(self, frame: int) -> None:
            raise PlaybackFailed("The file cannot be read there.")

    deck = Deck(open_source=Stuck)
    entry = QueueEntry(7, fake_tracks(TEN_S)[0], HAND)
    heard = a_play(entry.track, played_ms=3_000, ended_by=EndedBy.REPLACED)
    deck.player.restore(SavedQueue((entry,), (7,), 7, 3_000), heard)
    assert (deck.player.state, deck.player.queue.current) == (PlaybackState.STOPPED, entry)
    assert [event.entry for event in deck.events if isinstance(event, TrackChanged)] == [entry]
    deck.player.play()
    assert deck.heard() == [(1, "replaced", 3_000), (1, "failed", 0)]
