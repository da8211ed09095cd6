"""The body of the audio thread: commands between heartbeats, until it is told to end."""

import logging
import queue
from collections.abc import Callable
from functools import partial

from app.domain.errors import OutputLost, SegueError
from app.domain.words import say
from app.playback.events import Event, Trouble
from app.playback.player import Player

log = logging.getLogger(__name__)

Command = Callable[[Player], None]
Commands = queue.SimpleQueue[Command | None]
"""Filled from any thread; ``None`` ends the loop."""

_LONGEST_WAIT_S = 2.0
_AFTER_TROUBLE_S = 0.25


def run(player: Player, commands: Commands, cancelled: Callable[[], bool], emit: Callable[[Event], None]) -> None:
    """Runs the player until ``None`` comes or ``cancelled()`` is true, then ends its play. Trouble never ends it."""
    wait_s = 0.0
    while not cancelled():
        try:
            command = commands.get(timeout=wait_s) if wait_s > 0 else commands.get_nowait()
        except queue.Empty:
            wait_s = min(_guarded(player, player.step, emit), _LONGEST_WAIT_S)
            continue
        if command is None:
            break
        _guarded(player, partial(_obey, player, command), emit)
        wait_s = 0.0
    _guarded(player, partial(_quit, player), emit)


def _obey(player: Player, command: Command) -> float:
    command(player)
    return 0.0


def _quit(player: Player) -> float:
    player.quit()
    return 0.0


def _guarded(player: Player, step: Callable[[], float], emit: Callable[[Event], None]) -> float:
    """Does one thing; known trouble is one sentence and silence, a bug is logged whole as well."""
    try:
        return step()
    except OutputLost as error:
        if player.wait_for_output():
            emit(Trouble(str(error)))
        return 0.0
    except SegueError as error:
        emit(Trouble(str(error)))
    except Exception:  # the border of the thread: music must be able to start again
        log.exception("The player stumbled")
        emit(Trouble(say("Something went wrong while playing. The log has the details.")))
    try:
        player.give_up()
    except Exception:  # nothing more can be done with this output
        log.exception("The player could not stop")
    return _AFTER_TROUBLE_S
