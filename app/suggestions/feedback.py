"""Feedback from the window: what it would change, saying it, and taking it back."""

from dataclasses import dataclass

from app.domain.feedback import Feedback, Said
from app.domain.suggestion import Moment, SuggestionList
from app.domain.track import Track
from app.domain.words import plural, say
from app.storage.feedback import FeedbackStore
from app.suggestions.suggest import PANEL, Suggester


@dataclass(frozen=True, slots=True)
class Move:
    """A suggestion that stays, at another place (from 0)."""

    track: Track
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """What feedback would do to the panel's list."""

    enter: tuple[Track, ...]
    leave: tuple[Track, ...]
    move: tuple[Move, ...]
    after: SuggestionList

    @property
    def nothing(self) -> bool:
        """Whether the list would stay as it is."""
        return not (self.enter or self.leave or self.move)


def preview(suggester: Suggester, said: Said, track: Track, moment: Moment, count: int = PANEL) -> Change:
    """Which suggestions would change. Nothing is stored, and the suggester is as it was afterwards."""
    before = suggester.suggest(moment, count)
    after = suggester.suggest_if(_saying(said, track, moment.now_ms), moment, count)
    return change(before, after)


def change(before: SuggestionList, after: SuggestionList) -> Change:
    """What enters, leaves and moves between two lists."""
    old = {suggestion.track.id: place for place, suggestion in enumerate(before.suggestions)}
    new = {suggestion.track.id: place for place, suggestion in enumerate(after.suggestions)}
    return Change(
        enter=tuple(s.track for s in after.suggestions if s.track.id not in old),
        leave=tuple(s.track for s in before.suggestions if s.track.id not in new),
        move=tuple(
            Move(s.track, old[s.track.id], place)
            for place, s in enumerate(after.suggestions)
            if s.track.id in old and old[s.track.id] != place
        ),
        after=after,
    )


def effect(found: Change) -> str:
    """What a change comes to, in words: ``2 suggestions leave, 5 move``."""
    if found.nothing:
        return say("no suggestion changes")
    parts = []
    if found.leave:
        parts.append(plural(len(found.leave), "suggestion leaves", "suggestions leave"))
    if found.move:
        moved = len(found.move)
        parts.append(plural(moved, "moves", "move") if parts else plural(moved, "suggestion moves", "suggestions move"))
    return say(", ").join(parts) or say("{} more", plural(len(found.enter), "suggestion"))


def apply(store: FeedbackStore, said: Said, track: Track, now_ms: int) -> Feedback:
    """Says it: one more row. The suggester takes it in when it catches up."""
    return store.append(_saying(said, track, now_ms))


def undo(store: FeedbackStore, feedback: Feedback, now_ms: int) -> Feedback:
    """Takes it back, exactly: one more row. An undo can be undone too.

    Raises:
        ValueError: it was never stored.
    """
    if feedback.id is None:
        raise ValueError("only feedback that was said can be taken back")
    return store.append(
        Feedback(
            Said.UNDO,
            feedback.track_id,
            feedback.recording_key,
            feedback.title,
            feedback.artist,
            now_ms,
            undoes=feedback.id,
        )
    )


def _saying(said: Said, track: Track, now_ms: int) -> Feedback:
    return Feedback(
        said, track.id if track.in_library else None, track.recording_key, track.title, track.artist, now_ms
    )
