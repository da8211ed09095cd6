"""The words that are said, in English and in another language."""

from collections.abc import Iterator

import pytest

from app.domain import words
from app.domain.words import plural, say

CHINESE = {"Played {} of {}": "共 {1} 首，放了 {0} 首", "%n track": "%n 首曲目", "Broken {}": "{} {} {}", "Bad {}": "{"}


@pytest.fixture
def chinese() -> Iterator[None]:
    words.use(lambda text, _count: CHINESE.get(text, ""))
    yield
    words.use(None)


def test_without_a_language_everything_is_said_in_english() -> None:
    assert say("Played {} of {}", 1, 3) == "Played 1 of 3"
    assert say("100 {") == "100 {"
    assert plural(1, "track") == "1 track"
    assert plural(0, "entry", "entries") == "0 entries"


@pytest.mark.usefixtures("chinese")
def test_a_language_may_put_the_values_in_another_order() -> None:
    assert say("Played {} of {}", 1, 3) == "共 3 首，放了 1 首"
    assert plural(2000, "track") == "2,000 首曲目"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("text", ["Unknown {}", "Broken {}", "Bad {}"])
def test_a_text_without_a_fitting_translation_is_said_in_english(text: str) -> None:
    assert say(text, "x") == text.format("x")


@pytest.mark.usefixtures("chinese")
def test_a_value_is_never_taken_for_words() -> None:
    assert say("Unknown {}", "{0.__class__} %n track") == "Unknown {0.__class__} %n track"
