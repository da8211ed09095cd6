"""Ten thousand commands in any order, with devices that go and files that fail: no crash, no hang, no play lost.

After each command the log and the devices must agree to the millisecond, and the window must know what the player
knows. At the end the music must still play through.
"""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.device import Device, Outputs
from app.domain.loudness import Loudness
from app.domain.play import EndedBy, StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import QueueChanged, StateChanged, TrackChanged, VolumeChanged
from app.playback.loop import Command
from tests.playback.world import PHONES, SPEAKERS, World, a_library

TRACKS = a_library(4)
LANE = 22
"""From here on the tracks are for the lane."""
WHICH = st.lists(st.integers(0, LANE - 1), max_size=5)
SOME = st.lists(st.integers(0, LANE - 1), min_size=2, max_size=9)
PLACE = st.integers(0, 15)
PLACES = st.lists(PLACE, max_size=3, unique=True)
A_LOOK_MS = 700
"""A device that breaks is opened anew at the next look."""
A_DAY_MS, A_YEAR_MS = 86_400_000, 365 * 86_400_000
REPLACED, SKIPPED = {EndedBy.REPLACED}, {EndedBy.SKIPPED}
FAILED = EndedBy.FAILED
BY_ITSELF = {EndedBy.FINISHED, FAILED}
A_MOMENT_S = 0.013
"""Commands come between two beats of the player."""


class AnyCommands(RuleBasedStateMachine):
    """The listener, the desktop and the machine do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.lost_before = 0
        self.smeared = False
        """An equaliser has been on: a border between two tracks is no longer seen in the sound to the frame."""

    def _do(self, command: Command, ends: set[EndedBy] | None = None) -> None:
        """A command may end the play that goes on, and only as it says; one that waits for its file may be over."""
        rows = len(self.world.log.rows)
        may = (ends or set()) | (REPLACED if self.world.player._teller._waiting is not None else set())
        self.world.time.seconds += A_MOMENT_S
        self.world.command(command)
        self.world.step()
        ended = [play.ended_by for play in self.world.log.rows[rows:]]
        own = [each for each in ended if each not in BY_ITSELF]
        assert set(own) <= may, f"ended as {own}"
        assert len(own) <= 1, "one command ended two plays"

    def _id(self, place: int) -> int:
        entries = self.world.player.queue.entries
        return entries[place % len(entries)].entry_id if entries else -1

    def _lane_id(self, place: int) -> int:
        lane = self.world.player.queue.lane
        return lane[place % len(lane)].entry_id if lane else -1

    # --- time

    @initialize(which=SOME, autoplay=st.booleans())
    def music_plays(self, which: list[int], autoplay: bool) -> None:
        self.autoplay(autoplay)
        self.play_now(which, 0)

    @rule(seconds=st.sampled_from([0.04, 0.2, 0.52]))
    def listen_a_little(self, seconds: float) -> None:
        self.listen(seconds)

    @rule(seconds=st.sampled_from([1.0, 3.0, 8.0]))
    def play_and_listen(self, seconds: float) -> None:
        self.play()
        self.listen(seconds)

    @rule(seconds=st.sampled_from([1.0, 3.0, 8.0]))
    def listen(self, seconds: float) -> None:
        rows, state, before = len(self.world.log.rows), self.world.player.state, self.world.heard.total()
        troubles = len(self.world.said)
        self.world.run(seconds)
        ended = {play.ended_by for play in self.world.log.rows[rows:]}
        assert ended <= BY_ITSELF
        if state is PlaybackState.PLAYING is self.world.player.state and len(self.world.said) == troubles:
            heard = self.world.heard.total() - before
            assert 1000 * seconds - A_LOOK_MS <= heard <= 1000 * seconds + 1, "stuck"

    @rule(days=st.sampled_from([-A_YEAR_MS, -A_DAY_MS, -3_600_000, 3_600_000, A_DAY_MS, A_YEAR_MS]))
    def calendar_jumps(self, days: int) -> None:
        self.world.calendar_ms += days

    # --- transport

    @rule()
    def toggle(self) -> None:
        self._do(lambda player: player.toggle())

    @rule()
    def play(self) -> None:
        self._do(lambda player: player.play())

    @rule()
    def pause(self) -> None:
        self._do(lambda player: player.pause())

    @rule()
    def stop(self) -> None:
        self._do(lambda player: player.stop(), REPLACED)
        assert self.world.player.state is PlaybackState.STOPPED

    @rule(shown=st.one_of(st.none(), PLACE))
    def next(self, shown: int | None) -> None:
        shown_id = None if shown is None else self._id(shown)
        self._do(lambda player: player.next(shown_id), SKIPPED)

    @rule()
    def previous(self) -> None:
        self._do(lambda player: player.previous(), SKIPPED)

    @rule(on=st.booleans())
    def step_as_it_is(self, on: bool) -> None:
        was = self.world.player.state
        self._do(lambda player: player.skip_on() if on else player.skip_back(), SKIPPED)
        assert was is PlaybackState.PLAYING or self.world.player.state in {was, PlaybackState.STOPPED}

    @rule(offset_ms=st.sampled_from([-(2**31), -900, 0, 5_000, 2**31 - 1]))
    def seek_by(self, offset_ms: int) -> None:
        self._do(lambda player: player.seek_by(offset_ms), SKIPPED)

    @rule(which=WHICH, place=PLACE)
    def play_at(self, which: list[int], place: int) -> None:
        tracks = [TRACKS[number] for number in which]
        self._do(lambda player: player.play_at(tracks, place, StartedBy.HAND, "opened"), REPLACED)

    @rule(position_ms=st.sampled_from([-5, 0, 1, 400, 1_299, 2_500, 8_990, 99_999, 1 << 40]))
    def seek(self, position_ms: int) -> None:
        self._do(lambda player: player.seek(position_ms))

    @rule(place=PLACE)
    def jump(self, place: int) -> None:
        entry_id = self._id(place)
        self._do(lambda player: player.jump(entry_id), REPLACED)

    @rule(percent=st.integers(-5, 130), muted=st.booleans())
    def volume(self, percent: int, muted: bool) -> None:
        self._do(lambda player: (player.set_volume(percent), player.set_muted(muted))[0])

    @rule(gain=st.sampled_from(["off", "track", "album", "auto"]), equaliser=st.booleans())
    def loudness(self, gain: str, equaliser: bool) -> None:
        self.smeared |= equaliser
        wanted = Loudness(gain, 3.0, equaliser, (6.0,) + (0.0,) * 9)  # type: ignore[arg-type]
        self._do(lambda player: player.set_loudness(wanted))

    # --- the queue

    @rule(which=SOME, start=PLACE)
    def play_now(self, which: list[int], start: int) -> None:
        tracks = [TRACKS[at] for at in which]
        self._do(lambda player: player.play_now(tracks, start, StartedBy.HAND, "album"), REPLACED)

    @rule(which=WHICH)
    def play_at_once(self, which: list[int]) -> None:
        tracks = [TRACKS[at] for at in which]
        self._do(lambda player: player.play_at_once(tracks, StartedBy.SUGGESTION, "panel"), REPLACED)

    @rule(which=WHICH, how=st.sampled_from(["next", "end", "place"]), place=PLACE)
    def add(self, which: list[int], how: str, place: int) -> None:
        tracks = [TRACKS[at] for at in which]
        if how == "next":
            self._do(lambda player: player.play_next(tracks, StartedBy.HAND, "search"))
        elif how == "end":
            self._do(lambda player: player.enqueue(tracks, StartedBy.HAND, "playlist"))
        else:
            self._do(lambda player: player.insert(tracks, place, StartedBy.HAND, "dropped"))

    @rule(places=PLACES)
    def remove(self, places: list[int]) -> None:
        ids = [self._id(place) for place in places]
        self._do(lambda player: player.remove(ids), REPLACED)

    @rule(place=PLACE, to=PLACE)
    def move(self, place: int, to: int) -> None:
        entry_id = self._id(place)
        self._do(lambda player: player.move(entry_id, to))

    @rule(places=PLACES, before=PLACE)
    def move_block(self, places: list[int], before: int) -> None:
        ids = [self._id(place) for place in places]
        self._do(lambda player: player.move_block(ids, before))

    @rule(places=PLACES)
    def bring_next(self, places: list[int]) -> None:
        ids = [self._id(place) for place in places]
        self._do(lambda player: player.bring_next(ids))

    @rule(which=WHICH)
    def play_shuffled(self, which: list[int]) -> None:
        tracks = [TRACKS[at] for at in which]
        self._do(lambda player: player.play_shuffled(tracks, "album"), REPLACED)

    @rule()
    def bring_back(self) -> None:
        self._do(lambda player: player.bring_back(), REPLACED)

    @rule()
    def clear(self) -> None:
        self._do(lambda player: player.clear(), REPLACED)
        assert not self.world.player.queue.entries

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        self._do(lambda player: player.undo(redo=redo))

    @rule(shuffle=st.booleans(), by_albums=st.booleans())
    def shuffle(self, shuffle: bool, by_albums: bool) -> None:
        self._do(lambda player: player.set_by_albums(by_albums))
        self._do(lambda player: player.set_shuffle(shuffle))

    @rule(repeat=st.sampled_from(["off", "off", "all", "one"]))
    def repeat(self, repeat: str) -> None:
        self._do(lambda player: player.set_repeat(repeat))

    @rule(wanted=st.booleans())
    def stop_after(self, wanted: bool) -> None:
        self._do(lambda player: player.stop_after(wanted))

    # --- the lane

    @rule(wanted=st.booleans())
    def autoplay(self, wanted: bool) -> None:
        self._do(lambda player: player.set_autoplay(wanted))

    @rule(which=st.lists(st.integers(LANE, len(TRACKS) - 1), max_size=6))
    def fill_lane(self, which: list[int]) -> None:
        tracks = [TRACKS[at] for at in which]
        self._do(lambda player: player.fill_lane(tracks))

    @rule(place=PLACE, to=PLACE, drop=st.booleans())
    def edit_lane(self, place: int, to: int, drop: bool) -> None:
        entry_id = self._lane_id(place)
        if drop:
            self._do(lambda player: player.drop_from_lane([entry_id]))
        else:
            self._do(lambda player: player.move_in_lane(entry_id, to))

    @rule(place=PLACE, how=st.sampled_from(["play", "next", "end", "at"]), to=PLACE)
    def take_from_lane(self, place: int, how: str, to: int) -> None:
        entry_id = self._lane_id(place)
        self._do(lambda player: player.take_from_lane([entry_id], how, to), REPLACED)  # type: ignore[arg-type]

    # --- the machine

    @rule(devices=st.sampled_from([(SPEAKERS, PHONES), (PHONES, SPEAKERS), (SPEAKERS,), (PHONES,), ()]))
    def plug(self, devices: tuple[Device, ...]) -> None:
        self.world.outputs = Outputs(devices, devices[0].id if devices else "")

    @rule()
    def device_breaks(self) -> None:
        if self.world.opened:
            self.world.opened[-1].broken = True

    @rule(refuses=st.sampled_from([False, False, True]))
    def devices_refuse(self, refuses: bool) -> None:
        self.world.refuses = refuses

    @rule(device=st.sampled_from(["", "speakers", "phones", "nowhere"]))
    def choose_output(self, device: str) -> None:
        self._do(lambda player: player.choose_output(device))

    @rule(killed=st.booleans())
    def start_again(self, killed: bool) -> None:
        before = self.world.player.queue.saved()
        if killed:
            self.world.kill()
            assert 0 <= self.world.lost <= self.lost_before + 4_000 + 40, "more was lost than since the last checkpoint"
        else:
            self.world.quit()
        self.lost_before = self.world.lost
        self.world.start()
        after = self.world.player.queue.saved()
        assert replace(after, position_ms=0) == replace(before, position_ms=0)
        assert self.world.player.state is not PlaybackState.PLAYING

    # --- what must hold after each of them

    @invariant()
    def every_millisecond_is_in_the_log(self) -> None:
        world = self.world
        for device in world.opened[-1:]:
            device.played_frames()
        assert world.logged + world.going + world.lost == world.heard.total()

    @invariant()
    def of_each_track_what_was_heard_of_it(self) -> None:
        heard = Counter(self.world.heard)
        logged: Counter[int] = Counter()
        for play in self.world.log.rows:
            logged[play.track_id or 0] += play.played_ms
        if not (self.world.lost or self.smeared):
            over = logged - heard
            assert over.total() <= heard[0], f"in the log and not heard: {over}"

    @invariant()
    def a_play_is_logged_once_and_counts_what_it_can(self) -> None:
        for play in self.world.log.rows[-3:]:
            assert play.played_ms > 0 or play.ended_by is FAILED
        ids = [play.id for play in self.world.log.rows]
        assert len(set(ids)) == len(ids)

    @invariant()
    def the_state_fits_together(self) -> None:
        player = self.world.player
        segments = player._stream.segments
        if player.state is PlaybackState.STOPPED:
            assert not segments
            waits = player._teller._waiting is not None
            assert waits or player._teller._meter.so_far() is None, "a play goes on in silence"
        else:
            assert segments
            assert segments[0].entry is player.queue.current
        assert player.position_ms >= 0

    @invariant()
    def the_window_knows_what_the_player_knows(self) -> None:
        player, queue = self.world.player, self.world.player.queue
        state, track, told = (self.world.told(kind) for kind in (StateChanged, TrackChanged, QueueChanged))
        assert (state.state if isinstance(state, StateChanged) else PlaybackState.STOPPED) is player.state
        if isinstance(track, TrackChanged):
            assert track.entry is queue.current
        if isinstance(told, QueueChanged):
            assert (told.entries, told.index, told.lane) == (tuple(queue.entries), queue.index, queue.lane)
            assert (told.order, told.shuffle, told.repeat) == (queue.saved().order, queue.shuffle, queue.repeat)
            assert told.stops_after == queue.stops_after
        volume = self.world.told(VolumeChanged)
        assert not isinstance(volume, VolumeChanged) or 0 <= volume.volume <= 100

    @invariant()
    def nothing_stumbled(self) -> None:
        assert not [said for said in self.world.said if "went wrong" in said]

    def teardown(self) -> None:
        """Whatever happened: with a device, and time, what waits plays to its end."""
        world = self.world
        world.outputs, world.refuses = Outputs((SPEAKERS,), "speakers"), False
        world.run(1.0)
        for command in (lambda p: p.set_repeat("off"), lambda p: p.set_autoplay(False), lambda p: p.play()):
            world.command(command)
        for _ in range(40 + len(world.player.queue.entries)):
            world.run(10.0)
            if world.player.state is PlaybackState.STOPPED:
                break
            world.command(lambda player: player.play())
        assert world.player.state is PlaybackState.STOPPED, "it never ends"
        self.every_millisecond_is_in_the_log()
        self.nothing_stumbled()


TestAnyCommands = AnyCommands.TestCase
TestAnyCommands.settings = settings(
    max_examples=max(50, settings.default.max_examples),
    stateful_step_count=100,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate],  # to shorten a failure takes minutes: add Phase.shrink by hand
)
