"""Segue beside its companion: what each writes into the library the other takes in, and one opens the other."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.config.own_command import own_command
from app.config.running import COMPANION, Request, address, forward
from app.domain.words import say
from app.qt.jobs import start_program
from app.qt.other_writers import OtherWriters
from app.storage.marks import MarkStore

if TYPE_CHECKING:
    from app.wiring import Wiring


def follow_others(wiring: "Wiring") -> OtherWriters:
    """Looks when the listener comes back to the window, and now and then while it is in front."""
    others = OtherWriters(wiring.jobs, MarkStore(wiring.database), lambda: QApplication.activeWindow() is None, wiring)
    wiring.playback.play_recorded.connect(others.play_recorded)
    others.plays_added.connect(wiring.history.plays_changed)
    others.plays_added.connect(wiring.suggestions.refresh)
    others.plays_added.connect(wiring.impressions.count)
    others.feedback_given.connect(wiring.suggestions.read_loves)
    others.feedback_given.connect(wiring.suggestions.refresh)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.applicationStateChanged.connect(others.state_changed)
    others.start()
    return others


def open_companion(wiring: "Wiring") -> None:
    """The companion's window, started where it is not open."""
    if forward(address(wiring.paths.runtime, COMPANION), Request("raise"), patience_s=1.0):
        return
    command = own_command(wiring.paths, ("companion",))
    if not start_program(command.words, command.environment):
        wiring.window.toast.say(say("Segue Companion could not be started."))
