"""A shelf of the home view: covers under a title that says its rule."""

from dataclasses import dataclass

from app.domain.suggestion import Suggestion
from app.domain.track import Album


@dataclass(frozen=True, slots=True)
class Shelf:
    """A title, one line with the rule and its state, and either suggestions or albums."""

    name: str
    title: str
    rule: str
    suggestions: tuple[Suggestion, ...] = ()
    albums: tuple[Album, ...] = ()
