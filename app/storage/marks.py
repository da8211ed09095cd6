"""How far the library has come: what tells one program that another one wrote into it."""

from dataclasses import dataclass

from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Marks:
    """The newest row of each log, and what is other once the tracks are."""

    play: int = 0
    feedback: int = 0
    tracks: tuple[int, int, int] = (0, 0, 0)
    """How many there are, when the last came, when a scan last ended."""


class MarkStore:
    """Reads the marks; writes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def version(self) -> int:
        """Another number whenever another connection than this thread's has written: microseconds, asked often."""
        with self._db.read() as connection:
            return int(connection.execute("pragma data_version").fetchone()[0])

    def read(self) -> Marks:
        """The marks now. Cost: one walk through the index of the tracks by date."""
        with self._db.read() as connection:
            play = connection.execute("select coalesce(max(id), 0) from play").fetchone()[0]
            feedback = connection.execute("select coalesce(max(id), 0) from feedback").fetchone()[0]
            count, added = connection.execute(
                "select count(*), coalesce(max(added_at), 0) from track where removed_at is null"
            ).fetchone()
            scanned = connection.execute("select coalesce(max(scanned_at), 0) from root").fetchone()[0]
        return Marks(play, feedback, (count, added, scanned))

    def plays_since(self, started_at: int, client: str = "") -> int:
        """How many plays have begun since, in one player or in any."""
        with self._db.read() as connection:
            found = connection.execute(
                "select count(*) from play where started_at >= ? and ? in ('', client)", (started_at, client)
            )
            return int(found.fetchone()[0])
