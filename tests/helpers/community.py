"""Small community models."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load as tensors_of
from safetensors.numpy import save as tensors

from recommender.arrays import Ints
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, Names, write_model
from recommender.keys import artist_key, hashed, mbid_key, names_key

N_ARTISTS = 20


def mbid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def title(number: int) -> tuple[str, str]:
    """Artist and title of recording ``number``."""
    return f"Artist {number % N_ARTISTS}", f"Title {number}"


def ids_and_names(row: Ints, called: Sequence[tuple[str, str]]) -> tuple[Ints, Ints, Names]:
    """Of recordings number 0, 1, ... in these rows: their hashed MusicBrainz ids, the row of each, and their names."""
    mbids = [mbid(number) for number in range(len(called))]
    alias = hashed([mbid_key(one) for one in mbids])
    by_key = np.argsort(alias)
    names = Names.made(row, [artist for artist, _ in called], [title for _, title in called], mbids)
    return alias[by_key], row[by_key], names


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
    alias_keys, alias_rows, names = ids_and_names(row, [title(number) for number in range(n)])
    artist_keys = hashed([artist_key(f"Artist {number}") for number in range(N_ARTISTS)])
    about = About(created, 600, 90_000, "", {"ndcg@10 never heard": 0.08})
    return KeyedCommunity(community, keys[order], artist_keys, about, alias_keys, alias_rows, names)


def a_model_folder(folder: Path, n: int = 200, seed: int = 1, created: int = 1_760_000_000) -> Path:
    """The same as a folder of files."""
    write_model(folder, a_keyed(n, seed=seed, created=created))
    return folder


def rewrite(folder: Path, part: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Puts other arrays in a part, with a manifest that is true to them."""
    said = json.loads((folder / "model.json").read_text())
    arrays = dict(tensors_of((folder / said["parts"][part]["file"]).read_bytes()))
    change(arrays)
    raw = tensors(arrays)
    (folder / said["parts"][part]["file"]).write_bytes(raw)
    facts = {name: {"dtype": str(array.dtype), "shape": list(array.shape)} for name, array in arrays.items()}
    said["parts"][part].update(size_bytes=len(raw), sha256=sha256(raw).hexdigest(), arrays=facts)
    (folder / "model.json").write_text(json.dumps(said))
