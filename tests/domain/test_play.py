"""What counts as a listen and what as a skip."""

import pytest

from app.domain.play import EndedBy, is_listen, is_skip

MINUTE = 60_000


@pytest.mark.parametrize(
    ("played_ms", "duration_ms", "counts"),
    [
        (100_000, 200_000, True),
        (99_999, 200_000, False),
        (4 * MINUTE, 60 * MINUTE, True),
        (4 * MINUTE - 1, 60 * MINUTE, False),
        (3 * MINUTE, 0, False),
        (4 * MINUTE, 0, True),
        (0, 1, False),
    ],
)
def test_half_the_track_or_four_minutes_counts(played_ms: int, duration_ms: int, counts: bool) -> None:
    assert is_listen(played_ms, duration_ms) is counts


@pytest.mark.parametrize(
    ("ended_by", "skipped"),
    [(EndedBy.SKIPPED, True), (EndedBy.REJECTED, True), (EndedBy.FAILED, False), (EndedBy.REPLACED, False)],
)
def test_only_the_listener_skips(ended_by: EndedBy, skipped: bool) -> None:
    assert is_skip(5_000, 200_000, ended_by) is skipped


def test_a_track_left_near_its_end_was_no_skip() -> None:
    assert not is_skip(190_000, 200_000, EndedBy.SKIPPED)
