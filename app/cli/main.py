"""``segue COMMAND``: the terminal's side. Each command is one file and one line of the registry below."""

import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app import __version__
from app.cli.context import Context
from app.config.paths import default_paths
from app.domain.errors import SegueError

COMMANDS: dict[str, tuple[str, str]] = {
    "scan": ("app.cli.scan:scan", "Add music folders to the library and read what is new or changed in them."),
    "tracks": ("app.cli.tracks:tracks", "List the library."),
    "search": ("app.cli.search:search", "Find tracks by a few letters of title, artist or album, in any script."),
    "playlists": ("app.cli.playlists:playlists", "List the playlists, or do something with one of them."),
    "import": ("app.cli.import_:import_", "Take over a listening history: ListenBrainz, Last.fm, Spotify, Rockbox."),
    "recommend": ("app.cli.recommend:recommend", "Suggest what to play, with the reason for each."),
    "grade": ("app.cli.grade:grade", "Measure the suggestions on your own plays, against simple ways to pick."),
    "render": ("app.cli.render:render", "Play files into a WAV file with the player's own engine."),
    "sync": ("app.cli.sync:sync", "Fetch the model of many listeners, or go back to the one before."),
    "give": ("app.cli.give:give", "Give what you listened to, day by day, to a service you trust, or take it back."),
    "train": ("app.cli.train:train", "Make a model from the listens of many people."),
    "publish": ("app.cli.publish:publish", "Make a trained model public: signed files that any web server hands out."),
    "serve": ("app.cli.serve:serve", "Hand out a published model, and answer for those who would rather ask."),
    "companion": ("app.cli.companion:companion", "Suggest beside any other player, and remember what plays there."),
    "install": ("app.cli.install:install", "Put this Segue into the desktop's menu, for you alone."),
    "doctor": ("app.cli.doctor:doctor", "Examine the library, back it up, or put a backup in place."),
}
"""Name to (module:command, what it does). A command's module is imported when the command runs."""

WINDOW: dict[str, str] = {
    "FILE...": "Play files at once, in the window that is open or in a new one; folders join the library.",
    "--play-pause": "Pause what is playing, or go on.",
    "--play": "Go on, or begin.",
    "--pause": "Fall silent and stay there.",
    "--stop": "Fall silent and go back to the start of the track.",
    "--next": "Play the next track.",
    "--previous": "Play the track again, or the one before.",
}
"""What the window that is open can be asked: :mod:`app.__main__` takes these words before they come here."""

_INTERRUPTED = 130


class _EnoughRead(Exception):
    """The reader of the output, such as ``head``, went away. Click would make it exit code 1."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads one when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the registry."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loads a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is no command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _EnoughRead from error
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without loading them, and the words for the window."""
        del ctx
        with formatter.section("Window"):
            formatter.write_dl(list(WINDOW.items()))
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_where, about) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep everything below this folder (also $SEGUE_HOME).",
)
@click.version_option(__version__, "-V", "--version", prog_name="Segue")
@click.pass_context
def segue(context: click.Context, home: Path | None) -> None:
    """Segue plays your music and suggests what to play next, from what you have played before.

    Without a command it opens the window.
    """
    context.obj = Context(default_paths(home))
    context.call_on_close(context.obj.close)


def main(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code; known trouble is one sentence on stderr and 1."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # names can hold what the terminal cannot show
    try:
        result = segue.main(args=list(arguments), prog_name="segue", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SegueError as error:
        click.echo(str(error), err=True)
        return 1
    except (_EnoughRead, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        if isinstance(error, FileNotFoundError):  # no output is a file that is not there
            click.echo("The folder that you are in is not there any more.", err=True)
            return 1
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"The output could not be written: {error.strerror}.", err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return _INTERRUPTED
    return result if isinstance(result, int) else 0
