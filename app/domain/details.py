"""Everything the library knows of one track, for the sheet that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.track import Track


@dataclass(frozen=True, slots=True)
class TrackDetails:
    """A track with what lists leave out: the rest of its tags, its file, its plays."""

    track: Track
    composer: str
    date: str
    original_date: str
    genres: tuple[str, ...]
    artists: tuple[str, ...]
    track_total: int | None
    disc_total: int | None
    bpm: float | None
    isrc: str
    format: str
    bitrate: int | None
    """Bits a second."""
    sample_rate: int | None
    channels: int | None
    size_bytes: int
    recording_mbid: str
    rg_track_gain: float | None
    rg_album_gain: float | None
    plays: int
    """Every play in the log, whole or not."""
    last_played_at: int | None
    """UTC, milliseconds."""
    encoding: str = ""
    """The encoding its text was repaired from; ``""``: shown as in the file."""
    as_in_file: Mapping[str, str] = field(default_factory=dict)
    """Repaired fields as they stand in the file."""
    file_plays: int | None = None
    """A play count that another player wrote into the file."""
