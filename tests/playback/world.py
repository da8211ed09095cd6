"""A player with all it needs in memory: devices that come and go, a log, a kept queue, and a world that is cut off.

What a listener would have heard is counted at the devices, and of which track it was: the two channels of each track
stand in a proportion of its own, whatever level or fade is laid over them.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from app.domain.device import Device, Outputs
from app.domain.errors import PlaybackFailed, UnreadableFile
from app.domain.ids import PlayId
from app.domain.play import EndedBy, Play
from app.domain.queue import SavedQueue
from app.domain.track import Track
from app.history.keep import History
from app.playback.events import (
    Event,
    PlayEnded,
    PlayProgressed,
    Trouble,
)
from app.playback.loop import Command, _guarded, _obey
from app.playback.output import ClockOutput
from app.playback.player import Player
from app.playback.queue_keeper import QueueKeeper
from app.playback.route import RoutedOutput
from app.playback.sound import Block
from tests.playback.sounds import Time, a_track

RATE = 1_000
"""One frame is one millisecond: what the log says can be compared to the frame."""
STEP_S = 0.04
SPEAKERS, PHONES = Device("speakers", "Speakers"), Device("phones", "Phones")
KINDS = ("500", "1300", "2500", "4000", "9000", "1", "0", "gone", "800:breaks", "0:breaks", "3000:stuck")


def a_library(copies: int) -> list[Track]:
    """Tracks of every kind: long, short, one frame, none at all, and such as fail at once, later, or at a seek."""
    specs = [f"{kind}:{number}" for number, kind in enumerate(KINDS * copies, 1)]
    return [a_track(number, spec.encode()) for number, spec in enumerate(specs, 1)]


class MarkedSource:
    """A sound in memory that says of which track it is."""

    def __init__(self, path: bytes) -> None:
        kind, *fault, number = path.decode().split(":")
        if kind == "gone":
            raise UnreadableFile("The file is not there any more.")
        self.rate, self._frames, self._fault, self._at = RATE, int(kind), fault, 0
        self.duration_ms = self._frames
        self._mark = 0.2 * int(number) / 100

    def read(self) -> Block | None:
        count = min(137, self._frames - self._at)
        if count > 0:
            self._at += count
            return np.tile(np.array([[0.2, self._mark]], dtype=np.float32), (count, 1))
        if "breaks" in self._fault:
            raise PlaybackFailed("The file could not be read any further.")
        return None

    def seek(self, frame: int) -> None:
        if frame and "stuck" in self._fault:
            raise PlaybackFailed("The file cannot be read there.")
        self._at = frame

    def close(self) -> None:
        self._frames = 0


class HeardDevice(ClockOutput):
    """A clock that tells what was heard of it, over every flush, and can break."""

    def __init__(self, time: Time, told: Callable[[Block], None]) -> None:
        super().__init__(RATE, time, buffer_s=1.0)
        self.pause()
        self.broken, self._told, self._sound, self._counted = False, told, list[Block](), 0

    def free_frames(self) -> int:
        self._fail()
        return super().free_frames()

    def write(self, block: Block) -> None:
        self._fail()
        assert len(block) <= super().free_frames(), "more was written than there is room for"
        self._sound.append(block)
        super().write(block)

    def played_frames(self) -> int:
        played = super().played_frames()
        if played > self._counted:
            self._told(np.concatenate(self._sound)[self._counted : played])
            self._counted = played
        return played

    def flush(self) -> None:
        self.played_frames()
        super().flush()
        self._sound.clear()
        self._counted = 0

    def close(self) -> None:
        self.flush()

    def _fail(self) -> None:
        if self.broken:
            raise PlaybackFailed("It broke.")


class PlaysInMemory:
    """What ``PlayStore`` keeps."""

    def __init__(self) -> None:
        self.rows: list[Play] = []
        self.going: Play | None = None

    def append(self, play: Play, wait_ms: int = 0, owner: str = "") -> Play:
        self.going = None
        self.rows.append(replace(play, id=PlayId(len(self.rows) + 1)))
        return self.rows[-1]

    def checkpoint(self, play: Play, wait_ms: int = 0, owner: str = "") -> None:
        self.going = play

    def in_progress(self, owner: str = "") -> Play | None:
        return replace(self.going, ended_by=EndedBy.REPLACED) if self.going else None

    def recover(self, owner: str = "") -> Play | None:
        return self.append(self.going) if self.going else None


class QueueInMemory:
    """What ``QueueStore`` keeps."""

    def __init__(self) -> None:
        self.kept: SavedQueue | None = None

    def save(self, queue: SavedQueue, before: SavedQueue | None) -> None:
        self.kept = queue

    def save_position(self, position_ms: int) -> None:
        assert self.kept is not None
        self.kept = replace(self.kept, position_ms=position_ms)

    def load(self) -> SavedQueue | None:
        return self.kept


class World:
    """The machine on which a player runs, and everything it told."""

    def __init__(self, seed: int = 1) -> None:
        self.time, self.log, self.kept = Time(), PlaysInMemory(), QueueInMemory()
        self.calendar_ms = 0
        """How far the calendar is off from the clock of the devices."""
        self.outputs, self.refuses = Outputs((SPEAKERS, PHONES), "speakers"), False
        self.heard: Counter[int] = Counter()
        """Frames that were heard, by the number of the track."""
        self.lost = 0
        """Frames that were heard after the last checkpoint before Segue was killed."""
        self.said: list[str] = []
        self._rng = random.Random(seed)
        self.start()

    # --- Segue

    def start(self) -> None:
        """Segue is opened."""
        self.last: dict[type, Event] = {}
        self.opened: list[HeardDevice] = []
        self._history, self._keeper = History(self.log), QueueKeeper(self.kept)  # type: ignore[arg-type]
        self.route = RoutedOutput("", lambda: self.outputs, self._open, self.time)
        self.route.rate = RATE  # it would be another where no device is there at the start
        self.player = Player(
            self.route, self._tell, self._now_ms, resumes=True, open_source=MarkedSource, rng=self._rng
        )
        saved = self._keeper.load(SavedQueue())
        current = next((each for each in saved.entries if each.entry_id == saved.current_id), None)
        play = self._history.resume(current.track if current else None)
        self.player.restore(saved, play)

    def quit(self) -> None:
        """Segue is closed as it should be."""
        self.player.quit()
        self.route.close()

    def kill(self) -> None:
        """Segue is cut off: nothing more is written."""
        known = self.logged + (self.log.going.played_ms if self.log.going else 0)
        self.route.close()
        self.lost = self.heard.total() - known

    def command(self, command: Command) -> None:
        """As the audio thread does it."""
        _guarded(self.player, partial(_obey, self.player, command), self._tell)

    def run(self, seconds: float) -> None:
        """Time passes."""
        for _ in range(max(round(seconds / STEP_S), 1)):
            self.step()
            self.time.seconds += STEP_S
        self.step()

    def step(self) -> None:
        """One beat."""
        _guarded(self.player, self.player.step, self._tell)

    @property
    def logged(self) -> int:
        """Milliseconds in the rows of the log."""
        return sum(play.played_ms for play in self.log.rows)

    @property
    def going(self) -> int:
        """Milliseconds of the play that goes on."""
        play = self.player._teller._meter.so_far()
        return play.played_ms if play else 0

    def _now_ms(self) -> int:
        return self.time.now_ms() + self.calendar_ms

    def _tell(self, event: Event) -> None:
        self.last[type(event)] = event
        match event:
            case PlayEnded(play):
                self._history.ended(play)
                self._history.write()
            case PlayProgressed(play):
                self._history.going(play)
                self._history.write()
            case Trouble(sentence):
                self.said.append(sentence)
        self._keeper.follow(event)

    def told(self, kind: type[Event]) -> Event | None:
        """The last event of a kind."""
        return self.last.get(kind)

    # --- the devices

    def _open(self, device_id: str, rate: int | None) -> HeardDevice:
        if self.refuses:
            raise PlaybackFailed("It cannot be opened.")
        self.opened.append(HeardDevice(self.time, self._hear))
        return self.opened[-1]

    def _hear(self, sound: Block) -> None:
        loud = sound[np.abs(sound[:, 0]) > 1e-9]
        numbers = np.rint(100 * loud[:, 1] / loud[:, 0]).astype(int)
        self.heard.update(numbers.tolist())
        self.heard[0] += len(sound) - len(loud)
