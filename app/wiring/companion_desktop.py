"""The desktop around the companion: its icon in the tray, its start with the desktop, and the way to Segue itself."""

import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.config.autostart import autostart_entry, is_on, turn_off, turn_on
from app.config.own_command import own_command
from app.config.running import Request, address, forward
from app.domain.words import say
from app.qt.jobs import start_program
from app.ui import icons
from app.ui.companion.players_dialog import PlayersDialog
from app.ui.companion.tray import CompanionTray
from app.ui.tray_icon import let_hidden
from app.wiring.companion_unseen import Unseen, started_by_bus
from app.wiring.stays import stays_in_tray

if TYPE_CHECKING:
    from app.wiring.companion import CompanionWiring

log = logging.getLogger(__name__)


class CompanionDesktop:
    """What stands between the companion's window and the desktop."""

    def __init__(self, wiring: "CompanionWiring") -> None:
        self._wiring = wiring
        self.tray: CompanionTray | None = None
        self._join_window()
        wiring.shown.changed.connect(self._show_player)

    def start(self, *, hidden: bool) -> None:
        """The icon, and the window; hidden, the window alone where there is no tray to bring it back from.

        A plug-in that had the bus start it shows what there is to see itself.
        """
        self._show_tray()
        is_there = self.tray is not None and self.tray.is_there
        if hidden and (is_there or started_by_bus(os.environ)):
            let_hidden(True)
            if not is_there:
                Unseen(self._is_needed, self._wiring.quit, self._wiring)
        else:
            self._wiring.window.show()

    def _is_needed(self) -> bool:
        wiring = self._wiring
        return wiring.window.isVisible() or bool(wiring.service.players())

    def follow_window(self) -> None:
        """Another window has taken the place of the first: the icon is made anew in its words."""
        self._join_window()
        if self.tray is not None:
            self.tray.hide()
            self._show_tray()

    def close(self) -> None:
        """Out of the tray."""
        if self.tray is not None:
            self.tray.hide()
        let_hidden(False)

    def show_window(self) -> None:
        """In front of the others, wherever it was."""
        let_hidden(False)
        self._wiring.window.come_forward()

    def open_segue(self) -> None:
        """The window of Segue itself, started where it is not open."""
        paths = self._wiring.paths
        if forward(address(paths.runtime), Request("raise"), patience_s=1.0):
            return
        command = own_command(paths, ())
        if not start_program(command.words, command.environment):
            self._wiring.window.toast.say(say("Segue could not be started."))

    def _join_window(self) -> None:
        window = self._wiring.window
        window.stays = self._stays
        window.menu_asked.connect(self._fill_menu)

    def _show_tray(self) -> None:
        if not CompanionTray.can_be():
            return
        wiring = self._wiring
        self.tray = CompanionTray(wiring.theme, wiring.window)
        self.tray.show_asked.connect(self.show_window)
        self.tray.hide_asked.connect(self._hide_window)
        self.tray.quit_asked.connect(wiring.quit)
        self.tray.ignore_asked.connect(self._ignore)
        self._show_player()
        self.tray.show()

    def _show_player(self) -> None:
        if self.tray is not None:
            self.tray.show_player(self._wiring.shown.shown)

    def _stays(self) -> bool:
        return stays_in_tray(self._wiring, self.tray)

    def _hide_window(self) -> None:
        let_hidden(True)
        self._wiring.window.hide()

    def _ignore(self, player: str, ignored: bool) -> None:
        self._wiring.service.ignore(player, ignored)
        self._wiring.shown.look()

    # The settings

    def _fill_menu(self, menu: QMenu) -> None:
        wiring, palette = self._wiring, self._wiring.theme.palette
        menu.addAction(icons.icon("players", palette), say("Players…"), self.show_players)
        starts = menu.addAction(say("Start with the desktop"))
        starts.setCheckable(True)
        starts.setChecked(is_on(autostart_entry(os.environ)))
        starts.triggered.connect(self.start_with_desktop)
        stays = menu.addAction(say("Stay in the tray when closed"))
        stays.setCheckable(True)
        stays.setChecked(wiring.settings.close_to_tray)
        stays.setEnabled(self.tray is not None and self.tray.is_there)
        stays.triggered.connect(lambda on: wiring.change_settings({"close_to_tray": on}))
        menu.addSeparator()
        menu.addAction(icons.icon("window", palette), say("Open Segue"), self.open_segue)
        menu.addAction(icons.icon("quit", palette), say("Quit"), wiring.quit)

    def show_players(self) -> None:
        """Which players are followed."""
        wiring = self._wiring
        dialog = PlayersDialog(wiring.service.players(), wiring.settings.ignored, wiring.window)
        dialog.ignored.connect(self._ignore)
        dialog.open()

    def start_with_desktop(self, wanted: bool) -> None:
        """Puts the entry where the desktop looks for it, or takes it away."""
        entry = autostart_entry(os.environ)
        try:
            if wanted:
                words = own_command(self._wiring.paths, ("companion", "--hidden")).with_environment
                turn_on(entry, words, say("Segue Companion"), say("Suggestions beside any player"))
            else:
                turn_off(entry)
        except OSError as error:
            log.warning("%s could not be changed: %s", entry, error)
            self._wiring.window.toast.say(say("That could not be changed ({}).", error.strerror))
