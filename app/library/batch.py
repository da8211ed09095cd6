"""What a scan has read and not yet saved: written together, a few hundred files at a time."""

from dataclasses import dataclass, field

from app.domain.ids import TrackId
from app.domain.scan import ScanReport
from app.domain.track import RefusedFile, ScannedFile
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore


@dataclass(slots=True)
class Batch:
    """Files waiting to be saved."""

    saved: list[ScannedFile] = field(default_factory=list)
    """New and changed files."""
    moved: list[tuple[TrackId, ScannedFile]] = field(default_factory=list)
    """Known tracks in new places."""
    refused: list[RefusedFile] = field(default_factory=list)
    forgiven: list[bytes] = field(default_factory=list)
    """Files that were refused once and need not be remembered as such."""

    def __len__(self) -> int:
        return len(self.saved) + len(self.moved) + len(self.refused)

    def save(self, tracks: TrackStore, roots: RootStore, report: ScanReport, now_ms: int) -> None:
        """Writes everything and counts it.

        Raises:
            SegueError: the database cannot be written.
        """
        if self.forgiven:
            roots.forget_refused(self.forgiven)
        if self.moved:
            tracks.move(self.moved)
            report.moved += len(self.moved)
        if self.saved:
            tracks.save(self.saved, now_ms)
            report.read += len(self.saved)
        if self.refused:
            roots.refuse(self.refused, now_ms)
            report.refused += self.refused
