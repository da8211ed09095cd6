"""``segue install``: puts this Segue into the desktop's menu, for the user alone, and takes it out again."""

import os
import sys

import click

from app.cli.companion import bus_start
from app.cli.context import Context
from app.cli.menu_entries import data_home, program_words, remove
from app.cli.menu_entries import install as put_down
from app.companion.plugins import have_it_started
from app.config.child import is_installed, run_if_there
from app.config.paths import resources
from app.domain.errors import SegueError
from app.domain.words import plural


@click.command()
@click.option("--remove", "takes_back", is_flag=True, help="Take it out of the menu again.")
@click.pass_obj
def install(context: Context, takes_back: bool) -> None:
    """Put this Segue into the desktop's menu, for you alone.

    It also stands among the programs that open music then; which of them opens a kind of file by default stays as you
    chose it. It starts from where it is now: run this again after the folder was moved.
    """
    if is_installed() and not takes_back:  # what another Segue put there would stand before the installer's own
        raise SegueError("This Segue came with an installer, which has put it into the menu already.")
    if sys.platform in {"darwin", "win32"}:
        raise SegueError("There is no such menu on this system: put Segue's program where you want to start it.")
    home = data_home(os.environ)
    if takes_back:
        changed, did = remove(home), "Removed"
        have_it_started(os.environ, bus_start(context.paths))  # plug-ins in other players stay
    else:
        changed, did = put_down(program_words(os.environ, resources(), sys.argv[0]), home), "Wrote"
    if not changed:
        click.echo(f"There was nothing to do below {home}.")
        return
    menu, icons = home / "applications", home / "icons" / "hicolor"
    if menu.is_dir():  # else nothing looks at them before the next login
        run_if_there("update-desktop-database", "--quiet", str(menu))
    if (icons / "icon-theme.cache").is_file():
        run_if_there("gtk-update-icon-cache", "--quiet", "--ignore-theme-index", str(icons))
    elif icons.is_dir():  # a cache made here would hide what other programs put there without making it anew
        os.utime(icons)
    click.echo(f"{did} {plural(len(changed), 'file')} below {home}.")
