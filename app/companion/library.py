"""The library that is played from, as :func:`app.companion.match.find` asks it."""

from app.domain.ids import RecordingKey, TrackId
from app.domain.scan import Trace
from app.domain.track import Track
from app.storage.recordings import RecordingStore
from app.storage.tracks import TrackStore


class PlayedFrom:
    """Looks tracks up by file, key and title."""

    def __init__(self, tracks: TrackStore) -> None:
        self._tracks, self._recordings = tracks, RecordingStore(tracks.database)

    def by_path(self, path: bytes) -> Track | None:
        return self._tracks.by_path(path)

    def traces_like(self, audio_hash: str, key: RecordingKey, names: str) -> list[Trace]:
        return self._tracks.traces_like(audio_hash, key, names)

    def titled(self, title: str) -> list[Track]:
        return self._recordings.titled(title)

    def get(self, ids: list[TrackId]) -> list[Track]:
        return self._tracks.get(ids)
