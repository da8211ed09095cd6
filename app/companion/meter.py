"""Turns what one player says into exactly one play a track, with the milliseconds of it that were really heard.

The clock counts while the player says it plays; the positions it gives correct the clock where it stood still. They
never add to it: a jump within the track, a clock that was set and a machine that slept are not heard. As in Segue
itself, milliseconds are the track's: heard through at double speed it was heard whole.
"""

from collections.abc import Iterator
from dataclasses import replace

from app.companion.going import Going, Heard, Moment, Seen, near_end
from app.companion.said import NOTHING, Said, falls_silent, is_counted_anew, same_track
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState

NEAR_MS = 1_200
"""Positions are as coarse as a second, and late: what is nearer than this to where the clock is agrees with it."""
LINGER_MS = 2_000
"""Some players stop between two tracks, or when they jump: so long it may not have been the end."""
BLINK_MS = 700
"""Some players pause for a moment when they go on to another track."""
LONGEST_GAP_MS = 20_000
"""More than this between two looks counts only where the position says that the music went on."""
LONGEST_SILENCE_MS = 40_000
"""So long a player that says where it is again and again is believed without it: a slow one is asked every 30 s."""
LEAST_MS = 200
"""What was there for a shorter time had not sounded yet."""


class Meter:
    """One player: :meth:`take` all that is learnt of it, :meth:`tick` now and then, :meth:`end` it."""

    def __init__(self) -> None:
        self.status = PlaybackState.STOPPED
        self._rate, self._clock = 1.0, 0.0
        self._going: Going | None = None
        self._before: Going | None = None
        """A play that may be over: what has come since will tell."""
        self._before_ended = EndedBy.REPLACED
        self._stopped_at: float | None = None
        self._played_at = -float(LINGER_MS)
        """When it last played."""
        self._moves = self._fine = False
        self._prompt = 0
        """So many positions in a row came soon after the one before, and went on with the clock."""
        self._hint: EndedBy | None = None
        self._numbers = 0

    # --- what is asked

    @property
    def said(self) -> Said:
        """What plays, or is paused."""
        return self._going.said if self._going is not None else NOTHING

    @property
    def number(self) -> int:
        """Of the play that goes on."""
        return self._going.number if self._going is not None else 0

    @property
    def started_at(self) -> int | None:
        """When the play that goes on began; ``None`` before it sounds."""
        return self._going.started_at if self._going is not None else None

    @property
    def placed(self) -> bool:
        """The player has said where in the track it is."""
        return self._going is not None and self._going.position is not None

    @property
    def waits(self) -> bool:
        """It wants a :meth:`tick` soon, though nothing plays."""
        return self._stopped_at is not None or self._before is not None

    def so_far(self) -> Heard | None:
        """The play that goes on as it would stand in the log if nothing more were learnt."""
        if self._before is not None and self._before.said.named:
            return self._heard(self._before, self._hint or self._way_before_ended())
        return self._heard(self._going, self._hint or self._way_of_stopping()) if self._going is not None else None

    # --- what is learnt

    def take(self, now: Moment, seen: Seen) -> list[Heard]:
        """What was learnt of the player just now; gives the plays that are over."""
        return list(self._take(now, seen))

    def tick(self, now: Moment) -> list[Heard]:
        """Nothing was learnt, but time went on."""
        return list(self._take(now, Seen()))

    def end(self, now: Moment) -> list[Heard]:
        """The player is gone, or we go."""
        self._pass(now)
        self._before_ended = self._way_before_ended()
        over = [*self._settle(), *self._over(self._way_of_stopping())]
        self.status, self._stopped_at = PlaybackState.STOPPED, None
        return over

    def lose(self, now: Moment) -> list[Heard]:
        """The player cannot be seen any more: gives what is over all the same. What goes on may go on unseen."""
        over = self.tick(now)
        if self._going is not None and self._going.said.named:  # it has begun anew, as far as anybody can tell
            over += self._settle()
        return over

    def forget(self) -> None:
        """Nothing of what went on so far is kept."""
        self._before = None
        if self._going is not None:
            self._going = Going(self._going.said, self._next_number())

    def learn_length(self, length_ms: int) -> None:
        """How long the track is by the library, for players that do not say it."""
        if self._going is not None:
            self._going.known_length = length_ms

    def resume(self, now: Moment, started_at: int, heard_ms: int) -> bool:
        """What goes on was going on when we were last cut off: it is one play. Not where it has begun anew since.

        Where it is as far along as time has gone by since it began, it was heard all through, also while nobody looked.
        """
        going = self._going
        if going is None or going.position is None or going.at + NEAR_MS < heard_ms:
            return False
        going.started_at = started_at
        going.heard += heard_ms
        through = now.utc_ms - started_at
        if abs(going.at - through) <= NEAR_MS:
            going.heard = max(going.heard, min(going.at, through) - going.believed)
        return True

    def _take(self, now: Moment, seen: Seen) -> Iterator[Heard]:
        self._pass(now)
        self._hint = seen.ended_by or self._hint
        yield from self._give_up_waiting(now)
        if seen.said is not None:
            yield from self._take_said(seen.said)
        if seen.rate is not None:
            self._rate = seen.rate
        if seen.status is not None and seen.status is not self.status:
            yield from self._take_status(now, seen.status)
        if seen.position_ms is not None and self.status is not PlaybackState.STOPPED:
            yield from self._take_position(now, seen.position_ms, seen.jumped)
        going = self._going
        if going is not None and going.started_at is None and self.status is PlaybackState.PLAYING:
            going.started_at = now.utc_ms

    def _pass(self, now: Moment) -> None:
        """Time goes on; a clock that goes back stands still."""
        elapsed = max(0.0, now.clock_ms - self._clock)
        self._clock = max(self._clock, now.clock_ms)
        if self.status is PlaybackState.PLAYING:
            self._played_at = self._clock
        if self._going is not None and self.status is PlaybackState.PLAYING:
            self._going.since += elapsed * self._rate
            self._going.believed += min(elapsed, LONGEST_GAP_MS) * self._rate
            self._doubt(self._going)

    def _doubt(self, going: Going) -> None:
        """No more is believed than the track has left, nor for ever that a player plays that has fallen silent."""
        if going.position is None:
            return
        if self._prompt >= 2:
            going.believed = min(going.believed, LONGEST_SILENCE_MS * self._rate)
        if going.length:
            going.believed = min(going.believed, max(0.0, going.length - going.position))

    def _give_up_waiting(self, now: Moment) -> Iterator[Heard]:
        if self._stopped_at is not None and now.clock_ms - self._stopped_at > LINGER_MS:
            self._stopped_at = None
            yield from self._settle()
            yield from self._over(self._way_of_stopping())
        elif self._before is not None and self._going is not None and self._going.been > LINGER_MS * 2:
            yield from self._settle()

    # --- another track

    def _take_said(self, said: Said) -> Iterator[Heard]:
        going = self._going
        if going is None:
            if not said.empty or self.status is PlaybackState.PLAYING:
                self._begin(said, afresh=False)
            return
        if falls_silent(self._before.said if self._before is not None and going.said.empty else going.said, said):
            said = NOTHING
        if self._before is not None and going.said.empty and not said.empty:
            if same_track(self._before.said, said):
                self._take_back()
                return
            yield from self._settle()
        if said.empty:
            if not going.said.empty and self.status is PlaybackState.PLAYING:  # the next word tells what it was
                yield from self._settle()
                self._put_aside(self._way_of_going_on())
                self._begin(said, afresh=True)
            return
        if going.said.empty or same_track(going.said, said):
            again = said.track != going.said.track and bool(going.said.track) and going.ends
            if not again:
                going.said = _better(going.said, said)
                return
        yield from self._settle()
        yield from self._over(self._way_of_going_on())
        self._begin(said, afresh=True)

    def _begin(self, said: Said, *, afresh: bool) -> None:
        """A track begins: at its start, where we saw the one before; else anywhere."""
        self._going = Going(said, self._next_number(), position=0.0 if afresh else None)
        self._stopped_at = None

    def _put_aside(self, ended_by: EndedBy) -> None:
        self._before, self._before_ended, self._going = self._going, ended_by, None

    def _take_back(self) -> None:
        """It was the same track all the time."""
        before, going = self._before, self._going
        self._before = None
        if before is None or going is None:
            return
        going.count()
        before.count()
        before.heard += going.heard
        before.position, before.drift, before.steady = going.position, 0.0, False
        self._going = before

    def _way_before_ended(self) -> EndedBy:
        """How the track before ended if nothing follows: it was not skipped where the player fell silent."""
        silent = self._going is not None and self._going.said.empty
        return EndedBy.REPLACED if silent and self._before_ended is EndedBy.SKIPPED else self._before_ended

    def _settle(self) -> Iterator[Heard]:
        """What may have been over is."""
        before, self._before = self._before, None
        if before is not None:
            yield from self._worth_keeping(before, self._before_ended)

    def _over(self, ended_by: EndedBy) -> Iterator[Heard]:
        going, self._going = self._going, None
        if going is not None:
            yield from self._worth_keeping(going, ended_by)

    def _worth_keeping(self, going: Going, ended_by: EndedBy) -> Iterator[Heard]:
        heard = self._heard(going, self._hint or ended_by)
        self._hint = None
        if heard is not None:
            yield heard

    def _way_of_going_on(self) -> EndedBy:
        """How a track ended that another one follows."""
        going = self._going
        if going is None or going.ends:
            return EndedBy.FINISHED
        playing = self._clock - self._played_at <= (BLINK_MS if self.status is PlaybackState.PAUSED else LINGER_MS)
        return EndedBy.SKIPPED if playing and going.length else EndedBy.REPLACED

    def _way_of_stopping(self) -> EndedBy:
        return EndedBy.FINISHED if self._going is not None and self._going.ends else EndedBy.REPLACED

    # --- playing, paused, stopped

    def _take_status(self, now: Moment, status: PlaybackState) -> Iterator[Heard]:
        before, self.status = self.status, status
        if status is PlaybackState.STOPPED:
            self._stopped_at = now.clock_ms
            self._before_ended = self._way_before_ended()
            return
        if before is PlaybackState.STOPPED and self._stopped_at is not None and self._going is not None:
            self._stopped_at = None  # the same track again: where it is now tells whether it began anew
            yield from self._settle()
            said = self._going.said
            self._put_aside(self._way_of_stopping())
            self._begin(said, afresh=False)
        if self._going is None and status is PlaybackState.PLAYING:
            self._begin(NOTHING, afresh=False)

    # --- where it is

    def _take_position(self, now: Moment, position: int, jumped: bool) -> Iterator[Heard]:
        going = self._going
        if going is None or (going.length and position > max(going.length, going.at) + NEAR_MS):
            return  # a jump to behind the end is none: it was said of another track, or in another unit
        self._fine = self._fine or position % 1_000 != 0
        if going.position is None:
            self._first_position(going, position)
        elif self._began_again(going, position, jumped):
            yield from self._again(now, going, position)
        else:
            self._look(going, position, jumped)

    def _first_position(self, going: Going, position: int) -> None:
        before = self._before
        if before is not None and same_track(before.said, going.said):
            going.position = position
            if before.at > NEAR_MS and position >= before.at - NEAR_MS:
                going.count()
                self._take_back()
                return
        going.count()
        going.position = position

    def _look(self, going: Going, position: int, jumped: bool) -> None:
        advance = position - (going.position or 0.0)
        off = advance - going.since
        going.steady = False
        if jumped or off > NEAR_MS or advance < -NEAR_MS:  # it went elsewhere, and played meanwhile
            going.count()
            going.drift = 0.0
        elif off < -NEAR_MS and self._moves:  # it stood still for a while
            going.count(max(0.0, advance))
            going.drift = 0.0
        else:
            if advance >= 300 and going.since >= 300:
                self._moves = True
                self._prompt = self._prompt + 1 if going.since <= LONGEST_SILENCE_MS * self._rate else 0
            going.steady = True
            going.drift += off
            going.count(going.since if self._moves else None)
            if abs(going.drift) > NEAR_MS:
                self._correct(going)
        going.position = position

    def _correct(self, going: Going) -> None:
        """It stood still again and again, for moments."""
        if going.drift < 0 and self._moves:
            going.heard = max(0.0, going.heard + going.drift)
        going.drift = 0.0

    def _began_again(self, going: Going, position: int, jumped: bool) -> bool:
        """From the end to the start by itself: the same track once more. A jump back from elsewhere is none."""
        length, before = going.length, going.position or 0.0
        if not length or position > before - min(NEAR_MS, length // 2) or not (going.steady or going.since >= 300):
            return False
        if jumped:
            return position <= NEAR_MS and going.ends
        return abs(going.at - length - position) <= 2 * NEAR_MS and near_end(going.at, length)

    def _again(self, now: Moment, going: Going, position: int) -> Iterator[Heard]:
        to_its_end = max(0.0, going.length - (going.position or 0.0))
        rest = max(0.0, going.since - to_its_end)
        going.count(to_its_end)
        yield from self._over(EndedBy.FINISHED)
        self._begin(going.said, afresh=False)
        again = self._going
        if again is not None:
            again.known_length = going.known_length
            again.position, again.heard = position, min(rest, position)
            again.started_at = now.utc_ms - round(again.heard / self._rate)

    # --- the play

    def _next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _heard(self, going: Going, ended_by: EndedBy) -> Heard | None:
        heard = going.heard + going.believed + (min(0.0, going.drift) if self._fine and self._moves else 0.0)
        if going.started_at is None or heard < LEAST_MS or not going.said.named:
            return None
        return Heard(going.said, going.started_at, round(heard), ended_by, going.number)


def _better(before: Said, now: Said) -> Said:
    """What is said now, and what was said before where nothing is."""
    return replace(
        now,
        title=before.title if not now.title or is_counted_anew(before, now) else now.title,
        artist=now.artist or before.artist,
        artists=now.artists or before.artists,
        album=now.album or before.album,
        album_artist=now.album_artist or before.album_artist,
        length_ms=now.length_ms or before.length_ms,
        path=now.path or before.path,
        url=now.url or before.url,
        track=now.track or before.track,
        recording_mbid=now.recording_mbid or before.recording_mbid,
    )
