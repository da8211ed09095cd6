"""Names of files from other programs: what is a file here, and what is refused."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.file_uri import path_of_uri, path_of_word, plain_path, uri_of_path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///music/a%20b.flac", b"/music/a b.flac"),
        ("file://localhost/music/a.flac", b"/music/a.flac"),
        ("file:/music/a.flac", b"/music/a.flac"),
        ("file:///music/%FF%E6.flac", b"/music/\xff\xe6.flac"),
        ("file:///music/what?#1.flac", b"/music/what?#1.flac"),
        ("file:///music/../music/./a.flac", b"/music/a.flac"),
        ("FILE:///music/a.flac", b"/music/a.flac"),
    ],
)
def test_a_file_uri_is_a_path(uri: str, path: bytes) -> None:
    assert path_of_uri(uri) == path


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/music/a.flac",
        "http://example.org/a.mp3",
        "smb://host/share/a.mp3",
        "file://host/share/a.mp3",
        "file:////host/share/a.mp3",
        "file:///%2Fhost/a.mp3",
        "file:a.mp3",
        "file:///a%00b.mp3",
        "file:///" + "a" * 1_000_000,
        "file://[/a.mp3",
        "javascript:alert(1)",
    ],
)
def test_the_net_other_machines_and_nonsense_are_refused(uri: str) -> None:
    assert path_of_uri(uri) is None


@given(st.binary(max_size=200))
def test_every_path_comes_back_from_its_uri(name: bytes) -> None:
    path = plain_path(b"/" + name)
    if path is not None:
        assert path_of_uri(uri_of_path(path)) == path


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for found in (path_of_uri(text), path_of_uri("file:" + text)):
        assert found is None or (found.startswith(b"/") and not found.startswith(b"//"))


def test_a_word_is_seen_from_the_current_folder() -> None:
    assert path_of_word("a b.flac") == os.path.abspath(b"a b.flac")
    assert path_of_word("/music/../a.flac") == b"/a.flac"
    assert path_of_word("") is None
