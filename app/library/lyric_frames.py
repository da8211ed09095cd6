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
_IN_MP4 = "----:com.apple.iTunes:"
_MILLISECONDS = 2
_ENDS = ("\n", "\r")
_KINDS = (1, 2, 0)
"""Of a frame with times: lyrics, a text, and what does not say; others are chords and remarks."""


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
        return _in_mp4(reader("mp4", "MP4")(file).tags or {})
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
    timed = [frame for frame in tags.getall("SYLT") if frame.format == _MILLISECONDS and frame.type in _KINDS]
    synced = [_lrc(frame) for frame in sorted(timed, key=lambda frame: _KINDS.index(frame.type))]
    plain = [str(frame.text) for frame in tags.getall("USLT")]
    return [*synced, *plain, *_by_rank((frame.desc, "\n".join(frame.text)) for frame in tags.getall("TXXX"))]


def _in_mp4(tags: Any) -> list[str]:
    """The atom for them, and what names itself as comments do."""
    named = ((key, value) for key, values in tags.items() if key.startswith(_IN_MP4) for value in values)
    others = _by_rank((key[len(_IN_MP4) :], bytes(value).decode("utf-8", "replace")) for key, value in named)
    return [*(str(text) for text in tags.get("\xa9lyr", [])), *others]


def _lrc(frame: Any) -> str:
    """A SYLT frame's pieces: syllables where line ends stand before or behind some of them, else each is a line."""
    pieces = [(str(text), int(at_ms)) for text, at_ms in frame.text]
    before = any(words.startswith(_ENDS) for words, _ in pieces)
    by_line = not before and not any(words.endswith(_ENDS) for words, _ in pieces)
    lines, begins = list[str](), True
    for words, at_ms in pieces:
        if begins or by_line or words.startswith(_ENDS):
            lines.append(stamp(at_ms) + words.strip("\r\n"))
        else:
            lines[-1] += words.rstrip("\r\n")
        begins = not before and words.endswith(_ENDS)
    return "\n".join(lines)
