"""The client of a signed repository of models: what is newest, and its files, verified.

Trust begins with the repository's first root (``metadata/1.root.json``), which says whose signatures count. For an
address that the listener typed it is fetched once, its fingerprint is shown with the consent, and the listener's yes
pins it: it is kept and given to every later ``Repository``. For an address of ours it would come with the program. From
there on a server can only hand out what was signed: a changed, older, mixed or too old state is an ``Untrusted``.

``state`` is a folder that is this repository's alone; it remembers what was seen, which is how older states are known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.files.community_manifest import FILE, ModelManifest, parsed_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.whole import write_whole
from recommender.remote import protocol
from recommender.remote.download import Wanted, download
from recommender.remote.errors import BadAnswer, NotKept, Untrusted
from recommender.remote.http import Web

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile
    from tuf.ngclient import Updater

MOST_ROOT_BYTES = 512_000

Progress = Callable[[int, int], None]
"""Bytes here, bytes in all."""


@dataclass(frozen=True, slots=True)
class FirstRoot:
    """What the listener is asked to trust."""

    raw: bytes
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest model of a repository, as signed."""

    manifest: ModelManifest
    version: int
    """Counts up with every change of the repository."""
    valid_until_s: int
    """UTC; after that the repository must have said again what is newest."""


def first_root(web: Web, base: str) -> FirstRoot:
    """The first root of the repository at an address, to be shown and pinned. It is not trusted yet.

    Raises:
        RemoteError: it cannot be had, or it is no root.
    """
    raw = web.get(_join(base, protocol.FIRST_ROOT), "whose signatures the models carry", MOST_ROOT_BYTES).body
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata, Root
    from tuf.api.serialization import DeserializationError

    try:
        md = Metadata[Root].from_bytes(raw)
        if not isinstance(md.signed, Root) or md.signed.version != 1:
            raise BadAnswer("There is no repository of models at this address.")
        md.signed.verify_delegate("root", md.signed_bytes, md.signatures)
    except (DeserializationError, RepositoryError, ValueError) as error:
        raise BadAnswer("There is no repository of models at this address.") from error
    return FirstRoot(raw, protocol.fingerprint(raw))


class Repository:
    """One repository. Not for two threads at once; one object may be asked ``latest`` and ``fetch`` once each."""

    def __init__(self, web: Web, base: str, root: bytes, state: Path) -> None:
        self._web, self._base, self._root, self._state = web, base, root, state
        self._updater: Updater | None = None

    def latest(self) -> Newest:
        """What is newest now. Sends nothing but requests for public files.

        Raises:
            Untrusted: the signatures, dates or versions are not in order.
            RemoteError: it cannot be had.
        """
        from recommender.remote.tuf_client import refreshed, translated

        with translated():
            self._updater = refreshed(self._web, self._base, self._root, self._state / protocol.METADATA)
            trusted = self._updater._trusted_set
            target = self._target(FILE)
            raw = self._web.get(self._url(FILE, target), "the newest model's description", target.length).body
            target.verify_length_and_hashes(raw)
        try:
            manifest = parsed_model_manifest(raw)
        except ModelFileError as error:
            raise BadAnswer(str(error)) from error
        for part in manifest.parts.values():
            found = self._target(part.file)
            if found.length != part.size_bytes or found.hashes.get("sha256") != part.sha256:
                raise Untrusted("The repository's files do not belong together; nothing was changed.")
        return Newest(manifest, trusted.targets.version, int(trusted.timestamp.expires.timestamp()))

    def fetch(self, newest: Newest, into: Path, progress: Progress = lambda _here, _all: None) -> Path:
        """The newest model's files in ``into``, which becomes a model folder when all are there.

        Goes on where it was cut off, if ``into`` is given again.

        Raises:
            RemoteError: not all could be had; what has come stays in ``into``.
        """
        whole, here = newest.manifest.size_bytes, 0
        try:
            into.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotKept(f"{into} cannot be made: {error.strerror or error}.") from error
        for name, part in newest.manifest.parts.items():
            target = self._target(part.file)
            wanted = Wanted(part.file, self._url(part.file, target), part.size_bytes, part.sha256)
            download(self._web, wanted, into, f"the model: {name}", partial(_told, progress, here, whole))
            here += part.size_bytes
            progress(here, whole)
        try:
            write_whole(into / FILE, newest.manifest.text().encode())
        except OSError as error:
            raise NotKept(f"{into} cannot be written: {error.strerror or error}.") from error
        return into

    def _target(self, name: str) -> "TargetFile":
        if self._updater is None:
            raise ValueError("ask for the latest first")
        found = self._updater.get_targetinfo(name)
        if found is None or "sha256" not in found.hashes:
            raise BadAnswer("The repository holds no whole model.")
        return found

    def _url(self, name: str, target: "TargetFile") -> str:
        return _join(self._base, f"{protocol.TARGETS}/{protocol.target_file(name, target.hashes['sha256'])}")


def _told(progress: Progress, before: int, whole: int, here: int) -> None:
    progress(before + here, whole)


def _join(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}"
