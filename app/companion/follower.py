"""All players that are followed: who plays what, who leads, and which plays are kept. Used by one thread."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

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

T = TypeVar("T")

CHECKPOINT_MS = 4_000
SENT_MS = 15_000
"""A track that was sent somewhere begins within this time, or something else did."""
_UNDECIDED_MS = 5_000
"""So long it is waited for whether a play that was cut off goes on."""
_BEFORE_SENT_MS = 2_000
"""By so much a plug-in may tell late that what begins was chosen."""
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
        try:
            self._take(event)
        finally:
            self._tell()

    def _take(self, event: Event) -> None:
        if isinstance(event, Came):
            self._come(event)
        elif isinstance(event, Looked):
            self._look(event)
        elif isinstance(event, Went):
            self._go(event)
        elif isinstance(event, Listed):
            _each(self._recover, [owner for owner in self._cut_off if owner not in self._players])
        elif isinstance(event, Ignoring):
            self._ignore(event.players)
        else:
            self._send(event)

    def tick(self, now: Moment) -> None:
        """Time went on."""

        def pass_time(key: str) -> None:
            player = self._players[key]
            self._record(key, player, player.meter.tick(now))
            self._after(key, player, now)

        try:
            _each(pass_time, list(self._players))
        finally:
            self._tell()

    def end(self, now: Moment) -> None:
        """We go: every play that goes on is over."""
        try:
            _each(lambda key: self._go(Went(key, now)), list(self._players))
        finally:
            _each(self._recover, list(self._cut_off))

    def leave(self, now: Moment) -> None:
        """We go, and another one of us comes at once: what goes on is kept as it is, and may go on there."""
        _each(lambda key: self._go(Went(key, now, lost=True)), list(self._players))

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
            self._cut_off[key] = self._joined(key, self._play(player, heard))
            self._log.going(key, self._cut_off[key])

    def _go(self, event: Went) -> None:
        player = self._players.get(event.key)
        if player is None:
            return
        del self._players[event.key]
        if event.lost:
            try:
                self._record(event.key, player, player.meter.lose(event.now))
            finally:
                self._set_aside(player, event.key)
            return
        try:
            self._record(event.key, player, player.meter.end(event.now))
        finally:
            if event.key in self._cut_off:
                self._recover(event.key)
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

    def _send(self, sent: SentTo) -> None:
        """Remembered for as long as it may begin, though nobody hears of the player again."""
        self._sent = {player: each for player, each in self._sent.items() if not _is_old(each, sent.now)}
        if sent.player:
            self._sent[sent.player] = sent

    def _note_start(self, player: _Player, now: Moment) -> None:
        """Whether what plays is what was sent there. Of all else no player tells why it began: as if by a queue."""
        number, began = player.meter.number, player.meter.started_at
        sent = self._sent.get(player.came.player)
        if sent is None:
            return
        if _is_old(sent, now):
            del self._sent[player.came.player]
            return
        is_new = began is not None and began >= sent.now.utc_ms - _BEFORE_SENT_MS
        if is_new and player.meter.said.path == sent.file and player.started.get(number) is not StartedBy.SUGGESTION:
            player.started = {**dict(list(player.started.items())[-2:]), number: StartedBy.SUGGESTION}
            del self._sent[player.came.player]

    # --- plays that were cut off with us

    def _try_to_resume(self, key: str, player: _Player, now: Moment) -> None:
        play, meter = self._cut_off[key], player.meter
        track = player.track
        if track is not None and track.recording_key == play.recording_key:
            if meter.resume(now, play.started_at, play.played_ms):
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
        def record(heard: Heard) -> None:
            if not self._is_ignored(player):
                self._log.ended(key, self._joined(key, self._play(player, heard)))
            player.kept_ms = 0.0

        _each(record, over)

    def _joined(self, key: str, play: Play) -> Play:
        """One with the play that was cut off, where it is the same that went on; else that one is over."""
        before = self._cut_off.get(key)
        if before is None:
            return play
        if before.recording_key != play.recording_key:
            self._recover(key)
            return play
        del self._cut_off[key]
        return replace(
            play,
            started_at=before.started_at,
            played_ms=before.played_ms + play.played_ms,
            started_by=before.started_by,
            context=before.context,
        )

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


def _is_old(sent: SentTo, now: Moment) -> bool:
    return now.clock_ms - sent.now.clock_ms > SENT_MS


def _each(work: Callable[[T], None], things: Iterable[T]) -> None:
    """Does it with each of them, also with those that come after one with which it fails.

    Raises:
        ExceptionGroup: all that went wrong.
    """
    errors: list[Exception] = []
    for thing in things:
        try:
            work(thing)
        except Exception as error:  # noqa: BLE001 - one player's trouble must not stop what is kept of the others
            errors.append(error)
    if errors:
        raise ExceptionGroup("Some plays could not be followed", errors)


def _rank(player: _Player) -> tuple[int, float]:
    """The one that plays before one that is paused; of those the one that began last."""
    return _PLACES[player.meter.status], player.began_ms


def ended_by_of(value: object) -> EndedBy | None:
    """A plug-in's word for how a track ended."""
    return EndedBy(value) if isinstance(value, str) and value in {each.value for each in EndedBy} else None
