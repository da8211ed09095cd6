"""What an encoder added is cut to the sample where an iTunSMPB tag says how much it is."""

from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.id3 import COMM, ID3
from mutagen.mp4 import MP4, MP4FreeForm

from app.playback.decoder import Decoder
from app.playback.trim import trim_of
from tests.playback.sounds import RATE, Sound, music
from tests.playback.test_decoder import decode, everything

SOUND = music(2.0)[:-7]
# Without noise substitution: what a decoder makes up is another noise at each start.
_OPTIONS = {"aac": {"b": "192000", "aac_pns": "0"}, "libmp3lame": {"b": "192000"}}
# Container, codec, options of the container that leave the trimming to the tag, and the delay of the encoder.
BARE = {
    "edits.m4a": ("ipod", "aac", {}, 1024),
    "bare.m4a": ("ipod", "aac", {"use_editlist": "0"}, 1024),
    "bare.aac": ("adts", "aac", {}, 1024),
    "bare.mp3": ("mp3", "libmp3lame", {"write_xing": "0"}, 576),
    "lame.mp3": ("mp3", "libmp3lame", {}, 576),
}


def a_tag(delay: int, frames: int, padding: int = 0x37F) -> str:
    return f" 00000000 {delay:08X} {padding:08X} {frames:016X}" + " 00000000" * 8


def encoded(path: Path, sound: Sound) -> Path:
    container_name, codec, options, _ = BARE[path.name]
    with av.open(str(path), "w", format=container_name, options=options) as container:
        stream = container.add_stream(codec, rate=RATE, layout="stereo", options=_OPTIONS.get(codec, {}))
        stream.format = "fltp"
        planar = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound).reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts = RATE, 0
        for ready in planar.resample(frame):
            container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return path


def tagged(path: Path, text: str) -> Path:
    if path.suffix == ".m4a":
        file = MP4(str(path))
        file["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(text.encode())]
        file.save()
    else:
        tags = ID3()
        tags.add(COMM(lang="eng", desc="iTunSMPB", text=text))
        tags.save(str(path))
    return path


@pytest.mark.parametrize("name", sorted(BARE))
def test_a_tagged_file_begins_and_ends_with_its_music(tmp_path: Path, name: str) -> None:
    found = decode(tagged(encoded(tmp_path / name, SOUND), a_tag(BARE[name][3], len(SOUND))))
    assert len(found) == len(SOUND)
    middle, around = SOUND[RATE : RATE + 8000, 0], found[RATE - 50 : RATE + 8050, 0]
    assert int(np.argmax(np.correlate(around, middle, "valid"))) == 50


@pytest.mark.parametrize("name", ["bare.m4a", "edits.m4a"])
def test_a_seek_in_a_tagged_file_gives_the_same_samples_as_playing_there(tmp_path: Path, name: str) -> None:
    path = tagged(encoded(tmp_path / name, SOUND), a_tag(1024, len(SOUND)))
    whole = decode(path)
    decoder = Decoder(bytes(path))
    assert decoder.duration_ms == round(len(SOUND) * 1000 / RATE)
    for frame in (0, 1, 44_123, 70_001, len(whole) - 3, 5):
        decoder.seek(frame)
        assert np.allclose(everything(decoder), whole[frame:], atol=2e-4)
    decoder.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "iTunes",
        a_tag(0xFFFFFFFF, len(SOUND)),
        a_tag(1024, 0),
        a_tag(1024, 50),
        a_tag(1024, 2**60),
        a_tag(1024, len(SOUND), 0xFFFFFFF0),
        "0" * 1_000_000,
        " 00000000 -0000400 0000037F 0000000000015881",
    ],
)
def test_a_tag_that_cannot_be_true_is_not_believed(text: str) -> None:
    assert trim_of({"iTunSMPB": text}, len(SOUND)) is None
