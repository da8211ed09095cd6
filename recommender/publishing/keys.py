"""The secret keys: one file a role, readable by its owner alone.

    root       says which keys the others have; best kept apart from the machine that publishes, on a stick
    targets    says which files make the newest model
    snapshot   says which metadata belong together
    timestamp  says, again every few days, that this is still the newest; what a nightly job needs to have

A file is called ROLE-ID.pem after the key's own id. Which of them count stands in the root metadata, so that a
rotation that was cut short leaves nothing that is half done.
"""

import os
from pathlib import Path

import cryptography  # noqa: F401  # what signs; without it securesystemslib would say so only at the first key
from securesystemslib.exceptions import Error
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Root

from recommender.publishing.errors import PublishingError

ROLES = ("root", "timestamp", "snapshot", "targets")
_ID_LETTERS = 16


class KeyFolder:
    """Key files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self, role: str) -> CryptoSigner:
        """A new Ed25519 key, kept in a file of its own before it is given back."""
        signer = CryptoSigner.generate_ed25519()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file(role, signer.public_key.keyid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(signer.private_bytes)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise PublishingError(f"A key cannot be kept in {self.folder}: {error.strerror or error}.") from error
        return signer

    def of(self, role: str, root: Root) -> list[CryptoSigner]:
        """The keys that may sign for a role today and that are here."""
        found = []
        for key_id in root.roles[role].keyids:
            path = self._file(role, key_id)
            if not path.is_file():
                continue
            if path.stat().st_mode & 0o077:
                raise PublishingError(f"{path} can be read by others; run: chmod 600 {path}")
            try:
                found.append(CryptoSigner.from_priv_key_uri(f"file2:{path.absolute()}", root.keys[key_id]))
            except (OSError, ValueError, TypeError, Error) as error:
                raise PublishingError(f"{path} is not the key it should be.") from error
        return found

    def forget_others(self, role: str, root: Root) -> None:
        """Deletes the files of keys that no longer count."""
        current = {self._file(role, key_id) for key_id in root.roles[role].keyids}
        for path in self.folder.glob(f"{role}-*.pem"):
            if path not in current:
                path.unlink()

    def _file(self, role: str, key_id: str) -> Path:
        return self.folder / f"{role}-{key_id[:_ID_LETTERS]}.pem"
