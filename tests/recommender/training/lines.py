"""Listens for these tests, as ListenBrainz and as flat lines say them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

MBIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(2_000)]
NOON = 1_750_000_000


def listenbrainz(user: str, at_s: int, artist: str, title: str, mbid: str | None = None) -> dict[str, Any]:
    """As in an export: names in ``track_metadata``."""
    mapping = {"recording_mbid": mbid} if mbid else None
    names = {"artist_name": artist, "track_name": title, "mbid_mapping": mapping, "release_name": "an album"}
    return {"user_name": user, "listened_at": at_s, "track_metadata": names, "recording_msid": "x"}


def flat(user: str, at_s: int, artist: str, title: str, mbid: str | None = None) -> dict[str, Any]:
    """The same in one row."""
    return {"user": user, "time": at_s, "artist": artist, "title": title, "recording_mbid": mbid}


def written(path: Path, lines: Iterable[Any]) -> Path:
    """A file of JSON lines; texts and bytes stand as they are."""
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def a_crowd(n_listeners: int = 60, n_items: int = 120, seed: int = 3) -> list[dict[str, Any]]:
    """Listeners of three tastes; each plays most of what is near to its own, some of it again and again."""
    rng = np.random.default_rng(seed)
    lines = []
    for listener in range(n_listeners):
        centre = (listener % 3) * n_items // 3
        items = (centre + rng.integers(0, n_items // 3, 40)) % n_items
        items = np.append(items, rng.integers(0, n_items, 4))
        for place, item in enumerate(items.tolist()):
            artist, title = f"Artist {item // 4}", f"Title {item}"
            mbid = MBIDS[item] if (item + listener) % 3 else None
            at_s = NOON + listener * 100_000 + place * 200
            lines.append((listenbrainz if place % 2 else flat)(f"listener {listener}", at_s, artist, title, mbid))
    return lines
