"""ListenBrainz: what it recommends to a listener and what it finds like the recordings they play most.

It hands out no model, so the answers are put together as one, here: a recording's neighbours are what ListenBrainz
calls similar, the one factor is how much it recommends a recording, and what the library has of the artists it calls
similar to those played most stands behind them. Sent are the listener's name there, and the MusicBrainz numbers of at
most ``MOST`` recordings and as many artists.
"""

import logging
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from app.domain.errors import SyncFailed
from app.domain.sync import Request, SyncProgress
from app.domain.words import say
from app.storage.recordings import Artist, Called
from app.sync.providers.base import Cancelled, Given, Moved, Offer, Stopped
from app.sync.providers.remote_log import RemoteLog, request_of, state_of
from app.sync.trouble import told
from recommender.community import NOBODY, Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, Names, write_model
from recommender.keys import artist_key, hashed, mbid_key, names_key
from recommender.remote.address import address
from recommender.remote.errors import BadAnswer, Refused
from recommender.remote.http import Answer, Web
from recommender.remote.listenbrainz import MOST_ASKED, ListenBrainz, Suggested

log = logging.getLogger(__name__)

MOST: Final = 100
"""So many of the recordings that are played most are asked about, and so many artists."""
_NEAR: Final = 50
_MOST_OF_ARTISTS: Final = 50_000
"""So many recordings of the library stand behind the artists, at most."""
_DAY_S: Final = 86_400


class ListenBrainzProvider:
    """Asks, and makes a model of the answers."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._web = Web(RemoteLog(given.told))
        try:
            for place in (given.origin.address, given.origin.labs):
                address(place)
        except Refused as error:
            raise SyncFailed(told(error)) from error
        self._folder = state_of(given.trust, "\n".join((given.origin.address, given.origin.place))) / "answers"

    def preview(self) -> list[Request]:
        """Every request, body and all."""
        rehearsal = _Rehearsal()
        self._ask(cast("Web", rehearsal))
        return rehearsal.requests

    def latest(self) -> Offer:
        """Asks it all; the answers are small."""
        said = self._ask(self._web)
        if not any((said.recommended, said.like, said.artists)):
            raise SyncFailed(say("ListenBrainz knows nothing to recommend to {} yet.", self._given.origin.place))
        shutil.rmtree(self._folder, ignore_errors=True)
        day_s = int(self._given.now_s() // _DAY_S * _DAY_S)
        made = a_model(self._given.origin.place, said, self._given.library(), day_s)
        manifest = write_model(self._folder, made)
        return Offer(manifest.id, manifest.size_bytes)

    def fetch(self, offer: Offer, into: Path, moved: Moved, cancelled: Cancelled) -> Path:
        """Has come already."""
        if cancelled():
            raise Stopped
        target = into / offer.id[:32]
        shutil.rmtree(target, ignore_errors=True)
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.rename(target)
        moved(SyncProgress(offer.size_bytes, offer.size_bytes))
        return target

    def close(self) -> None:
        """Lets go of the connection."""
        self._web.close()

    def _ask(self, web: Web) -> "Said":
        """What is recommended to the listener, and what is like the recordings and the artists played most."""
        origin, given = self._given.origin, self._given
        asked = ListenBrainz(web, origin.address, origin.labs)
        recommended = asked.recommended(origin.place, 1_000)
        played = given.most_played(MOST)
        heard = given.most_played_artists(MOST) if origin.artist_algorithm else []
        like: list[Suggested] = []
        for some in _in_parts([track.mbid for track in played]):
            like += asked.similar_recordings(some, origin.algorithm)
        artists: list[Suggested] = []
        try:
            for some in _in_parts([artist.mbid for artist in heard]):
                artists += asked.similar_artists(some, origin.artist_algorithm)
        except BadAnswer as error:  # its ways to tell what is similar change their names
            if error.status < 400:
                raise
            log.warning("ListenBrainz did not say which artists are similar: %s", error)
        return Said(played, recommended, like, heard, artists)


@dataclass(frozen=True, slots=True)
class Said:
    """What was asked about, and what ListenBrainz said."""

    played: Sequence[Called]
    recommended: Sequence[Suggested]
    like: Sequence[Suggested] = ()
    heard: Sequence[Artist] = ()
    artists: Sequence[Suggested] = ()
    """Like those that were heard."""


def _in_parts(mbids: Sequence[str]) -> list[Sequence[str]]:
    return [mbids[start : start + MOST_ASKED] for start in range(0, len(mbids), MOST_ASKED)]


class _Rehearsal:
    """In the place of the web: writes down what would be sent, and answers that there is nothing."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def get(self, url: str, why: str, _most_bytes: int, headers: Mapping[str, str] | None = None) -> Answer:
        """As ``Web.get``."""
        self.requests.append(request_of(url, why, "GET", headers))
        return Answer(200, b'{"payload": {"mbids": []}}')

    def send(self, method: str, url: str, why: str, _most_bytes: int, body: bytes) -> Answer:
        """As ``Web.send``."""
        self.requests.append(request_of(url, why, method, {"Content-Type": "application/json"}, body))
        return Answer(200, b"[]")


def a_model(user: str, said: Said, library: Iterable[Called], created: int) -> KeyedCommunity:
    """The answers as a model: one row a recording; ids that are called the same share one."""
    names = {track.mbid: (track.artist, track.title) for track in said.played}
    names |= {one.mbid: (one.artist, one.title) for one in said.like if one.mbid not in names}
    names |= {one.mbid: ("", "") for one in said.recommended if one.mbid not in names}
    key_of = {mbid: names_key(*called) or mbid_key(mbid) for mbid, called in names.items()}
    artists, near_artists = _artists(said)
    artist_of = {key_of[mbid]: artist_key(artist) for mbid, (artist, _) in names.items()}
    artist_of |= _of_artists(artists, library)
    texts = list(artist_of)
    keys, first = np.unique(hashed(texts), return_index=True)
    place = {texts[at]: row for row, at in enumerate(first.tolist())}
    row_of = {mbid: place[key] for mbid, key in key_of.items() if key in place}
    factors = np.zeros((len(keys), 1), dtype=np.float32)
    most = max((one.score for one in said.recommended), default=0.0)
    for one in said.recommended:
        factors[row_of[one.mbid]] = max(one.score / most, 0.0) if most > 0 else 0.0
    factors[[row_of[track.mbid] for track in said.played]] = 1.0
    alias, by_alias = np.unique(hashed([mbid_key(mbid) for mbid in row_of]), return_index=True)
    named = {row_of[mbid]: (*called, mbid) for mbid, called in names.items() if all(called)}
    words = [list(column) for column in zip(*named.values(), strict=True)] or [[], [], []]
    return KeyedCommunity(
        Community.of(
            _near(said.like, row_of, len(keys)),
            np.ones(len(keys)),
            1,
            Factors(factors, 1.0, 1.0),
            np.array([artists.get(artist_of[texts[at]], NOBODY) for at in first.tolist()], dtype=np.int32),
            near_artists,
        ),
        keys,
        np.unique(hashed(list(artists))),
        About(created, 0, 0, say("What ListenBrainz answered for {}.", user[:60])),
        alias,
        np.array(list(row_of.values()), dtype=np.int64)[by_alias],
        Names.made(np.array(list(named), dtype=np.int64), *words),
    )


def _artists(said: Said) -> tuple[dict[str, int], Near]:
    """Numbers of the artists by their keys, in the order of the hashes of these, and which are near to which."""
    key_of = {one.mbid: artist_key(one.artist) for one in said.artists}
    key_of |= {artist.mbid: artist_key(artist.name) for artist in said.heard}
    texts = [key for key in dict.fromkeys(key_of.values()) if key]
    _, first = np.unique(hashed(texts), return_index=True)
    numbers = {texts[at]: number for number, at in enumerate(first.tolist())}
    rows = {mbid: numbers[key] for mbid, key in key_of.items() if key in numbers}
    return numbers, _near([one for one in said.artists if one.mbid in rows], rows, len(numbers))


def _of_artists(artists: Mapping[str, int], library: Iterable[Called]) -> dict[str, str]:
    """What the library has of them: the key of each recording, and of its artist."""
    found: dict[str, str] = {}
    if artists:
        for track in library:
            by = artist_key(track.artist)
            if by in artists and (key := names_key(track.artist, track.title)):
                found[key] = by
                if len(found) == _MOST_OF_ARTISTS:
                    break
    return found


def _near(like: Sequence[Suggested], row_of: Mapping[str, int], n: int) -> Near:
    """What is like what, likenesses beside the largest."""
    found: dict[int, dict[int, float]] = {}
    for one in sorted(like, key=lambda one: -one.score):
        if one.like in row_of and row_of[one.like] != row_of[one.mbid] and one.score > 0:
            beside = found.setdefault(row_of[one.like], {})
            if len(beside) < _NEAR:
                beside.setdefault(row_of[one.mbid], one.score)
    largest = max((one.score for one in like), default=1.0)
    places, values = np.full((n, _NEAR), NOBODY, dtype=np.int32), np.zeros((n, _NEAR), dtype=np.float32)
    for row, beside in found.items():
        places[row, : len(beside)] = list(beside)
        values[row, : len(beside)] = [score / largest for score in beside.values()]
    return Near.of(places, values) if found else Near.none(n)
