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
    """Puts files at the end of the playlist that is shown; a smart one holds what its question finds.

    Where all playlists are shown, playlist files become such; what else was dropped is opened as anywhere.
    """
    if wiring.window.view == "playlists":
        from app.library.outside import is_playlist_name  # a start does not wait for it

        lists = [path for path in paths if is_playlist_name(path)]
        if lists:
            wiring.playlists.import_files(lists)
        if others := [path for path in paths if path not in lists]:
            wiring.files.open(others)
        return
    playlist = wiring.views.playlist.table.playlist
    if playlist is None:
        return
    if playlist.smart:
        wiring.window.toast.say(say("A smart playlist fills itself: nothing can be put into it."))
        return
    wiring.files.gather(paths, lambda tracks: wiring.playlists.add(playlist.id, tracks))
