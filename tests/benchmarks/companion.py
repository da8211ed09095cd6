"""The companion beside Strawberry: a script listens there, and what the log says is held against the script.

The script plays, pauses, jumps, goes on, goes back and stops as a listener does. What it knows is what it did, and what
Strawberry, asked fifty times a second by the script itself, was doing at which time of the day.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.config.paths import default_paths
from app.domain.play import EndedBy, Play
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.benchmarks.measure import Measurement
from tests.desktop.players import Remote, an_ear, following, strawberry, wait_for
from tests.desktop.real_window import Place, a_place
from tests.helpers.music import tag
from tests.library.sounds import put

_TRACKS = 24
_SHORTEST_S, _LONGEST_S = 20, 75
_IDLE_S = 60.0
_LOOK_S = 0.02
_END_S = 5.0
"""So near to the end nothing is pressed: whether that is a skip or the end is a matter of taste, and no truth."""


@dataclass(slots=True)
class Truth:
    """One play as the script had it."""

    title: str
    started_ms: float
    heard_s: float = 0.0
    ended_by: EndedBy = EndedBy.REPLACED


@dataclass(slots=True)
class Script:
    """A listener with a plan, who looks at the clock."""

    remote: Remote
    lengths: dict[str, float]
    rng: random.Random
    plays: list[Truth] = field(default_factory=list)
    going: Truth | None = None
    _looked: float = 0.0
    _was_playing: bool = False

    def listen(self, seconds: float) -> None:
        """Lets it play on; returns when the time is over, whatever has begun meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look(EndedBy.FINISHED)
            time.sleep(_LOOK_S)

    def look(self, why: EndedBy) -> None:
        """What plays now; ``why``: how the one before has ended, if there is another."""
        title, playing, now = self.remote.title, self.remote.playing, time.monotonic()
        if self._was_playing and self.going is not None:
            self.going.heard_s += now - self._looked
        self._looked, self._was_playing = now, playing
        if self.going is None or (title and title != self.going.title):
            self.end(why)
            if title and playing:
                self.going = Truth(title, time.time() * 1_000)

    def end(self, why: EndedBy) -> None:
        """The play is over."""
        if self.going is not None:
            self.going.ended_by = why
            self.plays.append(self.going)
        self.going = None

    def act(self) -> None:
        """One thing that a listener does, then some listening."""
        self.pass_the_end()
        remote, rng = self.remote, self.rng
        what = rng.choice(["listen", "listen", "pause", "jump", "back", "next", "next", "previous", "stop", "through"])
        if what == "pause":
            self.command("Pause")
            self.listen(rng.uniform(1, 8))
            self.command("Play")
        elif what in {"jump", "back"} and self.going is not None:
            by = rng.uniform(2, 12) * (1 if what == "jump" else -1)
            left = self.lengths.get(self.going.title, 0) - (remote.get("Position") or 0) / 1e6
            if by < left - 6:
                remote.call("Seek", "x", int(by * 1e6))
        elif what in {"next", "previous"}:
            self.command(what.capitalize(), EndedBy.SKIPPED)
        elif what == "stop":
            self.command("Stop")
            self.end(EndedBy.REPLACED)
            self.listen_to_nothing(rng.uniform(3, 5))
            self.command("Play")
        elif what == "through":
            self.through()
        self.listen(rng.uniform(3, 20))

    def through(self) -> None:
        """To the end of what plays, by itself."""
        title = self.remote.title
        end = time.monotonic() + _LONGEST_S + 5
        while self.remote.title == title and time.monotonic() < end:
            self.listen(0.2)

    def pass_the_end(self) -> None:
        """What is about to end is left to end."""
        if self._near_end():
            self.through()
            self.listen(1.0)

    def command(self, member: str, why: EndedBy = EndedBy.REPLACED) -> None:
        """A button; looked at until the player has done it."""
        self.look(EndedBy.FINISHED)
        self.remote.call(member)
        for _ in range(25):
            self.look(why)
            time.sleep(_LOOK_S)

    def listen_to_nothing(self, seconds: float) -> None:
        """Silence."""
        self._was_playing = False
        time.sleep(seconds)

    def _near_end(self) -> bool:
        if self.going is None:
            return False
        at = (self.remote.get("Position") or 0) / 1e6
        return at >= self.lengths.get(self.going.title, 1e9) - _END_S


def measure(*, quick: bool, minutes: float = 4.0) -> Iterator[Measurement]:
    """Plays that differ from the script, and what the companion costs."""
    if shutil.which("strawberry") is None:
        return
    with tempfile.TemporaryDirectory(prefix="seg-") as folder, a_place(Path(folder)) as place:
        lengths = _library(place, Path(folder) / "music")
        with following(place) as companion:
            process = psutil.Process(companion.pid)
            time.sleep(5)
            yield _cpu(process, "companion, CPU while no player is open", 3.0 if quick else _IDLE_S)
            files = sorted((Path(folder) / "music").glob("*.flac"))
            with an_ear(place), strawberry(place, files) as remote:
                script = Script(remote, lengths, random.Random(8))
                begun = _cpu_s(process), time.monotonic()
                _listen(script, 0.3 if quick else minutes)
                used, taken = _cpu_s(process) - begun[0], time.monotonic() - begun[1]
                remote.call("Pause")
                time.sleep(2)
                yield _cpu(process, "companion, CPU while Strawberry is paused", 3.0 if quick else _IDLE_S)
            yield Measurement("companion, CPU while Strawberry plays", 100 * used / taken, "%")
            memory = process.memory_full_info()
            yield Measurement("companion without a window, memory (PSS)", memory.pss / 1e6, "MB", "promised: 120")
        yield from _compared(script.plays, _log(place), taken / 60)


def _library(place: Place, music: Path) -> dict[str, float]:
    """Tracks of known lengths, scanned; gives seconds by title."""
    rng, lengths = random.Random(5), dict[str, float]()
    for number in range(_TRACKS):
        title, seconds = f"Song {number:02d}", float(rng.randint(_SHORTEST_S, _LONGEST_S))
        path = put(music / f"{number:02d}.flac", seconds=seconds)
        tag(path, title=title, artist=f"Artist {number % 5}", album=f"Album {number % 8}", tracknumber=str(number))
        lengths[title] = seconds
    done = place.segue("scan", music)
    assert done.returncode == 0, done.stderr
    return lengths


def _listen(script: Script, minutes: float) -> None:
    remote, end = script.remote, time.monotonic() + minutes * 60
    remote.call("Play")
    wait_for(lambda: remote.playing and remote.title)
    while time.monotonic() < end:
        if not remote.playing:  # it has come to the end of its list
            script.end(EndedBy.FINISHED)
            script.command("Play")
        script.act()
    script.pass_the_end()
    script.command("Stop")
    script.end(EndedBy.REPLACED)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _cpu(process: psutil.Process, name: str, seconds: float) -> Measurement:
    before = _cpu_s(process)
    time.sleep(seconds)
    return Measurement(name, 100 * (_cpu_s(process) - before) / seconds, "%", "promised: 0.5")


def _log(place: Place) -> list[Play]:
    database = Database(default_paths(place.home).database)
    plays = sorted(PlayStore(database).after(0), key=lambda play: play.started_at)
    database.close()
    return plays


def _compared(truth: list[Truth], log: list[Play], minutes: float) -> Iterator[Measurement]:
    """The log against the script, play by play, in order."""
    truth = [play for play in truth if play.heard_s >= 0.3]
    log = [play for play in log if play.played_ms >= 300]
    both = [(said, kept) for said, kept in zip(truth, log, strict=False) if said.title == kept.title]
    off = [abs(kept.played_ms / 1_000 - said.heard_s) for said, kept in both]
    late = [abs(kept.started_at - said.started_ms) / 1_000 for said, kept in both]
    ended = sum(kept.ended_by is not said.ended_by for said, kept in both)
    for said, kept in zip(truth, log, strict=False):
        if said.title != kept.title or abs(kept.played_ms / 1_000 - said.heard_s) > 1 or kept.ended_by != said.ended_by:
            print(f"    differs: {said} against {kept.title} {kept.played_ms} ms {kept.ended_by}", flush=True)
    beside = f"the script had {len(truth)}, in {minutes:.0f} min"
    yield Measurement("Strawberry, plays in the log", len(log), "plays", beside)
    yield Measurement("Strawberry, plays of another track, or in another order", len(truth) - len(both), "plays", "0")
    yield Measurement("Strawberry, heard differs by at most", max(off, default=0.0), "s", "promised: 1")
    yield Measurement("Strawberry, heard differs on average", sum(off) / max(1, len(off)), "s")
    yield Measurement("Strawberry, start differs by at most", max(late, default=0.0), "s", "promised: 1")
    yield Measurement("Strawberry, ended in another way", ended, "plays", "0")
    yield Measurement("Strawberry, found in the library", sum(play.track_id is not None for play in log), "plays")
