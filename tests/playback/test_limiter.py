import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.playback.limiter import Limiter
from app.playback.sound import joined
from tests.playback.sounds import RATE, Sound, music


def limited(sound: Sound, sizes: list[int], rate: int = RATE) -> Sound:
    limiter, cuts = Limiter(rate), np.cumsum(sizes)
    heard = [limiter.push(piece) for piece in np.split(sound, cuts[cuts < len(sound)])]
    return joined([*heard, limiter.finish()])


def test_what_stays_within_full_scale_goes_through_bit_for_bit() -> None:
    sound = music(0.5)
    sound[100], sound[200] = 1.0, -1.0
    assert np.array_equal(limited(sound, [0, 1, 220, 221, 1000]), sound)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 900), max_size=20), st.sampled_from([8_000, RATE, 192_000]))
def test_nothing_ever_leaves_above_full_scale(seed: int, sizes: list[int], rate: int) -> None:
    rng = np.random.default_rng(seed)
    loud = rng.standard_normal((6000, 2)) * rng.choice([0.1, 0.9, 3.0, 1000.0], (6000, 1), p=[0.6, 0.3, 0.09, 0.01])
    sound = loud.astype(np.float32)
    found = limited(sound, sizes, rate)
    assert found.shape == sound.shape
    assert np.abs(found).max() <= 1.0
    assert np.all(np.abs(found) <= np.abs(sound) + 1e-6)
    assert np.all((np.sign(found) == np.sign(sound)) | (found == 0))


def test_how_the_sound_is_cut_into_blocks_makes_no_difference() -> None:
    sound = music(0.5) * np.float32(4)
    whole = limited(sound, [])
    for sizes in ([1] * 300, [220, 221, 222], [4096] * 5, [7, 0, 1151, 64]):
        assert np.abs(limited(sound, sizes) - whole).max() < 1e-6


def test_one_peak_is_met_exactly_and_the_gain_comes_and_goes_smoothly() -> None:
    sound = np.full((RATE, 2), 0.5, dtype=np.float32)
    sound[10_000] = 2.0
    found = limited(sound, [1152] * 50)
    gain = found[:, 0] / sound[:, 0]
    assert gain[10_000] == pytest.approx(0.5, abs=1e-3)  # the recovery, averaged over 5 ms
    assert np.all(gain[: 10_000 - 441] == 1.0)
    assert np.abs(np.diff(gain)).max() < 0.5 / 200
    assert np.all(np.diff(gain[10_001:]) >= -1e-6)
    assert gain[10_000 + RATE * 6 // 10 :].min() == 1.0
    assert np.array_equal(found[-4000:], sound[-4000:])


def test_both_channels_share_one_gain() -> None:
    sound = np.full((5000, 2), 0.25, dtype=np.float32)
    sound[2000:2400, 0] = 3.0
    found = limited(sound, [])
    quiet = np.r_[1900:2000, 2400:2500]
    assert np.allclose(found[quiet, 0], found[quiet, 1])


def test_music_that_goes_a_little_over_does_not_breathe() -> None:
    beat = np.exp(-np.arange(RATE // 2) / 4000)
    drum = np.tile(beat * np.sin(2 * np.pi * 60 * np.arange(RATE // 2) / RATE), 8)
    sound = (music(4.0).astype(np.float64) * 0.9 + 0.9 * drum[:, None]).astype(np.float32)
    assert 1.05 < np.abs(sound).max() < 1.5
    found = limited(sound, [1152] * 200)
    heard = np.abs(sound[:, 0]) > 0.1
    gain_db = 20 * np.log10(found[heard, 0] / sound[heard, 0])
    assert gain_db.mean() > -1.0
    assert np.percentile(gain_db, 95) - np.percentile(gain_db, 5) < 2.5
