"""Other players of the desktop, real ones, with Segue's plug-in in them: started, played, clicked."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.companion.launch import command
from app.qt.recommender_interface import NAME, PATH
from tests.desktop.real_window import Place, until

_ROOM = (1200, 760)
_OURS = ("DISPLAY", "HOME", "SEGUE_HOME", "PULSE_SERVER", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM")
_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


class Listener:
    """A home of its own, with music, a window manager, and a player that has the plug-in."""

    def __init__(self, place: Place, home: Path, player: str) -> None:
        self.place, self.home, self.player = place, home, player
        environment = place.environment
        for name in _XDG:
            environment.pop(name, None)
        # Settings in a file, and no accessibility bus, which this desktop does not have.
        environment |= {"HOME": str(home), "GSETTINGS_BACKEND": "keyfile", "NO_AT_BRIDGE": "1", "GTK_A11Y": "none"}
        told = {name: environment[name] for name in _OURS if name in environment}
        daemon = "org.freedesktop.DBus"
        arguments = ["-d", daemon, "-o", "/org/freedesktop/DBus", "-m", f"{daemon}.UpdateActivationEnvironment"]
        place.run("gdbus", "call", "--session", *arguments, str(told))

    @contextmanager
    def player_open(self, music: Path) -> Iterator[None]:
        """The player with the plug-in on, its window at a known place."""
        player = self._quodlibet(music) if self.player == "quodlibet" else self._rhythmbox()
        environment = self.place.environment
        with ExitStack() as running, (self.home / "player.log").open("wb") as log:
            for words in (["openbox"], player):
                program = subprocess.Popen(words, env=environment, stdout=log, stderr=log)
                running.callback(program.wait, 20)
                running.callback(program.terminate)
            yield

    def _quodlibet(self, music: Path) -> list[str]:
        folder = self.home / ".config" / "quodlibet"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config").write_text(f"[plugins]\nactive_plugins = segue\n[settings]\nscan = {music}\n")
        return ["quodlibet"]

    def _rhythmbox(self) -> list[str]:
        schema = ["gsettings", "set", "org.gnome.rhythmbox.plugins"]
        self.place.run(*schema, "active-plugins", "['rb', 'segue']")
        return ["rhythmbox"]

    def play(self, file: Path) -> None:
        """Has it play a file."""
        if self.player == "quodlibet":  # as the companion sends a track there
            self.place.run(*map(os.fsdecode, command("", "quodlibet", os.fsencode(file))))
        else:
            self.place.run("rhythmbox-client", "--play-uri", file.as_uri())

    def place_window(self) -> None:
        """Puts its window where clicks find it, until it stays there."""
        width, height = _ROOM
        find = f"xdotool search --onlyvisible --class {self.player}"
        put = f"xdotool windowmove $w 0 0 windowsize $w {width} {height}; xdotool getwindowgeometry $w"

        def is_there() -> bool:
            return f"Geometry: {width}x{height}" in self.place.run("sh", "-c", f"for w in $({find}); do {put}; done")

        until(is_there, 20)
        until(is_there, 20)  # a window that was just opened is placed once more by the window manager

    def sees(self, title: str) -> bool:
        """Whether a window with this title is on the screen."""
        return bool(self.place.run("sh", "-c", f"xdotool search --onlyvisible --name '{title}' || true"))

    def click(self, *words: str) -> None:
        """The mouse on the first suggestions, at the right side of the window."""
        self.place.run("xdotool", "mousemove", str(_ROOM[0] - 150), str(_ROOM[1] // 2 + 40), *words)

    def ask(self, member: str, *words: str, interface: str = NAME) -> str:
        """What Segue answers on the bus."""
        method = ["-m", f"{interface}.{member}", *words]
        return self.place.run("gdbus", "call", "--session", "-d", NAME, "-o", PATH, *method)

    def following(self) -> str:
        """The players that are followed, as the bus prints them."""
        return self.ask("Get", NAME, "Following", interface="org.freedesktop.DBus.Properties")

    def there(self, name: str) -> bool:
        """Whether somebody has a name on the bus."""
        daemon = "org.freedesktop.DBus"
        method = ["-m", f"{daemon}.NameHasOwner", name]
        return "true" in self.place.run("gdbus", "call", "--session", "-d", daemon, "-o", "/", *method)

    def companion(self) -> int:
        """The process of the companion that the bus started."""
        daemon = "org.freedesktop.DBus"
        method = ["-m", f"{daemon}.GetConnectionUnixProcessID", NAME]
        told = self.place.run("gdbus", "call", "--session", "-d", daemon, "-o", "/", *method)
        return int("".join(filter(str.isdigit, told.replace("uint32", ""))))

    def end_companion(self) -> None:
        """Ends it, as a desktop does."""
        os.kill(self.companion(), signal.SIGTERM)
        until(lambda: not self.there(NAME), 20)
