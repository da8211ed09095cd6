"""A folder on the disk with a model in it, as it was trained or published. Nothing is asked over a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain.errors import SyncFailed
from app.domain.sync import Request, SyncProgress
from app.domain.words import say
from app.sync.providers.base import Cancelled, Given, Moved, Offer, Provider, Stopped
from recommender.files.community_files import ModelManifest, read_model_manifest

_STEP: Final = 1 << 20
_FILE: Final = "model.json"


def folder_provider(given: Given) -> Provider:
    """For a model as it was trained, or for a signed repository of models; both are folders."""
    if (Path(given.origin.place).expanduser() / "metadata").is_dir():
        from app.sync.providers.repository_folder import RepositoryFolderProvider  # reads tuf

        return RepositoryFolderProvider(given)
    return FolderProvider(given)


class FolderProvider:
    """Copies a model folder, a piece at a time."""

    def __init__(self, given: Given) -> None:
        self._folder = Path(given.origin.place).expanduser()
        if not self._folder.is_absolute():
            raise SyncFailed(say("Choose the folder by its whole path."))

    def preview(self) -> list[Request]:
        """Nothing is sent."""
        return []

    def latest(self) -> Offer:
        """The model that is in the folder now."""
        manifest = self._manifest()
        return Offer(manifest.id, manifest.size_bytes)

    def fetch(self, offer: Offer, into: Path, moved: Moved, cancelled: Cancelled) -> Path:
        """Copies what is not there yet, the manifest last."""
        manifest = self._manifest()
        if manifest.id != offer.id:
            raise SyncFailed(say("The folder holds another model than a moment ago; try again."))
        target = into / offer.id[:32]
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = 0
        for part in manifest.parts.values():
            for copied in _copy(self._folder / part.file, target / part.file, part.size_bytes):
                moved(SyncProgress(done + copied, manifest.size_bytes))
                if cancelled():
                    raise Stopped
            done += part.size_bytes
        (target / _FILE).write_text(manifest.text(), encoding="utf-8")
        return target

    def close(self) -> None:
        """Nothing is open."""

    def _manifest(self) -> ModelManifest:
        place = self._folder / _FILE
        if not place.is_file():  # a pipe would be waited for
            raise SyncFailed(say("There is no model in the folder {}.", self._folder))
        return read_model_manifest(place)


def _copy(source: Path, target: Path, size_bytes: int) -> Iterator[int]:
    """Copies at most so many bytes; yields how many are there. A copy of that size is kept."""
    if target.is_file() and target.stat().st_size == size_bytes:
        yield size_bytes
        return
    if not source.is_file():
        raise SyncFailed(say("The model in the folder is not whole: {} is missing.", source.name))
    if source.stat().st_size != size_bytes:
        raise SyncFailed(say("The model in the folder is not whole: {} has another size.", source.name))
    done = 0
    with source.open("rb") as file, target.open("wb") as copy:
        while done < size_bytes and (piece := file.read(min(_STEP, size_bytes - done))):
            copy.write(piece)
            done += len(piece)
            yield done
