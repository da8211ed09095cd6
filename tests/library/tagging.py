"""The same facts, written into sound files of every format the way each family of tags keeps them."""

import base64
import struct
from typing import Any

import mutagen
from mutagen import apev2, asf, flac, id3, mp4

from tests.library.sounds import jpeg

MBID = "6c135d50-0516-b3ec-74cd-deab9e135d01"
OTHER_MBID = "00000000-0516-b3ec-74cd-deab9e135d01"
ACOUSTID = "5ecca4c9-9c2d-4bd1-8d29-a1a2b1b6a2c9"
NORM = " 000003E8 000007D0 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000"
_VORBIS = {
    "TITLE": "Nuit",
    "ARTIST": ["Ida Ravn", "Otto Galt"],
    "ALBUMARTIST": "Ida Ravn",
    "ALBUM": "Été",
    "TRACKNUMBER": "3",
    "DISCNUMBER": "2",
    "DATE": "1995-06-14",
    "ARTISTS": ["Ida Ravn", "Otto Galt"],
    "TITLESORT": "Nuit, La",
    "ARTISTSORT": "Ravn, Ida",
    "ALBUMARTISTSORT": "Ravn, Ida",
    "ALBUMSORT": "Ete",
    "TOTALTRACKS": "12",
    "DISCTOTAL": "2",
    "ORIGINALDATE": "1971-02-03",
    "BPM": "120.5",
    "ISRC": "US-RC1-76-07839",
    "ACOUSTID_ID": ACOUSTID,
    "MUSICBRAINZ_RELEASETRACKID": OTHER_MBID,
    "ITUNNORM": NORM,
    "LYRICS": "La nuit est longue et la route aussi",
    "FMPS_PLAYCOUNT": "7.0",
    "GENRE": ["Jazz", "Fusion"],
    "COMPOSER": "Nora Quist",
    "COMPILATION": "1",
    "MUSICBRAINZ_TRACKID": MBID,
    "REPLAYGAIN_TRACK_GAIN": "-7.25 dB",
    "REPLAYGAIN_TRACK_PEAK": "0.97",
    "RATING": "4",
}


def id3_frames(title: str = "Nuit", cover: bytes = b"") -> list[Any]:
    """The facts as ID3 frames."""
    return [
        id3.TIT2(text=title),
        id3.TPE1(text=["Ida Ravn", "Otto Galt"]),
        id3.TPE2(text="Ida Ravn"),
        id3.TALB(text="Été"),
        id3.TRCK(text="3/12"),
        id3.TPOS(text="2/2"),
        id3.TDRC(text="1995-06-14"),
        id3.TCON(text=["Jazz", "Fusion"]),
        id3.TXXX(desc="ARTISTS", text=["Ida Ravn", "Otto Galt"]),
        id3.TSOT(text="Nuit, La"),
        id3.TSOP(text="Ravn, Ida"),
        id3.TSO2(text="Ravn, Ida"),
        id3.TSOA(text="Ete"),
        id3.TDOR(text="1971-02-03"),
        id3.TBPM(text="120.5"),
        id3.TSRC(text="US-RC1-76-07839"),
        id3.TXXX(desc="Acoustid Id", text=ACOUSTID),
        id3.TXXX(desc="MusicBrainz Release Track Id", text=OTHER_MBID),
        id3.COMM(lang="eng", desc="iTunNORM", text=NORM),
        id3.USLT(lang="eng", desc="", text="La nuit est longue et la route aussi"),
        id3.TCOM(text="Nora Quist"),
        id3.TCMP(text="1"),
        id3.UFID(owner="http://musicbrainz.org", data=MBID.encode()),
        id3.TXXX(desc="REPLAYGAIN_TRACK_GAIN", text="-7.25 dB"),
        id3.TXXX(desc="replaygain_track_peak", text="0.97"),
        id3.POPM(email="someone", rating=196, count=7),
        id3.APIC(mime="image/jpeg", type=3, data=cover or jpeg()),
    ]


def write_tags(path: str, title: str = "Nuit", picture_bytes: int = 0) -> None:
    """Writes the same facts the way each family keeps them; ``picture_bytes`` makes the cover larger."""
    cover = jpeg() + bytes(picture_bytes)
    extension = path.rsplit(".", 1)[1]
    picture = flac.Picture()
    picture.data, picture.type, picture.mime = cover, 3, "image/jpeg"
    if extension == "aac":
        tags = id3.ID3()
        for frame in id3_frames(title, cover):
            tags.add(frame)
        tags.save(path)
        return
    audio: Any = mutagen.File(path)
    if extension in {"mp3", "wav", "aiff", "dsf", "dff", "tta"}:
        if audio.tags is None:
            audio.add_tags()
        for frame in id3_frames(title, cover):
            audio.tags.add(frame)
    elif extension in {"flac", "ogg", "opus", "spx"}:
        audio.update(_VORBIS | {"TITLE": title})
        if extension == "flac":
            audio.add_picture(picture)
        else:
            audio["METADATA_BLOCK_PICTURE"] = base64.b64encode(picture.write()).decode()
    elif extension == "m4a":
        audio.update({"\xa9nam": title, "\xa9ART": ["Ida Ravn", "Otto Galt"], "aART": "Ida Ravn", "\xa9alb": "Été"})
        audio.update(
            {"trkn": [(3, 12)], "disk": [(2, 2)], "\xa9day": "1995", "\xa9gen": ["Jazz", "Fusion"], "cpil": True}
        )
        free = "----:com.apple.iTunes:"
        audio.update({"\xa9wrt": "Nora Quist", f"{free}MusicBrainz Track Id": MBID.encode(), f"{free}RATING": b"4"})
        audio.update({f"{free}replaygain_track_gain": b"-7.25 dB", f"{free}replaygain_track_peak": b"0.97"})
        audio.update({"sonm": "Nuit, La", "soar": "Ravn, Ida", "soaa": "Ravn, Ida", "soal": "Ete", "tmpo": [120]})
        words = {"ARTISTS": ["Ida Ravn", "Otto Galt"], "ORIGINALDATE": ["1971-02-03"], "ISRC": ["US-RC1-76-07839"]}
        words |= {"Acoustid Id": [ACOUSTID], "MusicBrainz Release Track Id": [OTHER_MBID], "iTunNORM": [NORM]}
        words |= {"FMPS_Playcount": ["7.0"]}
        audio.update({free + name: [one.encode() for one in value] for name, value in words.items()})
        audio["\xa9lyr"] = "La nuit est longue et la route aussi"
        audio["covr"] = [mp4.MP4Cover(cover)]
    elif extension == "wma":
        audio.update({"Title": title, "Author": ["Ida Ravn", "Otto Galt"], "WM/AlbumArtist": "Ida Ravn"})
        audio.update({"WM/AlbumTitle": "Été", "WM/TrackNumber": "3", "WM/PartOfSet": "2/2", "WM/Year": "1995"})
        audio.update({"WM/Genre": ["Jazz", "Fusion"], "WM/Composer": "Nora Quist", "WM/IsCompilation": "1"})
        audio.update({"MusicBrainz/Track Id": MBID, "replaygain_track_gain": "-7.25 dB"})
        audio.update({"replaygain_track_peak": "0.97", "WM/SharedUserRating": asf.ASFDWordAttribute(75)})
        audio.update(
            {"WM/ARTISTS": ["Ida Ravn", "Otto Galt"], "WM/TitleSortOrder": "Nuit, La", "WM/ISRC": "USRC17607839"}
        )
        audio.update({"WM/ArtistSortOrder": "Ravn, Ida", "WM/AlbumArtistSortOrder": "Ravn, Ida"})
        audio.update({"WM/AlbumSortOrder": "Ete", "TrackTotal": "12", "WM/OriginalReleaseTime": "1971-02-03"})
        audio.update({"WM/BeatsPerMinute": "120.5", "Acoustid/Id": ACOUSTID, "FMPS/Playcount": "7.0"})
        audio.update({"MusicBrainz/Release Track Id": OTHER_MBID, "iTunNORM": NORM})
        audio["WM/Lyrics"] = "La nuit est longue et la route aussi"
        mime = "image/jpeg\0".encode("utf-16-le") + b"\0\0"
        audio["WM/Picture"] = asf.ASFByteArrayAttribute(b"\x03" + struct.pack("<I", len(cover)) + mime + cover)
    else:
        if audio.tags is None:
            audio.add_tags()
        audio.tags.update({"Title": title, "Artist": ["Ida Ravn", "Otto Galt"], "Album Artist": "Ida Ravn"})
        audio.tags.update({"Album": "Été", "Track": "3/12", "Disc": "2", "Year": "1995", "Genre": ["Jazz", "Fusion"]})
        audio.tags.update({"Composer": "Nora Quist", "Compilation": "1", "MUSICBRAINZ_TRACKID": MBID})
        audio.tags.update({"replaygain_track_gain": "-7.25 dB", "replaygain_track_peak": "0.97", "Rating": "4"})
        same = ("ARTISTS", "TITLESORT", "ARTISTSORT", "ALBUMARTISTSORT", "ALBUMSORT", "ORIGINALDATE", "BPM", "ISRC")
        same += ("ACOUSTID_ID", "MUSICBRAINZ_RELEASETRACKID", "ITUNNORM", "LYRICS", "FMPS_PLAYCOUNT", "DISCTOTAL")
        audio.tags.update({name: _VORBIS[name] for name in same})
        audio.tags["Cover Art (Front)"] = apev2.APEValue(b"cover.jpg\0" + cover, apev2.BINARY)
    audio.save()
