"""A made-up library of every usual format against the list of what was written into it, file by file, field by field.

The maker of it is no part of this repository. Where it lies beside a folder that holds the checkout, it is run.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.library.scanning import Library

_MAKER = Path("shared/tools/make_library.py")
_FILES = 300
_CORRUPT = {"zero", "text_as_mp3", "jpeg_as_ogg", "random_bytes"}
"""What no reader can take for sound."""
_HALF_A_STEP_DB = 1 / 512
"""Opus keeps its gain in steps of 1/256 dB."""


def _makers() -> list[Path]:
    return [folder / _MAKER for folder in Path(__file__).resolve().parents if (folder / _MAKER).is_file()][:1]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_field_of_a_made_up_library_is_as_it_was_written(library: Library, tmp_path: Path) -> None:
    for maker in _makers():
        assert shutil.which("ffmpeg"), "this proof needs ffmpeg"
        command = [sys.executable, str(maker), str(library.music), "--tracks", str(_FILES), "--seed", "7", "--force"]
        subprocess.run([*command, "--clips", str(tmp_path / "clips"), "--corrupt", "0.03"], check=True)
        report = library.scan()
        lines = (tmp_path / "music.manifest.jsonl").read_text(encoding="ascii").splitlines()
        assert len(lines) == report.read + len(report.unreadable) == _FILES
        refused = {file.path for file in report.unreadable}
        for line in lines:
            written = json.loads(line)
            path = os.fsencode(library.music / written["path"])
            if written["kind"] == "ok":
                assert _different(_row(library, path), written) == {}, written["path"]
            elif written["kind"] in _CORRUPT:
                assert path in refused, written["path"]


def _row(library: Library, path: bytes) -> dict[str, Any]:
    with library.database.read() as connection:
        found = connection.execute("select * from track where path = ?", (path,))
        names = [column[0] for column in found.description]
        return dict(zip(names, found.fetchone(), strict=True))


def _different(row: dict[str, Any], written: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Columns that are not what was written, with both."""
    return {name: (row[name], value) for name, value in _expected(written).items() if not _same(row[name], value)}


def _same(is_: Any, was: Any) -> bool:
    if isinstance(is_, float) and isinstance(was, float):
        return abs(is_ - was) <= _HALF_A_STEP_DB + 1e-9
    return bool(is_ == was)


def _expected(written: dict[str, Any]) -> dict[str, Any]:
    """What a track must say, as far as the format of its tags can."""
    tags, form = written["tags"], written["id3"] if written["fmt"] == "mp3" else written["fmt"]
    common = {"size_bytes": written["size"], "mtime_ns": written["mtime"] * 10**9}
    if form == "v1" and tags:
        return common | _in_thirty_bytes(tags)
    found = common | {"has_cover": int(written["art"] and bool(tags)), "compilation": int("compilation" in tags)}
    found |= {"recording_mbid": _first(tags, "mb_recording"), "release_mbid": _first(tags, "mb_album")}
    found |= _numbers(tags) | _loudness(tags, form)
    for key, column in (
        ("title", "title"),
        ("album", "album"),
        ("albumartist", "album_artist"),
        ("composer", "composer"),
    ):
        if key in tags:
            found[column] = tags[key][0]
    for key, column in (("artist", "artists"), ("genre", "genres")):
        if key in tags:  # ID3v2.3 knows one value only, and joins them
            joint = "/".join(tags[key]) if form.startswith("v23") else "\n".join(dict.fromkeys(tags[key]))
            found[column] = joint
    if "date" in tags:
        date = tags["date"][0]
        found["year"] = int(date[:4])
        # ID3v2.3 has a field for the year and one for the day of a month, none for a month.
        found["date"] = date[:4] if form.startswith("v23") and len(date) == len("1997-05") else date
    return found


def _numbers(tags: dict[str, list[str]]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for key in ("track", "disc"):
        if key in tags:
            number, _, total = tags[key][0].partition("/")
            found |= {f"{key}_no": int(number), f"{key}_total": int(total) if total else None}
    return found


def _loudness(tags: dict[str, list[str]], form: str) -> dict[str, float | None]:
    peak = None if form == "opus" else _number(tags, "rg_peak")
    return {
        "rg_track_gain": _number(tags, "rg_track"),
        "rg_album_gain": _number(tags, "rg_album"),
        "rg_track_peak": peak,
    }


def _number(tags: dict[str, list[str]], key: str) -> float | None:
    return float(tags[key][0].split()[0]) if key in tags else None


def _first(tags: dict[str, list[str]], key: str) -> str:
    return tags.get(key, [""])[0]


def _in_thirty_bytes(tags: dict[str, list[str]]) -> dict[str, Any]:
    """ID3v1: a few names of thirty letters of Latin-1, a year and a number."""
    found: dict[str, Any] = {}
    for key, column in (("title", "title"), ("artist", "artist"), ("album", "album")):
        if key in tags:
            found[column] = tags[key][0].encode("latin-1", "replace")[:30].decode("latin-1").strip()
    if "date" in tags:
        found["year"] = int(tags["date"][0][:4])
    if "track" in tags:
        found["track_no"] = int(tags["track"][0].partition("/")[0])
    return found
