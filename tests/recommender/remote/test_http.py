import gzip
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.remote.errors import BadAnswer, Refused, RemoteError, Stopped, TooSlow, TryLater, Unreachable
from recommender.remote.http import Limits, Web, retry_after_s
from recommender.remote.network_log import Asked
from tests.helpers.params import first
from tests.helpers.web import Remembered, a_raw_server, a_site, answer

QUICK = Limits(connect_s=2, gap_s=0.4, whole_s=1.0, download_s=1.0)


def asked(base: str, path: str = "/x", most: int = 1000, log: Remembered | None = None, **more: object) -> bytes:
    with Web(log or Remembered(), limits=QUICK, **more) as web:  # type: ignore[arg-type]
        return web.get(base + path, "a test", most).body


def test_a_file_comes_as_it_is_and_the_log_says_so_before_and_after(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    log = Remembered()
    with a_site(tmp_path) as site:
        assert asked(site.base, log=log) == b"hello"
        (path, headers) = site.seen[0]
    assert path == "/x"
    assert set(headers) == {"host", "user-agent", "accept-encoding"}
    assert headers["user-agent"] == "Segue"
    (request,), (done,) = log.requests, log.answers
    assert (request.method, request.host, request.path, request.bytes_out, request.why) == (
        "GET", "127.0.0.1", "/x", 0, "a test",
    )  # fmt: skip
    assert request.url == site.base + "/x"
    assert (done.asked, done.status, done.bytes_in, done.trouble) == (request, 200, 5, "")


def test_what_the_log_cannot_write_down_is_not_sent(tmp_path: Path) -> None:
    class Full(Remembered):
        def asked(self, request: Asked) -> None:
            raise OSError("the disk is full")

    with a_site(tmp_path) as site:
        with pytest.raises(OSError, match="full"):
            asked(site.base, log=Full())
        assert site.seen == []
        assert site.connections == 0


def test_a_row_of_requests_takes_one_connection_and_a_lost_one_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    with a_site(tmp_path) as site, Web(Remembered(), limits=QUICK) as web:
        for _ in range(3):
            assert web.get(f"{site.base}/x", "a test", 10).body == b"hello"
        with pytest.raises(BadAnswer):
            web.get(f"{site.base}/nothing", "a test", 10)
        assert web.get(f"{site.base}/x", "a test", 10).body == b"hello"
        before = site.connections
        assert web._open is not None
        assert web._open.sock is not None
        web._open.sock.shutdown(socket.SHUT_RDWR)
        assert web.get(f"{site.base}/x", "a test", 10).body == b"hello"
    assert before <= 2
    assert site.connections == before + 1


def test_json_is_sent_and_read(tmp_path: Path) -> None:
    log = Remembered()
    with a_site(tmp_path) as site, Web(log, limits=QUICK) as web:
        site.special["/v1/recommend"] = lambda handler: answer(handler, 200, b'{"found": []}')
        assert web.send("POST", f"{site.base}/v1/recommend", "a test", 1000, b'{"n":1}').json() == {"found": []}
        assert site.bodies == [b'{"n":1}']
    assert log.requests[0].bytes_out == 7


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"a": NaN}', b"[" * 100_000, b"\xff\xfe"])
def test_an_answer_that_is_no_json_object_is_a_bad_one(tmp_path: Path, body: bytes) -> None:
    with a_site(tmp_path) as site, Web(Remembered(), limits=QUICK) as web:
        site.special["/x"] = lambda handler: answer(handler, 200, body)
        with pytest.raises(BadAnswer):
            web.get(f"{site.base}/x", "a test", 1 << 20).json()


@pytest.mark.parametrize("status", [201, 204, 400, 401, 404, 500, 502, 599])
def test_another_status_is_a_bad_answer(tmp_path: Path, status: int) -> None:
    log = Remembered()
    with a_site(tmp_path) as site:
        site.special["/x"] = lambda handler: answer(handler, status)
        with pytest.raises(BadAnswer) as found:
            asked(site.base, log=log)
    assert found.value.status == status
    assert log.answers[0].status == status
    assert log.answers[0].trouble


@pytest.mark.parametrize(("status", "said", "after"), [(429, "17", 17), (503, None, 60), (429, "soon", 60)])
def test_a_busy_server_says_when_to_come_back(tmp_path: Path, status: int, said: str | None, after: int) -> None:
    with a_site(tmp_path) as site:
        headers = {"Retry_After": said} if said else {}
        site.special["/x"] = lambda handler: answer(handler, status, **headers)
        with pytest.raises(TryLater) as found:
            asked(site.base)
    assert found.value.after_s == after


def test_no_server_can_wish_to_be_left_alone_for_ever() -> None:
    assert retry_after_s({"retry-after": "9" * 400}) == 7 * 86_400
    assert retry_after_s({"retry-after": "-5"}) == 60
    assert retry_after_s({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, 1_760_000_000) == 7 * 86_400
    assert retry_after_s({"retry-after": "Thu, 09 Oct 2025 08:54:00 GMT"}, 1_760_000_000) == 40


def test_more_than_was_asked_for_is_not_read_on(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 50_000_000)
    log = Remembered()
    with a_site(tmp_path) as site, pytest.raises(BadAnswer, match="more"):
        asked(site.base, log=log)
    assert log.answers[0].bytes_in < 1_000_000


def test_endless_data_ends(tmp_path: Path) -> None:
    def speak(guest: socket.socket, over: threading.Event) -> None:
        guest.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not over.is_set():
            guest.sendall(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")

    with a_raw_server(speak) as base, pytest.raises(BadAnswer, match="more"):
        asked(base, most=1 << 20)


def drip(what: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """A byte every twentieth of a second, for ever."""

    def speak(guest: socket.socket, over: threading.Event) -> None:
        guest.sendall(what)
        while not over.wait(0.05):
            guest.sendall(b"a")

    return speak


@pytest.mark.parametrize(
    "what",
    first([
        b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ], 2),
)  # fmt: skip
def test_a_byte_now_and_then_does_not_hold_on_past_the_deadline(what: bytes) -> None:
    with a_raw_server(drip(what)) as base, pytest.raises(TooSlow):
        asked(base)


@pytest.mark.parametrize("what", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nab"])
def test_silence_is_not_waited_out(what: bytes) -> None:
    def speak(guest: socket.socket, over: threading.Event) -> None:
        guest.sendall(what)
        over.wait()

    with a_raw_server(speak) as base, pytest.raises(TooSlow):
        asked(base)


def test_a_listener_who_cancels_is_heard_while_a_server_is_silent() -> None:
    begun = time.monotonic()
    slow = Limits(connect_s=60, gap_s=60, whole_s=60)

    def speak(guest: socket.socket, over: threading.Event) -> None:
        over.wait()

    def enough() -> bool:
        return time.monotonic() - begun > 0.3

    with a_raw_server(speak) as base, Web(Remembered(), limits=slow, cancelled=enough) as web:  # noqa: SIM117
        with pytest.raises(Stopped):
            web.get(f"{base}/x", "a test", 10)


@pytest.mark.parametrize(
    "said",
    [
        b"", b"nonsense\r\n\r\n", b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"\x00" * 100,
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabcd",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_one_sentence(said: bytes) -> None:
    with a_raw_server(lambda guest, over: guest.sendall(said)) as base, pytest.raises(RemoteError) as found:
        asked(base)
    assert isinstance(found.value, Unreachable | BadAnswer | TooSlow), found.value
    assert str(found.value).endswith(".")


def test_nobody_there_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(Unreachable, match="failed"):
        asked(f"http://127.0.0.1:{port}")
    with pytest.raises(Unreachable, match="not found"):
        asked("https://nowhere.invalid")


def test_what_was_packed_unasked_is_not_unpacked(tmp_path: Path) -> None:
    with a_site(tmp_path) as site:
        packed = gzip.compress(b"\0" * 10_000_000)
        site.special["/x"] = lambda handler: answer(handler, 200, packed, Content_Encoding="gzip")
        with pytest.raises(BadAnswer, match="packed"):
            asked(site.base, most=1 << 24)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "http://127.0.0.2/x",
        "https://10.0.0.1/x",
        "https://localhost/x",
        "https://u:p@example.org/",
    ],
)
def test_redirects_out_of_the_rules_are_not_followed(tmp_path: Path, location: str) -> None:
    log = Remembered()
    with a_site(tmp_path) as site:
        site.special["/x"] = lambda handler: answer(handler, 302, Location=location)
        with pytest.raises((Refused, Unreachable)) as found:
            asked(site.base, log=log)
    if "localhost" in location:  # a name: known for local when its machine is reached, unless nobody listens there
        assert len(log.requests) == 2
    else:
        assert isinstance(found.value, Refused)
        assert log.paths == ["/x"]


def test_a_name_that_turns_out_to_be_local_gets_not_a_byte(tmp_path: Path) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door, a_site(tmp_path) as site:
        port = door.getsockname()[1]
        site.special["/x"] = lambda handler: answer(handler, 302, Location=f"https://localhost:{port}/secret")
        with pytest.raises(Refused, match="own network"):
            asked(site.base)
        guest, _ = door.accept()
        with guest:
            guest.settimeout(2)
            heard.append(guest.recv(100))
    assert heard == [b""]


def test_a_public_name_typed_with_http_gets_not_a_byte(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with a_site(tmp_path) as site:
        monkeypatch.setattr("recommender.remote.address.is_local", lambda ip: False)
        with pytest.raises(Refused, match="https"):
            asked(site.base.replace("127.0.0.1", "localhost"))
        assert site.seen == []


def test_a_redirect_within_a_host_is_followed_but_not_for_ever(tmp_path: Path) -> None:
    (tmp_path / "y").write_bytes(b"here")
    log = Remembered()
    with a_site(tmp_path) as site:
        site.special["/x"] = lambda handler: answer(handler, 307, Location="/y")
        site.special["/round"] = lambda handler: answer(handler, 302, Location="/round")
        assert asked(site.base, log=log) == b"here"
        with pytest.raises(BadAnswer, match="on and on"):
            asked(site.base, "/round")
    assert log.paths == ["/x", "/y"]


def test_what_was_posted_goes_nowhere_else(tmp_path: Path) -> None:
    with a_site(tmp_path) as site, Web(Remembered(), limits=QUICK) as web:
        site.special["/x"] = lambda handler: answer(handler, 307, Location="/y")
        with pytest.raises(BadAnswer, match="elsewhere"):
            web.send("POST", f"{site.base}/x", "a test", 100, b"{}")
        assert [path for path, _ in site.seen] == ["/x"]
