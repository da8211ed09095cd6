"""ID3v2 as a :class:`Container`: a file keeps the version it has (2.2 becomes 2.3), a new tag is 2.4.

An ID3v1 tag behind the sound is written along with it. Where it is alone, its texts are those of the tag to come.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.library.edit_fields import ID3
from app.library.mutagen_reader import reader
from app.library.tag_containers import Container, Pair
from app.library.tails import ID3V1_BYTES

_V23 = 3
_LATIN_1, _UTF_16, _UTF_8 = 0, 1, 3
_FREE = "TXXX"
_ENCODING = re.compile(r"encoding=<[^>]*>(, )?")
_YEAR_CHARS, _MONTH_CHARS = 4, 7


class OldTag:
    """ID3v1: the last bytes of a file."""

    def __init__(self, path: bytes, raw: bytes) -> None:
        self._path, self.raw = path, raw

    def write(self, raw: bytes) -> None:
        """Puts these bytes in the place of those that are there, or behind the sound where they are not."""
        with open(self._path, "rb+") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - ID3V1_BYTES))
            if not file.read(3).startswith(b"TAG"):
                file.seek(size)
            else:
                file.seek(size - ID3V1_BYTES)
            file.write(raw)


class Id3(Container):
    """The frames of an ID3v2 tag."""

    names = ID3
    joins = True

    def __init__(
        self,
        tags: Any,
        version: int,
        save: Callable[[], None],
        erase: Callable[[], None] | None = None,
        *,
        bare: bool = False,
        behind: OldTag | None = None,
    ) -> None:
        self._tags, self._version, self._save, self._erase, self.bare = tags, version, save, erase, bare
        self._behind, self.beside = behind, behind.raw.hex() if behind else ""

    def texts(self, field: str) -> list[str]:
        """Genres by their names, dates put together."""
        if field == "date" and (old := self._old_date()):
            return [old]
        return self.first_of(field, ((_key(frame), _texts(frame)) for frame in self._text_frames()))

    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Frame, description, encoding and texts."""
        return [
            [frame.FrameID, getattr(frame, "desc", ""), int(frame.encoding), [str(text) for text in frame.text]]
            for frame in self._ours(fields)
        ]

    def drop(self, fields: Iterable[str]) -> None:
        """By frame."""
        for frame in list(self._ours(fields)):
            del self._tags[frame.HashKey]

    def put_back(self, pairs: Iterable[Pair]) -> None:
        """With the encoding they had."""
        for name, desc, encoding, texts in pairs:
            free = {"desc": desc} if name == _FREE else {}
            self._tags.add(reader("id3", name)(encoding=encoding, text=texts, **free))

    def put(self, field: str, values: tuple[str, ...]) -> None:
        """In letters that the version knows."""
        key = self.names[field][0]
        if field == "date" and self._version == _V23:
            self._put_frame("TYER", (values[0][:_YEAR_CHARS],))
            if len(values[0]) > _MONTH_CHARS:
                self._put_frame("TDAT", (values[0][8:10] + values[0][5:7],))
        else:
            self._put_frame(key, values)

    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Frames without regard to their letters, and those that mutagen does not know."""
        ours = {frame.HashKey for frame in self._ours(fields)}
        for key in sorted(set(self._tags.keys()) - ours):
            yield (key + _ENCODING.sub("", repr(self._tags[key]))).encode("utf-8", "surrogatepass")
        yield from sorted(self._tags.unknown_frames)

    def fit(self, field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """Version 2.3 has a year, or a day: no month alone."""
        if field == "date" and self._version == _V23 and values and len(values[0]) == _MONTH_CHARS:
            return (values[0][:_YEAR_CHARS],)
        return values

    def save(self) -> None:
        """As its place demands; a tag that is empty, or says what the older one does, is more than none."""
        if self.taken_out and self._erase is not None and self._says_nothing_new():
            self._erase()
        else:
            self._save()
        if self._behind is not None and self.beside != self._behind.raw.hex():
            self._behind.write(bytes.fromhex(self.beside))

    def _says_nothing_new(self) -> bool:
        said = reader("id3", "ParseID3v1")(bytes.fromhex(self.beside)) if self.beside else None
        old = reader("id3", "ID3")()
        for frame in (said or {}).values():
            old.add(frame)
        return not self._tags.unknown_frames and _plain(self._tags) == _plain(old)

    def _put_frame(self, key: str, values: tuple[str, ...]) -> None:
        ascii_only = all(value.isascii() for value in values)
        encoding = (_LATIN_1 if ascii_only else _UTF_16) if self._version == _V23 else _UTF_8
        name, _, desc = key.partition(":")
        free = {"desc": desc} if name == _FREE else {}
        self._tags.add(reader("id3", name)(encoding=encoding, text=list(values), **free))

    def _text_frames(self) -> Iterator[Any]:
        return (frame for frame in self._tags.values() if frame.FrameID[0] in "TX" and hasattr(frame, "text"))

    def _ours(self, fields: Iterable[str]) -> Iterator[Any]:
        fields = list(fields)
        return (frame for frame in self._text_frames() if self.owns(fields, _key(frame)))

    def _old_date(self) -> str:
        """Year and day out of two frames, where there is no newer one."""
        if "TDRC" in self._tags or "TYER" not in self._tags:
            return ""
        year, day = str(self._tags["TYER"])[:_YEAR_CHARS], str(self._tags.get("TDAT", ""))
        return f"{year}-{day[2:]}-{day[:2]}" if len(day) == 4 and day.isdecimal() else year


def _plain(tags: Any) -> dict[str, str]:
    """The frames without regard to their letters."""
    return {key: _ENCODING.sub("", repr(frame)) for key, frame in tags.items()}


def _key(frame: Any) -> str:
    """A free-form frame goes by its description."""
    return str(frame.desc).strip() if frame.FrameID == _FREE else str(frame.FrameID)


def _texts(frame: Any) -> list[str]:
    return list(frame.genres) if frame.FrameID == "TCON" else [str(text) for text in frame.text]
