"""The walk finds every sound file once, whatever the file system does."""

import os
from pathlib import Path

import pytest

from app.library.walk import Walk, below
from tests.library.sounds import put


def _names(walk: Walk) -> list[bytes]:
    return sorted(os.path.basename(found.path) for found in walk)


def _root(path: Path) -> bytes:
    return os.fsencode(path)


def test_only_sound_files_are_found_whatever_the_case_of_their_names(tmp_path: Path) -> None:
    for name in ("a.MP3", "b.flac", "c.jpg", "d.txt", "._e.mp3", "f", "sub/deep/g.Opus"):
        put(tmp_path / name, b"x")
    assert _names(Walk([_root(tmp_path)])) == [b"a.MP3", b"b.flac", b"g.Opus"]


def test_size_and_time_come_along(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3", b"12345", mtime=1_000_000_000)
    assert list(Walk([_root(tmp_path)])) == [(path, 5, 1_000_000_000 * 10**9, os.stat(path).st_ino, 1)]


def test_hidden_folders_and_folders_with_nomedia_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden/a.mp3", "phone/.nomedia", "phone/b.mp3", "phone/sub/c.mp3", "$RECYCLE.BIN/d.mp3", "e.mp3"):
        put(tmp_path / name, b"x")
    assert _names(Walk([_root(tmp_path)])) == [b"e.mp3"]


@pytest.mark.parametrize(
    "kept_in", ["#recycle", "@Recycle", "RECYCLER", "#snapshot/@GMT-2026.01.01", "~snapshot/daily.0"]
)
def test_what_was_deleted_on_a_network_drive_and_how_it_was_before_is_no_music(tmp_path: Path, kept_in: str) -> None:
    for name in (f"{kept_in}/Album/a.mp3", "e.mp3"):
        put(tmp_path / name, b"x")
    assert _names(Walk([_root(tmp_path)])) == [b"e.mp3"]


def test_pipes_folders_and_broken_links_with_sound_names_are_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp3")
    (tmp_path / "b.mp3").mkdir()
    (tmp_path / "c.mp3").symlink_to(tmp_path / "nowhere")
    (tmp_path / "d.mp3").symlink_to(tmp_path / "a.mp3")
    walk = Walk([_root(tmp_path)])
    assert _names(walk) == []
    assert walk.troubles == []


def test_names_that_are_no_text_are_kept_as_they_are(tmp_path: Path) -> None:
    root = _root(tmp_path)
    odd = [
        b"caf\xe9 \xff.mp3",
        b"two\nlines.mp3",
        "🎵👩‍👩‍👧.mp3".encode(),
        b"-rf.mp3",
        b"  spaces  .mp3",
        b"\x01\x1b[31m.mp3",
    ]
    for name in odd:
        put(os.path.join(root, name), b"x")
    assert _names(Walk([root])) == sorted(odd)


def test_loops_end_and_a_folder_reached_twice_counts_once(tmp_path: Path) -> None:
    put(tmp_path / "music/a/1.mp3", b"x")
    (tmp_path / "music/a/up").symlink_to(tmp_path / "music")
    (tmp_path / "music/0-link").symlink_to(tmp_path / "music/a")
    assert [found.path for found in Walk([_root(tmp_path / "music")])] == [_root(tmp_path / "music/a/1.mp3")]


def test_overlapping_and_repeated_roots_count_once(tmp_path: Path) -> None:
    put(tmp_path / "a/b/1.mp3", b"x")
    put(tmp_path / "a/2.mp3", b"x")
    assert _names(Walk([_root(tmp_path / "a/b"), _root(tmp_path / "a"), _root(tmp_path / "a")])) == [b"1.mp3", b"2.mp3"]


def test_a_hidden_folder_that_was_chosen_is_walked(tmp_path: Path) -> None:
    put(tmp_path / ".music/1.mp3", b"x")
    assert _names(Walk([_root(tmp_path), _root(tmp_path / ".music")])) == [b"1.mp3"]


def test_links_to_files_count_only_when_the_file_is_not_found_itself(tmp_path: Path) -> None:
    put(tmp_path / "music/1.mp3", b"x")
    put(tmp_path / "elsewhere/2.mp3", b"x")
    (tmp_path / "music/list").mkdir()
    (tmp_path / "music/list/one.mp3").symlink_to(tmp_path / "music/1.mp3")
    (tmp_path / "music/list/two.mp3").symlink_to(tmp_path / "elsewhere/2.mp3")
    assert _names(Walk([_root(tmp_path / "music")])) == [b"1.mp3", b"two.mp3"]


def test_links_to_folders_outside_are_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere/2.mp3", b"x")
    (tmp_path / "music").mkdir()
    (tmp_path / "music/link").symlink_to(tmp_path / "elsewhere")
    assert [found.path for found in Walk([_root(tmp_path / "music")])] == [_root(tmp_path / "music/link/2.mp3")]


def test_a_folder_that_cannot_be_listed_is_trouble_and_the_rest_is_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a/1.mp3", b"x")
    put(tmp_path / "b/2.mp3", b"x")
    real = os.scandir

    def scandir(folder: bytes) -> object:
        if folder.endswith(b"/a"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr("app.library.walk.os.scandir", scandir)
    walk = Walk([_root(tmp_path)])
    assert _names(walk) == [b"2.mp3"]
    assert walk.unlisted == {_root(tmp_path / "a")}
    assert walk.troubles == [f"The folder {tmp_path}/a could not be opened: Permission denied."]


def test_below_goes_by_whole_names() -> None:
    assert below(b"/m/a/1.mp3", b"/m/a")
    assert below(b"/m/a", b"/m/a/")
    assert not below(b"/m/ab/1.mp3", b"/m/a")
    assert below(b"/1.mp3", b"/")


def test_a_link_that_leads_up_and_out_of_the_music_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "private" / "memo.wav", b"x")
    put(tmp_path / "music" / "a.mp3", b"x")
    (tmp_path / "music" / "up").symlink_to(tmp_path)
    (tmp_path / "music" / "z:").symlink_to("/")
    assert _names(Walk([_root(tmp_path / "music")])) == [b"a.mp3"]


def test_a_time_beyond_64_bits_of_nanoseconds_is_the_last_one_that_can_be_kept(tmp_path: Path) -> None:
    put(tmp_path / "a.mp3", b"x", mtime=11_000_000_000)
    assert [found.mtime_ns for found in Walk([_root(tmp_path)])] == [(1 << 63) - 1]
