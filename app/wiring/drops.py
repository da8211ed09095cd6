"""Files that are dropped on the window: played, queued or put on a playlist, by where they fall."""

from typing import TYPE_CHECKING

from app.domain.track import Track
from app.domain.words import say

if TYPE_CHECKING:
    from app.wiring import Wiring


def join_drops(wiring: "Wiring") -> None:
    """Joins the window's drops to what they are meant for."""
    window, files = wiring.window, wiring.files
    window.folders_dropped.connect(files.open)
    window.files_queued.connect(lambda paths, row: files.gather(paths, lambda tracks: _queue(wiring, tracks, row)))
    window.files_listed.connect(lambda paths: _list(wiring, paths))


def _queue(wiring: "Wiring", tracks: list[Track], row: int) -> None:
    if row < 0:
        wiring.playback.enqueue(tracks, context="dropped")
    else:
        wiring.playback.insert(tracks, row, context="dropped")


def _list(wiring: "Wiring", paths: list[bytes]) -> None:
    """Puts files at the end of the playlist that is shown; a smart one holds what its question finds."""
    playlist = wiring.views.playlist.table.playlist
    if playlist is None:
        return
    if playlist.smart:
        wiring.window.toast.say(say("A smart playlist fills itself: nothing can be put into it."))
        return
    wiring.files.gather(paths, lambda tracks: wiring.playlists.add(playlist.id, tracks))
