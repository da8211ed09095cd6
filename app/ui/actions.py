"""Every action of the window, once: its words, its keys, its icon."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.domain.words import mark, say
from app.ui import icons
from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Spec:
    """What is known of an action before there is a window."""

    name: str
    group: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    media: tuple[str, ...] = ()
    """Keys with a sign of their own, which the list of shortcuts need not name."""


SPECS: Final = (
    Spec(
        "toggle", mark("Playback"), mark("Play or pause"), ("Space",), "play", ("Media Play", "Toggle Media Play/Pause")
    ),
    Spec("next", mark("Playback"), mark("Next track"), ("Ctrl+Right",), "next", ("Media Next",)),
    Spec("previous", mark("Playback"), mark("Previous track"), ("Ctrl+Left",), "previous", ("Media Previous",)),
    Spec("pause", mark("Playback"), mark("Pause"), (), "pause", ("Media Pause",)),
    Spec("stop", mark("Playback"), mark("Stop"), (), "", ("Media Stop",)),
    Spec("forward", mark("Playback"), mark("Forward 5 seconds"), ("Shift+Right",), "seek"),
    Spec("backward", mark("Playback"), mark("Back 5 seconds"), ("Shift+Left",), "seek"),
    Spec("louder", mark("Playback"), mark("Louder"), ("Ctrl+Up",), "volume"),
    Spec("quieter", mark("Playback"), mark("Quieter"), ("Ctrl+Down",), "volume"),
    Spec("mute", mark("Playback"), mark("Mute"), ("Ctrl+M",), "muted"),
    Spec("shuffle", mark("Playback"), mark("Shuffle"), ("Ctrl+S",), "shuffle"),
    Spec("repeat", mark("Playback"), mark("Repeat: off, all, one"), ("Ctrl+R",), "repeat"),
    Spec("autoplay", mark("Playback"), mark("Autoplay: play on behind the queue"), ("Ctrl+E",), "autoplay"),
    Spec("faster", mark("Playback"), mark("Faster"), ("Ctrl+]",)),
    Spec("slower", mark("Playback"), mark("Slower"), ("Ctrl+[",)),
    Spec("normal_speed", mark("Playback"), mark("Normal speed"), ("Ctrl+\\",)),
    Spec("love", mark("Library"), mark("Love what is chosen, or what plays"), ("Ctrl+D",), "love"),
    Spec("groups", mark("Library"), mark("Group tables of tracks by album"), ("Ctrl+G",), "groups"),
    Spec("undo", mark("Library"), mark("Undo what was done last"), ("Ctrl+Z",), "undo"),
    Spec("search", mark("Go to"), mark("Search"), ("Ctrl+F",), "search"),
    Spec("back", mark("Go to"), mark("Back"), ("Alt+Left",), "back"),
    Spec("onward", mark("Go to"), mark("Forward"), ("Alt+Right",), "onward"),
    Spec("home", mark("Go to"), mark("For you"), ("Ctrl+1",), "home"),
    Spec("albums", mark("Go to"), mark("Albums"), ("Ctrl+2",), "albums"),
    Spec("artists", mark("Go to"), mark("Artists"), ("Ctrl+3",), "artists"),
    Spec("tracks", mark("Go to"), mark("Tracks"), ("Ctrl+4",), "tracks"),
    Spec("genres", mark("Go to"), mark("Genres"), ("Ctrl+5",), "genres"),
    Spec("playlists", mark("Go to"), mark("Playlists"), ("Ctrl+6",), "playlists"),
    Spec("history", mark("Go to"), mark("History"), ("Ctrl+7",), "history"),
    Spec("statistics", mark("Go to"), mark("Statistics"), ("Ctrl+8",), "statistics"),
    Spec("panel", mark("Go to"), mark("Show or hide the right panel"), ("Ctrl+P",), "panel"),
    Spec("queue", mark("Go to"), mark("Queue"), ("Ctrl+U",), "queue"),
    Spec("lyrics", mark("Go to"), mark("Lyrics"), ("Ctrl+Y",), "lyrics"),
    Spec("suggestions", mark("Go to"), mark("You may like"), ("Ctrl+L",), "panel"),
    Spec("grade", mark("Go to"), mark("How good are the suggestions?"), (), "suggestions"),
    Spec("add_folder", mark("Library"), mark("Add a music folder…"), ("Ctrl+O",), "folder-add"),
    Spec("rescan", mark("Library"), mark("Look for changes"), ("F5",), "refresh"),
    Spec("report", mark("Library"), mark("Files that could not be read…"), (), "trouble"),
    Spec("settings", "Segue", mark("Settings…"), ("Ctrl+,",), "settings"),
    Spec("companion", "Segue", mark("Segue Companion"), (), "window"),
    Spec("zoom_in", "Segue", mark("Larger text and rows"), ("Ctrl++", "Ctrl+="), "zoom-in"),
    Spec("zoom_out", "Segue", mark("Smaller text and rows"), ("Ctrl+-",), "zoom-out"),
    Spec("zoom_reset", "Segue", mark("Text and rows as the system has them"), ("Ctrl+0",)),
    Spec("shortcuts", "Segue", mark("Keyboard shortcuts"), ("?", "Ctrl+/"), "keyboard"),
    Spec("about", "Segue", mark("About Segue"), (), "about"),
    Spec("quit", "Segue", mark("Quit"), ("Ctrl+Q",), "quit"),
)
IN_LISTS: Final = (
    (mark("Play"), mark("Enter")),
    (mark("Why? (in You may like)"), "I"),
    (mark("Love, not now, less like this, never (in You may like)"), mark("L, N, −, Delete")),
    (mark("Give stars (in tables of tracks)"), mark("0 to 5")),
    (mark("Details and tags (in tables of tracks)"), mark("Alt+Enter")),
    (mark("Menu of the row"), mark("Menu or Shift+F10")),
    (mark("Remove (in Queue)"), mark("Delete")),
    (mark("Move (in Queue)"), mark("Alt+Up or Alt+Down")),
    (mark("Remove, move (in Autoplay)"), mark("Delete, Alt+Up or Alt+Down")),
    (mark("Go to that moment (in Lyrics)"), mark("Enter")),
    (mark("Redo (in Queue)"), "Ctrl+Shift+Z"),
    (mark("Seek 5 s, with Shift 30 s (on the bar)"), mark("Left, Right")),
)
"""Keys that belong to one widget, listed with the others."""


class Actions(QObject):
    """The actions as Qt knows them, by name: ``actions["next"]``."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._made: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(say(spec.words), window)
            action.setShortcuts([QKeySequence(key) for key in (*spec.keys, *spec.media)])
            action.setObjectName(spec.name)
            self._made[spec.name] = action
            window.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def keys(self, name: str) -> str:
        """The first shortcut, as people write it."""
        return self._made[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def dress(self) -> None:
        """Gives the actions their icons; late, because menus alone need them."""
        for spec in SPECS:
            if spec.icon:
                self._made[spec.name].setIcon(icons.icon(spec.icon, self._theme.palette))
