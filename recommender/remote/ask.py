"""Asking a model service instead of fetching its model: seeds go out, recordings come back.

Whoever answers learns the seeds. ``body_of`` is what is sent, to the letter, so that it can be shown before.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from recommender.remote import protocol
from recommender.remote.answers import mbid, number, rows, senseless, text
from recommender.remote.http import Web

_KEY = re.compile(r"[0-9a-f]{12}")
_SIGNALS = {"near", "factors", "own_artist", "near_artist", "holders"}


@dataclass(frozen=True, slots=True)
class Recording:
    """By its names, its MusicBrainz id, or its key; whatever is empty is not sent."""

    artist: str = ""
    title: str = ""
    mbid: str = ""
    key: str = ""

    def said(self) -> dict[str, str]:
        """As JSON."""
        return {name: value[: protocol.LONGEST_TEXT] for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Recommended:
    """One answer. ``seed``: place of the seed that speaks loudest for it, None where none does."""

    key: str
    artist: str
    title: str
    mbid: str
    score: float
    seed: int | None
    signal: str


@dataclass(frozen=True, slots=True)
class Listen:
    """A listen that is given away: a recording, and days since 1970."""

    recording: Recording
    day: int


def body_of(seeds: Sequence[tuple[Recording, float]], n: int, exclude: Sequence[Recording] = ()) -> bytes:
    """What a question sends. More seeds or exclusions than a service takes are left out."""
    asked: dict[str, Any] = {
        "seeds": [{**seed.said(), "weight": weight} for seed, weight in seeds[: protocol.MOST_SEEDS]],
        "n": min(n, protocol.MOST_ANSWERS),
    }
    if exclude:
        asked["exclude"] = [one.said() for one in exclude[: protocol.MOST_EXCLUDED]]
    return json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")


def listens_body(listens: Sequence[Listen]) -> bytes:
    """What giving listens sends: no time of day, no place, no player."""
    said = [{**one.recording.said(), "day": one.day} for one in listens[: protocol.MOST_LISTENS]]
    return json.dumps({"listens": said}, ensure_ascii=False).encode("utf-8", "replace")


class ModelService:
    """One service, by its address. All trouble is a RemoteError."""

    def __init__(self, web: Web, base: str) -> None:
        self._web, self._base = web, base.rstrip("/")

    def recommended(self, body: bytes) -> list[Recommended]:
        """Recordings for the seeds in ``body`` (``body_of``), best first."""
        n_seeds = len(json.loads(body)["seeds"])
        url = self._base + protocol.RECOMMEND
        answer = self._web.send("POST", url, "recommendations for seeds", protocol.MOST_ANSWER_BYTES, body)
        return _recommended(answer.json(), n_seeds)

    def similar(self, key: str, n: int = 20) -> list[Recommended]:
        """Recordings like the one with this key."""
        if not _KEY.fullmatch(key):
            raise ValueError("not a key")
        url = f"{self._base}{protocol.SIMILAR}/{key}?n={min(n, protocol.MOST_ANSWERS)}"
        answer = self._web.get(url, "recordings like one", protocol.MOST_ANSWER_BYTES)
        return _recommended(answer.json(), 1)

    def give(self, body: bytes, token: str) -> int:
        """Gives listens (``listens_body``); how many were kept."""
        url = self._base + protocol.LISTENS
        answer = self._web.send("POST", url, "listens given", protocol.MOST_ANSWER_BYTES, body, _authorised(token))
        return int(number(answer.json(), "kept"))

    def withdraw(self, token: str) -> None:
        """Takes back all listens that were given with this token."""
        self._web.send("DELETE", self._base + protocol.LISTENS, "listens withdrawn", 1_000, b"", _authorised(token))


def _authorised(token: str) -> dict[str, str]:
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise ValueError("not a token")
    return {"Authorization": f"Bearer {token}"}


def _recommended(said: dict[str, Any], n_seeds: int) -> list[Recommended]:
    return [_one(one, n_seeds) for one in rows(said.get("recordings"), protocol.MOST_ANSWERS)]


def _one(said: dict[str, Any], n_seeds: int) -> Recommended:
    key, because = said.get("key"), said.get("because")
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not isinstance(because, dict):
        raise senseless()
    seed, signal = because.get("seed"), because.get("signal")
    if signal not in _SIGNALS or (seed is not None and (type(seed) is not int or not 0 <= seed < n_seeds)):
        raise senseless()
    return Recommended(
        key, text(said, "artist"), text(said, "title"), mbid(said, "mbid"), number(said, "score"), seed, signal
    )
