"""A model of many listeners beside one library: which of its recordings are here, and what it knows that is not.

The model's folders are handed in by whoever keeps them; nothing here knows where they came from.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from app.domain.feedback import Feedback, Said
from app.domain.sync import Find
from app.domain.track import Track
from app.domain.words import plural, say
from app.storage.recordings import Called
from app.suggestions import events
from app.suggestions.present import Present
from recommender.arrays import Bools, Ints
from recommender.beyond import Beyond
from recommender.community import NOBODY
from recommender.feedback import standing
from recommender.files.community_files import KeyedCommunity, read_model
from recommender.files.errors import ModelFileError
from recommender.keys import artist_key, hashed, mbid_key, names_key
from recommender.memory import give_back
from recommender.recommendation import Recommendation

BEYOND: Final = 20_000
"""So many of the most held recordings that are not in the library are kept in memory, to be found."""
_LONGEST: Final = 200
"""Characters of a name that came from elsewhere."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """A model, and the library's track of each of its recordings (-1: none)."""

    keyed: KeyedCommunity
    item_ids: Ints
    named: Bools
    """Which recordings have a name to show and are none of the library's by that name, (n,)."""

    @property
    def asked(self) -> bool:
        """Its one factor is how much somebody who knows the listener recommends a recording."""
        return bool(self.keyed.community.factors.items.shape[1] == 1)

    @property
    def rule(self) -> str:
        """Under the title of what is not in the library."""
        listeners = self.keyed.about.n_listeners
        if not listeners:
            return say("Not in your library. {}", self.keyed.about.words)
        return say("Not in your library. From a model of {}", plural(listeners, "listener"))


def as_asked(found: Recommendation) -> Recommendation:
    """The same, its factor named for what it is."""
    evidence = (replace(e, signal="asked", because=None) if e.signal == "factors" else e for e in found.evidence)
    return replace(found, evidence=tuple(evidence))


def load(folders: Sequence[Path], library: Callable[[], Iterable[Called]]) -> Crowd | None:
    """The first of the folders whose model is whole, for a library; ``None`` where there is none.

    A model that is damaged on the disk is passed over, and the log says so: the suggestions do without it.
    """
    if not folders:
        return None
    tracks = list(library())
    by_id = hashed([mbid_key(track.mbid) for track in tracks])
    by_names = hashed([names_key(track.artist, track.title) for track in tracks])
    ids = np.array([track.id for track in tracks], dtype=np.int64)
    for folder in folders:
        try:
            keyed = read_model(folder, np.concatenate([by_id, by_names]), BEYOND)
        except ModelFileError as error:
            log.warning("The model in %s is not used: %s", folder.name, error)
            continue
        give_back()  # reading a model takes several times what stays
        return Crowd(keyed, _item_ids(keyed, ids, by_id, by_names), _named(keyed, by_names))
    return None


def _item_ids(keyed: KeyedCommunity, ids: Ints, by_id: Ints, by_names: Ints) -> Ints:
    """The first track of each recording; a MusicBrainz id says more than names."""
    rows = keyed.rows_of(by_id)
    rows = np.where(rows == NOBODY, keyed.rows_of(by_names), rows)
    found = np.full(len(keyed.keys), NOBODY, dtype=np.int64)
    known = np.flatnonzero(rows != NOBODY)[::-1]
    found[rows[known]] = ids[known]
    return found


def _named(keyed: KeyedCommunity, by_names: Ints) -> Bools:
    named = np.zeros(len(keyed.keys), dtype=bool)
    if keyed.names is not None:
        named[keyed.names.rows()] = True
    here = keyed.rows_of(by_names)
    named[here[here != NOBODY]] = False
    return named


def open_to(crowd: Crowd, barred: frozenset[str]) -> Bools:
    """Which recordings may be found, (n,): named ones, none by an artist the listener wants no more of."""
    codes = np.flatnonzero(np.isin(crowd.keyed.artist_keys, hashed(sorted(barred))))
    return crowd.named & ~np.isin(crowd.keyed.community.artist, codes) if len(codes) else crowd.named


def barred_artists(said: Sequence[Feedback]) -> frozenset[str]:
    """Keys of the artists of whom the listener wants nothing more, as of now."""
    kept = {event.id for event in standing(events.for_recommender(said, Present()))}
    never = (one.artist for one in said if one.said is Said.NEVER_ARTIST and one.id in kept)
    return frozenset(key for artist in never if (key := artist_key(artist)))


def finds(
    crowd: Crowd, found: Sequence[Beyond], barred: frozenset[str], track_of: Callable[[int], Track | None]
) -> tuple[Find, ...]:
    """What was found in words. Names from elsewhere are cut, and are shown as plain text like any other."""
    names = crowd.keyed.names
    if names is None:
        return ()
    made = []
    for one in found:
        artist, title = names.artist(one.row)[:_LONGEST], names.title(one.row)[:_LONGEST]
        if artist.strip() and title.strip() and artist_key(artist) not in barred:
            reason = _reason(one, track_of(one.because), crowd.asked)
            made.append(Find(artist, title, names.mbid(one.row), reason))
    return tuple(made)


def _reason(one: Beyond, because: Track | None, asked: bool) -> str:
    if asked and one.signal == "factors":
        return say("ListenBrainz recommends it to you")
    if because is None or one.signal == "holders":
        return say("{} have it", plural(one.count, "listener"))
    if one.signal == "own_artist":
        return say("You play {}", because.shown_artist)
    if one.signal == "near_artist":
        return say("Listeners of {} like the artist", because.shown_artist)
    if one.signal == "near":
        return say("Others play it with {}", because.title)
    return say("Liked by listeners of {}", because.title)
