"""What the recommender says in English is found again and said in the listener's language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.translated import finder
from app.domain import words
from app.sync.trouble import SENTENCES, told
from recommender.files.errors import ModelFileError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def chinese() -> Iterator[None]:
    words.use(finder("zh_CN"))
    yield
    words.use(None)


def test_every_sentence_is_one_that_the_recommender_says() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "recommender").rglob("*.py"))
    joined = re.sub(r'"\s*\n\s*f?"', "", sources).replace("\\'", "'")
    plain = re.sub(r"\{[^{}]*\}", "{}", joined)
    assert not [text for text in SENTENCES if re.sub(r"\{\w+\}", "{}", text) not in plain]


def test_a_known_sentence_keeps_its_values_in_another_language(chinese: None) -> None:
    assert told(ModelFileError("models.example did not answer in time.")) == "models.example 没有及时回答。"
    assert told(ModelFileError("The server answered with an error (503).")) == "服务器回答出错（503）。"


def test_a_sentence_nobody_knows_is_shown_as_it_is(chinese: None) -> None:
    assert told(ModelFileError("Something new {host} {0} %s")) == "Something new {host} {0} %s"


def test_there_are_no_words_in_languages_that_are_none() -> None:
    assert finder("en") is None
    assert finder("../../etc/passwd") is None
