"""The lyrics inside a sound file as one text, LRC where the lines have times. Runs in the tag worker."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from app.domain.lyrics import MAX_CHARS, stamp
from app.library.mutagen_reader import reader
from app.library.pictures import OGG, or_none
from app.library.tags import opened
from app.library.tags_plain import id3_of
from app.library.tags_vorbis import ogg_class

_COMMENTS = ("syncedlyrics", "lyrics", "unsyncedlyrics", "unsynced lyrics")
_MILLISECONDS = 2
_LYRICS = 1


def read_lyrics(path: bytes) -> bytes:
    """UTF-8; synced lines before plain ones; nothing (``b""``) where there are none.

    Raises:
        UnreadableFile: the file cannot be read.
    """
    with opened(path) as (file, kind):
        found = [text for text in _texts(file.stream(), kind) if text.strip()]
    return found[0][:MAX_CHARS].encode("utf-8", "replace") if found else b""


def _texts(file: BinaryIO, kind: str) -> list[str]:
    if kind == "flac":
        return _in_comments(reader("flac", "FLAC")(file).tags or [])
    if kind in OGG:
        return _in_comments(ogg_class(kind)(file).tags or [])
    if kind == "mp4":
        tags = reader("mp4", "MP4")(file).tags
        return [str(text) for text in (tags or {}).get("\xa9lyr", [])]
    if kind == "asf":
        tags = reader("asf", "ASF")(file).tags or {}
        return [str(one) for key in ("WM/Lyrics_Synchronised", "WM/Lyrics") for one in tags.get(key, [])]
    if kind in {"mp3", "aac", "tta"}:
        return _in_id3(or_none("id3", "ID3", file)) or _in_ape(or_none("apev2", "APEv2", file))
    if kind in {"wav", "aiff", "dsf", "dff"}:
        return _in_id3(id3_of(file, kind))
    return _in_ape(or_none("apev2", "APEv2", file))


def _in_comments(comments: Any) -> list[str]:
    return _by_rank((key, value) for key, value in comments)


def _in_ape(tags: Any) -> list[str]:
    return _by_rank((key, str(tags[key])) for key in tags) if tags is not None else []


def _by_rank(pairs: Iterable[tuple[str, str]]) -> list[str]:
    known = [(key.lower(), value) for key, value in pairs]
    return [value for name in _COMMENTS for key, value in known if key == name]


def _in_id3(tags: Any) -> list[str]:
    if tags is None:
        return []
    synced = [_lrc(frame) for frame in tags.getall("SYLT") if frame.format == _MILLISECONDS and frame.type == _LYRICS]
    return [*synced, *(str(frame.text) for frame in tags.getall("USLT"))]


def _lrc(frame: Any) -> str:
    """A SYLT frame's pieces; one that begins with a line end begins a line, others may be syllables of the same one."""
    pieces = [(str(text), int(at_ms)) for text, at_ms in frame.text]
    by_line = not any(words.startswith(("\n", "\r")) for words, _ in pieces)
    lines = list[str]()
    for words, at_ms in pieces:
        if by_line or not lines or words.startswith(("\n", "\r")):
            lines.append(stamp(at_ms) + words.strip("\r\n"))
        else:
            lines[-1] += words
    return "\n".join(lines)
