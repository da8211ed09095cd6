import os
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from av import AudioFrame

from app.domain.errors import PlaybackFailed, UnreadableFile
from app.playback import decoder as decoder_module
from app.playback.decoder import Decoder
from app.playback.sound import Block, ToStereo, joined
from tests.playback.sounds import FORMATS, RATE, music, write

LOSSLESS = ["wav", "float.wav", "flac", "24.flac", "alac.m4a", "wv"]
LOSSY = ["ogg", "opus", "mp3", "m4a"]


def everything(decoder: Decoder) -> Block:
    blocks = []
    while (block := decoder.read()) is not None:
        blocks.append(block)
    return joined(blocks)


def decode(path: Path) -> Block:
    decoder = Decoder(bytes(path))
    try:
        return everything(decoder)
    finally:
        decoder.close()


@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_lossless_file_comes_back_bit_for_bit(tmp_path: Path, kind: str) -> None:
    sound = music(1.3)[:-7]
    assert np.array_equal(decode(write(tmp_path / f"a.{kind}", sound)), sound)


@pytest.mark.parametrize(("kind", "most_ms"), [("opus", 0), ("mp3", 0), ("m4a", 1)])
def test_a_lossy_file_is_as_long_as_its_source_and_in_step_with_it(tmp_path: Path, kind: str, most_ms: int) -> None:
    rate = FORMATS[kind][2]
    sound = music(2.0, rate)[:-7]
    found = decode(write(tmp_path / f"a.{kind}", sound))
    assert abs(len(found) - len(sound)) <= most_ms * rate // 1000
    middle, around = sound[rate : rate + 8000, 0], found[rate - 50 : rate + 8050, 0]
    assert int(np.argmax(np.correlate(around, middle, "valid"))) == 50


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_a_seek_gives_the_same_samples_as_playing_there(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"a.{kind}", music(4.0, FORMATS[kind][2]))
    whole = decode(path)
    decoder = Decoder(bytes(path))
    for frame in (0, 1, 44_123, 100_001, 5, len(whole) - 3, 60_000, 0):
        decoder.seek(frame)
        rest = everything(decoder)
        assert len(rest) == len(whole) - frame
        assert np.allclose(rest, whole[frame:], atol=2e-4 if kind in LOSSY else 0)
    decoder.seek(len(whole) + 10)
    assert decoder.read() is None
    decoder.close()


def test_a_far_place_in_a_long_mp3_is_gone_to_and_a_near_one_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder_module, "_FARTHEST_SCAN", 50_000)
    path = write(tmp_path / "a.mp3", music(8.0))
    whole = decode(path)
    decoder = Decoder(bytes(path))
    for target in (6 * RATE, 7 * RATE, 5 * RATE):
        decoder.seek(target)
        found = everything(decoder)
        piece, around = found[4_000:12_000, 0], whole[target : target + 16_000, 0]
        assert abs(int(np.argmax(np.correlate(around, piece, "valid"))) - 4_000) < 3_000, "off by 70 ms at most"
        decoder.seek(RATE)  # counted again, from the beginning on
        assert np.allclose(everything(decoder), whole[RATE:], atol=2e-4)
        decoder.seek(0)
    decoder.close()


def test_the_duration_is_known_at_once(tmp_path: Path) -> None:
    for kind in FORMATS:
        decoder = Decoder(bytes(write(tmp_path / f"a.{kind}", music(1.5, FORMATS[kind][2]))))
        assert decoder.duration_ms == pytest.approx(1500, abs=30)
        decoder.close()


def test_mono_is_heard_on_both_sides_at_full_level(tmp_path: Path) -> None:
    sound = music(0.5)[:, :1]
    found = decode(write(tmp_path / "a.wav", sound, layout="mono"))
    assert np.array_equal(found, np.repeat(sound, 2, axis=1))


@pytest.mark.parametrize(("layout", "channels"), [("5.1", 6), ("7.1", 8)])
def test_surround_is_mixed_to_stereo_without_clipping(tmp_path: Path, layout: str, channels: int) -> None:
    sound = np.full((20_000, channels), 0.99, dtype=np.float32)
    found = decode(write(tmp_path / "a.wav", sound, layout=layout))
    assert found.shape == (20_000, 2)
    assert 0.5 < np.abs(found).max() <= 1.0


def test_a_very_high_rate_is_kept(tmp_path: Path) -> None:
    decoder = Decoder(bytes(write(tmp_path / "a.wav", music(0.2, 384_000), rate=384_000)))
    assert decoder.rate == 384_000
    assert len(everything(decoder)) == 76_800
    decoder.close()


def test_one_sample_is_enough(tmp_path: Path) -> None:
    assert decode(write(tmp_path / "a.wav", music(1)[:1])).shape == (1, 2)


def test_a_file_without_samples_has_no_sound(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
    with pytest.raises(UnreadableFile, match="no sound"):
        decode(tmp_path / "a.wav")


def test_the_extension_does_not_matter(tmp_path: Path) -> None:
    sound = music(1)
    path = write(tmp_path / "a.flac", sound).rename(tmp_path / "a.mp3")
    assert np.array_equal(decode(path), sound)


def test_a_name_that_is_no_text_opens(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/\xff\n\xf0\x9f\x8e\xb5.wav"
    os.rename(write(tmp_path / "a.wav", music(0.1)), odd)
    decoder = Decoder(odd)
    assert len(everything(decoder)) == 4410
    decoder.close()


@pytest.mark.parametrize("kind", ["flac", "mp3", "ogg", "opus", "wav", "wv"])
def test_a_truncated_file_plays_as_far_as_it_goes(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"a.{kind}", music(4, FORMATS[kind][2]))
    os.truncate(path, path.stat().st_size // 2)
    assert len(decode(path)) > FORMATS[kind][2] // 2


def test_a_frame_that_cannot_be_converted_is_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.flac", music(1.0))
    convert, frames = ToStereo.convert, iter(range(1_000))

    def damaged_now_and_then(self: ToStereo, frame: AudioFrame) -> Block:
        if next(frames) == 2:
            raise av.ArgumentError(22, "Invalid argument")
        return convert(self, frame)

    monkeypatch.setattr(ToStereo, "convert", damaged_now_and_then)
    decoder = Decoder(bytes(path))
    assert 0.5 * RATE < len(everything(decoder)) < RATE
    assert decoder.damaged_packets == 1
    decoder.close()


def test_a_file_of_which_no_frame_can_be_converted_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.flac", music(1.0))

    def damaged(*_: object) -> Block:
        raise av.ArgumentError(22, "Invalid argument")

    with monkeypatch.context() as later:
        decoder = Decoder(bytes(path))
        later.setattr(ToStereo, "convert", damaged)
        with pytest.raises(PlaybackFailed, match="this place"):
            decoder.seek(RATE // 2)
        with pytest.raises(UnreadableFile):
            Decoder(bytes(path))
        decoder.close()


def test_damaged_packets_are_left_out_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", music(8))
    data = bytearray(path.read_bytes())
    rng = np.random.default_rng(3)
    middle = len(data) // 2
    data[middle : middle + 6000] = rng.integers(0, 256, 6000, dtype=np.uint8).tobytes()
    path.write_bytes(data)
    decoder = Decoder(bytes(path))
    assert len(everything(decoder)) > 7 * RATE
    assert decoder.damaged_packets >= 0
    decoder.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 7, b"RIFF", b"ID3", b"not music at all\n" * 100, b"fLaC" + b"\xff" * 500, b"#EXTM3U\n/etc/passwd\n"],
)
def test_what_is_no_music_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"^[A-Z].*\.$"):
        decode(path)


def test_random_bytes_are_refused_or_played_but_never_a_bug(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    for number, kind in enumerate(["mp3", "flac", "m4a", "ogg", "wav"]):
        data = bytearray(write(tmp_path / f"a.{kind}", music(0.5)).read_bytes())
        for _ in range(20):
            for place in rng.integers(0, len(data), 40):
                data[place] = int(rng.integers(0, 256))
            path = tmp_path / f"b{number}.{kind}"
            path.write_bytes(data)
            try:
                decode(path)
            except UnreadableFile as error:
                assert str(error).endswith(".")


def test_what_is_no_regular_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    for path in (tmp_path / "pipe.mp3", tmp_path, tmp_path / "gone.mp3"):
        with pytest.raises(UnreadableFile):
            Decoder(bytes(path))
    for path_bytes in (b"http://localhost/a.mp3", b"file:///etc/passwd", b"concat:a|b", b"a\0b"):
        with pytest.raises(UnreadableFile):
            Decoder(path_bytes)


def test_a_playlist_that_names_other_files_is_refused(tmp_path: Path) -> None:
    wav = write(tmp_path / "a.wav", music(0.5))
    (tmp_path / "a.ffconcat").write_text(f"ffconcat version 1.0\nfile '{wav.name}'\n")
    (tmp_path / "a.m3u8").write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{wav}\n#EXT-X-ENDLIST\n")
    for name in ("a.ffconcat", "a.m3u8"):
        with pytest.raises(UnreadableFile):
            Decoder(bytes(tmp_path / name))


def test_not_a_number_becomes_silence(tmp_path: Path) -> None:
    sound = music(0.5)
    sound[1000:1100] = np.nan
    found = decode(write(tmp_path / "a.wav", sound, kind="float.wav"))
    assert np.isfinite(found).all()
    assert not found[1000:1100].any()
