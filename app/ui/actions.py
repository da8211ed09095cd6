"""Every action of the window, once: its words, its keys, its icon."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

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
    Spec("toggle", "Playback", "Play or pause", ("Space",), "play", ("Media Play", "Toggle Media Play/Pause")),
    Spec("next", "Playback", "Next track", ("Ctrl+Right",), "next", ("Media Next",)),
    Spec("previous", "Playback", "Previous track", ("Ctrl+Left",), "previous", ("Media Previous",)),
    Spec("pause", "Playback", "Pause", (), "pause", ("Media Pause",)),
    Spec("stop", "Playback", "Stop", (), "", ("Media Stop",)),
    Spec("forward", "Playback", "Forward 5 seconds", ("Shift+Right",), "seek"),
    Spec("backward", "Playback", "Back 5 seconds", ("Shift+Left",), "seek"),
    Spec("louder", "Playback", "Louder", ("Ctrl+Up",), "volume"),
    Spec("quieter", "Playback", "Quieter", ("Ctrl+Down",), "volume"),
    Spec("mute", "Playback", "Mute", ("Ctrl+M",), "muted"),
    Spec("shuffle", "Playback", "Shuffle", ("Ctrl+S",), "shuffle"),
    Spec("repeat", "Playback", "Repeat: off, all, one", ("Ctrl+R",), "repeat"),
    Spec("autoplay", "Playback", "Autoplay: play on behind the queue", ("Ctrl+E",), "autoplay"),
    Spec("faster", "Playback", "Faster", ("Ctrl+]",)),
    Spec("slower", "Playback", "Slower", ("Ctrl+[",)),
    Spec("normal_speed", "Playback", "Normal speed", ("Ctrl+\\",)),
    Spec("search", "Go to", "Search", ("Ctrl+F",), "search"),
    Spec("back", "Go to", "Back", ("Alt+Left",), "back"),
    Spec("home", "Go to", "For you", ("Ctrl+1",), "home"),
    Spec("albums", "Go to", "Albums", ("Ctrl+2",), "albums"),
    Spec("artists", "Go to", "Artists", ("Ctrl+3",), "artists"),
    Spec("tracks", "Go to", "Tracks", ("Ctrl+4",), "tracks"),
    Spec("genres", "Go to", "Genres", ("Ctrl+5",), "genres"),
    Spec("playlists", "Go to", "Playlists", ("Ctrl+6",), "playlists"),
    Spec("history", "Go to", "History", ("Ctrl+7",), "history"),
    Spec("statistics", "Go to", "Statistics", ("Ctrl+8",), "statistics"),
    Spec("panel", "Go to", "Show or hide the right panel", ("Ctrl+P",), "panel"),
    Spec("queue", "Go to", "Queue", ("Ctrl+U",), "queue"),
    Spec("lyrics", "Go to", "Lyrics", ("Ctrl+Y",), "lyrics"),
    Spec("suggestions", "Go to", "You may like", ("Ctrl+L",), "panel"),
    Spec("grade", "Go to", "How good are the suggestions?", (), "suggestions"),
    Spec("add_folder", "Library", "Add a music folder…", ("Ctrl+O",), "folder-add"),
    Spec("rescan", "Library", "Look for changes", ("F5",), "refresh"),
    Spec("report", "Library", "Files that could not be read…", (), "trouble"),
    Spec("settings", "Segue", "Settings…", ("Ctrl+,",), "settings"),
    Spec("shortcuts", "Segue", "Keyboard shortcuts", ("?", "Ctrl+/"), "keyboard"),
    Spec("about", "Segue", "About Segue", (), "about"),
    Spec("quit", "Segue", "Quit", ("Ctrl+Q",), "quit"),
)
IN_LISTS: Final = (
    ("Play", "Enter"),
    ("Why? (in You may like)", "I"),
    ("Love, not now, less like this, never (in You may like)", "L, N, \u2212, Delete"),
    ("Give stars (in tables of tracks)", "0 to 5"),
    ("Menu of the row", "Menu or Shift+F10"),
    ("Remove (in Queue)", "Delete"),
    ("Move (in Queue)", "Alt+Up or Alt+Down"),
    ("Remove, move (in Autoplay)", "Delete, Alt+Up or Alt+Down"),
    ("Go to that moment (in Lyrics)", "Enter"),
    ("Undo, redo (in Queue)", "Ctrl+Z, Ctrl+Shift+Z"),
    ("Seek 5 s, with Shift 30 s (on the bar)", "Left, Right"),
)
"""Keys that belong to one widget, listed with the others."""


class Actions(QObject):
    """The actions as Qt knows them, by name: ``actions["next"]``."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._made: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(spec.words, window)
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
