"""A service or any web host of files: a signed repository of models, asked through python-tuf.

Whose signatures count is told by the repository's first root. It is fetched once, kept beside the models, and given to
every later sync; where the listener was told its fingerprint, another one is refused.
"""

from pathlib import Path
from typing import Final

from app.domain.errors import SyncFailed
from app.domain.sync import Request, SyncProgress
from app.domain.words import say
from app.sync.chance import kept_chance
from app.sync.providers.base import Cancelled, Given, Moved, Offer, Stopped
from app.sync.providers.remote_log import DIGITS, RemoteLog, request_of, state_of
from app.sync.trouble import told
from recommender.files.whole import write_whole
from recommender.keys import hashed, mbid_key, names_key
from recommender.remote import errors, protocol
from recommender.remote.address import address
from recommender.remote.http import Web
from recommender.remote.repository import Newest, Repository, first_root

ROOT: Final = "root.json"
DRAWN: Final = "drawn"


class ServiceProvider:
    """Asks for public files by name, and sends nothing else.

    They are the same for everybody, but for the pieces of a model above 64 MB: see ``recommender.remote.pieces``.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._base = given.origin.place.rstrip("/")
        self._state = state_of(given.trust, self._base)
        self._stop: Cancelled = lambda: False
        self._web = self._made_web()
        self.signed_by = ""
        self._repository: Repository | None = None
        self._newest: Newest | None = None

    def _made_web(self) -> Web:
        try:
            address(self._base)
        except errors.Refused as error:
            raise SyncFailed(told(error)) from error
        return Web(RemoteLog(self._given.told), cancelled=lambda: self._stop())

    def preview(self) -> list[Request]:
        """The requests of a sync in order; what only the answers tell stands in angle brackets."""
        signers, newest = say("whose signatures the models carry"), say("what is newest, and who signed it")
        known = (self._state / ROOT).is_file()
        rows = [] if known else [(protocol.FIRST_ROOT, signers)]
        metadata, targets = protocol.METADATA, protocol.TARGETS
        rows += [
            (f"{metadata}/{'<n>' if known else '2'}.root.json", say("whether the signers have changed")),
            (f"{metadata}/timestamp.json", newest),
            (f"{metadata}/<n>.snapshot.json", newest),
            (f"{metadata}/<n>.targets.json", newest),
            (f"{targets}/<digest>.model.json", say("the newest model's description")),
            (f"{targets}/<digest>.<part>.safetensors", say("each part of the model that is not here yet")),
            (
                f"{targets}/<digest>.shard-<n>.safetensors",
                say("only of a model above 64 MB: the pieces with recordings of yours, among as many others"),
            ),
        ]
        return [request_of(f"{self._base}/{path}", why) for path, why in rows]

    def latest(self) -> Offer:
        """The newest model there, as signed."""
        self._repository = Repository(self._web, self._base, self._root(), self._state)
        self._newest = self._repository.latest()
        manifest = self._newest.manifest
        return Offer(manifest.id, manifest.size_bytes, self.signed_by, self._newest.in_pieces)

    def fetch(self, offer: Offer, into: Path, moved: Moved, cancelled: Cancelled) -> Path:
        """Its parts; what an earlier try brought is gone on with."""
        if self._repository is None or self._newest is None or self._newest.manifest.id != offer.id:
            raise ValueError("ask for the latest first")
        self._stop = cancelled

        def progress(here: int, whole: int) -> None:
            moved(SyncProgress(here, whole))

        try:
            target = into / offer.id[:DIGITS]
            if not offer.in_pieces:
                return self._repository.fetch(self._newest, target, progress, self._given.have())
            keys = hashed([names_key(one.artist, one.title) or mbid_key(one.mbid) for one in self._given.library()])
            return self._repository.fetch_pieces(self._newest, target, keys, self._secret(), progress)
        except errors.Stopped as error:
            raise Stopped from error

    def close(self) -> None:
        """Lets go of the connection."""
        self._web.close()

    def _secret(self) -> bytes:
        """What chooses the other pieces that are asked for; made once, and told nobody."""
        return kept_chance(self._state / DRAWN)

    def _root(self) -> bytes:
        """The first root: of the last time, or fetched now and kept."""
        path = self._state / ROOT
        raw = path.read_bytes() if path.is_file() else first_root(self._web, self._base).raw
        self.signed_by = protocol.fingerprint(raw)
        wanted = _letters(self._given.origin.fingerprint)
        if wanted and _letters(self.signed_by) != wanted:
            raise SyncFailed(
                say("The signers there are not those you were told of: their fingerprint is {}.", self.signed_by)
            )
        if not path.is_file():
            self._state.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, raw)
        return raw


def _letters(fingerprint: str) -> str:
    return "".join(fingerprint.lower().split())
