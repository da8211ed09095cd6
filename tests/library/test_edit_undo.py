"""Taking an edit back: what another program did since is not undone with it, and no trace of the edit stays."""

import io
import os
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from app.library.mutagen_reader import reader
from app.library.tags import read_tags
from tests.library.editing import edited, taken_back
from tests.library.sounds import put

_ELSEWHERE = "It was changed since by another program."


def content(path: bytes) -> bytes:
    return Path(os.fsdecode(path)).read_bytes()


def with_another_program(path: bytes, values: dict[str, Any]) -> None:
    module, name = ("flac", "FLAC") if path.endswith(b"flac") else ("easyid3", "EasyID3")
    tags = reader(module, name)(os.fsdecode(path))
    for key, value in values.items():
        tags[key] = value
    tags.save()


@pytest.mark.parametrize("kind", ["flac", "mp3"])
def test_a_field_that_another_program_changed_since_is_not_taken_back(kind: str, tmp_path: Path) -> None:
    path, other = put(tmp_path / f"x.{kind}"), put(tmp_path / f"y.{kind}")
    report = edited({"title": "Mine"}, path, other)
    with_another_program(path, {"title": "Theirs"})
    theirs = content(path)
    back = taken_back(report)
    assert [(failure.path, failure.reason) for failure in back.failed] == [(path, _ELSEWHERE)]
    assert content(path) == theirs
    assert (read_tags(path).title, read_tags(other).title) == ("Theirs", "")
    forward = taken_back(back)
    assert (forward.failed, read_tags(other).title) == ([], "Mine")


@pytest.mark.parametrize("kind", ["flac", "mp3"])
def test_other_fields_that_another_program_changed_since_stay_as_it_wrote_them(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"x.{kind}")
    report = edited({"title": "Mine"}, path)
    with_another_program(path, {"album": "Theirs"})
    assert taken_back(report).failed == []
    assert (read_tags(path).title, read_tags(path).album) == ("", "Theirs")


def test_two_edits_of_one_file_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    path = put(tmp_path / "x.ogg")
    report = edited({"title": "One"}, path)
    report.undo += edited({"title": "Two", "album": "B"}, path).undo
    assert taken_back(report).failed == []
    assert (read_tags(path).title, read_tags(path).album) == ("", "")


@pytest.mark.parametrize("kind", ["aac", "mp3"])
def test_a_file_without_a_tag_is_the_same_to_the_byte_after_an_edit_and_its_undo(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"x.{kind}")
    reader("id3", "ID3")().delete(os.fsdecode(path))
    before = content(path)
    report = edited({"title": "New", "artist": ["Ida"]}, path)
    assert content(path)[:3] == b"ID3"
    back = taken_back(report)
    assert back.failed == []
    assert content(path) == before
    assert taken_back(taken_back(back)).failed == []
    assert content(path) == before


def test_a_tag_that_another_program_has_added_to_since_stays(tmp_path: Path) -> None:
    path = put(tmp_path / "x.aac")
    report = edited({"title": "New"}, path)
    with_another_program(path, {"album": "Theirs"})
    assert taken_back(report).failed == []
    assert (read_tags(path).title, read_tags(path).album) == ("", "Theirs")


def _old_tag(title: bytes, comment: bytes = b"by hand", pad: bytes = b"\0") -> bytes:
    """ID3v1 as other programs write it: mutagen would pad and cut it in its own way."""
    fields = (title, 30), (b"Ida Ravn", 30), (b"Ete", 30), (b"1997", 4), (comment, 28)
    return b"TAG" + b"".join(text.ljust(size, pad) for text, size in fields) + b"\0\x07\x11"


@pytest.mark.parametrize("pad", [b"\0", b" "])
@pytest.mark.parametrize("kind", ["aac", "mp3"])
def test_a_file_with_nothing_but_an_old_tag_is_the_same_to_the_byte_again(
    kind: str, pad: bytes, tmp_path: Path
) -> None:
    path = put(tmp_path / f"x.{kind}")
    reader("id3", "ID3")().delete(os.fsdecode(path))
    put(path, content(path) + _old_tag("Été sans fin".encode("latin-1"), pad=pad))
    before = content(path)
    report = edited({"title": "Another", "composer": ["Olof"]}, path)
    after = content(path)
    assert (after[:3], after[-125:-118], read_tags(path).title) == (b"ID3", b"Another", "Another")
    back = taken_back(report)
    assert (back.failed, content(path)) == ([], before)
    forward = taken_back(back)
    assert (forward.failed, read_tags(path).title, read_tags(path).composer) == ([], "Another", "Olof")
    assert (taken_back(forward).failed, content(path)) == ([], before)


def test_the_old_tag_behind_a_new_one_is_what_it_was_again(tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    put(path, content(path) + _old_tag(b"other words than in front", pad=b" "))
    with_another_program(path, {"title": "Front"})
    put(path, content(path)[:-128] + _old_tag(b"other words than in front", pad=b" "))
    before = content(path)
    report = edited({"title": "Mine"}, path)
    assert content(path)[-128:] != before[-128:]
    assert (taken_back(report).failed, content(path)[-128:]) == ([], before[-128:])
    assert read_tags(path).title == "Front"


def test_a_new_tag_that_another_program_has_added_to_stays_in_front_of_the_old_one(tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    reader("id3", "ID3")().delete(os.fsdecode(path))
    put(path, content(path) + _old_tag(b"Nuit"))
    report = edited({"title": "Mine"}, path)
    with_another_program(path, {"composer": "Theirs"})
    assert taken_back(report).failed == []
    said = read_tags(path)
    assert (said.title, said.composer, said.album) == ("Nuit", "Theirs", "Ete")


@pytest.mark.parametrize(("container", "codec", "ending"), [("ipod", "aac", "m4a"), ("asf", "wmav2", "wma")])
def test_fields_in_an_order_and_a_form_of_another_program_are_taken_back(
    container: str, codec: str, ending: str, tmp_path: Path
) -> None:
    target = io.BytesIO()
    with av.open(target, "w", format=container) as made:
        made.metadata.update(
            {"title": "Nuit", "artist": "Ida", "album": "Été", "date": "1999", "track": "3/9", "genre": "Rock"}
        )
        stream = made.add_stream(codec, rate=44_100, layout="stereo")
        stream.codec_context.bit_rate = 64_000
        for start in range(0, 40_960, 2048):
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 2048), np.float32), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 44_100, start
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    path = put(tmp_path / f"x.{ending}", target.getvalue())
    before = read_tags(path)
    assert (before.title, before.artist, before.track_no, before.genre) == ("Nuit", "Ida", 3, "Rock")
    changes = {"title": "Jour", "artist": ["Ida", "Otto"], "date": "2001-02-03", "track_no": 4, "genre": ["A", "B"]}
    report = edited(changes, path)
    assert (report.failed, read_tags(path).title) == ([], "Jour")
    assert taken_back(report).failed == []
    assert read_tags(path) == before


@pytest.mark.parametrize("kind", ["wv", "ape", "mpc"])
def test_an_old_tag_behind_apev2_stays(kind: str, tmp_path: Path) -> None:
    old = b"TAG" + b"Nuit".ljust(30, b"\0") + bytes(60) + b"1990" + bytes(30) + b"\x08"
    path = put(tmp_path / f"x.{kind}")
    tags = reader("apev2", "APEv2")()
    tags.update({"Title": "Nuit", "Artist": "Ida"})
    tags.save(os.fsdecode(path))
    put(path, content(path) + old)
    before = content(path)
    report = edited({"artist": "Ida Ravn"}, path)
    assert (report.failed, read_tags(path).artist, read_tags(path).year) == ([], "Ida Ravn", 1990)
    assert content(path).endswith(old)
    assert taken_back(report).failed == []
    assert content(path) == before
