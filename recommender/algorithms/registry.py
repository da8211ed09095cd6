"""Every algorithm by name: a new one is one file and one line here."""

from recommender.algorithms.base import Algorithm
from recommender.algorithms.blend import Blend
from recommender.algorithms.content import Content
from recommender.algorithms.item_knn import ItemKNN
from recommender.algorithms.popularity import Popularity
from recommender.algorithms.random import Random
from recommender.algorithms.recency import Recency
from recommender.algorithms.session_knn import SessionKNN
from recommender.algorithms.transitions import Transitions

ALGORITHMS: dict[str, type[Algorithm]] = {
    kind.name: kind for kind in (Blend, Content, ItemKNN, Popularity, Random, Recency, SessionKNN, Transitions)
}


def make(name: str) -> Algorithm:
    """A fresh algorithm; a ValueError lists the names when there is none of this one."""
    if name not in ALGORITHMS:
        raise ValueError(f"no algorithm is called {name!r}; there are {', '.join(sorted(ALGORITHMS))}")
    return ALGORITHMS[name]()
