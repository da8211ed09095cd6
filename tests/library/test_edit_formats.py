"""What each family of tags keeps when one of its fields is edited."""

import os
from pathlib import Path

import mutagen.apev2
import mutagen.flac
import mutagen.id3
import mutagen.mp4
import pytest

from app.library.tags import read_tags
from tests.library.editing import edited, taken_back
from tests.library.sounds import jpeg, put


@pytest.mark.parametrize("version", [3, 4])
def test_id3_keeps_its_version_its_pictures_and_frames_nobody_knows(version: int, tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.APIC(mime="image/jpeg", type=3, desc="front", data=jpeg()))
    tags.add(mutagen.id3.COMM(lang="eng", desc="x", text=["kept"]))
    tags.add(mutagen.id3.TXXX(desc="MOOD", text=["calm", "slow"]))
    tags.add(mutagen.id3.POPM(email="a@b", rating=196, count=7))
    tags.add(mutagen.id3.TYER(text="1980") if version == 3 else mutagen.id3.TDRC(text="1980"))
    tags.add(mutagen.id3.TXXX(desc="Album Artist", text=["old"]))
    tags.unknown_frames = [b"ZZZZ\0\0\0\x04\0\0abcd"]
    tags._unknown_v2_version = version
    tags.save(path, v2_version=version, v1=2, v23_sep=None)
    report = edited({"title": "Nuit", "album_artist": "New", "date": "1990-02-03"}, path)
    assert report.failed == []
    after = mutagen.id3.ID3(path, translate=False)
    assert after.version == (2, version, 0)
    assert after["APIC:front"].data == jpeg()
    assert (after["COMM:x:eng"].text, after["TXXX:MOOD"].text) == (["kept"], ["calm", "slow"])
    assert (after["POPM:a@b"].rating, after.unknown_frames) == (196, tags.unknown_frames)
    assert ("TYER" in after, "TDRC" in after, "TXXX:Album Artist" in after) == (version == 3, version == 4, False)
    assert Path(os.fsdecode(path)).read_bytes()[-128:].startswith(b"TAGNuit\0")
    assert read_tags(path).date == "1990-02-03"
    assert taken_back(report).failed == []
    former = mutagen.id3.ID3(path, translate=False)
    assert former["TXXX:Album Artist"].text == ["old"]
    assert "TIT2" not in former


def test_a_tag_that_stands_only_at_the_end_is_not_lost(tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    old = b"TAG" + b"Old title".ljust(30, b"\0") + b"Ida".ljust(30, b"\0") + bytes(60) + bytes([0, 5, 17 - 0])[:5]
    with open(path, "ab") as file:
        file.write(old.ljust(128, b"\0")[:128])
    assert edited({"title": "New"}, path).failed == []
    after = read_tags(path)
    assert (after.title, after.artist) == ("New", "Ida")


def test_ape_behind_mp3_follows_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = put(tmp_path / "x.mp3")
    ape = mutagen.apev2.APEv2()
    ape["Title"], ape["Replaygain_Track_Gain"] = "Old", "-3.00 dB"
    ape.save(path)
    report = edited({"title": "New", "artist": "Ida"}, path)
    assert report.failed == []
    after = mutagen.apev2.APEv2(path)
    assert {key: str(value) for key, value in after.items()} == {"Title": "New", "Replaygain_Track_Gain": "-3.00 dB"}
    cleared = edited({"title": None}, path)
    assert cleared.failed == []
    assert read_tags(path).title == ""
    taken_back(cleared)
    taken_back(report)
    assert str(mutagen.apev2.APEv2(path)["Title"]) == "Old"


def test_flac_keeps_pictures_and_odd_comments_in_order(tmp_path: Path) -> None:
    path = put(tmp_path / "x.flac")
    flac = mutagen.flac.FLAC(path)
    picture = mutagen.flac.Picture()
    picture.data, picture.type, picture.mime = jpeg(), 3, "image/jpeg"
    flac.add_picture(picture)
    flac.tags.extend([("Mood", "calm"), ("mood", "slow"), ("YEAR", "1980"), ("TRACKNUMBER", "03/12")])
    flac.save()
    report = edited({"track_no": 4, "date": "1981"}, path)
    assert report.failed == []
    after = mutagen.flac.FLAC(path)
    assert [pair for pair in after.tags if pair[0].lower() == "mood"] == [("Mood", "calm"), ("mood", "slow")]
    assert after.pictures[0].data == jpeg()
    assert (read_tags(path).track_total, after["tracknumber"], "YEAR" in after.tags) == (12, ["4"], False)
    taken_back(report)
    assert mutagen.flac.FLAC(path)["tracknumber"] == ["03/12"]
    assert mutagen.flac.FLAC(path)["year"] == ["1980"]


def test_mp4_keeps_covers_and_free_form_atoms(tmp_path: Path) -> None:
    path = put(tmp_path / "x.m4a")
    audio = mutagen.mp4.MP4(path)
    audio["covr"] = [mutagen.mp4.MP4Cover(jpeg())]
    audio["----:com.apple.iTunes:LABEL"] = [mutagen.mp4.MP4FreeForm(b"Some", 1)]
    audio["trkn"] = [(2, 9)]
    audio.save()
    report = edited({"track_no": 5, "bpm": "127.6"}, path)
    assert report.failed == []
    after = mutagen.mp4.MP4(path)
    assert (after["trkn"], after["tmpo"], bytes(after["covr"][0])) == ([(5, 9)], [128], jpeg())
    taken_back(report)
    former = mutagen.mp4.MP4(path)
    assert (former["trkn"], "tmpo" in former, bytes(former["----:com.apple.iTunes:LABEL"][0])) == (
        [(2, 9)],
        False,
        b"Some",
    )


def test_what_stands_where_we_cannot_write_is_said(tmp_path: Path) -> None:
    info = b"INFOINAM\x06\0\0\0Named\0"
    chunk = b"LIST" + len(info).to_bytes(4, "little") + info
    path = put(tmp_path / "x.wav")
    data = Path(os.fsdecode(path)).read_bytes() + chunk
    Path(os.fsdecode(path)).write_bytes(data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:])
    assert read_tags(path).title == "Named"
    before = Path(os.fsdecode(path)).read_bytes()
    assert edited({"title": "Other"}, path).failed == []
    assert "also stands in a place" in edited({"title": None}, path).failed[0].reason
    assert read_tags(path).title == "Other"
    assert before != Path(os.fsdecode(path)).read_bytes()
