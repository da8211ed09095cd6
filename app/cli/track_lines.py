"""Tracks as the terminal prints them: a line for people, a JSON object for programs; the same for every command."""

from collections.abc import Iterator, Sequence

import click

from app.cli.as_json import as_json, path_text
from app.domain.ids import TrackId
from app.domain.place import place_of
from app.domain.track import Track
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

_PAGE = 1_000


def print_tracks(database: Database, ids: Sequence[TrackId], *, wants_json: bool) -> None:
    """One track a line."""
    plays = PlayStore(database).played_counts() if wants_json else {}
    for track in pages(TrackStore(database), ids):
        click.echo(as_json(described(track, plays.get(track.id, (0, 0))[0])) if wants_json else as_line(track))


def pages(store: TrackStore, ids: Sequence[TrackId]) -> Iterator[Track]:
    """The tracks of these ids, a page held at a time."""
    for start in range(0, len(ids), _PAGE):
        yield from store.get(ids[start : start + _PAGE])


def as_line(track: Track) -> str:
    """A line for people."""
    minutes, seconds = divmod(round(track.duration_ms / 1000), 60)
    state = "  [missing]" if track.missing else "  [away]" if track.away else ""
    return f"{track.id:7}  {minutes:3}:{seconds:02}  {track.shown_artist} - {track.title}  ({track.shown_album}){state}"


def described(track: Track, plays: int) -> dict[str, object]:
    """A JSON object for programs."""
    part = {"file": path_text(place_of(track.file)), "start_ms": track.start_ms, "end_ms": track.end_ms}
    return {
        "id": track.id,
        "path": path_text(track.place),
        "recording_key": track.recording_key,
        "audio_hash": track.audio_hash,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "duration_ms": track.duration_ms,
        "plays": plays,
        "rating": track.rating,
        "missing": track.missing,
        "away": track.away,
        **(part if track.source_path is not None else {}),
    }
