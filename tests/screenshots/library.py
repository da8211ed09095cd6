"""The made-up records as files, and two years of made-up plays of them."""

import io
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from app.config.paths import default_paths
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.track import Track
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import DAY_MS
from tests.helpers.music import tag
from tests.screenshots.album_covers import draw
from tests.screenshots.catalogue import Record, records

RATE = 8_000
HEARD = ("Nightdriving", "Blue Ledger")
"""The records that the pictures play: theirs is a sound with a waveform; the others are silent."""
_TASTES = (
    ("Nightdriving", "Glass River", "Signals", "First Train", "Between Stations"),
    ("Blue Ledger", "After Hours at the Orchard", "Ten Past Four", "Gold Teeth"),
    ("Tide", "Small Weather", "Harbour Songs", "Bicycle Weather", "Été sans fin"),
    ("朝の窓", "Signals", "Overgrown", "Gold Teeth", "Glass River"),
    ("Nocturnes", "Slow Engines", "Between Stations", "Small Weather"),
)
"""What is heard in one evening. Marigold and Candlepower never are."""
_FORGOTTEN = {"Harbour Songs", "Ten Past Four", "Overgrown", "Slow Engines"}
"""Not for four months."""
_WORDS = """The ferry lights are coming in|I kept your letters in a tin|You said the river has no end|
It only has another bend|And all the small hours know your name|The kettle sings, the rain|
Falls on the roof the way it did|When we were nearly friends|So leave the engine running low|
There is a road that I still know|Past the orchard, past the mill|Past the house upon the hill|
The ferry lights are going out|And I can hear the harbour shout|Come home before the snow|I know, I know, I know"""


def make_files(folder: Path) -> None:
    """``Artist/Album/nn Title.flac``, tagged, with a cover beside them."""
    rng = np.random.default_rng(3)
    for record in records():
        home = folder / record.artist / record.title
        home.mkdir(parents=True)
        if record.cover:
            draw(record.cover, home / "cover.jpg")
        for number, title in enumerate(record.titles, 1):
            _make_track(home, record, number, title, rng)


def _make_track(home: Path, record: Record, number: int, title: str, rng: np.random.Generator) -> None:
    path = home / f"{number:02d} {title.replace('/', '-')}.flac"
    seconds = int(rng.integers(140, 330))
    heard = record.title in HEARD
    path.write_bytes(_flac(_song(seconds, rng) if heard else _silence(seconds, rng)))
    tag(
        path,
        title=title,
        artist=record.artist,
        albumartist=record.artist,
        album=record.title,
        tracknumber=str(number),
        date=str(record.year),
        genre=record.genre,
    )
    if heard:
        path.with_suffix(".lrc").write_text(_lyrics(seconds), encoding="utf-8")


def _lyrics(seconds: int) -> str:
    lines = _WORDS.replace("\n", "").split("|")
    step = (seconds - 20) / len(lines)
    times = [8 + step * number for number in range(len(lines))]
    return "\n".join(f"[{int(at // 60):02d}:{at % 60:05.2f}]{line}" for at, line in zip(times, lines, strict=True))


def _silence(seconds: int, rng: np.random.Generator) -> npt.NDArray[np.int16]:
    """Nothing but a click that no other file has: each is a sound of its own."""
    sound = np.zeros(seconds * RATE, dtype=np.int16)
    sound[:16] = rng.integers(-30, 30, 16)
    return sound


def _song(seconds: int, rng: np.random.Generator) -> npt.NDArray[np.int16]:
    """Noise with verses, choruses and beats: what counts is how loud it is when."""
    beats = seconds * 4
    parts = np.repeat(rng.choice([0.35, 0.55, 0.8, 1.0], seconds // 12 + 1), 48)[:beats]
    loud = np.interp(np.arange(seconds * RATE), np.arange(beats) * RATE / 4, parts * rng.uniform(0.35, 1.0, beats))
    fade = np.minimum(1, np.minimum(np.arange(len(loud)), np.arange(len(loud))[::-1]) / (6 * RATE))
    return (rng.standard_normal(len(loud)) * 5_000 * loud * fade).clip(-32_000, 32_000).astype(np.int16)


def _flac(sound: npt.NDArray[np.int16]) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono", options={"compression_level": "0"})
        for start in range(0, len(sound), RATE * 4):
            frame = av.AudioFrame.from_ndarray(sound[start : start + RATE * 4].reshape(1, -1), "s16", "mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def make_history(home: Path, music: Path) -> None:
    """A library of these files with plays that end now, below a home of its own."""
    words = [sys.executable, "-m", "app", "--home", str(home), "scan", str(music)]
    subprocess.run(words, check=True, capture_output=True)
    database = Database(default_paths(home).database)
    make_plays(database, time.time_ns() // 1_000_000)
    database.close()


def make_plays(database: Database, now_ms: int, count: int = 2_400) -> None:
    """Evenings of two years: a record or two, some skips, favourites, and some that were never put on."""
    rng = random.Random(11)
    albums: dict[str, list[Track]] = {}
    for track in TrackStore(database).all():
        albums.setdefault(track.album, []).append(track)
    plays: list[Play] = []
    while len(plays) < count:
        days = 0.3 if not plays else rng.triangular(0.8, 700, 60)
        pool = _TASTES[0] if not plays else rng.choice(_TASTES)
        pool = tuple(name for name in pool if days > 120 or name not in _FORGOTTEN)
        at = now_ms - int(days * DAY_MS)
        for track in _evening(rng, [albums[name] for name in pool]):
            plays.append(_play(rng, track, at))
            at += plays[-1].played_ms + 2_000
    PlayStore(database).append_many(sorted((p for p in plays if p.started_at < now_ms), key=lambda p: p.started_at))


def _evening(rng: random.Random, albums: list[list[Track]]) -> Iterator[Track]:
    """Some of one record, then here and there among its neighbours; the first tracks of a record are the known ones."""
    first = rng.choice(albums)
    start = rng.randrange(3)
    yield from first[start : start + rng.randrange(2, 5)]
    for _ in range(rng.randrange(4, 10)):
        album = rng.choice(albums)
        yield album[min(int(rng.expovariate(0.45)), len(album) - 1)]


def _play(rng: random.Random, track: Track, at: int) -> Play:
    skipped = rng.random() < 0.08
    return Play(
        track_id=track.id,
        recording_key=track.recording_key,
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_ms=track.duration_ms,
        started_at=at,
        played_ms=rng.randrange(3_000, 20_000) if skipped else track.duration_ms,
        started_by=rng.choice([StartedBy.QUEUE, StartedBy.QUEUE, StartedBy.HAND, StartedBy.SUGGESTION]),
        ended_by=EndedBy.SKIPPED if skipped else EndedBy.FINISHED,
        client_version="pictures",
        context="album",
    )
