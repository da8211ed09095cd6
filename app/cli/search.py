"""``segue search``: the tracks that a text finds, as the window would."""

from typing import get_args

import click

from app.cli.context import Context
from app.cli.track_lines import print_tracks
from app.library.by_sound import by_sound
from app.library.search import parse
from app.storage.search import SearchOrder, SearchStore

_ORDERS = ("best", *get_args(get_args(SearchOrder)[1]))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, required=True)
@click.option("--order", type=click.Choice(_ORDERS), default="best", show_default=True, help="What to order by.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def search(context: Context, text: tuple[str, ...], order: SearchOrder, wants_json: bool) -> None:
    """Find tracks by a few letters of title, artist or album, in any script.

    artist: album: title: genre: composer: look in one field; "two words" stand together; -word leaves tracks with
    that word out. year:1990..1999 plays:>5 rating:>=4 added:<30d never-played missing.
    """
    database = context.database()
    store, query = SearchStore(database, by_sound), parse(" ".join(text))
    ids = store.ids(query, order, limit=None)
    if not ids and (guess := store.guess(query)):
        click.echo(f"Nothing found; this is for: {guess.text}", err=True)
        ids = store.ids(guess, order, limit=None)
    print_tracks(database, ids, wants_json=wants_json)
    if not ids:
        click.echo("Nothing found.", err=True)
