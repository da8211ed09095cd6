"""Small community models."""

from pathlib import Path

import numpy as np

from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, Names, write_model
from recommender.keys import artist_key, hashed, mbid_key, names_key

N_ARTISTS = 20


def mbid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def title(number: int) -> tuple[str, str]:
    """Artist and title of recording ``number``."""
    return f"Artist {number % N_ARTISTS}", f"Title {number}"


def a_keyed(n: int = 200, n_factors: int = 8, seed: int = 1, created: int = 1_760_000_000) -> KeyedCommunity:
    """n recordings by 20 artists; near are the next three of the same artist; each has a MusicBrainz id."""
    rng = np.random.default_rng(seed)
    keys = hashed([names_key(*title(number)) for number in range(n)])
    order = np.argsort(keys)  # order[row] = number
    row = np.argsort(order)
    near = Near.of(
        np.stack([row[(order + step * N_ARTISTS) % n] for step in (1, 2, 3)], axis=1),
        np.tile(np.array([0.9, 0.5, 0.2]), (n, 1)),
    )
    taste = rng.standard_normal((N_ARTISTS, n_factors))
    held = 1 + rng.zipf(1.5, n).clip(max=500)
    vectors = (taste[order % N_ARTISTS] + 0.3 * rng.standard_normal((n, n_factors))) * np.log1p(held[order])[:, None]
    near_artists = Near.of((np.arange(N_ARTISTS)[:, None] + 1) % N_ARTISTS, np.full((N_ARTISTS, 1), 0.7))
    community = Community.of(
        near, held[order], 600, Factors(vectors.astype(np.float32), 2.5, 31.0), order % N_ARTISTS, near_artists
    )
    alias = hashed([mbid_key(mbid(number)) for number in range(n)])
    by_key = np.argsort(alias)
    names = Names.made(
        row, [title(i)[0] for i in range(n)], [title(i)[1] for i in range(n)], [mbid(i) for i in range(n)]
    )
    artist_keys = hashed([artist_key(f"Artist {number}") for number in range(N_ARTISTS)])
    about = About(created, 600, 90_000, "", {"ndcg@10 never heard": 0.08})
    return KeyedCommunity(community, keys[order], artist_keys, about, alias[by_key], row[by_key], names)


def a_model_folder(folder: Path, n: int = 200, seed: int = 1, created: int = 1_760_000_000) -> Path:
    """The same as a folder of files."""
    write_model(folder, a_keyed(n, seed=seed, created=created))
    return folder
