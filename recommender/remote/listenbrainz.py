"""ListenBrainz as it is public: recommendations made for a user, recordings and artists like given ones.

What leaves: a user's name for ``recommended``, MusicBrainz ids for the other two. The addresses and the names of the
algorithms are the caller's: ListenBrainz changes them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from recommender.remote.answers import MBID, mbid, number, rows, senseless, text
from recommender.remote.errors import BadAnswer
from recommender.remote.http import Web

API = "https://api.listenbrainz.org"
LABS = "https://labs.api.listenbrainz.org"
RECORDINGS = "session_based_days_7500_session_300_contribution_5_threshold_15_limit_50_skip_30"
ARTISTS = "session_based_days_7500_session_300_contribution_5_threshold_10_limit_100_filter_True_skip_30"

MOST = 1_000
MOST_ASKED = 50
MOST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Suggested:
    """A recording or an artist, by its id. ``like``: the id that was asked with, where there was one."""

    mbid: str
    score: float
    artist: str = ""
    title: str = ""
    like: str = ""


class ListenBrainz:
    """All trouble is a RemoteError."""

    def __init__(self, web: Web, api: str = API, labs: str = LABS) -> None:
        self._web, self._api, self._labs = web, api.rstrip("/"), labs.rstrip("/")

    def recommended(self, user: str, count: int = 100) -> list[Suggested]:
        """Recordings that ListenBrainz' collaborative filter recommends to a user; none where it made none."""
        url = f"{self._api}/1/cf/recommendation/user/{quote(user, safe='')}/recording?count={min(count, MOST)}&offset=0"
        try:
            payload = self._web.get(url, f"what ListenBrainz recommends to {user}", MOST_BYTES).json().get("payload")
        except BadAnswer as error:
            if error.status == 204:
                return []
            raise
        if not isinstance(payload, dict):
            raise senseless()
        found = [
            Suggested(mbid(one, "recording_mbid"), number(one, "score")) for one in rows(payload.get("mbids"), MOST)
        ]
        return [one for one in found if one.mbid]

    def similar_recordings(self, mbids: Sequence[str], algorithm: str = RECORDINGS) -> list[Suggested]:
        """Recordings heard in the same sessions as these."""
        said = self._asked("similar-recordings", "recording_mbids", mbids, algorithm, "recordings like some of yours")
        return [
            Suggested(
                mbid(one, "recording_mbid"),
                number(one, "score"),
                text(one, "artist_credit_name"),
                text(one, "recording_name"),
                mbid(one, "reference_mbid"),
            )
            for one in said
            if mbid(one, "recording_mbid")
        ]

    def similar_artists(self, mbids: Sequence[str], algorithm: str = ARTISTS) -> list[Suggested]:
        """Artists heard in the same sessions as these."""
        said = self._asked("similar-artists", "artist_mbids", mbids, algorithm, "artists like some of yours")
        return [
            Suggested(
                mbid(one, "artist_mbid"), number(one, "score"), text(one, "name"), "", mbid(one, "reference_mbid")
            )
            for one in said
            if mbid(one, "artist_mbid")
        ]

    def _asked(self, what: str, name: str, mbids: Sequence[str], algorithm: str, why: str) -> list[dict[str, Any]]:
        asked = [one for one in mbids if MBID.fullmatch(one)][:MOST_ASKED]
        if not asked:
            return []
        body = json.dumps([{name: asked, "algorithm": algorithm}]).encode()
        found = self._web.send("POST", f"{self._labs}/{what}/json", why, MOST_BYTES, body).json_value()
        return list(rows(_table(found), MOST_ASKED * MOST))


def _table(found: Any) -> Any:
    """The rows, also where they stand in the last of several tables, as they do where there is something to explain."""
    kinds = [one.get("type") for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    if "markup" not in kinds:
        return found
    return found[-1].get("data") if kinds[-1] == "dataset" else []
