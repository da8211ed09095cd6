"""The model service on the loopback interface, for a test."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import urllib3
import uvicorn
from fastapi import FastAPI

from recommender.service.app import Settings, created
from recommender.service.serve import OPTIONS


@dataclass
class Service:
    """One that runs."""

    base: str
    app: FastAPI
    pool: urllib3.PoolManager

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        """One request; ``body``: bytes as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        more = {"Content-Type": "application/json"} if raw is not None else {}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.pool.request(method, self.base + path, body=raw, headers={**more, **names}, retries=False)


@contextmanager
def a_service(settings: Settings) -> Iterator[Service]:
    """Runs it in a thread until the end."""
    app = created(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, **OPTIONS))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 20
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                raise RuntimeError("the service does not start")
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        with urllib3.PoolManager(timeout=10) as pool:
            yield Service(f"http://127.0.0.1:{port}", app, pool)
    finally:
        server.should_exit = True
        thread.join()
