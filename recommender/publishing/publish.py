"""``publish``, ``refresh``, ``rotate``: what ``segue publish`` does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from recommender.files.community_files import read_model
from recommender.files.community_manifest import FILE, ModelManifest, read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.publishing.errors import PublishingError
from recommender.publishing.keys import ROLES, KeyFolder
from recommender.publishing.signed_folder import SignedFolder, Validity
from recommender.publishing.smaller import deltas, names_of_pieces, pieces
from recommender.remote.protocol import fingerprint

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
    if signed.shows(FILE, manifest.id):
        signed.follow(force_timestamp=True)
        return _state(signed, manifest)
    try:
        signed.targets_folder.mkdir(exist_ok=True)
        described = {FILE: signed.kept_bytes(FILE, manifest.text().encode())}
        for part in manifest.parts.values():
            described[part.file] = signed.kept_file(model / part.file, part.sha256, part.size_bytes)
        described |= deltas(signed, model, manifest)
        described |= pieces(signed, model, manifest)
    except OSError as error:
        raise PublishingError(f"{repository} cannot be written: {error.strerror or error}.") from error
    with signed.edit_targets() as targets:
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
    path = signed.path_of(name, signed.public_targets())
    if path is None:
        raise PublishingError(f"{repository} holds no model yet.")
    return path


def _existing(repository: Path, keys: Path, now: datetime, validity: Validity | None) -> SignedFolder:
    signed = SignedFolder(repository, KeyFolder(keys), now, validity)
    if not signed.exists:
        raise PublishingError(f"Nothing was published in {repository} yet.")
    return signed


def _state(signed: SignedFolder, manifest: ModelManifest) -> Published:
    gone = signed.prune(names_of_pieces(signed))
    root = (signed.metadata / "1.root.json").read_bytes()
    ends = min(signed.expires(role) for role in ROLES)
    return Published(manifest.id, manifest.size_bytes, signed.targets().version, fingerprint(root), ends, len(gone))
