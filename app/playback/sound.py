"""What turns decoded frames into blocks of sound."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from av import AudioFrame, AudioResampler

from app.playback.block import Block, joined, silence

__all__ = ["Block", "Resampler", "ToStereo", "joined", "silence"]

_FULL_SCALE = {"s16": 1 / (1 << 15), "s16p": 1 / (1 << 15), "s32": 1 / (1 << 31), "s32p": 1 / (1 << 31)}
# A surround mix is turned down so that it cannot clip.
_TO_STEREO = {"rematrix_maxval": "1.0", "filter_size": "64"}
# Longer than the default filter: errors below 2e-6 of full scale between 44.1 and 48 kHz, at 0.1 % of a core.
_RESAMPLE = {"filter_size": "64", "exact_rational": "1", "linear_interp": "0"}


def interleaved(frames: Sequence[AudioFrame]) -> Block:
    """The contents of packed stereo float frames."""
    return joined([np.asarray(frame.to_ndarray(), dtype=np.float32).reshape(-1, 2) for frame in frames])


class ToStereo:
    """Decoded frames of any format, layout and rate to blocks at one rate.

    Mono and stereo in the usual formats are copied in numpy, bit for bit; only surround, rare formats and files that
    change their rate on the way go through FFmpeg's converter.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._converter: AudioResampler | None = None
        self._shape: tuple[Any, ...] = ()

    def convert(self, frame: AudioFrame) -> Block:
        """The frame as a block; without NaN and infinities, which a float file may hold."""
        channels = frame.layout.nb_channels
        if channels <= 2 and frame.sample_rate == self._rate and frame.format.name in {*_FULL_SCALE, "flt", "fltp"}:
            block = self._copy(frame, channels)
        else:
            block = self._through_converter(frame)
        if "fl" in frame.format.name or "dbl" in frame.format.name:
            block = block if np.isfinite(block).all() else np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)
        return block

    def finish(self) -> Block:
        """What a converter still holds behind the last frame; nothing the second time."""
        converter, self._converter = self._converter, None
        return silence(0) if converter is None else interleaved(converter.resample(None))

    @staticmethod
    def _copy(frame: AudioFrame, channels: int) -> Block:
        raw = frame.to_ndarray()
        by_frame = raw.T if frame.format.is_planar else raw.reshape(-1, channels)
        block = np.empty((len(by_frame), 2), dtype=np.float32)
        scale = _FULL_SCALE.get(frame.format.name)
        if scale is None:
            block[:] = by_frame
        else:
            np.multiply(by_frame, scale, out=block, casting="unsafe", dtype=np.float64)
        return block

    def _through_converter(self, frame: AudioFrame) -> Block:
        shape = (frame.format.name, frame.layout.name, frame.layout.nb_channels, frame.sample_rate)
        rest: Sequence[AudioFrame] = ()
        if self._converter is None or shape != self._shape:
            rest = [] if self._converter is None else self._converter.resample(None)
            self._converter = AudioResampler(format="flt", layout="stereo", rate=self._rate, options=_TO_STEREO)
            self._shape = shape
        frame.pts = None
        return interleaved([*rest, *self._converter.resample(frame)])


class Resampler:
    """One continuous stream of blocks from one rate to another.

    Output frame ``j`` stands at source time ``j * source_rate / rate``: ``n`` source frames give
    ``ceil(n * rate / source_rate)`` frames, of which the last few come with ``flush``. Equal rates pass through.
    """

    def __init__(self, source_rate: int, rate: int) -> None:
        self.source_rate, self.rate = source_rate, rate
        self._resampler: AudioResampler | None = None
        if source_rate != rate:
            self._resampler = AudioResampler(format="flt", layout="stereo", rate=rate, options=_RESAMPLE)

    def frames_for(self, source_frames: int) -> int:
        """How many output frames so many source frames give in all."""
        return -(-source_frames * self.rate // self.source_rate)

    def push(self, block: Block) -> Block:
        """Takes a block and gives what is ready."""
        if self._resampler is None:
            return block
        if not len(block):
            return silence(0)
        packed = np.ascontiguousarray(block, dtype=np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = self.source_rate
        return interleaved(self._resampler.resample(frame))

    def flush(self) -> Block:
        """The last frames. Nothing may be pushed after it."""
        if self._resampler is None:
            return silence(0)
        return interleaved(self._resampler.resample(None))
