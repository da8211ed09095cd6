"""What the autoplay lane is filled with: suggestions not heard lately, and never nothing where there is music.

What nobody suggested comes with a reason as well, and without a score: the truth of why it is there.
"""

import logging
import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from app.domain.ids import RecordingKey, TrackId
from app.domain.play import EndedBy
from app.domain.suggestion import Moment, Signal, Suggestion
from app.domain.track import Track
from app.domain.words import say
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions.suggest import Suggester

WINDOW = 500
"""No track, nor another copy of it, comes again within so many plays, unless there is nothing else left."""

_SHORT_MS = 30_000
"""What nobody suggested and is shorter than this comes behind the longer ones: it is rarely music."""

log = logging.getLogger(__name__)


def fill(
    suggester: Suggester, tracks: TrackStore, plays: PlayStore, moment: Moment, count: int, rng: random.Random
) -> list[Suggestion]:
    """At most ``count`` suggestions, the best first; fewer only where the library has no more.

    Suggestions come first, then any track not heard in the window, then what was heard longest ago, last of all what
    plays now. ``moment.waiting`` is what waits in queue and lane.
    """
    recent = [play for play in plays.recent(WINDOW) if play.ended_by is not EndedBy.FAILED]
    heard = list(dict.fromkeys(play.recording_key for play in recent))
    present = suggester.present
    copies = [found for key in heard if (found := present.of_recording(key)) is not None]
    barred = set(copies)
    met = (*(play.track_id for play in recent), *moment.waiting, moment.playing)
    barred |= {one for one in met if one is not None and one in present}
    chosen = _Chosen(tracks, count, frozenset(heard), moment)
    chosen.add(_suggested(suggester, replace(moment, waiting=tuple(barred)), 2 * count))
    if chosen.wants:
        rest = np.setdiff1d(present.ids(), np.array(list(barred), dtype=np.int64), assume_unique=True)
        drawn = tracks.get([TrackId(int(rest[at])) for at in rng.sample(range(len(rest)), min(len(rest), 4 * count))])
        drawn.sort(key=lambda track: 0 < track.duration_ms < _SHORT_MS)
        chosen.add(_plain(drawn, say("Not heard in your last {} plays", WINDOW)))
    if chosen.wants:
        oldest = tracks.get(copies[::-1])
        chosen.add(_plain(oldest, say("Everything was heard lately; this longest ago")), again=True)
    if not chosen.found and not moment.waiting and moment.playing in present:
        only = tracks.get([TrackId(moment.playing)]) if moment.playing is not None else []
        return _plain(only, say("There is nothing else to play"))
    return chosen.found


def _plain(tracks: Iterable[Track], reason: str) -> list[Suggestion]:
    """Tracks that no score has ranked."""
    return [Suggestion(track, 0.0, reason, Signal.YOUR_PLAYS) for track in tracks]


class _Chosen:
    """Tracks on their way into the lane: each recording once, none that waits or plays."""

    def __init__(self, store: TrackStore, count: int, heard: frozenset[RecordingKey], moment: Moment) -> None:
        self.found: list[Suggestion] = []
        self._count, self._heard = count, heard
        known = (*moment.waiting, moment.playing) if moment.playing is not None else moment.waiting
        self._taken = {track.recording_key for track in store.get([one for one in known if one is not None])}

    @property
    def wants(self) -> bool:
        """True while there are too few."""
        return len(self.found) < self._count

    def add(self, suggestions: Iterable[Suggestion], *, again: bool = False) -> None:
        """Takes what is wanted of these; ``again``: what was heard in the window too."""
        for suggestion in suggestions:
            track, key = suggestion.track, suggestion.track.recording_key
            if self.wants and not track.missing and key not in self._taken and (again or key not in self._heard):
                self._taken.add(key)
                self.found.append(suggestion)


def _suggested(suggester: Suggester, moment: Moment, count: int) -> list[Suggestion]:
    """What the recommender says; where it fails, the music must go on."""
    try:
        return list(suggester.suggest(moment, count).suggestions)
    except Exception:  # logged whole; the lane is filled from the library
        log.exception("The recommender could not fill the lane")
        return []
