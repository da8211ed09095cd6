"""A play: one start-to-end of a track as it happened. The append-only log of plays is the only truth about taste."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import PlayId, RecordingKey, TrackId

LISTEN_SHARE = 0.5
LISTEN_MS = 4 * 60_000
SKIP_MS = 30_000
SCROBBLED = "scrobbled"
"""The context of a play of which is known only that it counts: how long it was heard, and how it ended, nobody told."""


class StartedBy(StrEnum):
    """Who or what started a play."""

    HAND = "hand"
    """The listener chose this very track."""
    QUEUE = "queue"
    """It was next in the queue."""
    SUGGESTION = "suggestion"
    """The listener chose it in *You may like*."""
    AUTOPLAY = "autoplay"
    """The lane beside the queue added it."""


class EndedBy(StrEnum):
    """How a play ended."""

    FINISHED = "finished"
    """It reached its end."""
    SKIPPED = "skipped"
    """The listener went on to the next or back to the one before."""
    REJECTED = "rejected"
    """The listener said not to play this."""
    FAILED = "failed"
    """The file or the output gave up; never a dislike."""
    REPLACED = "replaced"
    """Another choice, stop, quit or a crash took its place; says nothing about the track."""


@dataclass(frozen=True, slots=True)
class Play:
    """One play. The track's names are a snapshot, so that the row means the same after a retag or a deletion."""

    track_id: TrackId | None
    recording_key: RecordingKey
    title: str
    artist: str
    album: str
    duration_ms: int
    started_at: int
    """UTC, milliseconds since 1970."""
    played_ms: int
    """Milliseconds really heard: pauses and jumps taken out."""
    started_by: StartedBy
    ended_by: EndedBy
    client: str = "segue"
    client_version: str = ""
    context: str = ""
    """Where it was started from: ``album``, ``tracks``, ``search``, ``panel``..."""
    imported: bool = False
    id: PlayId | None = None


def is_listen(played_ms: int, duration_ms: int) -> bool:
    """A play that counts: half the track or four minutes, whichever is first. Derived, never stored."""
    if duration_ms <= 0:
        return played_ms >= LISTEN_MS
    return played_ms >= min(duration_ms * LISTEN_SHARE, LISTEN_MS)


def is_skip(played_ms: int, duration_ms: int, ended_by: EndedBy) -> bool:
    """A play the listener ended early, before it could count as a listen."""
    return ended_by in {EndedBy.SKIPPED, EndedBy.REJECTED} and not is_listen(played_ms, duration_ms)
