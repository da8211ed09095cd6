"""One track into the next, on rendered samples."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import PlaybackFailed
from app.domain.ids import AlbumKey
from app.domain.loudness import Gain, Loudness
from app.domain.track import Track
from app.playback.crossfade import Held, fades, gains, longest
from app.playback.render import render, render_tracks
from tests.playback.sounds import RATE, Sound, a_track, music, write


def constant(path: Path, value: float, frames: int, rate: int = RATE) -> bytes:
    return bytes(write(path, np.full((frames, 2), value, dtype=np.float32), rate=rate))


def samples(out: Path) -> Sound:
    return np.frombuffer(out.read_bytes()[58:], dtype="<f4").reshape(-1, 2)


def rendered(files: list[bytes], folder: Path, seconds: float, rate: int = RATE) -> Sound:
    out = folder / "out.wav"
    assert render(files, out, rate, crossfade_s=seconds) == []
    return samples(out)


def test_two_steady_sounds_cross_at_equal_power_to_the_sample(tmp_path: Path) -> None:
    first, second, fade = 5 * RATE + 7, 4 * RATE + 11, 1 * RATE
    files = [constant(tmp_path / "1.flac", 0.25, first), constant(tmp_path / "2.flac", 0.5, second)]
    found = rendered(files, tmp_path, 1.0)
    assert len(found) == first + second - fade
    start = first - fade
    assert np.all(found[:start] == np.float32(0.25))
    assert np.all(found[first:] == np.float32(0.5))
    angle = (np.arange(fade) + 0.5) / fade * np.pi / 2
    wanted = 0.25 * np.cos(angle) + 0.5 * np.sin(angle)
    assert np.abs(found[start:first] - wanted[:, None]).max() < 1e-6


def test_the_power_of_unlike_sounds_stays_what_it_was() -> None:
    going, coming = gains(44_100, 0, 44_100)
    assert np.abs(going**2 + coming**2 - 1).max() < 1e-12
    assert np.all(np.diff(going[:, 0]) < 0)
    assert going[22_049, 0] > coming[22_049, 0]
    assert going[22_050, 0] < coming[22_050, 0]


def test_music_that_fades_is_the_music_of_both_files(tmp_path: Path) -> None:
    first, second, fade = music(6.0, seed=1), music(5.0, seed=2), round(1.5 * RATE)
    found = rendered(
        [bytes(write(tmp_path / f"{n}.flac", one)) for n, one in enumerate([first, second])], tmp_path, 1.5
    )
    going, coming = gains(fade, 0, fade)
    wanted = np.concatenate([first[:-fade], first[-fade:] * going + second[:fade] * coming, second[fade:]])
    assert len(found) == len(wanted)
    assert np.abs(found - wanted).max() < 1e-6


def test_files_of_other_rates_fade_at_the_right_sample(tmp_path: Path) -> None:
    files = [
        constant(tmp_path / "1.flac", 0.25, 4 * 96_000 + 5, 96_000),
        constant(tmp_path / "2.flac", 0.25, 4 * RATE, RATE),
        constant(tmp_path / "3.flac", 0.25, 4 * 22_050, 22_050),
    ]
    found = rendered(files, tmp_path, 1.0, 48_000)
    lengths = [-(-(4 * 96_000 + 5) // 2), 4 * 48_000, 4 * 48_000]
    assert len(found) == sum(lengths) - 2 * 48_000
    for middle in (lengths[0] - 24_000, lengths[0] + lengths[1] - 48_000 - 24_000):
        around = found[middle - 1 : middle + 1]
        assert np.abs(around - 0.25 * np.sqrt(2)).max() < 1e-4
        assert np.abs(found[middle - 26_000 : middle - 24_100] - 0.25).max() < 1e-4
        assert np.abs(found[middle + 24_100 : middle + 26_000] - 0.25).max() < 1e-4


def on_album(number: int, path: bytes, album: str = "a") -> Track:
    return replace(a_track(number, path), track_no=number, album_key=AlbumKey(album))


def test_an_album_in_order_is_never_faded_and_one_out_of_order_is(tmp_path: Path) -> None:
    whole = music(9.0)
    parts = [bytes(write(tmp_path / f"{n}.flac", part)) for n, part in enumerate(np.split(whole, [130_001, 270_001]))]
    album = [on_album(n, path) for n, path in enumerate(parts, 1)]
    out = tmp_path / "out.wav"
    render_tracks(album, out, crossfade_s=1.0)
    assert np.array_equal(samples(out), whole)
    render_tracks(album, out, 48_000, crossfade_s=1.0)
    faded = samples(out)
    render_tracks(album, out, 48_000)
    assert np.array_equal(samples(out), faded)
    render_tracks([album[0], album[2]], out, crossfade_s=0.5)
    assert len(samples(out)) == 130_001 + len(whole) - 270_001 - RATE // 2
    # The album's own border stays whole beside one that fades.
    other = on_album(1, bytes(write(tmp_path / "b.flac", music(5.0, seed=9))), "b")
    render_tracks([other, album[0], album[1]], out, crossfade_s=0.5)
    assert np.array_equal(samples(out)[5 * RATE :], whole[RATE // 2 : 270_001])


def test_tracks_of_one_file_are_never_faded(tmp_path: Path) -> None:
    whole = music(9.0)
    path = bytes(write(tmp_path / "whole.flac", whole))
    spans = [(0, 3_000), (3_000, 6_500), (6_500, None)]
    tracks = [replace(a_track(n, path), start_ms=a, end_ms=b) for n, (a, b) in enumerate(spans, 1)]
    out = tmp_path / "out.wav"
    render_tracks(tracks, out, crossfade_s=2.0)
    assert np.array_equal(samples(out), whole)
    render_tracks([tracks[1], tracks[0]], out, crossfade_s=1.0)
    assert len(samples(out)) == round(6.5 * RATE) - RATE


def test_who_fades() -> None:
    assert fades(a_track(1), a_track(2))
    assert not fades(on_album(1, b"a"), on_album(2, b"b"))
    assert fades(on_album(2, b"b"), on_album(1, b"a"))
    assert fades(on_album(1, b"a"), on_album(1, b"a"))


@pytest.mark.parametrize("seconds", [1.0, 5.0, 12.0])
def test_short_tracks_give_a_third_of_themselves_at_most(tmp_path: Path, seconds: float) -> None:
    frames = [3 * RATE + 1, 1 * RATE + 2, 2 * RATE]
    files = [constant(tmp_path / f"{n}.flac", 0.25, count) for n, count in enumerate(frames)]
    found = rendered(files, tmp_path, seconds)
    most = round(seconds * RATE)
    thirds = [(1000 * count // RATE) * RATE // 1000 // 3 for count in frames]
    first = min(most, frames[0] // 3, thirds[1])
    second = min(most, frames[1] // 3, thirds[2])
    assert len(found) == sum(frames) - first - second
    assert found.min() >= np.float32(0.25)
    assert found.max() <= np.float32(0.25 * np.sqrt(2))


def test_a_track_of_one_sample_does_not_stand_in_the_way_of_a_fade(tmp_path: Path) -> None:
    files = [constant(tmp_path / "1.wav", 0.25, RATE), constant(tmp_path / "2.wav", 0.5, 1)]
    assert len(rendered([*files, files[0]], tmp_path, 12.0)) == 2 * RATE + 1 - RATE // 3


def test_each_keeps_its_own_level_while_they_fade(tmp_path: Path) -> None:
    paths = [constant(tmp_path / f"{n}.flac", 0.25, 3 * RATE) for n in range(2)]
    half, full = (
        replace(a_track(n, path), gain=Gain(track_db=db)) for n, path, db in ((1, paths[0], -6.0206), (2, paths[1], 0))
    )
    out = tmp_path / "out.wav"
    render_tracks([half, full], out, loudness=Loudness("track"), crossfade_s=1.0)
    found, (going, coming) = samples(out), gains(RATE, 0, RATE)
    assert np.abs(found[2 * RATE : 3 * RATE] - (0.125 * going + 0.25 * coming)).max() < 1e-6


def test_held_frames_come_out_in_order_from_both_ends() -> None:
    held, sound = Held(), music(1.0)[:1000]
    for at in range(0, 1000, 70):
        held.add(sound[at : at + 70])
    assert np.array_equal(held.take(100), sound[:100])
    assert np.array_equal(held.take_end(333), sound[667:])
    assert len(held) == 567
    assert np.array_equal(held.take(567), sound[100:667])
    assert len(held.take(0)) == len(held.take_end(0)) == len(held) == 0


def test_a_fade_is_never_longer_than_there_is_sound_for() -> None:
    assert longest(500, 10_000, 10_000, 400) == 400
    assert longest(500, 900, 10_000, 900) == 300
    assert longest(500, 10_000, 600, 900) == 200
    assert longest(500, 10_000, 0, 900) == 500
    assert longest(500, 10_000, 10_000, -3) == 0


def test_nothing_to_play_is_still_an_error(tmp_path: Path) -> None:
    with pytest.raises(PlaybackFailed):
        render([b"/gone.mp3"], tmp_path / "out.wav", crossfade_s=2.0)
