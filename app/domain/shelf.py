"""A shelf of the home view: covers under a title that says its rule."""

from dataclasses import dataclass

from app.domain.suggestion import Suggestion
from app.domain.sync import Find
from app.domain.track import Album


@dataclass(frozen=True, slots=True)
class Shelf:
    """A title, one line with the rule and its state, and suggestions, albums, or what is not in the library."""

    name: str
    title: str
    rule: str
    suggestions: tuple[Suggestion, ...] = ()
    albums: tuple[Album, ...] = ()
    finds: tuple[Find, ...] = ()
