"""The search language: any text is a query, and operators say what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.query import Between, Marked, Part, Words
from app.library.search import parse

DAY_MS = 86_400_000
NOW_MS = 1_000 * DAY_MS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Beyoncé LOVE", [Words("beyonce"), Words("love")]),
        ('"Dark  Side" moon', [Words("dark side"), Words("moon")]),
        ('"dark si', [Words("dark si")]),
        ('artist:"the wall" -live', [Words("the wall", "artist"), Words("live", without=True)]),
        ("ARTIST：周杰倫", [Words("周杰伦", "artist")]),
        ("AC/DC don't", [Words("ac dc"), Words("dont")]),
        ("!!!", [Words("!!!")]),
        ("this - that", [Words("this"), Words("that")]),
        ("year:1990..1999", [Between("year", 1990, 1999)]),
        ("year:1985-1987", [Between("year", 1985, 1987)]),
        ("-year:1985–1987", [Between("year", 1985, 1987, without=True)]),
        ("year：１９８５", [Between("year", 1985, 1985)]),
        ("plays:²", [Words("plays 2")]),
        ("plays:٣", [Words("plays ٣")]),
        ("year:1990s", [Between("year", 1990, 1999)]),
        ("year:90s", [Between("year", 1990, 1999)]),
        ("year:00s", [Between("year", 2000, 2009)]),
        ("year:1999..1990", [Between("year", 1990, 1999)]),
        ("year:1999-1990", [Between("year", 1990, 1999)]),
        ("year: 1990 -artist: pink", [Between("year", 1990, 1990), Words("pink", "artist", without=True)]),
        ('Album:  "the wall"', [Words("the wall", "album")]),
        ("artist: year: 1990", [Between("year", 1990, 1990)]),
        ("artist: -live foo: bar", [Words("live", without=True), Words("foo"), Words("bar")]),
        ("year:..1980", [Between("year", None, 1980)]),
        ("-year:2000", [Between("year", 2000, 2000, without=True)]),
        ("plays:>5", [Between("plays", 6)]),
        ("rating:>=4", [Between("rating", 70)]),
        ("rating:3.5", [Between("rating", 65, 74)]),
        ("rating:>=3,5", [Between("rating", 65)]),
        ("rating:<4.5", [Between("rating", None, 84)]),
        ("rating:3..4.5", [Between("rating", 55, 94)]),
        ("rating:3.5..", [Between("rating", 65)]),
        ("rating:..3.5", [Between("rating", None, 74)]),
        ("rating:1..5", [Between("rating", 10, 109)]),
        ("rating:3.55", [Words("rating 3 55")]),
        ("rating:0", [Between("rating", 0, 9)]),
        ("added:<30d", [Between("added", 970 * DAY_MS)]),
        ("added:>1y", [Between("added", None, 635 * DAY_MS)]),
        ("never-played -missing", [Marked("never-played"), Marked("missing", without=True)]),
        ('"missing"', [Words("missing")]),
        ("year:soon foo:bar", [Words("year soon"), Words("foo bar")]),
        ("artist: year:", []),
        ("", []),
        ("\0\udcff", []),
    ],
)
def test_texts_and_what_they_ask_for(text: str, parts: list[Part]) -> None:
    assert list(parse(text, NOW_MS).parts) == parts


@given(st.text(max_size=200))
def test_any_text_is_a_query(text: str) -> None:
    parse(text, NOW_MS)


def test_a_text_without_end_is_cut() -> None:
    assert len(parse("word " * 200_000).parts) == 1
    assert len(parse(" ".join(f"w{n}" for n in range(300))).parts) == 24
