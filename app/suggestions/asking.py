"""What other programs ask about suggestions, as plain work for a job: words in, plain values out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.config.file_uri import uri_of_path
from app.domain.errors import SegueError
from app.domain.feedback import Feedback, FeedbackId, Said
from app.domain.play import Play, is_listen, is_skip
from app.domain.suggestion import Dial, Moment, Suggestion, SuggestionList
from app.domain.track import Track
from app.storage.feedback import FeedbackStore
from app.suggestions.lookup import Lookup, artist_of

if TYPE_CHECKING:  # numpy, which the job has
    from app.suggestions.suggest import Suggester

_MBID = "mbid:"


class NotSuggested(SegueError):
    """There is nothing to explain about a track."""


class NothingSaid(SegueError):
    """There is nothing to take back."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A list, and the seeds that Segue does not know."""

    found: SuggestionList
    unknown: tuple[str, ...]


def recommend(
    suggester: "Suggester", moment: Moment, lookup: Lookup, seeds: Sequence[str], count: int, dial: Dial
) -> Recommended:
    """For these seeds, in place of what is playing; else for the artist of one that is not in the library.

    Without any of that, for the moment as it is.
    """
    tracks = {seed: lookup.track(seed) for seed in seeds}
    known = tuple(dict.fromkeys(track.id for track in tracks.values() if track is not None))
    unknown = tuple(seed for seed, track in tracks.items() if track is None)
    artist = next((named for seed in unknown if (named := artist_of(seed))), "")
    if artist and not known:
        moment = replace(moment, playing=None, artist=artist)
    return Recommended(suggester.suggest(replace(moment, seeds=known, dial=dial), count), unknown)


def why(suggester: "Suggester", moment: Moment, track: Track) -> Suggestion:
    """What speaks for a track at this moment, wherever a list would have it.

    Raises:
        NotSuggested: its file is not there, so that no list can.
    """
    one = suggester.explain(track, moment)
    if one is None:
        raise NotSuggested(f"The file of {track.title!r} is not there, so Segue does not suggest it.")
    return one


def to_take_back(store: FeedbackStore, feedback_id: FeedbackId) -> Feedback:
    """What was said.

    Raises:
        NothingSaid: nothing was, or it was taken back.
    """
    feedback = store.get(feedback_id)
    if feedback is None or feedback.said is Said.UNDO or store.undone(feedback_id):
        raise NothingSaid(f"There is nothing with the number {feedback_id} to take back.")
    return feedback


def track_values(track: Track) -> dict[str, object]:
    """A track as others are told of it. ``start_ms`` and ``end_ms`` for a part of a file."""
    values: dict[str, object] = {
        "track": f"track:{track.id}" if track.in_library else "",
        "uri": uri_of_path(track.file),
        "title": track.title,
        "artist": track.artist or track.album_artist,
        "album": track.album,
        "duration_ms": track.duration_ms,
    }
    if track.recording_key.startswith(_MBID):
        values["mbid"] = track.recording_key.removeprefix(_MBID)
    if track.source_path is not None:
        values["start_ms"] = track.start_ms
    if track.end_ms is not None:
        values["end_ms"] = track.end_ms
    return values


def suggestion_values(suggestion: Suggestion) -> dict[str, object]:
    """The same of a suggestion."""
    return {
        **track_values(suggestion.track),
        "score": float(suggestion.score),
        "reason": suggestion.reason,
        "signal": suggestion.signal.value,
    }


def play_values(play: Play) -> dict[str, object]:
    """The same of a play; ``client`` names the player it was heard in."""
    return {
        "track": f"track:{play.track_id}" if play.track_id is not None else "",
        "title": play.title,
        "artist": play.artist,
        "album": play.album,
        "duration_ms": play.duration_ms,
        "started_at_ms": play.started_at,
        "played_ms": play.played_ms,
        "started_by": play.started_by.value,
        "ended_by": play.ended_by.value,
        "listen": is_listen(play.played_ms, play.duration_ms),
        "skip": is_skip(play.played_ms, play.duration_ms, play.ended_by),
        "client": play.client,
    }
