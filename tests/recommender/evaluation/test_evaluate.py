"""Whole runs on small data: every split and algorithm, results summed up, text and page."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from recommender.algorithms.popularity import Popularity
from recommender.algorithms.registry import ALGORITHMS, TABLES
from recommender.algorithms.table import TableAlgorithm
from recommender.evaluation import evaluate as module
from recommender.evaluation import tables
from recommender.evaluation.evaluate import SPLIT_NAMES, Choices, evaluate, names_of
from recommender.evaluation.page import as_page
from recommender.evaluation.ratings import rating_errors
from recommender.evaluation.report import as_text
from recommender.evaluation.results import Evaluation, Measured, summed_up
from recommender.loaders.log import DataError, Log, from_arrays
from tests.recommender.small import NOW_S, random_sessions

PROMISED = {"algorithm", "params", "ndcg@10", "recall@20", "fit_s", "recommend_ms", "memory_mb"}


def a_log(n_users: int = 12, times: bool = True) -> Log:
    user, item, at_s = [], [], []
    for one in range(n_users):
        for day, session in enumerate(random_sessions(20, 40, one)):
            for place, track in enumerate(session):
                user.append(one)
                item.append(track)
                at_s.append(NOW_S + day * 86_400 + place * 200)
    return from_arrays("small", user=user, item=item, at_s=at_s if times else None, artist=np.array(item) // 3)


def some_ratings(n_users: int = 60, n_items: int = 30, seed: int = 0) -> Log:
    """Two tastes: each half of the users likes half of the items."""
    rng = np.random.default_rng(seed)
    user, item = np.nonzero(rng.random((n_users, n_items)) < 0.6)
    likes = (user % 2) == (item % 2)
    rating = np.clip(np.where(likes, 4.5, 1.5) + rng.normal(0, 0.3, len(user)), 1, 5)
    return replace(from_arrays("ratings", user=user, item=item), rating=rating)


@pytest.mark.parametrize("split", SPLIT_NAMES)
def test_every_split_gives_the_promised_keys_for_every_algorithm(split: str) -> None:
    choices = Choices(split=split, ks=(5,), moments=2)
    found = evaluate(a_log(6 if split == "sessions" else 12), "small", choices)
    said = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert set(said) == {"data", "split", "results"}
    assert {one["algorithm"] for one in said["results"]} == set(names_of(choices))
    assert all(one.keys() >= PROMISED for one in said["results"])
    assert all(one["fit_s"] >= 0 and one["recommend_ms"] >= 0 and one["memory_mb"] >= 0 for one in said["results"])
    best, *others = said["results"]
    assert best["vs_best"] is None
    assert all(one["vs_best"]["algorithm"] == best["algorithm"] for one in others)
    assert all(one["vs_best"]["difference"] <= 1e-12 for one in others)
    for one in said["results"]:
        for name, (low, high) in one["intervals"].items():
            assert low is None or low - 1e-9 <= one[name] <= high + 1e-9


def test_the_same_seed_gives_the_same_numbers_and_another_other_ones() -> None:
    def numbers(seed: int) -> list[float]:
        found = evaluate(a_log(), "small", Choices(("popularity",), seed=seed))
        return [found.results[0].means[name].mean for name in ("ndcg@10", "map@20", "diversity@10")]

    assert numbers(1) == numbers(1)
    assert numbers(1) != numbers(2)


def test_a_table_can_be_asked_about_sessions_too() -> None:
    found = evaluate(a_log(3), "small", Choices(("rp3beta", "popularity"), "sessions", moments=2))
    assert {result.algorithm for result in found.results} == {"rp3beta", "popularity"}


def test_names_that_do_not_exist_are_named_with_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"called dance; for this split there are .*popularity"):
        names_of(Choices(("dance", "popularity")))
    with pytest.raises(ValueError, match="no split"):
        evaluate(a_log(2), "small", Choices(split="dance"))
    assert names_of(Choices(split="sessions")) == [*ALGORITHMS, "listener"]
    assert names_of(Choices(("random", "random"))) == ["random"]


class Broken(TableAlgorithm):
    """Never fits."""

    name = "broken"

    def _learn(self, matrix: object) -> None:
        raise MemoryError

    def _score(self, rows: object) -> np.ndarray:
        return np.zeros((0, 0), dtype=np.float32)

    def _state(self) -> dict[str, np.ndarray]:
        return {}

    def _take(self, state: object) -> None:
        return None


def test_an_algorithm_that_cannot_be_run_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TABLES", {"broken": Broken, "popularity": TABLES["popularity"]})
    found = evaluate(a_log(), "small", Choices())
    assert [result.algorithm for result in found.results] == ["popularity"]
    assert "broken could not be run: not enough memory." in found.notes
    with pytest.raises(DataError, match="broken could not be run"):
        evaluate(a_log(), "small", Choices(("broken",)))


def test_sessions_need_plays_with_times_and_listeners_with_enough_of_them() -> None:
    with pytest.raises(DataError, match="no plays with times"):
        evaluate(a_log(2, times=False), "small", Choices(split="sessions"))
    few = from_arrays("few", user=[1, 1], item=[1, 2], at_s=[NOW_S, NOW_S + 200])
    with pytest.raises(DataError, match="no listener with plays enough"):
        evaluate(few, "few", Choices(split="sessions"))


def test_one_listener_alone_is_measured_by_moments() -> None:
    found = evaluate(a_log(1), "mine", Choices(("recency", "random"), "sessions", moments=15))
    best = found.results[0]
    assert (best.algorithm, best.users) == ("recency", 1)
    assert any("moments of one listener" in note for note in found.notes)
    mean = best.means["next_track_mrr@20"]
    assert mean.low < mean.mean < mean.high
    other = found.results[1].vs_best
    assert other is not None
    assert 0 < other["p"] < 0.2


def test_lists_too_many_for_diversity_are_measured_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = evaluate(a_log(), "small", Choices(("random",))).results[0].means["diversity@10"]
    monkeypatch.setattr(tables, "DIVERSITY_COST", 400)
    fewer = evaluate(a_log(), "small", Choices(("random",))).results[0].means["diversity@10"]
    assert fewer.mean == pytest.approx(exact.mean, abs=0.05)
    assert fewer != exact


def test_what_a_user_lacks_is_left_out_of_means_and_null_where_nobody_has_it() -> None:
    def one(name: str, values: list[float]) -> Measured:
        by_user = {"ndcg@10": np.array(values), "recall@20": np.full(3, np.nan)}
        return Measured(name, {}, by_user, {}, 0.0, 0.0, 0.0, 3)

    first, second = summed_up([one("b", [0.1, 0.1, np.nan]), one("a", [0.5, np.nan, 0.3])], 0)
    assert (first.algorithm, second.algorithm) == ("a", "b")
    assert first.means["ndcg@10"].mean == pytest.approx(0.4)
    assert first.as_json()["recall@20"] is None
    assert second.vs_best is not None
    assert second.vs_best["difference"] == pytest.approx(-0.4)


def test_ratings_are_measured_by_their_errors_and_a_model_that_knows_taste_beats_the_baseline() -> None:
    errors = rating_errors(TABLES["item_knn"](), some_ratings(), np.random.default_rng(0))
    assert errors["rmse"] < 0.9 * errors["baseline_rmse"]
    assert errors["mae"] < errors["baseline_mae"]
    assert rating_errors(TABLES["random"](), some_ratings(2, 5), np.random.default_rng(0)) == {}
    found = evaluate(some_ratings(), "ratings", Choices(("item_knn", "popularity")))
    assert {"rmse", "mae"} <= set(found.as_json()["results"][0])
    assert "rmse" in as_text(found)


class _Tags(HTMLParser):
    """Notes what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "rect", "line", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def hostile_results() -> Evaluation:
    name = '<script>alert("x")</script>&'
    by_user = {"ndcg@10": np.array([0.2, 0.3]), name: np.array([0.1, np.nan])}
    measured = [Measured(name, {}, by_user, {"coverage@10": 0.5}, 1.0, 2.0, 3.0, 2)]
    measured.append(replace(measured[0], algorithm="plain", recommend_ms=0.02))
    return Evaluation(name, name, "ndcg@10", ("ndcg@10", name, "coverage@10"), summed_up(measured, 0), (name,))


def test_the_page_is_whole_escaped_and_fetches_nothing() -> None:
    page = as_page(hostile_results())
    tags = _Tags()
    tags.feed(page)
    tags.close()
    assert tags.open == []
    assert "<script" not in page
    assert not re.search(r"https?:|url\(|@import|src=", page)
    assert {tag for tag, _ in tags.seen} >= {"svg", "rect", "table", "circle"}
    assert "prefers-color-scheme: dark" in page
    drawn = [attrs for tag, attrs in tags.seen if tag == "rect"]
    assert all(0 <= float(attrs["width"] or -1) <= 480 for attrs in drawn)


def test_the_table_names_the_best_and_how_sure_that_is() -> None:
    found = evaluate(a_log(), "small", Choices(("popularity", "random")))
    text = as_text(found)
    assert "small, random split, 12 users" in text
    assert re.search(r"^\* popularity +0\.\d{4}", text, re.MULTILINE)
    assert "popularity is best, surely." in text
    assert Popularity.name in text
