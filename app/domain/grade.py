"""How good the suggestions are on the listener's own past: the values of a grade."""

from dataclasses import dataclass
from typing import Literal

from app.domain.words import mark

Way = Literal["segue", "most_played", "lately_played", "same_artist", "random"]

LABELS: dict[Way, str] = {
    "segue": mark("Segue"),
    "most_played": mark("Most played"),
    "lately_played": mark("Played lately"),
    "same_artist": mark("Same artist"),
    "random": mark("Random"),
}
"""What each way to pick is called."""


@dataclass(frozen=True, slots=True)
class Score:
    """How one way to pick did: the mean over the moments, 0..1, with its 95 % interval."""

    way: Way
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class QuestionGrade:
    """One question's result."""

    question: str
    name: str
    meaning: str
    moments: int
    scores: tuple[Score, ...]
    """Best first; empty where there were too few moments."""
    winner: Way | None
    """The best one, if it surely beats a random order."""
    rivals: tuple[Way, ...]
    """Those of whom it is not sure that the winner beats them."""
    words: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The whole result. Without a signal there is no winner, and ``words`` say why."""

    listens: int
    questions: tuple[QuestionGrade, ...]
    winner: Way | None
    words: str
    needed: int = 0
    """So many listens are needed before anything can be told; 0 where there are enough."""
