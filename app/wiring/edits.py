"""Edits of playlists, tags, queue and library: what was done is said, with the way back."""

from typing import TYPE_CHECKING

from app.domain.ids import TrackId
from app.domain.track import Track
from app.domain.words import plural
from app.qt.tag_service import words_of

if TYPE_CHECKING:
    from app.domain.tag_edit import TagReport
    from app.wiring import Wiring


def join_edits(wiring: "Wiring") -> None:
    """Joins the services that edit to the window's toasts, and tracks dropped on the queue to the queue."""
    window, playlists, library, tags = wiring.window, wiring.playlists, wiring.library, wiring.tags
    window.panel.when_made(lambda name, _tab: _join_queue(wiring) if name == "queue" else None)
    window.tracks_dropped.connect(lambda ids, row: _tracks_dropped(wiring, ids, row))
    wiring.views.when_made(lambda name, _page: _join_playlists(wiring) if name == "playlists" else None)
    playlists.made.connect(lambda playlist: window.toast.say(f"Made the playlist {playlist.name[:60]}"))
    playlists.edited.connect(lambda edit: window.toast.say(edit.says, lambda: playlists.undo(edit)))
    library.rated.connect(lambda rated: window.toast.say(rated.says, lambda: library.take_back_rating(rated)))
    library.tracks_removed.connect(
        lambda ids: window.toast.say(
            f"{plural(len(ids), 'track')} left the library; files and plays stay",
            lambda: library.restore_tracks(ids),
        )
    )
    for service in (playlists, tags):
        service.trouble.connect(window.toast.say)
    playlists.told.connect(window.toast.say)
    library.scan_finished.connect(lambda report: playlists.reattach() if report.changed else None)
    tags.progressed.connect(window.toast.say)
    tags.tracks_changed.connect(library.tracks_changed)
    tags.edited.connect(lambda report: _tags_edited(wiring, report))


def _join_queue(wiring: "Wiring") -> None:
    wiring.window.panel.queue.save_asked.connect(lambda tracks: _save_queue(wiring, tracks))


def _join_playlists(wiring: "Wiring") -> None:
    wiring.views.playlists.playlist_opened.connect(wiring.window.open_playlist)


def _save_queue(wiring: "Wiring", tracks: list[Track]) -> None:
    from app.ui.dialogs.name import NameDialog

    NameDialog(
        "Save the queue as a playlist",
        "Save",
        "Queue",
        lambda name: wiring.playlists.create(name, tracks),
        wiring.window,
    ).open()


def _tags_edited(wiring: "Wiring", report: "TagReport") -> None:
    undo = (lambda: wiring.tags.take_back(report)) if report.undo else None
    wiring.window.toast.say(words_of(report), undo)


def _tracks_dropped(wiring: "Wiring", ids: list[TrackId], row: int) -> None:
    """Rows of a table join the queue where they fell, or at its end."""

    def came(tracks: list[Track]) -> None:
        present = [track for track in tracks if not track.missing]
        if row < 0:
            wiring.playback.enqueue(present, context="dropped")
        else:
            wiring.playback.insert(present, row, context="dropped")

    wiring.library.read(lambda: wiring.library.tracks(ids), came, lambda: None)
