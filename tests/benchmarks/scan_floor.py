"""The plainest scan there can be: one process that walks, reads with mutagen and inserts into SQLite.

``python -m tests.benchmarks.scan_floor FOLDER DATABASE``; with ``--stat`` it only looks at every file.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

_NAMES = (b".mp3", b".flac", b".ogg", b".opus", b".m4a")
_KEYS = ("title", "artist", "album", "albumartist", "genre", "date", "tracknumber", "discnumber", "composer")
_KEYS += ("musicbrainz_trackid", "replaygain_track_gain")
_BATCH = 200


def walk(top: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Every sound file: path, size, modification time."""
    folders = [top]
    while folders:
        with os.scandir(folders.pop()) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.lower().endswith(_NAMES):
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns


def read(path: bytes) -> tuple[Any, ...]:
    """What mutagen says; nothing where it fails."""
    import mutagen

    try:
        file: Any = mutagen.File(os.fsdecode(path), easy=True)  # type: ignore[attr-defined]
        tags = file.tags or {}
        said = [tags.get(key) for key in _KEYS]
        return (*("\x1f".join(map(str, one)) if one else None for one in said), file.info.length)
    except Exception:  # noqa: BLE001  a broken file still gets its row
        return (None,) * (len(_KEYS) + 1)


def main() -> None:
    """Scans once."""
    files = walk(os.fsencode(sys.argv[1]))
    if sys.argv[2] == "--stat":
        print(sum(1 for _ in files))
        return
    database = sqlite3.connect(sys.argv[2])
    database.execute("pragma journal_mode = wal")
    columns = ", ".join((*_KEYS, "length"))
    database.execute(f"create table track (path blob primary key, size int, mtime int, {columns}) without rowid")
    row = f"insert into track values ({', '.join('?' * (len(_KEYS) + 4))})"
    while batch := list(islice(files, _BATCH)):
        database.executemany(row, [(*found, *read(found[0])) for found in batch])
    database.commit()


if __name__ == "__main__":
    main()
