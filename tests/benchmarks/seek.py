"""How long a jump in a track takes, from the command to the first samples of the new place, in each kind of file.

Long files are made cheaply: an MP3 without a header is the same minute over and over, a FLAC of ten hours is silence.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from app.playback.decoder import Decoder
from tests.benchmarks.measure import Measurement
from tests.playback.sounds import FORMATS, RATE, Sound, music, write

_PLACES = (0.1, 0.5, 0.9, 0.5, 0.02, 0.99, 0.3)
_PROMISE = "promised: below 150"


def measure(*, quick: bool = False) -> Iterator[Measurement]:
    """The longest of some jumps, forwards and back, in an open file."""
    minutes, hours = (1, 1) if quick else (5, 10)
    sound = music(60.0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in sorted(FORMATS):
            rate = FORMATS[kind][2]
            path = write(folder / f"a.{kind}", np.tile(sound if rate == RATE else music(60.0, rate), (minutes, 1)))
            yield Measurement(f"seek in {kind}, {minutes} min", _longest_ms(path), "ms", _PROMISE)
            path.unlink()
        bare = _mp3_without_header(folder / "bare.mp3", sound)
        for copies, length in ((minutes, f"{minutes} min"), (60, "1 h"), (60 * hours, f"{hours} h")):
            path = _copied(bare, folder / "long.mp3", copies)
            yield Measurement(f"seek in mp3, VBR without header, {length}", _longest_ms(path), "ms", _PROMISE)
            path.unlink()
        path = _silent_flac(folder / "long.flac", hours)
        yield Measurement(f"seek in flac, {hours} h", _longest_ms(path), "ms", _PROMISE)


def _longest_ms(path: Path) -> float:
    decoder, longest = Decoder(bytes(path)), 0.0
    for place in _PLACES:
        begun = time.perf_counter()
        decoder.seek(int(place * decoder.duration_ms * decoder.rate / 1000))
        decoder.read()
        longest = max(longest, time.perf_counter() - begun)
    decoder.close()
    return longest * 1000


def _mp3_without_header(path: Path, sound: Sound) -> Path:
    options = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(str(path), "w", format="mp3", options=options) as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="stereo", options={"q": "4"})
        stream.format = "fltp"
        for at in range(0, len(sound), 1152):
            part = np.ascontiguousarray(sound[at : at + 1152].T)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _copied(path: Path, into: Path, copies: int) -> Path:
    data = path.read_bytes()
    with into.open("wb") as file:
        for _ in range(copies):
            file.write(data)
    return into


def _silent_flac(path: Path, hours: int, rate: int = 8_000) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=rate, layout="mono", options={"compression_level": "0"})
        stream.format = "s16"
        count = 1 << 12
        silent = np.zeros((1, count), dtype=np.int16)
        for at in range(0, hours * 3600 * rate, count):
            frame = av.AudioFrame.from_ndarray(silent, format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
