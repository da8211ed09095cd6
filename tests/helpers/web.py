"""Servers of a test's own on the loopback interface, good and bad, and a log that remembers."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from recommender.remote.network_log import Answered, Asked


@dataclass
class Remembered:
    """A network log that keeps what it is told."""

    requests: list[Asked] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)

    def asked(self, request: Asked) -> None:
        self.requests.append(request)

    def answered(self, answer: Answered) -> None:
        self.answers.append(answer)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server: its address, what it was asked, and how it answers a path (else from ``folder``)."""

    base: str
    folder: Path
    special: dict[str, Handler] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    sent = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    for name, value in sent.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def from_folder(handler: BaseHTTPRequestHandler, folder: Path) -> None:
    """As a static host does, with ranges."""
    path = folder / handler.path.lstrip("/")
    if not path.is_file():
        answer(handler, 404, b"nothing here")
        return
    raw, said = path.read_bytes(), handler.headers.get("Range", "")
    if said:
        begin = int(said.removeprefix("bytes=").removesuffix("-"))
        span = f"bytes {begin}-{len(raw) - 1}/{len(raw)}"
        answer(handler, 206, raw[begin:], Content_Range=span)
        return
    answer(handler, 200, raw)


@contextmanager
def a_site(folder: Path) -> Iterator[Site]:
    """A web server over a folder, until the end."""

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_GET(self) -> None:
            site.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            length = int(self.headers.get("Content-Length", 0))
            site.bodies.append(self.rfile.read(length))
            special = site.special.get(self.path)
            try:
                special(self) if special else from_folder(self, site.folder)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_DELETE = do_GET

        def finish(self) -> None:
            try:
                super().finish()
            except OSError:
                self.rfile.close()

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        block_on_close = True
        daemon_threads = False

        def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
            site.connections += 1
            super().process_request(request, client_address)

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that went away

    server = Server(("127.0.0.1", 0), Answers)
    site = Site(f"http://127.0.0.1:{server.server_port}", folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def a_raw_server(speak: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that says whatever it wants to whoever connects, until the event is set."""
    over = threading.Event()
    door = socket.create_server(("127.0.0.1", 0))
    door.settimeout(0.05)

    def serve() -> None:
        while not over.is_set():
            try:
                guest, _ = door.accept()
            except TimeoutError:
                continue
            with guest:
                guest.settimeout(2)
                try:
                    guest.recv(65_536)
                    speak(guest, over)
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        door.close()
