"""What others ask the suggester beside the lists of the window: the suggester is touched by one job at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.errors import SegueError
from app.domain.suggestion import Moment

if TYPE_CHECKING:  # numpy is for the job: the window does not wait for it
    from app.suggestions.suggest import Suggester

Work = Callable[["Suggester", Moment], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Work for the suggester's job, and who waits for what comes of it."""

    work: Work
    done: Callable[[Any], None]
    failed: Callable[[SegueError], None]


def answered(questions: Sequence[Question], suggester: "Suggester", moment: Moment) -> list[Callable[[], None]]:
    """In the job: what is to be called with each answer. Known trouble of one is none of the others."""
    return [_answer(question, suggester, moment) for question in questions]


def _answer(question: Question, suggester: "Suggester", moment: Moment) -> Callable[[], None]:
    try:
        found = question.work(suggester, moment)
    except SegueError as error:
        trouble = error
        return lambda: question.failed(trouble)
    return lambda: question.done(found)
