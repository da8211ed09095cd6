"""A recommendation's evidence in words. Each reason names a real track, a real artist or a number."""

from collections.abc import Callable

from app.domain.dates import month
from app.domain.suggestion import Evidence, Signal
from app.domain.track import Track
from app.domain.words import plural, say
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
    "own_artist": Signal.SAME_ARTIST,
    "near": Signal.MANY,
    "near_lately": Signal.MANY,
    "factors": Signal.MANY,
    "asked": Signal.MANY,
    "near_artist": Signal.MANY,
    "holders": Signal.MANY,
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
    name = other.title if other is not None else say("what you play now")
    by, count = track.shown_artist, fact.count
    match fact.signal:
        case "follows":
            return (
                say("Followed {name} {times}", name=name, times=_times(count))
                if count > 0
                else say("Followed {}", name)
            )
        case "continues":
            return say("Came right after {name} {times}", name=name, times=_times(count))
        case "round_again":
            return say("Came after {} earlier in this session", name)
        case "together":
            return say("Often played with {}" if count > 1 else "Played together with {}", name)
        case "recency":
            return _since(plural(count, "play"), fact.last_s) if count else say("Not played yet")
        case "week":
            return say("Played {} in the last 7 days", _times(count))
        case "day":
            return say("Heard within the last day")
        case "again":
            return say("Already played in this session")
        case "replay":
            often = fact.amount > 0
            return say(
                "Played within the hour, and you often replay" if often else "Played within the hour; you seldom replay"
            )
        case "known":
            return say("Known to you for {}", plural(count, "day"))
        case "spread":
            return _since(say("Played on {}", plural(count, "day")), fact.last_s)
        case "session_artist":
            if count > 1:
                return say("Same artist as {name}, like {count} of your last tracks", name=name, count=count)
            return say("Same artist as {}", name)
        case "artist_run":
            return say("You stay with {} now", by) if track.shown_artist else say("You stay with this artist now")
        case "love":
            return say("You love it")
        case "less":
            return say("You asked for less like this")
        case "days":
            return say("Played on {}", plural(count, "day"))
        case "near" | "near_lately":
            return say("Others play it with {}", name)
        case "factors":
            return say("Liked by listeners of {}", name)
        case "asked":
            return say("ListenBrainz recommends it to you")
        case "near_artist":
            return say("Listeners of {} like the artist", other.shown_artist if other is not None else name)
        case "holders":
            return say("{} have it", plural(count, "listener"))
        case "artist" | "taste_artist" | "own_artist":
            return say("{plays} of {name}", plays=plural(count, "play"), name=by) if count else say("By {}", by)
        case "taste_album":
            return say("{} from this album", plural(count, "play"))
        case "taste_genre":
            return say("{plays} of {name}", plays=plural(count, "play"), name=_genre(track))
        case "taste_year":
            return say("{plays} from {years}", plays=plural(count, "play"), years=_years(track))
        case "same_artist":
            return say("Same artist as {}", name)
        case "same_album":
            return say("Same album as {}", name)
        case "same_genre":
            return say("{genre}, like {name}", genre=_genre(track), name=name)
        case "same_year":
            if track.year:
                return say("From {year}, near {name}", year=track.year, name=name)
            return say("Near {} in time", name)
        case "library_artist":
            return say("{tracks} by {name}", tracks=plural(count, "track"), name=by)
        case "library_genre":
            return f"{_genre(track)}, {plural(count, 'track')}"
        case "library_year":
            return say("From {years}, {tracks}", years=_years(track), tracks=plural(count, "track"))
        case "unheard":
            return say("Not heard yet")
    return say("Tags in common")


def shares(
    evidence: tuple[listener.Evidence, ...], track: Track, because: Callable[[int], Track | None]
) -> tuple[Evidence, ...]:
    """All evidence in words; the amounts still add up to the score."""
    return tuple(Evidence(signal_of(e.signal, e.amount), words(e, track, because), e.amount) for e in evidence)


def _times(count: int) -> str:
    return say("once") if count == 1 else say("twice") if count == 2 else plural(count, "time")


def _since(played: str, last_s: int | None) -> str:
    if last_s is None:
        return played
    return say("{played}, last in {month}", played=played, month=month(last_s))


def _genre(track: Track) -> str:
    return track.genre.split(";")[0].strip() or say("the same genre")


def _years(track: Track) -> str:
    return say("the {}s", track.year // 10 * 10) if track.year else say("the same years")
