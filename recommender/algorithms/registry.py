"""Every algorithm by name: a new one is one file and one line here.

``ALGORITHMS`` are fitted on one listener's history; ``TABLES`` on rows (listeners or sessions) by items.
"""

from collections.abc import Callable

from recommender.algorithms.als import ALS
from recommender.algorithms.base import Algorithm
from recommender.algorithms.blend import Blend
from recommender.algorithms.content import Content
from recommender.algorithms.discovered import Discovered
from recommender.algorithms.ease import EASE
from recommender.algorithms.ensemble import Ensemble
from recommender.algorithms.item_knn import ItemKNN
from recommender.algorithms.popularity import Popularity
from recommender.algorithms.pure_svd import PureSVD
from recommender.algorithms.random import Random
from recommender.algorithms.recency import Recency
from recommender.algorithms.rp3beta import RP3beta
from recommender.algorithms.session_knn import SessionKNN
from recommender.algorithms.table import TableAlgorithm
from recommender.algorithms.table_item_knn import TableItemKNN
from recommender.algorithms.table_popularity import TablePopularity
from recommender.algorithms.table_random import TableRandom
from recommender.algorithms.transitions import Transitions
from recommender.algorithms.user_knn import UserKNN

ALGORITHMS: dict[str, type[Algorithm]] = {
    kind.name: kind
    for kind in (Blend, Content, Discovered, ItemKNN, Popularity, Random, Recency, SessionKNN, Transitions)
}
TABLES: dict[str, Callable[[], TableAlgorithm]] = {
    kind.name: kind
    for kind in (ALS, EASE, Ensemble, PureSVD, RP3beta, TableItemKNN, TablePopularity, TableRandom, UserKNN)
}


def make(name: str) -> Algorithm:
    """A fresh algorithm; a ValueError lists the names when there is none of this one."""
    if name not in ALGORITHMS:
        raise ValueError(f"no algorithm is called {name!r}; there are {', '.join(sorted(ALGORITHMS))}")
    return ALGORITHMS[name]()


def make_table(name: str) -> TableAlgorithm:
    """A fresh table algorithm; a ValueError lists the names when there is none of this one."""
    if name not in TABLES:
        raise ValueError(f"no table algorithm is called {name!r}; there are {', '.join(sorted(TABLES))}")
    return TABLES[name]()
