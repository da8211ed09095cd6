"""A desktop that a program in another root reaches by sockets: a screen whose picture can be had, a bus, sound."""

import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.desktop.real_window import a_screen
from tests.package.root import SHARED
from tests.sound.pulse import a_server

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
</policy></busconfig>"""
_RATE = 48_000
_HEAD = struct.Struct(">25I")


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a session has."""

    inside: dict[str, str]
    """The variables that lead a program in the root to it."""
    outside: dict[str, str]
    """Those for the tests' own programs."""
    framebuffer: Path

    def ask(self, *command: str) -> str:
        """What a program of this machine says; nothing where it fails."""
        done = subprocess.run(command, env=self.outside, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    def picture(self) -> np.ndarray:
        """What is on the screen, uint32 (height, width): one number a pixel."""
        raw = self.framebuffer.read_bytes()
        head = _HEAD.unpack_from(raw)
        size, width, height, line_bytes, n_colours = head[0], head[4], head[5], head[12], head[19]
        pixels = np.frombuffer(raw, "<u4", offset=size + n_colours * 12, count=height * line_bytes // 4)
        return pixels.reshape(height, -1)[:, :width]

    def n_colours(self, every: int = 1) -> int:
        """How many colours are on the screen, or in every so many lines and columns of it: one while nothing is."""
        return len(np.unique(self.picture()[::every, ::every]))


@contextmanager
def a_desktop(shared: Path) -> Iterator[Desktop]:
    """Starts all of it below a folder that the root sees as :data:`SHARED`."""
    for name in ("sound", "bus", "screen"):
        (shared / name).mkdir(exist_ok=True)
        (shared / name).chmod(0o755)
    # The screen keeps its picture in a file, and takes whoever reaches its socket, which has no path: any root may.
    screen = a_screen("-fbdir", str(shared / "screen"), "-ac")
    with screen as display, a_bus(shared / "bus"), a_server(shared / "sound", _RATE) as outside:
        inside = {
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={SHARED}/bus/socket",
            "PULSE_SERVER": f"unix:{SHARED}/sound/pulse.sock",
        }
        own = outside | {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={shared}/bus/socket"}
        yield Desktop(inside, own, shared / "screen" / "Xvfb_screen0")


@contextmanager
def a_bus(folder: Path) -> Iterator[None]:
    """A session bus that every user may join."""
    configuration = folder / "bus.conf"
    configuration.write_text(_BUS.format(socket=folder / "socket"))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            assert daemon.stdout is not None
            assert daemon.stdout.readline().startswith("unix:")
            yield
        finally:
            daemon.terminate()
            daemon.wait(10)
