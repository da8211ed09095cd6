"""Tags where other programs put them, and lengths that a file's head does not know."""

import io
import os
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen import apev2, id3

from app.library.tags import read_tags
from tests.library.sounds import RATE, put, sound

_OLD = (
    b"TAG" + b"Old title".ljust(30, b"\0") + b"Old artist".ljust(30, b"\0") + bytes(30) + b"1990" + bytes(30) + b"\x08"
)


def _ape(path: bytes) -> None:
    tags = apev2.APEv2()
    tags.update({"Title": "Nuit", "Artist": ["Ida Ravn", "Otto Galt"], "Track": "03/10"})
    tags.save(os.fsdecode(path))


@pytest.mark.parametrize("kind", ["tta", "wv", "ape", "mpc"])
def test_apev2_id3_and_the_old_tag_are_read_in_each_format_that_may_have_them(kind: str, tmp_path: Path) -> None:
    bare = read_tags(put(tmp_path / f"bare.{kind}"))
    path = put(tmp_path / f"ape.{kind}", sound(kind))
    _ape(path)
    path = put(path, Path(os.fsdecode(path)).read_bytes() + _OLD)
    read = read_tags(path)
    assert (read.title, read.artists, read.track_no, read.track_total) == ("Nuit", "Ida Ravn\nOtto Galt", 3, 10)
    assert (read.year, read.genre) == (1990, "Jazz")  # what only the old tag says
    assert (read.audio_hash, read.duration_ms) == (bare.audio_hash, bare.duration_ms)

    path = put(tmp_path / f"id3.{kind}")
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text="Jour"))
    tags.save(os.fsdecode(path))
    read = read_tags(path)
    assert (read.title, read.audio_hash, read.duration_ms) == ("Jour", bare.audio_hash, bare.duration_ms)


def test_the_names_in_chunks_of_aiff_and_dsdiff_are_read_after_id3(tmp_path: Path) -> None:
    def aiff(name: bytes, text: bytes) -> bytes:
        return name + struct.pack(">I", len(text)) + text + bytes(len(text) % 2)

    def dff(name: bytes, text: bytes) -> bytes:
        return name + struct.pack(">Q", len(text)) + text + bytes(len(text) % 2)

    whole = b"AIFF" + sound("aiff")[12:] + aiff(b"NAME", b"Nuit") + aiff(b"AUTH", b"Ida Ravn\0")
    path = put(tmp_path / "a.aiff", b"FORM" + struct.pack(">I", len(whole)) + whole)
    assert (read_tags(path).title, read_tags(path).artist) == ("Nuit", "Ida Ravn")
    info = dff(b"DIAR", struct.pack(">I", 8) + b"Ida Ravn") + dff(b"DITI", struct.pack(">I", 4) + b"Nuit")
    whole = sound("dff")[12:] + dff(b"DIIN", info)
    path = put(tmp_path / "a.dff", b"FRM8" + struct.pack(">Q", len(whole)) + whole)
    assert (read_tags(path).title, read_tags(path).artist) == ("Nuit", "Ida Ravn")


def test_a_wave_that_is_longer_than_riff_can_say_is_read_with_its_tags(tmp_path: Path) -> None:
    plain, tag = sound("wav"), io.BytesIO()
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text="Nuit"))
    tags.save(tag)
    at = plain.index(b"data")
    samples = plain[at + 8 :]
    long_head = b"ds64" + struct.pack("<IQQQI", 28, len(plain) + 36, len(samples), 0, 0)
    head = b"RF64" + b"\xff" * 4 + b"WAVE" + long_head + plain[12:at] + b"data" + b"\xff" * 4
    behind = b"id3 " + struct.pack("<I", len(tag.getvalue())) + tag.getvalue()

    read = read_tags(put(tmp_path / "a.wav", head + samples + behind))

    assert (read.title, read.duration_ms, read.sample_rate, read.channels) == ("Nuit", 1_000, RATE, 1)
    assert read.audio_hash == read_tags(put(tmp_path / "b.wav", head + samples)).audio_hash
    assert read.audio_hash == read_tags(put(tmp_path / "c.wav", plain)).audio_hash


def test_a_wave_whose_head_was_never_filled_in_is_as_long_as_it_is(tmp_path: Path) -> None:
    plain = sound("wav", 2.0)
    at = plain.index(b"data") + 4
    for size in (b"\xff" * 4, bytes(4), struct.pack("<I", 1 << 30)):
        assert read_tags(put(tmp_path / "a.wav", plain[:at] + size + plain[at + 4 :])).duration_ms == 2_000


@pytest.mark.parametrize("flags", ["frag_keyframe+empty_moov", "dash", "frag_keyframe+empty_moov+omit_tfhd_offset"])
def test_an_mp4_file_in_pieces_is_as_long_as_they_are(flags: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    options = {"movflags": flags, "frag_duration": "1000000"}
    with av.open(target, "w", format="mp4", options=options) as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        for start in range(0, 3 * RATE, 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert 3_000 <= read_tags(put(tmp_path / "a.m4a", target.getvalue())).duration_ms <= 3_100


def test_a_total_without_a_number_before_it_is_no_number(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TRCK(encoding=3, text="/12"))
    tags.save(os.fsdecode(path))
    read = read_tags(path)
    assert (read.track_no, read.track_total) == (None, 12)
