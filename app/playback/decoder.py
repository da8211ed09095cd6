"""A local audio file as blocks of sound at its own rate, exact to the sample, whatever state the file is in."""

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import av
from av import AudioFrame, AudioStream, Packet

from app.domain.errors import PlaybackFailed, UnreadableFile
from app.domain.sound_formats import OPENED
from app.domain.words import mark, say
from app.playback.file_bytes import FromByte, Looks, open_regular
from app.playback.resume import Place, next_beginning
from app.playback.sound import Block, ToStereo, joined, silence
from app.playback.trim import silence_left, trim_of

log = logging.getLogger(__name__)

_PREROLL_S = 0.25  # Opus asks for 80 ms before its sound is right, MP3 for its bit reservoir
_LONGEST_PAGE_S = 6.5  # FFmpeg misjudges the time of an Ogg file's last page, of up to 255 packets
_LONGEST_WAY_BACK_S = 60.0  # what is damaged around a place is passed over from before it
_GAP_S = 0.05
"""Where a frame stands so far behind the one before it, something between them could not be read."""
_RESTED_S = 2.0
"""Who has not read for so long was paused: another program may have written into the file meanwhile."""
_PLAIN = ("pcm_", "dsd_")
"""Codecs that take any bytes for sound: no damage tells where another file was written into theirs."""
_MAX_DAMAGED_IN_A_ROW = 500
_FARTHEST_SCAN = 24 << 20
"""An MP3 file has no index that is exact: up to here its packets are counted, which takes a tenth of a second."""
_INDEX_BYTES = 64 << 20
"""FFmpeg thins its index out beyond its own limit, and then takes minutes to go back in a file of ten hours."""
_NO_SOUND = mark("There is no sound in this file.")


class Source(Protocol):
    """What the mixer plays: blocks at one rate, in order, from any sample on."""

    rate: int
    duration_ms: int

    def read(self) -> Block | None:
        """The next block, or ``None`` after the last.

        Raises:
            PlaybackFailed: the file cannot be read any further.
        """

    def seek(self, frame: int) -> None:
        """Makes ``frame`` the next one read; beyond the end, nothing follows."""

    def close(self) -> None:
        """Gives the file back."""


@dataclass(frozen=True, slots=True)
class _Joined:
    """A stream of a file that has several: where it begins in the sound, and in the file."""

    at: int = 0
    byte: int = 0


class Decoder:
    """One open file. Damaged packets are counted and left out; the rest plays on.

    Where another program writes into the very file, what is read next is what it holds then, from the same place on.
    """

    def __init__(self, path: bytes) -> None:
        """Opens the file and decodes its first block.

        Raises:
            UnreadableFile: it is gone, is no regular file, or holds nothing that can be played.
        """
        self.damaged_packets = 0
        self._file = os.fdopen(open_regular(path), "rb", buffering=0)
        self._looked, self._read_s = Looks(self._file), time.monotonic()
        self._follows = False
        try:
            self._open()
        except UnreadableFile:
            self._file.close()
            raise
        except (av.FFmpegError, OSError, ValueError, PlaybackFailed) as error:
            self._file.close()
            log.info("Cannot decode %r: %s", path, error)
            raise UnreadableFile(say("Segue cannot decode this file.")) from error

    def _open(self, rate: int = 0) -> None:
        self._resumed = [Place()]
        """Where FFmpeg can begin, by the time of the stream: at the start, and behind what it could not read."""
        self._nothing_behind: Place | None = None
        self._joined = [_Joined()]
        """The streams that were come to, one behind the other."""
        first = self._rewind()
        if first is None:
            raise UnreadableFile(say(_NO_SOUND))
        self.rate: int = rate or first.sample_rate
        self._first_pts = first.pts or 0
        self._is_plain = self._stream.codec_context.name.startswith(_PLAIN)
        self._skip, self._end = 0, self._trimmed_end()
        self.duration_ms = self._length_ms()
        self._trim()
        self._take(first, 0)
        self._drop(self._skip)

    def _rewind(self, begun: int = 0, format_name: str = "") -> AudioFrame | None:
        """Opens what is in the file from its beginning, or from a byte on, and gives the first frame."""
        self._open_at(begun, format_name)
        self._frames = self._decoded()
        return next(self._frames, None)

    def _open_at(self, begun: int, format_name: str) -> None:
        """Reads what is in the file from a byte on; but at the beginning, its format must be named."""
        self._file.seek(begun)
        self._begun = self._read_to = begun
        self._last = Place(begun)
        self._container = av.open(
            FromByte(self._file, begun) if begun else self._file,
            mode="r",
            format=format_name if begun else None,
            metadata_errors="ignore",
            options={"format_whitelist": OPENED, "indexmem": str(_INDEX_BYTES)},
        )
        if not self._container.streams.audio:
            raise UnreadableFile(say(_NO_SOUND))
        self._stream = self._container.streams.audio[0]
        self._tick = self._stream.time_base or Fraction(1, 1000)

    def _take(self, first: AudioFrame, at: int) -> None:
        """Begins with a frame that stands at a sample."""
        self._to_stereo = ToStereo(self.rate)
        self._ready: Block | None = self._to_stereo.convert(first)
        self._at = at
        self._taken: tuple[int, int] | None = (first.pts or 0, at)
        """The time of a frame, and where it stands; ``None`` where another stream begins, with times of its own."""

    def read(self) -> Block | None:
        """The next block, or ``None`` after the last."""
        read_s, self._read_s = self._read_s, time.monotonic()
        if self._read_s - read_s > _RESTED_S or (self._is_plain and self._looked.begins_differently):
            self._follow()
        block, self._ready = self._ready, None
        while block is None or not len(block):
            damaged = self.damaged_packets
            try:
                frame = next(self._frames, None)
            except PlaybackFailed:
                if self._follow():
                    return self.read()
                raise
            rest = self._come_to(frame) if frame is not None and self._taken is None else silence(0)
            apart = 0 if frame is None else self._apart(frame)
            if (damaged < self.damaged_packets or apart != 0) and self._follow():
                return self.read()
            self._at += max(apart or 0, 0)  # what could not be read counts as read
            if frame is not None:
                block = self._converted(frame)
                block = rest if block is None else joined([rest, block]) if len(rest) else block
            elif not len(block := self._to_stereo.finish()):
                return None
        if self._end is not None:
            block = block[: max(self._end - self._at, 0)]
        self._at += len(block)
        return block if len(block) else None

    def _follow(self) -> bool:
        """Opens the file again where it was written into; true where that was so.

        Once: one that is being written all the while, by a download, has changed again when it is open.

        Raises:
            PlaybackFailed: it holds no sound any more, or none at that place.
        """
        if self._follows:
            return False
        if not self._looked.changed:
            return False
        self._looked = Looks(self._file)
        place, self._follows = self._at - self._skip, True
        self._container.close()
        try:
            self._open(self.rate)
            self.seek(place)
        except (av.FFmpegError, OSError, ValueError, UnreadableFile) as error:
            raise PlaybackFailed(say("The file could not be read any further.")) from error
        finally:
            self._follows = False
        return True

    def _converted(self, frame: AudioFrame) -> Block | None:
        """The frame as a block; ``None`` where damage gave it a shape that there is not."""
        try:
            return self._to_stereo.convert(frame)
        except (av.FFmpegError, ValueError):
            self.damaged_packets += 1
            if self.damaged_packets > _MAX_DAMAGED_IN_A_ROW:
                raise PlaybackFailed(say("Too much of this file is damaged.")) from None
            return None

    def _come_to(self, frame: AudioFrame) -> Block:
        """Another stream begins with a frame; gives what was still held of the one before it."""
        rest = self._to_stereo.finish()
        at = self._at + len(rest)
        self._taken = frame.pts or 0, at
        if self._begun > self._joined[-1].byte:
            self._joined.append(_Joined(at, self._begun))
        return rest

    def _apart(self, frame: AudioFrame) -> int | None:
        """How far behind the end of the one before it a frame stands; 0: next to nothing, ``None``: it has no time."""
        pts = frame.pts
        if pts is None or self._taken is None:
            return None
        taken_pts, taken_at = self._taken
        apart = taken_at + round((pts - taken_pts) * self._tick * self.rate) - self._at
        return apart if abs(apart) > _GAP_S * self.rate else 0

    def seek(self, frame: int) -> None:
        """Makes ``frame`` the next one read, or the next that can be: goes to a packet before it, decodes and drops."""
        self._follow()
        target = max(frame, 0) + self._skip
        prerolls_s = [_PREROLL_S, _LONGEST_PAGE_S, _LONGEST_WAY_BACK_S, float("inf")]
        if "ogg" in self._container.format.name and target / self.rate > self.duration_ms / 1000 - _LONGEST_PAGE_S:
            del prerolls_s[0]
        for preroll_s in prerolls_s:
            try:
                self._go_before(target / self.rate - preroll_s)
            except PlaybackFailed:
                if preroll_s == prerolls_s[-1]:
                    raise
                continue
            if self._at <= target:
                break
        self._drop(target - self._at)

    def close(self) -> None:
        """Gives the file back."""
        self._container.close()
        self._file.close()

    def _go_before(self, seconds: float) -> None:
        """To the packet that holds a time, or the first one; ``_at`` is where that turned out to be."""
        try:
            byte = self._far_byte(seconds)
            if seconds <= 0 or byte:
                self._container.close()
                first, at = self._rewind(byte, "mp3"), round(seconds * self.rate) if byte else 0
            else:
                first, at = self._found_before(seconds)
            if first is not None:
                self._take(first, at)
            else:
                self._ready, self._at = None, round(seconds * self.rate)
        except (av.FFmpegError, OSError, ValueError, UnreadableFile) as error:
            raise PlaybackFailed(say("Segue cannot find this place in the file.")) from error

    def _found_before(self, seconds: float) -> tuple[AudioFrame | None, int]:
        """The frame that FFmpeg finds for a time, and where it stands; of a stream joined on, the first."""
        number = max(n for n, one in enumerate(self._joined) if one.at <= max(seconds, 0) * self.rate)
        stream, behind = self._joined[number], self._joined[number + 1 :]
        format_name = self._container.format.name
        if stream.byte:  # its times are counted from elsewhere than its sound, and its last page is misjudged
            self._container.close()
            return self._rewind(stream.byte, format_name), stream.at
        if behind:
            seconds = min(seconds, behind[0].at / self.rate - _LONGEST_PAGE_S)
        pts = self._first_pts + int(seconds / self._tick)
        begun = next(place.byte for place in reversed(self._resumed) if place.pts <= max(pts, 0))
        if self._begun != begun:
            self._container.close()
            self._rewind(begun, format_name)
            pts = self._first_pts + int(seconds / self._tick)  # another stream may have counted otherwise
        self._container.seek(pts, stream=self._stream, backward=True)
        self._taken = self._first_pts, 0
        self._frames = self._decoded()
        first = next(self._frames, None)
        if self._taken is None:  # it found the next stream, of which nobody knows yet where it begins
            raise PlaybackFailed(say("Segue cannot find this place in the file."))
        return first, round(((first.pts or 0) - self._first_pts) * self._tick * self.rate) if first else 0

    def _far_byte(self, seconds: float) -> int:
        """About where in a long MP3 file a time is, if its packets cannot be counted up to there at once; else 0."""
        if self._container.format.name != "mp3" or not self.duration_ms:
            return 0
        size = os.fstat(self._file.fileno()).st_size
        byte = min(int(size * seconds * 1000 / self.duration_ms), size)
        self._read_to = max(self._read_to, self._file.tell())
        known = 0 if self._begun else self._read_to
        return byte if byte - known > _FARTHEST_SCAN else 0

    def _drop(self, frames: int) -> None:
        wanted = self._at + frames
        while self._at < wanted:
            block = self.read()
            if block is None:
                return
            if self._at > wanted:
                self._ready = block[-(self._at - wanted) :]
                self._at -= len(self._ready)

    def _decoded(self) -> Iterator[AudioFrame]:
        """Every frame that can be decoded from here on."""
        damaged_in_a_row = 0
        for packet in self._packets():
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self.damaged_packets += 1
                damaged_in_a_row += 1
                if damaged_in_a_row > _MAX_DAMAGED_IN_A_ROW:
                    raise PlaybackFailed(say("Too much of this file is damaged.")) from None
                continue
            for frame in frames:
                damaged_in_a_row = 0
                if isinstance(frame, AudioFrame) and frame.samples and frame.sample_rate:
                    yield frame

    def _packets(self) -> "Iterator[Packet[AudioStream]]":
        """Every packet that can be read from here on; a damaged stretch is stepped over."""
        tries = 0
        while True:
            try:
                for packet in self._container.demux(self._stream):
                    tries = 0
                    if packet.pos is not None:
                        self._last = Place(self._begun + packet.pos, -1 if packet.pts is None else packet.pts)
                    yield packet
                if self._container.format.name == "ogg" and self._begin_again():
                    continue  # after a seek FFmpeg takes the end of a stream for that of the file
                return
            except (av.FFmpegError, OSError) as error:
                tries += 1
                if tries > _MAX_DAMAGED_IN_A_ROW:
                    return
                if self._begin_again():
                    continue
                if not isinstance(error, av.InvalidDataError):
                    raise PlaybackFailed(say("The file could not be read any further.")) from error
                self.damaged_packets += 1

    def _begin_again(self) -> bool:
        """Where FFmpeg gives up, but the file has a place behind that at which one can begin: goes on there."""
        format_name = self._container.format.name
        if self._last == self._nothing_behind:
            return False
        try:
            place = next_beginning(self._file.fileno(), format_name, self._last)
            if place is None:
                self._nothing_behind = self._last
                return False
            self._container.close()
            self._open_at(place.byte, format_name)
        except (av.FFmpegError, OSError, ValueError, UnreadableFile) as error:
            raise PlaybackFailed(say("The file could not be read any further.")) from error
        if format_name == "ogg":  # its times begin anew
            self._taken = None
            return True
        self.damaged_packets += 1
        if place.pts > self._resumed[-1].pts:
            self._resumed.append(place)
        return True

    def _trimmed_end(self) -> int | None:
        """AAC in an MP4 file ends where the stream says, not where its last packet does."""
        if self._stream.codec_context.name.startswith("aac") and "mov" in self._container.format.name:
            return round(self._stream.duration * self._tick * self.rate) if self._stream.duration else None
        return None

    def _trim(self) -> None:
        """Cuts what the encoder added, where a tag says how much that is."""
        name, codec = self._container.format.name, self._stream.codec_context.name
        if not codec.startswith(("aac", "mp3")):
            return
        tags = {**self._stream.metadata, **self._container.metadata}
        trim = trim_of(tags, self.duration_ms * self.rate // 1000)
        if trim is None or (name == "mp3" and self._first_pts > 0):  # a LAME header knows better
            return
        self._skip = silence_left(name, self._first_pts, trim)
        self._end = self._skip + trim.frames
        self.duration_ms = round(trim.frames * 1000 / self.rate)

    def _length_ms(self) -> int:
        if self._stream.duration:
            return round(self._stream.duration * self._tick * 1000)
        return (self._container.duration or 0) // 1000
