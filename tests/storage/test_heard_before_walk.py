"""Walks at random: whatever becomes of tracks and plays, listens are counted once, for what the log says now."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.recording import recording_key
from app.domain.tags import Tags
from app.storage.database import Database
from app.storage.heard_before import HeardBefore
from app.storage.plays import LISTEN, OF_TRACK, PlayStore
from app.storage.tracks import TrackStore
from app.storage.twins import take_over
from tests.helpers.builders import HOUR_MS, NOW_MS, a_database, a_file, a_play

_STEPS = 40
_MBIDS = ["", "", "", "11111111-0000-4000-8000-00000000000a", "11111111-0000-4000-8000-00000000000b"]


class Walk:
    """A library to which anything may happen."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.rng, self.files = database, random.Random(seed), 0
        self.tracks, self.plays = TrackStore(database), PlayStore(database)

    def step(self) -> None:
        """One thing happens."""
        steps: list[Callable[[], None]] = [
            self.come,
            self.come,
            self.change,
            self.hear,
            self.hear,
            self.play,
            self.move,
        ]
        self.rng.choice([*steps, self.remove, self.restore, self.lose])()

    def come(self) -> None:
        self.files += 1
        self.tracks.save([a_file(f"/m/{self.files}.flac", **self._names())], NOW_MS)

    def change(self) -> None:
        if self.files:
            path = f"/m/{self.rng.randint(1, self.files)}.flac"
            self.tracks.save([a_file(path, **self._names())], NOW_MS)

    def hear(self) -> None:
        names = self._names()
        key = recording_key(Tags(**names), b"")
        plain = {name: names[name] for name in ("title", "artist", "album", "duration_ms")}
        play = replace(a_play(), track_id=None, recording_key=key, played_ms=300_000, **plain)
        self.plays.append_many([replace(play, started_at=NOW_MS + self.rng.randint(0, 9_999) * HOUR_MS)])

    def play(self) -> None:
        for track_id in self._any():
            key = self.tracks.get([track_id])[0].recording_key
            self.plays.append(replace(a_play(), track_id=track_id, recording_key=key, played_ms=300_000))

    def move(self) -> None:
        for track_id in self._any():
            self.files += 1
            self.tracks.move([(track_id, a_file(f"/m/{self.files}.flac", **self._names()))])

    def remove(self) -> None:
        self.tracks.remove(self._any(), NOW_MS)

    def restore(self) -> None:
        self.tracks.restore(self._any())
        list(HeardBefore(self.database).find_all(lambda: False))

    def lose(self) -> None:
        ids = self._any()
        self.rng.choice([self.tracks.mark_missing, self.tracks.set_aside])(ids, NOW_MS)
        take_over(self.tracks, ids)

    def check(self) -> None:
        """What is kept is what the log and the owners say."""
        with self.database.read() as connection:
            kept = {(key, track): n for key, track, n in connection.execute("select * from listen_count")}
            derived = connection.execute(
                "select coalesce(track.recording_key, log.recording_key), coalesce(log.of_track, 0), count(*) from "
                f"(select recording_key, {OF_TRACK} as of_track from play where {LISTEN}) as log "
                "left join track on track.id = log.of_track group by 1, 2"
            )
            assert kept == {(key, track): n for key, track, n in derived}
            assert connection.execute("pragma foreign_key_check").fetchall() == []

    def owners(self) -> list[tuple[str, int]]:
        with self.database.read() as connection:
            return connection.execute("select recording_key, track_id from heard_before").fetchall()

    def _any(self) -> list[TrackId]:
        with self.database.read() as connection:
            ids = [TrackId(one) for (one,) in connection.execute("select id from track order by id")]
        return [self.rng.choice(ids)] if ids else []

    def _names(self) -> dict[str, object]:
        pick = self.rng.choice
        return {
            "title": pick(["Nuit", "Nuit (2011 Remaster)", "Nuit (Live)", "Nu"]),
            "artist": pick(["Ida", "Ida B", "Bo"]),
            "album_artist": pick(["", "", "Bo"]),
            "album": pick(["x", "y"]),
            "duration_ms": pick([0, 180_000, 182_000, 200_000]),
            "recording_mbid": pick(_MBIDS),
        }


@pytest.mark.parametrize("seed", range(12))
def test_listens_are_counted_once_whatever_happens(tmp_path: Path, seed: int) -> None:
    walk = Walk(a_database(tmp_path), seed)
    for _ in range(_STEPS):
        walk.step()
        walk.check()
    list(HeardBefore(walk.database).find_all(lambda: False))
    walk.check()
    owners = walk.owners()
    list(HeardBefore(walk.database).find_all(lambda: False))
    assert walk.owners() == owners
    walk.database.close()
