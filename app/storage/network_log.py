"""The log of what was asked over the network, for the listener to read. A row is there before its request is sent."""

from collections.abc import Sequence
from typing import Any, Final

from app.domain.sync import Request, Sent
from app.storage.database import Database

MOST: Final = 2_000
"""So many rows are kept; the oldest go."""
_LONGEST: Final = 2_000
"""Characters of one text."""
_COLUMNS: Final = "id, at, method, host, path, why, bytes_out, bytes_in, outcome"


class NetworkLog:
    """Reads and adds to the ``network_log`` table."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, request: Request, now_ms: int) -> int:
        """Writes down what is about to be sent; gives the row's number for :meth:`answered`."""
        texts = (_kept(text) for text in (request.method, request.host, request.path, request.why))
        with self._db.write() as connection:
            row = connection.execute(
                "insert into network_log (at, method, host, path, why, bytes_out) values (?, ?, ?, ?, ?, ?)",
                (now_ms, *texts, request.bytes_out),
            ).lastrowid
            connection.execute("delete from network_log where id <= ?", ((row or 0) - MOST,))
        return row or 0

    def answered(self, number: int, bytes_in: int, outcome: str) -> None:
        """Writes down what came of it."""
        with self._db.write() as connection:
            connection.execute(
                "update network_log set bytes_in = ?, outcome = ? where id = ?", (bytes_in, _kept(outcome), number)
            )

    def newest(self, count: int = MOST) -> list[Sent]:
        """The last requests, the newest first."""
        with self._db.read() as connection:
            rows = connection.execute(f"select {_COLUMNS} from network_log order by id desc limit ?", (count,))
            return [_sent(row) for row in rows.fetchall()]

    def clear(self) -> None:
        """Forgets all of it."""
        with self._db.write() as connection:
            connection.execute("delete from network_log")


def _kept(text: str) -> str:
    return text[:_LONGEST].encode("utf-8", "replace").decode()


def _sent(row: Sequence[Any]) -> Sent:
    return Sent(row[0], row[1], Request(row[2], row[3], row[4], row[5], row[6]), row[7], row[8])
