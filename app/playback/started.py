"""Who started a play, told from the entry it is of."""

from app.domain.play import StartedBy
from app.domain.queue import QueueEntry


def chosen(entry: QueueEntry) -> StartedBy:
    """An entry the listener picked out of the queue: a suggestion stays one."""
    return entry.started_by if entry.started_by is StartedBy.SUGGESTION else StartedBy.HAND


def by_itself(entry: QueueEntry) -> StartedBy:
    """An entry whose turn has come: what the listener queued by hand was started by the queue."""
    return StartedBy.QUEUE if entry.started_by is StartedBy.HAND else entry.started_by
