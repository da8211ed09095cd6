"""The queue and its lane as they are kept between two starts: what is new is added, what is gone taken away.

Places are one row.
"""

from array import array
from collections.abc import Iterable

from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.track import Track
from app.storage import outside
from app.storage.database import Database
from app.storage.plays import SOON_MS
from app.storage.scanned import chunks
from app.storage.tracks import TRACK_COLUMNS, track_from_row

_STATE = (
    "insert or replace into queue_state "
    "(id, shown_ids, order_ids, lane_ids, current_id, position_ms, shuffle, repeat, by_albums, autoplay) "
    "values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MODES = "update queue_state set current_id = ?, position_ms = ?, shuffle = ?, repeat = ?, by_albums = ?, autoplay = ?"
_ENTRY = "insert or replace into queue_entry (id, track_id, started_by, context, outside) values (?, ?, ?, ?, ?)"


class QueueStore:
    """Reads and writes ``queue_entry`` and ``queue_state``. One thread writes."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def save(self, queue: SavedQueue, before: SavedQueue | None, wait_ms: int = SOON_MS) -> None:
        """Keeps a queue in place of ``before``, the one that was kept last; ``None``: whatever is there."""
        if before is not None and (before.entries, before.order, before.lane) == (
            queue.entries,
            queue.order,
            queue.lane,
        ):
            with self._db.write(wait_ms) as connection:
                connection.execute(_MODES, _modes(queue))
            return
        old = {entry.entry_id for entry in (*before.entries, *before.lane)} if before is not None else set()
        held = (*queue.entries, *queue.lane)
        new = {entry.entry_id for entry in held}
        with self._db.write(wait_ms) as connection:
            if before is None or not new:
                connection.execute("delete from queue_entry")
            else:
                connection.executemany("delete from queue_entry where id = ?", [(i,) for i in old - new])
            added = [entry for entry in held if entry.entry_id not in old]
            connection.executemany(
                _ENTRY,
                [(one.entry_id, one.track.id, one.started_by, one.context, outside.kept(one.track)) for one in added],
            )
            connection.execute(
                _STATE,
                (
                    _packed(entry.entry_id for entry in queue.entries),
                    _packed(queue.order),
                    _packed(entry.entry_id for entry in queue.lane),
                    *_modes(queue),
                ),
            )

    def save_position(self, position_ms: int, wait_ms: int = SOON_MS) -> None:
        """Keeps how far the current entry has been heard."""
        with self._db.write(wait_ms) as connection:
            connection.execute("update queue_state set position_ms = ?", (position_ms,))

    def load(self) -> SavedQueue | None:
        """The queue that was kept, without tracks that have left the library; ``None`` where none ever was.

        Those from outside the library have the ids that they had. Files that are missing stay in the queue, and leave
        the lane.
        """
        with self._db.read() as connection:
            state = connection.execute(
                "select shown_ids, order_ids, current_id, position_ms, shuffle, repeat, lane_ids, by_albums, autoplay "
                "from queue_state"
            ).fetchone()
            if state is None:
                return None
            rows = connection.execute("select id, track_id, started_by, context, outside from queue_entry").fetchall()
        tracks = self._tracks({TrackId(row[1]) for row in rows})
        tracks |= {row[1]: track for row in rows if (track := outside.taken(row[1], row[4])) is not None}
        made = {
            row[0]: QueueEntry(row[0], tracks[row[1]], _started(row[2]), row[3]) for row in rows if row[1] in tracks
        }
        shown, order = _unpacked(state[0]), _unpacked(state[1])
        current_id = state[2] if state[2] in made else _first_after(order, state[2], made)
        return SavedQueue(
            entries=tuple(made[i] for i in shown if i in made),
            order=tuple(i for i in order if i in made),
            current_id=current_id,
            position_ms=state[3] if current_id is not None and current_id == state[2] else 0,
            shuffle=bool(state[4]),
            repeat=state[5],
            lane=tuple(made[i] for i in _unpacked(state[6]) if i in made and not made[i].track.missing),
            by_albums=_known(state[7]),
            autoplay=_known(state[8]),
            left_out=len(shown) - sum(i in made for i in shown),
        )

    def _tracks(self, ids: Iterable[TrackId]) -> dict[int, Track]:
        """Those of the tracks that the listener has not removed; files that are missing stay."""
        found: dict[int, Track] = {}
        with self._db.read() as connection:
            for chunk in chunks(sorted(ids)):
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(
                    f"select {TRACK_COLUMNS} from track where id in ({marks}) and removed_at is null", chunk
                )
                found.update((row[0], track_from_row(row)) for row in rows)
        return found


def _first_after(order: list[int], entry_id: int | None, kept: Iterable[int]) -> int | None:
    """What plays next after an entry that is gone, of those that were kept."""
    if entry_id is None or entry_id not in order:
        return None
    return next((i for i in order[order.index(entry_id) :] if i in kept), None)


def _started(word: object) -> StartedBy:
    """What a newer Segue may know more of counts as queued."""
    return next((one for one in StartedBy if one == word), StartedBy.QUEUE)


def _modes(queue: SavedQueue) -> tuple[object, ...]:
    return queue.current_id, queue.position_ms, queue.shuffle, queue.repeat, queue.by_albums, queue.autoplay


def _known(kept: object) -> bool | None:
    return None if kept is None else bool(kept)


def _packed(ids: Iterable[int]) -> bytes:
    packed = array("q", ids)
    return packed.tobytes()


def _unpacked(kept: object) -> list[int]:
    """What is no row of whole numbers has none: the file may have been written by another program."""
    found = array("q")
    if isinstance(kept, bytes) and len(kept) % found.itemsize == 0:
        found.frombytes(kept)
    return found.tolist()
