"""All players that are followed: who plays what, who leads, and which plays are kept. Used by one thread."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.companion.events import Came, Event, Ignoring, Listed, Looked, SentTo, Went
from app.companion.going import Heard, Moment
from app.companion.match import made
from app.companion.meter import Meter
from app.companion.said import Said
from app.domain.errors import SegueError
from app.domain.following import Following
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track

log = logging.getLogger(__name__)

CHECKPOINT_MS = 4_000
SENT_MS = 15_000
"""A track that was sent somewhere begins within this time, or something else did."""
_UNDECIDED_MS = 5_000
"""So long it is waited for whether a play that was cut off goes on."""
_PLACES = {PlaybackState.PLAYING: 2, PlaybackState.PAUSED: 1, PlaybackState.STOPPED: 0}


class Log(Protocol):
    """Where the plays of all players go; each owner has one that goes on. None of it waits or fails."""

    def ended(self, owner: str, play: Play) -> None:
        """A play is over."""

    def going(self, owner: str, play: Play) -> None:
        """A play goes on."""

    def forget(self, owner: str) -> None:
        """Nothing of the play that goes on is kept."""

    def left(self, owner: str) -> None:
        """The player is gone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the window sees."""

    players: tuple[Following, ...] = ()
    leading: Following | None = None


@dataclass(slots=True)
class _Player:
    """One that is there."""

    came: Came
    meter: Meter = field(default_factory=Meter)
    began_ms: float = 0.0
    """When it last began to play."""
    kept_ms: float = 0.0
    looked_ms: float | None = None
    """When it was first looked at."""
    said: Said | None = None
    track: Track | None = None
    """What ``said`` was found to be."""
    started: dict[int, StartedBy] = field(default_factory=dict)
    """By number of the play."""


class Follower:
    """Takes what was learnt, keeps plays, tells what is shown."""

    def __init__(
        self,
        find: Callable[[Said], Track],
        log: Log,
        show: Callable[[Shown], None],
        ignored: Iterable[str] = (),
        cut_off: Mapping[str, Play] | None = None,
    ) -> None:
        """``cut_off``: the plays that were going on when we were last cut off, by owner."""
        self._find, self._log, self._show = find, log, show
        self._ignored = frozenset(ignored)
        self._players: dict[str, _Player] = {}
        self._cut_off = dict(cut_off or {})
        self._sent: dict[str, SentTo] = {}
        self._shown = Shown()

    @property
    def busy(self) -> bool:
        """Something plays, or waits for its end: the time is wanted now and then."""
        return any(
            player.meter.status is PlaybackState.PLAYING or player.meter.waits for player in self._players.values()
        )

    def take(self, event: Event) -> None:
        """Something happened."""
        if isinstance(event, Came):
            self._come(event)
        elif isinstance(event, Looked):
            self._look(event)
        elif isinstance(event, Went):
            self._go(event)
        elif isinstance(event, Listed):
            for owner in [owner for owner in self._cut_off if owner not in self._players]:
                self._recover(owner)
        elif isinstance(event, Ignoring):
            self._ignore(event.players)
        else:
            self._sent[event.player] = event
        self._tell()

    def tick(self, now: Moment) -> None:
        """Time went on."""
        for key, player in list(self._players.items()):
            self._record(key, player, player.meter.tick(now))
            self._after(key, player, now)
        self._tell()

    def end(self, now: Moment) -> None:
        """We go: every play that goes on is over."""
        for key in list(self._players):
            self._go(Went(key, now))
        for owner in list(self._cut_off):
            self._recover(owner)

    # --- players

    def _come(self, event: Came) -> None:
        known = self._players.get(event.key)
        if known is not None:
            known.came = event
            return
        if event.told and any(other.came.player == event.player for other in self._players.values()):
            return
        for key, other in list(self._players.items()):
            if other.came.told and other.came.player == event.player:  # it says the same itself now, and better
                self._set_aside(other, event.key)
                self._log.forget(key)
                del self._players[key]
        self._players[event.key] = _Player(event)

    def _set_aside(self, player: _Player, key: str) -> None:
        """What plays may go on under this key."""
        heard = player.meter.so_far()
        if heard is not None and not self._is_ignored(player):
            self._cut_off[key] = self._play(player, heard)
            self._log.going(key, self._cut_off[key])

    def _go(self, event: Went) -> None:
        player = self._players.get(event.key)
        if player is None:
            return
        if event.lost:
            self._record(event.key, player, player.meter.tick(event.now))  # what stopped a while ago is over
            if event.key not in self._cut_off:
                self._set_aside(player, event.key)
            del self._players[event.key]
        else:
            if event.key in self._cut_off:
                self._recover(event.key)
            self._record(event.key, player, player.meter.end(event.now))
            del self._players[event.key]
            self._log.left(event.key)

    def _look(self, event: Looked) -> None:
        player = self._players.get(event.key)
        if player is None:
            return
        before = player.meter.status
        if player.looked_ms is None:
            player.looked_ms = event.now.clock_ms
        self._record(event.key, player, player.meter.take(event.now, event.seen))
        if player.meter.status is PlaybackState.PLAYING and before is not PlaybackState.PLAYING:
            player.began_ms = event.now.clock_ms
        self._after(event.key, player, event.now)

    def _after(self, key: str, player: _Player, now: Moment) -> None:
        """What follows from anything that was learnt."""
        meter = player.meter
        self._note_start(player, now)
        if player.said != meter.said:
            player.track = self._found(meter.said) if meter.said.named else None
            player.said = meter.said
            meter.learn_length(player.track.duration_ms if player.track is not None else 0)
        if key in self._cut_off:
            self._try_to_resume(key, player, now)
        elif now.clock_ms - player.kept_ms >= CHECKPOINT_MS and meter.status is PlaybackState.PLAYING:
            heard = meter.so_far()
            if heard is not None and not self._is_ignored(player):
                player.kept_ms = now.clock_ms
                self._log.going(key, self._play(player, heard))

    def _note_start(self, player: _Player, now: Moment) -> None:
        """Whether what plays is what was sent there. Of all else no player tells why it began: as if by a queue."""
        number, said = player.meter.number, player.meter.said
        sent = self._sent.get(player.came.player)
        if sent is not None and now.clock_ms - sent.now.clock_ms > SENT_MS:
            del self._sent[player.came.player]
        elif sent is not None and number not in player.started and said.path == sent.file:
            player.started = {**dict(list(player.started.items())[-2:]), number: StartedBy.SUGGESTION}
            del self._sent[player.came.player]

    # --- plays that were cut off with us

    def _try_to_resume(self, key: str, player: _Player, now: Moment) -> None:
        play, meter = self._cut_off[key], player.meter
        track = player.track
        if track is not None and track.recording_key == play.recording_key:
            if meter.resume(play.started_at, play.played_ms):
                del self._cut_off[key]
                player.started[meter.number] = play.started_by
                return
            if not meter.placed and now.clock_ms - (player.looked_ms or now.clock_ms) < _UNDECIDED_MS:
                return
            self._recover(key)
        elif track is not None or now.clock_ms - (player.looked_ms or now.clock_ms) >= _UNDECIDED_MS:
            self._recover(key)

    def _recover(self, owner: str) -> None:
        """It does not go on."""
        play = self._cut_off.pop(owner)
        if play.played_ms > 0:
            self._log.ended(owner, play)
        else:
            self._log.forget(owner)

    # --- plays

    def _record(self, key: str, player: _Player, over: list[Heard]) -> None:
        for heard in over:
            if key in self._cut_off:  # another play has ended meanwhile: the one that was cut off is over as well
                self._recover(key)
            if not self._is_ignored(player):
                self._log.ended(key, self._play(player, heard))
            player.kept_ms = 0.0

    def _play(self, player: _Player, heard: Heard) -> Play:
        track = player.track if player.said == heard.said and player.track is not None else self._found(heard.said)
        sent = player.started.get(heard.number, StartedBy.QUEUE)
        return Play(
            track_id=track.id if track.in_library else None,
            recording_key=track.recording_key,
            title=track.title,
            artist=track.artist,
            album=track.album,
            duration_ms=track.duration_ms or heard.said.length_ms,
            started_at=heard.started_at,
            played_ms=heard.heard_ms,
            started_by=sent,
            ended_by=heard.ended_by,
            client=player.came.player,
            context="panel" if sent is StartedBy.SUGGESTION else "companion",
        )

    def _found(self, said: Said) -> Track:
        try:
            return self._find(said)
        except SegueError as error:  # its play is kept all the same, under the names that were said
            log.warning("What plays could not be looked up: %s", error)
            return made(said)

    def _is_ignored(self, player: _Player) -> bool:
        return player.came.player in self._ignored

    def _ignore(self, players: frozenset[str]) -> None:
        changed, self._ignored = self._ignored ^ players, players
        for key, player in self._players.items():
            if player.came.player in changed:
                player.meter.forget()
                self._cut_off.pop(key, None)
                self._log.forget(key)

    # --- what is shown

    def _tell(self) -> None:
        first = sorted(self._players.values(), key=_rank, reverse=True)
        by_player: dict[str, Following] = {}
        for player in first:
            by_player.setdefault(player.came.player, self._following(player))
        leading = next((f for f in by_player.values() if not f.ignored and f.state is not PlaybackState.STOPPED), None)
        players = tuple(sorted(by_player.values(), key=lambda f: (f.name.casefold(), f.player)))
        shown = Shown(players, leading)
        if shown != self._shown:
            self._shown = shown
            self._show(shown)

    def _following(self, player: _Player) -> Following:
        state = player.meter.status
        track = player.track if state is not PlaybackState.STOPPED else None
        came = player.came
        return Following(came.player, came.name, state, track, self._is_ignored(player), came.takes_tracks)


def _rank(player: _Player) -> tuple[int, float]:
    """The one that plays before one that is paused; of those the one that began last."""
    return _PLACES[player.meter.status], player.began_ms


def ended_by_of(value: object) -> EndedBy | None:
    """A plug-in's word for how a track ended."""
    return EndedBy(value) if isinstance(value, str) and value in {each.value for each in EndedBy} else None
