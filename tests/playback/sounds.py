"""Made sounds, the files that hold them, and a player that needs no device."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from app.domain.errors import PlaybackFailed, UnreadableFile
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.play import Play
from app.domain.track import Track
from app.playback.decoder import Source
from app.playback.events import Event, PlayEnded, Trouble
from app.playback.output import ClockOutput
from app.playback.sound import Block

RATE = 44_100
Sound = npt.NDArray[np.float32]

# Ending of the file name to codec, sample format, rate and options of the encoder.
FORMATS: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "wav": ("pcm_s16le", "s16", RATE, {}),
    "float.wav": ("pcm_f32le", "flt", RATE, {}),
    "flac": ("flac", "s16", RATE, {}),
    "24.flac": ("flac", "s32", RATE, {}),
    "alac.m4a": ("alac", "s32p", RATE, {}),
    "wv": ("wavpack", "s16p", RATE, {}),
    "ogg": ("vorbis", "fltp", RATE, {"strict": "-2"}),
    "opus": ("libopus", "flt", 48_000, {}),
    "mp3": ("libmp3lame", "fltp", RATE, {"b": "192000"}),
    "m4a": ("aac", "fltp", RATE, {"b": "192000", "aac_pns": "0"}),
}


def music(seconds: float, rate: int = RATE, seed: int = 1) -> Sound:
    """Tones that never repeat, on a grid of 16 bits so that lossless files hold them exactly."""
    count = int(seconds * rate)
    t = np.arange(count) / rate
    rng = np.random.default_rng(seed)
    left = 0.3 * np.sin(2 * np.pi * (220 * t + 90 * np.sin(1.3 * t))) + 0.05 * rng.standard_normal(count)
    right = 0.3 * np.sin(2 * np.pi * (330 * t + 70 * np.cos(1.7 * t))) + 0.05 * rng.standard_normal(count)
    grid = np.rint(np.clip(np.stack([left, right], 1), -0.9, 0.9) * 32_768) / 32_768
    return grid.astype(np.float32)


def write(path: Path, sound: Sound, kind: str | None = None, layout: str = "stereo", rate: int | None = None) -> Path:
    """Encodes a sound of shape (frames, channels) into a file of the kind its name ends in."""
    name = kind or path.name.split(".", 1)[1]
    codec, sample_format, own_rate, options = FORMATS[name]
    rate = rate or own_rate
    with av.open(str(path), "w", format={"m4a": "mp4", "wv": "wv"}.get(name.rsplit(".", 1)[-1])) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout, options=options)
        stream.format = sample_format
        to_codec = av.AudioResampler(format=sample_format, layout=layout, rate=rate)
        for start in range(0, len(sound), 4096):
            packed = np.ascontiguousarray(sound[start : start + 4096], dtype=np.float32).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
            frame.sample_rate, frame.pts = rate, start
            for ready in to_codec.resample(frame):
                container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return path


def a_track(number: int = 1, path: Path | bytes = b"/nowhere", duration_ms: int = 0) -> Track:
    """A track of a file."""
    return Track(
        id=TrackId(number),
        path=bytes(path) if isinstance(path, Path) else path,
        title=f"Track {number}",
        artist="Ida Ravn",
        album="Été sans fin",
        album_artist="Ida Ravn",
        track_no=number,
        disc_no=None,
        year=None,
        genre="",
        duration_ms=duration_ms,
        recording_key=RecordingKey(f"key:{number}"),
        album_key=AlbumKey(""),
        has_cover=False,
        rating=None,
        added_at=0,
        missing=False,
    )


class FakeSource:
    """A sound in memory. The path says what it is: ``frames:rate``, ``gone`` or ``frames:rate:breaks``."""

    def __init__(self, path: bytes) -> None:
        if path == b"gone":
            raise UnreadableFile("The file is not there any more.")
        frames, rate, *breaks = path.split(b":")
        self.rate, self._frames, self._breaks = int(rate), int(frames), bool(breaks)
        self.duration_ms = self._frames * 1000 // self.rate
        self._at = 0

    def read(self) -> Block | None:
        if self._at >= self._frames:
            if self._breaks:
                raise PlaybackFailed("The file could not be read any further.")
            return None
        count = min(1000, self._frames - self._at)
        self._at += count
        return np.full((count, 2), 0.25, dtype=np.float32)

    def seek(self, frame: int) -> None:
        self._at = frame

    def close(self) -> None:
        pass


def fake_tracks(*specs: str) -> list[Track]:
    """Tracks for ``FakeSource``."""
    return [a_track(number, spec.encode()) for number, spec in enumerate(specs, 1)]


class Time:
    """A clock that goes when it is told to; it serves as monotonic clock and as calendar."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds

    def now_ms(self) -> int:
        return int(self.seconds * 1000)


class Deck:
    """A player over a clock output, with everything it told."""

    def __init__(
        self,
        rate: int = RATE,
        open_source: Callable[[bytes], Source] = FakeSource,
        seed: int = 1,
        output: Callable[[Time], ClockOutput] | None = None,
    ) -> None:
        import random

        from app.playback.player import Player

        self.time = Time()
        self.output = output(self.time) if output else ClockOutput(rate, self.time)
        self.events: list[Event] = []
        self.player = Player(
            self.output,
            self.events.append,
            self.time.now_ms,
            client_version="test",
            open_source=open_source,
            rng=random.Random(seed),
        )

    def run(self, seconds: float, step_s: float = 0.05) -> None:
        """Lets time pass while the player does its work."""
        for _ in range(max(round(seconds / step_s), 1)):
            self.player.step()
            self.time.seconds += step_s
        self.player.step()

    @property
    def plays(self) -> list[Play]:
        """What the log would hold."""
        return [event.play for event in self.events if isinstance(event, PlayEnded)]

    @property
    def troubles(self) -> list[str]:
        """The sentences the listener saw."""
        return [event.sentence for event in self.events if isinstance(event, Trouble)]

    def heard(self) -> list[tuple[int, str, int]]:
        """Each play as (track, how it ended, milliseconds)."""
        return [(play.track_id or 0, play.ended_by.value, play.played_ms) for play in self.plays]
