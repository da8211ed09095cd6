"""``segue tracks`` and ``segue search``: the library as lines of text or as JSON."""

from collections.abc import Iterator
from typing import get_args

import click

from app.cli.as_json import as_json, path_text
from app.cli.context import Context
from app.config.settings import TrackOrder
from app.domain.ids import TrackId
from app.domain.track import Track
from app.storage.browse import BrowseStore
from app.storage.tracks import TrackStore

_PAGE = 1_000
_order = click.option(
    "--order", type=click.Choice(get_args(TrackOrder)), default="artist", show_default=True, help="What to order by."
)
_json = click.option("--json", "wants_json", is_flag=True, help="Print a JSON array.")


@click.command()
@_order
@click.option("--reverse", is_flag=True, help="Last things first.")
@_json
@click.pass_obj
def tracks(context: Context, order: TrackOrder, reverse: bool, wants_json: bool) -> None:
    """List the library."""
    ids = BrowseStore(context.database()).ids(order, descending=reverse)
    _print(context, ids, wants_json)
    if not ids:
        click.echo("The library is empty. Add music with: segue scan FOLDER", err=True)


@click.command()
@click.argument("text", nargs=-1, required=True)
@_order
@_json
@click.pass_obj
def search(context: Context, text: tuple[str, ...], order: TrackOrder, wants_json: bool) -> None:
    """Find tracks by words of their title, artist or album."""
    ids = BrowseStore(context.database()).search(" ".join(text), order)
    _print(context, ids, wants_json)
    if not ids:
        click.echo("Nothing found.", err=True)


def _print(context: Context, ids: list[TrackId], wants_json: bool) -> None:
    found = _pages(TrackStore(context.database()), ids)
    if not wants_json:
        for track in found:
            click.echo(_as_line(track))
        return
    # An array, one track a line, of which no more than a page is ever held.
    click.echo("[", nl=False)
    for place, track in enumerate(found):
        click.echo(",\n " if place else "\n ", nl=False)
        click.echo(as_json(_values(track)), nl=False)
    click.echo("\n]")


def _pages(store: TrackStore, ids: list[TrackId]) -> Iterator[Track]:
    for start in range(0, len(ids), _PAGE):
        yield from store.get(ids[start : start + _PAGE])


def _as_line(track: Track) -> str:
    minutes, seconds = divmod(round(track.duration_ms / 1000), 60)
    return f"{track.id:7}  {minutes:3}:{seconds:02}  {track.shown_artist} - {track.title}  ({track.shown_album})"


def _values(track: Track) -> dict[str, object]:
    return {
        "track_id": track.id,
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "track_no": track.track_no,
        "year": track.year,
        "genre": track.genre,
        "duration_ms": track.duration_ms,
        "path": path_text(track.path),
    }
