"""Every format gives its tags, and a file that lies, is damaged or is something else gives a reason."""

import base64
import os
import struct
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import apev2, asf, flac, id3, mp4

from app.domain.errors import UnreadableFile
from app.domain.track import Tags
from app.library.pictures import read_picture
from app.library.tags import FileTrouble, read_tags
from tests.library.sounds import ENCODED, HAND_MADE, jpeg, put, sound

_MBID = "6c135d50-0516-b3ec-74cd-deab9e135d01"
_VORBIS = {
    "TITLE": "Nuit",
    "ARTIST": ["Ida Ravn", "Otto Galt"],
    "ALBUMARTIST": "Ida Ravn",
    "ALBUM": "Été",
    "TRACKNUMBER": "3",
    "DISCNUMBER": "2",
    "DATE": "1995-06-14",
    "GENRE": "Jazz",
    "COMPOSER": "Nora Quist",
    "COMPILATION": "1",
    "MUSICBRAINZ_TRACKID": _MBID,
    "REPLAYGAIN_TRACK_GAIN": "-7.25 dB",
    "REPLAYGAIN_TRACK_PEAK": "0.97",
    "RATING": "4",
}


def _id3_frames() -> list[Any]:
    return [
        id3.TIT2(text="Nuit"),
        id3.TPE1(text=["Ida Ravn", "Otto Galt"]),
        id3.TPE2(text="Ida Ravn"),
        id3.TALB(text="Été"),
        id3.TRCK(text="3/12"),
        id3.TPOS(text="2/2"),
        id3.TDRC(text="1995-06-14"),
        id3.TCON(text="Jazz"),
        id3.TCOM(text="Nora Quist"),
        id3.TCMP(text="1"),
        id3.UFID(owner="http://musicbrainz.org", data=_MBID.encode()),
        id3.TXXX(desc="REPLAYGAIN_TRACK_GAIN", text="-7.25 dB"),
        id3.TXXX(desc="replaygain_track_peak", text="0.97"),
        id3.POPM(email="someone", rating=196),
        id3.APIC(mime="image/jpeg", type=3, data=jpeg()),
    ]


def _tag(path: str) -> None:
    """Writes the same facts the way each family keeps them."""
    extension = path.rsplit(".", 1)[1]
    picture = flac.Picture()
    picture.data, picture.type, picture.mime = jpeg(), 3, "image/jpeg"
    if extension == "aac":
        tags = id3.ID3()
        for frame in _id3_frames():
            tags.add(frame)
        tags.save(path)
        return
    audio: Any = mutagen.File(path)
    if extension in {"mp3", "wav", "aiff", "dsf", "dff", "tta"}:
        if audio.tags is None:
            audio.add_tags()
        for frame in _id3_frames():
            audio.tags.add(frame)
    elif extension in {"flac", "ogg", "opus", "spx"}:
        audio.update(_VORBIS)
        if extension == "flac":
            audio.add_picture(picture)
        else:
            audio["METADATA_BLOCK_PICTURE"] = base64.b64encode(picture.write()).decode()
    elif extension == "m4a":
        audio.update({"\xa9nam": "Nuit", "\xa9ART": ["Ida Ravn", "Otto Galt"], "aART": "Ida Ravn", "\xa9alb": "Été"})
        audio.update({"trkn": [(3, 12)], "disk": [(2, 2)], "\xa9day": "1995", "\xa9gen": "Jazz", "cpil": True})
        free = "----:com.apple.iTunes:"
        audio.update({"\xa9wrt": "Nora Quist", f"{free}MusicBrainz Track Id": _MBID.encode(), f"{free}RATING": b"4"})
        audio.update({f"{free}replaygain_track_gain": b"-7.25 dB", f"{free}replaygain_track_peak": b"0.97"})
        audio["covr"] = [mp4.MP4Cover(jpeg())]
    elif extension == "wma":
        audio.update({"Title": "Nuit", "Author": ["Ida Ravn", "Otto Galt"], "WM/AlbumArtist": "Ida Ravn"})
        audio.update({"WM/AlbumTitle": "Été", "WM/TrackNumber": "3", "WM/PartOfSet": "2/2", "WM/Year": "1995"})
        audio.update({"WM/Genre": "Jazz", "WM/Composer": "Nora Quist", "WM/IsCompilation": "1"})
        audio.update({"MusicBrainz/Track Id": _MBID, "replaygain_track_gain": "-7.25 dB"})
        audio.update({"replaygain_track_peak": "0.97", "WM/SharedUserRating": asf.ASFDWordAttribute(75)})
        mime = "image/jpeg\0".encode("utf-16-le") + b"\0\0"
        audio["WM/Picture"] = asf.ASFByteArrayAttribute(b"\x03" + struct.pack("<I", len(jpeg())) + mime + jpeg())
    else:
        if audio.tags is None:
            audio.add_tags()
        audio.tags.update({"Title": "Nuit", "Artist": ["Ida Ravn", "Otto Galt"], "Album Artist": "Ida Ravn"})
        audio.tags.update({"Album": "Été", "Track": "3/12", "Disc": "2", "Year": "1995", "Genre": "Jazz"})
        audio.tags.update({"Composer": "Nora Quist", "Compilation": "1", "MUSICBRAINZ_TRACKID": _MBID})
        audio.tags.update({"replaygain_track_gain": "-7.25 dB", "replaygain_track_peak": "0.97", "Rating": "4"})
        audio.tags["Cover Art (Front)"] = apev2.APEValue(b"cover.jpg\0" + jpeg(), apev2.BINARY)
    audio.save()


@pytest.mark.parametrize("extension", [*ENCODED, *HAND_MADE])
def test_every_format_gives_its_tags_and_its_cover(extension: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"a.{extension}")
    _tag(os.fsdecode(path))

    tags = read_tags(path)

    assert tags.title == "Nuit"
    assert tags.artist == "Ida Ravn; Otto Galt"
    assert (tags.album_artist, tags.album, tags.genre, tags.composer) == ("Ida Ravn", "Été", "Jazz", "Nora Quist")
    assert (tags.track_no, tags.disc_no, tags.year, tags.compilation) == (3, 2, 1995, True)
    assert tags.recording_mbid == _MBID
    assert (tags.rg_track_gain, tags.rg_track_peak) == (-7.25, 0.97)
    assert tags.rating == 80
    assert tags.has_cover
    assert 950 <= tags.duration_ms <= 1100
    assert read_picture(path) == jpeg()


@pytest.mark.parametrize("extension", [*ENCODED, *HAND_MADE])
def test_every_format_without_tags_is_still_sound(extension: str, tmp_path: Path) -> None:
    tags = read_tags(put(tmp_path / f"a.{extension}"))

    assert not tags.named
    assert not tags.has_cover
    assert 950 <= tags.duration_ms <= 1100


@pytest.mark.parametrize("version", [2, 3, 4])
def test_id3_of_all_versions_is_read(version: int, tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    if version == 2:
        frames = b"".join(
            n + struct.pack(">I", len(t) + 1)[1:] + b"\0" + t for n, t in ((b"TT2", b"Nuit"), (b"TYE", b"1995"))
        )
        frames += b"PIC" + struct.pack(">I", 20)[1:] + b"\0JPG\x03\0" + bytes(14)
        put(path, b"ID3\x02\0\0" + struct.pack(">I", len(frames)) + frames + sound("mp3"))
    else:
        tags = id3.ID3()
        for frame in _id3_frames():
            tags.add(frame)
        if version == 3:
            tags.update_to_v23()
        tags.save(path, v2_version=version)

    read = read_tags(path)

    assert (read.title, read.year, read.has_cover) == ("Nuit", 1995, True)


def test_id3v1_and_ape_behind_an_mp3_are_read(tmp_path: Path) -> None:
    v1 = (
        b"TAG"
        + b"Nuit".ljust(30, b"\0")
        + b"Ida Ravn".ljust(30, b"\0")
        + bytes(30)
        + b"1995"
        + bytes(28)
        + b"\0\x03\x08"
    )
    read = read_tags(put(tmp_path / "v1.mp3", sound("mp3") + v1))
    assert (read.title, read.artist, read.year, read.track_no, read.genre) == ("Nuit", "Ida Ravn", 1995, 3, "Jazz")

    path = put(tmp_path / "ape.mp3")
    tags = apev2.APEv2()
    tags.update({"Title": "Nuit", "REPLAYGAIN_TRACK_GAIN": "-3.00 dB"})
    tags.save(os.fsdecode(path))
    read = read_tags(path)
    assert (read.title, read.rg_track_gain) == ("Nuit", -3.0)


def test_the_info_chunk_of_a_wav_is_read(tmp_path: Path) -> None:
    data = sound("wav")
    info = b"INFO" + b"INAM" + struct.pack("<I", 5) + b"Nuit\0\0" + b"IART" + struct.pack("<I", 8) + b"Ida Ravn"
    read = read_tags(put(tmp_path / "a.wav", data + b"LIST" + struct.pack("<I", len(info)) + info))
    assert (read.title, read.artist) == ("Nuit", "Ida Ravn")


def test_the_gain_of_opus_is_turned_into_replaygain(tmp_path: Path) -> None:
    path = put(tmp_path / "a.opus")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio["R128_TRACK_GAIN"] = str(-12 * 256)
    audio.save()
    assert read_tags(path).rg_track_gain == -7.0


def test_what_counts_is_the_content_and_not_the_name(tmp_path: Path) -> None:
    assert read_tags(put(tmp_path / "a.flac", sound("mp3"))).format == "mp3"
    assert read_tags(put(tmp_path / "b.mp3", sound("flac"))).format == "flac"
    assert read_tags(put(tmp_path / "c.ogg", sound("opus"))).format == "opus"
    head = id3.ID3()
    head.add(id3.TIT2(text="x"))
    path = put(tmp_path / "d.flac", sound("flac"))
    head.save(path)
    assert read_tags(path).format == "flac"


def test_lies_are_clamped(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.update({"TITLE": "a\0b\u202e" + "x" * 3_000_000, "TRACKNUMBER": "99999999999999999999", "DISCNUMBER": "-0"})
    audio.update({"DATE": "0000", "RATING": "1e999", "REPLAYGAIN_TRACK_GAIN": "nan", "REPLAYGAIN_TRACK_PEAK": "9e99"})
    audio.update({"MUSICBRAINZ_TRACKID": "' or 1=1"})
    audio.save()
    tags = read_tags(path)
    assert tags.title.startswith("abxxx")
    assert len(tags.title) == 1000
    expected = Tags(title=tags.title)
    for name in ("track_no", "disc_no", "year", "recording_mbid", "rg_track_gain"):
        assert getattr(tags, name) == getattr(expected, name), name

    ape = bytearray(sound("ape"))
    ape[56:68] = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    assert read_tags(put(tmp_path / "b.ape", bytes(ape))).duration_ms == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.mp3", b""),
        ("text.mp3", b"this is not audio\n" * 50),
        ("picture.ogg", jpeg()),
        ("zeros.flac", bytes(5000)),
        ("head.flac", b"fLaC"),
        ("head.ogg", b"OggS\0"),
        ("head.m4a", b"\0\0\0\x18ftypM4A "),
        ("huge.m4a", b"\0\0\0\x18ftypM4A " + b"\0" * 12 + b"\xff\xff\xff\xffmoov"),
        ("nested.m4a", struct.pack(">I4s", 0x7FFFFFFF, b"moov") * 20_000),
        ("head.wma", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")),
        ("huge.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"x" * 100),
        ("head.wav", b"RIFF\xff\xff\xff\xffWAVE"),
        ("head.aiff", b"FORM\xff\xff\xff\xffAIFF"),
        ("head.dsf", b"DSD " + b"\xff" * 100),
        ("head.dff", b"FRM8" + b"\xff" * 100),
        ("head.ape", b"MAC \xff\xff"),
        ("head.wv", b"wvpk" + b"\xff" * 40),
        ("head.tta", b"TTA1"),
        ("head.mpc", b"MP+\x07"),
    ],
)
def test_what_is_no_sound_gives_a_reason(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_tags(put(tmp_path / name, data))
    assert str(refused.value).endswith(".")
    assert not isinstance(refused.value, FileTrouble)


def test_a_file_that_is_away_is_trouble_with_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="No such file"):
        read_tags(os.fsencode(tmp_path / "a.mp3"))


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp3")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_tags(os.fsencode(tmp_path / "a.mp3"))
