"""Players that others wrote, as a listener has them: real programs on a screen, a bus and a sound server of ours."""

import os
import shutil
import subprocess
import sys
import threading
import time
from asyncio import new_event_loop, run_coroutine_threadsafe
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from tests.desktop.bus import PATH, PLAYER, PROPERTIES
from tests.desktop.real_window import ROOT, Place, until

PATIENCE_S = 40.0
_MPV_MPRIS = "/usr/lib/mpv-mpris/mpris.so"


class Remote:
    """Steers a player over its bus, from any thread."""

    def __init__(self, address: str, name: str) -> None:
        self._address, self._name = address, f"org.mpris.MediaPlayer2.{name}"
        self._loop = new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._bus: MessageBus | None = None

    def __enter__(self) -> "Remote":
        self._thread.start()
        try:
            self._bus = self._run(self._connected())
            until(self._is_there, PATIENCE_S)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._bus is not None:
            self._run(self._left())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def call(self, member: str, signature: str = "", *body: Any) -> None:
        """A method of the player."""
        self._send(PLAYER, member, signature, *body)

    def get(self, name: str) -> Any:
        """A property; ``None`` where it is not to be had."""
        answer = self._send(PROPERTIES, "Get", "ss", PLAYER, name)
        return answer.body[0].value if answer.message_type is MessageType.METHOD_RETURN else None

    @property
    def title(self) -> str:
        """Of what it plays."""
        found = (self.get("Metadata") or {}).get("xesam:title")
        return str(found.value) if found is not None else ""

    @property
    def at(self) -> float:
        """Where it is, in seconds."""
        return float(self.get("Position") or 0) / 1e6

    @property
    def playing(self) -> bool:
        """It says so."""
        return self.get("PlaybackStatus") == "Playing"

    async def _connected(self) -> MessageBus:
        return await MessageBus(self._address).connect()

    async def _left(self) -> None:
        assert self._bus is not None
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()

    def _is_there(self) -> bool:
        return self.get("PlaybackStatus") is not None

    def _send(self, interface: str, member: str, signature: str, *body: Any) -> Message:
        assert self._bus is not None
        call = Message(self._name, PATH, interface, member, signature=signature, body=list(body))
        answer = self._run(self._bus.call(call))
        assert isinstance(answer, Message)
        return answer

    def _run(self, work: Any) -> Any:
        return run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)


@contextmanager
def following(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """The companion, from before the players to after them."""
    command = [sys.executable, "-m", "app", "companion", "--headless"]
    with subprocess.Popen(command, cwd=ROOT, env=place.environment) as companion:
        try:
            until(lambda: (place.home / "data/segue.db").exists(), PATIENCE_S)
            yield companion
        finally:
            companion.terminate()
            companion.wait(30)


@contextmanager
def an_ear(place: Place) -> Iterator[None]:
    """Somebody who hears what the sound server plays, at once.

    Without one its sink takes two seconds at a time, and players are as late with where they are.
    """
    command = ["parec", "-d", "segue.monitor", "--raw", "--latency-msec=20"]
    with subprocess.Popen(command, env=place.environment, stdout=subprocess.DEVNULL) as ear:
        try:
            yield
        finally:
            ear.terminate()


@contextmanager
def a_player(place: Place, name: str, files: Sequence[Path], command: Sequence[str]) -> Iterator[Remote]:
    """A program that is started with files, from when it can be steered to its end."""
    home = place.home.parent / f"home-of-{name}"
    home.mkdir(exist_ok=True)
    assert shutil.which(command[0]), f"this proof needs the Debian package of {command[0]}"
    environment = place.environment | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    environment["GSETTINGS_BACKEND"] = "memory"
    environment |= {"TMPDIR": str(home)}  # Strawberry looks there for another one that is open
    environment |= {"XDG_DATA_HOME": str(home / ".local/share"), "XDG_CACHE_HOME": str(home / ".cache")}
    quiet = subprocess.DEVNULL
    started = subprocess.Popen([*command, *map(str, files)], env=environment, stdout=quiet, stderr=quiet)
    try:
        with Remote(environment["DBUS_SESSION_BUS_ADDRESS"], name) as remote:
            yield remote
    finally:
        started.terminate()
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait(10)


def strawberry(place: Place, files: Sequence[Path]) -> Any:
    """Strawberry."""
    return a_player(place, "strawberry", files, ["strawberry"])


def mpv(place: Place, files: Sequence[Path]) -> Any:
    """mpv with mpv-mpris, which Debian loads by itself."""
    assert os.path.exists(_MPV_MPRIS), "this proof needs the Debian package mpv-mpris"
    return a_player(place, "mpv", files, ["mpv", "--no-video", "--ao=pulse"])


def rhythmbox(place: Place, files: Sequence[Path]) -> Any:
    """Rhythmbox, with the settings it comes with."""
    return a_player(place, "rhythmbox", files, ["rhythmbox"])


def vlc(place: Place, files: Sequence[Path]) -> Any:
    """VLC without a window. It refuses to be run by root, and is run by nobody then."""
    who: list[str] = []
    if os.getuid() == 0:
        who = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        for path in (place.home.parent, *place.home.parent.parents, files[0].parent, *files[0].parent.parents):
            if path.stat().st_mode & 0o005 != 0o005:
                path.chmod(path.stat().st_mode | 0o055)
        home = place.home.parent / "home-of-vlc"
        home.mkdir()
        shutil.chown(home, "nobody")
        (place.home.parent / "sound").chmod(0o755)
        (place.home.parent / "bus").chmod(0o755)
    return a_player(place, "vlc", files, [*who, "vlc", "--intf", "dummy", "--control", "dbus", "--aout", "pulse"])


def sleep(seconds: float) -> None:
    """Lets the others go on."""
    time.sleep(seconds)


def wait_for(true: Callable[[], object], seconds: float = PATIENCE_S) -> None:
    """Looks ten times a second: what is looked at is another program."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
