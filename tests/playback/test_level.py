from dataclasses import replace

import numpy as np
import pytest

from app.domain.ids import AlbumKey
from app.domain.loudness import NO_GAIN, Gain, Loudness, ReplayGain
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.domain.track import Track, follows
from app.playback.level import Leveller, factor
from app.playback.queue import PlayQueue
from tests.playback.sounds import RATE, a_track, music

BOTH = Gain(track_db=-6.0, track_peak=0.9, album_db=-8.0, album_peak=1.0, norm_db=-3.0)


def db(value: float) -> float:
    return 20 * float(np.log10(value))


@pytest.mark.parametrize(
    ("gain", "mode", "in_album", "wanted_db"),
    [
        (BOTH, "off", True, 0.0),
        (BOTH, "track", True, -6.0),
        (BOTH, "album", False, -8.0),
        (BOTH, "auto", True, -8.0),
        (BOTH, "auto", False, -6.0),
        (replace(BOTH, track_db=None), "track", False, -8.0),
        (replace(BOTH, album_db=None), "album", False, -6.0),
        (Gain(norm_db=-3.0), "auto", True, -3.0),
        (NO_GAIN, "auto", True, 0.0),
        (Gain(track_peak=0.5), "track", False, 0.0),
    ],
)
def test_the_level_is_the_one_that_was_chosen_or_the_next_best(
    gain: Gain, mode: ReplayGain, in_album: bool, wanted_db: float
) -> None:
    assert db(factor(gain, Loudness(mode), in_album)) == pytest.approx(wanted_db, abs=1e-4)


def test_the_preamp_is_added_and_a_known_peak_is_never_raised_over_full_scale() -> None:
    assert db(factor(Gain(track_db=-6.0), Loudness("track", preamp_db=4), False)) == pytest.approx(-2, abs=1e-4)
    assert factor(Gain(track_db=6.0, track_peak=0.8), Loudness("track"), False) == 1.25
    assert factor(Gain(album_db=6.0, album_peak=0.8, track_peak=0.1), Loudness("album"), False) == 1.25
    assert db(factor(Gain(track_db=6.0), Loudness("track"), False)) == pytest.approx(6, abs=1e-4)
    assert factor(NO_GAIN, Loudness("track", preamp_db=6), False) == 1.0


def test_tags_that_cannot_be_right_do_no_harm() -> None:
    assert db(factor(Gain(track_db=300.0), Loudness("track"), False)) == pytest.approx(24, abs=1e-3)
    assert db(factor(Gain(track_db=-300.0), Loudness("track"), False)) == pytest.approx(-24, abs=1e-3)
    assert factor(Gain(track_db=0.0, track_peak=0.0), Loudness("track"), False) == 1.0
    assert db(factor(Gain(track_db=0.0, track_peak=1e9), Loudness("track"), False)) == pytest.approx(-24, abs=1e-3)


def on_album(number: int, disc: int | None = None, album: str = "a") -> Track:
    return replace(a_track(number), track_no=number, disc_no=disc, album_key=AlbumKey(album))


def test_tracks_follow_each_other_by_number_and_over_discs() -> None:
    assert follows(on_album(1), on_album(2))
    assert follows(on_album(9, 1), on_album(1, 2))
    assert not follows(on_album(2), on_album(1))
    assert not follows(on_album(1), on_album(3))
    assert not follows(on_album(1), on_album(2, album="b"))
    assert not follows(on_album(1, album=""), on_album(2, album=""))
    assert not follows(None, on_album(1))


def test_the_queue_knows_what_plays_as_part_of_an_album() -> None:
    queue = PlayQueue()
    tracks = [on_album(5, album="b"), on_album(1), on_album(2), on_album(3), on_album(7, album="c"), on_album(9)]
    queue.replace(tracks, 0, StartedBy.HAND, "tracks")
    assert [queue.in_album(entry) for entry in queue.entries] == [False, True, True, True, False, False]
    gone = queue.entries[2]
    queue.remove([gone.entry_id])
    assert not any(queue.in_album(entry) for entry in [*queue.entries, gone])


def entry(number: int, gain_db: float | None) -> QueueEntry:
    return QueueEntry(number, replace(a_track(number), gain=Gain(track_db=gain_db)), StartedBy.HAND)


def test_the_step_is_at_the_border_s_very_sample() -> None:
    leveller = Leveller(RATE, lambda entry: False)
    leveller.set(Loudness("track"))
    sound = music(0.1)[:1000]
    half, plain, twice = entry(1, -6.0206), entry(2, None), entry(3, 6.0206)
    parts = [(half, sound[:333]), (plain, sound[333:633]), (twice, sound[633:])]
    found = np.concatenate([leveller.push(part, entry) for entry, part in parts])
    assert np.array_equal(found[:333], sound[:333] * np.float32(0.5))
    assert np.array_equal(found[333:633], sound[333:633])
    assert np.array_equal(found[633:], sound[633:] * np.float32(2.0))


def test_off_gives_back_the_same_samples() -> None:
    sound = music(0.1)
    assert Leveller(RATE, lambda entry: True).push(sound, entry(1, -9.0)) is sound


def test_another_choice_moves_the_level_in_a_straight_line() -> None:
    leveller, one = Leveller(1000, lambda entry: False), entry(1, -6.0206)
    flat = np.ones((20, 2), dtype=np.float32)
    leveller.push(flat, one)
    leveller.set(Loudness("track"))
    found = np.concatenate([leveller.push(flat, one), leveller.push(flat, one)])[:, 0]
    assert found[:30] == pytest.approx(1 - np.arange(1, 31) / 60, abs=1e-6)
    assert np.all(found[30:] == np.float32(0.5))


def test_two_that_fade_into_each_other_keep_their_own_levels() -> None:
    leveller, flat = Leveller(RATE, lambda entry: False), np.ones((10, 2), dtype=np.float32)
    leveller.set(Loudness("track"))
    half, twice = entry(1, -6.0206), entry(2, 6.0206)
    for _ in range(3):
        assert np.all(leveller.push(flat, half) == np.float32(0.5))
        assert np.all(leveller.push(flat, twice) == np.float32(2.0))
