"""Where the service's model comes from: a repository folder, or a model's own folder."""

import tempfile
from pathlib import Path

from recommender.files.community_files import KeyedCommunity, read_model
from recommender.files.community_manifest import FILE, ModelManifest, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.publishing.errors import PublishingError
from recommender.publishing.publish import current, current_target
from recommender.remote.protocol import METADATA


class Source:
    """The newest model of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_repository = (folder / METADATA).is_dir()

    def stamp(self) -> tuple[int, int]:
        """Changes when something new may be there. One look at the disk."""
        path = self.folder / METADATA / "timestamp.json" if self.is_repository else self.folder / FILE
        try:
            found = path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_ino

    def manifest(self) -> ModelManifest:
        """What the newest model says of itself.

        Raises:
            ModelFileError: there is none that can be used.
        """
        try:
            return current(self.folder) if self.is_repository else read_model_manifest(self.folder)
        except PublishingError as error:
            raise ModelFileError(str(error)) from error

    def read(self, manifest: ModelManifest) -> KeyedCommunity:
        """The model, every part checked.

        Raises:
            ModelFileError: it cannot be used.
        """
        if not self.is_repository:
            return read_model(self.folder)
        with tempfile.TemporaryDirectory(prefix="segue-model-") as name:
            plain = Path(name)
            try:
                for part in manifest.parts.values():
                    (plain / part.file).symlink_to(current_target(self.folder, part.file).absolute())
            except PublishingError as error:
                raise ModelFileError(str(error)) from error
            (plain / FILE).write_text(manifest.text())
            return read_model(plain)
