"""The real app, driven to where a picture is to be taken, and the pictures."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from app.config.paths import default_paths
from app.config.settings import Theme
from app.domain.play import StartedBy
from app.domain.track import Track
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.ui.main_window import MainWindow
from app.wiring import Wiring
from app.wiring.companion import CompanionWiring

_PATIENCE_S = 180.0
"""Work in the background gives way to everything else on a busy machine."""
_QUIET_S = 0.35
_STANDING = {"audio", "covers", "log", "session bus", "watch"}
"""Jobs that do not end by themselves, or wait for more."""


class Booth:
    """Turns an app until it is as it is to be seen, and takes its picture."""

    app: QApplication
    wiring: Wiring | CompanionWiring

    @property
    def window(self) -> QWidget:
        """The window there is now."""
        return self.wiring.window

    def turn(self, seconds: float = 0.02) -> None:
        """Lets the app run."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.003)

    def wait(self, ready: Callable[[], object], what: str) -> None:
        """Until it is so.

        Raises:
            TimeoutError: it never was.
        """
        until = time.monotonic() + _PATIENCE_S
        while not ready():
            if time.monotonic() > until:
                raise TimeoutError(f"waited in vain for {what}")
            self.turn()

    def settle(self) -> None:
        """Until no job has run for a while: lists, covers and suggestions are there."""
        quiet_since = time.monotonic()
        until = quiet_since + _PATIENCE_S
        while time.monotonic() - quiet_since < _QUIET_S and time.monotonic() < until:
            self.turn()
            if any(job.name not in _STANDING for job in self.wiring.jobs._running) or len(self.wiring.covers._line):
                quiet_since = time.monotonic()

    def picture(self, path: Path, over: QWidget | None = None) -> None:
        """What the screen shows of the window, or of a widget of its own."""
        self.settle()
        QCursor.setPos(self.window.screen().geometry().bottomRight())
        self.turn(0.3)
        shown = over or self.window
        place = QRect(shown.mapToGlobal(shown.rect().topLeft()), shown.size())
        grabbed = self.window.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())
        if not grabbed.save(str(path), "PNG"):
            raise OSError(f"{path} could not be written")


class Stage(Booth):
    """One library, one window of 1280 by 800."""

    wiring: Wiring

    def __init__(self, app: QApplication, home: Path) -> None:
        self.app = app
        paths = default_paths(home)
        paths.make()
        self._stands_at: float | None = None
        self.wiring = Wiring(app, paths, Database(paths.database), lambda: ClockOutput(clock=self._clock))
        self.window.resize(1280, 800)
        self.window.move(0, 0)
        self.wiring.start()
        self.settle()

    def _clock(self) -> float:
        return time.monotonic() if self._stands_at is None else self._stands_at

    @property
    def window(self) -> MainWindow:
        """The window there is now: a change of the language makes another."""
        return self.wiring.window

    def look(self, theme: Theme) -> None:
        """Goes on light or dark."""
        self.wiring.change_settings({"theme": theme})

    def speak(self, language: str) -> None:
        """Goes on in another language."""
        before = self.window
        if language != self.wiring.translations.language:
            self.wiring.change_settings({"language": language})
            self.wait(lambda: self.window is not before, "the window in the other language")

    def zoom(self, percent: int) -> None:
        """Goes on with letters of another size."""
        before = self.window
        if percent != self.wiring.theme.zoom:
            self.wiring.theme.choose_zoom(percent)
            self.wait(lambda: self.window is not before, "the window of the other size")

    def close(self) -> None:
        """Ends the app."""
        self._stands_at = None
        self.window.close()
        self.wiring.close()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def tracks_of(self, album: str) -> list[Track]:
        """The tracks of a record, in order."""
        ids = next(each.key for each in self.wiring.library.albums() if each.title == album)
        return self.wiring.library.tracks(self.wiring.library.album_ids(ids))

    def play(self, album: str, number: int, share: float, started_by: StartedBy = StartedBy.HAND) -> None:
        """A track of a record, at a part of its length, with its waveform. There it stays, and yet plays."""
        tracks = self.tracks_of(album)
        playback, bar, self._stands_at = self.wiring.playback, self.window.bar, None
        playback.play_now(tracks, number, started_by, "album")
        self.wait(lambda: playback.current and playback.current.track.id == tracks[number].id, "the track")
        self.wait(lambda: playback.duration_ms > 0, "its length")
        playback.seek(int(playback.duration_ms * share))
        self.wait(lambda: bar.seek_bar.waveform is not None, "its waveform")
        self.settle()
        self._stands_at = time.monotonic()
