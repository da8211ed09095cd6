import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import freqz, lfilter

from app.domain.loudness import BANDS_HZ, FLAT, PRESETS
from app.playback.equaliser import Cascade, Equaliser, peaking
from app.playback.sound import joined
from tests.playback.sounds import RATE, Sound, music

ODD = (12, -12, 6, -3, 0, 1, -7, 4, -12, 12)


def by_samples(sound: Sound, bands: tuple[int, ...], rate: int = RATE) -> np.ndarray:
    """The slow plain version."""
    heard = sound.astype(np.float64)
    for hz, gain_db in zip(BANDS_HZ, bands, strict=True):
        b0, b1, b2, a1, a2 = peaking(hz, gain_db, rate)
        heard = lfilter([b0, b1, b2], [1.0, a1, a2], heard, axis=0)
    return heard


def in_pieces(sound: Sound, sizes: list[int]) -> list[Sound]:
    return np.split(sound, np.cumsum(sizes)[np.cumsum(sizes) < len(sound)])


def test_a_band_is_the_cookbooks_filter_worked_by_hand() -> None:
    # 1 kHz at 4 kHz: the angle is pi/2, so cos = 0, sin = 1, alpha = 1/2.82; 12.0412 dB: A = 2.
    alpha = 1 / 2.82
    a0 = 1 + alpha / 2
    wanted = ((1 + 2 * alpha) / a0, 0.0, (1 - 2 * alpha) / a0, 0.0, (1 - alpha / 2) / a0)
    assert peaking(1000, 40 * np.log10(2), 4000) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000, 192_000])
def test_blocks_give_what_sample_by_sample_gives(rate: int) -> None:
    sound = music(0.3, rate)
    cascade = Cascade(ODD, rate)
    found = np.concatenate([cascade.push(piece) for piece in in_pieces(sound, [1, 63, 64, 65, 1151, 0, 4096])])
    assert np.abs(found - by_samples(sound, ODD, rate)).max() < 1e-10


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(-12, 12), min_size=10, max_size=10),
    st.lists(st.integers(0, 700), min_size=1, max_size=12),
)
def test_any_bands_in_any_blocks_are_the_same_filter(bands: list[int], sizes: list[int]) -> None:
    sound = music(0.1)
    cascade = Cascade(bands, RATE)
    found = np.concatenate([cascade.push(piece) for piece in in_pieces(sound, sizes)])
    assert np.abs(found - by_samples(sound, tuple(bands))).max() < 1e-10


@pytest.mark.parametrize("name", PRESETS)
def test_tones_come_out_as_loud_as_the_formula_says(name: str) -> None:
    bands = PRESETS[name]
    tones_hz = np.array([20, 31.25, 44, 90, 250, 700, 1000, 3000, 9000, 16_000, 20_000])
    wanted = np.ones(len(tones_hz), dtype=complex)
    for hz, gain_db in zip(BANDS_HZ, bands, strict=True):
        b0, b1, b2, a1, a2 = peaking(hz, gain_db, RATE)
        wanted *= freqz([b0, b1, b2], [1, a1, a2], worN=2 * np.pi * tones_hz / RATE)[1]
    at = np.arange(5 * RATE) / RATE  # a second to settle, then whole periods of each tone
    for hz, response in zip(tones_hz, wanted, strict=True):
        tone = (0.1 * np.sin(2 * np.pi * hz * at)).astype(np.float32)
        heard = Cascade(bands, RATE).push(np.stack([tone, tone], 1))[RATE:, 0]
        level = 2 * abs(np.mean(heard * np.exp(-2j * np.pi * hz * at[RATE:])))
        assert 20 * np.log10(level / 0.1) == pytest.approx(20 * np.log10(abs(response)), abs=0.02), hz


def test_each_band_reaches_its_decibels_in_its_middle() -> None:
    for number, hz in enumerate(BANDS_HZ):
        b0, b1, b2, a1, a2 = peaking(hz, 9.0, RATE)
        (response,) = freqz([b0, b1, b2], [1, a1, a2], worN=[2 * np.pi * hz / RATE])[1]
        assert 20 * np.log10(abs(response)) == pytest.approx(9.0, abs=1e-6), number


def test_off_gives_back_the_very_block() -> None:
    sound = music(0.1)
    equaliser = Equaliser(RATE)
    assert equaliser.push(sound) is sound
    equaliser.set(FLAT)
    assert equaliser.push(sound) is sound


def test_turned_on_and_off_it_does_not_click_and_ends_bit_for_bit() -> None:
    at = np.arange(RATE) / RATE
    tone = (0.25 * np.sin(2 * np.pi * 100 * at)).astype(np.float32)
    sound = np.stack([tone, tone], 1)
    equaliser, heard = Equaliser(RATE), []
    for number, piece in enumerate(np.split(sound, 100)):
        if number in {20, 40, 60}:
            equaliser.set({20: PRESETS["Rock"], 40: ODD, 60: FLAT}[number])
        heard.append(equaliser.push(piece))
    found = joined(heard)
    assert len(found) == len(sound)
    assert np.array_equal(found[: 20 * 441], sound[: 20 * 441])
    assert np.array_equal(found[64 * 441 :], sound[64 * 441 :])
    steepest = 4 * 0.25 * 2 * np.pi * 100 / RATE  # a tone raised by 12 dB
    assert np.abs(np.diff(found[:, 0])).max() < steepest * 1.2


def test_choices_in_quick_succession_end_with_the_last() -> None:
    sound = music(1.0)
    equaliser = Equaliser(RATE)
    for number, piece in enumerate(np.split(sound, 100)):
        if number < 50:
            equaliser.set(tuple(number % 7 for _ in BANDS_HZ))
        elif number == 50:
            equaliser.set(ODD)
        last = equaliser.push(piece)
    assert np.abs(last - by_samples(sound, ODD)[-len(last) :]).max() < 1e-4
