"""Files opened and read by a thread that can be left alone: a drive that does not answer holds nobody up.

The player takes what is ready and never waits long for the rest. One thread opens, reads ahead and closes, in the order
in which it was asked, so that the parts of one file still join. Where it is stuck in a drive while something else is
wanted, it is left alone, to end when the drive answers, and another takes its place.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from threading import Condition

from app.config.drives import LONGEST_S, Drives
from app.domain.errors import NO_ANSWER, LeftAlone, NoAnswer, PlaybackFailed, SegueError, UnreadableFile
from app.domain.track import Track
from app.domain.words import mark, say
from app.playback.block import Block, silence
from app.playback.decoder import Source
from app.playback.span import Sources

_AHEAD_S = 0.5
"""So much of each file is read before it is asked for."""
_GRACE_S = 0.3
"""A drive may take so long for each step, whatever the listener wants meanwhile."""
_MOMENT_S = 0.01
_A_BUG = mark("Something went wrong while playing. The log has the details.")

log = logging.getLogger(__name__)


class PatientSources:
    """Opens tracks as ``Sources`` does. Used from one thread."""

    def __init__(
        self,
        drives: Drives,
        hurried: Callable[[], bool] = lambda: False,
        make: Callable[[], Sources] = Sources,
    ) -> None:
        """``hurried``: the listener has asked for something in whose stead nothing needs to be opened any more."""
        self._drives, self._hurried, self._make = drives, hurried, make
        self._clock = drives.clock
        self._reader: _Reader | None = None
        self._opening: _Opening | None = None

    def open(self, track: Track) -> Source:
        """The sound of a track; waits for it, but no longer than the listener does.

        Raises:
            LeftAlone: the listener does not wait for it.
            SegueError: it is gone, or cannot be played.
        """
        begun = self._clock()
        while (source := self.ready(track, _MOMENT_S)) is None:
            if self._hurried() and self._clock() - begun > _GRACE_S:
                self._forget()
                raise LeftAlone(say(NO_ANSWER))
        return source

    def ready(self, track: Track, wait_s: float = 0.0) -> Source | None:
        """The sound of a track, or ``None`` while it is being opened: it is to be asked for again.

        Raises:
            SegueError: it is gone, or cannot be played.
        """
        opening = self._opening
        if opening is None or opening.track is not track:
            self._forget()
            opening = self._opening = _Opening(track, self._clock())
        if not opening.asked or (self._reader is not None and self._reader.is_stuck(opening)):
            self._ask(opening)
        if not self._wait_for(opening, wait_s):
            if self._clock() - opening.asked_at > LONGEST_S:
                self._forget()
                raise NoAnswer(say(NO_ANSWER))
            return None
        self._opening = None
        return opening.taken()

    def close(self) -> None:
        """Gives back what nobody has taken."""
        self._forget()
        if self._reader is not None:
            self._leave(self._reader)

    def _forget(self) -> None:
        if self._opening is not None and self._reader is not None:
            self._reader.forget(self._opening)
        self._opening = None

    def _ask(self, opening: "_Opening") -> None:
        """A reader that is not stuck is asked, as soon as the drive may be: it has as much time as any to wake up.

        Raises:
            NoAnswer: the drive has had that time.
        """
        if self._reader is not None and self._reader.is_stuck(None):
            self._leave(self._reader)
        silent_s = self._drives.silent_s(opening.track.file)
        opening.asked = silent_s is None
        if silent_s is None:
            if self._reader is None:
                self._reader = _Reader(self._make(), self._clock)
                self._drives.begin(self._reader.work)
            self._reader.open(opening)
        elif silent_s > LONGEST_S:
            self._opening = None
            raise NoAnswer(say(NO_ANSWER))

    def _wait_for(self, opening: "_Opening", seconds: float) -> bool:
        """True once something came of it."""
        if self._reader is not None and opening.asked:
            return self._reader.wait_for(opening, seconds)
        time.sleep(seconds)
        return False

    def _leave(self, reader: "_Reader") -> None:
        """It ends as soon as it can; where it is stuck until then, its drive is to blame."""
        reader.leave()
        if (asks := reader.asks()) is not None:
            self._drives.leave(*asks, lambda: not reader.lives)
        self._reader = None


class _Opening:
    """A track that is to be opened. What came of it is written by the reader."""

    def __init__(self, track: Track, asked_at: float) -> None:
        self.track, self.asked_at, self.asked = track, asked_at, False
        self.source: PatientSource | None = None
        self.error: SegueError | None = None
        self.forgotten = False

    @property
    def done(self) -> bool:
        return self.source is not None or self.error is not None

    def taken(self) -> Source:
        """The open source; its error where there is none."""
        if self.source is None:
            raise self.error or NoAnswer(say(NO_ANSWER))
        return self.source


class PatientSource:
    """An open file: what was read ahead of it, and what is still wanted. A ``Source``."""

    def __init__(self, inner: Source, track: Track, changed: Condition, clock: Callable[[], float]) -> None:
        self.track, self.rate, self.duration_ms = track, inner.rate, inner.duration_ms
        self.inner, self._changed, self._clock = inner, changed, clock
        self._blocks: deque[Block] = deque()
        self._frames = self._turns = 0
        self._error: SegueError | None = None
        self._over = False
        self.seeks_to: int | None = None
        self.closing = False
        self._waits_since: float | None = None

    def read(self) -> Block | None:
        """The next block, ``None`` after the last, or an empty one where the drive has not given it yet.

        Raises:
            PlaybackFailed: the file cannot be read any further.
        """
        with self._changed:
            if not self._ready:
                self._changed.wait(_MOMENT_S)
            if not self._ready:
                return self._not_yet()
            self._waits_since = None
            if self._blocks:
                block = self._blocks.popleft()
                self._frames -= len(block)
                self._changed.notify_all()
                return block
            if self._error is not None:
                raise self._error
            return None

    def seek(self, frame: int) -> None:
        """Makes ``frame`` the next one read; beyond the end, nothing follows."""
        with self._changed:
            self._forget()
            self.seeks_to = frame
            self._changed.notify_all()

    def close(self) -> None:
        """Gives the file back, as soon as the drive answers."""
        with self._changed:
            self._forget()
            self.closing = True
            self._changed.notify_all()

    @property
    def _ready(self) -> bool:
        return bool(self._blocks) or self._over or self._error is not None

    def _forget(self) -> None:
        self._blocks.clear()
        self._frames, self._error, self._over, self._waits_since = 0, None, False, None
        self._turns += 1

    def _not_yet(self) -> Block:
        now = self._clock()
        self._waits_since = now if self._waits_since is None else self._waits_since
        if now - self._waits_since > LONGEST_S:
            raise PlaybackFailed(say(NO_ANSWER))
        return silence(0)

    # --- for the reader

    @property
    def hungry(self) -> bool:
        """More is to be read ahead, or elsewhere."""
        return self.seeks_to is not None or (
            not self._over and self._error is None and self._frames < self.rate * _AHEAD_S
        )

    def feed(self) -> None:
        """Reads a block; not while the lock is held, because it may take for ever."""
        with self._changed:
            turn, to, self.seeks_to = self._turns, self.seeks_to, None
        block: Block | None = None
        error: SegueError | None = None
        try:
            if to is not None:
                self.inner.seek(to)
            block = self.inner.read()
        except SegueError as failure:
            error = failure
        except Exception:  # the border of the thread: whoever asks for the block is told
            log.exception("A file could not be read")
            error = PlaybackFailed(say(_A_BUG))
        with self._changed:
            if turn != self._turns:
                return  # it is not wanted any more
            if block is not None:
                self._blocks.append(block)
                self._frames += len(block)
            self._error, self._over = error, block is None and error is None
            self._changed.notify_all()


class _Reader:
    """One thread and what it is asked."""

    def __init__(self, sources: Sources, clock: Callable[[], float]) -> None:
        self._sources, self._clock = sources, clock
        self._changed = Condition()
        self._wanted: deque[_Opening] = deque()
        self._open: list[PatientSource] = []
        self._at_work_on: PatientSource | _Opening | None = None
        self._since = 0.0
        self._over = False
        self.lives = True

    # --- for the player

    def open(self, opening: _Opening) -> None:
        """Asks for a track."""
        with self._changed:
            self._wanted.append(opening)
            self._changed.notify_all()

    def forget(self, opening: _Opening) -> None:
        """It is not wanted any more."""
        with self._changed:
            opening.forgotten = True
            if opening.source is not None:
                opening.source.close()
            self._changed.notify_all()

    def wait_for(self, opening: _Opening, seconds: float) -> bool:
        """True once something came of it."""
        with self._changed:
            return self._changed.wait_for(lambda: opening.done, seconds) if seconds else opening.done

    def is_stuck(self, opening: _Opening | None) -> bool:
        """True where the disk has not answered in time, about anything but what is asked for here."""
        with self._changed:
            busy = self._at_work_on is not None and self._at_work_on is not opening
            return busy and self._clock() - self._since > _GRACE_S

    def asks(self) -> tuple[bytes, float] | None:
        """The file whose drive is being asked, or is to take a file back, and since when."""
        with self._changed:
            task = self._at_work_on or next(iter(self._open), None)
            return None if task is None else (task.track.file, self._since)

    def leave(self) -> None:
        """The thread ends as soon as it can, and gives all files back."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    # --- in the thread

    def work(self) -> None:
        """Until it is left."""
        try:
            while (task := self._next()) is not None:
                self._do(task)
        finally:
            for source in self._open:
                source.inner.close()
            self._sources.close()
            self.lives = False

    def _next(self) -> "PatientSource | _Opening | None":
        """What is to be done, as soon as there is something; ``None`` at the end."""
        with self._changed:
            self._at_work_on = None
            while not self._over:
                task = self._most_urgent()
                if task is not None:
                    self._at_work_on, self._since = task, self._clock()
                    return task
                self._changed.wait()
            return None

    def _most_urgent(self) -> "PatientSource | _Opening | None":
        closing = next((source for source in self._open if source.closing), None)
        if closing is not None:
            return closing
        if self._wanted:
            return self._wanted.popleft()
        return next((source for source in self._open if source.hungry), None)

    def _do(self, task: "PatientSource | _Opening") -> None:
        if isinstance(task, _Opening):
            self._do_open(task)
        elif task.closing:
            self._open.remove(task)
            task.inner.close()
        else:
            task.feed()

    def _do_open(self, opening: _Opening) -> None:
        source: PatientSource | None = None
        error: SegueError | None = None
        if not opening.forgotten:
            try:
                source = PatientSource(self._sources.open(opening.track), opening.track, self._changed, self._clock)
            except SegueError as failure:
                error = failure
            except Exception:  # the border of the thread: whoever asks for it is told
                log.exception("A file could not be opened")
                error = UnreadableFile(say(_A_BUG))
        with self._changed:
            if source is not None:
                source.closing |= opening.forgotten
                self._open.append(source)
            if not opening.done:
                opening.source, opening.error = source, error
            self._changed.notify_all()
