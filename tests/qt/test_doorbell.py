"""The door of the open window: good requests are taken, everything else is turned away, and it goes on listening."""

import os
import resource
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.config.running import MOST_BYTES, TAKEN, Request, packed
from app.qt import doorbell
from app.qt.doorbell import Doorbell

_ROOT = Path(__file__).resolve().parents[2]
_SECOND = """
import sys
from pathlib import Path
from app.config.running import Request, forward
print(forward(Path(sys.argv[1]), Request("open", (b"/music/a.flac",))))
print(any(name.startswith("PySide6") for name in sys.modules))
"""


@pytest.fixture
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("s") / "segue.sock"


@pytest.fixture
def taken() -> list[Request]:
    return []


@pytest.fixture
def bell(qtbot: QtBot, place: Path, taken: list[Request]) -> Iterator[Doorbell]:
    bell = Doorbell(place, taken.append)
    yield bell
    bell.close()


def call(place: Path, *pieces: bytes) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    line.connect(os.fspath(place))
    for piece in pieces:
        line.sendall(piece)
    return line


def answer(line: socket.socket, qtbot: QtBot) -> bytes:
    """What comes back until the window hangs up."""
    line.setblocking(False)
    heard = bytearray()

    def over() -> bool:
        try:
            piece = line.recv(64)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True
        heard.extend(piece)
        return not piece

    qtbot.waitUntil(over)
    line.close()
    return bytes(heard)


def test_the_socket_is_for_its_owner_alone(bell: Doorbell, place: Path) -> None:
    assert place.stat().st_mode & 0o077 == 0


def test_a_request_in_pieces_is_taken_and_answered(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    request = Request("open", (b"/music/\xff a.flac", b"/b.mp3"))
    sent = packed(request)
    assert answer(call(place, sent[:5], sent[5:20], sent[20:]), qtbot) == TAKEN
    assert taken == [request]


@pytest.mark.parametrize(
    "junk",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"segue-1\n" + struct.pack(">I", MOST_BYTES + 1),
        b"segue-1\n" + struct.pack(">I", 5) + b"quit\0",
        b"segue-1\n" + struct.pack(">I", 6) + b"raise\0/one/too/many\0",
        b"\0" * 100,
    ],
)
def test_junk_is_hung_up_on_and_the_next_is_heard(
    junk: bytes, bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    assert answer(call(place, junk), qtbot) == b""
    assert taken == []
    assert answer(call(place, packed(Request("raise"))), qtbot) == TAKEN
    assert taken == [Request("raise")]


def test_callers_that_say_nothing_do_not_keep_others_out(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    silent = [call(place) for _ in range(5)]
    assert answer(call(place, packed(Request("next"))), qtbot) == TAKEN
    for line in silent:
        line.close()


def test_another_user_is_turned_away(qtbot: QtBot, place: Path, taken: list[Request]) -> None:
    bell = Doorbell(place, taken.append, let_in=lambda descriptor: descriptor < 0)
    assert answer(call(place, packed(Request("raise"))), qtbot) == b""
    assert taken == []
    bell.close()


def test_a_socket_that_a_crash_left_behind_is_replaced(qtbot: QtBot, place: Path, taken: list[Request]) -> None:
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(os.fspath(place))
    bell = Doorbell(place, taken.append)
    assert answer(call(place, packed(Request("raise"))), qtbot) == TAKEN
    bell.close()
    assert not place.exists()


def test_what_is_no_socket_is_left_where_it_is(qtbot: QtBot, place: Path, taken: list[Request]) -> None:
    place.write_text("mine")
    bell = Doorbell(place, taken.append)
    bell.close()
    assert place.read_text() == "mine"


def test_who_leaves_in_the_middle_is_forgotten(bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot) -> None:
    for _ in range(40):
        call(place, packed(Request("raise"))[:9]).close()
        assert answer(call(place, packed(Request("next"))), qtbot) == TAKEN
    assert taken == [Request("next")] * 40


def test_one_who_asks_and_does_not_wait_is_served(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    call(place, packed(Request("next"))).close()
    qtbot.waitUntil(lambda: taken == [Request("next")])


def test_callers_beyond_the_most_are_turned_away_and_the_end_hangs_up_on_all(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    first = [call(place) for _ in range(16)]
    for _ in range(5):
        assert answer(call(place), qtbot) == b""
    first[0].sendall(packed(Request("stop")))
    assert answer(first[0], qtbot) == TAKEN
    bell.close()
    assert [answer(line, qtbot) for line in first[1:]] == [b""] * 15
    assert not place.exists()


def test_a_program_with_too_many_open_files_listens_again_later(
    bell: Doorbell,
    place: Path,
    taken: list[Request],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(doorbell, "_PATIENCE_MS", 200)
    line = call(place, packed(Request("next")))
    kept, used = resource.getrlimit(resource.RLIMIT_NOFILE), os.dup(line.fileno())
    resource.setrlimit(resource.RLIMIT_NOFILE, (used, kept[1]))
    try:
        qtbot.waitUntil(lambda: "cannot be heard" in caplog.text)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, kept)
        os.close(used)
    assert answer(line, qtbot) == TAKEN
    assert taken == [Request("next")]


def test_nothing_of_qt_s_networks_is_loaded_for_it() -> None:
    words = "import sys, app.qt.doorbell; print('PySide6.QtNetwork' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=_ROOT, check=True)
    assert found.stdout.split() == ["False"]


def test_a_second_process_gives_its_files_away_without_loading_qt(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(place)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[0].split() == ["True", "False"]
    assert taken == [Request("open", (b"/music/a.flac",))]
