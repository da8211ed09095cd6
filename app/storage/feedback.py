"""The log of feedback: rows are added and read, never changed; the database itself refuses anything else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.feedback import Feedback, FeedbackId, Said
from app.domain.ids import RecordingKey, TrackId
from app.storage.database import Database

_COLUMNS = "kind, track_id, recording_key, title, artist, said_at, undoes"
_INSERT = f"insert into feedback ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"


class FeedbackStore:
    """Reads and adds to the ``feedback`` table."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def append(self, feedback: Feedback) -> Feedback:
        """Adds one row and gives it its id."""
        with self._db.write() as connection:
            found = connection.execute(
                _INSERT,
                (
                    feedback.said,
                    feedback.track_id,
                    feedback.recording_key,
                    feedback.title,
                    feedback.artist,
                    feedback.said_at,
                    feedback.undoes,
                ),
            ).lastrowid
        return replace(feedback, id=FeedbackId(found or 0))

    def all(self) -> list[Feedback]:
        """Every row, in the order it was said."""
        with self._db.read() as connection:
            return [_feedback(row) for row in connection.execute(f"select id, {_COLUMNS} from feedback order by id")]

    def get(self, feedback_id: FeedbackId) -> Feedback | None:
        """One row."""
        with self._db.read() as connection:
            row = connection.execute(f"select id, {_COLUMNS} from feedback where id = ?", (feedback_id,)).fetchone()
        return _feedback(row) if row else None

    def undone(self, feedback_id: FeedbackId) -> bool:
        """Whether it was taken back, and that was not taken back in turn."""
        with self._db.read() as connection:
            query = "select id from feedback where undoes = ? order by id desc limit 1"
            row = connection.execute(query, (feedback_id,)).fetchone()
        return row is not None and not self.undone(FeedbackId(row[0]))

    def standing(self, said: Said) -> list[Feedback]:
        """What was said of one kind and not taken back, of its track's recording now; taking back can be taken back."""
        with self._db.read() as connection:
            now = dict(
                connection.execute(
                    "select f.id, t.recording_key from feedback as f join track as t on t.id = f.track_id "
                    "where f.kind = ? and f.recording_key <> t.recording_key",
                    (said,),
                ).fetchall()
            )
        gone: set[FeedbackId | None] = set()
        found = []
        for feedback in reversed(self.all()):
            if feedback.id in gone:
                continue
            if feedback.said is Said.UNDO:
                gone.add(feedback.undoes)
            elif feedback.said is said:
                found.append(replace(feedback, recording_key=now.get(feedback.id, feedback.recording_key)))
        return found[::-1]

    def newest_id(self) -> int:
        """Id of the last row, 0 without any: cheap, to see whether something was added."""
        with self._db.read() as connection:
            return int(connection.execute("select coalesce(max(id), 0) from feedback").fetchone()[0])


def _feedback(row: Sequence[Any]) -> Feedback:
    return Feedback(
        id=FeedbackId(row[0]),
        said=Said(row[1]),
        track_id=None if row[2] is None else TrackId(row[2]),
        recording_key=RecordingKey(row[3]),
        title=row[4],
        artist=row[5],
        said_at=row[6],
        undoes=None if row[7] is None else FeedbackId(row[7]),
    )
