"""The two interfaces of MPRIS that every player has, as objects on the bus: they read a snapshot and pass wishes on.

https://specifications.freedesktop.org/mpris-spec/latest/
"""

from collections.abc import Callable
from typing import Annotated

from dbus_fast import DBusError, ErrorType, Variant
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.constants import PropertyAccess
from dbus_fast.introspection import Interface
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from app.config.file_uri import path_of_uri
from app.domain.pace import FASTEST, SLOWEST
from app.playback import mpris
from app.playback.mpris import Snapshot

READ = PropertyAccess.READ
Strings = Annotated[list[str], DBusSignature("as")]
Wish = Callable[[str, object], None]
"""A verb and its value, for the window's thread."""

MIME_TYPES = [
    "audio/mpeg",
    "audio/flac",
    "audio/x-flac",
    "audio/ogg",
    "audio/x-vorbis+ogg",
    "audio/x-opus+ogg",
    "audio/x-speex+ogg",
    "audio/mp4",
    "audio/x-m4a",
    "audio/aac",
    "audio/x-wav",
    "audio/vnd.wave",
    "audio/x-aiff",
    "audio/aiff",
    "audio/x-ms-wma",
    "video/x-ms-asf",
    "audio/x-ape",
    "audio/x-wavpack",
    "audio/x-musepack",
    "audio/x-tta",
    "audio/x-dsf",
    "audio/x-dff",
    "audio/x-mpegurl",
    "application/vnd.apple.mpegurl",
    "audio/x-scpls",
    "application/xspf+xml",
]
"""What ``segue.desktop`` names, too."""
_EMITS = "org.freedesktop.DBus.Property.EmitsChangedSignal"


class Root(ServiceInterface):
    """``org.mpris.MediaPlayer2``: the program."""

    def __init__(self, wish: Wish) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._wish = wish

    @dbus_method()
    def Raise(self) -> None:
        self._wish("raise", None)

    @dbus_method()
    def Quit(self) -> None:
        self._wish("quit", None)

    @dbus_property(access=READ)
    def CanQuit(self) -> DBusBool:
        return True

    @dbus_property()
    def Fullscreen(self) -> DBusBool:
        return False

    @Fullscreen.setter
    def set_fullscreen(self, _value: DBusBool) -> None:
        """Has no effect, as ``CanSetFullscreen`` says."""

    @dbus_property(access=READ)
    def CanSetFullscreen(self) -> DBusBool:
        return False

    @dbus_property(access=READ)
    def CanRaise(self) -> DBusBool:
        return True

    @dbus_property(access=READ)
    def HasTrackList(self) -> DBusBool:
        return True

    @dbus_property(access=READ)
    def Identity(self) -> DBusStr:
        return "Segue"

    @dbus_property(access=READ)
    def DesktopEntry(self) -> DBusStr:
        return "segue"

    @dbus_property(access=READ)
    def SupportedUriSchemes(self) -> Strings:
        return ["file"]

    @dbus_property(access=READ)
    def SupportedMimeTypes(self) -> Strings:
        return list(MIME_TYPES)


class Player(ServiceInterface):
    """``org.mpris.MediaPlayer2.Player``: what plays."""

    def __init__(self, wish: Wish, position_ms: Callable[[], int], snapshot: Snapshot) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._wish, self._position_ms, self._now = wish, position_ms, snapshot

    def take(self, snapshot: Snapshot) -> None:
        """Another moment: what differs is told."""
        before, self._now = _told(self._now), snapshot
        after = _told(snapshot)
        if names := mpris.changed(before, after):
            self.emit_properties_changed({name: after[name] for name in names})

    def introspect(self) -> Interface:
        """Position is asked for, not told; control is for ever."""
        found = super().introspect()
        for told in found.properties:
            if told.name in {"Position", "CanControl"}:
                told.annotations[_EMITS] = "false"
        return found

    @dbus_method()
    def Next(self) -> None:
        self._wish("next", None)

    @dbus_method()
    def Previous(self) -> None:
        self._wish("previous", None)

    @dbus_method()
    def Pause(self) -> None:
        self._wish("pause", None)

    @dbus_method()
    def PlayPause(self) -> None:
        self._wish("play-pause", None)

    @dbus_method()
    def Stop(self) -> None:
        self._wish("stop", None)

    @dbus_method()
    def Play(self) -> None:
        self._wish("play", None)

    @dbus_method()
    def Seek(self, Offset: DBusInt64) -> None:
        if self._now.can_seek:
            self._wish("seek-by", mpris.offset_ms_of(Offset))

    @dbus_method()
    def SetPosition(self, TrackId: DBusObjectPath, Position: DBusInt64) -> None:
        length_us = mpris.microseconds(self._now.duration_ms)
        if self._now.can_seek and TrackId == self._now.track_id and 0 <= Position <= length_us:
            self._wish("seek", Position // 1_000)

    @dbus_method()
    def OpenUri(self, Uri: DBusStr) -> None:
        path = path_of_uri(Uri)
        if path is None:
            raise DBusError(ErrorType.INVALID_ARGS, "Segue opens files of this machine only.")
        self._wish("open", path)

    @dbus_signal()
    def Seeked(self, Position: int) -> DBusInt64:
        return Position

    @dbus_property(access=READ)
    def PlaybackStatus(self) -> DBusStr:
        return self._now.status

    @dbus_property()
    def LoopStatus(self) -> DBusStr:
        return self._now.loop

    @LoopStatus.setter
    def set_loop_status(self, value: DBusStr) -> None:
        repeat = mpris.repeat_of(value)
        if repeat is None:
            raise DBusError(ErrorType.INVALID_ARGS, "There is no such loop status.")
        self._wish("repeat", repeat)

    @dbus_property()
    def Rate(self) -> DBusDouble:
        return self._now.rate

    @Rate.setter
    def set_rate(self, value: DBusDouble) -> None:
        """A rate of nothing is a pause."""
        speed = mpris.speed_of(value)
        if value == 0.0:
            self._wish("pause", None)
        elif speed is not None:
            self._wish("speed", speed)

    @dbus_property()
    def Shuffle(self) -> DBusBool:
        return self._now.shuffle

    @Shuffle.setter
    def set_shuffle(self, value: DBusBool) -> None:
        self._wish("shuffle", value)

    @dbus_property(access=READ)
    def Metadata(self) -> DBusDict:
        return {name: Variant(signature, value) for name, (signature, value) in self._now.metadata().items()}

    @dbus_property()
    def Volume(self) -> DBusDouble:
        return self._now.volume / 100

    @Volume.setter
    def set_volume(self, value: DBusDouble) -> None:
        percent = mpris.percent_of(value)
        if percent is not None:
            self._wish("volume", percent)

    @dbus_property(access=READ)
    def Position(self) -> DBusInt64:
        return mpris.microseconds(self._position_ms())

    @dbus_property(access=READ)
    def MinimumRate(self) -> DBusDouble:
        return SLOWEST / 100

    @dbus_property(access=READ)
    def MaximumRate(self) -> DBusDouble:
        return FASTEST / 100

    @dbus_property(access=READ)
    def CanGoNext(self) -> DBusBool:
        return self._now.can_go_next

    @dbus_property(access=READ)
    def CanGoPrevious(self) -> DBusBool:
        return self._now.can_go_previous

    @dbus_property(access=READ)
    def CanPlay(self) -> DBusBool:
        return self._now.can_play

    @dbus_property(access=READ)
    def CanPause(self) -> DBusBool:
        return self._now.can_pause

    @dbus_property(access=READ)
    def CanSeek(self) -> DBusBool:
        return self._now.can_seek

    @dbus_property(access=READ)
    def CanControl(self) -> DBusBool:
        return True


def _told(now: Snapshot) -> dict[str, object]:
    """Every property that can change and is told when it does."""
    return {
        "PlaybackStatus": now.status,
        "LoopStatus": now.loop,
        "Shuffle": now.shuffle,
        "Metadata": {name: Variant(signature, value) for name, (signature, value) in now.metadata().items()},
        "Volume": now.volume / 100,
        "Rate": now.rate,
        "CanGoNext": now.can_go_next,
        "CanGoPrevious": now.can_go_previous,
        "CanPlay": now.can_play,
        "CanPause": now.can_pause,
        "CanSeek": now.can_seek,
    }
