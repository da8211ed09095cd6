"""A scan as it is shown: how far it is, and what came of it."""

from dataclasses import dataclass, field

from app.domain.track import RefusedFile


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far a scan is. ``total`` is 0 while files are still being counted."""

    done: int
    total: int
    folder: bytes
    eta_s: float | None = None


@dataclass(slots=True)
class ScanReport:
    """What a scan found. A file that cannot be read is a row here, never an exception."""

    read: int = 0
    """New or changed files that became tracks."""
    unchanged: int = 0
    moved: int = 0
    missing: int = 0
    """Tracks newly marked missing."""
    returned: int = 0
    """Tracks that were missing and are back."""
    refused: list[RefusedFile] = field(default_factory=list)
    """Every file below the folders that is no track, with its reason: new and remembered."""
    troubles: list[str] = field(default_factory=list)
    """Sentences: folders that were not there or could not be listed."""
    seconds: float = 0.0
    cancelled: bool = False

    @property
    def changed(self) -> bool:
        """The library may hold other tracks than before."""
        return self.cancelled or self.read + self.moved + self.missing + self.returned > 0

    @property
    def unreadable(self) -> list[RefusedFile]:
        """Files with something wrong."""
        return [file for file in self.refused if file.kind == "unreadable"]

    @property
    def short(self) -> list[RefusedFile]:
        """Untagged sounds below the minimum length."""
        return [file for file in self.refused if file.kind == "short"]
