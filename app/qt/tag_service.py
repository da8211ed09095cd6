"""Details of tracks, and their tags edited in a job, with the way back."""

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.clean import shown_path
from app.domain.ids import TrackId
from app.domain.refusals import told
from app.domain.track import Track
from app.domain.words import plural, say
from app.qt.jobs import Cancelled, Job, Jobs
from app.storage.details import DetailsStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore

if TYPE_CHECKING:
    from app.domain.details import TrackDetails
    from app.domain.tag_edit import TagProgress, TagReport, Value
    from app.library.edited import IntoLibrary

_Steps = Generator["TagProgress", None, "TagReport"]


class TagService(QObject):
    """What the widgets ask about the tags of tracks. One edit goes on at a time."""

    edited = Signal(object)
    """A TagReport; ``take_back`` undoes it."""
    progressed = Signal(object)
    """A TagProgress, before each file."""
    tracks_changed = Signal()
    trouble = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        details: DetailsStore,
        tracks: TrackStore,
        roots: RootStore,
        now_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._details, self._tracks, self._roots, self._now_ms = jobs, details, tracks, roots, now_ms
        self._job: Job | None = None

    def details(self, ids: Sequence[TrackId]) -> "list[TrackDetails]":
        """What is known of these tracks."""
        return [found for each in ids if (found := self._details.of(each)) is not None]

    def edit(self, tracks: Sequence[Track], changes: Mapping[str, str]) -> None:
        """Writes changed fields into the files; ``""`` takes a field out, ``; `` stands between several values."""
        values = {name: _value(name, text) for name, text in changes.items()}

        def steps(cancelled: Cancelled) -> _Steps:
            from app.library.edit import edit  # in the job: the window does not wait for it

            return edit(tracks, values, self._into_library(), cancelled)

        self._start(steps)

    def take_back(self, report: "TagReport") -> None:
        """Gives the files of an edit back what they said before."""

        def steps(cancelled: Cancelled) -> _Steps:
            from app.library.edit import take_back

            return take_back(report.undo, self._into_library(), cancelled)

        self._start(steps)

    @Slot()
    def cancel(self) -> None:
        """Stops after the file at hand; those that were written stay so, and can be taken back."""
        if self._job is not None:
            self._job.cancel()

    def _into_library(self) -> "IntoLibrary":
        from app.library.edited import IntoLibrary

        return IntoLibrary(self._tracks, self._roots, self._now_ms())

    def _start(self, steps: Callable[[Cancelled], _Steps]) -> None:
        if self._job is not None:
            self.trouble.emit(say("Tags are being written. Try again when that is done."))
            return
        self._job = self._jobs.start(
            "tags", _run, steps, progressed=self._on_progress, done=self._on_done, failed=self._on_failed
        )

    @Slot(object)
    def _on_progress(self, progress: "TagProgress") -> None:
        self.progressed.emit(progress)

    @Slot(object)
    def _on_done(self, report: "TagReport") -> None:
        self._job = None
        if report.changed:
            self.tracks_changed.emit()
        self.edited.emit(report)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._job = None
        self.tracks_changed.emit()  # files before the trouble may be changed
        self.trouble.emit(sentence)


def words_of(report: "TagReport") -> str:
    """What came of an edit, in a sentence."""
    if report.failed and not report.changed:
        rest = len(report.failed) - 1
        return say("Not saved: {}", told(report.failed[0].reason)) + (say(" ({} more)", rest) if rest else "")
    files = plural(len(report.changed), "file")
    words = say("Took back the tags of {}", files) if report.took_back else say("Saved the tags of {}", files)
    if report.failed:
        first, count = report.failed[0], len(report.failed)
        name = shown_path(first.path.rpartition(b"/")[2])
        files = say("“{}”", name) if count == 1 else plural(count, "file")
        words += say("; not changed: {files}. {reason}", files=files, reason=told(first.reason))
    return words + "".join(f". {note}" for note in report.notes[:1])


def _value(name: str, text: str) -> "Value":
    from app.domain.tag_edit import LIST_FIELDS

    if name in LIST_FIELDS:
        return [part.strip() for part in text.split(";") if part.strip()]
    return text.strip() or None


def _run(cancelled: Cancelled, steps: Callable[[Cancelled], _Steps]) -> _Steps:
    return (yield from steps(cancelled))
