"""The player: queue, mixer, meter and output as one state machine. No Qt, no threads; one thread calls everything.

The listener's commands are methods; between them ``step()`` is called again and again. It fills the output, follows
what is *heard* (not what is decoded), and tells what happened through ``emit``. A command that changes what comes next
is checked against what has already been mixed ahead; only if the two differ is the stream begun anew.
"""

import random
from collections.abc import Callable

from app.domain.errors import LeftAlone, SegueError
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import PlaybackState, SavedQueue
from app.playback.decoder import Decoder, Source
from app.playback.desktop_commands import RESTART_MS, DesktopCommands
from app.playback.events import Event
from app.playback.lane import LanedQueue
from app.playback.mixer import Prepared, Segment
from app.playback.output import AudioOutput
from app.playback.prepared import prepared
from app.playback.sound_commands import SoundCommands
from app.playback.span import OpensTracks, Sources
from app.playback.started import chosen
from app.playback.stream import Stream
from app.playback.teller import Teller

MOST_FAILED = 10
"""So many files in a row that cannot be played end the playing: the drive is away, and the log need not hear of all."""

_STEP_S = 0.04
_SOON_S = 0.01
_WAITING_S = 0.5
_REST_S = 2.0
"""While nothing plays only the list of devices can change; whatever the listener wants wakes the loop at once."""


class Player(DesktopCommands, SoundCommands):
    """What plays, what comes next, and what was heard."""

    def __init__(
        self,
        output: AudioOutput,
        emit: Callable[[Event], None],
        now_ms: Callable[[], int],
        *,
        client_version: str = "",
        resumes: bool = False,
        open_source: Callable[[bytes], Source] = Decoder,
        sources: OpensTracks | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """``resumes``: the play that goes on at the end is not over; the next start goes on with it.

        ``sources`` give the sound of tracks; without them, ``open_source`` that of files.
        """
        self.state, self._resumes = PlaybackState.STOPPED, resumes
        self.queue = LanedQueue(rng)
        self._output, self._sources = output, sources or Sources(open_source)
        self._stream = Stream(output, self._prepare, self.queue.in_album)
        self._teller = Teller(emit, now_ms, output.rate, client_version)
        self._waits = False
        """Paused because the device is gone, not because the listener wanted it."""
        self._ended_id: int | None = None
        """The entry that ended by itself last."""

    @property
    def position_ms(self) -> int:
        """How far the listener has heard into the current track."""
        return self._stream.position_ms

    # --- commands: transport

    def play(self) -> None:
        """Goes on, or begins with the current entry, or with the first."""
        if self.state is PlaybackState.PAUSED:
            self._sound()
            self._set_state(PlaybackState.PLAYING)
        elif self.state is PlaybackState.STOPPED:
            if self.queue.current is None:
                self.queue.advance(by_itself=False)
            current, (away, place) = self.queue.current, self._away
            if current is None:
                self._teller.nothing_queued()
            self._begin(chosen(current) if current else StartedBy.HAND, place if away is current else 0)

    def pause(self) -> None:
        """Falls silent and stays where it is."""
        self._waits = self._passing = False
        if self.state is not PlaybackState.PLAYING:
            return
        self._hush()
        if self.state is PlaybackState.PLAYING:
            self._teller.checkpoint()
            self._set_state(PlaybackState.PAUSED)
            self._teller.position(self.position_ms)

    def wait_for_output(self) -> bool:
        """The device is gone: stays where it is. True where it goes on when there is one: it played, or was to play."""
        self._listen()
        if self.state is PlaybackState.STOPPED and not self._stream.segments:
            return False
        by_hand = self.state is PlaybackState.PAUSED and not self._waits
        self._output.pause()
        self._teller.checkpoint()
        self._set_state(PlaybackState.PAUSED)
        self._teller.position(self.position_ms)
        self._waits = not by_hand
        return self._waits

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.state is PlaybackState.PLAYING:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Falls silent; the current entry stays current, from its start."""
        self._hush()
        self._leave(EndedBy.REPLACED)
        self._silence()

    def next(self, shown_id: int | None = None) -> None:
        """The next entry, past *repeat one*; stops behind the last. One shown that just ended by itself is enough."""
        self._hush()
        if self._is_past(shown_id):
            self._go_on()
            return
        self._leave(EndedBy.SKIPPED)
        self.queue.advance(by_itself=False)
        self._begin(StartedBy.QUEUE)

    def previous(self) -> None:
        """Back to the start of the track, or within its first seconds to the entry before."""
        self._listen()
        before = self.queue.preceding()
        if before is None or self.position_ms > RESTART_MS:
            self.seek(0)
            return
        self._hush()
        self._leave(EndedBy.SKIPPED)
        self.queue.turn_to(before.entry_id)
        self._begin(StartedBy.HAND)

    def jump(self, entry_id: int) -> None:
        """Plays an entry that the listener chose in the queue."""
        entry = self.queue.entry(entry_id)
        if entry is None:
            return
        self._hush()
        self._leave(EndedBy.REPLACED)
        self.queue.go_to(entry_id)
        self._begin(chosen(entry))

    def seek(self, position_ms: int) -> None:
        """Goes to a place in the current track; the play goes on."""
        if self.state is PlaybackState.STOPPED:
            return
        self._hush()
        if self._stream.segments:
            self._restart_stream(max(position_ms, 0) * self._output.rate // 1000)

    def set_crossfade(self, seconds: float) -> None:
        """How long one track fades into the next, 0 for not at all; a border that is mixed already is mixed anew."""
        self._stream.set_crossfade(seconds)
        self._listen()
        if not self._is_mixed_on():
            return
        self._hush()
        if self._is_mixed_on():
            self._restart_stream(self._stream.position)
        else:
            self._go_on()

    # --- beginning and ending of Segue

    def restore(self, saved: SavedQueue, play: Play | None) -> None:
        """The queue of last time, paused where it was; ``play`` is what was heard of its current entry."""
        self.queue.restore(saved)
        self._restored = True
        entry = self.queue.current
        if entry is None or not (saved.position_ms or play):
            self._teller.track(self.queue)
            return
        started_by = play.started_by if play else chosen(entry)
        try:
            source = self._sources.open(entry.track)
            self._output.pause()
            self._stream.start(entry, started_by, source, saved.position_ms * self._output.rate // 1000)
        except SegueError:  # its drive may be away: it is shown, and playing it says why it cannot be
            self._stream.flush()
            if play:
                self._teller.wait(entry, play)
            self._teller.track(self.queue)
            self._away = (entry, saved.position_ms)
            self._teller.position(saved.position_ms)  # and so it is kept on
            return
        self._arrive(self._stream.segments[0])
        if play:
            self._teller.resume(entry, play)
        self._set_state(PlaybackState.PAUSED)
        self._teller.position(self.position_ms)

    def give_up(self) -> None:
        """After trouble with the output: ends the play as failed and stops, ready to be started again."""
        self._leave(EndedBy.FAILED)
        self._silence()

    def quit(self) -> None:
        """Ends or keeps the play that is going on and gives the output back."""
        try:
            if self._resumes:
                self.pause()
            else:
                self.stop()
        finally:
            self._stream.flush()
            self._sources.close()
            self._output.close()

    # --- the heartbeat

    def step(self) -> float:
        """Fills the output and follows what is heard. Gives the seconds until it wants to be called again."""
        if self._output.look() and self._waits:
            self.play()
        if self.state is not PlaybackState.PLAYING:
            return _WAITING_S if self._waits else _REST_S
        self._stream.fill()
        self._listen()
        return _SOON_S if self._stream.waits else _STEP_S

    def _listen(self) -> None:
        """Accounts for what was heard since the last call, over as many borders as lie in it."""
        if self.state is PlaybackState.STOPPED:
            return
        played = self._stream.played()
        while self._stream.segments:
            segment = self._stream.segments[0]
            frames = self._stream.hear_to(played)
            self._teller.heard(frames, self.position_ms)
            if segment.end is None or played < segment.end:
                return
            self._cross_border(segment)

    def _hush(self) -> None:
        """Fades out and accounts for all that will have been heard then."""
        self._output.pause()
        self._listen()

    def _sound(self) -> None:
        """The listener wants to hear something: now, or once there is a device."""
        self._waits = True
        self._output.resume()
        self._waits = False

    def _go_on(self) -> None:
        """Ends a hush that the listener did not ask for."""
        if self.state is PlaybackState.PLAYING:
            self._output.resume()

    def _is_past(self, shown_id: int | None) -> bool:
        """True once where the entry that was shown ended by itself, and another plays: nobody meant that one."""
        ended, self._ended_id = self._ended_id, None
        current = self.queue.current
        return shown_id is not None and shown_id == ended and (current is None or current.entry_id != ended)

    def _is_mixed_on(self) -> bool:
        """True where what plays has been mixed to its end, and what follows with it."""
        return bool(self._stream.segments) and self._stream.segments[0].end is not None

    def _cross_border(self, segment: Segment) -> None:
        """The ear has reached the end of a segment: its play is over, and the next is what plays."""
        if segment.error:
            self._teller.failure(segment.entry, segment.error)
        self._teller.end(EndedBy.FAILED if segment.error else EndedBy.FINISHED)
        self._stream.segments.popleft()
        self._ended_id = segment.entry.entry_id
        stops, self.queue.stops_after = self.queue.stops_after, False
        self.queue.advance()
        if stops:
            self._teller.track(self.queue)
            self._silence()
        elif self._stream.segments:
            self._arrive(self._stream.segments[0])
            self._teller.position(self.position_ms)
        else:
            self._stop_there(gave_up=bool(segment.error))

    def _arrive(self, segment: Segment) -> None:
        self._teller.begin(segment.entry, segment.started_by, segment.duration_ms)
        self._teller.track(self.queue, segment.duration_ms)

    # --- beginning and ending

    def _begin(self, started_by: StartedBy, at_ms: int = 0, *, paused: bool = False) -> None:
        """Plays the current entry or the first behind it that opens, or stands at its place; stops if there is none."""
        self._away, self._ended_id, self._passing = (None, 0), None, False
        for _ in range(min(max(self.queue.tries(), 1), MOST_FAILED)):
            entry = self.queue.current
            self._stream.flush()
            if entry is None:
                break
            try:
                source = self._sources.open(entry.track)
                self._stream.start(entry, started_by, source, at_ms * self._output.rate // 1000)
            except LeftAlone:  # what was asked for instead ends its play
                self._teller.begin(entry, started_by, entry.track.duration_ms)
                self._teller.track(self.queue)
                self._silence()
                self._passing = not paused
                return
            except SegueError as error:
                self._teller.fail(entry, started_by, str(error))
                self.queue.advance(by_itself=False)
                started_by, at_ms = StartedBy.QUEUE, 0
                continue
            self._arrive(self._stream.segments[0])
            if not paused:
                self._sound()
            self._teller.position(self.position_ms)
            self._set_state(PlaybackState.PAUSED if paused else PlaybackState.PLAYING)
            return
        self._stop_there(gave_up=True)

    def _stop_there(self, *, gave_up: bool) -> None:
        """Nothing more is played: the queue is at its end, or so much of it failed that the rest is left alone."""
        if gave_up and self.queue.current is not None and len(self.queue.entries) > MOST_FAILED:
            self._teller.gave_up(MOST_FAILED)
        else:
            self.queue.go_to(None)
        self._teller.track(self.queue)
        self._silence()

    def _restart_stream(self, at: int) -> None:
        """Drops what is buffered and goes on with the current segment's entry from another frame of it."""
        segment = self._stream.segments[0]
        source = self._stream.own_source()
        try:
            source = source or self._sources.open(segment.entry.track)
            self._stream.start(segment.entry, segment.started_by, source, at)
        except LeftAlone:
            self._silence()
            return
        except SegueError as error:
            self._teller.failure(segment.entry, str(error))
            stops = self.queue.stops_after
            self._leave(EndedBy.FAILED)
            self.queue.advance(by_itself=False)
            if stops:
                self._teller.track(self.queue)
                self._silence()
            else:
                self._begin(StartedBy.QUEUE)
            return
        self._go_on()
        self._teller.position(self.position_ms)

    def _silence(self) -> None:
        self._waits = self._passing = False
        self._output.pause()
        self._stream.flush()
        self._sources.close()
        self._teller.position(0)
        self._set_state(PlaybackState.STOPPED)

    # --- looking ahead

    def _prepare(self, steps: int) -> Prepared | None:
        """What follows by itself, opened: the mixer asks as soon as it has read the last sample of what plays."""
        tired = self._stream.failed_in_a_row >= MOST_FAILED
        return None if tired else prepared(self.queue, steps, self._sources)

    def _queue_edited(self) -> None:
        """Tells the queue, and mixes anew if something else follows now than what was mixed."""
        self._teller.queue(self.queue)
        segments = self._stream.segments
        if self.state is PlaybackState.STOPPED or not segments or segments[0].end is None:
            return
        if self._stream.turning and len(segments) == 1:
            return  # nothing of what follows is mixed
        followed = [segment.entry for segment in list(segments)[1:]]
        wanted = [self.queue.upcoming(step) for step in range(1, len(followed) + 1)]
        ends_here = not followed and self.queue.upcoming() is None
        if followed != wanted or not (followed or ends_here):
            self._output.pause()
            self._teller.heard(self._stream.hear_to(self._stream.played()), self.position_ms)
            self._restart_stream(self._stream.position)

    def _set_state(self, state: PlaybackState) -> None:
        if state is not self.state:
            self.state = state
            self._teller.state(state)
