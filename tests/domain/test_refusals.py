"""Kept reasons are English, and shown in the listener's language."""

from collections.abc import Iterator

import pytest

from app.domain import words
from app.domain.refusals import _REASONS, TOO_SHORT, told


@pytest.fixture
def _marked() -> Iterator[None]:
    words.use(lambda text, _count: f"⟦{text}⟧")
    yield
    words.use(None)


@pytest.mark.parametrize("text", _REASONS)
def test_every_reason_is_found_again_with_its_values(text: str) -> None:
    kept = text.format(12)
    assert told(kept) == kept


@pytest.mark.usefixtures("_marked")
def test_a_reason_is_shown_in_the_language_with_its_values_and_they_are_no_words() -> None:
    assert told(TOO_SHORT.format(10)) == f"⟦{TOO_SHORT.format(10)}⟧"
    assert told("The sound file “{0} 100 %” of this cue sheet is not there.").startswith("⟦The sound file “{0} 100 %”")
    assert told("It is empty.") == "⟦It is empty.⟧"


@pytest.mark.usefixtures("_marked")
@pytest.mark.parametrize("reason", ["", "Nobody said this.", "{", "It could not be read: "])
def test_a_reason_nobody_knows_stays_as_it_is(reason: str) -> None:
    assert told(reason) == reason
