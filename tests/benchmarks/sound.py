"""The sound as it is heard: recorded from a PulseAudio of our own while everything else is busy.

``python -m tests.benchmarks sound --minutes 30`` plays an album, cut at odd samples out of one piece, for so long.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.benchmarks.measure import Measurement
from tests.helpers.music import a_music_folder
from tests.playback.sounds import RATE, Sound, music, write
from tests.sound.heard import begin_after, dip_after, end_after, tone
from tests.sound.machine import watched
from tests.sound.pulse import a_recorder, a_server, recorded
from tests.sound.walk import Walk, frames_of, walk

ROOT = Path(__file__).resolve().parents[2]
_PIECE_S = 60.0
_A_TRACK_S = 25.0
_SHORTEST = RATE * 2 // 5
"""So many frames lie between two acts at least, or nothing can be told of the first."""
_RECORDER_MS = 20
"""The recording is so much late itself."""


def measure(*, quick: bool, minutes: float = 0.0) -> Iterator[Measurement]:
    """Holes and losses under load, the wait from a command to what is heard, the cost of playing."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _under_load(Path(folder), minutes * 60 or (10.0 if quick else 60.0), quick=quick)
    with tempfile.TemporaryDirectory() as folder:
        yield from _waits(Path(folder), 2 if quick else 8)
    with tempfile.TemporaryDirectory() as folder:
        yield from _cost(Path(folder), 4 if quick else 20)


def _under_load(folder: Path, seconds: float, *, quick: bool) -> Iterator[Measurement]:
    source, files = an_album(folder, seconds)
    library = a_music_folder(folder / "library", 2 if quick else 60, 5, 10, seconds=0.2)
    heard, said = played_under_load(folder, library, files)
    found = walk(source, heard, RATE)
    busy = (
        f"{said['scans']} scans of {3_000 if not quick else 100:,} files, {said['repaints']:,} repaints, "
        f"two fits; the window stood still for up to {said['stall_ms']} ms; load {os.getloadavg()[0]:.1f}"
    )
    yield Measurement("sound: music played under load", found.compared / RATE / 60, "min", busy)
    yield Measurement("sound: drop-outs", found.count("silence"), "", f"promised: none. {said['device']}")
    yield Measurement("sound: silent in them", found.frames("silence") * 1000 / RATE, "ms", _when(found, said))
    machine = said["machine"]
    times = ", ".join(f"{ms} ms at {at_s - said['began_s']:.0f} s" for at_s, ms in machine["late"][:9])
    whose = "no program at all could run" if machine["first"] else "a program without precedence could not run"
    yield Measurement(
        "sound: the machine itself stood still", machine["longest_ms"], "ms", f"{whose}; {times or 'fine'}"
    )
    yield Measurement("sound: frames lost", found.frames("lost"), "", "promised: none")
    yield Measurement("sound: frames that came twice", found.frames("added"), "", "promised: none")
    yield Measurement("sound: frames changed", found.count("changed"), "", "promised: none")


def _when(found: Walk, said: dict[str, Any]) -> str:
    """When the drop-outs were, in seconds since the start, three of which pass before the music."""
    return ", ".join(f"at {each.at / RATE + 3:.0f} s" for each in found.breaks if each.kind == "silence")


def an_album(folder: Path, seconds: float) -> tuple[Sound, list[Path]]:
    """One piece of music on the disk, and the files it was cut into at odd samples."""
    frames, raw = int(seconds * RATE), folder / "source.raw"
    with raw.open("wb") as out:
        for number in range(-(-frames // int(_PIECE_S * RATE))):
            left = seconds - number * _PIECE_S
            out.write(music(min(_PIECE_S, left), seed=number + 1).astype("<f4").tobytes())
    source = frames_of(raw)
    rng = np.random.default_rng(1)
    cuts = np.arange(1, max(int(seconds / _A_TRACK_S), 2)) * (len(source) // max(int(seconds / _A_TRACK_S), 2))
    odd = [0, *(int(cut) + int(rng.integers(-RATE, RATE)) for cut in cuts), len(source)]
    pieces = enumerate(pairwise(odd))
    return source, [write(folder / f"{n:03}.flac", np.asarray(source[begin:end])) for n, (begin, end) in pieces]


def played_under_load(folder: Path, library: Path, files: list[Path]) -> tuple[Sound, dict[str, Any]]:
    """The recording, and what the session says of itself."""
    out = folder / "heard.raw"
    machine: dict[str, Any] = {}
    with a_server(folder, RATE) as environment, watched(machine), a_recorder(environment, out, RATE):
        began_s = time.time()
        run = ["tests.sound.under_load", str(folder / "home"), str(library), "1", *map(str, files)]
        said = _said(run, environment)
    return frames_of(out), said | {"machine": machine, "began_s": began_s}


def _waits(folder: Path, times: int) -> Iterator[Measurement]:
    file, out = write(folder / "tone.flac", tone(30.0)), folder / "heard.raw"
    acts: list[list[Any]] = []
    for turn in range(times):
        at = 3.0 * turn + 1.0
        acts += [[at, "pause"], [at + 0.6, "play"], [at + 1.2, "seek", 9_000], [at + 1.8, "stop"], [at + 2.4, "play"]]
    acts.append([3.0 * times + 1.5, "end"])
    with a_server(folder, RATE) as environment, a_recorder(environment, out, RATE):
        said = _said(["tests.sound.act_aloud", str(out), str(file), "--", json.dumps(acts)], environment)
    heard = recorded(out)
    waits: dict[str, list[float]] = {}
    state = "stopped"
    for (name, frame, _), (_, following, _) in pairwise(said["marks"]):
        if following - frame < _SHORTEST:
            pass  # a machine that stood still for so long did both at once
        elif name in {"press", "play"}:
            named = {"stopped": "from play to the first sound", "paused": "from going on to its sound"}[state]
            if (wait := begin_after(heard, frame)) is not None:
                waits.setdefault(named, []).append(wait)
        elif name == "pause":
            waits.setdefault("from a pause to silence", []).append(end_after(heard, frame))
        elif name == "seek":
            waits.setdefault("from a jump to its sound", []).append(dip_after(heard, frame))
        state = {"press": "playing", "play": "playing", "pause": "paused", "stop": "stopped"}.get(name, state)
    for what, frames in waits.items():
        ms = median(frames) * 1000 / RATE - _RECORDER_MS
        most = max(frames) * 1000 / RATE - _RECORDER_MS
        yield Measurement(f"sound: {what}", ms, "ms", f"at most {most:.0f} of {len(frames)}; a jump: promised 150")


def _cost(folder: Path, seconds: int) -> Iterator[Measurement]:
    file = write(folder / "music.mp3", music(seconds + 8.0))
    shares: dict[str, float] = {}
    children = 0.0
    with a_server(folder, RATE) as environment:
        for output in ("clock", "device"):
            spent = {}
            for length in (2, 2 + seconds):
                run = environment | {"PLAY_FOR_S": str(length), "PLAY_INTO": output}
                said = _said(["tests.sound.play_aloud", str(file)], run)
                spent[length] = said["cpu_s"]
                children = max(children, said["child_mb"])
            shares[output] = (spent[2 + seconds] - spent[2]) * 100 / seconds
    yield Measurement("sound: an mp3 played", shares["device"], "% of a core", f"into a clock: {shares['clock']:.1f}")
    over = shares["device"] - shares["clock"]
    yield Measurement("sound: of that for the device", over, "% of a core", "promised: at most 3")
    yield Measurement("sound: memory of its process that nobody shares", children, "MB")


def _said(run: list[str], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", *run], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said
