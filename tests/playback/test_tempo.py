"""Faster and slower at the same pitch, and where in the music one is meanwhile."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.play import is_listen
from app.domain.queue import PlaybackState
from app.playback.events import PositionChanged
from app.playback.render import render
from app.playback.sound import Block, joined, silence
from app.playback.tempo import Tempo
from tests.playback.sounds import RATE, Deck, Sound, fake_tracks, music, write
from tests.playback.test_player import HAND, TEN_S

SPEEDS = [50, 75, 90, 110, 150, 200]


def tone(seconds: float, hz: float = 440.0) -> Sound:
    one = 0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)
    return np.stack([one, one], 1).astype(np.float32)


def through(tempo: Tempo, sound: Sound, step: int = 1152) -> Block:
    blocks = [tempo.push(sound[at : at + step]) for at in range(0, len(sound), step)]
    return joined([*blocks, tempo.finish()])


def loudest_hz(sound: Block) -> float:
    spectrum = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    return float(np.argmax(spectrum)) * RATE / len(sound)


def test_normal_speed_gives_back_the_very_same_block() -> None:
    tempo, block = Tempo(RATE), music(0.1)
    assert tempo.push(block) is block
    assert len(tempo.finish()) == 0
    assert tempo.music_at(1234) == 1234


@pytest.mark.parametrize("percent", SPEEDS)
def test_the_length_changes_and_the_pitch_stays(percent: int) -> None:
    tempo, sound = Tempo(RATE), tone(6.0)
    tempo.set(percent)
    found = through(tempo, sound)
    assert len(found) == pytest.approx(len(sound) * 100 / percent, abs=0.05 * RATE)
    assert loudest_hz(found) == pytest.approx(440.0, abs=0.5)
    assert np.abs(found[RATE // 2 : -RATE // 2]).max() == pytest.approx(0.5, abs=0.02)
    assert tempo.music_at(len(found)) == len(sound)


def test_a_change_on_the_way_neither_clicks_nor_skips() -> None:
    tempo, sound, blocks = Tempo(RATE), tone(6.0), []
    steepest = float(np.abs(np.diff(sound[:, 0])).max())
    for number, at in enumerate(range(0, len(sound), 1152)):
        tempo.set([100, 150, 60, 100, 200][number // 40 % 5])
        blocks.append(tempo.push(sound[at : at + 1152]))
    found = joined([*blocks, tempo.finish()])
    assert np.abs(np.diff(found[:, 0])).max() < 1.2 * steepest
    assert tempo.music_at(len(found)) == len(sound)


@given(st.lists(st.tuples(st.integers(20, 300), st.integers(0, 3_000)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_map_to_the_music_never_goes_back_and_ends_at_its_end(steps: list[tuple[int, int]]) -> None:
    tempo, out, music_frames = Tempo(8_000), 0, 0
    for percent, frames in steps:
        tempo.set(percent)
        out += len(tempo.push(silence(frames)))
        music_frames += frames
    out += len(tempo.finish())
    places = [tempo.music_at(at) for at in range(0, out + 1, 50)]
    assert places == sorted(places)
    assert all(0 <= place <= music_frames for place in places)
    assert tempo.music_at(out) == music_frames


def test_a_track_heard_at_double_speed_was_heard_whole() -> None:
    deck = Deck()
    deck.player.set_speed(200)
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "tracks")
    deck.run(2.5)
    assert deck.player.position_ms == pytest.approx(5_000, abs=200)
    deck.run(8.0)
    assert deck.heard() == [(1, "finished", 10_000), (2, "finished", 10_000)]
    assert is_listen(deck.plays[0].played_ms, deck.plays[0].duration_ms)
    starts = [play.started_at for play in deck.plays]
    assert starts[1] - starts[0] == pytest.approx(5_000, abs=150)


def test_another_speed_is_heard_within_what_the_output_holds_and_nothing_of_the_track_is_missed() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S), 0, HAND, "tracks")
    deck.run(2.0)
    deck.player.set_speed(50)
    deck.run(1.1)
    before = deck.player.position_ms
    deck.run(2.0)
    assert deck.player.position_ms - before == pytest.approx(1_000, abs=60)
    deck.player.set_speed(100)
    deck.run(1.1)
    before = deck.player.position_ms
    deck.run(2.0)
    assert deck.player.position_ms - before == pytest.approx(2_000, abs=60)
    deck.run(8.0)
    assert deck.heard() == [(1, "finished", 10_000)]
    told = [event.position_ms for event in deck.events if isinstance(event, PositionChanged)]
    assert told[:-1] == sorted(told[:-1])


def test_pause_seek_and_skip_count_the_music_at_any_speed() -> None:
    deck = Deck()
    deck.player.set_speed(150)
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "tracks")
    deck.run(2.0)
    deck.player.pause()
    deck.run(5.0)
    deck.player.play()
    deck.player.seek(8_000)
    assert deck.player.position_ms == 8_000
    deck.run(0.5)
    assert deck.player.position_ms == pytest.approx(8_750, abs=60)
    deck.player.next()
    deck.run(1.0)
    deck.player.stop()
    assert deck.player.state is PlaybackState.STOPPED
    assert [play.played_ms for play in deck.plays] == pytest.approx([3_750, 1_500], abs=60)


def test_a_fade_and_a_speed_go_together() -> None:
    deck = Deck()
    deck.player.set_speed(200)
    deck.player.set_crossfade(2.0)
    deck.player.play_now(fake_tracks(TEN_S, TEN_S), 0, HAND, "tracks")
    deck.run(12.0)
    assert deck.heard() == [(1, "finished", 9_000), (2, "finished", 9_000)]


@pytest.mark.parametrize("percent", [50, 125, 200])
def test_an_album_at_another_speed_has_no_border_in_it(tmp_path: Path, percent: int) -> None:
    whole = tone(6.0)
    parts = [bytes(write(tmp_path / f"{n}.flac", part)) for n, part in enumerate(np.split(whole, [100_001, 177_777]))]
    out = tmp_path / "out.wav"
    render([bytes(write(tmp_path / "whole.flac", whole))], out, speed_percent=percent)
    wanted = out.read_bytes()
    render(parts, out, speed_percent=percent)
    found = np.frombuffer(out.read_bytes()[58:], dtype="<f4")
    assert np.array_equal(found, np.frombuffer(wanted[58:], dtype="<f4"))
