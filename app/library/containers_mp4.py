"""MP4's item list as a :class:`Container`."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.library.edit_fields import MP4
from app.library.mutagen_reader import reader
from app.library.tag_containers import Container, Pair

_FREE = "----:"
_PAIRS = {"trkn", "disk"}


class Mp4(Container):
    """Atoms of fixed names, and free-form ones by their own."""

    names = MP4
    joins = True

    def __init__(self, audio: Any, path: bytes) -> None:
        if audio.tags is None:
            audio.add_tags()
        self._audio, self._path = audio, path

    def texts(self, field: str) -> list[str]:
        """Pairs as ``3/12``."""
        return self.first_of(field, ((_name(key), _texts(key, value)) for key, value in self._audio.tags.items()))

    def held(self, fields: Iterable[str]) -> list[Pair]:
        """Free-form values with their type."""
        return [[key, _plain(key, self._audio.tags[key])] for key in self._ours(fields)]

    def drop(self, fields: Iterable[str]) -> None:
        """By key."""
        for key in self._ours(fields):
            del self._audio.tags[key]

    def put_back(self, pairs: Iterable[Pair]) -> None:
        """By key."""
        free = reader("mp4", "MP4FreeForm")
        for key, value in pairs:
            if key.startswith(_FREE):
                self._audio.tags[key] = [free(bytes.fromhex(raw), kind, version) for raw, kind, version in value]
            else:
                self._audio.tags[key] = [tuple(pair) for pair in value] if key in _PAIRS else value

    def put(self, field: str, values: tuple[str, ...]) -> None:
        """In the type of the atom."""
        key = self.names[field][0]
        if key in _PAIRS:
            number, _, total = values[0].partition("/")
            self._audio.tags[key] = [(int(number), int(total or 0))]
        elif key == "tmpo":
            self._audio.tags[key] = [round(float(values[0]))]
        elif key == "cpil":
            self._audio.tags[key] = True
        elif key.startswith(_FREE):
            self._audio.tags[key] = [reader("mp4", "MP4FreeForm")(value.encode()) for value in values]
        else:
            self._audio.tags[key] = list(values)

    def rest(self, fields: Iterable[str]) -> Iterator[bytes]:
        """Pictures with their bytes; what mutagen does not understand as it stands."""
        ours = set(self._ours(fields))
        for key, value in sorted(self._audio.tags.items()):
            if key not in ours:
                yield f"{key}={value!r}".encode("utf-8", "surrogatepass")
        yield repr(sorted(self._audio.tags._failed_atoms.items())).encode()

    def fit(self, field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """A tempo is a whole number."""
        return (str(round(float(values[0]))),) if field == "bpm" and values else values

    def save(self) -> None:
        """Moves the sound where the padding is not enough."""
        self._audio.save(self._path)

    def _ours(self, fields: Iterable[str]) -> list[str]:
        fields = list(fields)
        return [key for key in self._audio.tags if self.owns(fields, _name(key))]


def _name(key: str) -> str:
    """A free-form atom goes by its own name, without that of its owner."""
    return key.rpartition(":")[2] if key.startswith(_FREE) else key


def _texts(key: str, value: Any) -> list[str]:
    if key in _PAIRS:
        return [f"{number}/{total}" for number, total in value]
    if key.startswith(_FREE):
        return [bytes(one).decode("utf-8", "replace") for one in value]
    return [str(int(value))] if isinstance(value, bool) else [str(one) for one in value]


def _plain(key: str, value: Any) -> Any:
    if key.startswith(_FREE):
        return [[bytes(one).hex(), int(one.dataformat), int(one.version)] for one in value]
    if isinstance(value, bool):
        return value
    return [list(one) if isinstance(one, tuple) else one for one in value]
