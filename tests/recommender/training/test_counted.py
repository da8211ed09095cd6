from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.keys import hashed, mbid_key, names_key
from recommender.training.counted import LATEST_S, MOST_PLAYS, Counted, Rules, counted
from recommender.training.listens import read_listens
from recommender.training.resolve import Resolved, resolved

from .lines import MBIDS, NOON, flat, written

EASY = Rules(least_listeners=1, held_out=0)


def of(folder: Path, lines: list[dict[str, Any]], rules: Rules = EASY) -> Counted:
    listens = read_listens([written(folder / "a.jsonl", lines)])
    return counted(listens, resolved(listens), rules)


def keys_of(folder: Path, lines: list[dict[str, Any]]) -> tuple[Resolved, list[int]]:
    found = resolved(read_listens([written(folder / "a.jsonl", lines)]))
    return found, [int(found.keys[item]) if item >= 0 else -1 for item in found.item]


def plays(found: Counted) -> dict[tuple[int, int], int]:
    cells = found.cells
    keys = found.items[cells.item].tolist()
    return dict(zip(zip(cells.listener.tolist(), keys, strict=True), cells.plays.tolist(), strict=True))


def key(artist: str, title: str) -> int:
    return int(hashed([names_key(artist, title)])[0])


def test_an_id_and_a_name_meet_in_the_name_most_give_it(tmp_path: Path) -> None:
    lines = [
        flat("a", 1, "Björk", "Jóga", MBIDS[1]),
        flat("b", 2, "bjork", "joga", MBIDS[1]),
        flat("c", 3, "Bjork", "Yoga", MBIDS[1]),
        flat("d", 4, "", "", MBIDS[1]),
        flat("e", 5, "BJÖRK", "JÓGA"),
        flat("f", 6, "", "", MBIDS[2]),
        flat("g", 7, "Bjork", "Yoga"),
        flat("h", 8, "Bjork", ""),
    ]
    found, keys = keys_of(tmp_path, lines)
    joga = key("Björk", "Jóga")
    assert keys == [joga, joga, joga, joga, joga, int(hashed([mbid_key(MBIDS[2])])[0]), key("Bjork", "Yoga"), -1]
    assert (
        sorted(found.mbid_keys.tolist())
        == found.mbid_keys.tolist()
        == sorted(hashed([mbid_key(MBIDS[1]), mbid_key(MBIDS[2])]).tolist())
    )


def test_listens_that_were_none_are_left_out_and_counted(tmp_path: Path) -> None:
    lines: list[Any] = [
        flat("a", NOON, "X", "1"),
        flat("a", NOON, "x", "1"),  # told twice
        flat("a", NOON + 200, "X", "2"),  # cut short by the next
        flat("a", NOON + 220, "X", "3"),
        {**flat("a", NOON + 900, "X", "4"), "played_ms": 29_999},
        {**flat("a", NOON + 1900, "X", "5"), "played_ms": 30_000},
        flat("a", NOON + 1910, "X", "6"),
        flat("b", NOON + 1911, "X", "6"),
        flat("a", 0, "X", "7"),
        flat("a", LATEST_S + 1, "X", "7"),
        flat("", NOON, "X", "7"),
        flat("a", NOON, "", "7"),
        "no json",
    ]
    found = of(tmp_path, lines)
    left = found.left
    assert (left.unread, left.nameless, left.impossible, left.twice, left.cut_short) == (1, 2, 2, 1, 2)
    assert plays(found) == {(0, key("X", t)): 1 for t in "1356"} | {(1, key("X", "6")): 1}
    assert found.n_listens == 5
    assert len(left.lines()) == 5


def test_nobody_is_louder_than_the_cap(tmp_path: Path) -> None:
    lines = [flat("a", NOON + 200 * n, "X", "1") for n in range(MOST_PLAYS + 5)]
    lines += [flat("a", NOON + 90_000 + 200 * n, "X", str(n % 3 + 2)) for n in range(7)]
    found = of(tmp_path, lines, Rules(least_listeners=1, most_items=2))
    assert plays(found) == {(0, key("X", "1")): MOST_PLAYS, (0, key("X", "2")): 3}


def test_what_few_have_is_nobodys_business(tmp_path: Path) -> None:
    lines = [
        flat(user, NOON + 200 * n, "X" if n < 2 else "Rare", str(n))
        for user in "abc"
        for n in range(4)
        if (user, n) != ("a", 1)
    ]
    lines += [flat("a", NOON, "Rarer", "9")]
    found = of(tmp_path, lines, Rules(least_listeners=3, held_out=0))
    assert found.items.tolist() == sorted([key("X", "0"), key("Rare", "2"), key("Rare", "3")])
    assert len(found.artists) == 2
    found = of(tmp_path, lines, Rules(least_listeners=4, held_out=0))
    assert len(found.items) == len(found.artists) == len(found.cells.item) == 0


def test_an_artist_of_many_recordings_few_listeners_have_is_left_out(tmp_path: Path) -> None:
    lines = [flat(user, NOON, "Known", "1") for user in "ab"] + [
        flat("a", NOON, "Rare", "2"),
        flat("b", NOON + 99, "", "", MBIDS[3]),
    ]
    found = of(tmp_path, lines, Rules(least_listeners=1, held_out=0))
    assert len(found.artists) == 2
    found = of(tmp_path, lines, Rules(least_listeners=2, held_out=0))
    assert found.artist_of.tolist() == [0]


def test_those_held_out_are_asked_and_never_learned_from(tmp_path: Path) -> None:
    lines = [flat(f"user {n}", NOON + 300 * t, "X", str((n + t) % 7)) for n in range(300) for t in range(3)]
    found = of(tmp_path, lines, Rules(least_listeners=1, held_out=10))
    all_together = of(tmp_path, lines)
    assert 10 < found.held.n_listeners < 60
    assert found.cells.n_listeners + found.held.n_listeners == all_together.cells.n_listeners == 300
    mask = Rules(held_out=10).is_held_out([f"user {n}" for n in range(300)])
    names = sorted(f"user {n}" for n in range(300))
    first = next(n for n in names if mask[int(n.split()[1])])
    own = sorted(key("X", str((int(first.split()[1]) + t) % 7)) for t in range(3))
    assert found.items[found.held.item[found.held.listener == 0]].tolist() == own
    few = of(tmp_path, lines[:90], Rules(least_listeners=1, held_out=10))
    assert few.held.n_listeners == 0


def test_an_empty_file_leaves_nothing(tmp_path: Path) -> None:
    found = of(tmp_path, [])
    assert len(found.items) == len(found.artists) == found.cells.n_listeners == found.n_listens == 0


@pytest.mark.parametrize("wrong", [{"until_s": LATEST_S + 1}, {"least_listeners": 0}, {"most_items": 0}])
def test_rules_that_leave_nothing_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        Rules(**wrong)


def test_the_order_of_the_files_lines_does_not_matter(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    lines = [
        flat(f"u{n % 9}", NOON + 40 * n, f"A{n % 5}", str(n % 13), MBIDS[n % 17] if n % 2 else None) for n in range(400)
    ]
    one = of(tmp_path, lines)
    other = of(tmp_path, [lines[place] for place in rng.permutation(len(lines))])
    assert one.items.tolist() == other.items.tolist()
    assert one.artist_of.tolist() == other.artist_of.tolist()
    assert sorted(plays(one).values()) == sorted(plays(other).values())
