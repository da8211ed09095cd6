"""What a file says of itself: the one value that the tag readers hand over."""

from typing import NamedTuple


class Tags(NamedTuple):
    """What a file says of itself, cleaned and clamped; ``None`` or ``""`` where it says nothing.

    A tuple, because a scan makes a hundred thousand of them: a tenth of the time, and no work for the collector.
    """

    title: str = ""
    artist: str = ""
    album_artist: str = ""
    album: str = ""
    track_no: int | None = None
    disc_no: int | None = None
    year: int | None = None
    genre: str = ""
    composer: str = ""
    compilation: bool = False
    duration_ms: int = 0
    format: str = ""
    bitrate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    recording_mbid: str = ""
    release_mbid: str = ""
    release_group_mbid: str = ""
    artist_mbid: str = ""
    album_artist_mbid: str = ""
    rg_track_gain: float | None = None
    rg_track_peak: float | None = None
    rg_album_gain: float | None = None
    rg_album_peak: float | None = None
    rating: int | None = None
    """0 to 100."""
    has_cover: bool = False
    artists: str = ""
    """Every artist, one a line; ``artist`` is the credit as it is shown."""
    title_sort: str = ""
    artist_sort: str = ""
    album_artist_sort: str = ""
    album_sort: str = ""
    track_total: int | None = None
    disc_total: int | None = None
    date: str = ""
    """As the file has it: ``1997``, ``1997-05-21``."""
    original_date: str = ""
    genres: str = ""
    """Every genre, one a line; ``genre`` is the first."""
    bpm: float | None = None
    isrc: str = ""
    acoustid_id: str = ""
    norm_gain: float | None = None
    """iTunNORM as dB."""
    has_lyrics: bool = False
    file_plays: int | None = None
    """A play count that another player wrote into the file."""
    audio_hash: str = ""
    """Hash of the sound without the tags, as hexadecimal digits."""
    cue: str = ""
    """The text of a cue sheet inside the file; only there until its tracks are made. The last: storage has no place."""

    @property
    def named(self) -> bool:
        """True where the file itself names a title or an artist."""
        return bool(self.title or self.artist)
