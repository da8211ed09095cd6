"""Playlists and tag editing with no database behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.details import TrackDetails
from app.domain.ids import TrackId
from app.domain.playlist import EditId, EntryId, Playlist, PlaylistEdit, PlaylistEntry, PlaylistId, SmartRule
from app.domain.track import Track
from tests.helpers.fake_playback import NOW_MS


class FakePlaylistService(QObject):
    """Lists in memory; every edit is taken down in ``calls``."""

    playlists_changed = Signal()
    edited = Signal(object)
    made = Signal(object)
    told = Signal(str)
    trouble = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.calls: list[tuple[object, ...]] = []
        self._lists: dict[int, Playlist] = {}
        self._entries: dict[int, list[PlaylistEntry]] = {}
        self._next_entry = 1

    def all(self) -> list[Playlist]:
        return sorted(self._lists.values(), key=lambda playlist: playlist.name)

    def get(self, playlist_id: PlaylistId) -> Playlist | None:
        return self._lists.get(playlist_id)

    def entries(self, playlist_id: PlaylistId) -> list[PlaylistEntry]:
        return list(self._entries.get(playlist_id, []))

    def found(self, rule: SmartRule) -> list[TrackId]:
        return [TrackId(1), TrackId(2)] if rule.query != "nothing" else []

    def create(self, name: str, tracks: Sequence[Track] = ()) -> None:
        self._made(name, None, tracks)

    def create_smart(self, name: str, rule: SmartRule) -> None:
        self._made(name, rule, ())

    def _made(self, name: str, rule: SmartRule | None, tracks: Sequence[Track]) -> None:
        number = PlaylistId(len(self._lists) + 1)
        self._lists[number] = Playlist(number, name, rule, 0, NOW_MS, NOW_MS)
        self._entries[number] = []
        self.add(number, tracks)
        self.made.emit(self._lists[number])

    def put(self, playlist_id: PlaylistId, entry: PlaylistEntry) -> None:
        """An entry as it is, for tests of strange ones."""
        self._entries[playlist_id].append(entry)

    def add(self, playlist_id: PlaylistId, tracks: Sequence[Track]) -> None:
        for track in tracks:
            names = (track.title, track.artist, track.album, track.duration_ms, track.recording_key)
            entry = PlaylistEntry(EntryId(self._next_entry), track.id, track.missing, track.path, *names)
            self._entries[playlist_id].append(entry)
            self._next_entry += 1
        count = len(self._entries[playlist_id])
        self._lists[playlist_id] = replace(self._lists[playlist_id], entry_count=count)
        self._said(playlist_id, f"Added {len(tracks)}", ("add", playlist_id, [track.id for track in tracks]))

    def rename(self, playlist_id: PlaylistId, name: str) -> None:
        self._lists[playlist_id] = replace(self._lists[playlist_id], name=name)
        self._said(playlist_id, "Renamed", ("rename", playlist_id, name))

    def set_rule(self, playlist_id: PlaylistId, rule: SmartRule) -> None:
        self._lists[playlist_id] = replace(self._lists[playlist_id], rule=rule)
        self._said(playlist_id, "Changed", ("set_rule", playlist_id, rule))

    def delete(self, playlist_id: PlaylistId) -> None:
        del self._lists[playlist_id]
        self._said(playlist_id, "Deleted", ("delete", playlist_id))

    def remove(self, playlist_id: PlaylistId, entries: Sequence[EntryId]) -> None:
        kept = [entry for entry in self._entries[playlist_id] if entry.id not in entries]
        self._entries[playlist_id] = kept
        self._said(playlist_id, "Removed", ("remove", playlist_id, list(entries)))

    def move(self, playlist_id: PlaylistId, entries: Sequence[EntryId], to: int) -> None:
        old = self._entries[playlist_id]
        moved = [entry for entry in old if entry.id in entries]
        before = [entry for entry in old[:to] if entry.id not in entries]
        after = [entry for entry in old[to:] if entry.id not in entries]
        self._entries[playlist_id] = before + moved + after
        self._said(playlist_id, "Moved", ("move", playlist_id, list(entries), to))

    def undo(self, edit: PlaylistEdit) -> None:
        self.calls.append(("undo", edit.id))

    def import_files(self, paths: Sequence[bytes]) -> None:
        self.calls.append(("import", *paths))

    def export_file(self, playlist_id: PlaylistId, path: bytes) -> None:
        self.calls.append(("export", playlist_id, path))

    def _said(self, playlist_id: PlaylistId, says: str, call: tuple[object, ...]) -> None:
        self.calls.append(call)
        self.playlists_changed.emit()
        self.edited.emit(PlaylistEdit(EditId(len(self.calls)), playlist_id, says, NOW_MS))


class FakeTagService(QObject):
    """Details of the tracks it was given; edits are taken down."""

    edited = Signal(object)
    trouble = Signal(str)

    def __init__(self, details: Sequence[TrackDetails] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._details = list(details)
        self.edits: list[tuple[list[TrackId], dict[str, str]]] = []

    def details(self, ids: Sequence[TrackId]) -> list[TrackDetails]:
        return [each for each in self._details if each.track.id in ids]

    def edit(self, tracks: Sequence[Track], changes: Mapping[str, str]) -> None:
        self.edits.append(([track.id for track in tracks], dict(changes)))
