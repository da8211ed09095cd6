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

from recommender.arrays import Ints
from recommender.files.community_manifest import FILE, ModelManifest, parsed_model_manifest
from recommender.files.errors import ModelFileError
from recommender.files.shards import INDEX, ShardIndex, read_index
from recommender.files.whole import write_whole
from recommender.remote import pieces, protocol
from recommender.remote.changes import Change, Way, copied, intact, kept_in, usable
from recommender.remote.download import Wanted, download
from recommender.remote.errors import BadAnswer, Untrusted
from recommender.remote.http import Web

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile
    from tuf.ngclient import Updater

MOST_ROOT_BYTES = 512_000
MOST_INDEX_BYTES = 16 << 20


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
    in_pieces: bool
    """Whether it is so large that it comes in pieces as well."""


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
        expires_s = int(trusted.timestamp.expires.timestamp())
        return Newest(manifest, trusted.targets.version, expires_s, INDEX in trusted.targets.targets)

    def fetch(
        self,
        newest: Newest,
        into: Path,
        progress: Progress = lambda _here, _all: None,
        have: Path | None = None,
    ) -> Path:
        """The newest model's files in ``into``, which becomes a model folder when all are there.

        Goes on where it was cut off, if ``into`` is given again. ``have``: an older model's folder; what it shares with
        the newest is copied, and where the repository tells what changed since, that alone is fetched.

        Raises:
            RemoteError: not all could be had; what has come stays in ``into``.
        """
        with kept_in(into):
            into.mkdir(parents=True, exist_ok=True)
            old = usable(have)
            ways = {name: self._way(name, newest, into, have, old) for name in newest.manifest.parts}
            whole, here = sum(way.size_bytes for way in ways.values()), 0
            for name, way in ways.items():
                self._go(way, newest, into, f"the model: {name}", partial(_told, progress, here, whole))
                here += way.size_bytes
                progress(here, whole)
            write_whole(into / FILE, newest.manifest.text().encode())
        return into

    def fetch_pieces(
        self,
        newest: Newest,
        into: Path,
        library: Ints,
        secret: bytes,
        progress: Progress = lambda _here, _all: None,
    ) -> Path:
        """Of a large model (``newest.in_pieces``) what is about a library, as a model folder of its own in ``into``.

        ``library``: hashed keys. The host sees which pieces are asked for: those with the library's recordings, and
        as many others again (``pieces.wanted``), which ``secret``, kept on this machine, chooses: the same ones each
        time, so that asking twice tells no more.

        Raises:
            RemoteError: not all could be had.
        """
        with kept_in(into):
            into.mkdir(parents=True, exist_ok=True)
            index = self._index(into)
            numbers = pieces.wanted(index, library, secret)
            parts = {pieces.NO_PIECE: index.common, **{number: index.shards[number] for number in numbers}}
            whole, here, files = sum(part.size_bytes for part in parts.values()), 0, {}
            if whole > 2 * newest.manifest.size_bytes + MOST_INDEX_BYTES:
                raise BadAnswer("The model's pieces are larger than the model.")
            for number, part in parts.items():
                wanted = self._wanted(part.file, part.sha256, part.size_bytes)
                files[number] = download(
                    self._web, wanted, into, "a piece of the model", partial(_told, progress, here, whole)
                )
                here += part.size_bytes
                progress(here, whole)
            try:
                return pieces.joined(newest.manifest, index, files, into)
            except ModelFileError as error:
                raise BadAnswer(str(error)) from error

    def _way(self, name: str, newest: Newest, into: Path, have: Path | None, old: ModelManifest | None) -> Way:
        """How a part is to be had: from the older model, by what changed in it, or whole."""
        part = newest.manifest.parts[name]
        before = old.parts.get(name) if old is not None else None
        here = (into / part.file).exists()
        if have is not None and old is not None and before is not None and not here and intact(have, before):
            if before.sha256 == part.sha256:
                return Way(part, 0, copied=have / before.file)
            change = protocol.delta_name(before.sha256, part.sha256)
            target = self._updater.get_targetinfo(change) if self._updater is not None and name == "core" else None
            if target is not None and "sha256" in target.hashes and target.length < part.size_bytes:
                wanted = self._wanted(change, target.hashes["sha256"], target.length)
                return Way(part, target.length, changed=Change(have / before.file, old, wanted))
        return Way(part, part.size_bytes)

    def _go(self, way: Way, newest: Newest, into: Path, why: str, told: Callable[[int], None]) -> None:
        if way.copied is not None and copied(way.copied, into, way.part):
            return
        if way.changed is not None:
            change = download(self._web, way.changed.wanted, into, f"{why}, what changed", told)
            try:
                if way.changed.applied(change, newest.manifest, into / way.part.file):
                    return
            finally:
                change.unlink(missing_ok=True)
        part = way.part
        download(self._web, self._wanted(part.file, part.sha256, part.size_bytes), into, why, told)

    def _index(self, into: Path) -> ShardIndex:
        target = self._target(INDEX)
        wanted = self._wanted(INDEX, target.hashes["sha256"], target.length)
        if target.length > MOST_INDEX_BYTES:
            raise BadAnswer("The list of the model's pieces is too large.")
        try:
            return read_index(download(self._web, wanted, into, "which pieces the model has"))
        except ModelFileError as error:
            raise BadAnswer(str(error)) from error

    def _wanted(self, name: str, sha256: str, size_bytes: int) -> Wanted:
        return Wanted(
            name, _join(self._base, f"{protocol.TARGETS}/{protocol.target_file(name, sha256)}"), size_bytes, sha256
        )

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
    progress(min(before + here, whole), whole)


def _join(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}"
