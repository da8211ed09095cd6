"""The dialogs of the window. The code of each is read when it is first opened: the first paint does not wait for it."""

from typing import TYPE_CHECKING

from app import __version__
from app.config.paths import Paths

if TYPE_CHECKING:
    from app.ui.dialogs.trouble import Remedy
    from app.wiring import Wiring


def join_dialogs(wiring: "Wiring") -> None:
    """Joins the wishes of the window to the dialogs."""
    window = wiring.window
    window.add_folder_asked.connect(lambda: _ask_folder(wiring))
    window.settings_asked.connect(lambda: _show_settings(wiring))
    window.report_asked.connect(lambda: _show_report(wiring))
    window.shortcuts_asked.connect(lambda: _show_shortcuts(wiring))
    window.about_asked.connect(lambda: _show_about(wiring))


def welcome(wiring: "Wiring") -> None:
    """Nothing is in the library and no folder is known."""
    from app.ui.dialogs.welcome import WelcomeDialog
    from app.wiring.importing import look_once_scanned

    dialog = WelcomeDialog(wiring.theme, wiring.window)
    dialog.started.connect(wiring.library.add_folder)
    dialog.history_chosen.connect(lambda paths: look_once_scanned(wiring, paths))
    dialog.open()


def asked_remedy(damage: str, paths: Paths) -> "Remedy":
    """What the listener wants done about a damaged library."""
    from app.qt.upkeep import offer
    from app.storage.backup import newest_good
    from app.ui.dialogs.trouble import ask_remedy

    return ask_remedy(damage, offer(newest_good(paths.backups)))


def _ask_folder(wiring: "Wiring") -> None:
    from app.ui.dialogs.welcome import ask_folder

    folder = ask_folder(wiring.window)
    if folder:
        wiring.library.add_folder(folder)


def _show_settings(wiring: "Wiring") -> None:
    from app.ui.dialogs.settings import SettingsDialog
    from app.wiring.importing import ask_history
    from app.wiring.sync import add_network

    dialog = SettingsDialog(wiring.theme, wiring.library, wiring.settings, wiring.window)
    dialog.changed.connect(wiring.change_settings)
    dialog.folders.history_wanted.connect(dialog.accept)
    dialog.folders.history_wanted.connect(lambda: ask_history(wiring))
    add_network(wiring, dialog)
    dialog.open()


def _show_report(wiring: "Wiring") -> None:
    from app.ui.dialogs.scan_report import ScanReportDialog

    ScanReportDialog(wiring.library.refused(), wiring.window).open()


def _show_shortcuts(wiring: "Wiring") -> None:
    from app.ui.dialogs.shortcuts import ShortcutsDialog

    ShortcutsDialog(wiring.window).open()


def _show_about(wiring: "Wiring") -> None:
    from app.ui.dialogs.about import AboutDialog

    AboutDialog(__version__, wiring.window).open()
