"""Models of many listeners, small and made up, for tests and for looking at the window."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.storage.tracks import TrackStore
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, write_model
from recommender.files.community_manifest import ModelManifest
from recommender.keys import artist_key, hashed, names_key
from tests.helpers.community import ids_and_names

STRANGERS = [
    ("Nadia Farrow", "Low Tide"),
    ("Nadia Farrow", "The Weather House"),
    ("Nadia Farrow", "Third of Hers"),
    ("夜の桜", "遠い灯"),
    ("<b>Bold</b>", "<img src=x> & more"),
    ("Paper Canyons Duo", "Slow Signal"),
]
"""What no library here has."""


def a_crowd(called: Sequence[tuple[str, str]], *, created: int = 1_760_000_000, seed: int = 1) -> KeyedCommunity:
    """Who plays one of these plays the three after it, too; the factors are noise."""
    rng, n = np.random.default_rng(seed), len(called)
    keys = hashed([names_key(*names) for names in called])
    order = np.argsort(keys)
    row = np.argsort(order)
    near = Near.of(
        np.stack([row[(order + step) % n] for step in (1, 2, 3)], axis=1), np.tile(np.array([0.9, 0.5, 0.2]), (n, 1))
    )
    artists = list(dict.fromkeys(artist for artist, _ in called))
    codes = np.array([artists.index(artist) for artist, _ in called])[order]
    m = len(artists)
    near_artists = Near.of((np.arange(m)[:, None] + 1) % m, np.full((m, 1), 0.7))
    factors = Factors(rng.standard_normal((n, 4)).astype(np.float32), 2.5, 31.0)
    community = Community.of(near, rng.integers(2, 40, n), 50, factors, codes, near_artists)
    alias_keys, alias_rows, names = ids_and_names(row, called)
    about = About(created, 50, 9_000, "", {})
    artist_keys = hashed([artist_key(artist) for artist in artists])
    return KeyedCommunity(community, keys[order], artist_keys, about, alias_keys, alias_rows, names)


def a_crowd_of(tracks: TrackStore, *, every: int = 3, **other: int) -> KeyedCommunity:
    """The library's tracks, with the strangers strewn among them: one after each ``every`` of them."""
    here = [(track.artist, track.title) for track in tracks.all()]
    called: list[tuple[str, str]] = []
    strangers = list(STRANGERS)
    for place, names in enumerate(here):
        called.append(names)
        if strangers and place % every == every - 1:
            called.append(strangers.pop(0))
    return a_crowd([*dict.fromkeys(called), *strangers], **other)


def a_model_folder(folder: Path, created: int = 1_760_000_000, size: int = 30) -> ModelManifest:
    """A model of so many made-up recordings, as training would write it."""
    return write_model(folder, a_crowd([(f"Artist {n % 7}", f"Title {n}") for n in range(size)], created=created))
