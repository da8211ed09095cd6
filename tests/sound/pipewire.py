"""A PipeWire of our own with a null sink: what today's desktops have in place of PulseAudio."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PROGRAMS = ("pipewire", "wireplumber", "pipewire-pulse")
_SINK = "sink_name=segue rate={rate} format=float32le channels=2"
_CLOCK = """context.properties = {{ default.clock.rate = {rate} default.clock.allowed-rates = [ {rate} ] }}
context.modules = []
"""


@contextmanager
def a_pipewire(folder: Path, rate: int) -> Iterator[dict[str, str]]:
    """Starts the server, its session manager and its stand-in for PulseAudio; gives the environment of its clients."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PULSE_SERVER": f"unix:{folder / 'pulse' / 'native'}",
        "QT_QPA_PLATFORM": "offscreen",
    }
    clock = folder / "config" / "pipewire" / "pipewire.conf.d" / "clock.conf"
    clock.parent.mkdir(parents=True)
    clock.write_text(_CLOCK.format(rate=rate))
    with ExitStack() as running:
        log = running.enter_context((folder / "pipewire.log").open("wb"))
        bus = f"unix:path={folder / 'bus'}"
        dbus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", f"--address={bus}"], stderr=log)
        running.callback(_ended, dbus)
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        for program in _PROGRAMS:
            own = {name: value for name, value in environment.items() if name != "PULSE_SERVER"}
            running.callback(_ended, subprocess.Popen([program], env=own, stdout=log, stderr=log))
        _sink(environment, rate, folder / "pipewire.log")
        yield environment


def _sink(environment: dict[str, str], rate: int, log: Path) -> None:
    up = ["timeout", "20", "sh", "-c", "until pactl info >/dev/null 2>&1; do sleep 0.1; done"]
    answers = subprocess.run(up, env=environment, check=False).returncode == 0
    assert answers, f"no sound server: {log.read_text(errors='replace')[-2_000:]}"
    module = ["pactl", "load-module", "module-null-sink", *_SINK.format(rate=rate).split()]
    subprocess.run(module, env=environment, check=True, stdout=subprocess.DEVNULL)
    # The session manager, which keeps the default, may still be starting.
    default = ["timeout", "20", "sh", "-c", "until pactl set-default-sink segue 2>/dev/null; do sleep 0.1; done"]
    subprocess.run(default, env=environment, check=True)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)
