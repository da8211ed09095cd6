"""Text is made safe to store, show and compare."""

import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import recording
from app.domain.clean import clean, shown_path
from app.domain.text import fold, sort_form
from app.domain.words import plural


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Été\tsans\nfin ", "Été sans fin"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u202eevil\u202c", "evil"),
        ("\udcff broken", "broken"),
        ("夜の桜", "夜の桜"),
        ("", ""),
    ],
)
def test_cleaning_keeps_what_people_read(raw: str, kept: str) -> None:
    assert clean(raw) == kept


def test_a_title_of_two_megabytes_is_cut() -> None:
    assert len(clean("x" * 2_000_000)) == 1000


@given(st.text(max_size=50))
def test_cleaned_and_folded_text_can_be_stored(text: str) -> None:
    clean(text).encode("utf-8")
    assert fold(fold(clean(text))) == fold(clean(text))


def test_folding_ignores_case_accents_width_and_spacing() -> None:
    assert fold("ＡＢＣ  Été") == "abc ete" == fold("abc ETE")


def test_sorting_ignores_a_leading_article_and_puts_the_nameless_last() -> None:
    names = ["The Copper Wolves", "Banjo", "", "a dune", "The"]
    assert sorted(names, key=sort_form) == ["Banjo", "The Copper Wolves", "a dune", "The", ""]


def test_a_path_of_odd_bytes_can_be_shown() -> None:
    assert shown_path(b"/m/caf\xe9\n\x01x.mp3") == "/m/caf\ufffd\u2424\ufffdx.mp3"
    assert shown_path("/m/a\u202e3pm.exe\u2066\x1b[31m".encode()) == "/m/a\ufffd3pm.exe\ufffd\ufffd[31m"


def test_of_a_very_long_path_the_ends_are_shown() -> None:
    shown = shown_path(b"/start/" + b"deep/" * 800 + b"end.mp3")
    assert len(shown) < 600
    assert (shown[:7], shown[-8:]) == ("/start/", "/end.mp3")


def test_numbers_are_said_with_their_noun() -> None:
    assert plural(1, "track") == "1 track"
    assert plural(2000, "track") == "2,000 tracks"


@pytest.mark.parametrize("form", [recording.fold, recording.key_form, sort_form])
def test_thousands_of_very_long_names_are_not_remembered(form: Callable[[str], str]) -> None:
    tracemalloc.start()
    try:
        for number in range(500):
            form(f"{number} " + "\u0416" * 990)
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 200_000
    assert form("Été") == "ete"
