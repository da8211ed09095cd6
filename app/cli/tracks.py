"""``segue tracks``: the library as lines of text or as JSON."""

from typing import get_args

import click

from app.cli.context import Context
from app.cli.track_lines import print_tracks
from app.config.settings import TrackOrder
from app.storage.browse import BrowseStore


@click.command()
@click.option(
    "--order", type=click.Choice(get_args(TrackOrder)), default="artist", show_default=True, help="What to order by."
)
@click.option("--reverse", is_flag=True, help="Last things first.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def tracks(context: Context, order: TrackOrder, reverse: bool, wants_json: bool) -> None:
    """List the library."""
    database = context.database()
    ids = BrowseStore(database).ids(order, descending=reverse)
    print_tracks(database, ids, wants_json=wants_json)
    if not ids:
        click.echo("The library is empty. Add music with: segue scan FOLDER", err=True)
