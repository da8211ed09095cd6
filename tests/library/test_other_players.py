"""Tags in the words and on the scales of other players."""

import os
import struct
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import apev2, asf, id3, mp4

from app.library.tags import read_tags
from tests.library.editing import edited
from tests.library.sounds import put, sound
from tests.library.tagging import MBID, OTHER_MBID


def test_a_track_that_windows_media_counts_from_nought_has_its_number(tmp_path: Path) -> None:
    path = put(tmp_path / "x.wma")
    audio = asf.ASF(os.fsdecode(path))
    audio["WM/Track"] = "2"
    audio.save()
    assert read_tags(path).track_no == 3
    audio["WM/TrackNumber"] = "7"
    audio.save()
    assert read_tags(path).track_no == 7


def test_the_stars_of_traktor_are_spread_evenly(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    for value, stars in ((51, 20), (102, 40), (153, 60), (204, 80), (255, 100)):
        tags = id3.ID3()
        tags.add(id3.POPM(email="traktor@native-instruments.de", rating=value, count=0))
        tags.save(os.fsdecode(path))
        assert read_tags(path).rating == stars


def test_a_text_of_mp4_in_another_encoding_hides_neither_the_file_nor_its_names(tmp_path: Path) -> None:
    path = put(tmp_path / "a.m4a")
    audio = mp4.MP4(os.fsdecode(path))
    audio.update({"\xa9nam": "Nuit", "\xa9ART": "Ida....", "\xa9alb": "NuitJour"})
    audio.save()
    data = Path(os.fsdecode(path)).read_bytes().replace(b"Ida....", "Ida Évé".encode("latin-1"))
    data = data.replace(b"\1\0\0\0\0NuitJour", b"\2\0\0\0\0" + "Jour".encode("utf-16-be"))
    read = read_tags(put(path, data))
    assert (read.title, read.artist, read.album) == ("Nuit", "Ida Évé", "Jour")


def test_the_gain_in_the_head_of_musepack_counts_where_no_tag_has_one(tmp_path: Path) -> None:
    data = bytearray(sound("mpc"))
    data[12:20] = struct.pack("<HhHh", 32_768, -650, 16_384, -500)
    path = put(tmp_path / "a.mpc", bytes(data))
    read = read_tags(path)
    assert (read.rg_track_gain, read.rg_album_gain) == (-6.5, -5.0)
    assert (read.rg_track_peak, read.rg_album_peak) == (pytest.approx(1.0, abs=1e-4), pytest.approx(0.5, abs=1e-4))
    tags = apev2.APEv2()
    tags["REPLAYGAIN_TRACK_GAIN"] = "-1.00 dB"
    tags.save(os.fsdecode(path))
    assert (read_tags(path).rg_track_gain, read_tags(path).rg_album_gain) == (-1.0, -5.0)


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"ARTISTSORTORDER": "Ravn, Ida"}, "artist_sort", "Ravn, Ida"),
        ({"ALBUMARTISTSORTORDER": "Ravn, Ida"}, "album_artist_sort", "Ravn, Ida"),
        ({"ORIGINAL RELEASE DATE": "1971-03-02", "DATE": "2010"}, "original_date", "1971-03-02"),
        ({"ORIGYEAR": "1971"}, "original_date", "1971"),
        ({"ITUNESCOMPILATION": "1"}, "compilation", True),
        ({"GENRE": "R&B/Soul"}, "genres", "R&B/Soul"),
        ({"REPLAYGAIN_TRACK_GAIN": "- 6.54 dB"}, "rg_track_gain", -6.54),
    ],
)
def test_fields_as_foobar2000_and_mp3tag_name_them_are_read(
    given: dict[str, str], name: str, value: object, tmp_path: Path
) -> None:
    path = put(tmp_path / "a.flac")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.update(given)
    audio.save()
    assert getattr(read_tags(path), name) == value


def test_an_edited_field_is_gone_under_the_names_of_other_players(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.update({"ARTISTSORTORDER": "Old", "ITUNESCOMPILATION": "1"})
    audio.save()
    assert edited({"artist_sort": "", "compilation": ""}, path).failed == []
    assert (read_tags(path).artist_sort, read_tags(path).compilation) == ("", False)


@pytest.mark.parametrize(
    ("credit", "artists"), [("AC/DC & Ida Ravn", "AC/DC & Ida Ravn"), ("Ida Ravn/Otto Galt", "Ida Ravn\nOtto Galt")]
)
def test_a_credit_of_several_artists_is_not_taken_apart_within_a_name(
    credit: str, artists: str, tmp_path: Path
) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TPE1(encoding=1, text=credit))
    tags.add(id3.TXXX(encoding=1, desc="MusicBrainz Artist Id", text=f"{MBID}/{OTHER_MBID}"))
    tags.save(path, v2_version=3)
    assert read_tags(path).artists == artists
