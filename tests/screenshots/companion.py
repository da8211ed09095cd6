"""The pictures of the companion: its window beside players that are pretended, over the made-up library."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.config import settings as settings_file
from app.config.paths import default_paths
from app.config.settings import Language, Settings, Theme
from app.domain.track import Track
from app.qt.companion_service import CompanionService
from app.storage.database import Database
from app.ui.panels.why_popover import WhyPopover
from app.wiring.companion import CompanionWiring
from tests.helpers.fake_companion import FakeCompanionService, a_player, a_stranger
from tests.screenshots.stage import Booth


class CompanionStage(Booth):
    """One library, one small window."""

    wiring: CompanionWiring

    def __init__(self, app: QApplication, home: Path, language: str, zoom: int) -> None:
        self.app, self.service = app, FakeCompanionService()
        paths = default_paths(home)
        paths.make()
        settings_file.save(paths.settings, Settings(language=cast("Language", language), zoom_percent=zoom))
        service = cast("CompanionService", self.service)
        self.wiring = CompanionWiring(app, paths, Database(paths.database), None, lambda _: service)
        self.wiring.bus.missing.disconnect()  # what is pretended needs no bus
        self.wiring.start()
        self.wiring.window.move(0, 0)
        self.settle()

    def look(self, theme: Theme) -> None:
        """Goes on light or dark."""
        self.wiring.theme.choose(theme)

    def track(self, album: str, number: int) -> Track:
        """A track of a record."""
        found = [track for track in self.wiring.tracks.all() if track.album == album]
        return sorted(found, key=lambda track: track.track_no or 0)[number]

    def close(self) -> None:
        """Ends the app."""
        self.wiring.window.quit()
        self.wiring.close()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _plays(stage: CompanionStage) -> None:
    track = stage.track("Nightdriving", 2)
    stage.service.pretend(a_player("Strawberry", track))
    stage.wait(lambda: track.title in stage.wiring.suggestions.current().heading, "its suggestions")


def _two(stage: CompanionStage) -> None:
    other = a_player("VLC media player", stage.track("Blue Ledger", 1), player="vlc")
    stage.service.pretend(a_player("Strawberry", stage.track("Nightdriving", 2)), other)


def _stranger(stage: CompanionStage) -> None:
    stage.service.pretend(a_player("Spotify", a_stranger(artist="Copper Wolves")))


def _nothing(stage: CompanionStage) -> None:
    stage.service.pretend(a_player("Rhythmbox"))


def _ignored(stage: CompanionStage) -> None:
    stage.service.pretend(a_player("Strawberry", stage.track("Nightdriving", 2), ignored=True))


def _none(stage: CompanionStage) -> None:
    stage.service.pretend()


def _why(stage: CompanionStage) -> None:
    _plays(stage)
    stage.settle()
    panel = stage.wiring.window.panel
    panel.why_asked.emit(panel.model.rows[1])
    stage.wait(lambda: stage.wiring.window.findChildren(WhyPopover), "the popover")


COMPANION: dict[str, Callable[[CompanionStage], None]] = {
    "companion": _plays,
    "companion-two": _two,
    "companion-stranger": _stranger,
    "companion-nothing": _nothing,
    "companion-ignored": _ignored,
    "companion-none": _none,
    "companion-why": _why,
}
