import numpy as np
import pytest

from app.playback.output import ClockOutput, amplitude
from tests.playback.sounds import Time


def test_the_clock_output_hears_at_the_pace_of_its_clock() -> None:
    time = Time()
    output = ClockOutput(1000, time, buffer_s=0.5)
    assert output.free_frames() == 500
    output.write(np.zeros((500, 2), dtype=np.float32))
    assert output.free_frames() == 0
    time.seconds += 0.25
    assert (output.played_frames(), output.free_frames()) == (250, 250)
    output.pause()
    time.seconds += 100
    assert output.played_frames() == 250
    output.resume()
    time.seconds += 100
    assert output.played_frames() == 500
    output.flush()
    assert (output.played_frames(), output.free_frames()) == (0, 500)


def test_time_that_passes_with_an_empty_buffer_is_not_made_up_for() -> None:
    time = Time()
    output = ClockOutput(1000, time)
    time.seconds += 100
    output.write(np.zeros((500, 2), dtype=np.float32))
    assert output.played_frames() == 0


def test_volume_follows_the_ear() -> None:
    assert [amplitude(percent) for percent in (-5, 0, 50, 100, 900)] == [0, 0, 0.125, 1, 1]
    assert amplitude(80) == pytest.approx(0.512)
