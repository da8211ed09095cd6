"""Files that are played without being in the library: a track is made of what the file says, and only queued."""

import itertools
import os
from collections.abc import Callable, Generator, Iterator, Sequence

from app.domain.clean import shown_path
from app.domain.ids import TrackId
from app.domain.loudness import Gain
from app.domain.recording import album_key, recording_key
from app.domain.tags import Tags
from app.domain.track import Track
from app.domain.words import say
from app.library import mojibake, playlist_files
from app.library.cage import Answer, Refusal, TagCage
from app.library.formats import is_audio_name
from app.library.names import fill
from app.library.playlist_files.entries import FileEntry

Cancelled = Callable[[], bool]
MOST_FILES = 10_000
_PATIENCE_S = 15.0
"""So long may the disk keep the tag reader waiting: somebody waits for the music."""
_ids = itertools.count(-1_000_000_000, -1)
"""Ids below zero are no rows of the library; those near zero stand for entries of playlists whose file is away."""


def music_below(paths: Sequence[bytes], cancelled: Cancelled) -> list[bytes]:
    """The files as they are, and in the place of each folder the music below it in order; links are not followed.

    One more than :data:`MOST_FILES` at most: it says that there are more.
    """
    found: list[bytes] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith(b"."))
            found += [os.path.join(folder, name) for name in sorted(names) if is_audio_name(name)]
            if cancelled() or len(found) > MOST_FILES:
                return found[: MOST_FILES + 1]
    return found


def is_playlist_name(path: bytes) -> bool:
    """Whether a file is called as a playlist is."""
    return os.path.splitext(path)[1].lower() in playlist_files.FORMATS


def named_by(playlist: bytes) -> list[bytes | str]:
    """The files of this machine that a playlist file names, in its order; a sentence for what is none.

    Raises:
        SegueError: it cannot be read, or is no playlist.
    """
    entries = playlist_files.read(playlist).entries[: MOST_FILES + 1]
    return [_named(entry) for entry in entries] or [not_opened(playlist, say("It names no files."))]


def _named(entry: FileEntry) -> bytes | str:
    path = entry.path
    if entry.spelled and not os.path.lexists(path):
        path = entry.spelled
    if path.startswith(b"/") and not path.startswith(b"//"):
        return path
    return not_opened(os.fsencode(entry.url) or path, say("Segue opens files of this machine only."))


def read_outside(
    paths: Sequence[bytes], known: Callable[[bytes], Track | None], cancelled: Cancelled
) -> Generator[Track | str, None, None]:
    """A track for each file, in order, from the library where it is there; a sentence for one that is no music.

    Raises:
        SegueError: the library or the tag reader cannot be used.
    """
    held = {path: known(path) for path in dict.fromkeys(paths)}
    with TagCage(patience_s=_PATIENCE_S) as cage:
        answers = cage.read([path for path, track in held.items() if track is None])
        for path, track in held.items():
            yield track or _answered(path, answers, cancelled)
            if cancelled():
                return


def _answered(path: bytes, answers: Iterator[Answer | None], cancelled: Cancelled) -> Track | str:
    """What the tag reader says next, which is about this file."""
    for answer in answers:
        if answer is not None and not isinstance(answer[1], Refusal):
            return track_of(path, answer[1])
        if answer is not None or cancelled():
            break
    reason = answer[1].reason if answer is not None and isinstance(answer[1], Refusal) else say("Segue was closed.")
    return not_opened(path, reason)


def not_opened(path: bytes, reason: str) -> str:
    """One sentence about a file that does not play."""
    return say("“{v1}” was not opened. {reason}", v1=shown_path(os.path.basename(path))[:80], reason=reason)


def no_more() -> str:
    """One sentence about files that were too many."""
    return say("Only the first {:,} files were opened: more at once would keep you waiting.", MOST_FILES)


def next_id() -> TrackId:
    """An id that no other track has until Segue ends."""
    return TrackId(next(_ids))


def track_of(path: bytes, said: Tags) -> Track:
    """The track that a file's own words make."""
    said, _before = mojibake.repaired(said)
    tags, _by_path = fill(said, path)
    return Track(
        id=next_id(),
        path=path,
        title=tags.title,
        artist=tags.artist,
        album=tags.album,
        album_artist=tags.album_artist,
        track_no=tags.track_no,
        disc_no=tags.disc_no,
        year=tags.year,
        genre=tags.genre,
        duration_ms=tags.duration_ms,
        recording_key=recording_key(said, path),
        album_key=album_key(tags, path),
        has_cover=tags.has_cover,
        rating=tags.rating,
        added_at=0,
        missing=False,
        audio_hash=tags.audio_hash,
        gain=Gain(tags.rg_track_gain, tags.rg_track_peak, tags.rg_album_gain, tags.rg_album_peak, tags.norm_gain),
    )
