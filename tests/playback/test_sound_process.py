"""The sound's child as the player sees it; here children that lie, break and keep silent."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.domain.device import Device, Outputs
from app.domain.errors import PlaybackFailed
from app.playback import sound_process
from app.playback.sound_process import SoundProcess

GOOD = """
import json, mmap, os, sys
sys.path.insert(0, {root!r})
from app.playback.ring import Ring, mapped
def say(**what): os.write(1, json.dumps(what).encode() + b"\\n")
say(devices=[["a", "Speakers"], ["b", "Phones \\u00e9"]], default="a")
memory = mapped(int(sys.argv[1]))
for line in sys.stdin:
    wish = json.loads(line)
    if wish["do"] == "open":
        Ring(memory, wish["slot"]).clear()
        if wish["device"] == "late": say(failed=wish["slot"], why="a wish before", number=wish["number"] - 1)
        if wish["device"] == "refuses": say(failed=wish["slot"], why="it is busy", number=wish["number"])
        else: say(opened=wish["number"], rate=wish["rate"] or 48000)
    if wish["do"] == "wake":
        if Ring(memory, wish["slot"]).gain == 0.5: os._exit(3)
        say(failed=wish["slot"], why="it does not start", number=wish["number"])
"""
ROOT = str(Path(__file__).resolve().parents[2])


class Children:
    """Makes processes whose child is a given piece of Python."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch
        self.made: list[SoundProcess] = []
        monkeypatch.setenv("PYTHONPATH", str(folder))
        monkeypatch.setattr(sound_process, "_WORKER", "a_child_for_a_test")
        monkeypatch.setattr(sound_process, "_ANSWER_S", 5.0)

    def make(self, code: str) -> SoundProcess:
        (self._folder / "a_child_for_a_test.py").write_text(code)
        self.made.append(SoundProcess())
        return self.made[-1]


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    children = Children(tmp_path, monkeypatch)
    yield children
    for made in children.made:
        made.close()
        assert made.pid == 0


def a_good(children: Children) -> SoundProcess:
    return children.make(GOOD.format(root=ROOT))


def test_the_devices_are_those_the_child_tells(children: Children) -> None:
    found = a_good(children).outputs()
    assert found == Outputs((Device("a", "Speakers"), Device("b", "Phones é")), "a")


def test_a_device_is_opened_at_the_rate_that_is_wanted_or_at_its_own(children: Children) -> None:
    sound = a_good(children)
    one = sound.open("a", None)
    two = sound.open("b", 44_100)
    assert (one.rate, two.rate) == (48_000, 44_100)
    one.write(np.ones((10, 2), np.float32))
    assert two.free_frames() == 44_100, "two devices never share a ring"
    with pytest.raises(PlaybackFailed):
        sound.open("a", None)
    one.close()
    assert sound.open("a", None).rate == 48_000


def test_a_device_that_cannot_be_opened_takes_no_ring_away(children: Children) -> None:
    sound = a_good(children)
    first = sound.open("a", None)
    for _ in range(5):
        with pytest.raises(PlaybackFailed):
            sound.open("refuses", None)
    first.write(np.ones((10, 2), np.float32))
    assert first.free_frames() == 48_000 - 10


def test_what_failed_before_a_device_was_opened_is_no_failure_of_it(children: Children) -> None:
    assert a_good(children).open("late", None).free_frames() == 48_000


def test_the_player_leaves_a_ring_alone_that_the_child_may_still_read(children: Children) -> None:
    sound = children.make(GOOD.format(root=ROOT).replace(".clear()", ""))
    first = sound.open("a", None)
    first.write(np.ones((10, 2), np.float32))
    first.close()
    sound.open("b", None).close()
    assert sound.open("a", None).free_frames() == 48_000 - 10, "the child of this test never clears it"


def test_a_device_that_does_not_start_is_gone(children: Children) -> None:
    sound = a_good(children)
    output = sound.open("a", None)
    output.resume()
    with pytest.raises(PlaybackFailed):
        for _ in range(5_000):
            output.free_frames()
            output.pause()


def test_a_child_that_falls_takes_its_devices_with_it_and_is_started_again(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = a_good(children)
    output = sound.open("a", None)
    before = sound.pid
    output.set_volume(0.5)
    output.resume()
    with pytest.raises(PlaybackFailed):
        for _ in range(5_000):
            output.free_frames()
            output.pause()
    output.close()
    assert sound.outputs() == Outputs(), "not again at once"
    monkeypatch.setattr(sound_process, "_AGAIN_S", 0.0)
    assert len(sound.outputs().devices) == 2
    assert sound.pid not in {0, before}
    assert sound.open("a", None).rate == 48_000


def test_one_that_fell_after_a_while_is_started_again_before_it_is_said_that_there_is_no_device(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = a_good(children)
    expected, before = sound.outputs(), sound.pid
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    monkeypatch.setattr(sound_process, "_AGAIN_S", 0.0)
    assert sound.outputs() == expected
    assert sound.pid not in {0, before}


@dataclass
class Clock:
    """Stands for the time; a wait for the child takes as long as it may."""

    now: float = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def select(self, *_: object) -> tuple[list[int], list[int], list[int]]:
        self.now += float(str(_[3]))
        return [], [], []


def test_a_hung_sound_system_is_waited_for_less_and_less(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waited, starts = Clock(), 0.0, list[float]()
    start = sound_process.start_child
    monkeypatch.setattr(sound_process, "start_child", lambda *a, **b: (starts.append(clock.now), start(*a, **b))[1])
    monkeypatch.setattr(sound_process, "time", clock)
    monkeypatch.setattr(sound_process, "select", clock)
    monkeypatch.setattr(sound_process, "_END_S", 0.1)
    sound = children.make("import time\ntime.sleep(60)")
    while clock.now < 1_300:
        before = clock.now
        assert sound.outputs() == Outputs()
        waited += clock.now - before
        clock.now += 0.5
    assert waited < 15
    between = np.diff(starts)
    assert np.all(np.diff(between) > -1), "longer and longer"
    assert between[0] < 12
    assert 60 <= between[-1] < 62


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(1)",
        "import os; os.write(1, b'not json\\n'); input()",
        "import os; os.write(1, b'[1, 2]\\n\\n\\x00\\xff\\n'); input()",
        'import os; os.write(1, b\'{"devices": 7, "default": ""}\\n\'); input()',
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        "import nothing_of_that_name",
    ],
)
def test_a_child_that_talks_nonsense_means_no_sound_and_no_harm(children: Children, code: str) -> None:
    sound = children.make(code)
    assert sound.outputs() == Outputs()
    with pytest.raises(PlaybackFailed):
        sound.open("a", None)


def test_why_a_child_fell_is_in_the_log(children: Children, caplog: pytest.LogCaptureFixture) -> None:
    children.make('import os; os.write(1, b\'{"fell": "ImportError: no such library"}\\n\'); os._exit(7)').outputs()
    assert "(7). ImportError: no such library" in caplog.text


def test_one_that_cannot_be_ended_does_not_keep_the_player_for_ever(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[float | None] = []
    end = sound_process.end_child
    monkeypatch.setattr(sound_process, "end_child", lambda process, s=None: (limits.append(s), end(process, s)))
    sound = a_good(children)
    sound.outputs()
    sound.close()
    assert limits
    assert None not in limits


def test_a_child_that_keeps_silent_is_not_waited_for_long(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_process, "_ANSWER_S", 0.2)
    monkeypatch.setattr(sound_process, "_END_S", 0.1)
    sound = children.make("import time\ntime.sleep(60)")
    assert sound.outputs() == Outputs()
    with pytest.raises(PlaybackFailed):
        sound.open("a", None)
