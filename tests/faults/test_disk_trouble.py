"""A full disk, one that can only be read, and one that goes away: a sentence, and nothing is lost."""

import contextlib
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config.paths import default_paths
from app.domain.errors import SegueError
from app.domain.scan import ScanReport
from app.library.cage import TagCage
from app.library.scan import scan
from app.storage.backup import backups
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.faults.places import (
    ROOT,
    a_song,
    can_mount,
    listen_and_rate,
    listing,
    memory_of,
    mounted,
    run_segue,
    scan_whole,
    segue,
)
from tests.helpers.builders import NOW_MS, a_file, a_play

pytestmark = pytest.mark.slow

_DISKS = ["a quota", *(["a full disk"] if can_mount() else [])]
_LOCKS = ["as opened", *(["no permission"] if os.geteuid() else []), *(["a read-only disk"] if can_mount() else [])]
_GOINGS = ["renamed", *(["unmounted"] if can_mount() else [])]


@pytest.fixture
def music(tmp_path: Path) -> Path:
    for number in range(40):
        a_song(tmp_path / "music" / f"{number}.mp3", number, "First")
    return tmp_path / "music"


def more_music(music: Path) -> None:
    """So much that the library has to grow."""
    for number in range(40, 1_000):
        a_song(music / "more" / f"{number}.mp3", number, "A long name of an album " * 8)


@contextlib.contextmanager
def little_room(disk: str, home: Path, most: int) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Gives what runs Segue while no file can grow beyond ``most`` bytes, or the disk has hardly any left."""
    if disk == "a quota":

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        yield lambda *words: subprocess.run(
            segue(home, *words), cwd=ROOT, capture_output=True, text=True, timeout=100, check=False, preexec_fn=limit
        )
    else:
        ballast = home / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(4_096)):
                pass
        os.truncate(ballast, ballast.stat().st_size - 60_000)
        yield lambda *words: run_segue(home, *words)
        ballast.unlink()


@contextlib.contextmanager
def home_on(disk: str, tmp_path: Path) -> Iterator[Path]:
    """Where the library is kept."""
    if disk == "a quota":
        yield tmp_path / "home"
    else:
        with mounted(tmp_path / "home", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as home:
            yield home


@pytest.mark.parametrize("disk", _DISKS)
def test_a_scan_on_a_full_disk_is_a_sentence_and_goes_on_when_there_is_room(
    disk: str, tmp_path: Path, music: Path
) -> None:
    with home_on(disk, tmp_path) as home:
        scan_whole(home, music)
        listen_and_rate(home)
        plays, tracks = memory_of(home)
        more_music(music)
        with little_room(disk, home, default_paths(home).database.stat().st_size + 60_000) as segue_there:
            done = segue_there("scan", "--min-length", "0")
            assert done.returncode == 1, done
            assert "Segue's library cannot be used: its disk" in done.stderr
            assert "Traceback" not in done.stderr
        plays_now, tracks_now = memory_of(home)
        assert plays_now == plays
        assert tracks_now.items() >= tracks.items()
        scan_whole(home, music)
        assert len(listing(home)) == 1_000


@pytest.mark.parametrize("disk", _DISKS)
def test_a_backup_on_a_full_disk_is_a_sentence_and_leaves_the_others(disk: str, tmp_path: Path, music: Path) -> None:
    with home_on(disk, tmp_path) as home:
        scan_whole(home, music)
        assert run_segue(home, "doctor", "--backup").returncode == 0
        folder = default_paths(home).backups
        before = {backup.name: backup.path.read_bytes() for backup in backups(folder)}
        more_music(music)
        scan_whole(home, music)
        with little_room(disk, home, 100_000) as segue_there:
            done = segue_there("doctor", "--backup")
            assert done.returncode == 1, done
            assert "Older backups stay as they are." in done.stderr
            assert "Traceback" not in done.stderr
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
        assert len(listing(home)) == 1_000


_LISTENER = """
import resource, sys
from pathlib import Path
from app.domain.errors import SegueError
from app.history.keep import History
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import a_play
database = Database(Path(sys.argv[1]))
history = History(PlayStore(database))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
for number in range(400):
    if number == 200:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    history.ended(a_play(1, number + 1))
    try:
        history.write()
    except SegueError as error:
        print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
history.flush()
database.close()
"""


def test_plays_on_a_full_disk_wait_until_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    database = Database(path)
    TrackStore(database).save([a_file()], NOW_MS)
    database.close()
    done = subprocess.run(
        [sys.executable, "-c", _LISTENER, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 200
    assert "its disk" in done.stdout
    database = Database(path, check=True)
    assert [play.started_at for play in PlayStore(database).after(0)] == list(range(1, 401))
    database.close()


@contextlib.contextmanager
def read_only(lock: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of the library cannot be written."""
    data = default_paths(home).data
    if lock == "a read-only disk":
        with mounted(data, "--bind", str(data)):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(data)], check=True)
            yield
    elif lock == "no permission":
        files = [data, *data.iterdir()]
        for file in files:
            file.chmod(0o500 if file.is_dir() else 0o400)
        yield
        for file in files:
            file.chmod(0o700 if file.is_dir() else 0o600)
    else:
        # What holds everywhere, for root too: SQLite itself is asked for no more than reading.
        real = sqlite3.connect
        with monkeypatch.context() as patch:
            patch.setattr(
                "app.storage.database.sqlite3.connect",
                lambda path, **options: real(f"{Path(path).as_uri()}?mode=ro", uri=True, **options),
            )
            yield


@pytest.mark.parametrize("lock", _LOCKS)
def test_a_library_that_can_only_be_read_is_a_sentence_and_stays(
    lock: str, tmp_path: Path, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    scan_whole(home, music)
    listen_and_rate(home)
    kept = memory_of(home)
    more_music(music)
    with read_only(lock, home, monkeypatch):
        with pytest.raises(SegueError, match="Segue's library cannot be used: it can") as said:
            _play_and_scan(default_paths(home).database, music)
        assert str(said.value).endswith(").")
        if lock != "as opened":
            for words in (("scan", "--min-length", "0"), ("doctor",), ("search", "First")):
                done = run_segue(home, *words)
                assert done.returncode == 1
                assert "Segue's library cannot be used: it can only be read" in done.stderr
                assert "Traceback" not in done.stderr
                assert "damaged" not in done.stdout
    assert memory_of(home) == kept


def _play_and_scan(path: Path, music: Path) -> None:
    database = Database(path)
    try:
        PlayStore(database).append(a_play(1, NOW_MS))
        _drain(database, music, lambda: False)
    finally:
        database.close()


@pytest.mark.parametrize("going", _GOINGS)
@pytest.mark.parametrize(("doing", "after"), [("looking", 10), ("looking", 30), ("reading", 1), ("reading", 500)])
def test_a_disk_that_goes_away_in_the_middle_of_a_scan_marks_nothing_missing(
    going: str, doing: str, after: int, tmp_path: Path, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, place = tmp_path / "home", tmp_path / "place"
    with a_drive(going, music, place) as (take_away, bring_back):
        scan_whole(home, place)
        listen_and_rate(home)
        plays, tracks = memory_of(home)
        more_music(music)
        database = Database(default_paths(home).database)
        with monkeypatch.context() as patch:
            act = _at_call(after, take_away)
            if doing == "reading":
                patch.setattr(TagCage, "read", _watched(TagCage.read, act))
            report = _drain(database, place, act if doing == "looking" else lambda: False)
        there = TrackStore(database)
        assert report.missing == 0
        assert report.troubles
        assert report.unreadable == []
        assert not [track.path for track in there.all() if track.missing]
        assert _drain(database, place, lambda: False).missing == 0
        bring_back()
        assert _drain(database, place, lambda: False).missing == 0
        database.close()
        plays_now, tracks_now = memory_of(home)
        assert plays_now == plays
        assert tracks_now.items() >= tracks.items()
        assert len(listing(home)) == 1_000


@contextlib.contextmanager
def a_drive(going: str, music: Path, place: Path) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """The music is seen at ``place``; gives what takes it away and what brings it back."""
    if going == "renamed":
        place.symlink_to(music)
        aside = music.with_name("aside")
        yield (lambda: music.rename(aside)), (lambda: aside.rename(music))
        return
    with mounted(place, "--bind", str(music)):
        yield (
            lambda: subprocess.run(["umount", "-l", str(place)], check=True),
            lambda: subprocess.run(["mount", "--bind", str(music), str(place)], check=True),
        )


def _at_call(after: int, act: Callable[[], object]) -> Callable[[], bool]:
    """Acts when it is called for the ``after``-th time; to a scan that asks, it says not to stop."""
    calls = 0

    def called() -> bool:
        nonlocal calls
        calls += 1
        if calls == after:
            act()
        return False

    return called


def _watched(read: Callable[..., Iterator[object]], each: Callable[[], object]) -> Callable[..., Iterator[object]]:
    """The reading of files, with a word at each answer."""

    def reading(*arguments: object) -> Iterator[object]:
        for answer in read(*arguments):
            if answer is not None:
                each()
            yield answer

    return reading


def _drain(database: Database, folder: Path, cancelled: Callable[[], bool]) -> ScanReport:
    steps = scan(
        [os.fsencode(folder)], TrackStore(database), RootStore(database), cancelled, min_length_s=0, now_ms=NOW_MS
    )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ScanReport = end.value
            return report
