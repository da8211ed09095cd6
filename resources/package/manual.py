"""``segue(1)``: the manual page, made from what the commands say. ``python -m resources.package.manual`` prints it."""

import re
import sys
import textwrap
import time
from collections.abc import Iterator

import click

from app import __version__
from app.cli.main import WINDOW, segue

_HEAD = """.SH NAME
segue \\- music player that remembers every play and suggests what goes next
.SH SYNOPSIS
.B segue
.RB [ \\-\\-home
.IR DIR ]
.RI [ FILE ...]
.br
.B segue
.RB [ \\-\\-home
.IR DIR ]
.I COMMAND
.RI [ ARGUMENT ...]
.SH DESCRIPTION
Segue plays the music files you own, remembers every play, and answers
\\(lqwhat now?\\(rq from that memory.
Without a command it opens its window; a second start goes to the window that
is open.
The commands need no display.
"""
_GLYPHS = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
_TAIL = """.SH ENVIRONMENT
.TP
.B SEGUE_HOME
The folder below which everything is kept; without it, the usual places of
the platform.
.TP
.BR XDG_DATA_HOME ", " XDG_CONFIG_HOME ", " XDG_CACHE_HOME ", " XDG_STATE_HOME
These usual places.
.SH FILES
.TP
.I ~/.local/share/segue/segue.db
The library and every play.
.TP
.I ~/.config/segue/settings.json
What was chosen.
.TP
.I ~/.local/state/segue/segue.log
What happened, for reports of trouble.
.SH EXIT STATUS
0 where all went well, 1 where it did not, 2 where the words were not understood
or no window can open.
.SH SEE ALSO
.BR playerctl (1)
"""


def manual(version: str, epoch: int) -> str:
    """The page, in the language of man."""
    date = time.strftime("%Y-%m-%d", time.gmtime(epoch))
    parts = [f'.TH SEGUE 1 "{date}" "Segue {plain(version)}" "User Commands"\n', _HEAD, ".SH WINDOW\n"]
    parts += [f".TP\n.B {plain(words)}\n{lines(about)}" for words, about in WINDOW.items()]
    parts.append(".SH OPTIONS\n")
    with click.Context(segue, info_name="segue") as context:
        parts += list(_options(segue, context))
        parts.append(".SH COMMANDS\n")
        for name in segue.list_commands(context):
            command = segue.get_command(context, name)
            if command is not None:
                parts += list(_command(command, name, context))
    return "".join(parts) + _TAIL


def _command(command: click.Command, name: str, above: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=above) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".SS {plain(context.command_path)} {plain(usage)}\n"
        paragraphs = re.split(r"\n\s*\n", command.help or "")
        paragraphs += re.split(r"\n\s*\n", command.epilog) if command.epilog else []
        yield ".PP\n".join(lines(paragraph) for paragraph in paragraphs)
        yield from _options(command, context)
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                if found is not None:
                    yield from _command(found, inner, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        names, about = parameter.get_help_record(context) or ("", "")
        if about and (context.parent is None or not names.endswith("--help")):
            yield f".TP\n.B {plain(names)}\n{lines(about)}"


def lines(text: str) -> str:
    """A paragraph in lines of a width that man's own readers like."""
    broken = textwrap.wrap(" ".join(text.split()), 66, break_long_words=False, break_on_hyphens=False)
    return "".join(f"{plain(line)}\n" for line in broken)


def plain(text: str) -> str:
    """Text in which man sees no orders of its own."""
    escaped = "".join(_GLYPHS.get(character, character) for character in text)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    sys.stdout.write(manual(__version__, int(time.time())))
