"""Which file a cue sheet means: its names are old, foreign or half right. None leads out of the sheet's folder."""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable

from app.library.formats import is_audio_name

_MAX_DEPTH = 8
_MAX_NAMES = 20_000
_MAX_CHARS = 1_000
_LOSSLESS = (b".flac", b".wav", b".ape", b".wv", b".tta", b".m4a", b".aiff", b".aif")


class Names:
    """The names in a folder, of files and folders alike, to be found by how they are written or by what they mean."""

    def __init__(self, names: Iterable[bytes]) -> None:
        self.all = set(names)
        self.sounds = sorted(filter(is_audio_name, self.all), key=_rank)
        self.by_form: dict[str, bytes] = {}
        self.by_stem: dict[str, bytes] = {}
        """Sound files without their ending; where several are alike, the best."""
        for name in sorted(self.all):
            self.by_form.setdefault(_form(name), name)
        for name in self.sounds:
            self.by_stem.setdefault(_form(os.path.splitext(name)[0]), name)

    def named(self, name: str, encoding: str) -> bytes | None:
        """The file or folder of this name: in bytes as UTF-8 or as the sheet has them, else in other letter case."""
        spellings = name.encode("utf-8", "replace"), name.encode(encoding, "replace")
        exact = next((raw for raw in spellings if raw in self.all), None)
        return exact or self.by_form.get(_form(spellings[0])) or self.by_form.get(_form(spellings[1]))

    def sound(self, name: str, encoding: str) -> bytes | None:
        """The sound file of this name, else one with another ending: the disc was compressed since."""
        found = self.named(name, encoding)
        if found is not None and is_audio_name(found):
            return found
        stem = os.path.splitext(name)[0]
        spellings = stem.encode("utf-8", "replace"), stem.encode(encoding, "replace")
        return next((found for raw in spellings if (found := self.by_stem.get(_form(raw)))), None)

    def only(self, sheet: bytes) -> bytes | None:
        """The sound file that is called as the sheet is (``Album.cue``, ``Album.flac.cue``), else the only one."""
        stem = _form(os.path.splitext(sheet)[0])
        whole = self.by_form.get(stem)
        if whole is None or not is_audio_name(whole):
            whole = self.by_stem.get(stem)
        return whole or (self.sounds[0] if len(self.sounds) == 1 else None)


Listing = Callable[[bytes], Names]
"""The names in a folder; none where it cannot be listed."""


def on_disk() -> Listing:
    """The listing of real folders, each listed once."""
    known: dict[bytes, Names] = {}

    def names(folder: bytes) -> Names:
        if folder not in known:
            try:
                known[folder] = Names(sorted(os.listdir(folder))[:_MAX_NAMES])
            except OSError:
                known[folder] = Names(())
        return known[folder]

    return names


def among(paths: Iterable[bytes]) -> Listing:
    """A listing of nothing but these files."""
    folders: dict[bytes, set[bytes]] = {}
    for path in paths:
        while (parts := os.path.split(path))[1]:
            known = folders.setdefault(parts[0], set())
            if parts[1] in known:
                break
            known.add(parts[1])
            path = parts[0]
    listed = dict[bytes, Names]()

    def names(folder: bytes) -> Names:
        if folder not in listed:
            listed[folder] = Names(folders.get(folder, ()))
        return listed[folder]

    return names


def find(name: str, encoding: str, folder: bytes, names: Listing, *, alone: bytes | None = None) -> bytes | None:
    """The sound file that a name means, or ``None``. A path that leads up or begins elsewhere counts by its last part.

    ``alone``: the sheet's own path, where it names but one file; then another file of its folder may be meant.
    """
    parts = [part for part in re.split(r"[\\/]+", name[:_MAX_CHARS]) if part not in {"", "."}]
    if not parts or "\0" in name or parts[-1] == "..":
        return None
    inside = len(parts) <= _MAX_DEPTH and ".." not in parts and ":" not in parts[0] and name[0] not in "\\/"
    found = _below(folder, parts, encoding, names) if inside else None
    found = found or _below(folder, parts[-1:], encoding, names)
    if found is None and alone is not None and (only := names(folder).only(os.path.basename(alone))):
        return os.path.join(folder, only)
    return found


def _below(folder: bytes, parts: list[str], encoding: str, names: Listing) -> bytes | None:
    for part in parts[:-1]:
        step = names(folder).named(part, encoding)
        if step is None:
            return None
        folder = os.path.join(folder, step)
    sound = names(folder).sound(parts[-1], encoding)
    return None if sound is None else os.path.join(folder, sound)


def _rank(name: bytes) -> tuple[int, bytes]:
    extension = os.path.splitext(name)[1].lower()
    return (_LOSSLESS.index(extension) if extension in _LOSSLESS else len(_LOSSLESS), name)


def _form(name: bytes) -> str:
    """Case, composition and spaces at the ends do not count; neither does what Windows cannot have in a name."""
    text = unicodedata.normalize("NFC", name.decode("utf-8", "surrogateescape")).casefold().strip()
    return re.sub(r'[?:*"<>|_]', "_", text)
