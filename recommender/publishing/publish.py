"""``publish``, ``refresh``, ``rotate``: what ``segue publish`` does."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tuf.api.metadata import TargetFile

from recommender.files.community_files import read_model
from recommender.files.community_manifest import FILE, ModelManifest, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.whole import write_whole
from recommender.publishing.errors import PublishingError
from recommender.publishing.keys import ROLES, KeyFolder
from recommender.publishing.signed_folder import AbortEdit, SignedFolder, Validity
from recommender.remote.protocol import fingerprint, target_file

RENEWED_WITH = 60
"""Days: what runs out within them is renewed along the way, where its key is here."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is public now."""

    model_id: str
    size_bytes: int
    version: int
    """Of the targets."""
    fingerprint: str
    """Of the first root: what a listener compares before trusting."""
    valid_until: datetime
    pruned: int


def publish(model: Path, repository: Path, keys: Path, now: datetime, validity: Validity | None = None) -> Published:
    """Makes the model in ``model`` the newest of ``repository``, which is begun where it does not exist.

    The model is read whole first: what cannot be used is not made public.

    Raises:
        PublishingError: nothing changed; the sentence says why.
    """
    try:
        read_model(model)
        manifest = read_model_manifest(model)
    except ModelFileError as error:
        raise PublishingError(str(error)) from error
    signed = SignedFolder(repository, KeyFolder(keys), now, validity)
    if not signed.exists:
        signed.begin()
    files = {FILE: (manifest.text().encode(), manifest.id)}
    try:
        signed.targets_folder.mkdir(exist_ok=True)
        described = {name: _kept_text(signed, name, raw, digest) for name, (raw, digest) in files.items()}
        described |= {
            part.file: _kept_file(signed, model / part.file, part.sha256, part.size_bytes)
            for part in manifest.parts.values()
        }
    except OSError as error:
        raise PublishingError(f"{repository} cannot be written: {error.strerror or error}.") from error
    with signed.edit_targets() as targets:
        if targets.targets == described:
            raise AbortEdit
        targets.targets = described
    signed.follow(force_timestamp=True)
    return _state(signed, manifest)


def refresh(repository: Path, keys: Path, now: datetime, validity: Validity | None = None) -> Published:
    """Says again that the newest model is the newest; renews what will run out soon, where its key is here.

    Raises:
        PublishingError: the timestamp's key is not here, or there is no repository.
    """
    signed = _existing(repository, keys, now, validity)
    for role in ("root", "targets", "snapshot"):
        soon = signed.expires(role) - now < timedelta(days=RENEWED_WITH)
        if soon and signed.keys.of(role, signed.root()):
            signed.renew(role)
    signed.follow(force_timestamp=True)
    return _state(signed, current(repository))


def rotate(role: str, repository: Path, keys: Path, now: datetime, validity: Validity | None = None) -> Published:
    """Gives a role a new key and takes its old one away: after a theft, or once a year.

    Whoever has the old key can sign nothing that a client believes once it has seen the new root. Clients that know
    only the first root still find their way: each root is signed by the one before.
    """
    if role not in ROLES:
        raise PublishingError(f"There is no role “{role}”: {', '.join(ROLES)}.")
    signed = _existing(repository, keys, now, validity)
    with signed.edit_root() as root:
        if not signed.keys.of("root", signed.root()):
            raise PublishingError(f"The key of “root” is not in {keys}.")
        old = list(root.roles[role].keyids)
        root.add_key(signed.keys.made(role).public_key, role)
        for key_id in old:
            root.revoke_key(key_id, role)
    signed.follow(force_timestamp=True)
    signed.keys.forget_others(role, signed.root())
    return _state(signed, current(repository))


def current(repository: Path) -> ModelManifest:
    """The manifest of the newest model of a repository folder. Trusts the folder, as its owner may."""
    path = current_target(repository, FILE)
    try:
        return read_model_manifest(path)
    except ModelFileError as error:
        raise PublishingError(str(error)) from error


def current_target(repository: Path, name: str) -> Path:
    """Where the newest file of this name is."""
    signed = SignedFolder(repository, KeyFolder(repository), datetime.now().astimezone())
    target = signed.public_targets().targets.get(name)
    if target is None:
        raise PublishingError(f"{repository} holds no model yet.")
    return signed.targets_folder / target_file(name, target.hashes["sha256"])


def _existing(repository: Path, keys: Path, now: datetime, validity: Validity | None) -> SignedFolder:
    signed = SignedFolder(repository, KeyFolder(keys), now, validity)
    if not signed.exists:
        raise PublishingError(f"Nothing was published in {repository} yet.")
    return signed


def _state(signed: SignedFolder, manifest: ModelManifest) -> Published:
    gone = signed.prune()
    root = (signed.metadata / "1.root.json").read_bytes()
    ends = min(signed.expires(role) for role in ROLES)
    return Published(manifest.id, manifest.size_bytes, signed.targets().version, fingerprint(root), ends, len(gone))


def _kept_text(signed: SignedFolder, name: str, raw: bytes, digest: str) -> TargetFile:
    path = signed.targets_folder / target_file(name, digest)
    write_whole(path, raw)
    path.chmod(0o644)
    return TargetFile(len(raw), {"sha256": digest}, name)


def _kept_file(signed: SignedFolder, source: Path, digest: str, size: int) -> TargetFile:
    """A copy under its digest; the same file of an earlier model stays."""
    path = signed.targets_folder / target_file(source.name, digest)
    if not (path.is_file() and path.stat().st_size == size):
        part = path.with_name(f".{path.name}.part")
        try:
            shutil.copyfile(source, part)
            with part.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    return TargetFile(size, {"sha256": digest}, source.name)
