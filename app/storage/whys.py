"""Why tracks were suggested that wait, play or stand in the lane: kept, so that the question outlives a restart."""

import json
from collections.abc import Sequence
from typing import Final

from app.domain.ids import TrackId
from app.domain.suggestion import Evidence, Signal, Suggestion
from app.domain.track import Track
from app.storage.database import Database
from app.storage.tracks import TrackStore

MOST: Final = 500
"""So many are kept; the oldest go."""


class WhyStore:
    """Reads and writes the ``why`` table."""

    def __init__(self, database: Database, tracks: TrackStore) -> None:
        self._db, self._tracks = database, tracks

    def keep(self, suggestions: Sequence[Suggestion]) -> None:
        """Keeps what was said of each track, in place of what was said of it before."""
        rows = [(each.track.id, _said(each)) for each in suggestions if each.track.in_library]
        with self._db.write() as connection:
            connection.executemany("delete from why where track_id = ?", [(track_id,) for track_id, _ in rows])
            connection.executemany("insert into why (track_id, said) values (?, ?)", rows)
            connection.execute("delete from why where id <= (select max(id) from why) - ?", (MOST,))

    def load(self) -> list[Suggestion]:
        """What was kept, the oldest first, of the tracks that are still there."""
        with self._db.read() as connection:
            said = dict(connection.execute("select track_id, said from why order by id").fetchall())
        tracks = {track.id: track for track in self._tracks.get([TrackId(track_id) for track_id in said])}
        return [_suggestion(words, tracks[i]) for i, words in said.items() if i in tracks]


def _said(suggestion: Suggestion) -> str:
    evidence = [[part.signal, part.words, part.amount] for part in suggestion.evidence]
    return json.dumps([suggestion.score, suggestion.reason, suggestion.signal, evidence])


def _suggestion(said: str, track: Track) -> Suggestion:
    score, reason, signal, evidence = json.loads(said)
    parts = tuple(Evidence(Signal(name), words, amount) for name, words, amount in evidence)
    return Suggestion(track, score, reason, Signal(signal), parts)
