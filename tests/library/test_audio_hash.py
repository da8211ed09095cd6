"""The hash of a sound stays when its tags change, and differs when the sound does."""

import os
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import apev2

from app.library.tags import read_tags
from tests.library.sounds import ENCODED, HAND_MADE, put, sound
from tests.library.tagging import write_tags

_FORMATS = [*ENCODED, *HAND_MADE]


@pytest.mark.parametrize("extension", _FORMATS)
def test_tags_do_not_change_it(extension: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"a.{extension}", sound(extension, 4.0))
    bare = read_tags(path).audio_hash

    write_tags(os.fsdecode(path))
    tagged = read_tags(path)
    write_tags(os.fsdecode(path), title="A long way home " * 500, picture_bytes=300_000)
    heavy = read_tags(path)

    assert len(bare) == 32
    assert tagged.title == "Nuit"
    assert heavy.title.startswith("A long way home")
    assert tagged.audio_hash == heavy.audio_hash == bare


@pytest.mark.parametrize("extension", [*ENCODED, "mpc", "dff"])
def test_another_sound_has_another(extension: str, tmp_path: Path) -> None:
    hashes = {read_tags(put(tmp_path / f"{s}.{extension}", sound(extension, s))).audio_hash for s in (1.0, 1.5, 4.0)}
    assert len(hashes) == 3


@pytest.mark.parametrize("extension", [name for name in ENCODED if name != "flac"])
def test_a_change_at_the_start_of_the_sound_is_seen(extension: str, tmp_path: Path) -> None:
    data = bytearray(sound(extension, 4.0))
    before = read_tags(put(tmp_path / f"a.{extension}", bytes(data))).audio_hash
    at = data.index(b"mdat") + 100 if extension == "m4a" else len(data) - 200
    data[at] ^= 0x55
    assert read_tags(put(tmp_path / f"b.{extension}", bytes(data))).audio_hash != before


@pytest.mark.parametrize("extension", ["mp3", "flac", "m4a", "ogg", "opus"])
def test_taking_all_tags_away_does_not_change_it(extension: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"a.{extension}", sound(extension, 2.0))
    before = read_tags(path).audio_hash
    write_tags(os.fsdecode(path), picture_bytes=50_000)
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.delete()
    assert read_tags(path).audio_hash == before


def test_tags_behind_an_mp3_do_not_change_it(tmp_path: Path) -> None:
    plain = sound("mp3", 2.0)
    before = read_tags(put(tmp_path / "a.mp3", plain)).audio_hash
    path = put(tmp_path / "b.mp3", plain)
    ape = apev2.APEv2()
    ape.update({"Title": "Nuit"})
    ape.save(os.fsdecode(path))
    lyrics = b"LYRICSBEGININD0000200" + b"LYR00010La nuit..."
    with open(path, "ab") as file:
        file.write(lyrics + b"%06d" % len(lyrics) + b"LYRICS200")
        file.write(b"TAG" + bytes(125))
    tags = read_tags(path)
    assert tags.audio_hash == before
    assert tags.has_lyrics


def test_flac_without_an_md5_is_told_by_its_frames(tmp_path: Path) -> None:
    data = bytearray(sound("flac", 2.0))
    at = data.index(b"fLaC") + 8 + 18
    md5 = bytes(data[at : at + 16])
    assert read_tags(put(tmp_path / "a.flac", bytes(data))).audio_hash == md5.hex()
    data[at : at + 16] = bytes(16)
    path = put(tmp_path / "b.flac", bytes(data))
    before = read_tags(path).audio_hash
    write_tags(os.fsdecode(path), picture_bytes=50_000)
    assert read_tags(path).audio_hash == before != md5.hex()
