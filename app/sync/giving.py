"""Listens given to a model service of a family or a club, coarse in time, and withdrawn again.

Plainly: which recordings were listened to on which day. Deniably: of the LISTED recordings that most listeners of the
model in use have, each answered "listened to" or not, some answers turned around (``recommender.contribution``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from app.domain.errors import SyncFailed
from app.domain.sync import Request
from app.domain.words import say
from app.storage.recordings import RecordingStore
from app.sync.chance import kept_chance
from app.sync.models import ModelFolder
from app.sync.providers.base import Told
from app.sync.providers.remote_log import RemoteLog, request_of
from app.sync.trouble import told
from recommender.community import NOBODY
from recommender.contribution import answers
from recommender.files.community_files import read_model
from recommender.files.errors import ModelFileError
from recommender.remote import protocol
from recommender.remote.address import address
from recommender.remote.ask import Listen, ModelService, Recording, listens_body
from recommender.remote.errors import RemoteError
from recommender.remote.http import Web

DAY_MS = 86_400_000
LISTED = 500
"""Deniable answers are about so many recordings, the most held."""

_CHANCE = "deniable"
_HIDDEN = "<token>"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gift:
    """What is to be given."""

    listens: tuple[Listen, ...]
    replaces: bool
    """Whether what was given before is withdrawn first: deniable answers are whole each time."""

    def bodies(self) -> list[bytes]:
        """What is sent, a request each."""
        step = protocol.MOST_LISTENS
        return [listens_body(self.listens[start : start + step]) for start in range(0, len(self.listens), step)]


def plain_gift(recordings: RecordingStore, since_ms: int) -> Gift:
    """Each recording once a day that it was listened to."""
    heard = recordings.listened(since_ms)
    return Gift(tuple(Listen(Recording(one.artist, one.title, one.mbid), one.day) for one in heard), replaces=False)


def deniable_gift(recordings: RecordingStore, models: ModelFolder, epsilon: float, now_ms: int) -> Gift:
    """The answers that are told as yes, as listens of this day.

    Raises:
        SyncFailed: no model with names is in use, or it cannot be read.
        ValueError: epsilon is out of its bounds.
    """
    current = models.models().current
    if current is None:
        raise SyncFailed(say("Deniable answers are about the recordings of a model: sync one first."))
    try:
        model = read_model(models.path_of(current), only=np.zeros(0, dtype=np.int64), beyond=LISTED)
    except ModelFileError as error:
        raise SyncFailed(told(error)) from error
    names = model.names
    rows = [] if names is None else [row for row in range(len(model.keys)) if names.title(row) and names.artist(row)]
    if names is None or not rows:
        raise SyncFailed(say("The model in use does not say what its recordings are called."))
    listened = np.zeros(len(model.keys), dtype=bool)
    found = [model.find(one.artist, one.title, one.mbid) for one in recordings.listened(0)]
    listened[[row for row in found if row != NOBODY]] = True
    yes = answers(listened[rows], model.keys[rows], epsilon, kept_chance(models.trust / _CHANCE))
    day = now_ms // DAY_MS
    told_of = (row for row, is_yes in zip(rows, yes.tolist(), strict=True) if is_yes)
    return Gift(
        tuple(Listen(Recording(names.artist(r), names.title(r), names.mbid(r)), day) for r in told_of), replaces=True
    )


def requests(gift: Gift, base: str) -> list[Request]:
    """What giving would send, to the letter but for the token."""
    place = _checked(base) + protocol.LISTENS
    headers = {"Authorization": f"Bearer {_HIDDEN}"}
    posts = [
        request_of(place, say("listens given"), "POST", {**headers, "Content-Type": "application/json"}, body)
        for body in gift.bodies()
    ]
    return [*([_withdrawal(place, headers)] if gift.replaces else []), *posts]


def withdrawal(base: str) -> list[Request]:
    """What withdrawing would send."""
    return [_withdrawal(_checked(base) + protocol.LISTENS, {"Authorization": f"Bearer {_HIDDEN}"})]


def give(gift: Gift, base: str, token: str, tell: Told) -> int:
    """Sends it; how many listens were kept. Trouble is a SyncFailed; what was kept before it stays there."""
    return _asked(base, tell, lambda service: _given(service, gift, token))


def withdraw(base: str, token: str, tell: Told) -> None:
    """Has all that was given with this token deleted. Trouble is a SyncFailed."""
    _asked(base, tell, lambda service: service.withdraw(token))


def _given(service: ModelService, gift: Gift, token: str) -> int:
    if gift.replaces:
        service.withdraw(token)
    return sum(service.give(body, token) for body in gift.bodies())


def _asked(base: str, tell: Told, ask: Callable[[ModelService], T]) -> T:
    place = _checked(base)
    try:
        with Web(RemoteLog(tell)) as web:
            return ask(ModelService(web, place))
    except RemoteError as error:
        raise SyncFailed(told(error)) from error
    except ValueError as error:
        raise SyncFailed(say("This is no token of a model service.")) from error


def _checked(base: str) -> str:
    try:
        address(base)
    except RemoteError as error:
        raise SyncFailed(told(error)) from error
    return base.rstrip("/")


def _withdrawal(place: str, headers: dict[str, str]) -> Request:
    return request_of(place, say("listens withdrawn"), "DELETE", headers)
