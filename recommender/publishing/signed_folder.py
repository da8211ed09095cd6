"""The metadata of a repository folder: read, changed, signed and written.

    metadata/  N.root.json (each ever made), N.targets.json, N.snapshot.json, timestamp.json
    targets/   DIGEST.NAME

New files are written before what names them, ``timestamp.json`` last and in one step: a client sees the old state or
the new one. Nothing that a client might be fetching is changed or, before two newer models are out, deleted.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.exceptions import StorageError
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.repository import AbortEdit, Repository

from recommender.files.whole import write_whole
from recommender.publishing.errors import PublishingError
from recommender.publishing.keys import ROLES, KeyFolder
from recommender.remote.protocol import METADATA, TARGETS, target_file

KEPT = 3
"""The newest state and the two before it."""

_KINDS = {"root": Root, "timestamp": Timestamp, "snapshot": Snapshot, "targets": Targets}


@dataclass(frozen=True, slots=True)
class Validity:
    """Days until each role's word runs out. ``timestamp``: how long at most a client can be kept on an old model."""

    root: int = 730
    targets: int = 365
    snapshot: int = 365
    timestamp: int = 14


class SignedFolder(Repository):
    """One repository folder and the keys that are at hand."""

    def __init__(self, folder: Path, keys: KeyFolder, now: datetime, validity: Validity | None = None) -> None:
        self.folder, self.keys, self.now = folder, keys, now.astimezone(UTC).replace(microsecond=0)
        self.metadata, self.targets_folder = folder / METADATA, folder / TARGETS
        self.validity = validity or Validity()
        self._root: Root | None = None

    @property
    def exists(self) -> bool:
        """Whether it was begun."""
        return (self.metadata / "1.root.json").is_file()

    def begin(self) -> None:
        """Makes the four keys and the first root; nothing that was there is touched."""
        try:
            self.metadata.mkdir(parents=True, exist_ok=True)
            self.targets_folder.mkdir(exist_ok=True)
        except OSError as error:
            raise PublishingError(f"{self.folder} cannot be made: {error.strerror or error}.") from error
        md = _blank("root")
        for role in ROLES:
            md.signed.add_key(self.keys.made(role).public_key, role)
        self.close("root", md)

    def open(self, role: str) -> "Metadata[Any]":
        """The newest of a role; an empty one, of version 0, where there is none yet."""
        path = self._newest(role)
        if path is None:
            return _blank(role)
        try:
            return Metadata.from_file(str(path))
        except (DeserializationError, OSError, StorageError) as error:
            raise PublishingError(f"{path} is damaged.") from error

    def close(self, role: str, md: "Metadata[Any]") -> None:
        """Signs the next version of a role with every key there is for it, and writes it."""
        md.signed.version += 1
        md.signed.expires = self.now + timedelta(days=getattr(self.validity, role))
        root = md.signed if isinstance(md.signed, Root) else self.root()
        signers = self.keys.of(role, root)
        if role == "root" and md.signed.version > 1:
            known = {signer.public_key.keyid for signer in signers}
            signers += [s for s in self.keys.of("root", self.root()) if s.public_key.keyid not in known]
        md.signatures.clear()
        for signer in signers:
            md.sign(signer, append=True)
        try:
            root.verify_delegate(role, md.signed_bytes, md.signatures)
            if role == "root" and md.signed.version > 1:
                self.root().verify_delegate(role, md.signed_bytes, md.signatures)
        except UnsignedMetadataError as error:
            raise PublishingError(f"The key of “{role}” is not in {self.keys.folder}.") from error
        name = "timestamp.json" if role == "timestamp" else f"{md.signed.version}.{role}.json"
        try:
            write_whole(self.metadata / name, md.to_bytes())
            (self.metadata / name).chmod(0o644)
        except OSError as error:
            raise PublishingError(f"{self.metadata} cannot be written: {error.strerror or error}.") from error
        if role == "root":
            self._root = root

    def root(self) -> Root:
        """The newest root, read once."""
        if self._root is None:
            self._root = super().root()
        return self._root

    @property
    def targets_infos(self) -> dict[str, MetaFile]:
        """The newest version of the targets."""
        return {"targets.json": MetaFile(self.targets().version)}

    @property
    def snapshot_info(self) -> MetaFile:
        """The newest version of the snapshot."""
        return MetaFile(self.snapshot().version)

    def follow(self, *, force_timestamp: bool = False) -> None:
        """Makes anew what is not up to date or not signed by today's keys: targets, snapshot, then timestamp."""
        if not self._is_signed("targets"):
            self.renew("targets")
        self.do_snapshot()
        self.do_timestamp(force=force_timestamp)

    def public_targets(self) -> Targets:
        """The targets that ``timestamp.json`` leads to: what clients see."""
        snapshot: Snapshot = self._at(self.timestamp().snapshot_meta.version, "snapshot")
        targets: Targets = self._at(snapshot.meta["targets.json"].version, "targets")
        return targets

    def earlier_targets(self) -> list[Targets]:
        """Those that are kept, newest first."""
        versions = [int(path.name.split(".")[0]) for path in self._versions("targets")]
        return [self._at(version, "targets") for version in versions[: -KEPT - 1 : -1]]

    def path_of(self, name: str, targets: Targets) -> Path | None:
        """Where a target lies, or None where these targets have none of that name."""
        target = targets.targets.get(name)
        return None if target is None else self.targets_folder / target_file(name, target.hashes["sha256"])

    def shows(self, name: str, sha256: str) -> bool:
        """Whether clients see this very file."""
        if self._newest("timestamp") is None:
            return False
        target = self.public_targets().targets.get(name)
        return target is not None and target.hashes["sha256"] == sha256

    def kept_bytes(self, name: str, raw: bytes) -> TargetFile:
        """Puts a file under its digest."""
        digest = hashlib.sha256(raw).hexdigest()
        path = self.targets_folder / target_file(name, digest)
        write_whole(path, raw)
        path.chmod(0o644)
        return TargetFile(len(raw), {"sha256": digest}, name)

    def kept_file(self, source: Path, sha256: str, size_bytes: int) -> TargetFile:
        """A copy under its digest; the same file of an earlier model stays."""
        path = self.targets_folder / target_file(source.name, sha256)
        if not (path.is_file() and path.stat().st_size == size_bytes):
            part = path.with_name(f".{path.name}.part")
            try:
                shutil.copyfile(source, part)
                with part.open("rb") as file:
                    os.fsync(file.fileno())
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)
        return TargetFile(size_bytes, {"sha256": sha256}, source.name)

    def renew(self, role: str) -> None:
        """The same words with a new date."""
        with self.edit(role):
            pass

    def expires(self, role: str) -> datetime:
        """When a role's word runs out."""
        expires: datetime = self.open(role).signed.expires
        return expires

    def prune(self, of_pieces: Iterable[str] = ()) -> list[Path]:
        """Deletes metadata and targets that only states before the last three name; gives what went.

        ``of_pieces``: files that are not named by the metadata, but by a list that is.
        """
        gone = []
        for role in ("snapshot", "targets"):
            gone += self._versions(role)[:-KEPT]
        named = set(of_pieces)
        for targets in self.earlier_targets():
            named |= {target_file(name, target.hashes["sha256"]) for name, target in targets.targets.items()}
        gone += [path for path in self.targets_folder.iterdir() if path.name not in named]
        for path in gone:
            path.unlink(missing_ok=True)
        return gone

    def _is_signed(self, role: str) -> bool:
        md = self.open(role)
        try:
            self.root().verify_delegate(role, md.signed_bytes, md.signatures)
        except UnsignedMetadataError:
            return False
        return True

    def _at(self, version: int, role: str) -> Any:
        path = self.metadata / f"{version}.{role}.json"
        try:
            return Metadata.from_file(str(path)).signed
        except (DeserializationError, OSError, StorageError) as error:
            raise PublishingError(f"{path} cannot be read.") from error

    def _newest(self, role: str) -> Path | None:
        if role == "timestamp":
            path = self.metadata / "timestamp.json"
            return path if path.is_file() else None
        versions = self._versions(role)
        return versions[-1] if versions else None

    def _versions(self, role: str) -> list[Path]:
        """Oldest first."""
        found = [path for path in self.metadata.glob(f"*.{role}.json") if path.name.split(".")[0].isdigit()]
        return sorted(found, key=lambda path: int(path.name.split(".")[0]))


def _blank(role: str) -> "Metadata[Any]":
    md: Metadata[Any] = Metadata(_KINDS[role]())
    md.signed.version = 0  # the first that is written is 1
    return md


__all__ = ["AbortEdit", "SignedFolder", "Validity"]
