"""Which suggestions were seen, and how many of the last ones were chosen."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.ids import RecordingKey
from app.domain.impression import Chosen, Impression
from app.domain.play import Play
from app.domain.suggestion import Dial, Suggestion
from app.qt.jobs import Jobs
from app.storage.impressions import ImpressionStore

log = logging.getLogger(__name__)

LAST = 20
_AGAIN_AFTER_MS = 30 * 60_000
_REMEMBERED = 1_000


class ImpressionService(QObject):
    """Writes in a job; the same suggestion counts once in half an hour."""

    counted = Signal(object)
    """A ``Chosen`` over the last twenty."""

    def __init__(
        self, jobs: Jobs, store: ImpressionStore, now_ms: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._store, self._now_ms = jobs, store, now_ms
        self._lately: OrderedDict[RecordingKey, int] = OrderedDict()
        self._unwritten: list[Impression] = []
        self._writing: list[Impression] = []
        self._busy = self._again = False

    def saw(self, suggestions: Sequence[tuple[int, Suggestion]], dial: Dial) -> None:
        """These stood on the screen, each with its place in the list."""
        now = self._now_ms()
        for place, suggestion in suggestions:
            track = suggestion.track
            if now - self._lately.get(track.recording_key, -_AGAIN_AFTER_MS) < _AGAIN_AFTER_MS:
                continue
            self._lately[track.recording_key] = now
            self._lately.move_to_end(track.recording_key)
            self._unwritten.append(
                Impression(track.id if track.in_library else None, track.recording_key, now, dial, place)
            )
        while len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)
        if self._unwritten:
            self.count()

    @Slot(object)
    def play_recorded(self, _play: Play) -> None:
        """A suggestion may have been chosen."""
        self.count()

    def count(self) -> None:
        """Writes what waits and counts anew; several wishes in a row become one."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._writing, self._unwritten = self._unwritten, []
        self._jobs.start("impressions", self._work, tuple(self._writing), done=self._done, failed=self._failed)

    def _work(self, _cancelled: Callable[[], bool], seen: Sequence[Impression]) -> Chosen:
        if seen:
            self._store.append(seen)
        return self._store.chosen(LAST)

    def _done(self, found: Chosen) -> None:
        self._busy = False
        self.counted.emit(found)
        if self._again:
            self._again = False
            self.count()

    def _failed(self, sentence: str) -> None:
        """A count that is missing disturbs nobody; what was seen is written with what is seen next."""
        log.warning("Seen suggestions could not be kept: %s", sentence)
        self._unwritten = [*self._writing, *self._unwritten][-_REMEMBERED:]
        self._busy = self._again = False
