"""Files as they are found: the engine plays what there is of them, logs it as it was, and goes on."""

import os
import wave
from pathlib import Path

import mutagen
import numpy as np
import pytest

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.decoder import Decoder
from tests.helpers.params import first
from tests.playback.sounds import FORMATS, RATE, Deck, Sound, a_track, music, write

HAND = StartedBy.HAND
COMPRESSED = ["mp3", "flac", "ogg", "opus", "m4a"]


def a_deck(*paths: Path) -> Deck:
    deck = Deck(open_source=Decoder)
    tracks = [a_track(number, path) for number, path in enumerate(paths, 1)]
    deck.player.play_now(tracks, 0, HAND, "tracks")
    return deck


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write(tmp_path / "good.flac", music(2.0))


def overwritten(path: Path, share: float, count: int, seed: int = 3) -> Path:
    """Random bytes over a part of a file that begins at a share of it."""
    data = bytearray(path.read_bytes())
    at = int(len(data) * share)
    data[at : at + count] = np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8).tobytes()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", COMPRESSED)
@pytest.mark.parametrize("crossfade_s", [0, 1])
def test_damage_in_the_middle_costs_no_more_than_itself_and_the_next_track_plays(
    tmp_path: Path, good: Path, kind: str, crossfade_s: int
) -> None:
    bad = overwritten(write(tmp_path / f"bad.{kind}", music(8.0, FORMATS[kind][2])), 0.5, 3_000)
    deck = a_deck(bad, good)
    deck.player.set_crossfade(crossfade_s)
    deck.run(14.0)
    (first, how, ms), second = deck.heard()
    assert (first, how) == (1, "finished")
    assert 6_500 - 500 * crossfade_s <= ms <= 8_100
    assert second[:2] == (2, "finished")


@pytest.mark.parametrize("kind", COMPRESSED)
def test_a_damaged_file_can_be_sought_in(tmp_path: Path, good: Path, kind: str) -> None:
    bad = overwritten(write(tmp_path / f"bad.{kind}", music(8.0, FORMATS[kind][2])), 0.5, 3_000)
    deck = a_deck(bad, good)
    for place in (4_100, 1_000, 7_000, 3_900):
        deck.run(0.3)
        deck.player.seek(place)
    deck.run(10.0)
    assert [track for track, *_ in deck.heard()] == [1, 2]
    assert deck.player.state is PlaybackState.STOPPED


DAMAGED_MS = {"flac": (4_000, 5_000), "alac.m4a": (4_000, 5_000), "m4a": (4_000, 5_100), "ogg": (3_500, 6_500)}
"""What cannot be heard where a tenth of the file in its middle is damaged: an Ogg file loses whole pages."""


@pytest.mark.parametrize("kind", DAMAGED_MS)
@pytest.mark.parametrize("how", ["random", "zeroes"])
@pytest.mark.parametrize("place_ms", first([4_500, 1_000, 6_600, 9_000]))
def test_a_jump_to_or_past_what_is_damaged_leads_to_the_next_that_can_be_heard(
    tmp_path: Path, kind: str, how: str, place_ms: int
) -> None:
    whole = music(10.0)
    path = write(tmp_path / f"bad.{kind}", whole)
    data = bytearray(path.read_bytes())
    first, last = int(len(data) * 0.4), int(len(data) * 0.5)
    data[first:last] = np.random.default_rng(3).bytes(last - first) if how == "random" else bytes(last - first)
    path.write_bytes(data)
    decoder = Decoder(bytes(path))
    for _ in range(3):
        decoder.read()
    decoder.seek(place_ms * RATE // 1000)
    found_ms = stands_at(decoder, whole) * 1000 / RATE
    begun, ended = DAMAGED_MS[kind]
    latest_ms = ended + 200 if begun < place_ms < ended else place_ms
    assert place_ms - 1 <= found_ms <= latest_ms + 1
    decoder.close()


def stands_at(decoder: Decoder, whole: Sound) -> int:
    """The frame of the whole that the decoder gives next."""
    sound = np.concatenate([block for _ in range(8) if (block := decoder.read()) is not None])[2_000:6_000, 0]
    size = 1 << (len(whole) + len(sound)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(whole[:, 0], size) * np.conj(np.fft.rfft(sound, size)), size)
    return int(np.argmax(alike[: len(whole)])) - 2_000


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\0" * 100_000, b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"fLaC", b"OggS" * 1_000, b"<html>no</html>" * 99],
    ids=["empty", "one byte", "zeroes", "a tag without end", "a beginning", "heads", "a page"],
)
def test_what_is_no_sound_is_one_failed_play_and_one_sentence(tmp_path: Path, good: Path, content: bytes) -> None:
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(content)
    deck = a_deck(bad, good, bad, good)
    deck.run(6.0)
    assert deck.heard() == [(1, "failed", 0), (2, "finished", 2000), (3, "failed", 0), (4, "finished", 2000)]
    assert len(deck.troubles) == 2


def test_wrong_names_odd_shapes_and_tiny_lengths_play_one_after_the_other(tmp_path: Path, good: Path) -> None:
    misnamed = write(tmp_path / "a.flac", music(1.0)).rename(tmp_path / "a.ogg")
    one = write(tmp_path / "one.wav", music(1.0)[:1])
    eight = write(tmp_path / "eight.wav", np.tile(music(1.0)[:, :1], (1, 8)), layout="7.1")
    high = write(tmp_path / "high.wav", music(0.5, 384_000), rate=384_000)
    low = write(tmp_path / "low.wav", music(0.5, 8_000), rate=8_000)
    deck = a_deck(misnamed, one, eight, high, low, good)
    deck.run(8.0)
    assert deck.heard() == [
        (1, "finished", 1000),
        (2, "finished", 0),
        (3, "finished", 1000),
        (4, "finished", 500),
        (5, "finished", 500),
        (6, "finished", 2000),
    ]
    assert deck.troubles == []


def chained(folder: Path, kind: str, rate: int, layout: str) -> Path:
    """Three seconds, and behind them in the same file three more that are not as the first."""
    sound = music(3.0, rate)[:, : 2 if layout == "stereo" else 1]
    first = write(folder / f"1.{kind}", music(3.0, FORMATS[kind][2]))
    second = write(folder / f"2.{kind}", sound, layout=layout, rate=rate)
    mixed = folder / f"mixed.{kind}"
    mixed.write_bytes(first.read_bytes() + second.read_bytes())
    return mixed


@pytest.mark.parametrize(
    ("kind", "rate", "layout"),
    [
        ("mp3", 22_050, "mono"),
        ("mp3", 48_000, "stereo"),
        ("ogg", RATE, "stereo"),
        ("ogg", 22_050, "stereo"),
        ("opus", 48_000, "stereo"),
        ("opus", 48_000, "mono"),
    ],
)
def test_a_file_that_changes_its_rate_and_channels_midway_plays_on(
    tmp_path: Path, good: Path, kind: str, rate: int, layout: str
) -> None:
    deck = a_deck(chained(tmp_path, kind, rate, layout), good)
    deck.run(12.0)
    (track, how, ms), last = deck.heard()
    assert (track, how) == (1, "finished")
    assert ms == pytest.approx(6_000, abs=150)
    assert last == (2, "finished", 2000)


@pytest.mark.parametrize("kind", ["wav", *COMPRESSED])
def test_a_file_that_is_deleted_while_it_plays_is_heard_to_its_end(tmp_path: Path, good: Path, kind: str) -> None:
    path = write(tmp_path / f"a.{kind}", music(6.0, FORMATS[kind][2]))
    deck = a_deck(path, good)
    deck.run(1.0)
    path.unlink()
    deck.run(1.0)
    deck.player.seek(4_000)
    deck.run(6.0)
    assert [(track, how) for track, how, _ in deck.heard()] == [(1, "finished"), (2, "finished")]
    assert deck.plays[0].played_ms == pytest.approx(4_000, abs=60)


def test_a_file_that_is_replaced_while_it_plays_is_heard_as_it_was(tmp_path: Path, good: Path) -> None:
    path = write(tmp_path / "a.flac", music(6.0))
    deck = a_deck(path, good)
    deck.run(1.0)
    os.replace(write(tmp_path / "b.flac", music(1.0)), path)
    deck.run(8.0)
    assert deck.heard() == [(1, "finished", 6000), (2, "finished", 2000)]


def read_two_seconds(decoder: Decoder) -> int:
    """Reads that far; gives the place, which is behind whole blocks."""
    place = 0
    while place < 2 * RATE:
        block = decoder.read()
        assert block is not None
        place += len(block)
    return place


@pytest.mark.parametrize("kind", ["wav", "mp3", "ogg", "m4a", "wv"])
@pytest.mark.parametrize("after", ["a pause", "a jump"])
def test_a_file_that_another_one_is_written_into_is_heard_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, after: str
) -> None:
    path, other = write(tmp_path / f"one.{kind}", music(6.0)), music(8.0, seed=2)
    decoder = Decoder(bytes(path))
    place = read_two_seconds(decoder)
    path.write_bytes(write(tmp_path / "other.flac", other).read_bytes())
    if after == "a jump":
        place = 5 * RATE
        decoder.seek(place)
    else:
        monkeypatch.setattr("app.playback.decoder._RESTED_S", -1.0)
    heard = []
    while (block := decoder.read()) is not None:
        heard.append(block)
    assert np.array_equal(np.concatenate(heard), other[place:])
    decoder.close()


@pytest.mark.parametrize("kind", ["flac", "wav", "mp3"])
def test_a_wav_that_another_file_is_written_into_is_never_taken_for_sound_as_it_was(tmp_path: Path, kind: str) -> None:
    path, other = write(tmp_path / "one.wav", music(6.0)), write(tmp_path / f"other.{kind}", music(8.0, seed=2))
    whole = decoded(other)
    decoder = Decoder(bytes(path))
    place = read_two_seconds(decoder)
    path.write_bytes(other.read_bytes())
    heard = []
    while (block := decoder.read()) is not None:
        heard.append(block)
    assert np.allclose(np.concatenate(heard), whole[place:], atol=2e-4 if kind == "mp3" else 0)
    decoder.close()


def test_a_wav_that_is_still_being_recorded_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.playback.decoder._RESTED_S", float("inf"))
    path = write(tmp_path / "one.wav", music(3.0))
    opens, opened = Decoder._open, list[int]()
    monkeypatch.setattr(Decoder, "_open", lambda decoder, rate=0: (opened.append(rate), opens(decoder, rate)))
    decoder = Decoder(bytes(path))
    while decoder.read() is not None:
        with path.open("ab") as file:
            file.write(bytes(100))
    assert opened == [0]
    decoder.close()


def decoded(path: Path) -> Sound:
    decoder, blocks = Decoder(bytes(path)), []
    while (block := decoder.read()) is not None:
        blocks.append(block)
    decoder.close()
    return np.concatenate(blocks)


@pytest.mark.parametrize("kind", ["wav", *COMPRESSED])
def test_a_jump_in_a_file_that_is_written_without_an_end_opens_it_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = write(tmp_path / f"one.{kind}", music(6.0, FORMATS[kind][2]))
    opens, opened = Decoder._open, list[int]()

    def open_and_write_on(decoder: Decoder, rate: int = 0) -> None:
        opens(decoder, rate)
        opened.append(rate)
        with path.open("ab") as file:
            file.write(bytes(100))

    monkeypatch.setattr(Decoder, "_open", open_and_write_on)
    decoder = Decoder(bytes(path))
    decoder.seek(3 * decoder.rate)
    assert len(opened) == 2
    assert decoder.read() is not None
    decoder.close()


def test_a_file_whose_tags_another_program_makes_longer_while_it_plays_loses_and_repeats_nothing(
    tmp_path: Path,
) -> None:
    whole = music(6.0)
    path = write(tmp_path / "one.flac", whole)
    decoder = Decoder(bytes(path))
    heard = [block for _ in range(5) if (block := decoder.read()) is not None]
    file = mutagen.File(path)
    file["comment"] = "x" * 100_003
    file.save(padding=lambda _info: 0)
    while (block := decoder.read()) is not None:
        heard.append(block)
    assert np.array_equal(np.concatenate(heard), whole)
    decoder.close()


@pytest.mark.parametrize("after", ["a pause", "a jump"])
def test_a_file_that_becomes_no_sound_while_it_is_paused_fails_with_a_sentence(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    path = write(tmp_path / "one.mp3", music(6.0))
    deck = a_deck(path, good)
    deck.run(1.0)
    deck.player.pause()
    path.write_bytes(b"<html>no</html>" * 9_999)
    monkeypatch.setattr("app.playback.decoder._RESTED_S", -1.0)
    if after == "a jump":
        deck.player.seek(3_000)
    deck.player.play()
    deck.run(8.0)
    assert [(track, ended) for track, ended, _ in deck.heard()] == [(1, "failed"), (2, "finished")]
    assert deck.troubles == ["“Track 1” was not played. The file could not be read any further."]


@pytest.mark.parametrize("kind", first(["wav", *COMPRESSED], 2))
def test_a_file_that_is_cut_off_while_it_plays_ends_there_and_the_next_plays(
    tmp_path: Path, good: Path, kind: str
) -> None:
    path = write(tmp_path / f"a.{kind}", music(40.0, FORMATS[kind][2]))
    deck = a_deck(path, good)
    deck.run(1.0)
    os.truncate(path, path.stat().st_size // 4)
    deck.run(1.0)
    deck.player.seek(39_000)
    deck.run(45.0)
    assert [track for track, *_ in deck.heard()] == [1, 2]
    assert deck.heard()[1][1:] == ("finished", 2000)
    assert deck.player.state is PlaybackState.STOPPED


def test_a_file_that_is_gone_when_its_turn_comes_is_a_failed_play(tmp_path: Path, good: Path) -> None:
    second = write(tmp_path / "b.flac", music(2.0))
    deck = a_deck(good, second, good)
    deck.run(0.4)
    deck.player.seek(0)
    second.unlink()
    deck.run(8.0)
    assert [(track, how) for track, how, _ in deck.heard()][-2:] == [(2, "failed"), (3, "finished")]


def test_a_header_that_promises_ten_hours_over_one_second_of_sound(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.rint(music(1.0) * 32_768).astype("<i2").tobytes())
    data = bytearray(path.read_bytes())
    data[40:44] = (4_000_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    deck = a_deck(path, good)
    deck.run(0.5)
    deck.player.seek(30_000_000)
    deck.run(4.0)
    assert deck.heard() == [(1, "finished", 500), (2, "finished", 2000)]


def test_ten_hours_in_a_file_that_takes_no_room(tmp_path: Path, good: Path) -> None:
    path, frames = tmp_path / "a.wav", 10 * 3600 * 8_000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, frames, "NONE", ""))
        file.writeframes(b"\0\0")
    with path.open("r+b") as raw:
        raw.seek(40)
        raw.write((2 * frames).to_bytes(4, "little"))
        raw.truncate(44 + 2 * frames)
    deck = a_deck(path, good)
    for place_h in (9, 1, 5):
        deck.player.seek(place_h * 3_600_000)
        deck.run(0.5)
        assert deck.player.position_ms == pytest.approx(place_h * 3_600_000 + 500, abs=60)
    deck.player.seek(36_000_000 - 1_000)
    deck.run(4.5)
    assert deck.heard() == [(1, "finished", 2500), (2, "finished", 2000)]
