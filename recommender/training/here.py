"""The engine on this machine: pyarrow reads, numpy and scipy do the rest."""

from collections.abc import Sequence
from pathlib import Path

from recommender.arrays import Ints
from recommender.training.counted import counted
from recommender.training.laps import Laps
from recommender.training.likeness import most_alike, of_artists, of_items
from recommender.training.listens import Listens, read_listens
from recommender.training.made import Called, Found, Options, most_held
from recommender.training.resolve import Resolved, resolved


def found_here(paths: Sequence[Path], options: Options) -> Found:
    """Listens in memory: about 40 bytes each. DataError where there are none."""
    laps = Laps()
    listens = read_listens(paths)
    laps.done("reading")
    keys = resolved(listens)
    laps.done("names")
    table = counted(listens, keys, options.rules)
    laps.done("cleaning")
    near = most_alike(of_items(table), options.k)
    near_artists = most_alike(of_artists(table), options.k_artists)
    laps.done("neighbours")
    return Found(
        len(listens) + listens.unread,
        table,
        near,
        near_artists,
        keys.mbid_keys,
        keys.mbid_of,
        _called(listens, keys, table.items[most_held(table, options.n_names)]),
        laps.seconds,
    )


def _called(listens: Listens, keys: Resolved, wanted: Ints) -> Called:
    """Names of keys that have some, as most listens say them, and one of the ids that are theirs."""
    places = dict(zip(keys.keys.tolist(), keys.said.tolist(), strict=True))
    ids: dict[int, str] = {}
    for key, code in zip(keys.mbid_of.tolist(), keys.mbid_code.tolist(), strict=True):
        ids[key] = min(listens.mbids[code].lower(), ids.get(key, "z"))
    named = {key: places[key] for key in wanted.tolist() if min(places[key]) >= 0}
    return {
        key: (listens.artists[artist], listens.titles[title], ids.get(key, ""))
        for key, (artist, title) in named.items()
    }
