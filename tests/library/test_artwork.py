"""Where a picture comes from, and which ones are left alone."""

import os
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen.flac import Picture

from app.library.artwork import folder_picture, load, picture_format, sources
from app.library.cage import TagCage
from app.library.framing import MAX_PICTURE_BYTES
from tests.library.sounds import jpeg, png, put


def _with_cover(path: Path, data: bytes) -> bytes:
    raw = put(path)
    audio: Any = mutagen.File(os.fsdecode(raw))
    picture = Picture()
    picture.data, picture.type, picture.mime = data, 3, "image/png"
    audio.add_picture(picture)
    audio.save()
    return raw


def test_the_picture_inside_comes_first_and_the_folder_is_next(tmp_path: Path) -> None:
    path = _with_cover(tmp_path / "a.flac", png())
    put(tmp_path / "Cover.JPG", jpeg())
    with TagCage() as cage:
        assert [load(source, cage) for source in sources(path, True)] == [png(), jpeg()]
        assert [load(source, cage) for source in sources(path, False)] == [jpeg()]


@pytest.mark.parametrize("name", ["cover.png", "FOLDER.jpeg", "Front.webp", "AlbumArt.jpg"])
def test_the_usual_names_are_known_in_any_case(name: str, tmp_path: Path) -> None:
    path = put(tmp_path / name, b"x")
    put(tmp_path / "back.jpg", b"x")
    assert folder_picture(os.fsencode(tmp_path)) == path


def test_a_disc_folder_uses_the_picture_of_the_album(tmp_path: Path) -> None:
    picture = put(tmp_path / "cover.jpg", jpeg())
    assert [source.path for source in sources(put(tmp_path / "CD1/a.flac"), False)] == [picture]


def test_the_key_changes_with_the_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac")
    put(tmp_path / "cover.jpg", jpeg(), mtime=1)
    [before] = sources(path, False)
    put(tmp_path / "cover.jpg", jpeg(), mtime=2)
    [after] = sources(path, False)
    assert before.key != after.key


def test_what_is_no_plain_picture_is_left_alone(tmp_path: Path) -> None:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    put(tmp_path / "cover.jpg", svg)
    [source] = sources(put(tmp_path / "a.flac"), False)
    with TagCage() as cage:
        assert load(source, cage) == b""
        put(tmp_path / "cover.jpg", jpeg() + bytes(MAX_PICTURE_BYTES))
        assert load(source, cage) == b""
        os.unlink(tmp_path / "cover.jpg")
        assert load(source, cage) == b""
    assert picture_format(b"GIF89a") == ""


def test_a_pipe_with_the_name_of_a_cover_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cover.jpg")
    assert list(sources(put(tmp_path / "a.flac"), False)) == []


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["Blue Ledger.jpg"], "Blue Ledger.jpg"),
        (["a.jpg", "b.jpg"], None),
        (["scan.jpg", "Blue Ledger (Front).jpg", "Blue Ledger (Back).jpg"], "Blue Ledger (Front).jpg"),
        (["AlbumArt_{5F1C}_Large.jpg", "AlbumArt_{5F1C}_Small.jpg"], "AlbumArt_{5F1C}_Large.jpg"),
        (["cover back.jpg", "cd cover.jpg"], None),
        (["Back in Black (front).jpg", "Back in Black (back).jpg"], "Back in Black (front).jpg"),
        (["ACDC cover.jpg", "ACDC scan.jpg", "ACDC CD1.jpg"], "ACDC cover.jpg"),
        (["Discovery cover.jpg", "Discovery disc.jpg"], "Discovery cover.jpg"),
        (["Small Faces front.jpg", "Small Faces front small.jpg"], "Small Faces front.jpg"),
        (["cover.jpg", "the front.jpg"], "cover.jpg"),
        ([".hidden.jpg"], None),
    ],
)
def test_other_names_are_taken_where_they_say_front_or_are_alone(
    tmp_path: Path, names: list[str], taken: str | None
) -> None:
    for name in names:
        put(tmp_path / name, b"x")
    assert folder_picture(os.fsencode(tmp_path)) == (os.fsencode(tmp_path / taken) if taken else None)
