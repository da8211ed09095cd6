"""Tracks of a cue sheet: parts of one file that come out as if it had never been cut."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.domain.cue_time import FRAMES_A_SECOND, to_ms, to_sample
from app.domain.errors import PlaybackFailed, UnreadableFile
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.playback.decoder import Decoder, Source
from app.playback.player import Player
from app.playback.render import FileOutput
from app.playback.sound import Block, joined
from app.playback.span import Sources
from tests.playback.sounds import FORMATS, RATE, Deck, FakeSource, Sound, a_track, music, write

FRAMES = [0, 41, 97, 98, 201]
"""Where the tracks begin, in cue frames of 1/75 s: none but the first stands on a whole millisecond."""


def cut(path: Path | bytes, frames: list[int] = FRAMES) -> list[Track]:
    """The tracks of a file that begin at these frames; the last one goes to its end."""
    ends = [*map(to_ms, frames[1:]), None]
    return [
        replace(
            a_track(number, b"/music/a.cue#%02d" % number),
            source_path=bytes(path) if isinstance(path, Path) else path,
            start_ms=to_ms(start),
            end_ms=end,
        )
        for number, (start, end) in enumerate(zip(frames, ends, strict=True), 1)
    ]


def everything(source: Source) -> Block:
    blocks = []
    while (block := source.read()) is not None:
        blocks.append(block)
    source.close()
    return joined(blocks)


def alone(track: Track) -> Block:
    sources = Sources()
    found = everything(sources.open(track))
    sources.close()
    return found


def played(tracks: list[Track], out: Path, rate: int = RATE) -> Sound:
    output = FileOutput(out, rate, "float32")
    player = Player(output, lambda _event: None, lambda: 0)
    player.play_now(tracks, 0, StartedBy.HAND, "album")
    while player.state is PlaybackState.PLAYING:
        player.step()
    player.quit()
    return np.frombuffer(out.read_bytes()[58:], dtype="<f4").reshape(-1, 2)


class Files:
    """Opens files and counts how often, how many seeks there were, and how many are open."""

    def __init__(self) -> None:
        self.opened = self.open = self.seeks = 0

    def __call__(self, path: bytes) -> Source:
        self.opened += 1
        self.open += 1
        return _Counted(self, Decoder(path))


class _Counted:
    def __init__(self, files: Files, decoder: Decoder) -> None:
        self._files, self._decoder = files, decoder
        self.rate, self.duration_ms = decoder.rate, decoder.duration_ms

    def read(self) -> Block | None:
        return self._decoder.read()

    def seek(self, frame: int) -> None:
        self._files.seeks += 1
        self._decoder.seek(frame)

    def close(self) -> None:
        self._files.open -= 1
        self._decoder.close()


def test_every_cue_frame_of_ten_hours_survives_being_kept_in_milliseconds() -> None:
    frames = range(36_000 * FRAMES_A_SECOND)
    assert all(to_sample(to_ms(frame), RATE) == frame * 588 for frame in frames)
    assert to_sample(to_ms(FRAMES_A_SECOND), 48_000) == 48_000


@pytest.mark.parametrize("kind", ["wav", "flac", "alac.m4a", "wv", "ogg", "opus", "mp3", "m4a"])
def test_the_tracks_of_a_file_one_after_the_other_are_the_whole_file(tmp_path: Path, kind: str) -> None:
    rate = FORMATS[kind][2]
    path = write(tmp_path / f"a.{kind}", music(4.1, rate))
    whole = everything(Decoder(bytes(path)))
    assert np.array_equal(played(cut(path), tmp_path / "out.wav", rate), whole)


def test_resampled_they_are_the_whole_file_too(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", music(4.1))
    whole = played([a_track(1, path)], tmp_path / "whole.wav", 48_000)
    assert np.array_equal(played(cut(path), tmp_path / "out.wav", 48_000), whole)


@pytest.mark.parametrize("kind", ["flac", "wv", "ogg", "mp3", "m4a"])
def test_each_track_alone_is_its_part_of_the_file(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"a.{kind}", music(4.1))
    whole = everything(Decoder(bytes(path)))
    parts = [alone(track) for track in cut(path)]
    assert [len(part) for part in parts[:-1]] == [588 * frames for frames in np.diff(FRAMES)]
    assert np.allclose(joined(parts), whole, atol=2e-4 if kind in {"ogg", "mp3", "m4a"} else 0)


def test_one_after_the_other_they_need_one_open_file_and_no_seek(tmp_path: Path) -> None:
    files, path = Files(), write(tmp_path / "a.flac", music(4.1))
    sources = Sources(files)
    for track in cut(path):
        everything(sources.open(track))
    assert (files.opened, files.seeks, files.open) == (1, 0, 0)


def test_out_of_order_each_is_opened_at_its_own_place_and_nothing_stays_open(tmp_path: Path) -> None:
    files, sound = Files(), music(4.1)
    path = write(tmp_path / "a.flac", sound)
    sources, tracks = Sources(files), cut(path)
    for number in (3, 0, 0, 2):
        start = FRAMES[number] * 588
        found = everything(sources.open(tracks[number]))
        assert np.array_equal(found, sound[start : start + len(found)])
    assert files.open == 1
    sources.close()
    assert files.open == 0


def test_a_seek_counts_from_the_start_of_the_track_and_stays_within_it(tmp_path: Path) -> None:
    sound = music(4.1)
    files, path = Files(), write(tmp_path / "a.flac", sound)
    start, end = FRAMES[1] * 588, FRAMES[2] * 588
    source = Sources(files).open(cut(path)[1])
    for frame in (100, 0, 20_001, end - start - 1):
        source.seek(frame)
        blocks = []
        while (block := source.read()) is not None:
            blocks.append(block)
        assert np.array_equal(joined(blocks), sound[start + frame : end])
    source.seek(end - start)
    assert source.read() is None
    source.close()
    assert files.open == 0


def test_the_length_is_that_of_the_track(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", music(4.0))
    opened = [Sources().open(track) for track in cut(path)]
    assert [source.duration_ms for source in opened] == [547, 746, 14, 1373, 1320]
    for source in opened:
        source.close()


def test_a_track_that_begins_behind_the_end_of_its_file_fails_with_a_sentence(tmp_path: Path) -> None:
    for kind in FORMATS:
        files, path = Files(), write(tmp_path / f"a.{kind}", music(1.0, FORMATS[kind][2]))
        with pytest.raises((UnreadableFile, PlaybackFailed), match="begins behind the end"):
            Sources(files).open(cut(path, [0, 750, 1500])[1])
        assert files.open == 0


def test_a_track_that_ends_behind_the_end_of_its_file_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    sound = music(1.0)
    files, path = Files(), write(tmp_path / "a.flac", sound)
    found = everything(Sources(files).open(cut(path, [0, 41, 750])[1]))
    assert np.array_equal(found, sound[41 * 588 :])
    assert files.open == 0


def test_a_file_that_is_gone_is_one_sentence_a_track(tmp_path: Path) -> None:
    deck = Deck(open_source=Decoder)
    deck.player.play_now(cut(tmp_path / "gone.flac", [0, 75]), 0, StartedBy.HAND, "album")
    assert deck.troubles == [f"“Track {n}” was not played. The file is not there any more." for n in (1, 2)]


def test_plays_and_positions_are_those_of_the_tracks() -> None:
    deck = Deck(open_source=FakeSource)
    deck.player.play_now(cut(f"{20 * RATE}:{RATE}".encode(), [0, 300, 525]), 0, StartedBy.HAND, "album")
    deck.run(5.0)
    assert deck.player.position_ms == pytest.approx(1000, abs=60)
    deck.player.seek(2_000)
    assert deck.player.position_ms == 2000
    deck.run(20.0)
    assert deck.heard() == [(1, "finished", 4000), (2, "finished", 2000), (3, "finished", 13_000)]
    assert [play.duration_ms for play in deck.plays] == [4000, 3000, 13_000]


def test_going_back_from_the_next_track_finds_the_one_before_again() -> None:
    deck = Deck(open_source=FakeSource)
    deck.player.play_now(cut(f"{20 * RATE}:{RATE}".encode(), [0, 300, 525]), 1, StartedBy.HAND, "album")
    deck.run(1.0)
    deck.player.previous()
    deck.run(4.5)
    deck.player.stop()
    assert deck.heard() == [(2, "skipped", 1000), (1, "finished", 4000), (2, "replaced", 500)]


def test_a_paused_or_stopped_player_keeps_no_file_of_a_track_before(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", music(2.0))
    held = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else None
    played(cut(path, [0, 40, 80])[:2], tmp_path / "out.wav")
    if held is not None:
        assert len(os.listdir("/proc/self/fd")) == held
