"""Edits of playlists, tags, queue and library: what was done is said, with the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.clean import shown_path
from app.domain.ids import TrackId
from app.domain.track import Track
from app.domain.words import plural, say
from app.qt.tag_service import words_of

if TYPE_CHECKING:
    from app.domain.tag_edit import TagReport
    from app.wiring import Wiring


def join_edits(wiring: "Wiring") -> None:
    """Joins the window to the services that edit, and tracks dropped on the queue to the queue."""
    window, playlists = wiring.window, wiring.playlists
    window.panel.when_made(lambda name, _tab: _join_queue(wiring) if name == "queue" else None)
    window.tracks_dropped.connect(lambda ids, row: _tracks_dropped(wiring, ids, row))
    wiring.views.when_made(lambda name, _page: _join_playlists(wiring) if name == "playlists" else None)
    playlists.told.connect(window.toast.say)


def join_services_that_edit(wiring: "Wiring") -> None:
    """What was done is said in whichever window there is then."""
    playlists, library, tags = wiring.playlists, wiring.library, wiring.tags
    wiring.playback.queue_replaced.connect(lambda coming: _queue_replaced(wiring, coming))
    wiring.playback.queued.connect(lambda tracks, at_once: _queued(wiring, tracks, at_once))
    playlists.made.connect(lambda playlist: _say(wiring, say("Made the playlist {}", playlist.name[:60])))
    playlists.edited.connect(lambda edit: _say(wiring, edit.says, lambda: playlists.undo(edit)))
    library.rated.connect(lambda rated: _say(wiring, rated.says, lambda: library.take_back_rating(rated)))
    library.tracks_removed.connect(
        lambda ids: _say(
            wiring,
            say("{} left the library; files and plays stay", plural(len(ids), "track")),
            lambda: library.restore_tracks(ids),
        )
    )
    library.folder_left.connect(
        lambda path, at_ms: _say(
            wiring,
            say("The folder {} left the library; files and plays stay", shown_path(path)),
            lambda: library.add_folder(path, at_ms),
        )
    )
    tags.tracks_changed.connect(library.tracks_changed)
    tags.edited.connect(lambda report: _tags_edited(wiring, report))


def _say(wiring: "Wiring", sentence: str, undo: Callable[[], None] | None = None) -> None:
    wiring.window.toast.say(sentence, undo)


def _join_queue(wiring: "Wiring") -> None:
    wiring.window.panel.queue.save_asked.connect(lambda tracks: _save_queue(wiring, tracks))


def _join_playlists(wiring: "Wiring") -> None:
    wiring.views.playlists.playlist_opened.connect(wiring.window.open_playlist)


def _queue_replaced(wiring: "Wiring", coming: int) -> None:
    wiring.window.toast.say(say("{} left the queue", plural(coming, "track")), wiring.playback.bring_back)


def _queued(wiring: "Wiring", tracks: list[Track], at_once: bool) -> None:
    """Said wherever it came from: the queue is seldom on screen."""
    if not tracks:
        return
    if len(tracks) == 1:
        title = tracks[0].title[:60]
        words = say("{} plays next", title) if at_once else say("{} was added to the queue", title)
    else:
        count = plural(len(tracks), "track")
        words = say("{} play next", count) if at_once else say("Added {} to the queue", count)
    wiring.window.toast.say(words, wiring.playback.way_back())


def _save_queue(wiring: "Wiring", tracks: list[Track]) -> None:
    from app.ui.dialogs.name import NameDialog

    NameDialog(
        say("Save the queue as a playlist"),
        say("Save"),
        say("Queue"),
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
