"""What the desktop asks of the queue and of the playlists, over MPRIS."""

from typing import TYPE_CHECKING

from app.domain.playlist import Playlist, PlaylistId
from app.domain.track import Track
from app.qt.mpris import Mpris

if TYPE_CHECKING:
    from app.wiring import Wiring

_MOST_QUEUED = 2_000


def join_mpris_lists(wiring: "Wiring", mpris: Mpris) -> None:
    """Joins the bus to the queue and to the lists."""
    playlists = wiring.playlists

    def tell_lists() -> None:
        wiring.library.read(lambda: tuple(playlists.all()), mpris.take_playlists, lambda: None)

    mpris.file_added.connect(lambda path, after, now: _add(wiring, path, after, now))
    mpris.playlist_wanted.connect(lambda playlist_id: _play(wiring, playlist_id))
    mpris.ready.connect(tell_lists)
    playlists.playlists_changed.connect(tell_lists)


def _add(wiring: "Wiring", path: bytes, after: int | None, now: bool) -> None:
    """Puts a file behind an entry, at the start for 0, at the end where the entry is not there; plays it if asked."""

    def came(tracks: list[Track]) -> None:
        playback = wiring.playback
        places = {entry.entry_id: place for place, entry in enumerate(playback.entries())}
        place = 0 if after == 0 else places.get(after or -1, len(places) - 1) + 1
        if now:
            playback.play_at(tracks, place, context="opened")
        else:
            playback.insert(tracks, place, context="opened")

    wiring.files.gather([path], came)


def _play(wiring: "Wiring", playlist_id: PlaylistId) -> None:
    playlists, library = wiring.playlists, wiring.library

    def tracks() -> list[Track]:
        found: Playlist | None = playlists.get(playlist_id)
        if found is None:
            return []
        if found.rule is not None:
            ids = playlists.found(found.rule)
        else:
            ids = [entry.track_id for entry in playlists.entries(found.id) if entry.track_id is not None]
        return [track for track in library.tracks(ids[:_MOST_QUEUED]) if not track.missing]

    def came(found: list[Track]) -> None:
        if found:
            wiring.playback.play_now(found, context="playlist")

    library.read(tracks, came, lambda: None)
