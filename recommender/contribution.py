"""What a listener gives of the own taste with deniability: randomised response on which recordings were listened to.

Over a public list of recordings (the most held of a model that all have) each answer "listened to" or "not" is told
truly with probability e^epsilon / (1 + e^epsilon) and turned around otherwise (Warner 1965). Whatever is told, the odds
that one recording was listened to change by a factor of e^epsilon at most: epsilon-differential privacy of each
recording by itself, on the listener's own machine, whoever reads the answers. Two recordings together have 2 epsilon,
all of them n epsilon: it hides each answer, not that somebody has a taste. Answering again would wear it off, so the
same answers are told each time: they are drawn from a secret that stays on the machine.

How often a recording is listened to and when is not told at all, nor anything that is not on the list.
"""

import hashlib
import math

import numpy as np

from recommender.arrays import Bools, Floats, Ints

LEAST_EPSILON, MOST_EPSILON = 0.1, 20.0
SECRET_BYTES = 16


def turned_share(epsilon: float) -> float:
    """How many answers are turned around: 1 / (1 + e^epsilon). Out of 0.1 to 20 epsilon is a ValueError."""
    if not LEAST_EPSILON <= epsilon <= MOST_EPSILON:
        raise ValueError(f"epsilon must be from {LEAST_EPSILON} to {MOST_EPSILON:.0f}")
    return 1.0 / (1.0 + math.exp(epsilon))


def answers(listened: Bools, keys: Ints, epsilon: float, secret: bytes) -> Bools:
    """What is told of each recording of the list, bool (n,). ``keys``: theirs; ``secret``: SECRET_BYTES of chance.

    The same secret, key and answer give the same: a listener who comes to like one recording changes that one alone.
    """
    if len(secret) < SECRET_BYTES or len(listened) != len(keys):
        raise ValueError("a secret of 16 bytes and one key a recording are needed")
    drawn = np.array([_drawn(secret, key) for key in keys.tolist()], dtype=np.float64)
    return np.asarray(listened ^ (drawn < turned_share(epsilon)))


def held_really(told: Ints, n_listeners: int, epsilon: float) -> Floats:
    """How many of so many listeners have each recording, from how many told so: unbiased, so it may be below 0."""
    turned = turned_share(epsilon)
    return np.asarray((told - n_listeners * turned) / (1.0 - 2.0 * turned))


def _drawn(secret: bytes, key: int) -> float:
    """A number in [0, 1), the same for the same secret and key."""
    digest = hashlib.blake2b(key.to_bytes(8, "big", signed=True), key=secret, digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2.0**64
