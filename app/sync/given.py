"""What a provider is given: the library's log of requests, and its recordings when parts of a model are asked for."""

import time
from collections.abc import Callable
from pathlib import Path

from app.domain.sync import Origin, Request
from app.storage.database import Database
from app.storage.network_log import NetworkLog
from app.storage.recordings import RecordingStore
from app.sync.models import ModelFolder
from app.sync.providers.base import Given, Told


def given_by(database: Database, folder: ModelFolder, origin: Origin) -> Given:
    """Everything out of one library."""
    recordings = RecordingStore(database)

    def have() -> Path | None:
        current = folder.models().current
        return None if current is None else folder.path_of(current)

    return Given(
        origin,
        folder.trust,
        told_to(NetworkLog(database)),
        recordings.each,
        recordings.most_played,
        time.time,
        have,
        recordings.most_played_artists,
    )


def told_to(log: NetworkLog) -> Told:
    """Each request is a row before it is sent; one that cannot be written down is not sent."""

    def told(request: Request) -> Callable[[int, str], None]:
        number = log.add(request, time.time_ns() // 1_000_000)
        return lambda bytes_in, outcome: log.answered(number, bytes_in, outcome)

    return told
