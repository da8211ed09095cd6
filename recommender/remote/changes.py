"""A newer model out of an older one: what both have is copied, what changed is put in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from recommender.files.community_manifest import ModelManifest, Part, read_model_manifest
from recommender.files.delta import apply_delta
from recommender.files.errors import ModelFileError
from recommender.files.whole import write_whole
from recommender.remote.download import Wanted, is_whole
from recommender.remote.errors import NotKept


@dataclass(frozen=True, slots=True)
class Change:
    """What makes the new core out of the old one."""

    old_core: Path
    old: ModelManifest
    wanted: Wanted

    def applied(self, change: Path, new: ModelManifest, to: Path) -> bool:
        """Writes the new core; False where the old one is not what it was, or something else came out."""
        try:
            raw = apply_delta(self.old_core, self.old, change.read_bytes(), new)
        except ModelFileError:
            return False  # it is fetched whole
        write_whole(to, raw)
        return True


@dataclass(frozen=True, slots=True)
class Way:
    """How one part of a model is to be had, and what it costs to fetch."""

    part: Part
    size_bytes: int
    copied: Path | None = None
    changed: Change | None = None


def usable(have: Path | None) -> ModelManifest | None:
    """The manifest of an older model, where there is one that can be read."""
    if have is None:
        return None
    try:
        return read_model_manifest(have)
    except ModelFileError:
        return None


def intact(folder: Path, part: Part) -> bool:
    """Whether a part in a folder is what its manifest says."""
    path = folder / part.file
    return path.is_file() and is_whole(path, Wanted(part.file, "", part.size_bytes, part.sha256))


def copied(source: Path, into: Path, part: Part) -> bool:
    """Copies a part; False where it is not what it was."""
    if not intact(source.parent, part):
        return False
    passing = into / f"{part.file}.part"
    shutil.copyfile(source, passing)
    passing.replace(into / part.file)
    return True


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Trouble with the disk as a sentence."""
    try:
        yield
    except OSError as error:
        raise NotKept(f"{folder} cannot be written: {error.strerror or error}.") from error
