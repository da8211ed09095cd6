"""Small real sound files of every format, encoded once a run, and hand-made ones of formats nobody encodes any more."""

import functools
import io
import math
import os
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from mutagen.ogg import OggPage

RATE = 44_100
_CODECS = {
    "mp3": ("mp3", "libmp3lame", "s16p"),
    "flac": ("flac", "flac", "s16"),
    "ogg": ("ogg", "vorbis", "fltp"),
    "opus": ("ogg", "libopus", "s16"),
    "m4a": ("ipod", "aac", "fltp"),
    "aac": ("adts", "aac", "fltp"),
    "wav": ("wav", "pcm_s16le", "s16"),
    "aiff": ("aiff", "pcm_s16be", "s16"),
    "wma": ("asf", "wmav2", "fltp"),
    "wv": ("wv", "wavpack", "s16p"),
    "tta": ("tta", "tta", "s16"),
}
_ALAC = ("ipod", "alac", "s16p")
_RATES = {"opus": 48_000}
_STEREO = {"ogg", "wma"}
ENCODED = tuple(_CODECS)
ALAC = "alac"
"""Has no ending of its own: it lies in ``.m4a``, as AAC does."""
HAND_MADE = ("ape", "mpc", "dsf", "dff", "spx")


def sound(extension: str, seconds: float = 1.0) -> bytes:
    """A sound file without tags."""
    return _encoded(extension, seconds) if extension in {*_CODECS, ALAC} else _hand_made(extension, seconds)


def put(path: Path | bytes, data: bytes | None = None, *, seconds: float = 1.0, mtime: int | None = None) -> bytes:
    """Writes a sound file (of the kind its name says) and its folders; gives its path as bytes."""
    raw = os.fsencode(path)
    os.makedirs(os.path.dirname(raw), exist_ok=True)
    if data is None:
        data = sound(os.path.splitext(raw)[1][1:].decode().lower(), seconds)
    with open(raw, "wb") as file:
        file.write(data)
    if mtime is not None:
        os.utime(raw, (mtime, mtime))
    return raw


def png(width: int = 40, height: int = 30, value: int = 200) -> bytes:
    """A plain picture."""
    return _picture("png", width, height, value)


def jpeg(width: int = 40, height: int = 30, value: int = 200) -> bytes:
    """A plain picture."""
    return _picture("mjpeg", width, height, value)


@functools.cache
def _encoded(extension: str, seconds: float) -> bytes:
    container_name, codec, layout_format = _ALAC if extension == ALAC else _CODECS[extension]
    rate = _RATES.get(extension, RATE)
    target = io.BytesIO()
    samples = int(seconds * rate)
    wave = (np.sin(np.arange(samples) * 2 * math.pi * 440 / rate) * 8_000).astype(np.int16)
    with av.open(target, "w", format=container_name) as container:
        layout = "stereo" if extension in _STEREO else "mono"
        stream = container.add_stream(codec, rate=rate, layout=layout, options={"strict": "experimental"})
        stream.codec_context.bit_rate = 64_000
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        frame.pts = 0
        stream.codec_context.open(strict=False)
        frame_size = stream.codec_context.frame_size or 1024
        resampler = av.AudioResampler(layout_format, layout, rate, frame_size=frame_size)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return target.getvalue()


def _hand_made(extension: str, seconds: float) -> bytes:
    samples = int(seconds * RATE)
    if extension == "ape":
        head = struct.pack("<4sHH", b"MAC ", 3990, 0) + bytes(48)
        return head + struct.pack("<IIIHHI", 73_728 * 4, samples, 1, 16, 2, RATE) + bytes(200)
    if extension == "mpc":
        frames = int(seconds * RATE / 1152) + 1
        return b"MP+\x07" + struct.pack("<II", frames, 0) + bytes(20) + bytes(200)
    if extension == "dsf":
        rate, length = 2_822_400, int(seconds * 2_822_400)
        data = bytes(100)
        form = b"fmt " + struct.pack("<QIIIIIIQII", 52, 1, 0, 2, 2, rate, 1, length, 4096, 0)
        return b"DSD " + struct.pack("<QQQ", 28, 92 + len(data), 0) + form + b"data" + struct.pack("<Q", 112) + data
    return _dff(seconds) if extension == "dff" else _speex(seconds)


def _speex(seconds: float) -> bytes:
    rate = 16_000
    head = b"Speex   " + b"1.2".ljust(20, b"\0") + struct.pack("<13i", 1, 80, rate, 1, 4, 1, -1, 320, 0, 1, 0, 0, 0)
    comments = struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages = []
    for number, packet in enumerate((head, comments, bytes(40))):
        page = OggPage()
        page.packets, page.sequence, page.serial, page.version = [packet], number, 1, 0
        page.first, page.last, page.position = number == 0, number == 2, int(seconds * rate) if number == 2 else 0
        pages.append(page.write())
    return b"".join(pages)


def _dff(seconds: float) -> bytes:
    rate = 2_822_400

    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack(">Q", len(body)) + body

    properties = b"SND " + chunk(b"FS  ", struct.pack(">I", rate)) + chunk(b"CHNL", struct.pack(">H", 2) + b"SLFTSRGT")
    properties += chunk(b"CMPR", b"DSD \x0enot compressed\0")
    body = b"DSD " + chunk(b"FVER", b"\x01\x05\0\0") + chunk(b"PROP", properties)
    return chunk(b"FRM8", body + chunk(b"DSD ", bytes(int(seconds * rate * 2 / 8))))


@functools.cache
def _picture(codec: str, width: int, height: int, value: int) -> bytes:
    context = av.CodecContext.create(codec, "w")
    context.width, context.height = width, height
    context.pix_fmt = "rgb24" if codec == "png" else "yuvj420p"
    context.time_base = Fraction(1)
    context.thread_count = 1
    image = av.VideoFrame.from_ndarray(np.full((height, width, 3), value, np.uint8), format="rgb24")
    frame = image.reformat(format=context.pix_fmt)
    return b"".join(bytes(packet) for packet in (*context.encode(frame), *context.encode(None)))
