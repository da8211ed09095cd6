"""Editing tags: what was asked stands there, everything else is as it was, and it can be taken back exactly."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.tag_edit import wanted
from app.library import edit as editing
from app.library import edit_cage
from app.library.edited import IntoLibrary
from app.library.tags import read_tags
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file, a_play
from tests.helpers.params import first
from tests.library.editing import Taken, a_track, edited, run, taken_back
from tests.library.sounds import ENCODED, HAND_MADE, put

ALL: dict[str, Any] = {
    "title": "Né 夜",
    "artist": ["Ida", "Bo"],
    "artists": ["Ida", "Bo"],
    "album": "Été",
    "album_artist": "Ida",
    "track_no": 3,
    "track_total": "12",
    "disc_no": 1,
    "disc_total": 2,
    "date": "1997-05-21",
    "genre": ["Rock", "Jazz"],
    "composer": "Clara",
    "compilation": True,
    "bpm": 128,
    "title_sort": "Ne",
    "artist_sort": "Ida, R",
    "album_sort": "Ete",
    "album_artist_sort": "Ravn",
}
SAID = {
    "title": "Né 夜",
    "artist": "Ida; Bo",
    "artists": "Ida\nBo",
    "album": "Été",
    "album_artist": "Ida",
    "track_no": 3,
    "track_total": 12,
    "disc_no": 1,
    "disc_total": 2,
    "date": "1997-05-21",
    "year": 1997,
    "genres": "Rock\nJazz",
    "composer": "Clara",
    "compilation": True,
    "bpm": 128.0,
    "title_sort": "Ne",
    "artist_sort": "Ida, R",
    "album_sort": "Ete",
    "album_artist_sort": "Ravn",
}


def nothing_left(folder: Path) -> bool:
    return not [name for name in os.listdir(folder) if name.startswith(".segue")]


@pytest.mark.parametrize("kind", first([*ENCODED, *HAND_MADE], 5))
def test_every_format_says_what_was_asked_and_then_what_it_said_before(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"x.{kind}")
    before, took = read_tags(path), Taken()
    report = edited(ALL, path, took=took)
    assert (report.failed, report.changed) == ([], [1])
    after = read_tags(path)
    assert {name: getattr(after, name) for name in SAID} == SAID
    assert took.told == {path: after}
    assert after.audio_hash == before.audio_hash != ""
    again = edited(ALL, path)
    assert (again.changed, again.unchanged) == ([], [1])
    back = taken_back(report)
    assert back.failed == []
    assert read_tags(path)._replace(bitrate=None) == before._replace(bitrate=None)
    forward = taken_back(back)
    assert forward.failed == []
    assert {name: getattr(read_tags(path), name) for name in SAID} == SAID
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("kind", ["mp3", "flac", "m4a", "ogg", "wma", "wv", "wav"])
def test_taking_a_field_out_leaves_its_partner_and_all_others(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"x.{kind}")
    edited(ALL, path)
    report = edited({"track_total": None, "disc_no": "", "genre": [], "compilation": False}, path)
    assert report.failed == []
    after = read_tags(path)
    assert (after.track_no, after.track_total, after.disc_no, after.disc_total) == (3, None, None, 2)
    assert (after.genre, after.compilation, after.title, after.bpm) == ("", False, "Né 夜", 128.0)


def test_mode_and_attributes_stay_links_stay_and_hard_links_part(tmp_path: Path) -> None:
    path = put(tmp_path / "real" / "x.flac")
    os.chmod(path, 0o640)
    try:
        os.setxattr(path, "user.note", b"mine")
        noted = True
    except OSError:
        noted = False
    link, other = os.fsencode(tmp_path / "link.flac"), os.fsencode(tmp_path / "other.flac")
    os.symlink(path, link)
    os.link(path, other)
    report = edited({"title": "New"}, link)
    assert report.failed == []
    assert "hard links" in report.notes[0]
    assert os.path.islink(link)
    assert (read_tags(path).title, read_tags(other).title) == ("New", "")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o640
    if noted:
        assert os.getxattr(path, "user.note") == b"mine"


def test_files_that_cannot_be_edited_are_rows_with_reasons_and_stay_as_they_are(tmp_path: Path) -> None:
    good, locked = put(tmp_path / "good.mp3"), put(tmp_path / "locked.mp3")
    os.chmod(locked, 0o444)
    text, gone = put(tmp_path / "text.flac", b"This is no sound." * 50), os.fsencode(tmp_path / "gone.mp3")
    pipe = os.fsencode(tmp_path / "pipe.mp3")
    os.mkfifo(pipe)
    kept = {path: Path(os.fsdecode(path)).read_bytes() for path in (locked, text)}
    report = edited({"title": "New"}, locked, text, gone, pipe, good)
    assert report.changed == [5]
    reasons = {failure.path: failure.reason for failure in report.failed}
    assert set(reasons) == {locked, text, gone, pipe}
    assert reasons[locked] == "It is write-protected."
    assert {path: Path(os.fsdecode(path)).read_bytes() for path in kept} == kept
    cut = a_track(b"/m/x.cue#01", source_path=good)
    assert "cue sheet" in run(editing.edit([cut], {"title": "x"}, Taken(), lambda: False)).failed[0].reason
    assert nothing_left(tmp_path)


def test_a_cancelled_edit_stops_between_files_and_can_be_taken_back(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"{n}.flac") for n in range(4)]
    asked = iter([False, False, True])
    tracks = [a_track(path, n) for n, path in enumerate(paths)]
    report = run(editing.edit(tracks, {"title": "New"}, Taken(), lambda: next(asked)))
    assert report.cancelled
    assert [read_tags(path).title for path in paths] == ["New", "New", "", ""]
    taken_back(report)
    assert [read_tags(path).title for path in paths] == ["", "", "", ""]


def test_each_track_may_be_asked_something_of_its_own(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"{n}.opus") for n in range(3)]
    each = [(a_track(path, n), {"track_no": n + 1}) for n, path in enumerate(paths)]
    assert run(editing.edit_each(each, Taken(), lambda: False)).failed == []
    assert [read_tags(path).track_no for path in paths] == [1, 2, 3]


@pytest.mark.parametrize(
    "changes",
    [
        {"lyrics": "x"},
        {"track_no": "three"},
        {"track_no": 0},
        {"track_no": "٣"},
        {"date": "yesterday"},
        {"date": "1997-13"},
        {"bpm": "nan"},
        {"bpm": -1},
        {"title": ["two", "titles"]},
    ],
)
def test_what_no_field_can_say_is_refused_before_any_file_is_touched(changes: dict[str, Any], tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    before = os.stat(path).st_mtime_ns
    with pytest.raises(SegueError):
        edited(changes, path)
    assert os.stat(path).st_mtime_ns == before


def test_values_are_cleaned_before_they_are_written() -> None:
    assert wanted(
        {"title": "a\0\x1b\n b\u202e\ud800", "artist": [" x ", "", "x"], "compilation": 0, "bpm": "128,50"}
    ) == {
        "title": ("a b",),
        "artist": ("x",),
        "compilation": (),
        "bpm": ("128.5",),
    }


def test_a_file_that_changes_meanwhile_is_left_to_whoever_changed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "x.mp3")
    original = edit_cage.EditCage.ask

    def ask(self: edit_cage.EditCage, request: dict[str, Any], size_bytes: int) -> dict[str, Any]:
        said = original(self, request, size_bytes)
        put(path, b"written by another program")
        return said

    monkeypatch.setattr(edit_cage.EditCage, "ask", ask)
    assert edited({"title": "New"}, path).failed[0].reason == "Another program changed it meanwhile."
    assert Path(os.fsdecode(path)).read_bytes() == b"written by another program"
    assert nothing_left(tmp_path)


def fails_with(code: int) -> Callable[..., Any]:
    def fail(*_arguments: object, **_options: object) -> Any:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("replace", errno.ENOSPC, "no room"),
        ("replace", errno.EPERM, "could not be written"),
        ("mkdir", errno.EROFS, "Its folder cannot be written to"),
        ("chmod", errno.EDQUOT, "no room"),
    ],
)
def test_a_disk_that_refuses_is_a_reason_and_the_file_stays(
    name: str, code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "x.flac")
    before = Path(os.fsdecode(path)).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(editing.os, name, fails_with(code))
        report = edited({"title": "New"}, path)
    assert words in report.failed[0].reason
    assert Path(os.fsdecode(path)).read_bytes() == before
    assert nothing_left(tmp_path)


def test_a_disk_that_fills_up_in_the_child_is_a_reason(tmp_path: Path) -> None:
    path = put(tmp_path / "x.flac", seconds=3.0)
    before = Path(os.fsdecode(path)).read_bytes()
    program = (
        "import resource, sys, os\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "from app.library.edit_worker import answer\n"
        "import json\n"
        "sys.stdout.write(answer(json.dumps({'source': sys.argv[1], 'copy': sys.argv[2],"
        " 'changes': {'title': ['x']}}).encode())[5:].decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, os.fsdecode(path), str(tmp_path / "copy.flac")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout == "It could not be written: File too large."
    assert Path(os.fsdecode(path)).read_bytes() == before


def test_a_child_that_is_late_is_killed_and_the_next_file_has_another(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a.flac"), put(tmp_path / "b.flac")
    cage = edit_cage.EditCage(deadline_s=30)
    with cage:
        request = {"source": os.fsdecode(first), "copy": str(tmp_path / "copy.flac"), "changes": {"title": ["x"]}}
        cage._deadline_s = -1_000.0
        with pytest.raises(SegueError, match="took longer"):
            cage.ask(request, 0)
        cage._deadline_s = 30.0
        assert cage.ask({**request, "source": os.fsdecode(second)}, 0)["changed"]


def test_a_file_that_loops_or_eats_memory_takes_only_the_child_along(tmp_path: Path) -> None:
    loops = put(tmp_path / "loops.mpc", b"MPCKAA\x00" + bytes(2_000))
    good = put(tmp_path / "good.mp3")
    report = edited({"title": "New"}, loops, good, deadline_s=3.0)
    assert [failure.path for failure in report.failed] == [loops]
    assert report.changed == [2]
    assert nothing_left(tmp_path)


def test_what_a_crash_left_behind_goes_with_the_next_edit(tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    for name in (".segue-edit-999999999", ".segue-edit-x", f".segue-edit-{os.getpid()}"):
        put(tmp_path / name / "x.mp3")
    alive = tmp_path / f".segue-edit-{os.getppid()}"
    alive.mkdir()
    assert edited({"title": "New"}, path).failed == []
    assert sorted(name for name in os.listdir(tmp_path) if name.startswith(".segue")) == [alive.name]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    yield database
    database.close()


def test_the_library_follows_at_once_and_keeps_id_plays_and_rating(database: Database, tmp_path: Path) -> None:
    tracks = TrackStore(database)
    path = put(tmp_path / "music" / "x.flac")
    RootStore(database).add(os.fsencode(tmp_path / "music"), NOW_MS)
    tracks.save([a_file(path)], NOW_MS)
    tracks.rate(TrackId(1), 80)
    PlayStore(database).append(a_play(1))
    (track,) = tracks.get([TrackId(1)])
    into = IntoLibrary(tracks, RootStore(database), NOW_MS + 5)
    report = run(editing.edit([track], {"title": "New", "artist": "Ida"}, into, lambda: False))
    assert report.failed == []
    (after,) = tracks.get([TrackId(1)])
    assert (after.title, after.artist, after.rating, after.added_at) == ("New", "Ida", 80, NOW_MS)
    with database.read() as connection:
        row = connection.execute("select size_bytes, mtime_ns, inode, sort_title from track").fetchone()
    status = os.stat(path)
    assert row == (status.st_size, status.st_mtime_ns, status.st_ino, "new")
    assert PlayStore(database).played_counts()[TrackId(1)][0] == 1
