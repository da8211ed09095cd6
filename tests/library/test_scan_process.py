"""A scan in a process of its own says what a scan says, stops and waits as it is asked, and its end is no riddle."""

import functools
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config.child import end_child, start_child
from app.domain.errors import SegueError
from app.domain.scan import ScanProgress, ScanReport
from app.library import scan_process
from app.library.framing import GO_ON
from app.library.scan_process import scan_apart
from tests.helpers.builders import NOW_MS, a_database
from tests.helpers.older import an_older_database
from tests.library.processes import runs
from tests.library.scanning import Library, a_worker_that
from tests.library.sounds import put

_ENDLESS = b"MPCKAA\0"


def _scanned(
    library: Library,
    *roots: Path,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[ScanProgress], object] = lambda _at: None,
    language: str = "en",
    **more: object,
) -> ScanReport:
    folders = [os.fsencode(root) for root in roots or (library.music,)]
    options = {"min_length_s": 0, "now_ms": NOW_MS, "language": language} | more
    steps = scan_apart(library.database.path, folders, cancelled, **options)  # type: ignore[arg-type]
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            report: ScanReport = end.value
            return report
        library.progress.append(step)
        at(step)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """The processes that were started for scans."""
    processes: list[subprocess.Popen[bytes]] = []
    start = scan_process.start_child

    def begin(*words: str) -> "subprocess.Popen[bytes]":
        processes.append(start(*words))
        return processes[-1]

    monkeypatch.setattr(scan_process, "start_child", begin)
    yield processes
    assert not any(runs(process.pid) for process in processes)


def test_it_reports_what_a_scan_here_reports(library: Library, tmp_path: Path) -> None:
    put(library.music / "a.flac", seconds=3.0)
    put(library.music / "short.flac", seconds=1.0)
    put(library.music / "b.mp3", b"no sound")
    odd = os.fsencode(library.music) + b"/\xff\xed\xb3\xbf \xe6\xad\x8c.mp3"
    Path(os.fsdecode(odd)).write_bytes(b"no sound either")
    away = tmp_path / "nowhere"
    apart = _scanned(library, library.music, away, min_length_s=2)
    other = Library(a_database(tmp_path / "other"), library.music, [])
    here = other.scan(library.music, away, min_length_s=2)
    other.database.close()
    told, wanted = vars(apart) | {"seconds": 0}, vars(here) | {"seconds": 0}
    assert told == wanted
    assert odd in [file.path for file in apart.refused]
    assert library.progress[-1] == ScanProgress(*other.progress[-1][:3], 0.0, library.progress[-1].rate)
    assert library.at("a.flac").id
    assert _scanned(library, only={os.fsencode(library.music)}).unchanged == 1


def test_what_it_says_is_in_the_language_of_the_listener(library: Library, tmp_path: Path) -> None:
    (said,) = _scanned(library, tmp_path / "nowhere", language="zh_CN").troubles
    assert str(tmp_path / "nowhere") in said
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_a_library_that_cannot_be_used_is_a_sentence(library: Library, tmp_path: Path) -> None:
    library.database.close()
    library.database.path.write_bytes(b"no library " * 1000)
    with pytest.raises(SegueError, match="damaged"):
        _scanned(library)


def test_it_stops_when_it_is_asked_to_and_keeps_what_it_has_read(
    library: Library, started: list["subprocess.Popen[bytes]"]
) -> None:
    put(library.music / "1.flac")
    put(library.music / "endless.mp3", _ENDLESS)
    reading = threading.Event()
    report = _scanned(library, cancelled=reading.is_set, at=lambda step: step.total and reading.set())
    assert report.cancelled
    assert report.read == 1
    assert started[0].returncode is not None
    assert library.at("1.flac").id


def test_it_waits_while_its_parent_has_no_answer(library: Library) -> None:
    for number in range(40):
        put(library.music / f"{number}.flac", seconds=0.1)
    put(library.music / "endless.mp3", _ENDLESS)
    asked, paused = list[int](), threading.Event()

    def cancelled() -> bool:
        asked.append(len(library.progress))
        if paused.is_set() and len(asked) > 3:
            return True
        paused.set()
        assert not threading.Event().wait(0.3)  # nothing comes while the answer is awaited
        return False

    _scanned(library, cancelled=cancelled)
    assert all(after - before <= 2 for before, after in itertools.pairwise(asked))


def test_without_its_parent_it_ends_by_itself(library: Library) -> None:
    put(library.music / "1.flac")
    put(library.music / "endless.mp3", _ENDLESS)
    wish = {"database": str(library.database.path), "folders": [str(library.music)], "only": None, "language": "en"}
    process = start_child("app.library.scan_worker")
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(wish | {"min_length_s": 0, "now_ms": NOW_MS}).encode() + b"\n")
    assert process.stdout.read(2) == b"?\n"
    process.stdin.close()
    process.stdout.close()
    assert process.wait(60) == 0
    end_child(process)
    assert library.tracks.count() in {0, 1}
    library.database.check()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_one_that_is_ended_from_outside_is_a_sentence_and_the_next_goes_on(
    library: Library, started: list["subprocess.Popen[bytes]"], how: signal.Signals
) -> None:
    put(library.music / "1.flac")
    put(library.music / "endless.mp3", _ENDLESS)
    with pytest.raises(SegueError, match="broken off by the system"):
        _scanned(library, at=lambda step: step.total and started[0].send_signal(how))
    (library.music / "endless.mp3").unlink()
    report = _scanned(library)
    assert report.read + report.unchanged == 1
    assert library.at("1.flac").id


def test_one_that_a_drive_holds_is_killed_once_it_was_to_stop(
    library: Library, started: list["subprocess.Popen[bytes]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = functools.partial(a_worker_that, "say(at=[1, 0, '/', None, None])\ntime.sleep(600)")
    monkeypatch.setattr(scan_process, "start_child", lambda *words: started.append(begin(*words)) or started[-1])
    stop = threading.Event()
    report = _scanned(library, cancelled=stop.is_set, at=lambda _step: stop.set(), patience_s=0.1)
    assert report.cancelled
    assert started[0].returncode == -signal.SIGKILL


def test_a_bug_in_it_comes_with_its_traceback(library: Library) -> None:
    with library.database.write() as connection:
        connection.execute("drop table refused")
    with pytest.raises(RuntimeError, match=r"(?s)scan_worker\.py.*no such table: refused"):
        _scanned(library)


@pytest.mark.parametrize("nonsense", ["print('{')", "print('[1]')", "print('x' * 100_000)", "say(at=[1])"])
def test_nonsense_is_no_report(library: Library, monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setattr(scan_process, "start_child", functools.partial(a_worker_that, nonsense))
    with pytest.raises((ValueError, TypeError, SegueError)):
        _scanned(library)


def test_one_of_a_newer_segue_leaves_the_library_of_the_open_one_as_it_is(tmp_path: Path) -> None:
    older, music = an_older_database(tmp_path, "signs_in_keys"), tmp_path / "music"
    put(music / "1.flac")
    with older.read() as connection:
        before = connection.execute("select name from _sqlite_migrations order by id").fetchall()
        with pytest.raises(SegueError, match="Start it again to scan"):
            _scanned(Library(older, music, []))
        assert connection.execute("select name from _sqlite_migrations order by id").fetchall() == before
    older.close()


def test_that_the_newer_program_refuses_to_work_for_an_older_one_is_said(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scan_process, "start_child", functools.partial(a_worker_that, "sys.exit(1)"))
    monkeypatch.setattr(scan_process, "has_been_replaced", lambda: True)
    with pytest.raises(SegueError, match="Start it again to scan"):
        _scanned(library)
    assert not caplog.records


def test_a_system_that_starts_no_process_is_a_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_words: str) -> "subprocess.Popen[bytes]":
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(scan_process, "start_child", none)
    with pytest.raises(SegueError, match="could not be started"):
        _scanned(library)


def test_a_scan_that_finds_nothing_new_brings_little(library: Library) -> None:
    put(library.music / "a.flac")
    _scanned(library)
    wish = {"database": str(library.database.path), "folders": [str(library.music)], "only": None, "language": "en"}
    program = (
        "import sys, app.library.scan_worker as worker\n"
        "worker.main()\n"
        "many = {'pathlib', 'dataclasses', 'mutagen', 'numpy', 'subprocess', 'PySide6'} & set(sys.modules)\n"
        "assert not many, many"
    )
    asked = json.dumps(wish | {"min_length_s": 0, "now_ms": NOW_MS}).encode() + b"\n" + GO_ON * 100
    done = subprocess.run([sys.executable, "-c", program], input=asked, stdout=subprocess.PIPE, check=True, timeout=20)
    assert json.loads(done.stdout.splitlines()[-1])["report"]["unchanged"] == 1
