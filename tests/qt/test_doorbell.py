"""The door of the open window: good requests are taken, everything else is turned away, and it goes on listening."""

import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.config.running import MOST_BYTES, TAKEN, Request, packed
from app.qt.doorbell import Doorbell

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


def test_a_second_process_gives_its_files_away_without_loading_qt(
    bell: Doorbell, place: Path, taken: list[Request], qtbot: QtBot
) -> None:
    second = subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(place)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[0].split() == ["True", "False"]
    assert taken == [Request("open", (b"/music/a.flac",))]
