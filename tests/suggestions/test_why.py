"""Reasons name a real track, an artist or a number."""

import pytest

from app.domain.suggestion import Signal
from app.domain.track import Track
from app.storage.tracks import track_from_row
from app.suggestions.why import headline, shares, signal_of, words
from recommender.listener import Evidence

REST = ("Oscar Thorne", "Nocturnes", "", 1, 1, 1987, "Jazz; Bop", 1000, "k", "a", 0, None, 0, None, "", None, 0, None)
TRACK = track_from_row((1, b"/x", "Blue Ledger", *REST))
GLASS = track_from_row((2, b"/y", "Glass River", *REST))


def find(item: int) -> Track | None:
    return {2: GLASS}.get(item)


@pytest.mark.parametrize(
    ("evidence", "line"),
    [
        (Evidence("follows", 1.0, 2, 6), "Followed Glass River 6 times"),
        (Evidence("follows", 1.0, 2, 1), "Followed Glass River once"),
        (Evidence("continues", 1.0, 2, 3), "Came right after Glass River 3 times"),
        (Evidence("round_again", 1.0, 2, 1), "Came after Glass River earlier in this session"),
        (Evidence("session_artist", 1.0, 2, 3), "Same artist as Glass River, like 3 of your last tracks"),
        (Evidence("artist_run", 1.0, 2, 3), "You stay with Oscar Thorne now"),
        (Evidence("week", 1.0, None, 2), "Played twice in the last 7 days"),
        (Evidence("spread", 1.0, None, 1, 1_746_000_000), "Played on 1 day, last in Apr 2025"),
        (Evidence("known", 1.0, None, 400), "Known to you for 400 days"),
        (Evidence("day", -1.0, None, 1), "Heard within the last day"),
        (Evidence("replay", -1.0, None, 1), "Played within the hour; you seldom replay"),
        (Evidence("replay", 1.0, None, 1), "Played within the hour, and you often replay"),
        (Evidence("again", 1.0, None, 1), "Already played in this session"),
        (Evidence("love", 1.0), "You love it"),
        (Evidence("less", -1.0), "You asked for less like this"),
        (Evidence("together", 1.0, 2, 4), "Often played with Glass River"),
        (Evidence("together", 1.0, 2, 1), "Played together with Glass River"),
        (Evidence("recency", 1.0, None, 14, 1_746_000_000), "14 plays, last in Apr 2025"),
        (Evidence("taste_artist", 1.0, None, 22), "22 plays of Oscar Thorne"),
        (Evidence("same_artist", 1.0, 2, 1), "Same artist as Glass River"),
        (Evidence("same_genre", 1.0, 2, 1), "Jazz, like Glass River"),
        (Evidence("taste_year", 1.0, None, 3), "3 plays from the 1980s"),
        (Evidence("library_artist", 1.0, None, 1), "1 track by Oscar Thorne"),
        (Evidence("same_artist", 1.0, 99, 1), "Same artist as what you play now"),
    ],
)
def test_evidence_is_put_into_one_line(evidence: Evidence, line: str) -> None:
    assert words(evidence, TRACK, find) == line


def test_a_pair_with_a_known_track_is_the_headline_when_it_carries_a_fair_share() -> None:
    loud = Evidence("recency", 2.0, None, 9)
    pair, faint = Evidence("follows", 0.6, 2, 3), Evidence("follows", 0.1, 2, 1)
    assert headline((loud, pair)) is pair
    assert headline((loud, faint)) is loud
    assert headline((Evidence("days", -1.0, None, 2),)) is None


def test_what_speaks_against_a_track_has_its_own_hue() -> None:
    assert signal_of("days", -0.2) is Signal.AGAINST
    assert [share.signal for share in shares((Evidence("taste_genre", 1.0, None, 2),), TRACK, find)] == [Signal.TAGS]
