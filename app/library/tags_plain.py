"""The families with one reader each: AIFF, DSF and DSDIFF (ID3 inside), ADTS, TTA, and those with APEv2."""

import struct
from typing import Any, BinaryIO

from app.library.audio_hash import hash_chunks, hash_span
from app.library.mutagen_reader import reader
from app.library.sound_file import SoundFile
from app.library.tag_values import Said, says
from app.library.tags_id3 import take_ape_behind, take_id3, take_leading_id3
from app.library.tags_wav import decoded, wav_id3
from app.library.tails import tails_of

WITH_ID3 = {
    "wav": ("wave", "WAVE"),
    "aiff": ("aiff", "AIFF"),
    "dsf": ("dsf", "DSF"),
    "dff": ("dsdiff", "DSDIFF"),
}
_STREAMS = {
    "ape": ("monkeysaudio", "MonkeysAudioInfo"),
    "wavpack": ("wavpack", "WavPackInfo"),
    "musepack": ("musepack", "MusepackInfo"),
    "tta": ("trueaudio", "TrueAudioInfo"),
}
_CHUNKS = {
    "aiff": (12, ">4sI", {b"NAME": ("title", 0), b"AUTH": ("artist", 0)}),
    "dff": (16, ">4sQ", {b"DITI": ("title", 4), b"DIAR": ("artist", 4)}),
}
"""Where the first chunk is, what its head looks like, and which hold a text, behind so many bytes."""
_DIIN = b"DIIN"
"""In DSDIFF such chunks lie inside this one."""
_MAX_TEXT_BYTES = 4_000
_MAX_CHUNKS = 1_000


def read_with_id3(file: SoundFile, kind: str) -> Said:
    """A container that keeps an ID3 tag in one of its chunks, and perhaps names in chunks of their own."""
    audio = reader(*WITH_ID3[kind])(file.stream())
    said = Said(kind)
    said.stream(audio.info)
    if audio.tags is not None:
        take_id3(said, audio.tags)
    if kind in _CHUNKS:
        _take_chunks(said, file, kind)
    said.audio_hash = hash_chunks(file, kind)
    return said


def id3_of(file: BinaryIO, kind: str) -> Any:
    """The ID3 tag inside such a container, or ``None``."""
    return wav_id3(file) if kind == "wav" else reader(*WITH_ID3[kind])(file).tags


def read_with_ape(file: SoundFile, kind: str) -> Said:
    """Monkey's Audio, WavPack, Musepack or True Audio: APEv2 behind the sound, ID3 around it, or both."""
    said, tails = Said(kind), tails_of(file)
    if kind != "tta":  # there, ID3 goes first: most programs write nothing else
        take_ape_behind(said, file)
        tails.ape = False
    start = take_leading_id3(said, file, tails)
    (module, info), stream = _STREAMS[kind], file.stream()
    stream.seek(start)
    found = reader(module, info)(stream, start) if kind == "tta" else reader(module, info)(stream)
    said.stream(found)
    if kind == "musepack":
        _take_gains(said, found)
    said.audio_hash = hash_span(file, kind, start, tails.end)
    return said


def _take_gains(said: Said, stream: Any) -> None:
    """ReplayGain as Musepack keeps it, in the head of the stream; what tags say of it goes first."""
    for scope, name in (("track", "title"), ("album", "album")):
        gain, peak = getattr(stream, f"{name}_gain", 0.0), getattr(stream, f"{name}_peak", 0.0)
        if gain and not says(said, f"rg_{scope}_gain"):
            said.values[f"rg_{scope}_gain"] = [f"{gain:.2f}"]
            said.values[f"rg_{scope}_peak"] = [f"{peak * 2:.6f}"]  # mutagen's are of twice full scale


def read_adts(file: SoundFile) -> Said:
    """Bare AAC, with an ID3 tag before it or none."""
    said, tails = Said("aac"), tails_of(file)
    said.stream(reader("aac", "AAC")(file.stream()).info)
    start = take_leading_id3(said, file, tails)
    said.audio_hash = hash_span(file, "aac", start, tails.end)
    return said


def _take_chunks(said: Said, file: SoundFile, kind: str) -> None:
    """Names in chunks of their own; what an ID3 tag says goes first."""
    at, form, texts = _CHUNKS[kind]
    head = struct.Struct(form)
    for _ in range(_MAX_CHUNKS):
        raw = file.at(at, head.size)
        if len(raw) < head.size:
            return
        name, size = head.unpack(raw)
        at += head.size
        if name == _DIIN:
            continue
        if name in texts and size <= _MAX_TEXT_BYTES:
            field, before = texts[name]
            text = decoded(file.at(at + before, size - before))
            if text.strip() and not says(said, field):
                said.values[field] = [text]
        at += size + size % 2
