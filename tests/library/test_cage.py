"""A file that never ends, eats memory or kills its reader costs only itself."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from app.config import child
from app.domain.errors import SegueError
from app.domain.tags import Tags
from app.library.cage import Refusal, TagCage
from tests.library.processes import runs
from tests.library.sounds import jpeg, put, sound

_ENDLESS = b"MPCKAA\0"


def _answers(cage: TagCage, paths: list[bytes]) -> list[tuple[bytes, Tags | Refusal]]:
    return [answer for answer in cage.read(paths) if answer is not None]


def test_answers_come_in_order_for_more_files_than_fit_at_once(tmp_path: Path) -> None:
    good = put(tmp_path / "a.flac")
    bad = put(tmp_path / "b.flac", b"nothing")
    paths = [good, bad] * 300
    with TagCage() as cage:
        answers = _answers(cage, paths)
    assert [path for path, _ in answers] == paths
    assert all(isinstance(said, Tags if path == good else Refusal) for path, said in answers)


def test_a_file_that_never_ends_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good, endless = put(tmp_path / "a.flac"), put(tmp_path / "b.mp3", _ENDLESS)
    with TagCage(deadline_s=0.5) as cage:
        answers = dict(_answers(cage, [good, endless, put(tmp_path / "c.mp3")]))
    assert answers[endless] == Refusal("Reading its tags took longer than 0.5 seconds.")
    assert sum(isinstance(said, Tags) for said in answers.values()) == 2


def test_a_disk_that_sleeps_is_no_fault_of_the_file(tmp_path: Path) -> None:
    good = put(tmp_path / "a.flac")
    with TagCage(patience_s=0.4) as cage:
        assert isinstance(_answers(cage, [good])[0][1], Tags)
        os.kill(cage.pids[0], signal.SIGSTOP)  # it neither answers nor computes, as one that waits for a disk
        [(_, said)] = _answers(cage, [good])
        assert said == Refusal("The disk did not answer for 0.4 seconds.", lasting=False)
        assert isinstance(_answers(cage, [good])[0][1], Tags)


def test_two_workers_answer_in_order_even_when_one_is_held_up(tmp_path: Path) -> None:
    good, endless = put(tmp_path / "a.flac"), put(tmp_path / "b.mp3", _ENDLESS)
    paths = [*[good] * 900, endless, *[good] * 900, endless, good]
    with TagCage(deadline_s=0.5, most_workers=2) as cage:
        answers, most = [], 0
        for answer in cage.read(paths):
            most = max(most, len(cage.pids))
            if answer is not None:
                answers.append(answer)
    assert most == 2
    assert [path for path, _ in answers] == paths
    assert [path for path, said in answers if isinstance(said, Refusal)] == [endless, endless]


def test_one_worker_does_where_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.library.cage._SECOND_AFTER_S", 3_600.0)
    with TagCage(most_workers=2) as cage:
        for _ in cage.read([put(tmp_path / "a.flac")] * 900):
            assert len(cage.pids) == 1


def test_a_second_worker_that_dies_leaves_the_work_to_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.cage._SECOND_AFTER_S", 0.0)
    paths = [put(tmp_path / "a.flac")] * 4_000
    killed = set[int]()
    with TagCage(most_workers=2) as cage:
        answers = []
        for answer in cage.read(paths):
            if len(cage.pids) == 2 and not killed:
                killed.add(cage.pids[1])
                os.kill(cage.pids[1], signal.SIGKILL)
            if answer is not None:
                answers.append(answer)
    assert killed
    assert sum(isinstance(said, Tags) for _, said in answers) == len(paths)


def test_mutagen_is_imported_only_when_a_file_needs_it(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"a.{extension}") for extension in ("mp3", "flac", "m4a", "ogg", "opus")]
    program = (
        "import sys\nfrom app.library.tag_worker import answer\n"
        f"assert all(answer(b'T', path)[4:5] == b'T' for path in {paths!r})\n"
        "assert 'mutagen' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


def test_a_file_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(bytes(400_000_000), 9)
    frame = b"TIT2" + _synchsafe(len(packed) + 4) + b"\0\x09" + _synchsafe(400_000_000 % (1 << 28)) + packed
    bomb = put(tmp_path / "bomb.mp3", b"ID3\x04\0\0" + _synchsafe(len(frame)) + frame + sound("mp3"))
    good = put(tmp_path / "a.flac")
    with TagCage(deadline_s=5.0, memory_bytes=300 << 20) as cage:
        answers = dict(_answers(cage, [bomb, good]))
    assert isinstance(answers[good], Tags)
    assert isinstance(answers[bomb], Refusal)


def test_a_reader_that_is_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    paths = [put(tmp_path / "a.flac")] * 400
    with TagCage() as cage:
        steps = cage.read(paths)
        answers = [next(steps)]
        os.kill(cage.pids[0], signal.SIGKILL)
        answers += list(steps)
    assert sum(answer is not None and isinstance(answer[1], Tags) for answer in answers) == 400


def test_a_file_that_crashes_the_reader_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = put(tmp_path / "b.mp3", _ENDLESS)
    good = put(tmp_path / "a.flac")
    with TagCage(deadline_s=60.0) as cage:
        answers = []
        for answer in cage.read([good, endless, good]):
            if answer is not None:
                answers.append(answer)
            elif cage.pids and len(answers) == 1:
                os.kill(cage.pids[0], signal.SIGSEGV)
    assert [type(said) for _, said in answers] == [Tags, Refusal, Tags]
    assert answers[1][1] == Refusal("It made the tag reader crash.")


def test_a_file_that_is_away_may_be_tried_again(tmp_path: Path) -> None:
    with TagCage() as cage:
        [(_, said)] = _answers(cage, [os.fsencode(tmp_path / "a.mp3")])
    assert isinstance(said, Refusal)
    assert not said.lasting


def test_pictures_and_tags_can_be_asked_in_turn(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac")
    with TagCage() as cage:
        assert cage.picture(path) == b""
        assert isinstance(_answers(cage, [path])[0][1], Tags)
        assert cage.picture(put(tmp_path / "b.jpg", jpeg())) == b""


def test_leaving_early_ends_the_reader(tmp_path: Path) -> None:
    with TagCage(deadline_s=60.0) as cage:
        steps = cage.read([put(tmp_path / "b.mp3", _ENDLESS)])
        assert next(steps) is None
        [pid] = cage.pids
        steps.close()
        assert not cage.pids
        assert not runs(pid)


def test_the_reader_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    endless = put(tmp_path / "b.mp3", _ENDLESS)
    program = (
        "import sys, os\nfrom app.library.cage import TagCage\ncage = TagCage(deadline_s=0.3)\n"
        f"steps = cage.read([{endless!r}])\nnext(steps)\nprint(cage.pids[0], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=20).stdout
    pid, deadline = int(out), time.monotonic() + 40
    while runs(pid):
        assert time.monotonic() < deadline, "the reader outlived its parent"


def test_a_reader_that_cannot_start_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    with TagCage() as cage, pytest.raises(SegueError, match="did not start"):
        _answers(cage, [put(tmp_path / "a.flac")])


def test_the_reader_imports_nothing_that_takes_long() -> None:
    program = (
        "import sys, app.library.tag_worker\n"
        "assert not {'PySide6', 'av', 'numpy', 'sqlite3', 'dataclasses'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


def _synchsafe(value: int) -> bytes:
    return bytes(value >> shift & 0x7F for shift in (21, 14, 7, 0))
