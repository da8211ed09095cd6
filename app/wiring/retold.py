"""What is queued is told as the library knows it: a title that was put right stands right in the queue, too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from app.wiring import Wiring

_SOON_MS = 300
_NEAR = 2_000
"""So many entries before the current one are asked about, and as many behind it."""


def join_retold(wiring: "Wiring") -> None:
    """Joins the library to the queue."""
    soon = QTimer(wiring, singleShot=True, interval=_SOON_MS)
    soon.timeout.connect(lambda: _ask(wiring))
    wiring.library.tracks_changed.connect(lambda: None if soon.isActive() else soon.start())


def _ask(wiring: "Wiring") -> None:
    """Looks the tracks up in a job."""
    playback, library = wiring.playback, wiring.library
    place = max(playback.index, 0)
    near = [*playback.entries()[max(place - _NEAR, 0) : place + _NEAR], *playback.lane()]
    ids = list(dict.fromkeys(entry.track.id for entry in near if entry.track.in_library))
    if ids:
        library.read(lambda: library.tracks(ids), playback.retell, lambda: None)
