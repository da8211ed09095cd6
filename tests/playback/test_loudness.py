"""Level, equaliser and limiter inside the engine: borders stay where they are, to the sample."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.domain.ids import AlbumKey
from app.domain.loudness import PRESETS, Gain, Loudness
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.playback.player import Player
from app.playback.render import FileOutput
from tests.playback.sounds import RATE, Sound, a_track, music, write
from tests.playback.test_equaliser import by_samples

CUTS = [33_333, 77_777, 77_778, 120_001]
EVERYTHING = Loudness("auto", 3.0, True, PRESETS["Rock"])


def pieces(sound: Sound, folder: Path, gains: Sequence[Gain] = (), rate: int = RATE) -> list[Track]:
    """An album cut into files."""
    tracks = []
    for number, part in enumerate(np.split(sound, CUTS), 1):
        path = write(folder / f"{number}.float.wav", part, rate=rate)
        gain = gains[number - 1] if gains else Gain()
        tracks.append(replace(a_track(number, path), album_key=AlbumKey("album"), gain=gain))
    return tracks


def played(tracks: list[Track], loudness: Loudness, folder: Path, rate: int = RATE) -> Sound:
    out = folder / "out.wav"
    output = FileOutput(out, rate, "float32")
    player = Player(output, lambda event: None, lambda: 0)
    player.set_loudness(loudness)
    player.play_now(tracks, 0, StartedBy.HAND, "album")
    while player.state is PlaybackState.PLAYING:
        player.step()
    output.close()
    return np.frombuffer(out.read_bytes()[58:], dtype="<f4").reshape(-1, 2)


def test_with_everything_off_gains_in_the_tags_change_nothing(tmp_path: Path) -> None:
    sound = music(4.1)
    gains = [Gain(track_db=-9.0, album_db=-7.0, track_peak=0.5)] * 5
    assert np.array_equal(played(pieces(sound, tmp_path, gains), Loudness(), tmp_path), sound)


def test_each_track_has_its_own_level_from_its_very_first_sample(tmp_path: Path) -> None:
    sound = music(4.1)
    gains = [Gain(track_db=value, album_db=-1.0) for value in (-6.0, -3.0, -1.0, -9.0, -4.5)]
    found = played(pieces(sound, tmp_path, gains), Loudness("track"), tmp_path)
    assert len(found) == len(sound)
    borders = [0, *CUTS, len(sound)]
    for gain, begin, end in zip(gains, borders, borders[1:], strict=False):
        wanted = sound[begin:end] * np.float32(round(10 ** ((gain.track_db or 0) / 20), 6))
        assert np.array_equal(found[begin:end], wanted)


def test_an_album_in_order_keeps_one_level_and_a_mixed_queue_does_not(tmp_path: Path) -> None:
    sound = music(4.1)
    gains = [Gain(track_db=value, album_db=-6.0206) for value in (-6.0, -3.0, -1.0, -9.0, -4.5)]
    tracks = pieces(sound, tmp_path, gains)
    assert np.array_equal(played(tracks, Loudness("auto"), tmp_path), sound * np.float32(0.5))
    mixed = played(tracks[::-1], Loudness("auto"), tmp_path)
    last = sound[CUTS[-1] :] * np.float32(round(10 ** (-4.5 / 20), 6))
    assert np.array_equal(mixed[: len(last)], last)


def test_a_track_that_was_mixed_ahead_as_part_of_its_album_and_then_plays_alone_has_its_own_level(
    tmp_path: Path,
) -> None:
    sound = music(4.1)
    gains = [Gain(track_db=-6.0206, album_db=-2.0)] * 5
    first, second, third, *_ = pieces(sound, tmp_path, gains)
    out = tmp_path / "out.wav"
    player = Player(FileOutput(out, RATE, "float32"), lambda event: None, lambda: 0)
    player.set_loudness(Loudness("auto"))
    player.play_now([first, second, replace(third, album_key=AlbumKey("another"))], 0, StartedBy.HAND, "album")
    while len(player._stream.segments) < 2:
        player._stream._next()
    player._stream._next()  # some of the second is mixed already, at the level of the album
    player.move(player.queue.entries[2].entry_id, 1)
    player.jump(player.queue.entries[2].entry_id)
    begun = player._output._data_bytes  # type: ignore[attr-defined]
    while player.state is PlaybackState.PLAYING:
        player.step()
    player.quit()
    heard = np.frombuffer(out.read_bytes()[58 + begun :], dtype="<f4").reshape(-1, 2)
    assert np.allclose(heard, sound[CUTS[0] : CUTS[1]] * 0.5, atol=1e-5)


def test_the_filters_go_on_over_the_borders(tmp_path: Path) -> None:
    sound = music(4.1) * np.float32(0.3)
    found = played(pieces(sound, tmp_path), replace(EVERYTHING, replay_gain="off"), tmp_path)
    assert len(found) == len(sound)
    assert np.abs(found - by_samples(sound, PRESETS["Rock"])).max() < 1e-6


def test_with_everything_on_no_sample_is_lost_and_none_is_over_full_scale(tmp_path: Path) -> None:
    sound = music(4.1)
    gains = [Gain(track_db=value, album_db=4.0) for value in (6.0, 3.0, 9.0, -9.0, 12.0)]
    for rate in (RATE, 48_000):
        found = played(pieces(sound, tmp_path, gains), EVERYTHING, tmp_path, rate)
        assert len(found) == -(-len(sound) * rate // RATE)
        assert np.abs(found).max() <= 1.0
        assert np.abs(found).max() > 0.99


def test_a_choice_made_while_it_plays_adds_and_takes_no_sample(tmp_path: Path) -> None:
    sound = music(20.0)
    track = replace(a_track(1, write(tmp_path / "a.flac", sound)), gain=Gain(track_db=-6.0206))
    output = FileOutput(tmp_path / "out.wav", RATE, "float32")
    player = Player(output, lambda event: None, lambda: 0)
    player.play_now([track], 0, StartedBy.HAND, "")
    player.step()
    player.set_loudness(EVERYTHING)
    player.step()
    player.set_loudness(Loudness())
    while player.state is PlaybackState.PLAYING:
        player.step()
    output.close()
    found = np.frombuffer((tmp_path / "out.wav").read_bytes()[58:], dtype="<f4").reshape(-1, 2)
    changed = np.flatnonzero((found != sound).any(axis=1))
    assert len(found) == len(sound)
    assert 0 < changed[0] < changed[-1] < len(sound) * 3 // 4
