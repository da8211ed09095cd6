"""What a scan has read and not yet saved: written together, some thousand files at a time."""

from dataclasses import dataclass, field

from app.domain.ids import TrackId
from app.domain.scan import ScanReport, Trace
from app.domain.track import RefusedFile, ScannedFile
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore


@dataclass(slots=True)
class Batch:
    """Decisions waiting to be saved."""

    saved: list[ScannedFile] = field(default_factory=list)
    """New and changed files."""
    moved: list[tuple[Trace, ScannedFile]] = field(default_factory=list)
    """Known tracks in new places."""
    aside: list[TrackId] = field(default_factory=list)
    """Tracks whose places other recordings have taken."""
    restored: list[TrackId] = field(default_factory=list)
    """Tracks that were removed and are wanted again."""
    refused: list[RefusedFile] = field(default_factory=list)
    forgiven: list[bytes] = field(default_factory=list)
    """Files that were refused once and need not be remembered as such."""

    def __bool__(self) -> bool:
        return any((self.saved, self.moved, self.aside, self.restored, self.refused, self.forgiven))

    def save(self, tracks: TrackStore, roots: RootStore, report: ScanReport, now_ms: int) -> None:
        """Writes everything and counts it. Places are freed before they are taken.

        Raises:
            SegueError: the database cannot be written.
        """
        if self.forgiven:
            roots.forget_refused(self.forgiven)
        if self.aside:
            tracks.set_aside(self.aside, now_ms)
        if self.moved:
            tracks.move([(trace.id, file) for trace, file in self.moved])
            report.moved += len(self.moved)
        if self.restored:
            tracks.restore(self.restored)
        if self.saved:
            tracks.save(self.saved, now_ms)
            report.read += len(self.saved)
        if self.refused:
            roots.refuse(self.refused, now_ms)
            report.refused += self.refused
