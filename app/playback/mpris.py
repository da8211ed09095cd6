"""What the desktop is told of the player, as MPRIS wants it: names, units and limits, without any bus."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.pace import FASTEST, NORMAL_SPEED, SLOWEST
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.track import Track

NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
JUMP_MS = 500
"""Positions come five times a second: more than this between two is a jump."""

TRACKS = "/io/segue/queue/"
"""Where the entries of the queue stand on the bus."""
_MOST_CHARS = 1_000
_INT32 = 2**31 - 1
_INT64 = 2**63 - 1
_LOOPS = {"off": "None", "one": "Track", "all": "Playlist"}
_STATES = {PlaybackState.PLAYING: "Playing", PlaybackState.PAUSED: "Paused", PlaybackState.STOPPED: "Stopped"}

Value = str | int | float | list[str]
Typed = tuple[str, Value]
"""A D-Bus signature and a value of it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The player at one moment."""

    state: PlaybackState = PlaybackState.STOPPED
    current: QueueEntry | None = None
    duration_ms: int = 0
    shuffle: bool = False
    repeat: str = "off"
    volume: int = 100
    count: int = 0
    goes_on: bool = False
    url: str = ""
    art_url: str = ""
    speed_percent: int = NORMAL_SPEED
    offered: bool = False
    """With nothing queued, *Play* begins what one may like."""

    @property
    def status(self) -> str:
        """``Playing``, ``Paused`` or ``Stopped``."""
        return _STATES[self.state]

    @property
    def loop(self) -> str:
        """``None``, ``Track`` or ``Playlist``."""
        return _LOOPS.get(self.repeat, "None")

    @property
    def rate(self) -> float:
        """How fast, where 1.0 is as the music is."""
        return self.speed_percent / 100

    @property
    def can_go_next(self) -> bool:
        """Something follows, in the queue or in the lane."""
        return self.goes_on

    @property
    def can_go_previous(self) -> bool:
        """There is at least the start of the track to go back to."""
        return self.current is not None

    @property
    def can_play(self) -> bool:
        """There is something to play."""
        return self.count > 0 or self.goes_on or self.offered

    @property
    def can_pause(self) -> bool:
        """There is something that can fall silent."""
        return self.current is not None

    @property
    def can_seek(self) -> bool:
        """There is a place to go to."""
        return self.current is not None and self.state is not PlaybackState.STOPPED

    @property
    def track_id(self) -> str:
        """The object path that stands for the entry."""
        return NO_TRACK if self.current is None else f"{TRACKS}{self.current.entry_id}"

    def metadata(self) -> dict[str, Typed]:
        """What is known of the current track; what is not known is left out."""
        if self.current is None:
            return {"mpris:trackid": ("o", NO_TRACK)}
        return metadata_of(self.current, self.duration_ms, self.url, self.art_url)


def metadata_of(entry: QueueEntry, duration_ms: int, url: str, art_url: str = "") -> dict[str, Typed]:
    """What is known of an entry; what is not known is left out."""
    told: dict[str, Typed] = {"mpris:trackid": ("o", f"{TRACKS}{entry.entry_id}"), **_of_track(entry.track)}
    if duration_ms > 0:
        told["mpris:length"] = ("x", microseconds(duration_ms))
    for name, where in (("xesam:url", url), ("mpris:artUrl", art_url)):
        if where:
            told[name] = ("s", where)
    return told


def _of_track(track: Track) -> dict[str, Typed]:
    told: dict[str, Typed] = {"xesam:title": ("s", text(track.title)), "xesam:artist": ("as", names(track.artist))}
    told["xesam:albumArtist"] = ("as", names(track.album_artist))
    told["xesam:genre"] = ("as", names(track.genre))
    if track.album:
        told["xesam:album"] = ("s", text(track.album))
    for name, number in (("xesam:trackNumber", track.track_no), ("xesam:discNumber", track.disc_no)):
        if number is not None:
            told[name] = ("i", min(max(number, 0), _INT32))
    if track.year is not None and 0 < track.year <= 9_999:
        told["xesam:contentCreated"] = ("s", f"{track.year:04}-01-01T00:00:00Z")
    if track.rating is not None:
        told["xesam:userRating"] = ("d", min(max(track.rating / 100, 0.0), 1.0))
    return told


def text(value: str) -> str:
    """Text that the bus takes: of a bearable length, without NUL and without halves of letters."""
    return value[:_MOST_CHARS].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def names(value: str) -> list[str]:
    """A list of one name, or of none."""
    return [text(value)] if value else []


def microseconds(milliseconds: int) -> int:
    """The bus counts in these."""
    return min(max(milliseconds, 0) * 1_000, _INT64)


def repeat_of(loop: str) -> str | None:
    """The mode of a loop status; ``None`` where there is no such."""
    return next((repeat for repeat, name in _LOOPS.items() if name == loop), None)


def speed_of(rate: float) -> int | None:
    """A rate as a speed in percent within our limits; ``None`` for what is none: 0 is a pause, below is backwards."""
    return None if math.isnan(rate) or rate <= 0 else round(min(max(rate, SLOWEST / 100), FASTEST / 100) * 100)


def percent_of(volume: float) -> int | None:
    """0.0 to 1.0 as percent; less is silent, more is full, and what is no number is nothing."""
    return None if math.isnan(volume) else round(min(max(volume, 0.0), 1.0) * 100)


def jumped(before_ms: int, after_ms: int) -> bool:
    """Whether a position does not follow from the one before by playing on."""
    return after_ms < before_ms or after_ms > before_ms + JUMP_MS


def offset_ms_of(offset_us: int) -> int:
    """How far a relative jump goes, in milliseconds; none is farther than any track is long."""
    return min(max(offset_us // 1_000, -_INT32), _INT32)


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names whose values differ."""
    return [name for name, value in after.items() if before.get(name) != value]
