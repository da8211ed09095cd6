"""Lyrics of real files: inside them, and beside them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import apev2, id3

from app.domain.lyrics import Lyrics
from app.library.cage import TagCage
from app.library.lyrics import find
from tests.library.sounds import put

_TEXT = "Première ligne\nDeuxième ligne 夜"


@pytest.fixture(scope="module")
def cage() -> Iterator[TagCage]:
    with TagCage() as cage:
        yield cage


def lines(lyrics: Lyrics | None) -> list[str]:
    return [line.words for line in lyrics.lines] if lyrics else []


def a_file(path: Path, key: str, value: object) -> bytes:
    raw = put(path)
    audio: Any = mutagen.File(os.fsdecode(raw))
    if audio.tags is None:
        audio.add_tags()
    audio.tags[key] = value
    audio.save()
    return raw


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("a.flac", "LYRICS", [_TEXT]),
        ("a.ogg", "UNSYNCEDLYRICS", [_TEXT]),
        ("a.opus", "lyrics", [_TEXT]),
        ("a.m4a", "\xa9lyr", [_TEXT]),
        ("a.mp3", "USLT::eng", id3.USLT(encoding=3, lang="eng", desc="", text=_TEXT)),
        ("a.wav", "USLT::eng", id3.USLT(encoding=1, lang="eng", desc="", text=_TEXT)),
        ("b.mp3", "TXXX:LYRICS", id3.TXXX(encoding=3, desc="LYRICS", text=_TEXT)),
        ("b.m4a", "----:com.apple.iTunes:UNSYNCEDLYRICS", [_TEXT.encode()]),
        ("a.wv", "Lyrics", apev2.APETextValue(_TEXT)),
    ],
)
def test_lyrics_inside_files_of_each_kind_are_found(
    tmp_path: Path, cage: TagCage, name: str, key: str, value: object
) -> None:
    found = find(a_file(tmp_path / name, key, value), cage)
    assert lines(found) == _TEXT.split("\n")
    assert found is not None
    assert not found.synced
    assert found.origin == "from the file"


@pytest.mark.parametrize("kind", [1, 0])
@pytest.mark.parametrize(
    "sung",
    [
        [("Hel", 1000), ("lo", 1500), ("\nWorld", 3000)],
        [("Hel", 1000), ("lo\n", 1500), ("World\n", 3000)],
        [("Hello", 1000), ("World", 3000)],
    ],
    ids=["ends before", "ends behind", "lines"],
)
def test_synced_lyrics_of_id3_win_over_plain_ones(
    tmp_path: Path, cage: TagCage, sung: list[tuple[str, int]], kind: int
) -> None:
    raw = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.USLT(encoding=3, lang="eng", desc="", text="plain"))
    tags.add(id3.SYLT(encoding=3, lang="eng", format=2, type=4, desc="remarks", text=[("applause", 10)]))
    tags.add(id3.SYLT(encoding=3, lang="eng", format=2, type=kind, desc="", text=sung))
    tags.save(os.fsdecode(raw))
    found = find(raw, cage)
    assert found is not None
    assert [(line.at_ms, line.words) for line in found.lines] == [(1_000, "Hello"), (3_000, "World")]


def test_a_file_beside_the_track_is_found_in_any_case_and_encoding(tmp_path: Path, cage: TagCage) -> None:
    raw = a_file(tmp_path / "Song.flac", "LYRICS", ["inside"])
    (tmp_path / "SONG.LRC").write_bytes(
        "[00:01.00]夜空中最亮的星能否听清\n[00:02.00]那仰望的人心底的孤独和叹息".encode("gb18030")
    )
    found = find(raw, cage)
    assert lines(found) == ["夜空中最亮的星能否听清", "那仰望的人心底的孤独和叹息"]
    assert found is not None
    assert found.origin == "from SONG.LRC"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_without_the_mark_of_its_encoding_is_read(tmp_path: Path, cage: TagCage, encoding: str) -> None:
    raw = put(tmp_path / "Song.flac")
    (tmp_path / "Song.lrc").write_bytes("[00:01.00]夜空に星が輝く\n[00:02.00]もう一度だけ会いたい".encode(encoding))
    assert lines(find(raw, cage)) == ["夜空に星が輝く", "もう一度だけ会いたい"]


def test_synced_lyrics_inside_win_over_plain_ones_beside(tmp_path: Path, cage: TagCage) -> None:
    raw = a_file(tmp_path / "Song.flac", "LYRICS", ["[00:01.00]sung"])
    (tmp_path / "Song.txt").write_text("plain")
    found = find(raw, cage)
    assert found is not None
    assert (found.synced, lines(found)) == (True, ["sung"])


def test_hostile_neighbours_and_files_have_no_lyrics_and_do_not_stall(tmp_path: Path, cage: TagCage) -> None:
    raw = put(tmp_path / "Song.flac")
    os.mkfifo(tmp_path / "Song.lrc")
    (tmp_path / "Song.txt").write_bytes(b"x" * 2_000_000)
    assert find(raw, cage) is None
    (tmp_path / "broken.mp3").write_bytes(b"MPCKAA\x00")
    assert find(os.fsencode(tmp_path / "gone.mp3"), cage) is None
