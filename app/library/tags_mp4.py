"""MP4: AAC and ALAC in ``.m4a``, audio books, and sound in ``.mp4``."""

from typing import Any

from app.domain.errors import UnreadableFile
from app.library.audio_hash import hash_spans
from app.library.mp4_atoms import Atom, atoms, body, child, sound_stream, tracks
from app.library.mp4_fragments import fragments_length
from app.library.mutagen_reader import reader
from app.library.odd import OddError
from app.library.sound_file import SoundFile
from app.library.tag_values import DESCRIBED_NAMES, Said

_TEXT = {
    b"\xa9nam": "title",
    b"\xa9ART": "artist",
    b"aART": "album_artist",
    b"\xa9alb": "album",
    b"\xa9day": "date",
    b"\xa9gen": "genre",
    b"\xa9wrt": "composer",
    b"sonm": "title_sort",
    b"soar": "artist_sort",
    b"soaa": "album_artist_sort",
    b"soal": "album_sort",
    b"rate": "rating_100",
}
_PAIRS = {b"trkn": "track", b"disk": "disc"}
_LYRICS = b"\xa9lyr"
_NOT_READ = {b"covr", _LYRICS}
_EMPTY_ATOM_BYTES = 24
_UTF8, _UTF16 = 1, 2
_NO_SOUND, _VIDEO = "It holds no sound.", "It is a video."


def read_mp4(file: SoundFile) -> Said:
    """An MP4 file's sound; a film is refused."""
    try:
        return _read(file)
    except OddError:
        said = _by_mutagen(file)
    return said


def _read(file: SoundFile) -> Said:
    top = list(atoms(file, 0, file.size, top=True))
    moov = next((atom for atom in top if atom.name == b"moov"), None)
    if moov is None:
        raise OddError
    kinds = tracks(file, moov)
    if any(kind == b"vide" for kind, _ in kinds):
        raise UnreadableFile(_VIDEO)
    sound = next((mdia for kind, mdia in kinds if kind == b"soun"), None)
    if sound is None:
        raise OddError
    stream = sound_stream(file, sound)
    said = Said("alac" if stream.codec == b"alac" else "m4a")
    said.stream(stream)
    said.length_s = said.length_s or fragments_length(file, top, sound)
    listed = child(file, moov, b"udta", b"meta", b"ilst")
    if listed is not None:
        for item in atoms(file, listed.start, listed.end):
            _take_item(said, file, item)
    said.audio_hash = _hash(file, top)
    return said


def _take_item(said: Said, file: SoundFile, item: Atom) -> None:
    name = item.name
    if field := _TEXT.get(name):
        kinds = {0, _UTF8} if name != b"rate" else {_UTF8}
        try:
            values = [value.decode("utf-8") for kind, value in _data(file, item) if kind in kinds]
        except UnicodeDecodeError:
            values = []
        if not values and name != b"rate":
            values = [_odd_text(kind, value) for kind, value in _data(file, item) if kind in {0, _UTF8, _UTF16}]
        said.add(field, *values)
    elif field := _PAIRS.get(name):
        _, value = next(_data(file, item), (0, b""))
        if len(value) < 6:
            raise OddError
        _take_pair(said, field, int.from_bytes(value[2:4], "big"), int.from_bytes(value[4:6], "big"))
    elif name == b"cpil":
        said.add("compilation", *("1" if any(value) else "0" for _, value in _data(file, item)))
    elif name == b"tmpo":
        said.add("bpm", *(str(int.from_bytes(value, "big", signed=True)) for _, value in _data(file, item)))
    elif name == b"----":
        _take_free(said, file, item)
    elif name == b"gnre":
        raise OddError
    elif name == b"covr" and item.end - item.start + 8 > _EMPTY_ATOM_BYTES:
        said.has_cover = True
    elif name == _LYRICS and item.end - item.start + 8 > _EMPTY_ATOM_BYTES:
        said.add("lyrics", "there")


def _odd_text(kind: int, value: bytes) -> str:
    """A text in UTF-16, or in the encoding of the system that some taggers were on."""
    return value.decode("utf-16-be", "replace") if kind == _UTF16 else value.decode("latin-1")


def _data(file: SoundFile, item: Atom) -> Any:
    """(kind, value) of each value of an item."""
    content, at = body(file, item), 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 16 or at + size > len(content) or content[at + 4 : at + 8] != b"data" or content[at + 8]:
            raise OddError
        yield int.from_bytes(content[at + 9 : at + 12], "big"), content[at + 16 : at + size]
        at += size


def _take_free(said: Said, file: SoundFile, item: Atom) -> None:
    content, at, name = body(file, item), 0, b""
    for expected in (b"mean", b"name"):
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 12 or content[at + 4 : at + 8] != expected or at + size > len(content):
            raise OddError
        name, at = content[at + 12 : at + size], at + size
    if field := DESCRIBED_NAMES.get(name.decode("latin-1").rpartition(":")[2].lower()):
        rest = Atom(b"", item.start + at, item.end)
        said.add(field, *(value.decode("utf-8", "replace") for _, value in _data(file, rest)))


def _take_pair(said: Said, name: str, number: int, of: int) -> None:
    said.add(name, f"{number}/{of}" if of else str(number))


def _hash(file: SoundFile, top: list[Atom]) -> str:
    return hash_spans(file, "mp4", [(atom.start, atom.end) for atom in top if atom.name == b"mdat"])


def _by_mutagen(file: SoundFile) -> Said:
    stream = file.stream()
    found = reader("mp4._atom", "Atoms")(stream)
    if _has_video(found, stream):
        raise UnreadableFile(_VIDEO)
    info = reader("mp4", "MP4Info")()
    try:
        info.load(found, stream)
    except reader("mp4", "MP4NoTrackError"):
        raise UnreadableFile(_NO_SOUND) from None
    said = Said("alac" if info.codec == "alac" else "m4a")
    said.stream(info)
    if b"moov.udta.meta.ilst" in found:
        listed = found[b"moov.udta.meta.ilst"]
        there = {atom.name for atom in listed.children if atom.length > _EMPTY_ATOM_BYTES}
        listed.children = [atom for atom in listed.children if atom.name not in _NOT_READ]
        _take_tags(said, reader("mp4", "MP4Tags")(found, stream))
        said.has_cover = b"covr" in there
        if _LYRICS in there:
            said.add("lyrics", "there")
    try:
        said.audio_hash = _hash(file, list(atoms(file, 0, file.size, top=True)))
    except OddError:
        said.audio_hash = ""
    return said


def _take_tags(said: Said, tags: Any) -> None:
    for key, value in tags.items():
        name = key.encode("latin-1", "replace")
        if field := _TEXT.get(name):
            said.add(field, *map(str, value))
        elif field := _PAIRS.get(name):
            _take_pair(said, field, *value[0])
        elif key == "cpil":
            said.add("compilation", "1" if value else "0")
        elif key == "tmpo":
            said.add("bpm", *map(str, value))
        elif key.startswith("----:") and (field := DESCRIBED_NAMES.get(key.rpartition(":")[2].lower())):
            said.add(field, *(bytes(one).decode("utf-8", "replace") for one in value))


def _has_video(found: Any, stream: Any) -> bool:
    if b"moov" not in found:
        raise UnreadableFile(_NO_SOUND)
    kinds = set()
    for trak in found[b"moov"].findall(b"trak"):
        whole, data = trak[b"mdia", b"hdlr"].read(stream)
        if whole:
            kinds.add(data[8:12])
    return b"vide" in kinds
