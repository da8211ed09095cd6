"""The real program in a process of its own: a screen, a session bus and a sound server that nobody else has."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config.paths import default_paths
from app.config.running import Request, address, forward
from tests.desktop.bus import a_bus
from tests.sound.pulse import a_server

ROOT = Path(__file__).resolve().parents[2]
RATE = 48_000


@contextmanager
def a_screen(*options: str) -> Iterator[str]:
    """Starts an X server on a display that is free; gives its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp", *options]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program runs."""

    environment: dict[str, str]
    home: Path
    program_words: tuple[str, ...] = (sys.executable, "-m", "app")
    """What starts the program: this source, or one that was built of it."""

    def segue(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """A start of the program, to its end."""
        command = [*self.program_words, *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def run(self, *command: str) -> str:
        """What another program prints."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30, check=True)
        return done.stdout.strip()

    @contextmanager
    def program(self, module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Another program of the tests, while it is needed."""
        command = [sys.executable, "-m", module, *words]
        with subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE) as started:
            try:
                yield started
            finally:
                started.terminate()

    def begin(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """A start of the program that is not waited for."""
        command = [*self.program_words, *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    @contextmanager
    def window(self, *words: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        """The window, from when it answers."""
        started = self.begin(*words)
        try:
            until(lambda: forward(address(default_paths(self.home).runtime), Request("raise")), 60)
            yield started
        finally:
            started.terminate()
            started.wait(30)


@contextmanager
def a_place(folder: Path, services: Path | None = None) -> Iterator[Place]:
    """Everything the program wants of a desktop, below a folder with a short name; ``services`` as for the bus."""
    for name in ("bus", "sound", "home"):
        (folder / name).mkdir()
    # Else it begins anew with the end of its last client, and is deaf meanwhile: no desktop does that.
    with (
        a_screen("-noreset") as display,
        a_bus(folder / "bus", services),
        a_server(folder / "sound", RATE) as environment,
    ):
        own = {
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'bus' / 'bus'}",
            "SEGUE_HOME": str(folder / "home"),
            "QT_QPA_PLATFORM": "xcb",
        }
        yield Place(environment | own, folder / "home")


def until(true: object, seconds: float) -> None:
    """Asks again and again.

    Raises:
        TimeoutError: it did not become true.
    """
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)
