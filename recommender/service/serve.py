"""Runs the service: uvicorn, with a limit on how long a client may take to say what it wants."""

import asyncio
import os
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from recommender.service.app import Settings, created, environment_of

HEAD_S = 10.0
MOST_CONNECTIONS = 1_000


class PatientProtocol(H11Protocol):
    """Closes a connection on which no whole head arrives in time, the first or a later one."""

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A client is there."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """A client says something."""
        super().data_received(data)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """A client is gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """An answer is out; the next question has its own time."""
        super().on_response_complete()
        self._wait_for_head()

    def _wait_for_head(self) -> None:
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy:
            self._stop_waiting()
        elif self._head is None:
            self._head = self.loop.call_later(HEAD_S, self._too_late)

    def _too_late(self) -> None:
        self._head = None
        if not self.transport.is_closing():
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serves until it is told to stop (SIGTERM, SIGINT): then no new requests, and those under way are finished."""
    os.environ.update(environment_of(settings))
    app: Any = created(settings) if workers == 1 else "recommender.service.app:from_environment"
    uvicorn.run(app, host=host, port=port, factory=workers > 1, workers=workers, log_config=LOGGING, **OPTIONS)


OPTIONS: dict[str, Any] = {
    "http": PatientProtocol,
    "ws": "none",
    "access_log": False,
    "server_header": False,
    "limit_concurrency": MOST_CONNECTIONS,
    "timeout_keep_alive": 15,
    "timeout_graceful_shutdown": 20,
}
"""However it is started."""


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "plain"}},
    "loggers": {
        "segue.service": {"handlers": ["out"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["out"], "level": "WARNING", "propagate": False},
    },
}
"""In every worker: lines of JSON from the service, and uvicorn's trouble."""
