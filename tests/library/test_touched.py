"""A program that writes into a file and puts its size and time back is found out, also while Segue does not run."""

import os
import shutil
import time
from pathlib import Path

import pytest

from app.storage.folders import FolderStore
from tests.helpers.builders import a_database
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put


@pytest.fixture
def library(tmp_path: Path) -> Library:
    music = tmp_path / "music"
    for name in ("a/1.flac", "a/2.flac", "b/3.flac"):
        tag(put(music / name), title="Nuit", artist=name)
    return Library(a_database(tmp_path), music, [])


def _retitle(path: Path, title: str) -> None:
    """As a tag editor that keeps the time of the file: of as many bytes, in its place."""
    before = path.stat()
    tag(path, title=title)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def test_a_title_written_with_the_time_put_back_arrives(library: Library) -> None:
    library.scan()
    _retitle(library.music / "a/1.flac", "Jour")
    report = library.scan()
    assert (report.read, report.unchanged) == (1, 2)
    assert [library.at(name).title for name in ("a/1.flac", "a/2.flac")] == ["Jour", "Nuit"]
    assert library.scan().read == 0


def test_it_arrives_also_where_the_folder_looks_different_anyway(library: Library) -> None:
    library.scan()
    _retitle(library.music / "a/1.flac", "Jour")
    (library.music / "a/2.flac").unlink()
    report = library.scan()
    assert (report.read, report.missing, library.at("a/1.flac").title) == (1, 1, "Jour")


def test_a_scan_that_was_stopped_does_not_take_it_for_seen(library: Library) -> None:
    library.scan()
    _retitle(library.music / "a/1.flac", "Jour")
    assert library.scan(stop_after=1).cancelled
    assert library.scan().read == 1
    assert library.at("a/1.flac").title == "Jour"


def test_a_copy_of_the_music_with_its_times_is_not_read_again(library: Library) -> None:
    library.scan()
    copy = library.music.with_name("copy")
    shutil.copytree(library.music, copy)
    shutil.rmtree(library.music)
    copy.rename(library.music)
    report = library.scan()
    assert (report.read, report.unchanged, report.missing) == (0, 3, 0)


def test_a_file_that_was_away_only_comes_back(library: Library) -> None:
    library.scan()
    file, elsewhere = library.music / "a/1.flac", library.music.with_name("1.flac")
    file.rename(elsewhere)
    assert library.scan().missing == 1
    elsewhere.rename(file)
    report = library.scan()
    assert (report.read, report.returned) == (0, 1)


def test_what_was_not_noted_before_is_noted_and_nothing_is_read(library: Library) -> None:
    library.scan()
    with library.database.write() as connection:
        connection.execute("update folder set newest_ns = null")
    assert library.scan().read == 0
    assert set(FolderStore(library.database).below(os.fsencode(library.music))[1]) == {
        os.fsencode(library.music / "a"),
        os.fsencode(library.music / "b"),
    }
    _retitle(library.music / "b/3.flac", "Jour")
    assert library.scan().read == 1


def test_other_rights_cost_one_more_reading_and_lose_nothing(library: Library) -> None:
    library.scan()
    before = [library.at(name) for name in ("a/1.flac", "a/2.flac", "b/3.flac")]
    for track in before:
        os.chmod(track.path, 0o600)
    assert library.scan().read == 3
    assert [library.at(name) for name in ("a/1.flac", "a/2.flac", "b/3.flac")] == before
    assert library.scan().read == 0


def test_it_arrives_though_a_clock_had_run_ahead_when_the_folder_was_seen(library: Library) -> None:
    library.scan()
    ahead_ns = time.time_ns() + 10**18
    with library.database.write() as connection:
        connection.execute("update folder set newest_ns = ?", (ahead_ns,))
    _retitle(library.music / "a/1.flac", "Jour")
    report = library.scan()
    assert (report.read, library.at("a/1.flac").title) == (3, "Jour")  # who knows when the others were written
    assert library.scan().unchanged == 3


def test_it_arrives_though_the_time_of_another_file_is_in_the_future(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.scan()
    os.chmod(library.music / "a/2.flac", 0o600)
    behind_ns = (library.music / "a/2.flac").stat().st_ctime_ns - 1
    with monkeypatch.context() as patch:  # the clock was put back after that
        patch.setattr("app.library.walk.time.time_ns", lambda: behind_ns)
        assert [library.scan().read for _ in range(2)] == [1, 0]
    with library.database.write() as connection:  # by a year
        connection.execute("update folder set ahead_ns = ahead_ns + ? where ahead_ns", (10**18,))
        assert connection.execute("select changes()").fetchone()[0] == 1
    _retitle(library.music / "a/1.flac", "Jour")
    library.scan()
    assert library.at("a/1.flac").title == "Jour"
    assert library.scan().read == 0
