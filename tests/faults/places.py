"""Places that fail on request: a disk that is full, one that can only be read, one that goes away. And a library."""

import contextlib
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.config.paths import default_paths
from app.domain.ids import TrackId
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_play
from tests.library.hostile import frame, id3
from tests.library.sounds import put, sound

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def can_mount() -> bool:
    """True for root where the system lets it mount; elsewhere the proofs use what everybody may do."""
    if os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """Mounts something on a folder, which is made, and takes it away again."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", *options, str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def run_program(program: str, *words: str) -> str:
    """Runs one of the system's programs; gives what it says."""
    found = shutil.which(program, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin")))
    assert found, f"{program} is missing; .ci/run installs it (exfat-fuse, exfatprogs, btrfs-progs)"
    return subprocess.run([found, *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def a_song(path: Path, number: int, album: str) -> None:
    """A small tagged mp3 that no other one is like."""
    tags = (
        frame(b"TIT2", f"\3Song {number}".encode())
        + frame(b"TPE1", b"\3Ida Ravn")
        + frame(b"TALB", f"\3{album}".encode())
    )
    put(path, id3(tags) + sound("mp3", 0.2) + b"\xff" + number.to_bytes(3, "big") * 5, mtime=1_600_000_000 + number)


def segue(home: Path, *words: str) -> list[str]:
    """The command line of a real one."""
    return [sys.executable, "-m", "app", "--home", str(home), *words]


def run_segue(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs it to its end."""
    return subprocess.run(segue(home, *words), cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)


def scan_whole(home: Path, *folders: Path) -> None:
    """A scan that nothing disturbs."""
    done = run_segue(home, "scan", "--min-length", "0", *map(str, folders))
    assert done.returncode == 0, done.stderr


def listen_and_rate(home: Path) -> None:
    """Every third track of the library is played, every fifth rated."""
    database = Database(default_paths(home).database)
    plays, tracks = PlayStore(database), TrackStore(database)
    for track in tracks.all():
        if track.id % 3 == 0:
            plays.append(a_play(track.id, NOW_MS + track.id, title=track.title, recording_key=track.recording_key))
        if track.id % 5 == 0:
            tracks.rate(track.id, track.id % 101)
    database.close()


def memory_of(home: Path) -> tuple[list[tuple[object, ...]], dict[str, tuple[TrackId, int | None]]]:
    """What must never be lost: all plays, and title to (id, rating); the file is checked from end to end."""
    database = Database(default_paths(home).database)
    with database.read() as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        plays = connection.execute("select * from play order by id").fetchall()
        rows = connection.execute("select title, id, rating from track").fetchall()
    database.close()
    assert len({row[0] for row in rows}) == len(rows), "a track is there twice"
    return plays, {title: (TrackId(number), rating) for title, number, rating in rows}


def listing(home: Path) -> set[tuple[object, ...]]:
    """The tracks that are there, by what a scan of nothing but the files would find, too."""
    database = Database(default_paths(home).database)
    found = {
        (t.path, t.title, t.artist, t.album, t.duration_ms, t.recording_key, t.audio_hash)
        for t in TrackStore(database).all()
        if not t.missing
    }
    database.close()
    return found
