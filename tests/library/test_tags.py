"""Every format gives its tags, and a file that lies, is damaged or is something else gives a reason."""

import os
import struct
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import apev2, asf, id3

from app.domain.errors import UnreadableFile
from app.domain.tags import Tags
from app.library.pictures import read_picture
from app.library.tag_values import Said, to_tags
from app.library.tags import FileTrouble, read_tags
from tests.library.sounds import ALAC, ENCODED, HAND_MADE, jpeg, put, sound
from tests.library.tagging import ACOUSTID, MBID, OTHER_MBID, id3_frames, write_tags


@pytest.mark.parametrize("kind", [*ENCODED, *HAND_MADE, ALAC])
def test_every_format_gives_its_tags_and_its_cover(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path / f"a.{'m4a' if kind == ALAC else kind}", sound(kind))
    write_tags(os.fsdecode(path))

    tags = read_tags(path)

    assert tags.title == "Nuit"
    assert tags.artist == "Ida Ravn; Otto Galt"
    assert (tags.album_artist, tags.album, tags.genre, tags.composer) == ("Ida Ravn", "Été", "Jazz", "Nora Quist")
    assert (tags.track_no, tags.disc_no, tags.year, tags.compilation) == (3, 2, 1995, True)
    assert tags.recording_mbid == MBID
    assert (tags.rg_track_gain, tags.rg_track_peak) == (-7.25, 0.97)
    assert tags.rating == 80
    assert tags.has_cover
    assert 950 <= tags.duration_ms <= 1100
    assert read_picture(path) == jpeg()
    assert (tags.artists, tags.genres) == ("Ida Ravn\nOtto Galt", "Jazz\nFusion")
    assert (tags.title_sort, tags.artist_sort) == ("Nuit, La", "Ravn, Ida")
    assert (tags.album_artist_sort, tags.album_sort) == ("Ravn, Ida", "Ete")
    assert (tags.track_total, tags.disc_total) == (12, 2)
    assert tags.date in {"1995", "1995-06-14"}
    assert (tags.original_date, tags.isrc, tags.acoustid_id) == ("1971-02-03", "USRC17607839", ACOUSTID)
    assert tags.bpm is not None
    assert int(tags.bpm) == 120
    assert tags.norm_gain == -3.01
    assert tags.has_lyrics
    assert tags.file_plays == 7


@pytest.mark.parametrize("extension", [*ENCODED, *HAND_MADE])
def test_every_format_without_tags_is_still_sound(extension: str, tmp_path: Path) -> None:
    tags = read_tags(put(tmp_path / f"a.{extension}"))

    assert not tags.named
    assert not tags.has_cover
    assert 950 <= tags.duration_ms <= 1100


def test_alac_is_told_from_aac_and_has_the_rate_and_the_sound_of_its_own(tmp_path: Path) -> None:
    lossless, lossy = read_tags(put(tmp_path / "a.m4a", sound(ALAC))), read_tags(put(tmp_path / "b.m4a"))
    assert (lossless.format, lossy.format) == ("alac", "m4a")
    assert (lossless.sample_rate, lossless.channels, lossless.duration_ms) == (44_100, 1, 1_000)
    assert lossless.audio_hash and lossless.audio_hash != lossy.audio_hash
    path = put(tmp_path / "c.m4a", sound(ALAC))
    write_tags(os.fsdecode(path))
    assert read_tags(path).audio_hash == lossless.audio_hash


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
        for frame in id3_frames():
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


def test_a_rating_that_windows_media_keeps_as_text_counts(tmp_path: Path) -> None:
    path = put(tmp_path / "x.wma")
    audio = asf.ASF(os.fsdecode(path))
    audio["WM/SharedUserRating"] = "75"
    audio.save()
    assert read_tags(path).rating == 80
    audio["WM/SharedUserRating"] = "none"
    audio.save()
    assert read_tags(path).rating is None


def _id3v1(title: str, artist: str, album: str = "", year: str = "") -> bytes:
    texts = [name.encode("latin-1")[:30].ljust(30, b"\0") for name in (title, artist, album)]
    return b"TAG" + b"".join(texts) + year.encode().ljust(4, b"\0") + bytes(28) + b"\0\x03\x08"


_LONG_TITLE, _LONG_ARTIST = (
    "A Very Long Title That Does Not Fit Into Thirty",
    "An Artist With A Name Longer Than Thirty",
)


def test_ape_goes_before_id3v1_which_cuts_every_text(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    tags = apev2.APEv2()
    tags.update({"Title": _LONG_TITLE, "Artist": _LONG_ARTIST, "Track": "3/12", "Year": "2001-03-04", "Genre": "Dream"})
    tags.save(os.fsdecode(path))
    put(path, Path(os.fsdecode(path)).read_bytes() + _id3v1(_LONG_TITLE, _LONG_ARTIST, "Al", "2001"))

    read = read_tags(path)

    assert (read.title, read.artist, read.album) == (_LONG_TITLE, _LONG_ARTIST, "Al")
    assert (read.track_no, read.track_total, read.date, read.genre) == (3, 12, "2001-03-04", "Dream")


def test_an_empty_field_hides_nothing_that_an_older_tag_says(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text=""))
    tags.add(id3.TPE1(encoding=3, text="Ida"))
    tags.save(os.fsdecode(path), v1=0)
    put(path, Path(os.fsdecode(path)).read_bytes() + _id3v1("Nuit", "Someone"))
    assert (read_tags(path).title, read_tags(path).artist) == ("Nuit", "Ida")

    path = put(tmp_path / "a.flac")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio.update({"date": "", "year": "1969"})
    audio.save()
    assert (read_tags(path).date, read_tags(path).year) == ("1969", 1969)


def test_wavpack_and_flac_with_nothing_but_id3_say_what_that_says(tmp_path: Path) -> None:
    read = read_tags(put(tmp_path / "a.wv", sound("wv") + _id3v1("Nuit", "Ida Ravn")))
    assert (read.title, read.artist, read.track_no) == ("Nuit", "Ida Ravn", 3)

    read = read_tags(put(tmp_path / "b.flac", sound("flac") + _id3v1("Nuit", "Ida Ravn")))
    assert (read.title, read.artist) == ("Nuit", "Ida Ravn")
    head = id3.ID3()
    head.add(id3.TIT2(encoding=3, text="Nuit"))
    path = put(tmp_path / "c.flac")
    head.save(os.fsdecode(path))
    assert read_tags(path).title == "Nuit"
    audio: Any = mutagen.File(os.fsdecode(path))
    audio["title"] = "Its own"
    audio.save()
    assert read_tags(path).title == "Its own"


def test_an_id3_frame_goes_before_a_free_text_of_the_same_meaning(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TXXX(encoding=3, desc="ALBUM ARTIST", text="AA"))
    tags.save(os.fsdecode(path))
    assert read_tags(path).album_artist == "AA"
    tags.add(id3.TPE2(encoding=3, text="Various"))
    tags.save(os.fsdecode(path))
    assert read_tags(path).album_artist == "Various"


def test_the_date_of_release_counts_where_there_is_no_other(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TDRL(encoding=3, text="2003-02"))
    tags.save(os.fsdecode(path))
    assert (read_tags(path).date, read_tags(path).year) == ("2003-02", 2003)


@pytest.mark.parametrize(
    ("given", "track", "disc"),
    [
        ("A1", 1, 1), ("A2", 2, 1), ("B1", 1, 2), ("b2/4", 2, 2), ("C 3", 3, 3), ("AA", 1, 2), ("A", 1, 1),
        ("Side B, 3", 3, 2), ("3/12", 3, None), ("12A", 12, None), ("Track 4", 4, None), ("CD1", 1, None),
    ],
)  # fmt: skip
def test_the_sides_of_a_vinyl_record_count_as_discs(given: str, track: int, disc: int | None, tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac")
    audio: Any = mutagen.File(os.fsdecode(path))
    audio["tracknumber"] = given
    audio.save()
    assert (read_tags(path).track_no, read_tags(path).disc_no) == (track, disc)


def test_the_sides_of_two_records_are_told_apart_however_they_are_lettered() -> None:
    def place(track: str, disc: str) -> tuple[int | None, int | None]:
        said = Said("flac")
        said.values = {"track": [track], "disc": [disc]}
        tags = to_tags(said)
        return tags.disc_no, tags.track_no

    assert [place(*at) for at in (("A1", "1/2"), ("B1", "1/2"), ("A1", "2/2"), ("B2", "2/2"))] == [
        (1, 1), (2, 1), (3, 1), (4, 2),
    ]  # fmt: skip
    assert [place(*at) for at in (("A1", "1"), ("B1", "1"), ("C1", "2"), ("D2", "2"))] == [
        (1, 1), (2, 1), (3, 1), (4, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("artists", "ids", "kept"),
    [
        ("Ida Ravn/Otto Galt", f"{MBID}/{OTHER_MBID}", "Ida Ravn\nOtto Galt"),
        ("Ida Ravn; Otto Galt", f"{MBID}; {OTHER_MBID}", "Ida Ravn\nOtto Galt"),
        ("AC/DC", MBID, "AC/DC"),
        ("AC/DC feat. Ida Ravn", f"{MBID}/{OTHER_MBID}", "AC/DC feat. Ida Ravn"),
        ("AC/DC/Ida Ravn", f"{MBID}/{OTHER_MBID}", "AC/DC/Ida Ravn"),
        ("Ida Ravn/Otto Galt", "", "Ida Ravn/Otto Galt"),
        ("Ravn & Galt/Ida Ravn", f"{MBID}/{OTHER_MBID}", "Ravn & Galt\nIda Ravn"),
    ],
)
def test_artists_in_one_text_are_told_apart_where_as_many_are_identified(
    artists: str, ids: str, kept: str, tmp_path: Path
) -> None:
    path = put(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TPE1(encoding=1, text="Ida Ravn feat. Otto Galt"))
    tags.add(id3.TXXX(encoding=1, desc="ARTISTS", text=artists))
    tags.add(id3.TXXX(encoding=1, desc="MusicBrainz Artist Id", text=ids))
    tags.save(path, v2_version=3)
    assert (read_tags(path).artist, read_tags(path).artists) == ("Ida Ravn feat. Otto Galt", kept)
