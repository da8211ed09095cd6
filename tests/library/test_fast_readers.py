"""Our own readers say what mutagen says, of whole files and of damaged ones: where in doubt, they ask it."""

import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen import id3

from tests.library.oracle import both
from tests.library.sounds import ALAC, put, sound
from tests.library.tagging import id3_frames, write_tags

_FAST = ("mp3", "flac", "m4a", ALAC, "ogg", "opus")
_CALM = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _bare(path: Path) -> bytes:
    kind = path.suffix[1:]
    return put(path.with_suffix(".m4a"), sound(ALAC)) if kind == ALAC else put(path)


def _tagged(path: Path) -> bytes:
    raw = _bare(path)
    write_tags(os.fsdecode(raw), picture_bytes=20_000)
    return raw


@pytest.mark.parametrize("extension", _FAST)
def test_whole_files_are_read_alike(extension: str, tmp_path: Path) -> None:
    for path in (_bare(tmp_path / f"bare.{extension}"), _tagged(tmp_path / f"tagged.{extension}")):
        ours, theirs = both(path)
        assert ours is not None
        assert ours == theirs


@pytest.mark.parametrize("extension", _FAST)
@_CALM
@given(data=st.data())
def test_damaged_files_are_read_alike_where_mutagen_reads_them(
    extension: str, tmp_path: Path, data: st.DataObject
) -> None:
    damaged = bytearray(_tagged_bytes(tmp_path, extension))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(damaged) - 1, data.draw(st.sampled_from([60, 600, 6_000, 1 << 30])))))
        kind = data.draw(st.sampled_from(["set", "cut", "add", "end"]))
        if kind == "set":
            damaged[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del damaged[at + 1 : at + 1 + data.draw(st.integers(1, 40))]
        elif kind == "add":
            damaged[at:at] = data.draw(st.binary(min_size=1, max_size=30))
        else:
            del damaged[at + 1 :]
    ours, theirs = both(put(tmp_path / f"damaged.{extension}", bytes(damaged)))
    assert theirs is None or ours == theirs


@pytest.mark.parametrize("encoding", [0, 1, 2, 3])
@pytest.mark.parametrize("version", [3, 4])
def test_every_text_encoding_of_id3_is_read_alike(encoding: int, version: int, tmp_path: Path) -> None:
    path, tags = put(tmp_path / "a.mp3"), id3.ID3()
    texts = ["Été", "Nuit"] if encoding == 0 else ["夜に駆ける", "ночь", "😀"]
    for frame in (id3.TIT2(encoding, texts[:1]), id3.TPE1(encoding, texts), id3.TXXX(encoding, "ARTISTS", texts)):
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    tags.save(os.fsdecode(path), v2_version=version, v23_sep=None)
    ours, theirs = both(path)
    assert ours == theirs
    assert ours is not None
    assert ours["artists"] == "\n".join(texts)


@pytest.mark.parametrize("flags", [0x80, 0x40, 0x10, 0x20])
def test_unusual_tags_are_left_to_mutagen(flags: int, tmp_path: Path) -> None:
    path, tags = put(tmp_path / "a.mp3"), id3.ID3()
    for frame in id3_frames():
        tags.add(frame)
    tags.save(os.fsdecode(path))
    data = bytearray(Path(os.fsdecode(path)).read_bytes())
    data[5] |= flags
    ours, theirs = both(put(path, bytes(data)))
    assert ours == theirs


@given(
    version=st.sampled_from([0, 2, 3]),
    layer=st.sampled_from([1, 2, 3]),
    bits=st.integers(1, 14),
    rate=st.integers(0, 2),
    mode=st.integers(0, 3),
    frames=st.integers(0, 1 << 20),
    size=st.none() | st.integers(0, 1 << 31),
    lame=st.sampled_from([b"", b"LAME3.100", b"LAME3.99r", b"L3.99r", b"LAME3.90 (alpha)", b"LAME3.82", b"Lavc58.13"]),
    delays=st.binary(min_size=3, max_size=3),
    vbri=st.booleans(),
)
@_CALM
def test_the_length_of_mpeg_streams_is_mutagens(
    tmp_path: Path,
    version: int,
    layer: int,
    bits: int,
    rate: int,
    mode: int,
    frames: int,
    size: int | None,
    lame: bytes,
    delays: bytes,
    vbri: bool,
) -> None:
    head = bytes([0xFF, 0xE0 | version << 3 | layer << 1 | 1, bits << 4 | rate << 2, mode << 6])
    wide = 36 if version == 3 and mode != 3 else 13 if version != 3 and mode == 3 else 21
    flags = 1 | (2 if size is not None else 0)
    xing = b"Xing" + struct.pack(">II", flags, frames) + (struct.pack(">I", size) if size is not None else b"")
    body = lame.ljust(9, b"\0")[:9] + bytes(12) + delays + bytes(12) if lame else bytes(36)
    first = head + bytes(wide - 4) + (b"VBRI" if vbri else xing) + body
    ours, theirs = both(put(tmp_path / "a.mp3", first + bytes(4_000) + sound("mp3")))
    assert ours == theirs


def _tagged_bytes(folder: Path, extension: str) -> bytes:
    path = folder / f"whole.{extension}"
    if not path.exists():
        path.write_bytes(Path(os.fsdecode(_tagged(path))).read_bytes())
    return path.read_bytes()
