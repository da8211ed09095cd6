"""The log of seen suggestions: rows are added and counted, never changed; the database itself refuses anything else."""

from collections.abc import Sequence

from app.domain.impression import Chosen, Impression
from app.domain.play import StartedBy
from app.storage.database import Database

_LOOKED_AT = 50
"""So many rows a recording are looked at: the same suggestions are seen again and again."""


class ImpressionStore:
    """Reads and adds to the ``impression`` table."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def append(self, seen: Sequence[Impression]) -> None:
        """Adds rows."""
        with self._db.write() as connection:
            connection.executemany(
                "insert into impression (track_id, recording_key, seen_at, dial, place) values (?, ?, ?, ?, ?)",
                [(one.track_id, one.recording_key, one.seen_at, one.dial, one.place) for one in seen],
            )

    def chosen(self, last: int) -> Chosen:
        """Of the last so many different recordings that were seen, how many were played from a suggestion since."""
        with self._db.read() as connection:
            row = connection.execute(
                "select count(*), coalesce(sum(exists (select 1 from play "
                "where play.recording_key = seen.recording_key and play.started_at >= seen.first "
                "and play.started_by = ?)), 0) "
                "from (select recording_key, min(seen_at) as first, max(id) as newest "
                "from (select * from impression order by id desc limit ?) "
                "group by recording_key order by newest desc limit ?) as seen",
                (StartedBy.SUGGESTION, last * _LOOKED_AT, last),
            ).fetchone()
        return Chosen(int(row[1]), int(row[0]))
