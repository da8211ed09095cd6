"""What the desktop is told of the queue around the current track and of the playlists, without any bus."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.config.file_uri import uri_of_path
from app.domain.playlist import Playlist, PlaylistId
from app.domain.queue import QueueEntry
from app.playback.mpris import NO_TRACK, TRACKS, Typed, metadata_of, text

AROUND = 50
"""So many entries before the current one are told, and as many behind it: a queue may hold tens of thousands."""
MOST_ASKED = 2 * AROUND + 1
MOST_PLAYLISTS = 500
"""In one answer; more are to be asked for by their place."""
ORDERS = ("Alphabetical", "CreationDate", "ModifiedDate")
_PLAYLISTS = "/io/segue/playlist/"
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Window:
    """The entries near the current one."""

    entries: tuple[QueueEntry, ...] = ()
    current: QueueEntry | None = None

    @property
    def current_path(self) -> str:
        """The object path of the current entry."""
        return NO_TRACK if self.current is None else path_of(self.current)

    def paths(self) -> list[str]:
        """The object paths of all, in the order of the screen."""
        return [path_of(entry) for entry in self.entries]

    def retold(self, before: "Window") -> list[str]:
        """Those of the same entries as before whose tracks have other words now."""
        tracks = {entry.entry_id: entry.track for entry in before.entries}
        return [path_of(entry) for entry in self.entries if tracks.get(entry.entry_id, entry.track) != entry.track]

    def metadata(self, wanted: Sequence[str]) -> list[dict[str, Typed]]:
        """What is known of those that are asked for and are here."""
        known = {path_of(entry): entry for entry in self.entries}
        found = [known[path] for path in wanted[:MOST_ASKED] if path in known]
        return [metadata_of(entry, entry.track.duration_ms, uri_of_path(entry.track.file)) for entry in found]


def near(entries: Sequence[QueueEntry], index: int) -> Window:
    """The part of a queue around a place; its beginning where nothing is current."""
    begin = max(index - AROUND, 0)
    current = entries[index] if 0 <= index < len(entries) else None
    return Window(tuple(entries[begin : max(index, 0) + AROUND + 1]), current)


def path_of(entry: QueueEntry) -> str:
    """The object path that stands for an entry."""
    return f"{TRACKS}{entry.entry_id}"


def entry_of(path: str) -> int | None:
    """The entry that an object path stands for; 0 for none at all, ``None`` where it is not ours."""
    return 0 if path == NO_TRACK else _number(path, TRACKS)


def told(playlist: Playlist) -> list[str]:
    """A list as the bus wants it: path, name and icon."""
    return [f"{_PLAYLISTS}{playlist.id}", text(playlist.name), ""]


def playlist_of(path: str) -> PlaylistId | None:
    """The list that an object path stands for; ``None`` where it is not ours."""
    number = _number(path, _PLAYLISTS)
    return None if number is None else PlaylistId(number)


def page(lists: Collection[Playlist], begin: int, most: int, order: str, *, reverse: bool) -> list[list[str]]:
    """Some of the lists in an order; an order that there is not is the alphabet's."""
    keys = {"CreationDate": lambda each: each.created_at, "ModifiedDate": lambda each: each.changed_at}
    by_name = sorted(lists, key=lambda each: (each.name.casefold(), each.id))
    ordered = sorted(by_name, key=keys[order]) if order in keys else by_name
    if reverse:
        ordered.reverse()
    return [told(each) for each in ordered[begin : begin + min(most, MOST_PLAYLISTS)]]


def _number(path: str, prefix: str) -> int | None:
    digits = path.removeprefix(prefix) if path.startswith(prefix) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _MOST_DIGITS else None
