"""Taking an edit back: what another program did since is not undone with it, and no trace of the edit stays."""

import os
from pathlib import Path
from typing import Any

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
