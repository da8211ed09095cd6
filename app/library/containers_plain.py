"""Vorbis comments, APEv2 and Windows Media as :class:`Container`."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from app.library.edit_fields import APE, ASF, VORBIS
from app.library.mutagen_reader import reader
from app.library.tag_containers import Container, Pair
from app.library.tails import ID3V1_BYTES

_APE_TEXT = 0
_ASF_TEXT = 0


class Comments(Container):
    """Vorbis comments, in FLAC and Ogg."""

    names = VORBIS

    def __init__(self, audio: Any, path: bytes) -> None:
        if audio.tags is None:
            audio.add_tags()
        self._audio, self._path = audio, path

    def texts(self, field: str) -> list[str]:
        """One comment, one text."""
        return self.first_of(field, ((key, [value]) for key, value in self._audio.tags))

    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Keys as they are written, in order."""
        fields = list(fields)
        return [[key, value] for key, value in self._audio.tags if self.owns(fields, key)]

    def drop(self, fields: Iterable[str]) -> None:
        """All of them at once."""
        fields = list(fields)
        self._audio.tags[:] = [pair for pair in self._audio.tags if not self.owns(fields, pair[0])]

    def put_back(self, pairs: Iterable[Pair]) -> None:
        """Behind the others."""
        self._audio.tags.extend((key, value) for key, value in pairs)

    def put(self, field: str, values: tuple[str, ...]) -> None:
        """One comment a value."""
        self._audio.tags.extend((self.names[field][0].upper(), value) for value in values)

    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Other comments, and in FLAC every block that is no padding."""
        fields = list(fields)
        for key, value in self._audio.tags:
            if not self.owns(fields, key):
                yield f"{key}={value}".encode("utf-8", "surrogatepass")
        for block in getattr(self._audio, "metadata_blocks", ()):
            if block is not self._audio.tags and type(block).__name__ != "Padding":
                yield block.write()

    def save(self) -> None:
        """Mutagen uses the padding where it is enough."""
        self._audio.save(self._path)


class Ape(Container):
    """APEv2; the one that some programs put behind MPEG sound is changed only where it says something already."""

    names = APE
    joins = True

    def __init__(self, tags: Any, path: bytes, *, behind: bool = False) -> None:
        self._tags, self._path, self._behind = tags, path, behind

    def change(self, changes: Mapping[str, tuple[str, ...]]) -> None:
        """Fields that stand in the main tag need not stand here too."""
        super().change({f: v for f, v in changes.items() if not self._behind or self.says(f)})

    def texts(self, field: str) -> list[str]:
        """A value may hold several texts."""
        found = ((key, list(value)) for key, value in self._tags.items() if value.kind == _APE_TEXT)
        return self.first_of(field, found)

    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Text values; a picture is never one of ours."""
        fields = list(fields)
        pairs = [(key, value) for key, value in self._tags.items() if self.owns(fields, key)]
        return [[key, list(value)] for key, value in pairs if value.kind == _APE_TEXT]

    def drop(self, fields: Iterable[str]) -> None:
        """By key."""
        for key, _ in self.held(fields):
            del self._tags[key]

    def put_back(self, pairs: Iterable[Pair]) -> None:
        """By key."""
        for key, values in pairs:
            self._tags[key] = values

    def put(self, field: str, values: tuple[str, ...]) -> None:
        """Several values in one."""
        key = self.names[field][0]
        self._tags[key.upper() if key == "bpm" else key.title()] = list(values)

    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Their order does not count: mutagen sorts them by size."""
        ours = {key for key, _ in self.held(fields)}
        for key, value in sorted(self._tags.items()):
            if key not in ours:
                held = value.value
                yield f"{key}={value.kind}=".encode() + (held if isinstance(held, bytes) else held.encode())

    def save(self) -> None:
        """At the end of the file; an empty one is taken off. Mutagen does away with ID3v1 behind it, which stays."""
        with open(self._path, "rb") as file:
            last = _last(file)
        if self._tags:
            self._tags.save(self._path)
        else:
            self._tags.delete(self._path)
        if last.startswith(b"TAG") and not self._behind:  # around MPEG sound it is written with ID3
            with open(self._path, "rb+") as file:
                if _last(file) != last:
                    file.seek(0, os.SEEK_END)
                    file.write(last)


def _last(file: BinaryIO) -> bytes:
    file.seek(max(0, file.seek(0, os.SEEK_END) - ID3V1_BYTES))
    return file.read()


class Asf(Container):
    """Windows Media."""

    names = ASF

    def __init__(self, audio: Any, path: bytes) -> None:
        self._audio, self._path = audio, path

    def texts(self, field: str) -> list[str]:
        """Numbers and truth values as text."""
        return self.first_of(field, ((key, [str(value)]) for key, value in self._audio.tags))

    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Each attribute with its type, language and stream."""
        fields = list(fields)
        pairs = [(key, one) for key, one in self._audio.tags if self.owns(fields, key)]
        return [
            [key, one.TYPE, one.value.hex() if isinstance(one.value, bytes) else one.value, one.language, one.stream]
            for key, one in pairs
        ]

    def drop(self, fields: Iterable[str]) -> None:
        """All of them at once."""
        fields = list(fields)
        self._audio.tags[:] = [pair for pair in self._audio.tags if not self.owns(fields, pair[0])]

    def put_back(self, pairs: Iterable[Pair]) -> None:
        """With the type they had."""
        make = reader("asf", "ASFValue")
        for key, kind, value, language, stream in pairs:
            binary = kind in {1, 6} and isinstance(value, str)
            attribute = make(bytes.fromhex(value) if binary else value, kind, language=language, stream=stream)
            self._audio.tags.append((key, attribute))

    def put(self, field: str, values: tuple[str, ...]) -> None:
        """As text, whatever it is."""
        make = reader("asf", "ASFValue")
        self._audio.tags.extend((self.names[field][0], make(value, _ASF_TEXT)) for value in values)

    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Their order does not count: mutagen puts large ones elsewhere."""
        fields = list(fields)
        others = [(key, value) for key, value in self._audio.tags if not self.owns(fields, key)]
        yield from sorted(f"{key}={one.TYPE}={one.value!r}".encode("utf-8", "surrogatepass") for key, one in others)

    def save(self) -> None:
        """The header object."""
        self._audio.save(self._path)
