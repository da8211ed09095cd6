"""A PulseAudio of our own with a null sink, a recorder of what it plays, and the comparison with the source."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve

from tests.playback.sounds import Sound

_BYTES = 8
_SINK = "sink_name=segue rate={rate} format=float32le channels=2"


@contextmanager
def a_server(folder: Path, rate: int) -> Iterator[dict[str, str]]:
    """Starts the server below ``folder``; gives the environment of its clients."""
    socket = folder / "pulse.sock"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [
        *("pulseaudio", "-n", "--system=no", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
        *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
        *("-L", f"module-null-sink {_SINK.format(rate=rate)}"),
    ]
    own = {name: value for name, value in environment.items() if name != "PULSE_SERVER"}
    log = folder / "pulse.log"
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=own, stderr=said, start_new_session=True)
    try:
        up = ["timeout", "10", "sh", "-c", "until pactl info >/dev/null 2>&1; do sleep 0.1; done"]
        answers = subprocess.run(up, env=environment, check=False).returncode == 0
        assert answers, f"no sound server: {log.read_text(errors='replace')[-2_000:]}"
        _as_on_a_desktop(server.pid)
        yield environment
    finally:
        server.terminate()
        server.wait(10)


def _as_on_a_desktop(server: int) -> None:
    """What RealtimeKit gives a sound server there, where we may: the thread of its sink comes first, the rest next.

    It has a session of its own, and Linux shares the cores among sessions before it looks at nice levels.
    """
    with suppress(OSError):
        Path(f"/proc/{server}/autogroup").write_text("-11")
        for thread in Path(f"/proc/{server}/task").iterdir():
            if (thread / "comm").read_text().strip() == "null-sink":
                os.sched_setscheduler(int(thread.name), os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(5))


@contextmanager
def a_recorder(environment: dict[str, str], out: Path, rate: int) -> Iterator[None]:
    """Records what the sink plays."""
    command = ["parec", "-d", "segue.monitor", "--raw", "--format=float32le", f"--rate={rate}", "--channels=2"]
    with out.open("wb") as file:
        recorder = subprocess.Popen([*command, "--latency-msec=20"], env=environment, stdout=file)
        try:
            until = f"until [ $(stat -c %s '{out}') -gt 10000 ]; do sleep 0.05; done"
            subprocess.run(["timeout", "10", "sh", "-c", until], check=True)
            yield
        finally:
            recorder.terminate()
            recorder.wait(10)


def recorded(path: Path) -> Sound:
    """The recording, shape (frames, 2)."""
    data = path.read_bytes()
    return np.frombuffer(data[: len(data) // _BYTES * _BYTES], dtype="<f4").reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was heard against what should have been."""

    correlation: float
    level: float
    """Root mean square heard over that in the source."""
    silences: int
    """Stretches of 1 ms and more of digital silence inside the music: drop-outs."""
    drift: list[int]
    """For each stretch of half a second: by how many samples it comes late (inserted) or early (lost)."""
    exact: bool
    """Every sample the same."""


def compare(source: Sound, heard: Sound, rate: int) -> Comparison:
    """Aligns by cross-correlation, then compares as a whole and in stretches. Cost: O(n log n)."""
    start = _offset(source[: 2 * rate, 0], heard[:, 0])
    aligned = np.zeros_like(source)
    piece = heard[start : start + len(source)]
    aligned[: len(piece)] = piece
    one, two = source.ravel().astype(np.float64), aligned.ravel().astype(np.float64)
    norms = float(np.linalg.norm(one) * np.linalg.norm(two))
    return Comparison(
        correlation=float(one @ two) / norms if norms else 0.0,
        level=float(np.linalg.norm(two) / np.linalg.norm(one)),
        silences=_silences(aligned, rate) - _silences(source, rate),
        drift=_drift(source, heard, start, rate),
        exact=bool(np.array_equal(source, aligned)),
    )


def _offset(pattern: Sound, signal: Sound) -> int:
    return int(np.argmax(fftconvolve(signal, pattern[::-1], "valid")))


def _drift(source: Sound, heard: Sound, start: int, rate: int) -> list[int]:
    reach, length = rate // 10, rate // 2
    found = []
    for at in range(reach, len(source) - length - reach, length):
        around = heard[start + at - reach : start + at + length + reach, 0]
        if len(around) < length + reach or not np.any(source[at : at + length]):
            continue
        found.append(_offset(source[at : at + length, 0], around) - reach)
    return found


def _silences(sound: Sound, rate: int) -> int:
    quiet = np.concatenate([[0], (~np.any(sound, axis=1)).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(quiet))
    return int(np.count_nonzero(edges[1::2] - edges[::2] >= rate // 1000))
