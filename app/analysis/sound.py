"""A sound file as the power of its samples, decoded once from front to back or sampled here and there."""

import os
import stat
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av import AudioFrame

from app.config.read_only import READ_AT_ONCE
from app.domain.errors import UnreadableFile
from app.domain.sound_formats import OPENED
from app.domain.words import say

Power = npt.NDArray[np.float32]
"""(frames,) float32: the mean square of all channels at each sample; 0 to 1, but for what a hostile file holds."""

_MOST_DAMAGED = 500
_SCALE = {"u8": 1 / (1 << 7), "s16": 1 / (1 << 15), "s32": 1 / (1 << 31), "s64": 1 / (1 << 63)}


class Sound:
    """An open file of which only the power is wanted. Damaged packets are left out."""

    def __init__(self, path: bytes) -> None:
        """Opens it and reads its head.

        Raises:
            UnreadableFile: it is gone, is no regular file, or holds no sound.
        """
        self._file = os.fdopen(_open_regular(path), "rb", buffering=0)
        try:
            options = {"format_whitelist": OPENED, "fflags": "+fastseek"}
            self._container = av.open(self._file, mode="r", metadata_errors="ignore", options=options)
            if not self._container.streams.audio:
                raise UnreadableFile(say("There is no sound in this file."))
            self._stream = self._container.streams.audio[0]
            self._stream.codec_context.thread_count = 1
        except (av.FFmpegError, OSError, ValueError) as error:
            self._file.close()
            raise UnreadableFile(say("Segue cannot decode this file.")) from error
        self._tick = self._stream.time_base or Fraction(1, 1000)
        self._first_pts = self._stream.start_time or 0
        self.rate = int(self._stream.codec_context.sample_rate or 0)

    @property
    def length_ms(self) -> int:
        """How long the file says it is; 0 where it does not."""
        if self._stream.duration:
            return round(self._stream.duration * self._tick * 1000)
        return (self._container.duration or 0) // 1000

    def close(self) -> None:
        """Gives the file back."""
        self._container.close()
        self._file.close()

    def go_to(self, ms: int) -> None:
        """What is read next comes from about there, or a little before.

        Raises:
            UnreadableFile: there is no such place.
        """
        try:
            pts = self._first_pts + int(Fraction(ms, 1000) / self._tick)
            self._container.seek(pts, stream=self._stream, backward=True)
        except (av.FFmpegError, OSError, ValueError) as error:
            raise UnreadableFile(say("Segue cannot find this place in the file.")) from error

    def read(self) -> Iterator[tuple[int, Power]]:
        """From here to the end of what can be read: where each block begins (in ms), and its power."""
        at_ms = 0.0
        for frame in self._frames():
            self.rate = self.rate or frame.sample_rate
            power = power_of(frame)
            if frame.sample_rate != self.rate:  # a file that changes on its way keeps to the first rate
                wanted = max(round(len(power) * self.rate / frame.sample_rate), 1)
                power = power[np.linspace(0, len(power) - 1, wanted).astype(np.intp)]
            if frame.pts is not None:
                at_ms = float((frame.pts - self._first_pts) * self._tick * 1000)
            yield round(at_ms), power
            at_ms += len(power) * 1000 / self.rate

    def _frames(self) -> Iterator[AudioFrame]:
        damaged = 0
        packets = self._container.demux(self._stream)
        while damaged < _MOST_DAMAGED:
            try:
                for packet in packets:
                    for frame in packet.decode():
                        damaged = 0
                        if isinstance(frame, AudioFrame) and frame.samples and frame.sample_rate:
                            yield frame
                return
            except av.FFmpegError:
                damaged += 1
                packets = self._container.demux(self._stream)
            except (OSError, ValueError):
                return


def power_of(frame: AudioFrame) -> Power:
    """The mean square of the channels at each sample, whatever the format. What a float file holds may be no number."""
    raw: npt.NDArray[Any] = frame.to_ndarray()
    by_channel = raw if frame.format.is_planar else raw.reshape(-1, frame.layout.nb_channels).T
    found = by_channel.astype(np.float32, copy=False)
    scale = _SCALE.get(frame.format.name.rstrip("p"), 1.0)
    if raw.dtype == np.uint8:
        found = found - np.float32(1 / scale)
    with np.errstate(over="ignore"):
        power: Power = np.einsum("cf,cf->f", found, found) * np.float32(scale * scale / len(found))
    return power


def _open_regular(path: bytes) -> int:
    """A descriptor of a regular file; never waits for a pipe."""
    try:
        descriptor = os.open(path, READ_AT_ONCE)
    except (OSError, ValueError) as error:
        raise UnreadableFile(say("The file cannot be opened.")) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile(say("This is not a file that can be played."))
    return descriptor
