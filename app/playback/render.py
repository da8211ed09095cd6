"""Plays files into a WAV file with the same engine that plays aloud, faster than real time: the test bench."""

import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from app.domain.errors import PlaybackFailed
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.loudness import Loudness
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track
from app.domain.words import say
from app.playback.events import Event, Trouble
from app.playback.output import CLOCK_RATE
from app.playback.player import MOST_FAILED, Player
from app.playback.sound import Block

Sample = Literal["float32", "int16"]
_MAX_BLOCK = 1 << 20


class FileOutput:
    """Everything written has been heard at once, and stands in a file."""

    def __init__(self, path: Path, rate: int, sample: Sample) -> None:
        self.rate = rate
        self._float, self._volume = sample == "float32", 1.0
        self._file = path.open("wb")
        self._played = self._data_bytes = 0
        self._file.write(b"\0" * (58 if self._float else 44))

    @property
    def seconds(self) -> float:
        """What stands in the file."""
        return self._data_bytes / (2 * (4 if self._float else 2)) / self.rate

    def free_frames(self) -> int:
        """There is always room."""
        return _MAX_BLOCK

    def write(self, block: Block) -> None:
        """Appends the block."""
        self._played += len(block)
        data = (block * np.float32(self._volume)).astype("<f4")
        if not self._float:
            data = np.clip(np.rint(data * 32768), -32768, 32767).astype("<i2")
        self._data_bytes += self._file.write(data.tobytes())

    def played_frames(self) -> int:
        """All of it."""
        return self._played

    def finish(self) -> None:
        """Nothing is held back."""

    def pause(self) -> None:
        """Nothing moves by itself here."""

    def resume(self) -> None:
        """Nothing moves by itself here."""

    def flush(self) -> None:
        """What was written stays written; only the count begins again."""
        self._played = 0

    def set_volume(self, amplitude: float) -> None:
        """A factor on every sample."""
        self._volume = amplitude

    def look(self) -> bool:
        """Nothing happens to a file."""
        return False

    def choose(self, device_id: str) -> None:
        """There is only this one."""

    def close(self) -> None:
        """Writes the header over its place."""
        if self._file.closed:
            return
        self._file.seek(0)
        self._file.write(_header(self.rate, self._data_bytes, self._float))
        self._file.close()


def _header(rate: int, data_bytes: int, is_float: bool) -> bytes:
    """A RIFF header for stereo; 32-bit float (format 3, 58 bytes) or 16-bit integers (format 1, 44 bytes)."""

    def number(value: int, size: int) -> bytes:
        return min(value, (1 << 8 * size) - 1).to_bytes(size, "little")

    width = 4 if is_float else 2
    kind = number(3 if is_float else wave.WAVE_FORMAT_PCM, 2)
    body = kind + number(2, 2) + number(rate, 4) + number(rate * 2 * width, 4) + number(2 * width, 2)
    body += number(8 * width, 2) + (number(0, 2) if is_float else b"")
    fact = b"fact" + number(4, 4) + number(data_bytes // (2 * width), 4) if is_float else b""
    chunks = b"fmt " + number(len(body), 4) + body + fact + b"data" + number(data_bytes, 4)
    return b"RIFF" + number(4 + len(chunks) + data_bytes, 4) + b"WAVE" + chunks


def _track(path: bytes, place: int) -> Track:
    name = path.rsplit(b"/", 1)[-1].decode("utf-8", "replace")
    return Track(
        id=TrackId(place),
        path=path,
        title=name,
        artist="",
        album="",
        album_artist="",
        track_no=None,
        disc_no=None,
        year=None,
        genre="",
        duration_ms=0,
        recording_key=RecordingKey(""),
        album_key=AlbumKey(""),
        has_cover=False,
        rating=None,
        added_at=0,
        missing=False,
    )


def render(
    files: Sequence[bytes],
    out: Path,
    rate: int = CLOCK_RATE,
    sample: Sample = "float32",
    *,
    crossfade_s: float = 0.0,
    speed_percent: int = 100,
) -> list[str]:
    """Plays the files one after the other into ``out``. Gives a sentence for each that could not be played.

    Raises:
        PlaybackFailed: none of them could.
        OSError: the file cannot be written.
    """
    tracks = [_track(path, n) for n, path in enumerate(files)]
    return render_tracks(tracks, out, rate, sample, crossfade_s=crossfade_s, speed_percent=speed_percent)[0]


def render_tracks(
    tracks: Sequence[Track],
    out: Path,
    rate: int = CLOCK_RATE,
    sample: Sample = "float32",
    loudness: Loudness | None = None,
    *,
    crossfade_s: float = 0.0,
    speed_percent: int = 100,
) -> tuple[list[str], float]:
    """The same with tracks, at a loudness; gives the sentences and the seconds of sound.

    Raises:
        PlaybackFailed: none of them could be played.
        OSError: the file cannot be written.
    """
    troubles: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, Trouble):
            troubles.append(event.sentence)

    output = FileOutput(out, rate, sample)
    try:
        player = Player(output, hear, lambda: 0)
        if loudness is not None:
            player.set_loudness(loudness)
        player.set_crossfade(crossfade_s)
        player.set_speed(speed_percent)
        player.play_now(tracks, 0, StartedBy.HAND, "render")
        while player.state is PlaybackState.PLAYING:
            player.step()
    finally:
        output.close()
    if troubles and not output.seconds:
        raise PlaybackFailed(" ".join([*troubles[:MOST_FAILED], say("None of these files could be played.")]))
    return troubles, output.seconds
