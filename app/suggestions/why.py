"""A recommendation's evidence in words. Each reason names a real track, a real artist or a number."""

import datetime
from collections.abc import Callable

from app.domain.suggestion import Evidence, Signal
from app.domain.track import Track
from app.domain.words import plural
from recommender import listener

SIGNALS: dict[str, Signal] = {
    "follows": Signal.WHAT_FOLLOWS,
    "continues": Signal.WHAT_FOLLOWS,
    "together": Signal.WHAT_FOLLOWS,
    "round_again": Signal.WHAT_FOLLOWS,
    "recency": Signal.YOUR_PLAYS,
    "week": Signal.YOUR_PLAYS,
    "day": Signal.YOUR_PLAYS,
    "days": Signal.YOUR_PLAYS,
    "spread": Signal.YOUR_PLAYS,
    "known": Signal.YOUR_PLAYS,
    "again": Signal.YOUR_PLAYS,
    "replay": Signal.YOUR_PLAYS,
    "love": Signal.YOUR_PLAYS,
    "session_artist": Signal.SAME_ARTIST,
    "artist_run": Signal.SAME_ARTIST,
    "artist": Signal.SAME_ARTIST,
    "taste_artist": Signal.SAME_ARTIST,
    "same_artist": Signal.SAME_ARTIST,
    "library_artist": Signal.SAME_ARTIST,
}
"""Every other signal comes from tags."""

_SELDOM_SAID = {"unheard", "known", "again", "replay", "artist_run"}
"""Never the headline: they say little about this very track."""


def signal_of(name: str, amount: float) -> Signal:
    """The hue of a share: what speaks against a track has its own."""
    return Signal.AGAINST if amount < 0 else SIGNALS.get(name, Signal.TAGS)


def headline(evidence: tuple[listener.Evidence, ...]) -> listener.Evidence | None:
    """The evidence to show under the title: the loudest that speaks for it and tells a fact.

    A pair with a track that the listener knows says more than a count, so it goes first where it carries a fair share.
    """
    facts = [e for e in evidence if e.amount > 0 and e.signal not in _SELDOM_SAID]
    pairs = [e for e in facts if e.because is not None and e.count > 0]
    if pairs and facts and pairs[0].amount >= facts[0].amount / 4:
        return pairs[0]
    return facts[0] if facts else None


def words(fact: listener.Evidence, track: Track, because: Callable[[int], Track | None]) -> str:
    """One line that says what this evidence is, for the track it speaks for."""
    other = because(fact.because) if fact.because is not None else None
    name = other.title if other is not None else "what you play now"
    by, count = track.shown_artist, fact.count
    match fact.signal:
        case "follows":
            return f"Followed {name}" + (f" {_times(count)}" if count > 0 else "")
        case "continues":
            return f"Came right after {name} {_times(count)}"
        case "round_again":
            return f"Came after {name} earlier in this session"
        case "together":
            return f"Often played with {name}" if count > 1 else f"Played together with {name}"
        case "recency":
            return f"Played {_times(count)}{_since(fact.last_s)}" if count else "Not played yet"
        case "week":
            return f"Played {_times(count)} in the last 7 days"
        case "day":
            return "Heard within the last day"
        case "again":
            return "Already played in this session"
        case "replay":
            return "Played within the hour" + (", and you often replay" if fact.amount > 0 else "; you seldom replay")
        case "known":
            return f"Known to you for {plural(count, 'day')}"
        case "spread":
            return f"Played on {plural(count, 'day')}{_since(fact.last_s)}"
        case "session_artist":
            return f"Same artist as {name}" + (f", like {count} of your last tracks" if count > 1 else "")
        case "artist_run":
            return f"You stay with {by} now" if track.shown_artist else "You stay with this artist now"
        case "love":
            return "You love it"
        case "less":
            return "You asked for less like this"
        case "days":
            return f"Played on {plural(count, 'day')}"
        case "artist" | "taste_artist":
            return f"{plural(count, 'play')} of {by}" if count else f"By {by}"
        case "taste_album":
            return f"{plural(count, 'play')} from this album"
        case "taste_genre":
            return f"{plural(count, 'play')} of {_genre(track)}"
        case "taste_year":
            return f"{plural(count, 'play')} from {_years(track)}"
        case "same_artist":
            return f"Same artist as {name}"
        case "same_album":
            return f"Same album as {name}"
        case "same_genre":
            return f"{_genre(track)}, like {name}"
        case "same_year":
            return f"From {track.year}, near {name}" if track.year else f"Near {name} in time"
        case "library_artist":
            return f"{plural(count, 'track')} by {by}"
        case "library_genre":
            return f"{_genre(track)}, {plural(count, 'track')}"
        case "library_year":
            return f"From {_years(track)}, {plural(count, 'track')}"
        case "unheard":
            return "Not heard yet"
    return "Tags in common"


def shares(
    evidence: tuple[listener.Evidence, ...], track: Track, because: Callable[[int], Track | None]
) -> tuple[Evidence, ...]:
    """All evidence in words; the amounts still add up to the score."""
    return tuple(Evidence(signal_of(e.signal, e.amount), words(e, track, because), e.amount) for e in evidence)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _since(last_s: int | None) -> str:
    if last_s is None:
        return ""
    return f", last in {datetime.datetime.fromtimestamp(last_s, datetime.UTC).strftime('%b %Y')}"


def _genre(track: Track) -> str:
    return track.genre.split(";")[0].strip() or "the same genre"


def _years(track: Track) -> str:
    return f"the {track.year // 10 * 10}s" if track.year else "the same years"
