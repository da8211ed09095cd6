"""The watch tells of what changes in the music folders, and of nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.config.mounts import mounts
from app.library import watch as watching
from app.library import watch_process
from app.library.watch import Watch
from app.library.watch_process import NO_WATCH, TOO_MANY, WatchProcess
from tests.library.processes import runs
from tests.library.sounds import put

PATIENCE_S = 20.0


class Watched:
    """A watch over a folder, asked from a test."""

    def __init__(self, root: Path, **options: float) -> None:
        self.root = root
        self.watch = Watch([os.fsencode(root)], quiet_s=0.2, **options)
        self._over = threading.Event()
        self._deadline_s = time.monotonic() + PATIENCE_S
        self._sets = self.watch.changes(self._stop)
        assert next(self._sets) == set()

    def _stop(self) -> bool:
        assert time.monotonic() < self._deadline_s, "nothing was told"
        return self._over.is_set()

    def next(self) -> set[str]:
        """The next folders told, as seen from the root."""
        return {os.path.relpath(os.fsdecode(folder), self.root) for folder in next(self._sets)}

    def next_folders(self) -> set[str]:
        """Without the files that are told beside them: of one that comes, the kernel may tell its writing apart."""
        return {name for name in self.next() if not name.endswith(".mp3")}

    def until(self, *folders: str) -> None:
        """Waits until all of these have been told; others may come with them."""
        waiting = set(folders)
        while waiting:
            waiting -= self.next()

    def end(self) -> None:
        self._over.set()
        assert list(self._sets) == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "music/a/1.mp3", b"x")
    put(tmp_path / "music/b/2.mp3", b"x")
    return tmp_path / "music"


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    made = Watched(root)
    yield made
    made.end()


def test_a_new_file_and_a_changed_one_are_told_by_their_folders(watched: Watched) -> None:
    put(watched.root / "a/3.mp3", b"x")
    watched.until("a")
    put(watched.root / "b/2.mp3", b"other")
    watched.until("b")


def test_a_file_that_was_written_into_is_told_by_itself_though_its_time_was_put_back(watched: Watched) -> None:
    path = watched.root / "b/2.mp3"
    before = os.stat(path)
    with path.open("r+b") as file:
        file.write(b"y")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    watched.until("b", "b/2.mp3")


def test_of_very_many_written_files_only_their_folders_are_told(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_MOST_WRITTEN", 1)
    for name in ("a/1.mp3", "b/2.mp3"):
        (watched.root / name).chmod(0o600)
    assert watched.next() == {"a", "b"}


def test_an_album_that_is_copied_is_told_once(watched: Watched) -> None:
    put(watched.root.parent / "album/1.mp3", b"x")
    for number in range(30):
        put(watched.root.parent / f"album/disc/{number}.mp3", b"x")
    shutil.copytree(watched.root.parent / "album", watched.root / "album")
    assert watched.next_folders() == {"album"}


def test_a_folder_that_moves_within_is_told_at_both_ends(watched: Watched) -> None:
    os.rename(watched.root / "a", watched.root / "c")
    watched.until("a", "c")
    put(watched.root / "c/new.mp3", b"x")
    watched.until("c")


def test_what_is_no_music_is_not_told(watched: Watched) -> None:
    put(watched.root / "a/cover.jpg", b"x")
    put(watched.root / ".hidden/1.mp3", b"x")
    put(watched.root / "b/.download.mp3.part", b"x")
    put(watched.root / "b/9.mp3", b"x")
    assert watched.next_folders() == {"b"}


def test_a_file_name_that_is_no_text_makes_it_look_at_everything_and_go_on(watched: Watched) -> None:
    put(os.path.join(os.fsencode(watched.root), b"a", b"caf\xe9.mp3"), b"x")
    watched.until(".")
    put(watched.root / "b/3.mp3", b"x")
    watched.until("b")


def test_with_too_few_watches_folders_are_polled_and_a_sentence_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_process, "_WORKER", "tests.library.refused_watch")
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.troubles == [TOO_MANY]
    put(root / "a/3.mp3", b"x")
    watched.until("a")
    os.rename(root / "a", root / "c")
    watched.until(".")
    watched.end()


def test_network_drives_are_polled(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    folder = str(tmp_path).replace(" ", "\\040")
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/music {folder}/music nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watching, "mounts", partial(mounts, str(table)))
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.polled == {os.fsencode(root)}
    put(root / "b/2.mp3", b"longer", mtime=5)
    watched.until("b")
    shutil.rmtree(root / "b")
    watched.until(".")
    watched.end()


def test_a_network_drive_below_a_folder_of_this_machine_is_polled_and_the_rest_is_watched(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/b {root}/b cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watching, "mounts", partial(mounts, str(table)))
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.polled == {os.fsencode(root / "b")}
    put(root / "b/2.mp3", b"longer", mtime=5)
    watched.until("b")
    put(root / "a/3.mp3", b"x")
    watched.until("a")
    watched.end()


def test_a_network_drive_below_a_folder_that_is_named_by_a_link_is_polled(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, link = tmp_path / "mounts", tmp_path / "link"
    link.symlink_to(root)
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/b {root}/b cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watching, "mounts", partial(mounts, str(table)))
    watched = Watched(link, poll_s=0.1)
    assert watched.watch.polled == {os.fsencode(link / "b")}
    put(root / "b/2.mp3", b"longer", mtime=5)
    watched.until("b")
    watched.end()


def test_a_network_drive_that_is_mounted_while_the_watch_goes_on_is_polled_from_then_on(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text("/dev/sda1 / ext4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(watching, "mounts", partial(mounts, str(table)))
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.polled == set()
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/b {root}/b cifs rw 0 0\n", encoding="utf-8")
    watched.until("b")
    put(root / "b/2.mp3", b"longer", mtime=5)
    watched.until("b")
    assert watched.watch.polled == {os.fsencode(root / "b")}
    watched.end()


class _Children:
    """The children a watch has started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pids: list[int] = []
        start = watch_process.start_child

        def noted(module: str, *arguments: str | bytes) -> subprocess.Popen[bytes]:
            process = start(module, *arguments)
            self.pids.append(process.pid)
            return process

        monkeypatch.setattr(watch_process, "start_child", noted)


def test_a_watch_whose_child_is_killed_looks_at_everything_and_goes_on(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = _Children(monkeypatch)
    watched = Watched(root)
    os.kill(children.pids[0], signal.SIGKILL)
    watched.until(".")
    assert len(children.pids) == 2
    put(root / "b/3.mp3", b"x")
    watched.until("b")
    assert watched.watch.polled == set()
    watched.end()


def test_a_watch_whose_child_falls_again_and_again_polls_and_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = _Children(monkeypatch)
    monkeypatch.setattr(watch_process, "_WORKER", "tests.library.no_such_module")
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.troubles == [NO_WATCH]
    assert len(children.pids) == 3
    put(root / "a/3.mp3", b"x")
    watched.until("a")
    watched.end()


def test_what_a_mad_child_says_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mad = [sys.executable, "-c", "import os\nos.write(1, b'\\xff' * 64)"]

    def start(*_: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(mad, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    monkeypatch.setattr(watch_process, "start_child", start)
    watched = Watched(root, poll_s=0.1)
    assert watched.watch.troubles == [NO_WATCH]
    watched.end()


def test_the_child_ends_with_its_parent(root: Path) -> None:
    program = (
        "import os\nfrom app.library.watch_process import WatchProcess\n"
        f"watch = WatchProcess([{os.fsencode(root)!r}])\nassert watch.begin(lambda: False)\n"
        "print(watch.pid, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=20).stdout
    deadline_s = time.monotonic() + PATIENCE_S
    while runs(int(out)):
        assert time.monotonic() < deadline_s, "the watch outlived its parent"
        time.sleep(0.05)


def test_a_watch_that_is_called_off_while_it_begins_ends(root: Path) -> None:
    watch = WatchProcess([os.fsencode(root)])
    assert not watch.begin(lambda: True)
    watch.close()
    assert not runs(watch.pid)


def test_the_window_does_not_carry_the_watch() -> None:
    program = "import sys, app.library.watch\nassert not {'watchfiles', 'PySide6'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


def test_a_polled_folder_that_goes_away_has_not_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch([os.fsencode(root)])
    watch.polled = {os.fsencode(root)}
    polls = {os.fsencode(root): watching._times(os.fsencode(root))}
    os.rename(root, root.parent / "away")
    assert watch._poll(polls) == set()
    os.rename(root.parent / "away", root)
    assert watch._poll(polls) == set()
