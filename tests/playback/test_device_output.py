"""A device as an output: over a ring from which a fader takes, as the child's would."""

import numpy as np
import pytest

from app.domain.errors import PlaybackFailed
from app.playback import device_output
from app.playback.device_output import DeviceOutput
from app.playback.fader import FADE_S, Fader
from app.playback.ring import Ring, mapped, new_memory

RATE = 44_100
FADE = int(RATE * FADE_S)


class FakeLine:
    """A child whose device asks for a piece each time the output looks whether it lives."""

    def __init__(self, ring: Ring) -> None:
        self.fader = Fader(ring, RATE)
        self.lives = True
        self.stands_still = False
        self.wakes = self.closes = 0

    def wake(self) -> None:
        self.wakes += 1

    def close(self) -> None:
        self.closes += 1

    def alive(self) -> bool:
        if self.lives and not self.stands_still:
            self.fader.take(441)
        return self.lives


@pytest.fixture
def ring() -> Ring:
    ring = Ring(mapped(new_memory()), 0)
    ring.clear()
    return ring


@pytest.fixture
def line(ring: Ring) -> FakeLine:
    return FakeLine(ring)


@pytest.fixture
def output(ring: Ring, line: FakeLine) -> DeviceOutput:
    return DeviceOutput(ring, RATE, line)


def fill(output: DeviceOutput) -> None:
    output.write(np.ones((output.free_frames(), 2), np.float32))


def test_it_takes_a_second_of_sound_and_no_more(output: DeviceOutput, line: FakeLine) -> None:
    assert output.free_frames() == RATE
    fill(output)
    assert output.free_frames() == 0
    output.resume()
    line.fader.take(1_000)
    assert output.free_frames() == 1_000 + 441
    assert line.wakes == 1


def test_after_a_pause_all_that_was_taken_counts_and_nothing_more_comes(output: DeviceOutput, line: FakeLine) -> None:
    fill(output)
    output.resume()
    line.fader.take(5_000)
    assert output.played_frames() < 5_000
    output.pause()
    assert output.played_frames() == 5_000 + FADE
    line.fader.take(5_000)
    assert output.played_frames() == 5_000 + FADE


def test_what_counted_at_a_pause_counts_once_when_it_goes_on(output: DeviceOutput, line: FakeLine) -> None:
    fill(output)
    output.resume()
    line.fader.take(5_000)
    output.pause()
    output.resume()
    line.fader.take(1_000)
    assert output.played_frames() == 5_000 + FADE
    output.pause()
    assert output.played_frames() == 6_000 + 2 * FADE


def test_a_flush_counts_from_zero_and_gives_the_room_back(output: DeviceOutput, line: FakeLine, ring: Ring) -> None:
    fill(output)
    output.resume()
    line.fader.take(5_000)
    output.pause()
    output.flush()
    assert output.played_frames() == 0
    assert output.free_frames() == RATE
    fill(output)
    output.resume()
    line.fader.take(700)
    output.pause()
    assert output.played_frames() == 700 + FADE
    assert ring.taken == RATE + 700 + FADE


def test_a_flush_of_what_plays_goes_on_playing(output: DeviceOutput, line: FakeLine, ring: Ring) -> None:
    fill(output)
    output.resume()
    line.fader.take(5_000)
    output.flush()
    assert ring.order & 1
    fill(output)
    assert line.fader.take(100).all()


def test_a_device_that_stands_still_does_not_hold_up_a_pause(
    output: DeviceOutput, line: FakeLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_output, "_REST_S", 0.01)
    fill(output)
    output.resume()
    line.fader.take(5_000)
    line.stands_still = True
    output.pause()
    assert output.played_frames() == 5_000
    output.flush()
    assert output.played_frames() == 0, "what the device may take later is none of this count"
    assert output.free_frames() == RATE
    line.stands_still = False
    fill(output)
    output.resume()
    assert line.fader.take(300).all()
    output.pause()
    assert output.played_frames() == 300 + FADE


def test_a_child_that_is_gone_is_a_failure_where_it_is_asked_and_nowhere_else(
    output: DeviceOutput, line: FakeLine
) -> None:
    output.resume()
    line.lives = False
    with pytest.raises(PlaybackFailed):
        output.free_frames()
    output.set_volume(0.5)
    output.pause()
    output.flush()
    output.close()
    assert output.played_frames() == 0
    assert line.closes == 1
