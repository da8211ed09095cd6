"""Files in which FFmpeg loses its way, or stops, and that go on behind that place."""

import contextlib
import os
import re
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import PlaybackFailed
from app.playback import resume
from app.playback.decoder import Decoder
from app.playback.resume import Place, next_beginning
from tests.playback.sounds import RATE, Sound, music, write
from tests.playback.test_decoder import decode, everything


def blocks_of(data: bytes) -> list[int]:
    return [found.start() for found in re.finditer(b"wvpk", data)]


@pytest.fixture
def sound() -> Sound:
    return music(4.0)


@pytest.fixture
def wavpack(tmp_path: Path, sound: Sound) -> Path:
    return write(tmp_path / "a.wv", sound)


def cut(path: Path, *holes: tuple[int, int]) -> list[int]:
    """Takes bytes out of blocks of a file, from behind each head on; gives the sample at which each block begins."""
    data = bytearray(path.read_bytes())
    starts = blocks_of(bytes(data))
    times = [int.from_bytes(data[start + 16 : start + 20], "little") for start in starts]
    for block, count in sorted(holes, reverse=True):
        del data[starts[block] + 40 : starts[block] + 40 + count]
    path.write_bytes(data)
    return [*times, times[-1]]


@pytest.mark.parametrize("holes", [[(1, 700)], [(1, 700), (3, 33)]], ids=["one", "two"])
def test_wavpack_goes_on_behind_what_is_missing_and_loses_those_blocks_alone(
    wavpack: Path, sound: Sound, holes: list[tuple[int, int]]
) -> None:
    times = cut(wavpack, *holes)
    there = np.ones(len(sound), dtype=bool)
    for block, _ in holes:
        there[times[block] : times[block + 1]] = False
    decoder = Decoder(bytes(wavpack))
    assert np.array_equal(everything(decoder), sound[there])
    assert decoder.damaged_packets >= len(holes)
    for at in (times[2] + 5, 100, times[4] + 1_000, times[2] - 1):
        decoder.seek(at)
        first = at if there[at] else times[2]
        assert np.array_equal(everything(decoder), sound[first:][there[first:]]), at
    decoder.close()


def test_a_first_jump_past_what_is_missing_leads_to_the_very_sample(wavpack: Path, sound: Sound) -> None:
    times = cut(wavpack, (1, 700))
    decoder = Decoder(bytes(wavpack))
    decoder.seek(times[4] + 321)
    assert np.array_equal(everything(decoder), sound[times[4] + 321 :])
    decoder.close()


def test_wavpack_that_breaks_off_ends_there(wavpack: Path, sound: Sound) -> None:
    data = wavpack.read_bytes()
    starts = blocks_of(data)
    time = int.from_bytes(data[starts[3] + 16 : starts[3] + 20], "little")
    wavpack.write_bytes(data[: starts[3]] + b"\xff" * 50_000)
    assert np.array_equal(decode(wavpack), sound[:time])


def test_a_search_that_found_nothing_is_not_made_again(wavpack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = wavpack.read_bytes()
    begun = blocks_of(data)
    block = data[begun[1] : begun[2]]
    wavpack.write_bytes(data[: begun[2]] + block[:600] * 900)
    searches: list[Place] = []

    def counted(descriptor: int, format_name: str, behind: Place) -> Place | None:
        searches.append(behind)
        return next_beginning(descriptor, format_name, behind)

    monkeypatch.setattr("app.playback.decoder.next_beginning", counted)
    decoder = Decoder(bytes(wavpack))
    with contextlib.suppress(PlaybackFailed):
        everything(decoder)
    decoder.close()
    assert 0 < len(searches) == len(set(searches))


def breaks_off(path: Path) -> Path:
    """Leaves two blocks of a WavPack file, and heads without a block behind them, thousands of them."""
    data = path.read_bytes()
    head = data[:32]
    fakes = b"".join(head[:16] + at.to_bytes(4, "little") + head[20:] for at in range(2 * RATE, 9 * RATE, 9))
    path.write_bytes(data[: blocks_of(data)[2]] + fakes)
    return path


def test_heads_without_a_block_end_the_search_soon(wavpack: Path) -> None:
    decoder = Decoder(bytes(breaks_off(wavpack)))
    with pytest.raises(PlaybackFailed, match="damaged"):
        everything(decoder)
    decoder.close()


@pytest.mark.parametrize(("ending", "kind", "rate"), [("flac", "oga", RATE), ("opus", "opus", 48_000)])
def test_an_ogg_file_plays_on_where_another_codec_is_joined_on(
    tmp_path: Path, ending: str, kind: str, rate: int
) -> None:
    first = write(tmp_path / "a.ogg", music(1.5))
    second = _in_ogg(tmp_path / f"b.{kind}", ending, rate)
    alone = decode(second)
    both = tmp_path / "both.ogg"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    found, begins = decode(both), len(decode(first))
    assert len(found) == begins + -(-len(alone) * RATE // rate)
    if rate == RATE:
        assert np.array_equal(found[begins:], alone)
    decoder = Decoder(bytes(both))
    everything(decoder)
    for at in (begins + 30_000, 1_000):
        decoder.seek(at)
        assert len(everything(decoder)) == len(found) - at
    decoder.close()


@pytest.mark.parametrize("read_before", [False, True])
def test_a_jump_in_an_ogg_file_of_several_streams_leads_to_the_very_sample_and_all_behind_it_is_heard(
    tmp_path: Path, read_before: bool
) -> None:
    parts = [
        write(tmp_path / f"{number}.ogg", music(seconds, rate), rate=rate)
        for number, (seconds, rate) in enumerate(((9.0, RATE), (8.0, 48_000), (2.0, 22_050)))
    ]
    path = tmp_path / "joined.ogg"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    whole = decode(path)
    assert len(whole) == pytest.approx(19 * RATE, rel=0.01)
    for seconds in (1.0, 10.0, 18.5, 14.0):
        decoder, at = Decoder(bytes(path)), round(seconds * RATE)
        if read_before:
            everything(decoder)
        decoder.seek(at)
        assert np.array_equal(everything(decoder), whole[at:]), seconds
        decoder.close()


def _in_ogg(path: Path, ending: str, rate: int) -> Path:
    import av

    made = write(path.with_name(f"plain.{ending}"), music(1.5, rate))
    if ending == "opus":
        return made.rename(path)
    with av.open(str(made)) as source, av.open(str(path), "w", format="ogg") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return path


def test_a_beginning_is_found_across_the_pieces_that_are_read_and_not_farther_than_is_looked(
    tmp_path: Path, wavpack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = wavpack.read_bytes()[:32]
    at = 3_000
    file = tmp_path / "b"
    file.write_bytes(b"wvpk" + bytes(at - 4) + head + bytes(500))
    for piece in range(40, 60):
        monkeypatch.setattr(resume, "_PIECE_BYTES", piece)
        with file.open("rb") as opened:
            assert next_beginning(opened.fileno(), "wv", Place()) == Place(at, 0)
            assert next_beginning(opened.fileno(), "wv", Place(0, 0)) is None, "not later"
            assert next_beginning(opened.fileno(), "ogg", Place()) is None
            assert next_beginning(opened.fileno(), "mp3", Place()) is None
    monkeypatch.setattr(resume, "_FARTHEST", 2_000)
    with file.open("rb") as opened:
        assert next_beginning(opened.fileno(), "wv", Place()) is None
    assert os.path.getsize(file) > at
