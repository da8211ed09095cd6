"""Libraries set aside do not pile up, and the newest are never the ones that go."""

import os
from pathlib import Path

import pytest

from app.domain.errors import DatabaseCorrupt
from app.storage.aside import MOST, files, libraries, prune
from app.storage.database import Database, set_aside


def _names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_the_newest_stay_with_their_side_files_and_older_ones_go_with_theirs(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    for number in range(MOST + 4):
        for side in ("", "-wal"):
            path.with_name(path.name + side).write_bytes(b"%d" % number)
        set_aside(path, f"20250101-00000{number}")
    kept = libraries(path)
    assert [library.read_bytes() for library in kept] == [b"%d" % n for n in range(MOST + 3, 3, -1)]
    assert all(len(files(library)) == 2 for library in kept)
    assert len(_names(path)) == 2 * MOST


def test_what_was_put_there_last_stays_however_old_its_content_is(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    for number in range(MOST):
        path.with_name(f"segue.db.set-aside-2026010{number}-000000").write_bytes(b"x")
    old = path.with_name("segue.db.damaged-20010101-000000")
    old.write_bytes(b"x")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    prune(path)
    assert len(libraries(path)) == MOST
    assert old in libraries(path)


def test_nothing_but_what_was_set_aside_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    others = ["segue.db", "segue.db-wal", "other.db.damaged-1", "segue.dbx.set-aside-1", "notes.txt"]
    for name in others:
        (tmp_path / name).write_bytes(b"x")
    for number in range(MOST * 2):
        (tmp_path / f"segue.db.damaged-{number}").write_bytes(b"x")
    prune(path)
    assert set(others) < set(_names(path))
    assert len(_names(path)) == len(others) + MOST


def test_a_library_that_breaks_again_and_again_leaves_a_few_copies(tmp_path: Path) -> None:
    path = tmp_path / "segue.db"
    for number in range(MOST + 3):
        path.write_bytes(b"junk %d" % number * 3000)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        with pytest.raises(DatabaseCorrupt, match=r"a copy is kept as segue\.db\.damaged-"):
            Database(path)
    assert len(libraries(path)) == MOST
    assert libraries(path)[0].read_bytes() == path.read_bytes()
