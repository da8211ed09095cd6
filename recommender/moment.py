"""The moment that is asked about: its context, the weights it calls for, and what it allows."""

from collections.abc import Mapping
from typing import Literal

import numpy as np

from recommender.algorithms.base import NOTHING, Profile, no_items
from recommender.algorithms.blend import (
    DISCOVER,
    FEW,
    LIBRARY,
    LIBRARY_MANY,
    NEVER,
    NEXT,
    REDISCOVER,
    REDISCOVER_NEAR,
    SESSION,
    Weights,
)
from recommender.arrays import Bools, Ints
from recommender.history import DAY_S, History
from recommender.ranking import ARTIST_CAP

Question = Literal["next", "session", "rediscover", "never"]
Dial = Literal["familiar", "forgotten", "never"]

ENOUGH_PLAYS = 200
"""With fewer listens tags lead."""
FORGOTTEN_PLAYS, FORGOTTEN_S = 3, 90 * DAY_S
REDISCOVER_S = 30 * DAY_S
SKIPPED_S = 60 * 60
"""What was skipped this lately is not offered: a cool-down, not a punishment."""
CAP_MOST, CAP_TAIL = 6, 4
"""An artist may have as large a part of a list as of the session's last four tracks, but never over 6 in 10."""

SHIPPED: Mapping[str, Weights] = {
    "next": NEXT,
    "session": SESSION,
    "rediscover": REDISCOVER,
    "rediscover_near": REDISCOVER_NEAR,
    "few": FEW,
    "never": NEVER,
    "discover": DISCOVER,
    "library": LIBRARY,
    "library_many": LIBRARY_MANY,
}


def profile_for(history: History, question: Question, now_s: float, seeds: Ints, playing: Ints) -> Profile:
    """The context: seeds, else the running session with what plays now; at a session's start, the last session."""
    if len(seeds):
        return Profile(now_s, seeds, chosen=True)
    running = history.running(now_s)
    if question == "next" and len(running) + len(playing):
        own = history.last_run_start() if len(running) else NOTHING
        return Profile(now_s, np.concatenate([running, playing]), own_session=own)
    if question == "session" and len(history):
        return Profile(now_s, history.last_session(), own_session=history.last_run_start())
    return Profile(now_s, no_items())


def weights_for(
    history: History, question: Question, dial: Dial | None, profile: Profile, community: bool = False
) -> str:
    """Name of the weights for a moment; ``community``: there is a model to discover by.

    Few plays, or seeds that were never listened to: tags lead.
    """
    if len(history) == 0 and len(profile.context) == 0:
        return "library_many" if community else "library"
    if question == "never" or dial == "never":
        return "discover" if community else "never"
    if len(history) < ENOUGH_PLAYS:
        return "few"
    if len(profile.context) and not history.tallies.listens[profile.context].any():
        return "few"
    if question == "rediscover" or dial == "forgotten":
        return "rediscover_near" if profile.chosen else "rediscover"
    return "session" if question == "session" and not profile.chosen else "next"


def allowed(history: History, dial: Dial | str | None, now_s: float) -> Bools:
    """What a dial position may offer, bool (n_columns,)."""
    plays, last = history.tallies.plays, history.tallies.last_play_s
    if dial == "familiar":
        return np.asarray(plays >= 1)
    if dial == "forgotten":
        return np.asarray((plays >= FORGOTTEN_PLAYS) & (last <= now_s - FORGOTTEN_S))
    if dial == "never":
        return np.asarray(plays == 0)
    return np.ones(len(plays), dtype=bool)


def candidates(history: History, question: Question, dial: Dial | None, now_s: float) -> Bools:
    """What may answer a question at a dial position, bool (n_columns,)."""
    open_to = allowed(history, dial, now_s)
    tallies = history.tallies
    if question == "never":
        open_to &= tallies.plays == 0
    if question == "rediscover":
        # Heard, and not for long; a skip since then does not count as hearing it.
        open_to &= (tallies.listens > 0) & (tallies.last_listen_s <= now_s - REDISCOVER_S)
    if question != "never":
        open_to &= (tallies.last_play_s <= now_s - SKIPPED_S) | (tallies.last_listen_s >= tallies.last_play_s)
    return open_to


def artist_caps(history: History, profile: Profile) -> dict[int, int]:
    """Artists that may have more than two places in ten, because the running session is theirs.

    None while there are few plays: the first three of a life are often the beginning of one album, and say no more.
    """
    tail = history.columns.artist[profile.context[-CAP_TAIL:]]
    if len(history) < ENOUGH_PLAYS or profile.chosen or len(tail) < CAP_TAIL - 1:
        return {}
    codes, counts = np.unique(tail[tail >= 0], return_counts=True)
    shares = np.minimum(10 * counts // len(tail), CAP_MOST)
    return {int(code): int(share) for code, share in zip(codes, shares, strict=True) if share > ARTIST_CAP}
