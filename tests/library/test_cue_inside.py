"""Cue sheets inside sound files: they make tracks as those beside a file do, unless one beside it says otherwise."""

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.apev2 import APEv2
from mutagen.asf import ASF
from mutagen.flac import FLAC, CueSheet, CueSheetTrack, CueSheetTrackIndex
from mutagen.id3 import ID3, TXXX
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from app.config.paths import resources
from app.domain.tags import Tags
from app.library import walk
from app.library.cage import Refusal, TagCage
from app.library.cue import inside
from app.library.cue_inside import best, from_block
from app.library.tag_bytes import pack_values, unpack_tags
from app.library.tags import read_tags, read_values
from tests.library.scanning import Library
from tests.library.sounds import RATE, put

TWO = """PERFORMER "Ida Ravn"
TITLE "Ete"
FILE "C:\\users\\ida\\Ete.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Nuit"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Jour"
    INDEX 01 00:02:00
"""


def _write(path: bytes, text: str) -> None:
    """Puts a sheet into a file as the programs of its format do."""
    name = os.fsdecode(path)
    extension = name.rpartition(".")[2]
    if extension in {"wv", "ape", "mpc"}:
        tags = APEv2()
        tags["Cuesheet"] = text
        tags.save(name)
    elif extension in {"mp3", "tta"}:
        frames = ID3()
        frames.add(TXXX(encoding=3, desc="CUESHEET", text=[text]))
        frames.save(name)
    else:
        classes = {"flac": FLAC, "ogg": OggVorbis, "opus": OggOpus, "m4a": MP4, "wma": ASF}
        audio = classes[extension](name)
        if audio.tags is None:
            audio.add_tags()
        audio["----:com.apple.iTunes:CUESHEET" if extension == "m4a" else "CUESHEET"] = (
            text.encode() if extension == "m4a" else text
        )
        audio.save()


def _block(path: bytes, *samples: int, isrc: bytes = b"") -> None:
    """FLAC's own sheet, of bare times."""
    audio = FLAC(os.fsdecode(path))
    sheet = CueSheet(None)
    for number, at in enumerate(samples, 1):
        track = CueSheetTrack(number, at, isrc)
        track.indexes.append(CueSheetTrackIndex(1, 0))
        sheet.tracks.append(track)
    sheet.tracks.append(CueSheetTrack(170, 10 * RATE))
    audio.cuesheet = sheet
    audio.metadata_blocks.append(sheet)
    audio.save()


@pytest.mark.parametrize("extension", ["flac", "ogg", "opus", "m4a", "wma", "wv", "ape", "mpc", "mp3", "tta"])
def test_a_sheet_inside_a_file_makes_its_tracks_in_every_format(library: Library, extension: str) -> None:
    path = put(library.music / f"disc.{extension}", seconds=4.0)
    _write(path, TWO)
    assert library.scan().read == 2
    jour = library.at(f"disc.{extension}#02")
    assert (jour.title, jour.artist, jour.album, jour.start_ms, jour.end_ms) == ("Jour", "Ida Ravn", "Ete", 2_000, None)
    assert jour.file == path
    again = library.scan()
    assert (again.unchanged, again.read, again.missing, library.tracks.count()) == (2, 0, 0, 2)


@pytest.mark.parametrize("leading", [b"", b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)])
def test_the_block_of_a_flac_file_counts_where_no_text_is_there(library: Library, leading: bytes) -> None:
    path = put(library.music / "disc.flac", seconds=4.0)
    _block(path, 0, 2 * RATE, isrc=b"SEA1B9700001")
    audio = FLAC(os.fsdecode(path))
    audio["album"], audio["artist"] = "Ete", "Ida Ravn"
    audio.save()
    put(path, leading + Path(os.fsdecode(path)).read_bytes())
    assert library.scan().read == 2
    second = library.at("disc.flac#02")
    assert (second.title, second.artist, second.album, second.start_ms) == ("Track 2", "Ida Ravn", "Ete", 2_000)
    _write(path, TWO)
    os.utime(path, (2_000_000_000, 2_000_000_000))
    library.scan()
    assert (library.at("disc.flac#02").id, library.at("disc.flac#02").title) == (second.id, "Jour")


def test_a_damaged_flac_header_that_only_the_other_reader_takes_has_its_block_too(tmp_path: Path) -> None:
    path = put(tmp_path / "disc.flac", seconds=4.0)
    _block(path, 0, 2 * RATE)
    audio = FLAC(os.fsdecode(path))
    audio["comment"] = "x"
    audio.save()
    raw = Path(os.fsdecode(path)).read_bytes().replace(b"comment=x", b"comment#x")
    put(path, raw)
    assert "TRACK 02" in read_tags(path).cue


def test_a_sheet_beside_the_file_goes_before_the_one_inside_and_plays_follow(library: Library) -> None:
    path = put(library.music / "disc.flac", seconds=4.0)
    _write(path, TWO)
    library.scan()
    before = [library.at(f"disc.flac#0{n}").id for n in (1, 2)]
    sheet = library.music / "disc.cue"
    sheet.write_text(TWO.replace("Jour", "Midi"))
    report = library.scan()
    assert (report.moved, report.missing, library.tracks.count()) == (2, 0, 2)
    assert [library.at(f"disc.cue#0{n}").id for n in (1, 2)] == before
    assert library.at("disc.cue#02").title == "Midi"
    again = library.scan()
    assert (again.unchanged, again.read) == (2, 0)
    sheet.unlink()
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert [library.at(f"disc.flac#0{n}").id for n in (1, 2)] == before
    assert library.at("disc.flac#02").title == "Jour"


@pytest.mark.parametrize(
    "beside",
    [
        TWO.replace("00:02:00", "00:50:00"),
        TWO.replace("C:\\users\\ida\\Ete.wav", "else.wav").replace("INDEX 01 00:02:00", ""),
        "no sheet at all",
    ],
)
def test_where_the_sheet_beside_is_of_no_use_the_one_inside_counts(library: Library, beside: str) -> None:
    path = put(library.music / "disc.flac", seconds=4.0)
    put(library.music / "other.flac")
    _write(path, TWO)
    (library.music / "disc.cue").write_text(beside)
    for _ in range(2):
        library.scan()
        assert library.tracks.count() == 3
        assert library.at("disc.flac#02").title == "Jour"


def test_a_sheet_that_comes_into_a_known_file_or_leaves_it_loses_nothing(library: Library) -> None:
    path = put(library.music / "disc.flac", seconds=4.0)
    library.scan()
    whole = library.at("disc.flac").id
    plain = Path(os.fsdecode(path)).read_bytes()
    _write(path, TWO)
    report = library.scan()
    assert (report.read, report.missing) == (2, 1)
    first = library.at("disc.flac#01").id
    assert (library.scan().unchanged, library.at("disc.flac").missing) == (2, True)
    put(path, plain)
    report = library.scan()
    assert (report.missing, library.at("disc.flac").id, library.at("disc.flac").missing) == (2, whole, False)
    _write(path, TWO)
    library.scan()
    assert (library.at("disc.flac#01").id, library.at("disc.flac#01").missing) == (first, False)


def test_a_file_that_was_known_before_sheets_inside_were_read_is_taken_apart(library: Library) -> None:
    """As the migration leaves it: with the size and time of today, and its sound to be hashed anew."""
    path = put(library.music / "disc.flac", seconds=4.0)
    library.scan()
    _write(path, TWO)
    status = os.stat(path)
    with library.database.write() as connection:
        connection.execute(
            "update track set size_bytes = ?, mtime_ns = ?, inode = ?, duration_ms = 600000",
            (status.st_size, status.st_mtime_ns, status.st_ino),
        )
        connection.execute("update folder set newest_ns = null")
    assert library.scan().unchanged == 1
    with library.database.write() as connection:
        connection.executescript((resources() / "migrations/0008_sheets_inside.sql").read_text(encoding="utf-8"))
    report = library.scan()
    assert (report.read, report.missing) == (2, 1)
    again = library.scan()
    assert (again.unchanged, again.read, again.missing) == (2, 0, 0)


def test_the_tracks_follow_their_file_to_another_folder(library: Library) -> None:
    _write(put(library.music / "a/disc.flac", seconds=4.0), TWO)
    library.scan()
    before = [library.at(f"a/disc.flac#0{n}").id for n in (1, 2)]
    os.rename(library.music / "a", library.music / "b")
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert [library.at(f"b/disc.flac#0{n}").id for n in (1, 2)] == before
    os.rename(library.music / "b", library.music.parent / "away")
    put(library.music / "other.flac")
    assert library.scan().missing == 2
    os.rename(library.music.parent / "away", library.music / "b")
    library.scan()
    assert [library.at(f"b/disc.flac#0{n}").missing for n in (1, 2)] == [False, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "TRACK 01 AUDIO\nINDEX 01 00:00:00",
        TWO.replace("  TRACK 02", 'FILE "b.wav" WAVE\n  TRACK 02'),  # it lists the files of a disc
        TWO.replace("00:02:00", "00:99:00"),
        TWO + "X" * (1 << 19),
    ],
)
def test_a_text_that_takes_nothing_apart_leaves_one_track(library: Library, text: str) -> None:
    assert best([text]) == ""
    path = put(library.music / "disc.flac", seconds=4.0)
    _write(path, text)
    library.scan()
    assert (library.tracks.count(), library.at("disc.flac").missing) == (1, False)
    assert library.scan().unchanged == 1


def test_a_sheet_of_the_whole_disc_inside_one_of_its_tracks_leaves_it_whole(library: Library) -> None:
    _write(put(library.music / "01.flac", seconds=1.0), TWO)
    library.scan()
    assert (library.tracks.count(), library.at("01.flac").missing) == (1, False)


def test_a_sheet_without_its_file_line_and_with_odd_line_ends_is_read() -> None:
    bare = "\r".join(line for line in TWO.split("\n") if "FILE" not in line) + "\x00\x1b"
    found = inside(b"/m/disc.flac", Tags(cue=best(["rubbish", bare]), duration_ms=4_000, audio_hash="ab"))
    assert [(track.path, track.tags.title) for track in found.tracks] == [
        (b"/m/disc.flac#01", "Nuit"),
        (b"/m/disc.flac#02", "Jour"),
    ]
    assert found.sources == (b"/m/disc.flac",)


def test_backslashes_before_a_u_come_through_to_the_library(tmp_path: Path) -> None:
    path = put(tmp_path / "disc.flac", seconds=4.0)
    _write(path, TWO)
    assert "C:\\users" in unpack_tags(pack_values(read_values(path))).cue


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600), st.integers(0, 12), st.sampled_from([1, 44_100, 192_000]))
def test_a_block_of_anything_gives_a_text_and_never_fails(junk: bytes, count: int, rate: int) -> None:
    head = bytes(128 + 8 + 259) + bytes([count])
    for block in (junk, head + junk, head + struct.pack(">QB12s14xB", 1 << 63, 1, junk[:12], 200) + junk):
        assert best([from_block(block, rate)]) is not None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.integers(0, len(TWO)))
def test_anything_in_a_text_gives_tracks_in_order_or_none(junk: str, at: int) -> None:
    found = inside(b"/m/a.flac", Tags(cue=best([TWO[:at] + junk + TWO[at:]]), duration_ms=4_000))
    starts = [track.start_ms for track in found.tracks]
    assert starts == sorted(starts)


@pytest.mark.parametrize("beside", [True, False])
def test_a_disk_that_will_not_give_the_file_now_marks_none_of_its_tracks(
    library: Library, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    path = put(library.music / "disc.flac", seconds=4.0)
    put(library.music / "other.mp3")
    if beside:
        (library.music / "disc.cue").write_text(TWO)
    else:
        _write(path, TWO)
    library.scan()
    os.utime(path, (2_000_000_000, 2_000_000_000))
    broken = Refusal("It could not be read: Input/output error.", lasting=False)
    with monkeypatch.context() as patch:
        patch.setattr(TagCage, "read", lambda self, paths: ((one, broken) for one in paths))
        assert library.scan().missing == 0
    assert (library.scan().read, library.tracks.count()) == (2, 3)

    real = walk.is_audio_name

    def failing(name: bytes) -> bool:
        if name == b"disc.flac":
            raise OSError(5, "Input/output error")
        return real(name)

    monkeypatch.setattr(walk, "USUAL", ())  # by which most names are known without a question
    monkeypatch.setattr(walk, "is_audio_name", failing)
    assert library.scan().missing == 0


def test_what_the_tags_say_of_single_tracks_goes_before_the_sheet(library: Library) -> None:
    said = {
        "CUE_TRACK01_TITLE": "Nuit blanche",
        "cue_track02_ARTIST": 'Milo "the Fox" Bishop',
        "CUE_TRACK02_REPLAYGAIN_TRACK_GAIN": "-3.5 dB",
        "CUE_TRACK02_COMPOSER": "Edith\nOsei\r\nTRACK 03 AUDIO\nINDEX 01 00:03:00",
        "CUE_TRACK03_TITLE": "there is none",
        "CUE_TRACKx_TITLE": "no number",
    }
    flac, wavpack = put(library.music / "disc.flac", seconds=4.0), put(library.music / "disc.wv", seconds=4.0)
    comments = FLAC(os.fsdecode(flac))
    comments.update({"CUESHEET": TWO, **said})
    comments.save()
    tags = APEv2()
    tags["Cuesheet"] = TWO
    for name, value in said.items():
        tags[name] = value
    tags.save(os.fsdecode(wavpack))
    assert library.scan().read == 4
    for name in ("disc.flac", "disc.wv"):
        first, second = (library.at(f"{name}#0{number}") for number in (1, 2))
        assert (first.title, first.artist, first.gain.track_db) == ("Nuit blanche", "Ida Ravn", None)
        assert (second.title, second.artist) == ("Jour", 'Milo "the Fox" Bishop')
        assert second.gain.track_db == -3.5
    with library.database.read() as connection:
        composers = {row[0] for row in connection.execute("select composer from track where track_no = 2")}
    assert composers == {"Edith Osei TRACK 03 AUDIO INDEX 01 00:03:00"}


@given(st.text(), st.dictionaries(st.from_regex(r"cue_track[0-9]{0,4}_[a-z]{0,9}"), st.text()))
def test_whatever_the_tags_say_of_tracks_a_sheet_stays_one(text: str, of_tracks: dict[str, str]) -> None:
    assert isinstance(best([text, TWO], of_tracks), str)
