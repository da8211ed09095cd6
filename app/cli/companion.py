"""``segue companion``: what of it needs no window. The window itself is opened by :mod:`app.__main__`."""

import os
import shutil

import click

from app.cli.context import Context
from app.companion.plugins import PLUGINS, install, plugin_folder, uninstall
from app.config.own_command import own_command
from app.config.paths import Paths

_PLAYER = click.Choice(sorted(PLUGINS))


@click.command(epilog="Without an option it opens the companion's window, or raises the one that is open.")
@click.option("--hidden", is_flag=True, help="Open no window at first: only the icon in the tray.")
@click.option("--headless", is_flag=True, help="Open no window: remember what plays, and answer who asks over the bus.")
@click.option("--install", "installed", type=_PLAYER, help="Put Segue's plug-in into another player.")
@click.option("--uninstall", "uninstalled", type=_PLAYER, help="Take it away again.")
@click.pass_obj
def companion(context: Context, hidden: bool, headless: bool, installed: str | None, uninstalled: str | None) -> None:
    """Suggest beside any other player, and remember what plays there."""
    if hidden or headless or (installed is None) == (uninstalled is None):
        raise click.UsageError(
            "The companion opens by segue companion, segue companion --hidden or segue companion --headless; "
            "a plug-in is put into a player by segue companion --install PLAYER."
        )
    if uninstalled is not None:
        _take_away(uninstalled)
    elif installed is not None:
        _put(context, installed)


def bus_start(paths: Paths) -> list[str]:
    """What the session bus starts the companion by."""
    words = list(own_command(paths, ("companion", "--hidden")).with_environment)
    words[0] = shutil.which(words[0]) or words[0]  # ``env``: the bus wants its whole path
    return words


def _put(context: Context, player: str) -> None:
    changed = install(player, os.environ, bus_start(context.paths))
    plugin, folder = PLUGINS[player], plugin_folder(player, os.environ)
    click.echo(f"The plug-in for {plugin.name} is in {folder}." if changed else f"It is in {folder} already.")
    click.echo(plugin.how)


def _take_away(player: str) -> None:
    gone, name = uninstall(player, os.environ), PLUGINS[player].name
    click.echo(f"The plug-in for {name} is gone." if gone else f"There is no plug-in of Segue in {name}.")
