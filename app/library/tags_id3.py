"""ID3 in all its versions, as it stands in MP3, and inside AIFF, WAV, DSF, DSDIFF, TTA and AAC files."""

import functools
import re
from collections.abc import Iterable
from typing import Any

from app.library import id3_frames
from app.library.audio_hash import hash_span
from app.library.mpeg import mpeg_stream
from app.library.mutagen_reader import reader
from app.library.odd import OddError
from app.library.ratings import popularimeter
from app.library.sound_file import SoundFile
from app.library.tag_values import DESCRIBED_NAMES, Said, says
from app.library.tags_ape import take_ape
from app.library.tails import Tails, tails_of

_TEXT = {
    b"TIT2": "title",
    b"TPE1": "artist",
    b"TPE2": "album_artist",
    b"TALB": "album",
    b"TSOT": "title_sort",
    b"XSOT": "title_sort",
    b"TSOP": "artist_sort",
    b"XSOP": "artist_sort",
    b"TSO2": "album_artist_sort",
    b"TSOA": "album_sort",
    b"XSOA": "album_sort",
    b"TRCK": "track",
    b"TPOS": "disc",
    b"TDRC": "date",
    b"TYER": "tyer",
    b"TDAT": "tdat",
    b"TDOR": "original_date",
    b"TORY": "original_year",
    b"TDRL": "released",
    b"TCOM": "composer",
    b"TCMP": "compilation",
    b"TBPM": "bpm",
    b"TSRC": "isrc",
}
_WANTED = frozenset({*_TEXT, b"TCON", b"TXXX", b"UFID", b"POPM", b"PCNT", b"RVA2", b"COMM"})
_LYRICS = (b"USLT", b"SYLT", b"ULT", b"SLT")
_MIN_LYRICS_BYTES = 12
_PICTURES = (b"APIC", b"PIC")
_MUSICBRAINZ = "http://musicbrainz.org"
_GENRE = re.compile(r"((?:\((?:[0-9]+|RX|CR)\))*)(.+)?", re.DOTALL)
_MAX_STACKED = 8


def read_mp3(file: SoundFile) -> Said:
    """An MPEG stream with any of ID3v2, ID3v1 and APEv2; broken tags do not hide good sound."""
    said, tails = Said("mp3"), tails_of(file)
    start = take_leading_id3(said, file, tails)
    try:
        said.stream(mpeg_stream(file, start))
    except OddError:
        said.stream(reader("mp3", "MPEGInfo")(file.stream(), start))
    if tails.lyrics:
        said.add("lyrics", "there")
    said.audio_hash = hash_span(file, "mpeg", start, tails.end)
    return said


def take_leading_id3(said: Said, file: SoundFile, tails: Tails) -> int:
    """Copies what the tags before and behind the sound say; tells where the sound begins.

    ID3v1 comes last, because it cuts every text after 30 characters.
    """
    if id3_frames.tag_end(file.head[:10], 0):
        _fill(said, _leading(said.format, file))
    if tails.ape:
        take_ape_behind(said, file)
    if tails.id3v1:
        take_id3v1(said, tails.id3v1)
    return sound_start(file)


def sound_start(file: SoundFile) -> int:
    """Where the sound begins behind the tags before it; some players put one before another."""
    start = id3_frames.tag_end(file.head[:10], 0)
    for _ in range(_MAX_STACKED):
        further = id3_frames.tag_end(file.at(start, 10), start) if start else 0
        if not further:
            break
        start = further
    return start if start < file.size else 0


def take_id3(said: Said, tags: Any) -> None:
    """Copies what one of mutagen's ID3 tags says."""
    for frame in tags.values():
        name = frame.FrameID.encode()
        if field := _TEXT.get(name):
            said.add(field, *map(str, frame.text))
        elif name == b"TCON":
            said.add("genre", *genres(map(str, frame.text)))
        elif name == b"TXXX":
            _take_described(said, frame.desc, list(map(str, frame.text)))
        elif name == b"UFID":
            _take_ufid(said, frame.owner, frame.data)
        elif name == b"POPM":
            _take_popm(said, frame.email, frame.rating, getattr(frame, "count", 0))
        elif name == b"PCNT":
            said.add("plays", str(frame.count))
        elif name == b"RVA2":
            _take_rva2(said, frame.desc, frame.channel, frame.gain, frame.peak)
        elif name == b"COMM":
            _take_comment(said, frame.desc, list(map(str, frame.text)))
        elif name == b"APIC":
            said.has_cover = True
        elif name in _LYRICS and frame.text:
            said.add("lyrics", "there")
    for raw in tags.unknown_frames:
        if raw.startswith(_PICTURES):
            said.has_cover = True
        elif raw.startswith(_LYRICS) and len(raw) > _MIN_LYRICS_BYTES + id3_frames.HEADER_BYTES:
            said.add("lyrics", "there")


@functools.cache
def known_frames() -> dict[str, Any]:
    """The frames mutagen shall decode, all plain texts as such; the others, pictures above all, it leaves alone."""
    ours = reader("id3", "Frames")
    plain = reader("id3", "TextFrame")
    known = {name.decode(): type(name.decode(), (plain,), {}) for name in (*_TEXT, b"TCON")}
    known |= {name.decode(): ours[name.decode()] for name in _WANTED if name.decode() not in known}
    old = {short.decode(): known[name.decode()] for short, name in id3_frames.V22_NAMES.items() if name in _WANTED}
    return known | {short: type(short, (frame,), {}) for short, frame in old.items()}


def genres(values: Iterable[str]) -> list[str]:
    """``17``, ``(17)``, ``(17)(8)Fusion`` and plain names, as names."""
    found = list[str]()
    for value in values:
        if (value.isdecimal() and value.isascii() and len(value) <= 3 and int(value) < 256) or value in {"CR", "RX"}:
            found.append(_genre_name(value))
        elif value.startswith("(") and (match := _GENRE.match(value)):
            numbered, rest = match[1] or "", match[2] or ""
            found += [_genre_name(one) for one in numbered[1:-1].split(")(") if numbered]
            rest = rest.removeprefix("(") if rest.startswith("((") else rest
            if rest and rest not in found:
                found.append(rest)
        elif value:
            found.append(value)
    return found


def _genre_name(number: str) -> str:
    if number in {"CR", "RX"}:
        return "Cover" if number == "CR" else "Remix"
    names: list[str] = reader("_constants", "GENRES")
    return names[int(number)] if len(number) <= 3 and int(number) < len(names) else ""


def _take_frames(said: Said, file: SoundFile) -> None:
    for name, size, body in id3_frames.frames(file, _WANTED):
        if field := _TEXT.get(name):
            if body:
                said.add(field, *id3_frames.texts(body))
        elif name == b"TCON" and body:
            said.add("genre", *genres(id3_frames.texts(body)))
        elif name == b"TXXX" and body:
            _take_described(said, *id3_frames.described(body))
        elif name == b"UFID":
            owner, _, data = body.partition(b"\0")
            _take_ufid(said, owner.decode("latin-1"), data)
        elif name == b"POPM":
            owner, _, data = body.partition(b"\0")
            if data:
                _take_popm(said, owner.decode("latin-1"), data[0], int.from_bytes(data[1:9], "big"))
        elif name == b"PCNT" and len(body) <= 8:
            said.add("plays", str(int.from_bytes(body, "big")))
        elif name == b"COMM" and len(body) > 4:
            if b"i\0T\0u\0n" in body or b"iTun" in body or b"i\0T\0u" in body:
                _take_comment(said, *id3_frames.described(body[:1] + body[4:]))
        elif name == b"RVA2":
            raise OddError
        elif name == b"APIC":
            said.has_cover = True
        elif name in _LYRICS and size > _MIN_LYRICS_BYTES:
            said.add("lyrics", "there")


def _take_described(said: Said, desc: str, values: list[str]) -> None:
    if field := DESCRIBED_NAMES.get(desc.strip().lower()):
        said.add(field, *values)


def _take_comment(said: Said, desc: str, values: list[str]) -> None:
    if desc == "iTunNORM":
        said.add("norm", *values)


def _take_ufid(said: Said, owner: str, data: bytes) -> None:
    if owner == _MUSICBRAINZ:
        said.add("recording_mbid", data.decode("ascii", "replace"))


def _take_popm(said: Said, email: str, rating: int, count: int) -> None:
    if (stars := popularimeter(email, rating)) is not None:
        said.add("rating_100", str(stars))
    if count:
        said.add("plays", str(count))


def _take_rva2(said: Said, desc: str, channel: int, gain: float, peak: float) -> None:
    scope = {"track": "track", "album": "album"}.get(desc.strip().lower())
    if scope is not None and channel == 1 and f"rg_{scope}_gain" not in said.values:
        said.add(f"rg_{scope}_gain", f"{gain:.4f}")
        if peak:
            said.add(f"rg_{scope}_peak", f"{peak:.6f}")


def take_id3v1(said: Said, tag: bytes) -> None:
    """Fills what the newer tags leave empty."""
    has_date = any(says(said, name) for name in ("date", "tyer", "year", "released"))
    pieces = {"title": tag[3:33], "artist": tag[33:63], "album": tag[63:93], "tyer": b"" if has_date else tag[93:97]}
    for name, raw in pieces.items():
        text = raw.split(b"\0")[0].strip().decode("latin-1")
        if text and not says(said, name):
            said.values[name] = [text]
    if tag[125] == 0 and tag[126] and not says(said, "track"):
        said.values["track"] = [str(tag[126])]
    if tag[127] != 255 and not says(said, "genre") and (name := _genre_name(str(tag[127]))):
        said.values["genre"] = [name]


def _leading(format: str, file: SoundFile) -> Said:
    """What the tag before the sound says."""
    found = Said(format)
    try:
        _take_frames(found, file)
    except OddError:
        found = Said(format)
        _take_with_mutagen(found, file)
    return found


def _take_with_mutagen(said: Said, file: SoundFile) -> None:
    try:
        tags = reader("id3", "ID3")(file.stream(), known_frames=known_frames(), translate=False, load_v1=False)
    except (reader("_util", "MutagenError"), EOFError, ValueError, IndexError):
        return
    take_id3(said, tags)


def take_ape_behind(said: Said, file: SoundFile) -> None:
    """Fills gaps from APEv2 behind the sound: where mp3gain keeps its values, and some players everything."""
    more = Said("ape")
    try:
        take_ape(more, reader("apev2", "APEv2")(file.stream()))
    except (reader("_util", "MutagenError"), EOFError, ValueError, IndexError):
        return
    _fill(said, more)


def _fill(said: Said, more: Said) -> None:
    """What another tag says where the ones before say nothing, or are there and empty."""
    if not said.values:
        said.values = more.values
    else:
        said.values |= {name: values for name, values in more.values.items() if not says(said, name)}
    said.has_cover = said.has_cover or more.has_cover
