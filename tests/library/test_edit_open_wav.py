"""Tags of WAVE files that do not say how long they are, of RF64, and of bare AAC with an APEv2 tag behind it."""

import os
import struct
import time
from pathlib import Path

import mutagen.apev2
import pytest

from app.library import open_wav
from app.library.tags import read_tags
from tests.library.editing import edited, taken_back
from tests.library.sounds import put, sound

LONG_AGO = 1_500_000_000
OPEN = [0, 0xFFFFFFFF]


def _wav(riff: int | None, data: int | None, *, odd: bool = False) -> bytes:
    plain = sound("wav", 2.0) + b"\7" * odd
    at = plain.index(b"data") + 4
    sizes = [
        struct.unpack("<I", plain[place : place + 4])[0] if size is None else size
        for place, size in ((4, riff), (at, data))
    ]
    return plain[:4] + struct.pack("<I", sizes[0]) + plain[8:at] + struct.pack("<I", sizes[1]) + plain[at + 4 :]


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize(
    ("riff", "data"),
    [(0, 0), (0, OPEN[1]), (OPEN[1], 0), (OPEN[1], OPEN[1]), (None, OPEN[1]), (None, 0), (OPEN[1], None)],
)
def test_a_file_that_came_out_of_a_pipe_can_be_tagged_and_keeps_its_sound(
    tmp_path: Path, riff: int | None, data: int | None, odd: bool
) -> None:
    path = put(tmp_path / "piped.wav", whole := _wav(riff, data, odd=odd and data is not None), mtime=LONG_AGO)
    before = read_tags(path)
    report = edited({"title": "Nuit", "artist": ["Ida Ravn", "Otto Galt"]}, path)
    assert report.failed == []
    after = read_tags(path)
    assert (after.title, after.artists) == ("Nuit", "Ida Ravn\nOtto Galt")
    assert (after.audio_hash, after.duration_ms) == (before.audio_hash, before.duration_ms)
    start = whole.index(b"data") + 8
    assert Path(os.fsdecode(path)).read_bytes()[start : len(whole)] == whole[start:]
    assert edited({"title": "Jour"}, path).failed == []
    assert taken_back(report).failed != [], "another edit came between"
    again = edited({"title": "Nuit", "artist": ["Ida Ravn", "Otto Galt"]}, path)
    assert (again.failed, taken_back(report).failed) == ([], [])
    assert (read_tags(path).title, read_tags(path).audio_hash) == ("", before.audio_hash)
    assert os.listdir(tmp_path) == ["piped.wav"]


def test_one_that_may_still_be_recorded_stays_as_it_is(tmp_path: Path) -> None:
    path = put(tmp_path / "recording.wav", whole := _wav(0, 0), mtime=int(time.time()))
    (failure,) = edited({"title": "Nuit"}, path).failed
    assert failure.reason == "It does not say how long it is and is new: it may be a recording that goes on."
    assert Path(os.fsdecode(path)).read_bytes() == whole
    assert os.listdir(tmp_path) == ["recording.wav"]


def test_one_that_is_longer_than_a_wave_file_can_say_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "long.wav", _wav(0, 0), mtime=LONG_AGO)
    monkeypatch.setattr(open_wav, "_LONGEST_BYTES", 1_000)
    with pytest.raises(open_wav.UnreadableFile, match="too long for a WAVE file that does"):
        open_wav.close(path, path + b".copy")
    assert os.listdir(tmp_path) == ["long.wav"]


def test_into_rf64_nothing_is_written_and_the_sentence_says_why(tmp_path: Path) -> None:
    plain = sound("wav", 2.0)
    at = plain.index(b"data")
    size = len(plain) - at - 8
    long_head = b"ds64" + struct.pack("<IQQQI", 28, len(plain) + 28, size, size // 2, 0)
    whole = b"RF64" + b"\xff" * 4 + b"WAVE" + long_head + plain[12:at] + b"data" + b"\xff" * 4 + plain[at + 8 :]
    path = put(tmp_path / "long.wav", whole, mtime=LONG_AGO)
    (failure,) = edited({"title": "Nuit"}, path).failed
    assert failure.reason == "It is an RF64 file, made for more than four gigabytes: Segue does not write into those."
    assert Path(os.fsdecode(path)).read_bytes() == whole


@pytest.mark.parametrize("id3", [False, True])
def test_bare_aac_with_an_ape_tag_can_be_tagged_and_is_given_back_to_the_byte(tmp_path: Path, id3: bool) -> None:
    path = put(tmp_path / "x.aac", seconds=2.0)
    if id3:
        assert edited({"title": "Old"}, path).failed == []
    ape = mutagen.apev2.APEv2()
    ape["Title"], ape["Replaygain_Track_Gain"] = "Old", "-3.00 dB"
    ape.save(path)
    before, whole = read_tags(path), Path(os.fsdecode(path)).read_bytes()
    report = edited({"title": "Nuit"}, path)
    after = read_tags(path)
    assert (report.failed, after.title, after.audio_hash) == ([], "Nuit", before.audio_hash)
    assert (mutagen.apev2.APEv2(path)["Title"], mutagen.apev2.APEv2(path)["Replaygain_Track_Gain"]) == (
        "Nuit",
        "-3.00 dB",
    )
    assert taken_back(report).failed == []
    assert read_tags(path) == before
    if not id3:
        assert Path(os.fsdecode(path)).read_bytes() == whole
