"""Numbers and dates as people and programs write them."""

import pytest

from app.library.numbers import date, decimal, isrc
from app.library.ratings import share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-7.25 dB", -7.25), ("+.9 dB", 0.9), ("-.53 dB", -0.53), ("\u22126.5 dB", -6.5), ("\u20136,5", -6.5),
        ("9.5e-01", 0.95), (".988", 0.988), ("No.5", 5.0), ("3", 3.0), ("2 em", 2.0), ("1e999", 1.0), ("", None),
        ("dB", None), (".", None), ("-", None),
    ],
)  # fmt: skip
def test_decimal_numbers_are_read_with_their_sign_and_point(text: str, value: float | None) -> None:
    assert decimal([text], -60, 60) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1997-05-21", "1997-05-21"), ("19970521", "1997-05-21"), ("21051997", "1997-05-21"),
        ("05211997", "1997-05-21"),
        ("05061997", "1997"), ("05051997", "1997-05-05"), ("1997-13", "1997"), ("1997-05-00", "1997-05"),
        ("5/21/1997", "1997"), ("\uff12\uff10\uff10\uff11", "2001"), ("c. 1972", "1972"), ("2001-2003", "2001"),
        ("2001-00-00", "2001"), ("99999999", ""), ("00000000", ""), ("97", ""), ("", ""),
        ("2005-05-03T07:00:00Z", "2005-05-03"),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_order_they_must_be_in(text: str, day: str) -> None:
    assert date([text]) == day


@pytest.mark.parametrize(("text", "stars"), [(".8", 80), ("0.8", 80), ("0,8", 80), ("1.0", 100), ("4", 80)])
def test_shares_are_ratings_with_and_without_a_nought(text: str, stars: int) -> None:
    assert share([text]) == stars


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US-RC1-76-07839", "USRC17607839"), ("TWK970500101/TWK970500102", "TWK970500101"),
        ("twk970500101; TWK970500102", "TWK970500101"), ("TWK9705001012", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_first_of_several_recording_codes_counts(text: str, code: str) -> None:
    assert isrc([text]) == code
