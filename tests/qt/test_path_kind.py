"""What comes from outside is told apart by name and content, and nothing of it hangs or is believed."""

import os
import zipfile
from pathlib import Path

import pytest

from app.domain.errors import SegueError
from app.qt.path_kind import PathKind, kind_of
from tests.history.import_.exports import AT_S, lines, listen, written
from tests.library.sounds import put


def kind(path: Path | bytes) -> PathKind:
    return kind_of(os.fsencode(path), lambda: False)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    return Path(os.fsdecode(lines(tmp_path / "export", [listen("Nuit", AT_S)])))


def test_music_a_folder_and_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    sound = put(tmp_path / "a.flac", seconds=1.0)
    assert [kind(path) for path in (sound, tmp_path / "empty", tmp_path / "gone.json")] == [
        PathKind.FILE,
        PathKind.FOLDER,
        PathKind.FILE,
    ]


def test_an_export_plain_zipped_or_unpacked(tmp_path: Path, export: Path) -> None:
    packed = tmp_path / "my_data.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.pdf", b"%PDF")
        archive.write(export, "Streaming/history.jsonl")
    assert [kind(path) for path in (export, packed, export.parent)] == [PathKind.HISTORY] * 3
    log = tmp_path / ".scrobbler.log"
    log.write_text("#AUDIOSCROBBLER/1.1\n#TZ/UTC\nIda\tEte\tNuit\t1\t200\tL\t1400000000\t\n")
    assert kind(log) is PathKind.HISTORY


def test_a_folder_with_any_sound_in_it_is_one_of_music(export: Path) -> None:
    put(export.parent / "deep" / "down" / "a.mp3", seconds=1.0)
    assert kind(export.parent) is PathKind.FOLDER


def test_a_folder_of_very_many_files_is_not_looked_through(export: Path) -> None:
    for number in range(2_001):
        (export.parent / f"{number}.jpg").touch()
    assert kind(export.parent) is PathKind.FOLDER


@pytest.mark.parametrize("name", ["notes.txt", "rip.log"])
def test_what_lies_beside_albums_is_no_history_and_no_trouble(tmp_path: Path, name: str) -> None:
    assert kind(written(tmp_path, b"Ripped with care", name)) is PathKind.FILE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.json", b"{}"),
        ("x.json", b"[" * 500_000),
        ("x.json", b'{"a": ' * 100_000),
        ("x.JSONL", b"\0" * 100),
        ("x.csv", b"a,b,c\n1,2,3\n"),
        ("x.tsv", b""),
        ("x.zip", b"hello"),
        (".scrobbler.log", b"hello"),
    ],
)
def test_what_is_called_like_an_export_and_holds_no_plays_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(SegueError, match="No listening history was found in"):
        kind(written(tmp_path, content, name))


def test_a_damaged_zip_says_so(tmp_path: Path) -> None:
    with pytest.raises(SegueError, match="damaged zip"):
        kind(written(tmp_path, b"PK\x03\x04" + b"\0" * 50, "x.zip"))


def test_a_pipe_and_a_device_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.json")
    (tmp_path / "y.json").symlink_to("/dev/zero")
    for name in ("x.json", "y.json"):
        with pytest.raises(SegueError, match="is not a file"):
            kind(tmp_path / name)


def test_a_folder_called_like_an_export_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    assert kind(tmp_path / "x.json") is PathKind.FOLDER


def test_what_cannot_be_read_in_a_folder_says_nothing_of_it(tmp_path: Path, export: Path) -> None:
    for folder in (tmp_path / "to come", export.parent):
        folder.mkdir(exist_ok=True)
        (folder / "a.zip").write_bytes(b"PK\x03\x04 and no more")
        os.mkfifo(folder / "b.json")
    assert [kind(tmp_path / "to come"), kind(export.parent)] == [PathKind.FOLDER, PathKind.HISTORY]


def test_one_who_has_gone_is_no_longer_looked_for(tmp_path: Path) -> None:
    packed, asked = tmp_path / "x.zip", list[int]()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(1_000):
            archive.writestr(f"{number}.json", "{}")

    def gone() -> bool:
        asked.append(1)
        return len(asked) > 3

    kind_of(os.fsencode(packed), gone)
    assert len(asked) < 10
