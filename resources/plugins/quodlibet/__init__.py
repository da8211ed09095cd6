"""Segue in Quod Libet: *You may like* beside the songs, and what plays is told to Segue's companion."""

from gi.repository import GLib
from senf import uri2fsn

from quodlibet import app
from quodlibet.plugins.events import EventPlugin
from quodlibet.plugins.gui import UserInterfacePlugin
from quodlibet.qltk import Icons

from .segue_client import Panel, Segue, metadata, say

_EVERY_S = 10


class SegueSuggestions(EventPlugin, UserInterfacePlugin):
    PLUGIN_ID = "segue"
    PLUGIN_NAME = say("You may like (Segue)")
    PLUGIN_DESC = say(
        "Shows what Segue suggests for what plays, with reasons, and lets Segue remember what you play here."
    )
    PLUGIN_ICON = Icons.MEDIA_OPTICAL

    def enabled(self):
        self._segue = Segue("quodlibet", "Quod Libet")
        self._panel = Panel(self._segue, self._play)
        self._number, self._ended = 0, None
        self._timer = GLib.timeout_add_seconds(_EVERY_S, self._tick)
        self.plugin_on_song_started(app.player.info)
        self._segue.start()

    def disabled(self):
        GLib.source_remove(self._timer)
        self._segue.stop()
        self._panel.close()

    def create_sidebar(self):
        return self._panel.widget

    def plugin_on_song_started(self, song):
        if song is None:
            self._panel.follow("")
            self._segue.tell(PlaybackStatus=_text("Stopped"), ended=_text(self._ended and "replaced"))
            self._ended = None
            return
        self._number += 1
        uri, artist, title, album = song("~uri"), song("artist"), song("title"), song("album")
        told = metadata(self._number, uri, title, artist, album, int(song("~#length") * 1_000))
        self._segue.tell(ended=_text(self._ended), Metadata=told, **self._now(0))
        self._ended = None
        self._panel.follow(uri, artist, title)

    def plugin_on_song_ended(self, song, stopped):
        if song is not None:
            self._ended = "skipped" if stopped else "finished"

    def plugin_on_paused(self):
        self._segue.tell(**self._now())

    def plugin_on_unpaused(self):
        self._segue.tell(**self._now())

    def plugin_on_seek(self, _song, msec):
        self._segue.tell(**self._now(msec))

    def _tick(self):
        if app.player.info is not None and not app.player.paused:
            self._segue.tell(**self._now())
        return GLib.SOURCE_CONTINUE

    @staticmethod
    def _now(position_ms=None):
        position_ms = app.player.get_position() if position_ms is None else position_ms
        status = "Paused" if app.player.paused else "Playing"
        return {"PlaybackStatus": _text(status), "Position": GLib.Variant("x", int(position_ms * 1_000))}

    @staticmethod
    def _play(uri):
        app.window.open_file(uri2fsn(uri))


def _text(value):
    return GLib.Variant("s", value) if value else None
