"""``segue companion``: what of it needs no window. The window itself is opened by :mod:`app.__main__`."""

import click


@click.command(epilog="Without an option it opens the companion's window, or raises the one that is open.")
@click.option("--hidden", is_flag=True, help="Open no window at first: only the icon in the tray.")
def companion(hidden: bool) -> None:
    """Suggest beside any other player, and remember what plays there."""
    del hidden
    raise click.UsageError("The window of the companion opens by itself: segue companion, or segue companion --hidden.")
