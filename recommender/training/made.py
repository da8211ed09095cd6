"""A community's model from listens: what both engines found, put together, measured, and written as a model folder."""

import resource
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from recommender.algorithms.als import ALS
from recommender.arrays import Ints
from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, ModelManifest, Names, write_model
from recommender.loaders.log import DataError
from recommender.training.counted import Counted, Rules
from recommender.training.laps import Laps
from recommender.training.quality import quality

FEW_LISTENERS = 20
Called = Mapping[int, tuple[str, str, str]]
"""Key to artist, title and MusicBrainz id ("" unknown)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a model is to be like. ``n_names``: recordings whose names ride along, the most held first."""

    rules: Rules = field(default_factory=Rules)
    k: int = 50
    k_artists: int = 50
    factors: int = 32
    iterations: int = 6
    n_names: int = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What an engine makes of listens."""

    n_listens: int
    """Read, whether kept or not."""
    counted: Counted
    near: Near
    near_artists: Near
    alias_keys: Ints
    alias_of: Ints
    """Hashed MusicBrainz ids, ascending, and the key each is of."""
    called: Called
    """Names of the most held."""
    seconds: dict[str, float]


Engine = Callable[[Sequence[Path], Options], Found]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    n_read: int
    n_kept: int
    n_listeners: int
    n_items: int
    n_artists: int
    left: list[str]
    seconds: dict[str, float]
    memory_mb: float
    quality: dict[str, float]
    words: str
    manifest: ModelManifest

    def lines(self) -> list[str]:
        """For a terminal."""
        said = [
            f"{self.n_read:,} listens read, {self.n_kept:,} kept of {self.n_listeners:,} listeners.",
            *self.left,
            f"{self.n_items:,} recordings and {self.n_artists:,} artists that enough listeners have.",
            ", ".join(f"{what} {seconds:.1f} s" for what, seconds in self.seconds.items())
            + f"; at most {self.memory_mb:,.0f} MB.",
            f"{self.manifest.size_bytes / 1e6:,.1f} MB in {len(self.manifest.parts)} files.",
        ]
        said += [f"{name}: {value:.3f}" for name, value in self.quality.items()]
        return said + ([self.words] if self.words else [])


def made(paths: Sequence[Path], out: Path, engine: Engine, options: Options, created: int) -> Report:
    """Reads, learns, measures and writes. ``created``: UTC seconds.

    Raises:
        DataError: there is nothing to learn from; the sentence says why.
        OSError: ``out`` cannot be written.
    """
    found = engine(paths, options)
    counted = found.counted
    if len(counted.items) == 0:
        least = options.rules.least_listeners
        raise DataError(
            f"No recording is left that at least {least} listeners have: give more listens, or a lower floor."
        )
    laps = Laps(found.seconds)
    community = Community.of(
        found.near,
        np.bincount(counted.cells.item, minlength=len(counted.items)),
        counted.cells.n_listeners,
        _factors(counted, options),
        counted.artist_of if len(counted.artists) else None,
        found.near_artists if len(counted.artists) else None,
    )
    laps.done("factors")
    measured = quality(community, counted.held)
    laps.done("measuring")
    words = _words(counted.cells.n_listeners)
    about = About(created, counted.cells.n_listeners, counted.n_listens, words, measured)
    manifest = write_model(out, _keyed(found, community, about, options))
    laps.done("writing")
    return Report(
        found.n_listens,
        counted.n_listens,
        counted.cells.n_listeners,
        len(counted.items),
        len(counted.artists),
        counted.left.lines(),
        laps.seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        measured,
        words,
        manifest,
    )


def most_held(counted: Counted, n: int) -> Ints:
    """Places of the n recordings that most listeners have, of equal ones the lowest key."""
    holders = np.bincount(counted.cells.item, minlength=len(counted.items))
    return np.argsort(-holders, kind="stable")[:n]


def _factors(counted: Counted, options: Options) -> Factors:
    cells = counted.cells
    at = (cells.listener, cells.item)
    table = csr_array((cells.plays.astype(np.float32), at), shape=(cells.n_listeners, len(counted.items)))
    arrays = ALS(factors=options.factors, iterations=options.iterations).fit_matrix(table).arrays()
    return Factors(arrays["items"], float(arrays["penalty"][0]), float(arrays["mean_total"][0]))


def _keyed(found: Found, community: Community, about: About, options: Options) -> KeyedCommunity:
    counted = found.counted
    kept = np.isin(found.alias_of, counted.items) & ~np.isin(found.alias_keys, counted.items)
    rows = np.searchsorted(counted.items, found.alias_of[kept])
    most, called = most_held(counted, options.n_names), found.called
    named = [
        (row, called[key])
        for row, key in zip(most.tolist(), counted.items[most].tolist(), strict=True)
        if key in called
    ]
    names = None
    if named:
        artists, titles, mbids = zip(*(texts for _, texts in named), strict=True)
        names = Names.made(np.array([row for row, _ in named]), artists, titles, mbids)
    return KeyedCommunity(community, counted.items, counted.artists, about, found.alias_keys[kept], rows, names)


def _words(n_listeners: int) -> str:
    if n_listeners == 1:
        return "One collection's taste: a single listener has contributed so far."
    if n_listeners < FEW_LISTENERS:
        return f"The taste of few: only {n_listeners} listeners have contributed so far."
    return ""
