"""What an upgrade costs grows with the library and no faster: counted in steps of SQLite, which no machine changes."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.helpers.builders import NOW_MS
from tests.helpers.counted import Counted
from tests.helpers.older import an_older_database

_FEW, _TIMES = 400, 4


def _fill(connection: sqlite3.Connection, table: str, **values: Any) -> None:
    """One row: what is not said is 0, empty, or nothing where that is allowed."""
    row = {
        name: b"" if kind == "blob" else 0 if kind in {"integer", "real"} else ""
        for _, name, kind, must, default, key in connection.execute(f"pragma table_info({table})")
        if must and default is None and not key
    }
    row |= values
    marks = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


def _the_first_segue_with(folder: Path, tracks: int) -> Path:
    """A library of albums of ten as the first form of the database kept it, each track played twice."""
    folder.mkdir()
    database = an_older_database(folder, "0002")
    with database.write() as connection:
        for number in range(1, tracks + 1):
            album, title, artist = number // 10, f"Nuit {number}", f"Ida {number // 10 % 50}"
            names = {"title": title, "artist": artist, "recording_key": f"tags:{artist}\x1f{title}\x1f50".lower()}
            text = f"{title} {artist}".lower()
            _fill(
                connection,
                "track",
                **names,
                path=b"/m/%d/%d.mp3" % (album, number),
                format="mp3",
                album=f"Album {album}",
                album_key=f"folder:{album}",
                track_no=number % 10,
                year=1990,
                duration_ms=200_000,
                search_text=text,
                audio_hash=f"{number}",
            )
            for play in range(2):
                how = {"track_id": number, "started_by": "hand", "ended_by": "finished", "played_ms": 200_000}
                _fill(connection, "play", **names, **how, duration_ms=200_000, started_at=NOW_MS + number * 9 + play)
    database.close()
    return database.path


def _steps(path: Path) -> int:
    database = Counted(path)
    database.close()
    return database.steps


def test_four_times_the_library_costs_about_four_times_as_much(tmp_path: Path) -> None:
    few = _the_first_segue_with(tmp_path / "few", _FEW)
    many = _the_first_segue_with(tmp_path / "many", _FEW * _TIMES)
    steps, more = _steps(few), _steps(many)
    assert steps * _TIMES / 2 < more < steps * _TIMES * 1.5, (steps, more)
    with closing(sqlite3.connect(many)) as connection:
        counts = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("track", "play")]
    assert counts == [_FEW * _TIMES, 2 * _FEW * _TIMES]
