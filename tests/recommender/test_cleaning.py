import numpy as np

from recommender.cleaning import Rules, clean
from recommender.sessions import Plays

from .small import MINUTE_MS, NOW_S


def plays(items: list[int], first_s: int, each_s: int = 180) -> Plays:
    n = len(items)
    return Plays.of(items, first_s + each_s * np.arange(n), np.full(n, 3 * MINUTE_MS), np.full(n, 3 * MINUTE_MS))


def test_ordinary_listening_is_kept_whole() -> None:
    week = [plays([day * 20 + n for n in range(20)] * 2, NOW_S - (9 - day) * 86_400) for day in range(7)]
    everything = week[0]
    for day in week[1:]:
        everything = everything.and_then(day)
    kept, report = clean(everything, NOW_S)
    assert (len(kept), report.removed, report.lines()) == (len(everything), 0, [])


def test_plays_written_twice_and_broken_clocks_are_removed() -> None:
    good = plays([1, 2, 3], NOW_S - 5_000)
    broken = Plays.of([1, 1], [-5, NOW_S + 60], [1, 1])
    kept, report = clean(good.and_then(broken).and_then(good.take([1])), NOW_S)
    assert kept.item_id.tolist() == [1, 2, 3]
    assert (report.impossible_times, report.duplicates) == (2, 1)
    assert report.lines() == ["2 plays at an impossible time.", "1 play written twice."]


def test_one_track_left_on_repeat_overnight_keeps_one_play() -> None:
    kept, report = clean(plays([1, 2] + [9] * 150 + [3], NOW_S - 86_400), NOW_S)
    assert kept.item_id.tolist() == [1, 2, 9, 3]
    assert report.loops == 149


def test_an_album_on_repeat_for_hours_keeps_its_first_round() -> None:
    album = list(range(10, 20))
    kept, report = clean(plays([*album * 8, 3], NOW_S - 86_400), NOW_S)
    assert kept.item_id.tolist() == [*album, 3]
    assert report.loops == 70


def test_a_track_played_again_for_an_hour_is_love() -> None:
    assert clean(plays([9] * 20, NOW_S - 86_400), NOW_S)[1].removed == 0


def test_what_played_to_a_sleeper_is_removed() -> None:
    long = plays(list(range(400)), NOW_S - 86_400)
    kept, report = clean(long, NOW_S)
    assert len(kept) == 12 * 20
    assert report.sleeping == 160
    assert clean(long, NOW_S, Rules(session_s=100_000))[1].removed == 0


def test_nothing_and_one_play_are_clean() -> None:
    assert clean(Plays.none(), NOW_S)[1].kept == 0
    assert clean(plays([1], NOW_S - 10), NOW_S)[1].kept == 1
