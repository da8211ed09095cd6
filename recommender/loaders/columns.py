"""Which column of a table is what, by its name."""

import re
from collections.abc import Sequence

from recommender.loaders.log import DataError

ROLES: dict[str, tuple[str, ...]] = {
    "user": ("user", "user_id", "userid", "listener", "listener_id", "uid", "username", "user_name", "customer_id"),
    "item": (
        "item", "item_id", "itemid", "recording_mbid", "recording", "recording_id", "track_id", "trackid", "track_uri",
        "spotify_track_uri", "track", "song_id", "songid", "song", "movie_id", "movieid", "movie", "product_id",
        "track_name", "trackname", "track_title", "master_metadata_track_name", "title", "name",
    ),
    "artist": ("artist_id", "artistid", "artist_mbid", "artist", "artist_name", "artistname",
               "master_metadata_album_artist_name"),
    "at_s": ("timestamp", "started_at", "played_at", "listened_at", "time", "datetime", "date", "utc_time", "ts", "at",
             "unixtime", "end_time", "endtime"),
    "rating": ("rating", "ratings", "stars", "score"),
    "weight": ("count", "plays", "play_count", "playcount", "listens", "listening_count", "weight", "n"),
    "played_ms": ("ms_played", "played_ms", "msplayed", "ms"),
}  # fmt: skip
"""Names in the order they are preferred. An artist stands in for the item where there is no other."""

NOT_UNIQUE = frozenset(
    {"track", "song", "track_name", "trackname", "track_title", "title", "name", "master_metadata_track_name"}
)
"""Two artists may each have one of these, so it is told apart by its artist."""

_SHOWN = 200


def roles_of(header: Sequence[str], name: str) -> dict[str, int]:
    """Role to the place of its column.

    Raises:
        DataError: there is no column for the item, or for neither listener nor time.
    """
    plain = [_plain(column) for column in header]
    found = {role: place for role, names in ROLES.items() if (place := _first(plain, names)) is not None}
    if "item" not in found and "artist" in found:
        found["item"] = found["artist"]
    if "item" not in found:
        raise DataError(_missing(name, "item, track, song or artist", header))
    if "user" not in found and "at_s" not in found:
        raise DataError(_missing(name, "user or listener", header))
    return found


def is_told_apart_by_artist(header: Sequence[str], roles: dict[str, int]) -> bool:
    """Whether the item's name alone may stand for several items."""
    return roles.get("artist", roles["item"]) != roles["item"] and _plain(header[roles["item"]]) in NOT_UNIQUE


def _plain(column: str) -> str:
    """``User ID``, ``user-id``, ``userID`` and ``user_id:token`` are one name."""
    bare = column.strip().strip("\ufeff\"'/#").split(":")[0].strip()
    return re.sub(r"[\s\-.]+", "_", bare).lower()


def _first(plain: list[str], names: tuple[str, ...]) -> int | None:
    return next((plain.index(name) for name in names if name in plain), None)


def _missing(name: str, wanted: str, header: Sequence[str]) -> str:
    shown = ", ".join(header)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
    return f"{name} has no column named like {wanted}; its first line reads: {shown!r}."
