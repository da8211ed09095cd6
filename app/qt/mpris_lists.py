"""The two interfaces of MPRIS that a player may have: what is queued around the current track, and the playlists.

https://specifications.freedesktop.org/mpris-spec/latest/Track_List_Interface.html
https://specifications.freedesktop.org/mpris-spec/latest/Playlists_Interface.html
"""

from collections.abc import Callable
from typing import Annotated, Any

from dbus_fast import DBusError, ErrorType, Variant
from dbus_fast.annotations import DBusBool, DBusObjectPath, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.constants import PropertyAccess
from dbus_fast.introspection import Interface
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from app.config.file_uri import path_of_uri
from app.domain.playlist import Playlist
from app.playback import mpris_lists
from app.playback.mpris import Typed

_READ = PropertyAccess.READ
_EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal"
Wish = Callable[[str, object], None]
Paths = Annotated[list[str], DBusSignature("ao")]
Entries = Annotated[list[dict[str, Variant]], DBusSignature("aa{sv}")]
Entry = Annotated[dict[str, Variant], DBusSignature("a{sv}")]
Replaced = Annotated[list[Any], DBusSignature("aoo")]
Added = Annotated[list[Any], DBusSignature("a{sv}o")]
Changed = Annotated[list[Any], DBusSignature("oa{sv}")]
Lists = Annotated[list[list[str]], DBusSignature("a(oss)")]
List = Annotated[list[str], DBusSignature("(oss)")]
Maybe = Annotated[list[Any], DBusSignature("(b(oss))")]
Strings = Annotated[list[str], DBusSignature("as")]


class TrackList(ServiceInterface):
    """``org.mpris.MediaPlayer2.TrackList``: the queue near the current track; a long one is not told whole."""

    def __init__(self, wish: Wish, window: mpris_lists.Window) -> None:
        super().__init__("org.mpris.MediaPlayer2.TrackList")
        self._wish, self._now = wish, window

    def take(self, window: mpris_lists.Window) -> None:
        """Another moment: where other entries stand near the current one, all are told, else those with other words."""
        before, self._now = self._now, window
        if before.paths() != window.paths():
            self.TrackListReplaced(window.paths(), window.current_path)
            self.emit_properties_changed({}, ["Tracks"])
            return
        paths = window.retold(before)
        for path, metadata in zip(paths, window.metadata(paths), strict=True):
            self.TrackMetadataChanged(path, _variants(metadata))

    def introspect(self) -> Interface:
        """That there are other tracks is told; which they are, is asked for."""
        found = super().introspect()
        for told in found.properties:
            if told.name == "Tracks":
                told.annotations[_EMITS] = "invalidates"
        return found

    @dbus_method()
    def GetTracksMetadata(self, TrackIds: Paths) -> Entries:
        return [_variants(told) for told in self._now.metadata(TrackIds)]

    @dbus_method()
    def AddTrack(self, Uri: DBusStr, AfterTrack: DBusObjectPath, SetAsCurrent: DBusBool) -> None:
        path = path_of_uri(Uri)
        if path is None:
            raise DBusError(ErrorType.INVALID_ARGS, "Segue opens files of this machine only.")
        self._wish("add", (path, mpris_lists.entry_of(AfterTrack), SetAsCurrent))

    @dbus_method()
    def RemoveTrack(self, TrackId: DBusObjectPath) -> None:
        self._wish("remove", mpris_lists.entry_of(TrackId))

    @dbus_method()
    def GoTo(self, TrackId: DBusObjectPath) -> None:
        self._wish("go-to", mpris_lists.entry_of(TrackId))

    @dbus_signal()
    def TrackListReplaced(self, Tracks: list[str], CurrentTrack: str) -> Replaced:
        return [Tracks, CurrentTrack]

    @dbus_signal()
    def TrackAdded(self, Metadata: dict[str, Variant], AfterTrack: str) -> Added:
        return [Metadata, AfterTrack]

    @dbus_signal()
    def TrackRemoved(self, TrackId: str) -> DBusObjectPath:
        return TrackId

    @dbus_signal()
    def TrackMetadataChanged(self, TrackId: str, Metadata: dict[str, Variant]) -> Changed:
        return [TrackId, Metadata]

    @dbus_property(access=_READ)
    def Tracks(self) -> Paths:
        return self._now.paths()

    @dbus_property(access=_READ)
    def CanEditTracks(self) -> DBusBool:
        return True


class Playlists(ServiceInterface):
    """``org.mpris.MediaPlayer2.Playlists``: the listener's lists, to be played."""

    def __init__(self, wish: Wish, lists: tuple[Playlist, ...]) -> None:
        super().__init__("org.mpris.MediaPlayer2.Playlists")
        self._wish, self._lists = wish, lists

    def take(self, lists: tuple[Playlist, ...]) -> None:
        """Other lists: those with another name are told, and how many there are."""
        before, self._lists = {each.id: each.name for each in self._lists}, lists
        for each in lists:
            if before.get(each.id, each.name) != each.name:
                self.PlaylistChanged(mpris_lists.told(each))
        if len(before) != len(lists):
            self.emit_properties_changed({"PlaylistCount": len(lists)})

    @dbus_method()
    def ActivatePlaylist(self, PlaylistId: DBusObjectPath) -> None:
        self._wish("playlist", mpris_lists.playlist_of(PlaylistId))

    @dbus_method()
    def GetPlaylists(self, Index: DBusUInt32, MaxCount: DBusUInt32, Order: DBusStr, ReverseOrder: DBusBool) -> Lists:
        return mpris_lists.page(self._lists, Index, MaxCount, Order, reverse=ReverseOrder)

    @dbus_signal()
    def PlaylistChanged(self, Playlist: list[str]) -> List:
        return Playlist

    @dbus_property(access=_READ)
    def PlaylistCount(self) -> DBusUInt32:
        return len(self._lists)

    @dbus_property(access=_READ)
    def Orderings(self) -> Strings:
        return list(mpris_lists.ORDERS)

    @dbus_property(access=_READ)
    def ActivePlaylist(self) -> Maybe:
        """A queue is a queue, wherever it came from: no list is active."""
        return [False, ["/", "", ""]]


def _variants(told: dict[str, Typed]) -> dict[str, Variant]:
    return {name: Variant(signature, value) for name, (signature, value) in told.items()}
