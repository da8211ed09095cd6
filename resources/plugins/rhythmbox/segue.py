"""Segue in Rhythmbox: *You may like* beside the songs, and what plays is told to Segue's companion."""

from gi.repository import RB, GLib, GObject, Peas
from segue_client import Panel, Segue, metadata

_EVERY_S = 10
_NEAR_S = 3
_PLACE = RB.ShellUILocation.RIGHT_SIDEBAR


class SegueSuggestions(GObject.Object, Peas.Activatable):
    __gtype_name__ = "SegueSuggestions"
    object = GObject.Property(type=GObject.Object)

    def do_activate(self):
        self._shell = self.object
        self._player = self._shell.props.shell_player
        self._segue = Segue("rhythmbox", "Rhythmbox")
        self._panel = Panel(self._segue, self._play)
        self._panel.widget.set_size_request(260, -1)
        self._shell.add_widget(self._panel.widget, _PLACE, True, True)
        self._number, self._length_s, self._at_s, self._told_s = 0, 0, 0, 0
        self._handlers = [
            self._player.connect("playing-song-changed", lambda _, entry: self._song(entry)),
            self._player.connect("playing-changed", lambda *_: self._segue.tell(**self._now())),
            self._player.connect("elapsed-changed", lambda _, seconds: self._elapsed(seconds)),
        ]
        self._song(self._player.get_playing_entry())
        self._segue.start()

    def do_deactivate(self):
        for handler in self._handlers:
            self._player.disconnect(handler)
        self._segue.stop()
        self._shell.remove_widget(self._panel.widget, _PLACE)
        self._panel.close()
        self._shell = self._player = None

    def _song(self, entry):
        ended = None
        if self._number:
            finished = self._length_s and self._at_s >= self._length_s - _NEAR_S
            ended = "finished" if finished else "skipped" if entry is not None else "replaced"
        if entry is None:
            self._number = 0
            self._panel.follow("")
            self._segue.tell(PlaybackStatus=_text("Stopped"), ended=_text(ended))
            return
        kinds = RB.RhythmDBPropType
        self._number += 1
        self._length_s, self._at_s, self._told_s = entry.get_ulong(kinds.DURATION), 0, 0
        uri = entry.get_playback_uri() or entry.get_string(kinds.LOCATION)
        artist, title, album = (entry.get_string(kind) for kind in (kinds.ARTIST, kinds.TITLE, kinds.ALBUM))
        told = metadata(self._number, uri, title, artist, album, self._length_s * 1_000)
        self._segue.tell(ended=_text(ended), Metadata=told, **self._now())
        self._panel.follow(uri, artist, title)

    def _elapsed(self, seconds):
        jumped = not 0 <= seconds - self._at_s <= 2
        self._at_s = seconds
        if jumped or seconds - self._told_s >= _EVERY_S:
            self._told_s = seconds
            self._segue.tell(**self._now())

    def _now(self):
        _, playing = self._player.get_playing()
        status = "Playing" if playing else "Paused" if self._number else "Stopped"
        return {"PlaybackStatus": _text(status), "Position": GLib.Variant("x", self._at_s * 1_000_000)}

    def _play(self, uri):
        entry = self._shell.props.db.entry_lookup_by_location(uri)
        if entry is None:
            self._shell.load_uri(uri, True)
        else:
            self._player.play_entry(entry, self._player.get_playing_source() or self._shell.props.library_source)


def _text(value):
    return GLib.Variant("s", value) if value else None
