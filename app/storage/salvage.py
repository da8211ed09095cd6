"""What is newer than a backup, out of a damaged library: whatever can still be read of what the listener did."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.words import plural, say
from app.storage.plays import SEGUE
from app.storage.salvage_lists import take_playlists
from app.storage.salvage_rows import Row, Tracks, columns, insert, readable, reading, shared


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much came over."""

    plays: int = 0
    feedback: int = 0
    playlists: int = 0
    folders: int = 0

    def __str__(self) -> str:
        """``Taken over: 3 newer plays, 1 newer playlist.``; empty where nothing came."""
        counted = (
            (self.plays, plural(self.plays, "newer play")),
            (self.feedback, plural(self.feedback, "newer verdict on suggestions", "newer verdicts on suggestions")),
            (self.playlists, plural(self.playlists, "newer playlist")),
            (self.folders, plural(self.folders, "newer music folder")),
        )
        said = [words for count, words in counted if count]
        return say("Taken over: {}.", say(", ").join(said)) if said else ""


def salvage(damaged: Path, into: Path) -> Salvaged:
    """Takes over the plays, verdicts, playlists and folders of ``damaged`` that ``into`` lacks.

    The damaged file is only read.

    Raises:
        sqlite3.Error: ``into`` cannot be written.
    """
    with contextlib.closing(sqlite3.connect(into)) as target:
        target.execute("pragma journal_mode = memory")
        with contextlib.closing(reading(damaged)) as source:
            found = list(_missing_plays(source, target))
            tracks = Tracks(source, target)
            for names, row in found:
                play = dict(zip(names, row, strict=True))
                play["track_id"] = tracks.id_of(play["track_id"])
                insert(target, "play", play)
            if "heard" in columns(target, "form"):  # what these are of is looked for by the next scan
                target.execute("update form set heard = 0")
            _take_plays_in_progress(source, target)
            said = _take_feedback(source, target, tracks)
            lists = take_playlists(source, target, tracks)
            _take_ratings(source, target, tracks)
            folders = _take_folders(source, target)
        target.commit()
        target.execute("pragma journal_mode = delete")
    return Salvaged(len(found), said, lists, folders)


def _missing_plays(source: sqlite3.Connection, target: sqlite3.Connection) -> Iterator[tuple[list[str], Row]]:
    """Rows with a larger number than the backup's last, or a later time: another library may have begun at 1."""
    names = shared(source, target, "play")
    if not {"started_at", "recording_key", "track_id"} <= set(names):
        return
    at, key = names.index("started_at"), names.index("recording_key")
    kept = {tuple(row) for row in target.execute("select started_at, recording_key from play")}
    for _, row in sorted(_newer(source, target, "play", names, "started_at").items()):
        if (row[at], row[key]) not in kept:
            kept.add((row[at], row[key]))
            yield names, row


def _newer(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, names: list[str], time: str
) -> dict[int, Row]:
    """Rows of a log by their number: those behind the backup's last, and those of a later time."""
    last = target.execute(f"select coalesce(max(id), 0), coalesce(max({time}), 0) from {table}").fetchone()
    wanted = ", ".join(names)
    rows = readable(source, f"select id, {wanted} from {table} where id > ?", last[0])
    with contextlib.suppress(sqlite3.Error):
        late = source.execute(f"select id, {wanted} from {table} where id <= ? and {time} > ?", last)
        rows |= {row[0]: row[1:] for row in late}
    return rows


def _take_plays_in_progress(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Those that were going on at the time of the backup have ended since; those going on at the damage have not."""
    names = [name for name in columns(target, "play_in_progress") if name in columns(source, "play_in_progress")]
    rows: list[Row] = []
    with contextlib.suppress(sqlite3.Error):
        rows = source.execute(f"select {', '.join(names) or '1'} from play_in_progress").fetchall()
    if rows and names:
        target.execute("delete from play_in_progress")
        old = "owner" not in names and "owner" in columns(target, "play_in_progress")
        whose = {"owner": SEGUE} if old else {}  # before there were others
        for row in rows:
            with contextlib.suppress(sqlite3.IntegrityError):
                insert(target, "play_in_progress", dict(zip(names, row, strict=True)) | whose)
    target.execute(
        "delete from play_in_progress where (started_at, recording_key) in (select started_at, recording_key from play)"
    )


def _take_feedback(source: sqlite3.Connection, target: sqlite3.Connection, tracks: Tracks) -> int:
    """What was said about suggestions since; one that takes another back goes on meaning that one."""
    names = shared(source, target, "feedback")
    if not {"kind", "recording_key", "said_at", "track_id", "undoes"} <= set(names):
        return 0
    marks = ("kind", "recording_key", "said_at")
    kept = {tuple(row[1:]): row[0] for row in target.execute(f"select id, {', '.join(marks)} from feedback")}
    numbers, taken = dict[object, object](), 0
    for number, row in sorted(_newer(source, target, "feedback", names, "said_at").items()):
        said = dict(zip(names, row, strict=True))
        mark = tuple(said[name] for name in marks)
        if mark in kept:
            continue
        said["track_id"] = tracks.id_of(said["track_id"])
        if said["undoes"] is not None:
            said["undoes"] = numbers.get(said["undoes"]) or _same_in(source, kept, said["undoes"])
        with contextlib.suppress(sqlite3.IntegrityError):  # values that are damaged, or what it takes back is lost
            numbers[number] = kept[mark] = insert(target, "feedback", said)
            taken += 1
    return taken


def _take_ratings(source: sqlite3.Connection, target: sqlite3.Connection, tracks: Tracks) -> None:
    """The stars that the listener gave since. Before files had a rating of their own, it was all in one."""
    own, into = ("own_rating" if "own_rating" in columns(one, "track") else "rating" for one in (source, target))
    theirs = own if into == "own_rating" else "rating"
    rows = readable(source, f"select id, {theirs} from track where {theirs} is not null and id > ?", 0)
    for number, (rating,) in rows.items():
        with contextlib.suppress(sqlite3.IntegrityError):  # values that are damaged themselves
            target.execute(
                f"update track set {into} = ?1 where id = ?2 and {into} is not ?1", (rating, tracks.id_of(number))
            )


def _take_folders(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """The music folders that were added since; the next scan finds what is in them, and what was played of it."""
    stays = "and leaving = 0" if "leaving" in columns(source, "root") else ""
    known = {row[0] for row in target.execute("select path from root")}
    found = readable(source, f"select id, path, added_at from root where true {stays} and id > ?", 0)
    new = [row for row in found.values() if row[0] not in known]
    for row in new:
        with contextlib.suppress(sqlite3.IntegrityError):  # values that are damaged themselves
            target.execute("insert into root (path, added_at) values (?, ?)", row)
    return len(new)


def _same_in(source: sqlite3.Connection, kept: dict[tuple[object, ...], object], number: object) -> object:
    """The number in the backup of what has this number in the damaged file."""
    row = None
    with contextlib.suppress(sqlite3.Error):
        row = source.execute("select kind, recording_key, said_at from feedback where id = ?", (number,)).fetchone()
    return kept.get(tuple(row)) if row else None
