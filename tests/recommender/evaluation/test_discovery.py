from pathlib import Path

import numpy as np
import pytest

from recommender.__main__ import main
from recommender.evaluation import discovery
from recommender.evaluation.evaluate import Choices, evaluate
from recommender.loaders.log import DataError, Log, from_arrays

DAY_S = 86_400
BEGIN_S = 1_700_000_000


def a_log(n_users: int = 5, n_days: int = 120, n_items: int = 80, seed: int = 0) -> Log:
    """Each plays a run of six a day; what is played drifts, so that there is always something new."""
    rng = np.random.default_rng(seed)
    user, item, at_s = [], [], []
    for one in range(n_users):
        for day in range(n_days):
            first = (day // 3 + rng.integers(0, 12)) % n_items
            for place in range(6):
                user.append(one)
                item.append((first + place) % n_items)
                at_s.append(BEGIN_S + day * DAY_S + place * 200)
    return from_arrays("log", user=user, item=item, at_s=at_s, artist=np.array(item) // 4)


def moments(log: Log, user: int, each: int = 6) -> list[discovery.Now]:
    life = next(discovery._lives(log, np.array([user]), discovery._artists(log)))[1]
    return list(discovery.moments_of(life, discovery._holders(log.table(), user), np.random.default_rng(0), each))


def test_truth_is_new_to_the_listener_and_known_to_another() -> None:
    log = a_log()
    for now in moments(log, 2):
        played = now.history.plays.item_id
        assert len(now.truth)
        assert not np.isin(now.truth, played).any()
        assert now.candidates[now.truth].all()
        assert not now.candidates[played].any()
        assert int(now.history.plays.started_at_s.max()) < now.now_s
        others = log.item[log.user != 2]
        ahead = (log.user == 2) & (log.at_s >= now.now_s) & (log.at_s < now.now_s + discovery.AHEAD_S)
        assert set(now.truth) == set(log.item[ahead]) & set(others) - set(played)


def test_what_the_listener_does_later_changes_no_score() -> None:
    log = a_log()
    now = moments(log, 1, each=1)[0]
    kept = (log.user != 1) | (log.at_s < now.now_s)
    scores = []
    for one in (log, log.take(kept)):
        artist = discovery._artists(log)
        life = next(discovery._lives(one, np.array([1]), artist))[1]
        others, _ = discovery._others(one, one.table(), 1, life, artist, discovery.ROWS)
        scores.append({name: row(others, now) for name, row in discovery.SCORES.items()})
    for name, values in scores[0].items():
        np.testing.assert_array_equal(values, scores[1][name])


def test_a_month_that_is_not_over_asks_nothing() -> None:
    assert moments(a_log(n_days=25), 0) == []
    assert all(now.now_s + discovery.AHEAD_S <= BEGIN_S + 120 * DAY_S for now in moments(a_log(), 0))


def test_every_row_is_measured_and_finite() -> None:
    found = evaluate(a_log(), "log", Choices(split="discovery", moments=3))
    assert {one.algorithm for one in found.results} == set(discovery.ROWS)
    assert all(np.isfinite(one.means[name].mean) for one in found.results for name in found.shown)
    assert all(one.users == 5 for one in found.results)


def test_what_cannot_be_asked_is_said_in_a_sentence() -> None:
    with pytest.raises(DataError, match="others to learn from"):
        evaluate(a_log(1), "log", Choices(split="discovery"))
    with pytest.raises(DataError, match="no listener"):
        evaluate(a_log(n_days=10), "log", Choices(split="discovery"))
    with pytest.raises(DataError, match="no plays"):
        evaluate(from_arrays("counts", user=[0, 1], item=[0, 1]), "counts", Choices(split="discovery"))
    with pytest.raises(ValueError, match="dance"):
        evaluate(a_log(), "log", Choices(("dance",), split="discovery"))


def test_listeners_who_share_nothing_ask_nothing() -> None:
    log = a_log(2)
    apart = from_arrays("apart", user=log.user, item=log.item + 1000 * log.user, at_s=log.at_s)
    with pytest.raises(DataError, match="no listener"):
        evaluate(apart, "apart", Choices(split="discovery"))


def test_the_command_knows_the_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log(3)
    path = tmp_path / "plays.csv"
    rows = zip(log.user.tolist(), log.item.tolist(), log.at_s.tolist(), strict=True)
    path.write_text("user,item,timestamp\n" + "".join(f"{u},{i},{t}\n" for u, i, t in rows))
    words = ["--data", str(path), "--split", "discovery", "--algorithms", "community,popularity", "--moments", "2"]
    assert main(["evaluate", *words]) == 0
    assert "community" in capsys.readouterr().out
