"""The seek bar's waveform: of what plays and, once that is there, of what comes next."""

from typing import TYPE_CHECKING

from app.domain.queue import QueueEntry
from app.domain.track import Track
from app.qt.playback_service import PlaybackService
from app.qt.waveform_service import WaveformService

if TYPE_CHECKING:
    from app.wiring import Wiring


def follow_playing(service: WaveformService, playback: PlaybackService) -> None:
    """Asks again whenever the track or the queue is another one."""

    def ask(_changed: QueueEntry | None = None) -> None:
        service.want(playing_and_next(playback))

    playback.track_changed.connect(ask)
    playback.queue_changed.connect(ask)


def join_waveforms(wiring: "Wiring") -> None:
    """Joins the service to the window's seek bar, and asks for what plays there already."""
    wiring.waveforms.found.connect(wiring.window.bar.show_waveform)
    wiring.waveforms.want(playing_and_next(wiring.playback))


def playing_and_next(playback: PlaybackService) -> list[Track]:
    """At most two tracks, in the order that plays."""
    entries = (playback.current, playback.following if playback.current is not None else None)
    return [entry.track for entry in entries if entry is not None]
