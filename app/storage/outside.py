"""A track from outside the library as it is kept in the queue: where its file is, and what it said of itself."""

import json
import logging
import os
from dataclasses import asdict, fields
from math import isfinite
from typing import Any

from app.domain.ids import TrackId
from app.domain.loudness import Gain
from app.domain.track import Track

log = logging.getLogger(__name__)

_PATHS = ("path", "source_path")
_LONGEST = 1 << 20
_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("path", "title", "artist", "album", "album_artist", "genre"), (str,)),
    **dict.fromkeys(("recording_key", "album_key", "audio_hash"), (str,)),
    **dict.fromkeys(("track_no", "disc_no", "year", "rating", "end_ms"), (int, type(None))),
    **dict.fromkeys(("duration_ms", "added_at", "start_ms"), (int,)),
    **dict.fromkeys(("has_cover", "missing"), (bool,)),
    "source_path": (str, type(None)),
    "gain": (dict,),
}


def kept(track: Track) -> str | None:
    """What is written of a track; ``None`` for one of the library, which is found by its id."""
    if track.in_library:
        return None
    said = asdict(track)
    del said["id"]
    for name in _PATHS:
        said[name] = os.fsdecode(said[name]) if said[name] is not None else None
    return json.dumps(said)


def taken(track_id: int, said: object) -> Track | None:
    """The track that was written; ``None`` where nothing was, or nothing that can be used."""
    if track_id > 0 or not isinstance(said, str) or len(said) > _LONGEST:
        return None
    try:
        facts: dict[str, Any] = json.loads(said)
        _check(facts)
        for name in _PATHS:
            facts[name] = os.fsencode(facts[name]) if facts[name] is not None else None
        return Track(id=TrackId(track_id), **facts | {"gain": Gain(**facts["gain"])})
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        log.warning("A queued file from outside the library could not be read: %s", error)
        return None


def _check(facts: dict[str, Any]) -> None:
    """Raises ValueError: another kind of thing, a path that is none, or a number that no file has."""
    if not isinstance(facts, dict) or facts.keys() != _KINDS.keys():
        raise ValueError("not the facts of a track")
    for name, kinds in _KINDS.items():
        if type(facts[name]) not in kinds:
            raise ValueError(f"{name} is no {kinds[0].__name__}")
    if not facts["path"].startswith("/") or "\0" in facts["path"] + (facts["source_path"] or ""):
        raise ValueError("no path")
    if not all(0 <= facts[name] < 1 << 53 for name in _KINDS if type(facts[name]) is int):
        raise ValueError("no length")
    gains = facts["gain"]
    if gains.keys() != {one.name for one in fields(Gain)} or not all(
        value is None or (type(value) in (int, float) and isfinite(value)) for value in gains.values()
    ):
        raise ValueError("no loudness")
