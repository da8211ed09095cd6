"""What a scan has read and not yet saved: written together, some thousand files at a time."""

from typing import TYPE_CHECKING

from app.domain.ids import TrackId
from app.domain.scan import RefusedFile, ScanReport, Trace
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore

if TYPE_CHECKING:
    from app.domain.scanned import ScannedFile


class Batch:
    """Decisions waiting to be saved."""

    def __init__(self) -> None:
        self.saved: list[ScannedFile] = []
        """New and changed files."""
        self.moved: list[tuple[Trace, ScannedFile]] = []
        """Known tracks in new places."""
        self.aside: list[TrackId] = []
        """Tracks whose places other recordings have taken."""
        self.restored: list[TrackId] = []
        """Tracks that were removed and are wanted again."""
        self.refused: list[RefusedFile] = []
        self.forgiven: list[bytes] = []
        """Files that were refused once and need not be remembered as such."""

    def __bool__(self) -> bool:
        return any((self.saved, self.moved, self.aside, self.restored, self.refused, self.forgiven))

    def save(self, tracks: ScannedStore, roots: RootStore, report: ScanReport, now_ms: int) -> None:
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
