"""Words between two starts: what is sent arrives as it was, and nothing else is taken for a request."""

import os
import socket
import struct
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.config.running import (
    HEAD_BYTES,
    MOST_BYTES,
    MOST_PATHS,
    Request,
    address,
    body_bytes,
    forward,
    is_own,
    packed,
    unpacked,
)


def test_a_request_arrives_as_it_was_sent() -> None:
    for request in (Request("raise"), Request("open", (b"/music/a b.flac", b"/music/\xff.mp3"))):
        sent = packed(request)
        assert body_bytes(sent[:HEAD_BYTES]) == len(sent) - HEAD_BYTES
        assert unpacked(sent[HEAD_BYTES:]) == request


def test_of_too_many_files_the_first_are_sent() -> None:
    sent = packed(Request("open", (b"/a",) * (MOST_PATHS + 5)))
    taken = unpacked(sent[HEAD_BYTES:])
    assert taken is not None
    assert len(taken.paths) == MOST_PATHS


def test_what_no_segue_sends_is_no_request() -> None:
    for body in (b"", b"raise", b"open\0", b"quit\0", b"raise\0/a\0", b"open\0a\0", b"open\0//host/a\0", b"open\0\0"):
        assert unpacked(body) is None
    assert body_bytes(b"segue-1\n" + struct.pack(">I", MOST_BYTES + 1)) is None
    assert body_bytes(b"segue-1\n" + struct.pack(">I", 0)) is None
    assert body_bytes(b"GET / HTTP/1.1") is None


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(junk: bytes) -> None:
    body_bytes(junk)
    unpacked(junk)
    unpacked(b"open\0" + junk + b"\0")


def test_where_no_window_is_nothing_is_forwarded(tmp_path_factory) -> None:
    place = tmp_path_factory.mktemp("s") / "segue.sock"
    assert not forward(None, Request("raise"))
    assert not forward(place, Request("raise"))
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(os.fspath(place))
    assert place.exists()
    assert not forward(place, Request("raise"))


def test_a_window_that_hangs_is_not_waited_for_long(tmp_path_factory) -> None:
    place = tmp_path_factory.mktemp("s") / "segue.sock"
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(os.fspath(place))
        hung.listen()
        assert not forward(place, Request("raise"), patience_s=0.05)


def test_a_folder_whose_name_is_too_long_for_a_socket_has_none() -> None:
    assert address(Path("/" + "long/" * 30)) is None
    assert address(Path("/short")) == Path("/short/segue.sock")


def test_the_other_end_of_a_pair_is_ones_own() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert is_own(one.fileno())
