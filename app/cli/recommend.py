"""``segue recommend``: the panel's list, in the terminal."""

import os
import time

import click

from app.cli.as_json import as_json, path_text
from app.cli.context import Context
from app.domain.errors import UnknownTrack
from app.domain.ids import TrackId
from app.domain.suggestion import Dial, Moment, Suggestion, SuggestionList
from app.library.search import parse
from app.storage.browse import BrowseStore
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore


@click.command()
@click.option(
    "--seed", "seeds", multiple=True, metavar="TRACK", help="What is playing: an id, a path, or words of a title."
)
@click.option("-n", "count", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many suggestions.")
@click.option(
    "--dial", type=click.Choice([dial.value for dial in Dial]), default=Dial.FAMILIAR.value, show_default=True
)
@click.option("--json", "wants_json", is_flag=True, help="Print a JSON array.")
@click.pass_obj
def recommend(context: Context, seeds: tuple[str, ...], count: int, dial: str, wants_json: bool) -> None:
    """Suggest what to play, with the reason for each."""
    from app.suggestions.suggest import Suggester  # numpy: only this command pays for it

    database = context.database()
    tracks, browse, plays = TrackStore(database), BrowseStore(database), PlayStore(database)
    playing = tuple(find_track(seed, tracks, SearchStore(database)) for seed in seeds)
    suggester = Suggester(tracks, plays, browse, FeedbackStore(database))
    suggester.catch_up()
    found = suggester.suggest(Moment(now_ms=time.time_ns() // 1_000_000, seeds=playing, dial=Dial(dial)), count)
    click.echo(as_json([_values(s) for s in found.suggestions]) if wants_json else _as_text(found))


def find_track(text: str, tracks: TrackStore, finder: SearchStore) -> TrackId:
    """The track a person means by an id, a path, or words.

    Raises:
        UnknownTrack: nothing matches.
    """
    if text.isascii() and text.isdigit() and (found := tracks.get([TrackId(min(int(text[:18]), 1 << 62))])):
        return found[0].id
    at_path = tracks.by_path(os.path.abspath(os.fsencode(text)))
    if at_path is not None:
        return at_path.id
    matches = finder.ids(parse(text), limit=1)
    if not matches:
        raise UnknownTrack(f"No track matches “{text[:80]}”.")
    return matches[0]


def _values(suggestion: Suggestion) -> dict[str, object]:
    track = suggestion.track
    return {
        "track_id": track.id,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "path": path_text(track.place),
        "score": suggestion.score,
        "reason": suggestion.reason,
    }


def _as_text(found: SuggestionList) -> str:
    lines = [f"{found.heading}. {found.state}"]
    for place, suggestion in enumerate(found.suggestions, 1):
        track = suggestion.track
        lines.append(f"{place:3}. {track.title} - {track.shown_artist}")
        lines.append(f"     {suggestion.reason}")
    if not found.suggestions:
        lines.append("Nothing to suggest yet. Add music with: segue scan FOLDER")
    return "\n".join(lines)
