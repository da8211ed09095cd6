import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.keys import NO_KEY, artist_key, hashed, mbid_key, names_key

MBID = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Sigur Rós", "Svefn-g-englar"), ("SIGUR ROS", "svefn g englar")),
        (("Jay-Z feat. Alicia Keys", "Empire State of Mind"), ("Jay-Z", "Empire State Of Mind (feat. Alicia Keys)")),
        (("The Beatles", "Help!"), ("the beatles", "Help! - Remastered 2009")),
        (("The Beatles", "Help!"), ("The Beatles", "Help! (2009 Remaster)")),
        (("Guns N’ Roses", "Don't Cry"), ("Guns N' Roses", "Dont Cry")),
        (("ＹＭＯ", "ライディーン"), ("YMO", "ﾗｲﾃﾞｨｰﾝ")),
    ],
)
def test_what_listeners_write_differently_is_one_recording(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert names_key(*one) == names_key(*other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Portishead", "Roads"), ("Portishead", "Roads (Live)")),
        (("Portishead", "Roads"), ("Portishead", "Roads - Remix")),
        (("Ab", "C"), ("A", "Bc")),
        (("!!!", "Yadnus"), ("???", "Yadnus")),
        (("Sault", "(featuring)"), ("Sault", "(ft)")),
        (("王菲", "红豆"), ("王菲", "紅豆 (Live)")),
    ],
)
def test_other_recordings_stay_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert "" != names_key(*one) != names_key(*other) != ""


def test_a_name_that_is_missing_makes_no_key() -> None:
    assert names_key("", "Roads") == names_key("Portishead", " ") == artist_key("\t") == mbid_key("no id") == ""
    assert mbid_key(MBID.upper()) == f"mbid:{MBID}"
    assert hashed([""]).tolist() == [NO_KEY]


def test_hashes_stay_the_same_on_every_machine() -> None:
    found = hashed([names_key("Portishead", "Roads"), artist_key("Portishead"), mbid_key(MBID)])
    assert found.tolist() == [232887752458529, 205784425813264, 264314568688483]
    assert found.dtype == np.int64


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_makes_a_key_that_makes_itself_again(artist: str, title: str) -> None:
    key = names_key(artist, title)
    assert (0 <= hashed([key])[0] < 2**48) == bool(key)
    if key:
        assert key.count("\x1f") == 1
