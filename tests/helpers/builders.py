"""Builders of values and of whole small libraries, for tests and for looking at the window."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.domain.ids import RecordingKey, TrackId
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.recording import album_key, recording_key
from app.domain.scanned import ScannedFile
from app.domain.tags import Tags
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

NOW_MS = 1_760_000_000_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


def a_file(
    path: str | bytes = "/music/Ida Ravn/Ete/01 Nuit.flac", *, size: int = 1000, mtime: int = 1, **tags: object
) -> ScannedFile:
    """A scanned file; keyword arguments are tags."""
    raw = path.encode() if isinstance(path, str) else path
    said = Tags(title="Nuit", artist="Ida Ravn", album="Été sans fin", duration_ms=200_000, format="flac")
    said = said._replace(**tags)  # type: ignore[arg-type]
    return ScannedFile(raw, size, mtime, said, False, recording_key(said, raw), album_key(said, raw))


def a_play(
    track_id: int = 1,
    started_at: int = NOW_MS,
    *,
    played_ms: int = 200_000,
    ended_by: EndedBy = EndedBy.FINISHED,
    **other: object,
) -> Play:
    """A play of a track; keyword arguments replace its fields."""
    play = Play(
        track_id=TrackId(track_id),
        recording_key=RecordingKey(f"key:{track_id}"),
        title=f"Track {track_id}",
        artist="Ida Ravn",
        album="Été sans fin",
        duration_ms=200_000,
        started_at=started_at,
        played_ms=played_ms,
        started_by=StartedBy.HAND,
        ended_by=ended_by,
        client_version="test",
    )
    return replace(play, **other)  # type: ignore[arg-type]


def a_library(
    database: Database, tracks: int = 200, *, seed: int = 1, per_album: int = 10, per_artist: int = 30
) -> list[TrackId]:
    """Fills a database with made-up tracks (their files do not exist) and gives their ids."""
    rng = random.Random(seed)
    first = ["Copper", "Velvet", "Paper", "Silent", "Glass", "Northern", "Electric", "Amber", "Hollow", "Marble"]
    second = [
        "Wolves",
        "Rivers",
        "Canyons",
        "Lanterns",
        "Signals",
        "Oracles",
        "Mirrors",
        "Orchards",
        "Tigers",
        "Arrows",
    ]
    genres = ["Rock", "Jazz", "Folk", "Electronic", "Ambient", "Classical", "Soul", "Metal"]
    files = []
    for n in range(tracks):
        artist_no, album_no = n // per_artist, n // per_album
        artist = f"{first[artist_no % 10]} {second[artist_no // 10 % 10]}" + (
            f" {artist_no // 100}" if artist_no >= 100 else ""
        )
        title = f"{rng.choice(first)} {rng.choice(second)} {n}"
        files.append(
            a_file(
                f"/music/{artist}/Album {album_no}/{n % per_album + 1:02d} {title}.mp3",
                size=1000 + n,
                mtime=n + 1,
                title=title,
                artist=artist,
                album_artist=artist,
                album=f"{second[album_no % 10]} at {first[album_no // 10 % 10]} {album_no}",
                track_no=n % per_album + 1,
                year=1970 + artist_no % 50,
                genre=genres[artist_no % 8],
                duration_ms=rng.randrange(120_000, 320_000),
                format="mp3",
            )
        )
    store = TrackStore(database)
    store.save(files, NOW_MS)
    return list(range(1, tracks + 1))  # type: ignore[arg-type]


def some_plays(
    database: Database, track_ids: Sequence[TrackId], plays: int = 2000, *, seed: int = 1, days: int = 365
) -> None:
    """Adds sessions of plays in which neighbours are heard together and a few tracks are loved."""
    rng = random.Random(seed)
    store, known = PlayStore(database), {track.id: track for track in TrackStore(database).get(list(track_ids))}
    ids = list(known)
    made: list[Play] = []
    while len(made) < plays:
        at = NOW_MS - rng.randrange(days * DAY_MS)
        centre = min(int(rng.expovariate(6 / len(ids))), len(ids) - 1)
        for _ in range(rng.randrange(4, 20)):
            track = known[ids[min(max(centre + int(rng.gauss(0, 12)), 0), len(ids) - 1)]]
            skipped = rng.random() < 0.15
            heard = rng.randrange(2_000, 25_000) if skipped else track.duration_ms
            made.append(
                Play(
                    track_id=track.id,
                    recording_key=track.recording_key,
                    title=track.title,
                    artist=track.artist,
                    album=track.album,
                    duration_ms=track.duration_ms,
                    started_at=at,
                    played_ms=heard,
                    started_by=StartedBy.QUEUE,
                    ended_by=EndedBy.SKIPPED if skipped else EndedBy.FINISHED,
                    client_version="test",
                )
            )
            at += heard + 1_000
    made.sort(key=lambda play: play.started_at)
    store.append_many(made[:plays])


def a_database(folder: Path) -> Database:
    """An empty, current database in a folder."""
    return Database(folder / "segue.db")
