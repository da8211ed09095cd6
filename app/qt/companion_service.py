"""The other players of the desktop, for the widgets: who plays what, what is kept of it, and what is sent there."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.companion.events import Came, Ignoring, Looked, SentTo, Went
from app.companion.follower import Shown, ended_by_of
from app.companion.going import Seen
from app.companion.launch import command, opens_files
from app.companion.names import PREFIX, player_of, shown_name
from app.companion.said import NOTHING, Said, position_of, rate_of, said_of, status_of
from app.config.file_uri import uri_of_path
from app.domain.following import Following
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.domain.words import say
from app.qt.companion_worker import CompanionWorker
from app.qt.jobs import Job, Jobs
from app.qt.player_look import Look
from app.qt.player_watch import PlayerWatch
from app.qt.session_bus import SessionBus
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

log = logging.getLogger(__name__)

_LONGEST_END_S = 10.0
_MOST_TOLD = 16
"""So many players may be told of by plug-ins."""
_MOST_OPENS = 64

_T = TypeVar("_T")


class CompanionService(QObject):
    """Follows every MPRIS player on the bus but Segue itself, and keeps one play a track.

    A guest of the session bus: make it before the bus is started. The bus's thread reads the players, one job keeps the
    plays, the window's thread never waits for either.
    """

    players_changed = Signal()
    """Anything that is shown of any player has changed."""
    track_changed = Signal(object)
    """``Track | None``: what plays in the player that leads is another."""
    play_recorded = Signal(object)
    """A ``Play``, after it was kept."""
    trouble = Signal(str)
    """One clear sentence."""

    _was_shown = Signal(object)
    _was_refused = Signal(object, str, str)
    """A file, the player that did not take it over the bus, and its desktop entry."""
    _found_out = Signal(object)
    """What is to be done in the window's thread, now that the disk has answered."""

    def __init__(
        self,
        jobs: Jobs,
        bus: SessionBus,
        tracks: TrackStore,
        plays: PlayStore,
        *,
        now_ms: Callable[[], int],
        ignored: tuple[str, ...] = (),
        keep_ignored: Callable[[tuple[str, ...]], None] = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        """``ignored``: the players nothing is kept of, by their :attr:`Following.player`; ``keep_ignored`` is told when
        the listener chooses others. ``now_ms``: UTC, milliseconds since 1970."""
        super().__init__(parent)
        self._jobs, self._bus, self._ignored, self._keep_ignored = jobs, bus, ignored, keep_ignored
        self._shown = Shown()
        self._track: Track | None = None
        self._told: dict[str, Said] = {}
        """What plug-ins said last, by player."""
        self._told_names: dict[str, str] = {}
        self._opens: dict[str, bool] = {}
        """Whether such a player can be started with a file; the last that were asked for."""
        self._worker = CompanionWorker(
            tracks, plays, now_ms, self._was_shown.emit, self.play_recorded.emit, self.trouble.emit
        )
        self._watch = PlayerWatch(self._worker.take, now_ms, jobs.aside)
        self._job: Job | None = None
        self._was_shown.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._was_refused.connect(self._open_otherwise, Qt.ConnectionType.QueuedConnection)
        self._found_out.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        bus.patient = True
        bus.invite(self._watch)

    def start(self) -> None:
        """Follows from now on, whatever plays already. The bus is started by its owner, before or after."""
        self._job = self._jobs.start("companion", self._worker.work, self._ignored)

    def close(self, *, back_soon: bool = False) -> None:
        """Ends the plays that go on and waits until they are kept. Call it after the bus was closed.

        ``back_soon``: another companion comes at once, and they go on.
        """
        self._worker.close(back_soon=back_soon)
        if self._job is not None and not self._job.join(_LONGEST_END_S):
            log.error("The plays of other players were not written to their end")

    def players(self) -> tuple[Following, ...]:
        """The players that are there, by name; ignored ones too. Several instances of one are one."""
        return self._shown.players

    def somebody_plays(self) -> bool:
        """Whether a play goes on that is kept."""
        return any(one.state is PlaybackState.PLAYING and not one.ignored for one in self._shown.players)

    def leading(self) -> Following | None:
        """The player that plays; of several the one that began last. While none does, the one that is paused.

        Never an ignored one.
        """
        return self._shown.leading

    def ignore(self, player: str, ignored: bool) -> None:
        """Whether nothing of this player is kept. The play that is going on there is forgotten, too."""
        others = tuple(name for name in self._ignored if name != player)
        self._ignored = (*others, player) if ignored else others
        self._worker.take(Ignoring(frozenset(self._ignored), self._watch.now()))
        self._keep_ignored(self._ignored)

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self.players_changed.emit()
        track = shown.leading.track if shown.leading is not None else None
        if track != self._track:
            self._track = track
            self.track_changed.emit(track)

    def _find_out(self, work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        """Asks the disk, which may hang, and goes on in the window's thread."""
        self._jobs.aside(lambda: self._found_out.emit(partial(then, work())))

    @Slot(object)
    def _go_on(self, then: Callable[[], None]) -> None:
        then()

    # --- sending

    def send(self, track: Track, player: str | None = None) -> None:
        """Has a player play a track's file: by default the one that leads, else the only one that takes files.

        What cannot be done is said by :attr:`trouble`. The play that then begins there counts as chosen from the panel.
        """
        following = self._chosen(player)
        if following is None:
            self.trouble.emit(say("No player is open that takes a track. Start one, and try again."))
        elif not following.takes_tracks:
            self.trouble.emit(say("{} takes no tracks from other programs.", following.name))
        else:
            self._find_out(partial(_is_there, track.file), partial(self._send_what_is_there, track, following))

    def _send_what_is_there(self, track: Track, following: Following, is_there: bool) -> None:
        if not is_there:
            self.trouble.emit(say("The file of “{}” is not there.", track.title))
        elif self._bus.running:
            self._worker.take(SentTo(following.player, self._watch.now(), track.file))
            self._bus.post(lambda: self._ask_to_play(following.player, track.file))
        else:
            self._open_otherwise(track.file, following.player, "")

    def _chosen(self, player: str | None) -> Following | None:
        if player is not None:
            return next((each for each in self._shown.players if each.player == player), None)
        if self._shown.leading is not None:
            return self._shown.leading
        able = [each for each in self._shown.players if each.takes_tracks and not each.ignored]
        return able[0] if able else None

    def _ask_to_play(self, player: str, file: bytes) -> None:
        """In the bus's thread."""
        look = self._watch.find(player)
        if look is None:
            self._was_refused.emit(file, player, "")
        else:
            self._asking = asyncio.ensure_future(self._ask(look, file))

    async def _ask(self, look: Look, file: bytes) -> None:
        if not await look.open(uri_of_path(file)):
            self._was_refused.emit(file, look.player, look.desktop_entry)

    @Slot(object, str, str)
    def _open_otherwise(self, file: bytes, player: str, desktop_entry: str) -> None:
        self._find_out(partial(command, desktop_entry, player, file), partial(self._open_with, file, player))

    def _open_with(self, file: bytes, player: str, words: list[bytes]) -> None:
        if words:
            self._worker.take(SentTo(player, self._watch.now(), file))
            self._jobs.open_with(words)
            return
        name = next((each.name for each in self._shown.players if each.player == player), player)
        self.trouble.emit(say("{} did not take the track.", name))

    # --- plug-ins

    def tell(self, player: str, name: str, state: Mapping[str, object]) -> None:
        """A player's plug-in tells what it does, in the words of MPRIS: any of ``PlaybackStatus``, ``Metadata``,
        ``Position`` (microseconds), ``Rate``, and ``ended`` with a word of :class:`app.domain.play.EndedBy` for the
        track before. Plain values, nothing of it trusted: tuples and lists are alike, what makes no sense is left out.
        What a player says over MPRIS itself counts before it.
        """
        player = player_of(PREFIX + player)
        if not player or (player not in self._told and len(self._told) >= _MOST_TOLD):
            return
        known = self._told.get(player, NOTHING)
        said = self._told[player] = said_of(state["Metadata"]) if "Metadata" in state else known
        key = _told_key(player)
        self._told_names[player] = shown_name(name, player)
        if player not in self._opens:
            self._learn_whether_it_opens(player, False)
            self._find_out(partial(opens_files, "", player), partial(self._learn_whether_it_opens, player))
        self._come_told(player)
        seen = Seen(
            said,
            status_of(state.get("PlaybackStatus")),
            rate_of(state.get("Rate")),
            position_of(state.get("Position")),
            ended_by=ended_by_of(state.get("ended")),
        )
        self._worker.take(Looked(key, self._watch.now(), seen))

    def _come_told(self, player: str) -> None:
        came = Came(_told_key(player), player, self._told_names[player], self._opens.get(player, False), told=True)
        self._worker.take(came)

    def _learn_whether_it_opens(self, player: str, opens: bool) -> None:
        self._opens[player] = opens
        for oldest in list(self._opens)[:-_MOST_OPENS]:
            del self._opens[oldest]
        if opens and player in self._told:
            self._come_told(player)

    def chosen(self, player: str, file: bytes) -> None:
        """A suggestion was chosen inside the player: the play of this file that begins there next counts as chosen."""
        self._worker.take(SentTo(player_of(PREFIX + player), self._watch.now(), file))

    def untell(self, player: str) -> None:
        """The plug-in of a player is gone: what it told of is over."""
        player = player_of(PREFIX + player)
        if self._told.pop(player, None) is not None:
            del self._told_names[player]
            self._worker.take(Went(_told_key(player), self._watch.now()))


def _is_there(file: bytes) -> bool:
    return bool(file) and os.path.isfile(file)


def _told_key(player: str) -> str:
    return f"{player} told"
